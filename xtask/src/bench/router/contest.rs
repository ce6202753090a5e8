//! The three contestants under the same load, in turns: what disturbs the machine disturbs all of them.
//!
//! Who is asked, and for what, is the same for each, since every client throws its own dice from the same seed.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::task::JoinSet;

use super::contestant::{Backend, Contestant, NAMES};
use super::cpu::Cpu;
use super::fleet::{Fleet, NOTES};
use super::zipf::Zipf;
use crate::bench::sample::Sample;

pub(super) const CLIENTS: usize = 64;
/// A contestant's first requests open its connections, and are not counted.
const WARM_UP: Duration = Duration::from_secs(2);
/// Long enough for a reader to understand what is wrong.
const ERRORS_SHOWN: usize = 3;

#[derive(Clone, Copy)]
pub(super) struct Load {
    pub(super) rounds: u32,
    pub(super) slice: Duration,
}

/// What one contestant has done in all its turns.
#[derive(Default)]
pub(super) struct Score {
    times: Vec<Duration>,
    ran: Duration,
    /// Each server process and tenant seen: a new pair is a new connection.
    met: HashSet<(Backend, usize)>,
    cpu: Duration,
    served: u32,
    new_connections: u32,
    pub(super) errors: Vec<String>,
}

/// One request's end.
struct Answer {
    tenant: usize,
    took: Duration,
    backend: Result<Backend>,
}

pub(super) async fn run(
    fleet: &Arc<Fleet>,
    contestants: &[Arc<Contestant>; 3],
    cpu: &Cpu,
    load: Load,
) -> Result<[Score; 3]> {
    let zipf = Arc::new(Zipf::new(fleet.tenants()));
    let mut scores: [Score; 3] = Default::default();
    for (contestant, score) in contestants.iter().zip(&mut scores) {
        score.take(slice(fleet, contestant, &zipf, 0, WARM_UP).await?);
        *score = Score {
            met: std::mem::take(&mut score.met),
            errors: std::mem::take(&mut score.errors),
            ..Score::default()
        };
    }
    for round in 1..=load.rounds {
        for (contestant, score) in contestants.iter().zip(&mut scores) {
            let before = cpu.spent()?;
            score.take(slice(fleet, contestant, &zipf, round, load.slice).await?);
            score.cpu += cpu.spent()?.saturating_sub(before);
        }
    }
    Ok(scores)
}

/// Everybody asks again as soon as there is an answer, until the time is over.
async fn slice(
    fleet: &Arc<Fleet>,
    contestant: &Arc<Contestant>,
    zipf: &Arc<Zipf>,
    round: u32,
    length: Duration,
) -> Result<(Duration, Vec<Answer>)> {
    let started = Instant::now();
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let seed = u64::from(round) * 1_000 + client as u64;
        let mut dice = StdRng::seed_from_u64(seed);
        let (fleet, contestant, zipf) =
            (Arc::clone(fleet), Arc::clone(contestant), Arc::clone(zipf));
        clients.spawn(async move {
            let mut answers = Vec::new();
            while started.elapsed() < length {
                let (tenant, note) = (zipf.draw(&mut dice), dice.random_range(1..=NOTES));
                let asked = Instant::now();
                let backend = contestant.ask(&fleet, tenant, note).await;
                answers.push(Answer { tenant, took: asked.elapsed(), backend });
            }
            answers
        });
    }
    let mut answers = Vec::new();
    while let Some(client) = clients.join_next().await {
        answers.extend(client?);
    }
    Ok((started.elapsed(), answers))
}

impl Score {
    fn take(&mut self, (ran, answers): (Duration, Vec<Answer>)) {
        self.ran += ran;
        for Answer { tenant, took, backend } in answers {
            match backend {
                Ok(backend) => {
                    self.times.push(took);
                    self.served += 1;
                    self.new_connections += u32::from(self.met.insert((backend, tenant)));
                }
                Err(error) => self.errors.push(format!("{error:#}")),
            }
        }
    }

    pub(super) fn per_second(&self) -> f64 {
        f64::from(self.served) / self.ran.as_secs_f64()
    }

    /// Processor time for one request, of the server's, this process's and PgBouncer's.
    pub(super) fn cpu_milliseconds(&self) -> f64 {
        self.cpu.as_secs_f64() * 1_000.0 / f64::from(self.served.max(1))
    }

    /// The share of requests for which no connection had to be opened.
    pub(super) fn hit_rate(&self) -> f64 {
        1.0 - f64::from(self.new_connections) / f64::from(self.served.max(1))
    }

    pub(super) fn sample(&self) -> Sample {
        Sample::new(self.times.clone())
    }
}

/// What went wrong, if anything did.
pub(super) fn complaints(scores: &[Score; 3]) -> Vec<String> {
    let lines = scores.iter().zip(NAMES).flat_map(|(score, name)| {
        score.errors.iter().take(ERRORS_SHOWN).map(move |error| format!("error of {name}: {error}"))
    });
    lines.collect()
}
