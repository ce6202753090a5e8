//! Rounds of one torture, each from nothing, with chance that can be repeated.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::product::{self, Content, Ports, Profile, Start};
use crate::workspace::Temporary;

#[derive(clap::Args)]
pub(super) struct Repeats {
    /// Where chance begins; a run says which it took
    #[arg(long)]
    seed: Option<u64>,
    /// How often all of it is done, each time from nothing
    #[arg(long, default_value_t = 1, conflicts_with = "minutes")]
    rounds: u64,
    /// Instead: begin rounds for so long
    #[arg(long)]
    minutes: Option<u64>,
}

impl Repeats {
    /// `round` answers what is wrong in the end; the first round that leaves anything wrong is the last, and its files are kept.
    pub(super) async fn run(
        &self,
        settings: &[(&str, &str)],
        round: impl AsyncFn(Start<'_>, StdRng) -> Result<Vec<String>>,
    ) -> Result<ExitCode> {
        let seed = self.seed.unwrap_or_else(|| rand::rng().random());
        println!("seed {seed}");
        let program = product::build(Profile::Release)?;
        let started = Instant::now();
        let mut done = 0;
        loop {
            let directory = Temporary::create()?;
            let start = Start {
                program: &program,
                data_dir: &directory.path().join("data"),
                content: Content::Nothing,
                settings,
                ports: Ports::free(),
            };
            let dice = StdRng::seed_from_u64(seed.wrapping_add(done));
            let wrong = round(start, dice).await;
            let wrong = wrong.unwrap_or_else(|error| vec![format!("{error:#}")]);
            if !wrong.is_empty() {
                println!("round {done} of seed {seed} left things wrong:");
                for it in &wrong {
                    println!("  {it}");
                }
                println!("everything is kept in {}", directory.keep().display());
                return Ok(ExitCode::FAILURE);
            }
            done += 1;
            let goes_on = match self.minutes {
                Some(minutes) => started.elapsed() < Duration::from_mins(minutes),
                None => done < self.rounds,
            };
            if !goes_on {
                println!("{done} rounds, nothing wrong, {} s", started.elapsed().as_secs());
                return Ok(ExitCode::SUCCESS);
            }
        }
    }
}
