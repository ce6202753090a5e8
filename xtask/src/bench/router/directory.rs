//! What it costs to know a tenant that nobody visits, and to find one by its host.
//!
//! Measured before anything else in the process, so that what grows is the router. Memory is the growth of the resident
//! set, which counts what the allocator has asked for and does not use, too.

use std::fs;
use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use cloison_model::{DatabaseName, Secret, Site};
use cloison_router::{Resolution, Router};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::runtime::Handle;

use super::fleet::route;
use super::zipf::Zipf;
use crate::bench::sample::{Sample, rounded};

pub(super) const TENANTS: u32 = 100_000;
const BATCHES: u64 = 500;
pub(super) const BATCH: u32 = 1_000;

pub(super) struct Directory {
    pub(super) bytes_per_tenant: u64,
    /// Batches of look-ups of tenants that come by Zipf's law.
    pub(super) lookup: Sample,
    /// The same by two threads at once.
    pub(super) lookup_by_two: Sample,
    /// Batches of look-ups of tenants that are equally likely: nearly each is read from memory.
    pub(super) lookup_anybody: Sample,
}

#[derive(Clone, Copy)]
enum Visitors {
    Zipf,
    Anybody,
}

impl Directory {
    /// Must be called within a runtime, on a thread that may wait.
    pub(super) fn measure() -> Result<Self> {
        let before = resident_bytes()?;
        let routes = (1..=TENANTS).map(|number| {
            let database = DatabaseName::of_number(number.into());
            // As long as a tenant's real one, which is 256 bits in hexadecimal.
            route(number, database, Secret::new(format!("{number:064x}")))
        });
        let router = Router::fixed(routes, 1);
        let grown = resident_bytes()?.saturating_sub(before);

        let lookup = batches(&router, Visitors::Zipf, 1)?;
        let lookup_anybody = batches(&router, Visitors::Anybody, 2)?;
        let runtime = Handle::current();
        let lookup_by_two = thread::scope(|scope| {
            let other = scope.spawn(|| {
                let _runtime = runtime.enter();
                batches(&router, Visitors::Zipf, 3)
            });
            let own = batches(&router, Visitors::Zipf, 4);
            other.join().expect("it does not panic").and(own)
        })?;
        Ok(Self {
            bytes_per_tenant: grown / u64::from(TENANTS),
            lookup: Sample::new(lookup),
            lookup_by_two: Sample::new(lookup_by_two),
            lookup_anybody: Sample::new(lookup_anybody),
        })
    }
}

/// In nanoseconds each.
pub(super) fn nanoseconds(batches: &Sample, percent: usize) -> f64 {
    rounded((batches.percentile(percent) / BATCH).as_secs_f64() * 1e9)
}

fn batches(router: &Router, visitors: Visitors, seed: u64) -> Result<Vec<Duration>> {
    let zipf = Zipf::new(TENANTS);
    let mut dice = StdRng::seed_from_u64(seed);
    let runtime = Handle::current();
    let mut times = Vec::new();
    for _ in 0..BATCHES {
        // Fresh ones, since a request has just read its host.
        let mut sites = Vec::new();
        for _ in 0..BATCH {
            let tenant = match visitors {
                Visitors::Zipf => zipf.draw(&mut dice) + 1,
                Visitors::Anybody => dice.random_range(1..=TENANTS as usize),
            };
            sites.push(Site::Subdomain(format!("studio-{tenant}").parse()?));
        }
        let took = runtime.block_on(async {
            let started = Instant::now();
            let mut found = 0;
            for site in &sites {
                found += u32::from(matches!(
                    black_box(router.resolve(site).await),
                    Resolution::Found(_)
                ));
            }
            (found == BATCH).then(|| started.elapsed())
        });
        times.push(took.context("the router knows all of them")?);
    }
    Ok(times)
}

fn resident_bytes() -> Result<u64> {
    let status =
        fs::read_to_string("/proc/self/status").context("look at this process (on Linux alone)")?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
    let kilobytes = line.context("its memory is there")?.trim().trim_end_matches(" kB");
    Ok(kilobytes.parse::<u64>()? * 1024)
}
