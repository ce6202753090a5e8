//! `backups`: tenants are backed up, restored beside, swapped and drilled, all at random, while somebody writes and the program is
//! killed over and over.
//!
//! In the end no acknowledged write is in none of the tenant's databases (a swap takes what is newer out of the one that is
//! live, and keeps it in the other), every newest backup is read whole, and servers and control database agree.

mod writes;

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use cloison_api::{Client, ConfirmTenant, CreateBackups, RestoreTenant};
use rand::RngExt as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use tokio::task::block_in_place;
use tokio::time::{sleep, timeout};

use super::fleet::{self, Expected};
use super::rounds::Repeats;
use crate::caller::{Caller, WAIT};
use crate::product::{Product, Start};
use writes::Writes;

/// The program lives this long between two kills.
const LIFE_MS: std::ops::Range<u64> = 50..3_000;
/// Between two things that somebody asks for.
const THOUGHT_MS: std::ops::Range<u64> = 5..150;
/// What gets no answer by then was asked of a program that is dead.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);
/// After the last kill everything has to be done by then: each kill costs a lease of ten seconds at most.
const PATIENCE: Duration = Duration::from_mins(5);

#[derive(clap::Args)]
pub(super) struct Options {
    #[command(flatten)]
    repeats: Repeats,
    /// Tenants of one round
    #[arg(long, default_value_t = 6, value_parser = clap::value_parser!(u32).range(1..=200))]
    tenants: u32,
    /// Kills of one round
    #[arg(long, default_value_t = 25)]
    kills: u32,
}

pub(super) async fn run(options: &Options) -> Result<ExitCode> {
    let subdomains: Vec<_> = (0..options.tenants).map(|it| format!("studio-{it}")).collect();
    let settings = &[("CLOISON_LOG", "info"), ("CLOISON_WORK_SPARES_PER_SERVER", "0")];
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
    async fn run(&mut self, kills: u32) -> Result<Vec<String>> {
        let began = Instant::now();
        let mut product = self.product()?;
        let caller = Caller::new(&product)?;
        for subdomain in &self.subdomains {
            caller.create(subdomain, Some(WAIT), Some(subdomain)).await?;
        }
        let mut writes = Writes::begin(self.data_dir(), &self.subdomains).await?;
        let mut asked = 0;
        for kill in 1..=kills {
            let life = Duration::from_millis(self.dice.random_range(LIFE_MS));
            // Cut off in the middle of whatever is being asked.
            drop(timeout(life, self.live(&caller.api, &mut writes, &mut asked)).await);
            product.kill()?;
            product = self.product().with_context(|| format!("start after kill {kill}"))?;
            println!("kill {kill}: {asked} things asked for, {} rows written", writes.count());
        }
        fleet::wait_for_rest(self.data_dir(), PATIENCE).await?;
        let mut wrong = writes.missing(self.data_dir()).await?;
        wrong.extend(self.verify(&caller.api).await?);
        fleet::wait_for_rest(self.data_dir(), PATIENCE).await?;
        let expected = Expected {
            program: self.start.program,
            data_dir: self.data_dir(),
            subdomains: &self.subdomains,
        };
        wrong.extend(fleet::examine(&caller, &expected).await?);
        wrong.extend(writes::stray_copies(self.data_dir()).await?);
        println!(
            "{} tenants, {kills} kills, {asked} things asked for, {} rows written, {} s: {} things wrong",
            self.subdomains.len(),
            writes.count(),
            began.elapsed().as_secs(),
            wrong.len()
        );
        block_in_place(|| product.stop())?;
        Ok(wrong)
    }

    fn data_dir(&self) -> &Path {
        self.start.data_dir
    }

    fn product(&self) -> Result<Product> {
        block_in_place(|| Product::start(&self.start))
    }

    /// Asks for one thing after the other, until the program is killed. A refusal is an answer like any other.
    async fn live(&mut self, api: &Client, writes: &mut Writes, asked: &mut u32) {
        loop {
            sleep(Duration::from_millis(self.dice.random_range(THOUGHT_MS))).await;
            let subdomain = self.subdomains.choose(&mut self.dice).cloned().unwrap_or_default();
            let what = self.dice.random_range(0..12);
            if what < 6 {
                writes.write(self.start.data_dir, &subdomain).await;
            } else {
                drop(timeout(ANSWER_WITHIN, ask(api, &subdomain, what)).await);
                *asked += 1;
            }
        }
    }

    /// Everybody is backed up once more, and what is there is read whole.
    async fn verify(&self, api: &Client) -> Result<Vec<String>> {
        api.backups_create(&CreateBackups::default()).await?;
        let waiting = Instant::now();
        loop {
            let status = api.backups_status_brief().await?;
            if status.wanted == 0 && status.running == 0 {
                break;
            }
            if waiting.elapsed() > PATIENCE {
                bail!("{} backups are not made", status.wanted);
            }
            sleep(Duration::from_millis(50)).await;
        }
        let mut wrong = Vec::new();
        for subdomain in &self.subdomains {
            let backups = api.backup_list(subdomain).await?.items;
            let Some(newest) = backups.first() else {
                wrong.push(format!("{subdomain} has no backup"));
                continue;
            };
            let verified = api.backup_verify(subdomain, newest.id, Some(WAIT)).await?.operation;
            if verified.state != "DONE" {
                let why = verified.error.unwrap_or_default();
                wrong
                    .push(format!("the newest backup of {subdomain} is {}: {why}", verified.state));
            }
        }
        Ok(wrong)
    }
}

/// One of the things that an operator can want.
async fn ask(api: &Client, subdomain: &str, what: u32) -> Result<()> {
    match what {
        6 | 7 => {
            api.backups_create(&CreateBackups::default()).await?;
        }
        8 => drop(api.tenant_restore(subdomain, &RestoreTenant::default(), None).await?),
        9 => drop(api.drill_start(subdomain, None).await?),
        10 => {
            let copies = api.copy_list(subdomain).await?.items;
            let ready = copies.iter().find(|it| it.state == "READY");
            let copy = ready.context("there is no copy")?.id;
            let body = ConfirmTenant { confirm: subdomain.to_owned() };
            drop(api.copy_swap(subdomain, copy, &body, None).await?);
        }
        _ => {
            let copies = api.copy_list(subdomain).await?.items;
            // What was live may hold rows that are nowhere else.
            let spare = copies.iter().find(|it| it.state == "READY" && it.lived_until.is_none());
            let copy = spare.context("there is no copy")?.id;
            let body = ConfirmTenant { confirm: subdomain.to_owned() };
            drop(api.copy_drop(subdomain, copy, &body, None).await?);
        }
    }
    Ok(())
}
