//! How many connections each contestant has, as the server sees it, every 10 ms.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};
use tokio_postgres::{Client, Row};
use tokio_util::sync::CancellationToken;

use super::fleet::{Fleet, GATEWAY};
use super::pools::APPLICATION;

const EVERY: Duration = Duration::from_millis(10);

/// The most connections seen at once, in the order of the contest, and how often was looked.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    pub(super) most: [i64; 3],
    pub(super) looks: u32,
}

/// Looks until it is stopped.
pub(super) struct Watch {
    stop: CancellationToken,
    looking: JoinSet<Result<Seen>>,
}

impl Watch {
    pub(super) async fn begin(fleet: &Arc<Fleet>) -> Result<Self> {
        let client = fleet.superuser().await?;
        let stop = CancellationToken::new();
        let mut looking = JoinSet::new();
        looking.spawn(look(client, stop.clone()));
        Ok(Self { stop, looking })
    }

    pub(super) async fn end(mut self) -> Result<Seen> {
        self.stop.cancel();
        self.looking.join_next().await.expect("it was begun")?
    }
}

async fn look(client: Client, stop: CancellationToken) -> Result<Seen> {
    // What `pg_stat_activity` is made of, without the names, which cost more than all the rest.
    let of_tenants = client
        .prepare(&format!(
            "select
                 count(*) filter (where usesysid <> role.oid and application_name <> '{APPLICATION}'),
                 count(*) filter (where usesysid <> role.oid and application_name = '{APPLICATION}'),
                 count(*) filter (where usesysid = role.oid)
             from pg_stat_get_activity(null),
                 (select '{GATEWAY}'::regrole::oid as oid) as role
             where backend_type = 'client backend'
             and usesysid <> 'postgres'::regrole"
        ))
        .await?;
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut seen = Seen::default();
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        let row: Row = client.query_one(&of_tenants, &[]).await?;
        seen.looks += 1;
        for (index, most) in seen.most.iter_mut().enumerate() {
            *most = row.get::<_, i64>(index).max(*most);
        }
    }
    Ok(seen)
}
