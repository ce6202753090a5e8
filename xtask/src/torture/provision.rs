//! `provision`: tenants are created by several callers while the program is killed at random moments.
//!
//! A caller that gets no answer asks again with the same key, as a caller should. In the end each tenant is there, once.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use cloison_api::ClientError;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::task::{JoinSet, block_in_place};
use tokio::time::sleep;

use super::fleet::{self, Expected};
use super::rounds::Repeats;
use crate::caller::Caller;
use crate::product::{Product, Start};

/// Callers at the same time.
const CALLERS: usize = 8;
/// The program lives this long between two kills.
const LIFE_MS: std::ops::Range<u64> = 20..2_000;
/// What a caller thinks about before its next order, so that orders come in while the program is killed.
const THOUGHT_MS: std::ops::Range<u64> = 0..1_000;
/// A caller's pause after it got no answer.
const PAUSE: Duration = Duration::from_millis(50);
/// After the last kill everything has to be done by then: each kill costs a lease of ten seconds at most.
const PATIENCE: Duration = Duration::from_mins(3);

#[derive(clap::Args)]
pub(super) struct Options {
    #[command(flatten)]
    repeats: Repeats,
    /// Tenants of one round
    #[arg(long, default_value_t = 200)]
    tenants: usize,
    /// Kills of one round at most; it ends when all tenants are ready
    #[arg(long, default_value_t = 25)]
    kills: u32,
}

pub(super) async fn run(options: &Options) -> Result<ExitCode> {
    let subdomains: Vec<_> = (0..options.tenants).map(|it| format!("studio-{it}")).collect();
    let settings = &[("CLOISON_LOG", "info")];
    let round = async |start: Start<'_>, dice| {
        Round { start, dice, subdomains: subdomains.clone() }.run(options.kills).await
    };
    options.repeats.run(settings, round).await
}

struct Round<'a> {
    start: Start<'a>,
    dice: StdRng,
    subdomains: Vec<String>,
}

impl Round<'_> {
    /// Answers what is wrong in the end.
    async fn run(&mut self, kills_max: u32) -> Result<Vec<String>> {
        let began = Instant::now();
        let mut product = self.product()?;
        let caller = Caller::new(&product)?;
        let accepted = Arc::new(AtomicUsize::new(0));
        let mut callers = self.call(&caller, &accepted);

        let mut kills = 0;
        while kills < kills_max {
            sleep(Duration::from_millis(self.dice.random_range(LIFE_MS))).await;
            product.kill()?;
            product = self.product().with_context(|| format!("start after kill {kills}"))?;
            kills += 1;
            let ready = self.ready(&caller).await.unwrap_or_default();
            println!(
                "kill {kills}: {} of {} accepted, {ready} ready",
                accepted.load(Ordering::Relaxed),
                self.subdomains.len()
            );
            if ready == self.subdomains.len() {
                break;
            }
        }
        while let Some(called) = callers.join_next().await {
            called.context("call")??;
        }
        fleet::wait_for_rest(self.start.data_dir, PATIENCE).await?;
        let expected = Expected {
            program: self.start.program,
            data_dir: self.start.data_dir,
            subdomains: &self.subdomains,
        };
        let wrong = fleet::examine(&caller, &expected).await?;
        println!(
            "{} tenants, {kills} kills, {} s: {} things wrong",
            self.subdomains.len(),
            began.elapsed().as_secs(),
            wrong.len()
        );
        block_in_place(|| product.stop())?;
        Ok(wrong)
    }

    fn product(&self) -> Result<Product> {
        block_in_place(|| Product::start(&self.start))
    }

    /// Callers that do not give up until each tenant is accepted.
    fn call(&mut self, caller: &Caller, accepted: &Arc<AtomicUsize>) -> JoinSet<Result<()>> {
        let next = Arc::new(AtomicUsize::new(0));
        let subdomains = Arc::new(self.subdomains.clone());
        let mut callers = JoinSet::new();
        for _ in 0..CALLERS {
            let (caller, next) = (caller.clone(), Arc::clone(&next));
            let (subdomains, accepted) = (Arc::clone(&subdomains), Arc::clone(accepted));
            let mut dice = StdRng::seed_from_u64(self.dice.random());
            callers.spawn(async move {
                while let Some(subdomain) = subdomains.get(next.fetch_add(1, Ordering::Relaxed)) {
                    sleep(Duration::from_millis(dice.random_range(THOUGHT_MS))).await;
                    create(&caller, subdomain).await?;
                    accepted.fetch_add(1, Ordering::Relaxed);
                }
                Ok(())
            });
        }
        callers
    }

    async fn ready(&self, caller: &Caller) -> Result<usize> {
        let tenants = caller.tenants().await?;
        Ok(tenants.iter().filter(|it| it.infrastructure == "READY").count())
    }
}

/// Until somebody has said yes. A refusal is an error: the key makes asking again harmless.
async fn create(caller: &Caller, subdomain: &str) -> Result<()> {
    let asking = Instant::now();
    loop {
        match caller.create(subdomain, None, Some(subdomain)).await {
            Ok(_) => return Ok(()),
            Err(ClientError::Unreachable { .. } | ClientError::NotOurs { .. }) => {}
            // The control database is starting.
            Err(ClientError::Problem(problem)) if problem.status == 503 => {}
            Err(error) => return Err(error).with_context(|| format!("create {subdomain}")),
        }
        if asking.elapsed() > PATIENCE {
            bail!("nobody answers who is asked for {subdomain}");
        }
        sleep(PAUSE).await;
    }
}
