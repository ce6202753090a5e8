//! `first-page`: what staff see all day, the week of a studio that has worked for a year.
//!
//! The floor under it is the page's one big query, prepared, on a connection of its own in the same database:
//! no page can be faster than that. Pages and queries alternate, so that both meet the same machine.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::json;
use tokio_postgres::{Client, Statement};

use super::Report;
use super::machine::Machine;
use super::sample::{Sample, header, rounded};
use crate::clusters::{Cluster, connect};
use crate::product::{self, Content, Ports, Product, Profile, Start};
use crate::statement;
use crate::visitor::Visitor;
use crate::workspace::{Temporary, root};

const PAGE: &str = "/calendar";
/// Enough for every cache on the way to be as it is all day.
const WARM_UP: u32 = 50;

pub(super) async fn run(pages: u32) -> Result<Report> {
    let directory = Temporary::create()?;
    let data_dir = directory.path().join("data");
    let program = product::build(Profile::Release)?;
    let product = Product::start(&Start {
        program: &program,
        data_dir: &data_dir,
        content: Content::Demo("busy"),
        settings: &[],
        ports: Ports::free(),
    })?;

    let link = &product.links()[0];
    let mut visitor = Visitor::new(&product, link)?;
    visitor.sign_in().await.context("sign in by the one-time link")?;
    visitor.time(PAGE).await?;
    let floor = Floor::open(&data_dir, link.host_str().unwrap_or_default()).await?;

    let mut client = Vec::new();
    let mut server = Vec::new();
    let mut query = Vec::new();
    for number in 0..WARM_UP + pages {
        let page = visitor.time(PAGE).await?;
        let alone = floor.time().await?;
        if number >= WARM_UP {
            client.push(page.client);
            server.extend(page.server);
            query.push(alone);
        }
    }
    if server.len() != client.len() {
        bail!("the server does not say how long a page took (Server-Timing: app;dur=..)");
    }

    let [server, client, query] = [server, client, query].map(Sample::new);
    let ratio = rounded(server.percentile(50).as_secs_f64() / query.percentile(50).as_secs_f64());
    let table = [
        format!(
            "first-page: {PAGE} of a studio with {} sessions, {} shown",
            floor.sessions, floor.shown
        ),
        header(),
        server.row("page, server time"),
        client.row("page, client time"),
        query.row("its query alone (baseline)"),
        format!("ratio of server time to baseline: {ratio}"),
    ];
    let figures = json!({
        "name": "first-page",
        "n": server.len(),
        "p50_ms": server.milliseconds(50),
        "p95_ms": server.milliseconds(95),
        "p99_ms": server.milliseconds(99),
        "client_p50_ms": client.milliseconds(50),
        "client_p95_ms": client.milliseconds(95),
        "client_p99_ms": client.milliseconds(99),
        "baseline_p50_ms": query.milliseconds(50),
        "baseline_p95_ms": query.milliseconds(95),
        "baseline_p99_ms": query.milliseconds(99),
        "ratio": ratio,
        "sessions": floor.sessions,
        "shown": floor.shown,
    });
    let machine = Machine::look(floor.version.clone());
    product.stop()?;
    Ok(Report { table: table.join("\n"), machine, figures })
}

/// The calendar's query on a connection that does nothing else.
struct Floor {
    client: Client,
    statement: Statement,
    sessions: i64,
    shown: usize,
    version: String,
}

impl Floor {
    /// `host` is the studio's: its connections carry its first label in their names.
    async fn open(data_dir: &Path, host: &str) -> Result<Self> {
        let subdomain = host.split('.').next().unwrap_or_default();
        let server = Cluster::tenants(data_dir)?;
        let database = connect(&server.database("postgres"))
            .await?
            .query_opt(
                "select datname from pg_stat_activity where application_name = $1 limit 1",
                &[&format!("cloison/{subdomain}")],
            )
            .await?;
        let Some(row) = database else { bail!("the server has no connection of {subdomain}") };
        Self::on(connect(&server.database(row.get(0))).await?).await
    }

    async fn on(client: Client) -> Result<Self> {
        let queries = fs::read_to_string(root().join("crates/studio/queries/calendar.sql"))?;
        let week = [
            ("now", "now()"),
            ("from", "date_trunc('week', now())"),
            ("to", "date_trunc('week', now()) + interval '7 days'"),
            ("room_id", "null"),
            ("with_cancelled", "false"),
        ];
        let sql = statement::with_values(&queries, "calendar_entries", &week)?;
        let statement = client.prepare(&sql).await.context("prepare the calendar's query")?;
        let sessions = client.query_one("select count(*) from sessions", &[]).await?.get(0);
        let version: String = client.query_one("show server_version", &[]).await?.get(0);
        // Distributions add their own words after the number.
        let version = version.split(' ').next().unwrap_or_default().to_owned();
        let shown = client.query(&statement, &[]).await?.len();
        Ok(Self { client, statement, sessions, shown, version })
    }

    async fn time(&self) -> Result<Duration> {
        let started = Instant::now();
        self.client.query(&self.statement, &[]).await?;
        Ok(started.elapsed())
    }
}
