//! `cargo xtask prepare`: from `queries/*.sql` and `migrations/*.sql` to typed functions and `schema.sql`.
//!
//! The migrations run on a throw-away database, cornucopia has PostgreSQL check every query against it,
//! and what it writes is committed, so building Cloison needs neither a database nor cornucopia.

mod database;
mod files;
mod generate;
mod migrations;
mod schema;
mod server;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::workspace::root;
use database::Database;
use files::Change;
use server::Server;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Write nothing; fail and name the files that are not what the SQL says
    #[arg(long)]
    check: bool,
    /// Use this running server (libpq key words of a superuser) instead of starting a throw-away one
    #[arg(long, value_name = "CONNINFO")]
    server: Option<String>,
    /// The folder of PostgreSQL's programs, instead of the newest found
    #[arg(long, env = "CLOISON_PG_BIN", value_name = "DIR")]
    pg_bin: Option<PathBuf>,
    /// Only these crates (default: all)
    #[arg(value_parser = PAIRS.map(|pair| pair.name))]
    crates: Vec<String>,
}

/// A crate with SQL, and the crate that holds what is generated from it.
pub(crate) struct Pair {
    pub(crate) name: &'static str,
    pub(crate) generated: &'static str,
    /// The role that runs the migrations and so owns every object. The same as in production.
    owner: &'static str,
}

pub(crate) const PAIRS: [Pair; 2] = [
    Pair { name: "catalog", generated: "catalog-queries", owner: "cloison_control_owner" },
    Pair { name: "studio", generated: "studio-queries", owner: "cloison_owner" },
];

impl Pair {
    fn path(&self, inside: &str) -> PathBuf {
        root().join("crates").join(self.name).join(inside)
    }

    fn generated_source(&self) -> PathBuf {
        root().join("crates").join(self.generated).join("src")
    }
}

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let wanted =
        |pair: &&Pair| options.crates.is_empty() || options.crates.iter().any(|it| it == pair.name);
    let server = Server::start(options.server.as_deref(), options.pg_bin.as_deref())?;

    let mut stale = Vec::new();
    let mut failed = false;
    for pair in PAIRS.iter().filter(wanted) {
        match prepare(pair, &server) {
            Ok(changes) => {
                println!("{}: {}", pair.name, verdict(changes.len(), options.check));
                stale.extend(changes);
            }
            Err(error) => {
                eprintln!("error: prepare {}: {error:#}\n", pair.name);
                failed = true;
            }
        }
    }

    if options.check {
        report(&stale);
        failed |= !stale.is_empty();
    } else {
        files::apply(&stale).context("write the generated files")?;
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What would have to change so that the committed files say what the SQL says.
fn prepare(pair: &Pair, server: &Server) -> Result<Vec<Change>> {
    let migrations = migrations::read(&pair.path("migrations"))?;
    let database = Database::create(server, pair)?;
    for extension in migrations.iter().flat_map(migrations::Migration::extensions) {
        database.create_extension(extension)?;
    }
    for migration in &migrations {
        database.migrate(migration, pair.owner)?;
    }

    let generated = generate::generate(&database, &pair.path("queries"))?;
    let mut changes = files::compare_directories(&generated.source(), &pair.generated_source())?;
    changes.extend(schema::compare(&database, &pair.path("schema.sql"))?);
    Ok(changes)
}

fn report(stale: &[Change]) {
    if stale.is_empty() {
        return;
    }
    eprintln!("error: these generated files are not what queries/ and migrations/ say:");
    for change in stale {
        eprintln!("  {change}");
    }
    eprintln!("run `cargo xtask prepare` and commit what it writes");
}

fn verdict(changes: usize, check: bool) -> String {
    let files = if changes == 1 { "file" } else { "files" };
    match (changes, check) {
        (0, _) => "up to date".to_owned(),
        (_, true) => format!("{changes} {files} stale"),
        (_, false) => format!("{changes} {files} written"),
    }
}
