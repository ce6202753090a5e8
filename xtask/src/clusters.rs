//! The PostgreSQL servers that the product has started, as their superuser sees them.
//!
//! For what the product does not tell of itself: a baseline on the same server, and what is really there.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use cloison_local_postgres::Cluster as Local;
use tokio_postgres::{Client, NoTls};

/// The way to one running server.
#[derive(Clone, Debug)]
pub(crate) struct Cluster {
    /// As libpq writes it, without a database.
    address: String,
}

impl Cluster {
    /// The one with the control database.
    pub(crate) fn control(data_dir: &Path) -> Result<Self> {
        Self::running(&data_dir.join("clusters/control"))
    }

    /// The one with the tenants' databases, where `up` was not told of several.
    pub(crate) fn tenants(data_dir: &Path) -> Result<Self> {
        Self::running(&data_dir.join("clusters/server-eu-1"))
    }

    fn running(data_dir: &Path) -> Result<Self> {
        let file = Local::home_of(data_dir).join("data/postmaster.pid");
        let text = fs::read_to_string(&file).with_context(|| format!("read {}", file.display()))?;
        let address = address(&text).with_context(|| format!("{} is whole", file.display()))?;
        Ok(Self { address })
    }

    /// What to connect with.
    pub(crate) fn database(&self, name: &str) -> String {
        format!("{} dbname={name}", self.address)
    }
}

/// The connection ends when the client is dropped.
#[expect(
    clippy::disallowed_methods,
    reason = "the connection ends with this process, which waits for nothing else"
)]
pub(crate) async fn connect(conninfo: &str) -> Result<Client> {
    let (client, connection) =
        tokio_postgres::connect(conninfo, NoTls).await.context("connect as the superuser")?;
    tokio::spawn(connection);
    Ok(client)
}

/// The fourth line is the port, the fifth the socket's directory.
fn address(postmaster: &str) -> Option<String> {
    let mut lines = postmaster.lines().skip(3);
    let (port, directory) = (lines.next()?.trim(), lines.next()?.trim());
    Some(format!("host='{directory}' port={port} user=postgres"))
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn a_server_says_where_its_socket_is() {
        let file = "812\n/data\n1764000000\n5433\n/data/socket\n127.0.0.1\n  1 2\nready   \n";
        assert_eq!(address(file).as_deref(), Some("host='/data/socket' port=5433 user=postgres"));
        assert_eq!(address("812\n"), None);
    }
}
