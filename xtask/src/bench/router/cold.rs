//! The first query of a tenant that has no connection, when every seat is taken by an idle connection of another.
//!
//! So one has to be closed, and its end awaited, before the new one is opened. The floor is a connection opened past
//! the router, to tenants that are as cold.

use std::time::Instant;

use anyhow::{Context, Result, bail};
use cloison_router::Router;
use tokio_postgres::NoTls;

use super::contestant::acquire;
use super::fleet::{Fleet, QUESTION};
use crate::bench::sample::Sample;

pub(super) struct Cold {
    pub(super) routed: Sample,
    pub(super) alone: Sample,
}

impl Cold {
    /// Every other tenant goes through the router.
    pub(super) async fn measure(fleet: &Fleet, budget: usize) -> Result<Self> {
        let router = Router::fixed(fleet.routes.clone(), budget);
        let tenant = |index: usize| {
            router.tenant(fleet.routes[index].tenant).context("the router knows the tenant")
        };
        for index in 0..budget {
            drop(acquire(&tenant(index)?).await?);
        }
        let (mut routed, mut alone) = (Vec::new(), Vec::new());
        for index in budget..fleet.routes.len() {
            if index % 2 == 0 {
                let tenant = tenant(index)?;
                let idle = router.stats()[0].idle;
                if idle != budget {
                    bail!("{idle} of {budget} seats are idle before a cold tenant comes");
                }
                let started = Instant::now();
                let connection = acquire(&tenant).await?;
                let statement = connection.prepare_cached(QUESTION).await?;
                connection.query_one(&statement, &[&1]).await?;
                routed.push(started.elapsed());
            } else {
                let started = Instant::now();
                let (client, connection) = fleet.config(index).connect(NoTls).await?;
                let asking = async {
                    let statement = client.prepare(QUESTION).await?;
                    client.query_one(&statement, &[&1]).await
                };
                tokio::select! {
                    asked = asking => drop(asked?),
                    ended = connection => bail!("the connection ended before it was used: {ended:?}"),
                }
                alone.push(started.elapsed());
            }
        }
        router.close().await;
        Ok(Self { routed: Sample::new(routed), alone: Sample::new(alone) })
    }
}
