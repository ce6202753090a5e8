//! How much longer others wait when one tenant wants all it can get.
//!
//! A request holds its connection for some milliseconds of `pg_sleep`: seats are what is fought for, and real work would
//! measure the two cores instead. The others come as in the contest, so that their waits hold what a wait is
//! made of: the queue, another tenant's connection that has to be closed, and a new one.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use cloison_router::{Router, Tenant};
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::task::JoinSet;

use super::contestant::acquire;
use super::fleet::Fleet;
use super::zipf::Zipf;
use crate::bench::sample::Sample;

pub(super) const GREEDY_CALLERS: usize = 200;
pub(super) const OTHERS: usize = 32;
const STATEMENT: &str = "select pg_sleep(0.005)";
const ROUNDS: u32 = 4;
const SLICE: Duration = Duration::from_secs(3);
const WARM_UP: Duration = Duration::from_secs(1);

/// Whom the others are.
#[derive(Clone, Copy)]
pub(super) enum Others {
    /// Any tenant, by Zipf's law: connections are opened and closed all the time.
    Everybody,
    /// A tenant for each caller: all of them have their connection, and need no other.
    Settled,
}

pub(super) struct Greedy {
    /// How long the others waited for a connection.
    pub(super) without: Sample,
    pub(super) with: Sample,
    /// How long the greedy one did.
    pub(super) own: Sample,
}

impl Greedy {
    pub(super) async fn measure(fleet: &Fleet, budget: usize, others: Others) -> Result<Self> {
        let router = Router::fixed(fleet.routes.clone(), budget);
        let tenants = fleet.routes.iter().filter_map(|it| router.tenant(it.tenant));
        let mut tenants: Vec<_> = tenants.collect();
        let greedy = tenants.pop().context("there is a tenant")?;
        let tenants = Arc::new(tenants);
        slice(&tenants, None, others, 0, WARM_UP).await?;
        let (mut without, mut with, mut of_greedy) = (Vec::new(), Vec::new(), Vec::new());
        for round in 1..=ROUNDS {
            without.extend(slice(&tenants, None, others, round, SLICE).await?.0);
            let (others, own) = slice(&tenants, Some(&greedy), others, round, SLICE).await?;
            with.extend(others);
            of_greedy.extend(own);
        }
        router.close().await;
        let [without, with, own] = [without, with, of_greedy].map(Sample::new);
        Ok(Self { without, with, own })
    }

    pub(super) fn ratio(&self) -> f64 {
        self.with.percentile(99).as_secs_f64() / self.without.percentile(99).as_secs_f64()
    }
}

/// The waits of the others, and those of the greedy one.
async fn slice(
    tenants: &Arc<Vec<Tenant>>,
    greedy: Option<&Tenant>,
    others: Others,
    round: u32,
    length: Duration,
) -> Result<(Vec<Duration>, Vec<Duration>)> {
    let until = Instant::now() + length;
    let (mut callers, mut greedy_callers) = (JoinSet::new(), JoinSet::new());
    let zipf = Arc::new(Zipf::new(u32::try_from(tenants.len())?));
    for caller in 0..OTHERS {
        let (tenants, zipf) = (Arc::clone(tenants), Arc::clone(&zipf));
        let mut dice = StdRng::seed_from_u64(u64::from(round) * 1_000 + caller as u64);
        callers.spawn(async move {
            let next = || match others {
                Others::Everybody => tenants[zipf.draw(&mut dice)].clone(),
                Others::Settled => tenants[caller].clone(),
            };
            call(next, until).await
        });
    }
    if let Some(greedy) = greedy {
        for _ in 0..GREEDY_CALLERS {
            let greedy = greedy.clone();
            greedy_callers.spawn(call(move || greedy.clone(), until));
        }
    }
    Ok((gather(callers).await?, gather(greedy_callers).await?))
}

async fn call(mut next: impl FnMut() -> Tenant, until: Instant) -> Result<Vec<Duration>> {
    let mut waits = Vec::new();
    while Instant::now() < until {
        let tenant = next();
        let asked = Instant::now();
        let connection = acquire(&tenant).await?;
        waits.push(asked.elapsed());
        let statement = connection.prepare_cached(STATEMENT).await?;
        connection.query_one(&statement, &[]).await?;
    }
    Ok(waits)
}

async fn gather(mut callers: JoinSet<Result<Vec<Duration>>>) -> Result<Vec<Duration>> {
    let mut waits = Vec::new();
    while let Some(caller) = callers.join_next().await {
        waits.extend(caller??);
    }
    Ok(waits)
}
