//! Rows that somebody has written and was told to be there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use tokio_postgres::Client;

use crate::clusters::{Cluster, connect};
use crate::torture::fleet::control;

/// As the superuser, beside the product, which has a table less.
const TABLE: &str =
    "create table torture (n bigint not null); alter table torture owner to cloison_owner";

pub(super) struct Writes {
    databases: BTreeMap<String, String>,
    acknowledged: BTreeMap<String, BTreeSet<i64>>,
    next: i64,
}

impl Writes {
    pub(super) async fn begin(data_dir: &Path, subdomains: &[String]) -> Result<Self> {
        let mut databases = BTreeMap::new();
        let catalog = control(data_dir).await?;
        for subdomain in subdomains {
            let query = "select database_name
                from tenants join organizations on organizations.id = organization_id
                where subdomain = $1::text::citext";
            let database: String = catalog.query_one(query, &[subdomain]).await?.get(0);
            inside(data_dir, &database).await?.simple_query(TABLE).await?;
            databases.insert(subdomain.clone(), database);
        }
        Ok(Self { databases, acknowledged: BTreeMap::new(), next: 1 })
    }

    pub(super) fn count(&self) -> usize {
        self.acknowledged.values().map(BTreeSet::len).sum()
    }

    /// One row. If it is refused, or nobody says that it is there, it counts for nothing.
    pub(super) async fn write(&mut self, data_dir: &Path, subdomain: &str) {
        let Some(database) = self.databases.get(subdomain) else { return };
        let n = self.next;
        self.next += 1;
        let Ok(client) = inside(data_dir, database).await else { return };
        if client.execute("insert into torture values ($1)", &[&n]).await.is_ok() {
            self.acknowledged.entry(subdomain.to_owned()).or_default().insert(n);
        }
    }

    /// Which of them are in none of their tenant's databases.
    pub(super) async fn missing(&self, data_dir: &Path) -> Result<Vec<String>> {
        let catalog = control(data_dir).await?;
        let mut wrong = Vec::new();
        for (subdomain, rows) in &self.acknowledged {
            let query = "select copies.database_name
                from copies join organizations on organizations.id = organization_id
                where subdomain = $1::text::citext";
            let copies = catalog.query(query, &[subdomain]).await?;
            let copies = copies.iter().map(|it| it.get::<_, String>(0));
            let mut found = BTreeSet::new();
            for database in copies.chain(self.databases.get(subdomain).cloned()) {
                let client = inside(data_dir, &database).await?;
                let rows = client.query("select n from torture", &[]).await;
                let rows = rows.with_context(|| format!("read {database}"))?;
                found.extend(rows.iter().map(|it| it.get::<_, i64>(0)));
            }
            let lost = rows.difference(&found).count();
            if lost > 0 {
                wrong.push(format!("{lost} of {} rows of {subdomain} are nowhere", rows.len()));
            }
        }
        Ok(wrong)
    }
}

/// Copies that no row knows, and rows whose copy is not there.
pub(super) async fn stray_copies(data_dir: &Path) -> Result<Vec<String>> {
    let names = async |client: &Client, query: &str| {
        let rows = client.query(query, &[]).await?;
        anyhow::Ok(rows.iter().map(|it| it.get(0)).collect::<BTreeSet<String>>())
    };
    let known = names(&control(data_dir).await?, "select database_name from copies").await?;
    let there = "select datname::text from pg_database where datname like 'studio\\_%\\_copy\\_%'";
    let there = names(&inside(data_dir, "postgres").await?, there).await?;
    let stray = there.difference(&known).map(|it| format!("the copy {it} belongs to nobody"));
    let missing = known.difference(&there).map(|it| format!("the copy {it} is missing"));
    Ok(stray.chain(missing).collect())
}

async fn inside(data_dir: &Path, database: &str) -> Result<Client> {
    connect(&Cluster::tenants(data_dir)?.database(database)).await
}
