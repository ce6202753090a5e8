//! The benchmark from its first database to its last: fill, compare the answers, measure in turns, count.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail};
use cloison_local_postgres::Durability;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use serde_json::Value;

use crate::Options;
use crate::answers::Answer;
use crate::calls::{Caller, Kind, Slots};
use crate::cluster::Server;
use crate::figures::{self, World};
use crate::layout::Layout;
use crate::measure::{Contestant, Times, slice};
use crate::shared;
use crate::size::{self, Size};
use crate::studios::{self, Studio};

/// How long one layout is asked before it is the next one's turn: short, so that whatever else the machine does hits
/// all alike; long enough for thousands of calls.
const SLICE: Duration = Duration::from_secs(5);
/// Studios to be filled at the same time.
const FILLING_MAX: usize = 3;
/// Calls of each kind that are compared, in each studio that is looked at.
const COMPARED: usize = 6;

pub(crate) async fn run(options: &Options) -> Result<Value> {
    let server = Server::start(options, Durability::Durable)?;
    let figures = tokio::select! {
        figures = on(&server, options) => figures,
        _ = tokio::signal::ctrl_c() => Err(anyhow!("stopped by Ctrl-C")),
    };
    server.destroy()?;
    figures
}

pub(crate) async fn on(server: &Server, options: &Options) -> Result<Value> {
    let began = Instant::now();
    let say = |text: &str| eprintln!("{:>5.0} s  {text}", began.elapsed().as_secs_f64());

    say("fill a database for each studio");
    studios::make_template(server).await?;
    let studios = fill(server, options).await?;
    say("copy the same rows into shared tables");
    shared::make(server, &studios).await?;
    let client = server.connect("postgres").await?;
    client.execute("checkpoint", &[]).await?;
    let sizes = [
        Size::dedicated(server, &studios).await?,
        Size::shared(server, "shared").await?,
        Size::shared(server, "shared_rls").await?,
    ];
    let empty = size::empty(&client).await?;

    let mut contestants = Layout::all(server, &studios, options)?.map(|layout| Contestant {
        layout,
        slots: Arc::new(Slots::new(studios.len())),
        times: Times::default(),
    });
    say("compare the answers of all layouts");
    let booked_before = booked(server, &studios).await?;
    let compared = compare(&contestants, &studios, options.seed).await?;
    say("measure, in turns");
    let connects = measure(&mut contestants, &studios, options).await?;
    say("count what has been booked");
    let booked_after = booked(server, &studios).await?;
    for ((contestant, before), after) in contestants.iter().zip(booked_before).zip(booked_after) {
        let expected = contestant.slots.booked();
        if after - before != expected {
            let name = contestant.layout.name();
            bail!("{name} has {} new sessions instead of {expected}", after - before);
        }
    }
    for contestant in &contestants {
        contestant.layout.close().await;
    }

    let world = World { options, server, sizes, empty, connects, compared, took: began.elapsed() };
    Ok(figures::figures(&world, &contestants))
}

async fn fill(server: &Server, options: &Options) -> Result<Arc<[Studio]>> {
    let mut studios: Vec<Studio> = stream::iter(1..=i64::from(options.studios))
        .map(|number| studios::make(server, number, options.seed, options.size))
        .buffer_unordered(FILLING_MAX)
        .try_collect()
        .await?;
    studios.sort_by_key(|it| it.number);
    Ok(studios.into())
}

/// Asks all layouts the same, in the busiest studios and the quietest. How many answers were equal; one that is not
/// ends the benchmark, which would compare nothing.
async fn compare(contestants: &[Contestant; 3], studios: &[Studio], seed: u64) -> Result<usize> {
    let looked_at = [0, 1, 2, studios.len() - 1].into_iter().filter(|it| *it < studios.len());
    let mut compared = 0;
    for studio in looked_at {
        for kind in Kind::ALL {
            let mut answers: Vec<Vec<Answer>> = Vec::new();
            for contestant in contestants {
                let mut caller = Caller::new(studios.len(), seed)?;
                let mut given = Vec::new();
                for _ in 0..COMPARED {
                    let slots = contestant.slots.of(studio);
                    let call = caller.call(kind, &studios[studio], slots)?;
                    given.push(contestant.layout.call(studio, &call).await?);
                }
                answers.push(given);
            }
            if answers.iter().any(|it| *it != answers[0]) {
                bail!("the layouts answer {} of studio {} differently", kind.name(), studio + 1);
            }
            if !answers[0].iter().any(Answer::is_full) {
                bail!("{} of studio {} finds nothing at all", kind.name(), studio + 1);
            }
            compared += COMPARED;
        }
    }
    Ok(compared)
}

/// After a round that does not count. Connections that the dedicated layout has opened and evicted meanwhile.
async fn measure(
    contestants: &mut [Contestant; 3],
    studios: &Arc<[Studio]>,
    options: &Options,
) -> Result<[(u64, u64); 3]> {
    let seconds = Duration::from_secs(options.seconds.into());
    let rounds = (seconds.as_millis() / SLICE.as_millis()).clamp(1, 10_000);
    let length = SLICE.min(seconds);
    let seed = |round: u64| options.seed.wrapping_add(round << 32);
    for contestant in contestants.iter() {
        slice(contestant, studios, options.clients, length, seed(0)).await?;
    }
    let mut connects = [(0, 0); 3];
    for (round, first) in (1..=u64::try_from(rounds)?).zip((0..3).cycle()) {
        for turn in 0..3 {
            let at = (first + turn) % 3;
            let contestant = &mut contestants[at];
            let before = contestant.layout.connects();
            let times = slice(contestant, studios, options.clients, length, seed(round)).await?;
            let after = contestant.layout.connects();
            contestant.times.add(times);
            connects[at].0 += after.0.saturating_sub(before.0);
            connects[at].1 += after.1.saturating_sub(before.1);
        }
    }
    Ok(connects)
}

/// Sessions in each layout.
async fn booked(server: &Server, studios: &[Studio]) -> Result<[i64; 3]> {
    let count = async |database: &str| -> Result<i64> {
        let client = server.connect(database).await?;
        Ok(client.query_one("select count(*) from sessions", &[]).await?.get(0))
    };
    let mut dedicated = 0;
    for studio in studios {
        dedicated += count(&studio.database.to_string()).await?;
    }
    Ok([dedicated, count("shared").await?, count("shared_rls").await?])
}
