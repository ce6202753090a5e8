//! cornucopia, run as a library on the migrated database.
//!
//! Of what it writes only `src/` is used: the manifests of the generated crates are ours.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};
use cornucopia::config::{Config, TypeMapping};

use super::database::Database;
use crate::process::output;
use crate::workspace::{Temporary, root};

/// PostgreSQL types that come back as something other than cornucopia's own choice. All are `Copy`.
const TYPES: [(&str, &str); 2] =
    [("pg_catalog.timestamptz", "jiff::Timestamp"), ("pg_catalog.date", "jiff::civil::Date")];

/// A generated crate in a directory that goes away with the value.
pub(super) struct Generated {
    directory: Temporary,
}

impl Generated {
    pub(super) fn source(&self) -> PathBuf {
        self.directory.path().join("crate/src")
    }
}

pub(super) fn generate(database: &Database<'_>, queries: &Path) -> Result<Generated> {
    let directory = Temporary::create()?;
    let config = config(queries, &directory.path().join("crate"));
    run_cornucopia(&database.conninfo(), config)?;

    let generated = Generated { directory };
    output(
        Command::new("rustfmt")
            .arg("--config-path")
            .arg(root().join("rustfmt.toml"))
            .args(["--edition", "2024"])
            .arg(generated.source().join("lib.rs")),
    )
    .context("format the generated crate")?;
    Ok(generated)
}

fn config(queries: &Path, destination: &Path) -> Config {
    let mut config =
        Config::builder().queries(queries).destination(destination).sync(false).r#async(true);
    for (postgres, rust) in TYPES {
        let mapping = TypeMapping::Detailed {
            rust_type: rust.to_owned(),
            borrowed_type: None,
            is_copy: true,
            attributes: Vec::new(),
            attributes_borrowed: Vec::new(),
            attributes_nullable: Vec::new(),
            attributes_borrowed_nullable: Vec::new(),
        };
        config = config.add_type_mapping(postgres, mapping);
    }
    config.build()
}

/// cornucopia blocks the thread that it is called on, so the connection needs threads of its own.
fn run_cornucopia(conninfo: &str, config: Config) -> Result<()> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let (client, connection) =
        runtime.block_on(tokio_postgres::connect(conninfo, tokio_postgres::NoTls))?;
    let connection = runtime.spawn(connection);

    // Its reports quote the query and point at the place; they need nothing from us.
    cornucopia::gen_live(&client, config).map_err(|error| anyhow!("\n{}", error.report()))?;

    drop(client);
    runtime.block_on(connection)?.context("close the connection")
}
