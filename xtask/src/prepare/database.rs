//! One throw-away database with one crate's migrations in it.
//!
//! Everything but cornucopia's own connection goes through `psql`, whose errors already name file and line.

use std::path::Path;
use std::process::{self, Command};

use anyhow::{Context, Result};

use super::migrations::Migration;
use super::{Pair, Server};
use crate::process::output;

/// The cluster-wide roles that migrations may name, as provisioning makes them.
const ROLES: [&str; 5] =
    ["cloison_owner", "cloison_app", "cloison_reader", "cloison_control_owner", "cloison_control"];

/// Dropped from the server when the value is.
pub(super) struct Database<'a> {
    server: &'a Server,
    name: String,
}

impl<'a> Database<'a> {
    pub(super) fn create(server: &'a Server, pair: &Pair) -> Result<Self> {
        for role in ROLES {
            // Two runs may meet on one server; the second finds the role made.
            server
                .psql("postgres")
                .sql(&format!(
                    "do $$ begin create role {role} nologin; \
                     exception when duplicate_object or unique_violation then null; end $$"
                ))
                .with_context(|| format!("create role {role}"))?;
        }
        let name = format!("prepare_{}_{}", pair.name, process::id());
        server
            .psql("postgres")
            .sql(&format!("create database {name} owner {} template template0", pair.owner))
            .context("create a throw-away database")?;
        Ok(Self { server, name })
    }

    pub(super) fn create_extension(&self, extension: &str) -> Result<()> {
        self.psql()
            .sql(&format!("create extension if not exists \"{extension}\""))
            .with_context(|| format!("create extension {extension}"))
    }

    pub(super) fn migrate(&self, migration: &Migration, owner: &str) -> Result<()> {
        self.psql()
            .file(&migration.path, &format!("set role {owner}"))
            .with_context(|| format!("migrate with {}", migration.path.display()))
    }

    pub(super) fn psql(&self) -> Psql {
        self.server.psql(&self.name)
    }

    pub(super) fn dump_schema(&self) -> Result<String> {
        output(
            Command::new(self.server.program("pg_dump"))
                .args(["--schema-only", "--no-owner", "--dbname"])
                .arg(self.conninfo()),
        )
    }

    pub(super) fn conninfo(&self) -> String {
        self.server.conninfo(&self.name)
    }
}

impl Drop for Database<'_> {
    fn drop(&mut self) {
        let dropped = self
            .server
            .psql("postgres")
            .sql(&format!("drop database if exists {} with (force)", self.name));
        if let Err(error) = dropped {
            eprintln!("warning: the throw-away database {} stays behind: {error:#}", self.name);
        }
    }
}

/// One run of `psql` that stops at the first error.
pub(super) struct Psql(Command);

impl Psql {
    pub(super) fn new(program: &Path, conninfo: &str) -> Self {
        let mut command = Command::new(program);
        command
            .args([
                "--no-psqlrc",
                "--quiet",
                "--tuples-only",
                "--no-align",
                "--set=ON_ERROR_STOP=1",
            ])
            .args(["--dbname", conninfo])
            // A notice about something that is already so is not worth a line.
            .env("PGOPTIONS", "-c client_min_messages=warning");
        Self(command)
    }

    pub(super) fn sql(mut self, sql: &str) -> Result<()> {
        output(self.0.args(["--command", sql])).map(drop)
    }

    pub(super) fn value(mut self, sql: &str) -> Result<String> {
        Ok(output(self.0.args(["--command", sql]))?.trim().to_owned())
    }

    /// Runs a file in one transaction, after `first`.
    fn file(mut self, path: &Path, first: &str) -> Result<()> {
        output(self.0.args(["--single-transaction", "--command", first, "--file"]).arg(path))
            .map(drop)
    }
}
