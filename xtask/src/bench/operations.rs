//! `operations`: what the engine itself costs, by operations that do nothing.
//!
//! They run in the real program with its durable control database. The baseline is as many commits of one row each,
//! by as many connections, made inside the same server without a client: what the disk allows.
//!
//! The rows are inserted in one transaction before the clock starts. How long one operation takes is measured apart,
//! one at a time and with its insert, since the time in a queue of thousands says nothing.

use std::fs;
use std::future::poll_fn;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::json;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{sleep, timeout};
use tokio_postgres::{AsyncMessage, Client, NoTls};
use uuid::Uuid;

use super::Report;
use super::machine::Machine;
use super::sample::{Sample, header, rounded};
use crate::clusters::{Cluster, connect};
use crate::product::{self, Content, Ports, Product, Profile, Start};
use crate::statement;
use crate::workspace::{Temporary, root};

/// `studio_platform_master` is the control database everywhere.
const DATABASE: &str = "studio_platform_master";
const WORKERS: u32 = 4;
/// Operations that have ended, at first and in the end.
const FEW: u32 = 1_000;
/// Claims to time, of each kind.
const CLAIMS: u32 = 200;
/// Operations to time one at a time.
const SINGLES: u32 = 300;
/// A benchmark that has not ended by then will not.
const PATIENCE: Duration = Duration::from_mins(10);

#[derive(clap::Args)]
pub(super) struct Options {
    /// Operations to run at once
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(100..))]
    operations: u32,
    /// Operations that have ended, for the second look at claims
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(1_000..))]
    ended: u32,
}

pub(super) async fn run(options: &Options) -> Result<Report> {
    let Options { operations, ended } = *options;
    let directory = Temporary::create()?;
    let data_dir = directory.path().join("data");
    let program = product::build(Profile::Release)?;
    let product = Product::start(&Start {
        program: &program,
        data_dir: &data_dir,
        content: Content::Nothing,
        settings: &[
            ("CLOISON_WORK_CONCURRENCY", &WORKERS.to_string()),
            ("CLOISON_WORK_SPARES_PER_SERVER", "0"),
            ("CLOISON_LOG", "warn"),
        ],
        ports: Ports::free(),
    })?;
    let cluster = Cluster::control(&data_dir)?;
    let catalog = connect(&cluster.database(DATABASE)).await?;

    make_ended(&catalog, FEW).await?;
    let claim_few = time_claims(&catalog).await?;
    // The machine is never quite the same: the better of before and after counts.
    let before = commits_per_second(&cluster, operations).await?;
    let (per_second, insert) = operations_per_second(&catalog, operations).await?;
    let after = commits_per_second(&cluster, operations).await?;
    let commits = before.max(after);
    let singles = time_singles(&cluster, &catalog).await?;

    make_ended(&catalog, ended).await?;
    let claim_many = time_claims(&catalog).await?;
    let (per_second_many, _) = operations_per_second(&catalog, operations).await?;

    let ratio = rounded(per_second / commits);
    let [few, many] = [FEW, ended].map(|it| format!("claim, {it} ended"));
    let table = [
        format!("operations: {operations} of kind `rest` by {WORKERS} workers"),
        format!("{:<44}{per_second:>12.0}", "operations per second"),
        format!("{:<44}{per_second_many:>12.0}", format!("the same, {ended} ended")),
        format!("{:<44}{commits:>12.0}", "commits per second alone (baseline)"),
        format!("ratio of operations to commits: {ratio}"),
        format!("inserting them all took {:.1} s, which is not counted", insert.as_secs_f64()),
        header(),
        singles.row("one alone, insert to end"),
        claim_few.row(&few),
        claim_many.row(&many),
    ];
    let figures = json!({
        "name": "operations",
        "n": operations,
        "workers": WORKERS,
        "per_s": rounded(per_second),
        "per_s_1m": rounded(per_second_many),
        "baseline_commits_per_s": rounded(commits),
        "ratio": ratio,
        "insert_s": rounded(insert.as_secs_f64()),
        "p50_ms": singles.milliseconds(50),
        "p95_ms": singles.milliseconds(95),
        "p99_ms": singles.milliseconds(99),
        "singles": singles.len(),
        "ended": ended,
        "claim_ms_1k": claim_few.milliseconds(50),
        "claim_ms_1m": claim_many.milliseconds(50),
        "claim_p99_ms_1k": claim_few.milliseconds(99),
        "claim_p99_ms_1m": claim_many.milliseconds(99),
    });
    let version: String = catalog.query_one("show server_version", &[]).await?.get(0);
    let machine = Machine::look(version.split(' ').next().unwrap_or_default().to_owned());
    product.stop()?;
    Ok(Report { table: table.join("\n"), machine, figures })
}

/// Makes operations that have ended, as many as it takes. Their ids are old ones, as theirs would be.
async fn make_ended(catalog: &Client, wanted: u32) -> Result<()> {
    // Nobody is to be told of what ended long ago.
    catalog.execute("set session_replication_role = replica", &[]).await?;
    catalog
        .execute(
            "insert into operations (id, kind, step, state, input, actor, created_at, finished_at)
             select ('00000000-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid,
                 'rest', 'nothing', 'DONE', '{}', 'bench', now() - interval '1 day', now() - interval '1 day'
             from generate_series(
                 (select count(*) from operations) + 1,
                 greatest($1::bigint, (select count(*) from operations))
             ) as number",
            &[&i64::from(wanted)],
        )
        .await
        .context("make operations that have ended")?;
    catalog.execute("set session_replication_role = origin", &[]).await?;
    Ok(())
}

/// The claim's statement as the workers send it, on rows that only this transaction sees, and without its commit.
async fn time_claims(catalog: &Client) -> Result<Sample> {
    let queries = fs::read_to_string(root().join("crates/catalog/queries/operations.sql"))?;
    let claim = statement::with_values(
        &queries,
        "operations_claim",
        &[("row_limit", "4"), ("lease_token", "1"), ("worker", "'bench'"), ("lease_seconds", "10")],
    )?;
    let claim = catalog.prepare(&claim).await.context("prepare the claim")?;
    let mut times = Vec::new();
    for _ in 0..CLAIMS {
        catalog.execute("begin", &[]).await?;
        insert(catalog, WORKERS).await?;
        let started = Instant::now();
        let claimed = catalog.query(&claim, &[]).await?;
        times.push(started.elapsed());
        catalog.execute("rollback", &[]).await?;
        if claimed.len() != WORKERS as usize {
            bail!("a claim took {} operations instead of {WORKERS}", claimed.len());
        }
    }
    Ok(Sample::new(times))
}

async fn insert(catalog: &Client, count: u32) -> Result<()> {
    catalog
        .execute(
            "insert into operations (id, kind, step, input, actor)
             select gen_random_uuid(), 'rest', 'nothing', '{}', 'bench'
             from generate_series(1, $1::bigint)",
            &[&i64::from(count)],
        )
        .await
        .context("insert operations")?;
    Ok(())
}

/// As whoever begins an operation does when it is committed.
async fn tell(catalog: &Client, operation: Uuid) -> Result<()> {
    let due = format!("{operation} due");
    catalog.execute("select pg_notify('cloison_operations', $1)", &[&due]).await?;
    Ok(())
}

/// From the commit that makes all of them visible until none is left. Answers as well how long the insert took.
async fn operations_per_second(catalog: &Client, count: u32) -> Result<(f64, Duration)> {
    let inserting = Instant::now();
    catalog.execute("begin", &[]).await?;
    insert(catalog, count).await?;
    let inserted = inserting.elapsed();
    let started = Instant::now();
    catalog.execute("commit", &[]).await?;
    tell(catalog, Uuid::nil()).await?;
    loop {
        let left = "select exists(select from operations where state = 'RUNNING')";
        if !catalog.query_one(left, &[]).await?.get::<_, bool>(0) {
            return Ok((f64::from(count) / started.elapsed().as_secs_f64(), inserted));
        }
        if started.elapsed() > PATIENCE {
            bail!("the operations do not end");
        }
        sleep(Duration::from_millis(50)).await;
    }
}

/// As many commits of one row each as there are operations, by as many connections as there are workers.
async fn commits_per_second(cluster: &Cluster, count: u32) -> Result<f64> {
    let each = count / WORKERS;
    let mut clients = Vec::new();
    for _ in 0..WORKERS {
        clients.push(connect(&cluster.database("postgres")).await?);
    }
    clients[0].execute("create table if not exists commits (number integer)", &[]).await?;
    let work = format!(
        "do $$
         begin
             for number in 1..{each} loop
                 insert into commits values (number);
                 commit;
             end loop;
         end
         $$"
    );
    let started = Instant::now();
    let [a, b, c, d] = &clients[..] else { bail!("there are {WORKERS} connections") };
    tokio::try_join!(
        a.execute(&work, &[]),
        b.execute(&work, &[]),
        c.execute(&work, &[]),
        d.execute(&work, &[])
    )
    .context("commit by itself")?;
    Ok(f64::from(each * WORKERS) / started.elapsed().as_secs_f64())
}

/// One at a time, from before its insert until whoever listens hears that it has ended.
async fn time_singles(cluster: &Cluster, catalog: &Client) -> Result<Sample> {
    // Dropping the client would close the connection.
    let (_client, mut heard) = listen(cluster).await?;
    let mut times = Vec::new();
    for _ in 0..SINGLES {
        let id = Uuid::now_v7();
        let ended = format!("{id} changed");
        let started = Instant::now();
        catalog
            .execute(
                "insert into operations (id, kind, step, input, actor)
                 values ($1, 'rest', 'nothing', '{}', 'bench')",
                &[&id],
            )
            .await?;
        tell(catalog, id).await?;
        timeout(PATIENCE, async { while heard.recv().await.is_some_and(|it| it != ended) {} })
            .await
            .context("hear that an operation has ended")?;
        times.push(started.elapsed());
    }
    Ok(Sample::new(times))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the connection ends with this process, which waits for nothing else"
)]
async fn listen(cluster: &Cluster) -> Result<(Client, UnboundedReceiver<String>)> {
    let (client, mut connection) =
        tokio_postgres::connect(&cluster.database(DATABASE), NoTls).await?;
    let (tell, heard) = unbounded_channel();
    tokio::spawn(async move {
        while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
            if let AsyncMessage::Notification(it) = message {
                drop(tell.send(it.payload().to_owned()));
            }
        }
    });
    client.execute("listen cloison_operations", &[]).await?;
    Ok((client, heard))
}
