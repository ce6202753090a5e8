//! The turns of the three ways at one number of tenants.

use std::time::Duration;

use anyhow::{Context, Result};

use super::alembic::Alembic;
use super::rollout::{self, Times};
use super::shop::Folder;
use super::{memory, raw, tell};
use crate::bench::platform::Platform;
use crate::bench::sample::Sample;

/// Alembic processes of one tenant each: enough to know what one takes.
const PROCESSES: usize = 20;

/// In the order of their first turn; each round begins with another one.
#[derive(Clone, Copy, Debug)]
enum Way {
    ByHand,
    Product,
    Alembic,
}

const WAYS: [Way; 3] = [Way::ByHand, Way::Product, Way::Alembic];

pub(super) struct Contest {
    pub(super) folder: Folder,
    pub(super) alembic: Alembic,
    /// Over all sizes, since each round has names of its own.
    pub(super) round: u32,
    pub(super) per_server: u16,
    /// Of each size, after one that does not count.
    pub(super) rounds: u32,
}

/// What one number of tenants took.
pub(super) struct Score {
    pub(super) tenants: usize,
    pub(super) by_hand: Sample,
    pub(super) product: Sample,
    pub(super) gates: Sample,
    /// Of the product's time: before the first tenant, and after the last.
    pub(super) before: Sample,
    pub(super) after: Sample,
    pub(super) alembic: Sample,
    /// One process for one tenant.
    pub(super) process: Sample,
    /// The most that the product's process had in any of its turns.
    pub(super) peak_mb: f64,
}

/// What the turns of one size took, in their order.
#[derive(Default)]
struct Turns {
    by_hand: Vec<Duration>,
    product: Vec<Times>,
    alembic: Vec<Duration>,
    peak_mb: f64,
}

impl Contest {
    pub(super) async fn run(&mut self, platform: &Platform<'_>) -> Result<Score> {
        let databases = platform.databases().await?;
        let tenants = databases.len();
        // Whoever is first in a database finds nothing in memory, and Alembic makes a table of its own.
        tell(&format!("migrate {tenants} tenants each way, which does not count"));
        self.round(platform, &databases, &mut Turns::default()).await?;
        let mut turns = Turns::default();
        for round in 1..=self.rounds {
            tell(&format!("migrate {tenants} tenants each way, {round} of {}", self.rounds));
            self.round(platform, &databases, &mut turns).await?;
        }
        tell(&format!("run {PROCESSES} Alembic processes"));
        let processes = self.processes(platform, &databases).await?;
        let part = |of: fn(&Times) -> Duration| Sample::new(turns.product.iter().map(of).collect());
        Ok(Score {
            tenants,
            product: part(|it| it.tenants),
            gates: part(|it| it.gates),
            before: part(|it| it.before),
            after: part(|it| it.after),
            by_hand: Sample::new(turns.by_hand),
            alembic: Sample::new(turns.alembic),
            process: Sample::new(processes),
            peak_mb: turns.peak_mb,
        })
    }

    async fn round(
        &mut self,
        platform: &Platform<'_>,
        databases: &[String],
        turns: &mut Turns,
    ) -> Result<()> {
        let first = usize::try_from(self.round)? % WAYS.len();
        self.round += 1;
        for way in WAYS.into_iter().cycle().skip(first).take(WAYS.len()) {
            platform.settle().await?;
            self.turn(platform, databases, way, turns).await.with_context(|| format!("{way:?}"))?;
        }
        Ok(())
    }

    async fn turn(
        &mut self,
        platform: &Platform<'_>,
        databases: &[String],
        way: Way,
        turns: &mut Turns,
    ) -> Result<()> {
        match way {
            Way::ByHand => {
                let at_once = usize::from(self.per_server);
                let took = raw::migrate(&platform.server, databases, self.round, at_once).await?;
                turns.by_hand.push(took);
            }
            Way::Product => {
                let version = self.folder.grow()?;
                let process = platform.product().process();
                memory::forget_peak(process)?;
                let request = rollout::request(self.per_server);
                let ended = rollout::run(&platform.caller, &request, version).await?;
                turns.peak_mb = turns.peak_mb.max(memory::peak_mb(process)?);
                turns.product.push(rollout::times(&platform.catalog, &ended).await?);
            }
            Way::Alembic => {
                self.alembic.grow()?;
                turns.alembic.push(self.alembic.migrate(databases)?);
            }
        }
        Ok(())
    }

    /// The last thing at one size: those that are not among them stay a revision behind.
    async fn processes(
        &mut self,
        platform: &Platform<'_>,
        databases: &[String],
    ) -> Result<Vec<Duration>> {
        platform.settle().await?;
        self.alembic.grow()?;
        databases.chunks(1).take(PROCESSES).map(|it| self.alembic.migrate(it)).collect()
    }
}
