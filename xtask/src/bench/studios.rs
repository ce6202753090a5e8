//! Studios with a year of data each, and somebody signed in at every one of them.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use reqwest::Url;
use tokio_postgres::Client;
use tokio_postgres::types::Json;

use super::platform::{Platform, subdomain};
use super::tell;
use crate::clusters::connect;
use crate::product::Content;
use crate::visitor::Visitor;
use crate::workspace::root;

/// Who may come in stays as each studio has it; so does what belongs to the product.
const KEPT: &str = "'cloison_migrations', 'users', 'sign_ins', 'sign_in_links', 'studio_settings'";

pub(super) struct Studios<'a> {
    pub(super) platform: Platform<'a>,
    /// The studio's migrations, and ours after them.
    folder: &'a Path,
    version: u32,
    visitors: Arc<[Visitor]>,
}

impl<'a> Studios<'a> {
    /// `folder` and `data_dir` are made.
    pub(super) async fn make(
        program: &'a Path,
        folder: &'a Path,
        data_dir: &Path,
        wanted: u32,
        settings: &'a [(&'a str, &'a str)],
    ) -> Result<Self> {
        let version = copy_migrations(folder)?;
        let content = Content::DemoWith("small", folder);
        tell(&format!("make {wanted} studios"));
        let platform = Platform::start(program, data_dir.to_owned(), content, settings).await?;
        platform.grow(wanted).await?;
        tell("give all of them the first one's year");
        let mut databases = platform.databases().await?;
        databases.sort();
        fill(&platform, &databases).await.context("copy the demo's data")?;
        tell("sign in everywhere");
        let mut links = platform.product().links().to_vec();
        for number in u32::try_from(links.len())? + 1..=wanted {
            let link = platform.caller.api.sign_in_link_create(&subdomain(number)).await?;
            links.push(link.sign_in_url.parse::<Url>()?);
        }
        let mut visitors = Vec::new();
        for link in &links {
            let mut visitor = Visitor::new(platform.product(), link)?;
            visitor.sign_in().await?;
            visitors.push(visitor);
        }
        platform.settle().await?;
        Ok(Self { platform, folder, version, visitors: visitors.into() })
    }

    pub(super) fn visitors(&self) -> Arc<[Visitor]> {
        Arc::clone(&self.visitors)
    }

    /// One file more, on tables that the page reads. Answers its version.
    pub(super) fn grow(&mut self) -> Result<u32> {
        self.version += 1;
        let file = self.folder.join(format!("{:04}_round.sql", self.version));
        fs::write(&file, change(self.version))?;
        Ok(self.version)
    }

    pub(super) fn stop(self) -> Result<()> {
        self.platform.stop()
    }
}

/// Answers the version that they come to.
fn copy_migrations(folder: &Path) -> Result<u32> {
    fs::create_dir(folder)?;
    let mut newest = 0;
    for entry in fs::read_dir(root().join("crates/studio/migrations"))? {
        let file = entry?;
        let name = file.file_name().into_string().unwrap_or_default();
        let version: u32 = name.split('_').next().unwrap_or_default().parse()?;
        newest = newest.max(version);
        fs::copy(file.path(), folder.join(name))?;
    }
    Ok(newest)
}

fn change(version: u32) -> String {
    format!(
        "-- phase: expand\n\
         -- lint: allow require-concurrent-index-creation because the table is small\n\n\
         alter table sessions add column note_{version} text;\n\
         alter table clients add column seen_at_{version} timestamptz;\n\
         create table visits_{version} (id bigint constraint visits_{version}_pkey primary key, visited_at timestamptz);\n\
         create index clients_created_at_{version}_index on clients (created_at);\n"
    )
}

/// The first database's rows in all the others.
async fn fill(platform: &Platform<'_>, databases: &[String]) -> Result<()> {
    let [source, others @ ..] = databases else { return Ok(()) };
    let source = connect(&platform.server.database(source)).await?;
    let tables = tables(&source).await?;
    for database in others {
        let target = connect(&platform.server.database(database)).await?;
        // No trigger and no foreign key: the rows fit together, and come in any order.
        target.simple_query("begin; set local session_replication_role = replica").await?;
        for Table { name, columns, rows } in &tables {
            target.simple_query(&format!("delete from {name}")).await?;
            let insert = format!(
                "insert into {name} ({columns}) overriding system value
                 select {columns}
                 from json_populate_recordset(null::{name}, $1)"
            );
            target
                .execute(&insert, &[&Json(rows)])
                .await
                .with_context(|| format!("fill {name}"))?;
        }
        target.simple_query("commit").await?;
        target.simple_query("vacuum (analyze)").await?;
    }
    Ok(())
}

/// What one table holds.
struct Table {
    name: String,
    /// Those that can be written.
    columns: String,
    rows: serde_json::Value,
}

async fn tables(source: &Client) -> Result<Vec<Table>> {
    let found = source
        .query(
            &format!(
                "select quote_ident(columns.table_name), string_agg(quote_ident(column_name), ', ')
                 from information_schema.columns
                 join information_schema.tables using (table_schema, table_name)
                 where table_schema = 'public'
                     and table_type = 'BASE TABLE'
                     and is_generated = 'NEVER'
                     and table_name not in ({KEPT})
                 group by columns.table_name
                 order by columns.table_name"
            ),
            &[],
        )
        .await?;
    let mut tables = Vec::new();
    for row in found {
        let name: String = row.get(0);
        let rows = format!("select coalesce(json_agg(held), '[]') from {name} as held");
        let rows = source.query_one(&rows, &[]).await?.get(0);
        tables.push(Table { name, columns: row.get(1), rows });
    }
    Ok(tables)
}
