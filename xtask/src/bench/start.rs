//! `start`: how long a person waits after `cloison up --demo`, the first time and the next.
//!
//! The baseline is one PostgreSQL cluster by itself: made and started, then started again.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use cloison_local_postgres::{Cluster, ClusterConfig, Installation};
use serde_json::json;
use tokio::time::sleep;

use super::Report;
use super::machine::Machine;
use super::sample::{Sample, rounded};
use crate::product::{self, Content, Ports, Product, Profile, Start};
use crate::visitor::Visitor;
use crate::workspace::Temporary;

/// After the links are printed a studio should answer at once; this is when we stop believing it.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

pub(super) async fn run(runs: u32, pg_bin: Option<&Path>) -> Result<Report> {
    let program = product::build(Profile::Release)?;
    let installation = Installation::find(pg_bin)?;

    let [mut first, mut second, mut first_alone, mut second_alone] = [const { Vec::new() }; 4];
    for _ in 0..runs {
        let directory = Temporary::create()?;
        let alone = directory.path().join("alone");
        first_alone.push(time_cluster(&installation, &alone)?);
        second_alone.push(time_cluster(&installation, &alone)?);
        let data_dir = directory.path().join("data");
        first.push(time_product(&program, &data_dir).await.context("start for the first time")?);
        second.push(time_product(&program, &data_dir).await.context("start again")?);
    }

    let [first, second, first_alone, second_alone] =
        [first, second, first_alone, second_alone].map(Sample::new);
    let ratio = |product: &Sample, alone: &Sample| {
        rounded(product.percentile(50).as_secs_f64() / alone.percentile(50).as_secs_f64())
    };
    let [first_ratio, second_ratio] = [ratio(&first, &first_alone), ratio(&second, &second_alone)];
    let row = |name: &str, product: &Sample, alone: &Sample, ratio: f64| {
        format!(
            "{name:<28}{:>7}{:>12.3}{:>12.3}{ratio:>12}",
            product.len(),
            product.seconds(50),
            alone.seconds(50)
        )
    };
    let table = [
        "start: `cloison up --demo` until both studios answer, beside one PostgreSQL cluster alone"
            .to_owned(),
        format!("{:<28}{:>7}{:>12}{:>12}{:>12}", "", "n", "p50 s", "baseline s", "ratio"),
        row("first start", &first, &first_alone, first_ratio),
        row("second start", &second, &second_alone, second_ratio),
    ];
    let figures = json!({
        "name": "start",
        "n": first.len(),
        "first_start_s": first.seconds(50),
        "first_start_p95_s": first.seconds(95),
        "first_start_p99_s": first.seconds(99),
        "second_start_s": second.seconds(50),
        "second_start_p95_s": second.seconds(95),
        "second_start_p99_s": second.seconds(99),
        "baseline_first_start_s": first_alone.seconds(50),
        "baseline_second_start_s": second_alone.seconds(50),
        "first_ratio": first_ratio,
        "ratio": second_ratio,
    });
    let machine = Machine::look(installation.version().to_string());
    Ok(Report { table: table.join("\n"), machine, figures })
}

async fn time_product(program: &Path, data_dir: &Path) -> Result<Duration> {
    let started = Instant::now();
    let product = Product::start(&Start {
        program,
        data_dir,
        content: Content::Demo("small"),
        settings: &[],
        ports: Ports::free(),
    })?;
    for link in product.links() {
        let visitor = Visitor::new(&product, link)?;
        while !visitor.is_answered().await {
            if started.elapsed() > ANSWER_WITHIN {
                bail!("{} does not answer", link.host_str().unwrap_or_default());
            }
            sleep(Duration::from_millis(5)).await;
        }
    }
    let took = started.elapsed();
    product.stop()?;
    Ok(took)
}

fn time_cluster(installation: &Installation, data_dir: &Path) -> Result<Duration> {
    let started = Instant::now();
    let cluster = Cluster::start(installation, &ClusterConfig::new(data_dir))?;
    let took = started.elapsed();
    cluster.stop()?;
    Ok(took)
}
