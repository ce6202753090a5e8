//! What the router adds to one query of a tenant whose connection is open.
//!
//! The floor is a connection that is simply held. The two alternate, ask the same with a statement prepared alike,
//! and run in one thread. On which processor a server process runs is chance, and makes one of the two 30 microseconds
//! faster for as long as it lives; so both are opened anew for each of many rounds.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use cloison_router::{Router, Tenant};
use tokio::runtime::Builder;
use tokio::task::JoinSet;
use tokio_postgres::{Client, NoTls};

use super::contestant::acquire;
use super::fleet::Fleet;
use crate::bench::sample::Sample;

const STATEMENT: &str = "select 1";
const ROUNDS: u32 = 40;
/// Queries at the beginning of each round that do not count.
const WARM_UP: u32 = 100;

pub(super) struct Overhead {
    pub(super) pooled: Sample,
    pub(super) held: Sample,
}

impl Overhead {
    /// In a runtime of one thread: with more, it is chance which of the two has to wake another thread.
    pub(super) fn measure(fleet: &Fleet, queries: u32) -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(Self::measure_here(fleet, queries))
    }

    async fn measure_here(fleet: &Fleet, queries: u32) -> Result<Self> {
        let (mut pooled_times, mut held_times) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let (pooled, held) = round(fleet, queries.div_ceil(ROUNDS)).await?;
            pooled_times.extend(pooled);
            held_times.extend(held);
        }
        Ok(Self { pooled: Sample::new(pooled_times), held: Sample::new(held_times) })
    }

    pub(super) fn microseconds(&self, percent: usize) -> f64 {
        (self.pooled.percentile(percent).as_secs_f64()
            - self.held.percentile(percent).as_secs_f64())
            * 1e6
    }
}

async fn round(fleet: &Fleet, queries: u32) -> Result<(Vec<Duration>, Vec<Duration>)> {
    let route = fleet.routes[0].clone();
    let router = Router::fixed([route.clone()], 1);
    let tenant = router.tenant(route.tenant).context("the router knows the tenant")?;
    let (held, connection) = fleet.config(0).connect(NoTls).await?;
    let mut driving = JoinSet::new();
    driving.spawn(connection);
    let times = alternate(&tenant, &held, queries).await?;
    router.close().await;
    Ok(times)
}

async fn alternate(
    tenant: &Tenant,
    held: &Client,
    queries: u32,
) -> Result<(Vec<Duration>, Vec<Duration>)> {
    let prepared = held.prepare(STATEMENT).await?;
    let (mut pooled_times, mut held_times) = (Vec::new(), Vec::new());
    for number in 0..WARM_UP + queries {
        let started = Instant::now();
        let connection = acquire(tenant).await?;
        let statement = connection.prepare_cached(STATEMENT).await?;
        let row = connection.query_one(&statement, &[]).await?;
        drop(connection);
        let pooled = started.elapsed();
        drop(row);

        let started = Instant::now();
        let row = held.query_one(&prepared, &[]).await?;
        let alone = started.elapsed();
        drop(row);
        if number >= WARM_UP {
            pooled_times.push(pooled);
            held_times.push(alone);
        }
    }
    Ok((pooled_times, held_times))
}
