//! Whether what is on the servers, in the control database and on the web is one and the same: as sentences about what
//! is not.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use cloison_api::Tenant;
use reqwest::StatusCode;
use tokio::time::sleep;

use crate::caller::Caller;
use crate::clusters::{Cluster, connect};

/// What somebody is to find there.
pub(super) struct Expected<'a> {
    pub(super) program: &'a Path,
    pub(super) data_dir: &'a Path,
    /// Each of these has been created, once.
    pub(super) subdomains: &'a [String],
}

/// Everything at once. Nobody may be working any more.
pub(super) async fn examine(caller: &Caller, expected: &Expected<'_>) -> Result<Vec<String>> {
    let tenants = caller.tenants().await.context("list the tenants")?;
    let mut wrong = compare(&tenants, expected.subdomains);
    wrong.extend(operations(expected).await?);
    wrong.extend(strays(expected).await?);
    wrong.extend(doctor(expected)?);
    for tenant in &tenants {
        let answered = caller.front_door(&tenant.subdomain).await;
        if !answered.as_ref().is_ok_and(|it| *it == StatusCode::OK) {
            wrong.push(format!("the page of {} answers {answered:?}", tenant.subdomain));
        }
    }
    Ok(wrong)
}

fn compare(tenants: &[Tenant], subdomains: &[String]) -> Vec<String> {
    let mut wrong = Vec::new();
    let there: BTreeSet<&str> = tenants.iter().map(|it| it.subdomain.as_str()).collect();
    let wanted: BTreeSet<&str> = subdomains.iter().map(String::as_str).collect();
    if there.len() != tenants.len() {
        wrong.push("a subdomain is listed twice".to_owned());
    }
    wrong.extend(wanted.difference(&there).map(|it| format!("{it} was created and is not there")));
    wrong
        .extend(there.difference(&wanted).map(|it| format!("{it} is there and nobody created it")));
    let unready = tenants.iter().filter(|it| it.infrastructure != "READY");
    wrong.extend(unready.map(|it| format!("{} is {}", it.subdomain, it.infrastructure)));
    wrong
}

/// Each tenant was provisioned by one operation, however often it was asked for.
async fn operations(expected: &Expected<'_>) -> Result<Vec<String>> {
    let catalog = control(expected.data_dir).await?;
    let rows = catalog
        .query(
            "select subdomain || ': ' || count(*) || ' provisions, ' || string_agg(state, ' ')
             from operations
             where kind = 'provision'
             group by subdomain
             having count(*) <> 1 or max(state) <> 'DONE'",
            &[],
        )
        .await?;
    Ok(rows.iter().map(|it| it.get(0)).collect())
}

/// Databases and roles on the server against the rows that tell of them.
async fn strays(expected: &Expected<'_>) -> Result<Vec<String>> {
    let known = names(
        &control(expected.data_dir).await?,
        "select database_name from tenants union all select 'studio_' || number || '_db' from spares",
    )
    .await?;
    let server = connect(&Cluster::tenants(expected.data_dir)?.database("postgres")).await?;
    let mut wrong = Vec::new();
    for (kind, query) in [
        ("database", "select datname::text from pg_database where datname like 'studio\\_%\\_db'"),
        ("role", "select rolname::text from pg_roles where rolname like 'studio\\_%\\_db'"),
    ] {
        let there = names(&server, query).await?;
        wrong.extend(
            there.difference(&known).map(|it| format!("the {kind} {it} belongs to nobody")),
        );
        wrong.extend(known.difference(&there).map(|it| format!("the {kind} {it} is missing")));
    }
    Ok(wrong)
}

async fn names(client: &tokio_postgres::Client, query: &str) -> Result<BTreeSet<String>> {
    Ok(client.query(query, &[]).await?.iter().map(|it| it.get(0)).collect())
}

/// The product's own opinion, by its command line.
fn doctor(expected: &Expected<'_>) -> Result<Vec<String>> {
    let asked = Command::new(expected.program)
        .args(["doctor", "--json"])
        .env("CLOISON_DATA_DIR", expected.data_dir)
        .output()
        .context("run cloison doctor")?;
    let report = String::from_utf8_lossy(&asked.stdout).into_owned();
    let value: serde_json::Value = serde_json::from_str(&report).unwrap_or_default();
    let is_well = value["findings"].as_array().is_some_and(Vec::is_empty);
    if asked.status.success() && is_well {
        return Ok(Vec::new());
    }
    Ok(vec![format!("the doctor finds: {report}{}", String::from_utf8_lossy(&asked.stderr))])
}

/// The control database, as its superuser.
pub(super) async fn control(data_dir: &Path) -> Result<tokio_postgres::Client> {
    connect(&Cluster::control(data_dir)?.database("studio_platform_master")).await
}

/// Until nobody has anything to do, with spares or with tenants.
pub(super) async fn wait_for_rest(data_dir: &Path, patience: Duration) -> Result<()> {
    let catalog = control(data_dir).await?;
    let waiting = Instant::now();
    let running = "select count(*) from operations where state = 'RUNNING'";
    loop {
        let running: i64 = catalog.query_one(running, &[]).await?.get(0);
        if running == 0 {
            return Ok(());
        }
        if waiting.elapsed() > patience {
            bail!("{running} operations do not end");
        }
        sleep(Duration::from_millis(50)).await;
    }
}
