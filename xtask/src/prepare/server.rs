//! The PostgreSQL server that a preparation runs on: one that runs already, or a private one that goes away.

use std::path::{Path, PathBuf};

use anyhow::Result;
use cloison_local_postgres::{Cluster, ClusterConfig, Durability, Installation};

use super::database::Psql;
use crate::workspace::Temporary;

pub(super) struct Server {
    /// libpq key words of a superuser, without a database.
    conninfo: String,
    programs: PathBuf,
    private: Option<(Cluster, Temporary)>,
}

impl Server {
    pub(super) fn start(conninfo: Option<&str>, pg_bin: Option<&Path>) -> Result<Self> {
        let installation = Installation::find(pg_bin)?;
        let programs = installation.bin_dir().to_owned();
        if let Some(conninfo) = conninfo {
            return Ok(Self { conninfo: conninfo.to_owned(), programs, private: None });
        }

        let directory = Temporary::create()?;
        let config = ClusterConfig {
            durability: Durability::Disposable,
            ..ClusterConfig::new(directory.path().join("cluster"))
        };
        let cluster = Cluster::start(&installation, &config)?;
        let conninfo = format!(
            "host={} port={} user={}",
            quoted(cluster.socket_dir()),
            cluster.port(),
            cluster.superuser()
        );
        Ok(Self { conninfo, programs, private: Some((cluster, directory)) })
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

impl Drop for Server {
    fn drop(&mut self) {
        if let Some((cluster, _directory)) = self.private.take()
            && let Err(error) = cluster.destroy()
        {
            eprintln!("warning: the throw-away server stays behind: {error}");
        }
    }
}

/// A value in libpq's key words.
fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\\', "\\\\").replace('\'', "\\'"))
}
