//! The PostgreSQL server that a preparation runs on.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::database::Psql;

pub(super) struct Server {
    /// libpq key words of a superuser, without a database.
    conninfo: String,
    programs: PathBuf,
}

impl Server {
    pub(super) fn start(conninfo: Option<&str>) -> Result<Self> {
        let conninfo = conninfo.context("give --server until the launcher is there")?.to_owned();
        Ok(Self { conninfo, programs: Path::new("/usr/lib/postgresql/15/bin").to_owned() })
    }

    pub(super) fn conninfo(&self, database: &str) -> String {
        format!("{} dbname={database}", self.conninfo)
    }

    pub(super) fn psql(&self, database: &str) -> Psql {
        Psql::new(&self.program("psql"), &self.conninfo(database))
    }

    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.programs.join(name)
    }
}
