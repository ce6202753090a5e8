//! The one server that all layouts are on: private, durable, and gone afterwards.
//!
//! Its settings are the same for everybody, and part of what is reported.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result};
use cloison_local_postgres::{
    Cluster as Local, ClusterConfig, Durability, Installation, SUPERUSER,
};
use tokio_postgres::{Client, NoTls};

use crate::Options;

/// The role of the layouts in which studios share tables: one for all, as is usual.
pub(crate) const SHARED_ROLE: &str = "shared_app";
pub(crate) const PASSWORD: &str = "the same for all, on this machine";

/// Three layouts stay connected while they take turns, and the superuser comes in as well. The data of all fits into
/// memory, as that of a server that is large enough; nothing else is tuned, but for what was asked for.
fn settings(options: &Options) -> Vec<(String, String)> {
    let connections = 3 * options.budget + 30;
    [
        ("max_connections", connections.to_string().as_str()),
        ("shared_buffers", "2GB"),
        ("max_wal_size", "4GB"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into_iter()
    .chain(options.setting.iter().cloned())
    .collect()
}

pub(crate) struct Server {
    local: Local,
    folder: Folder,
    pub(crate) version: String,
    pub(crate) settings: Vec<(String, String)>,
}

impl Server {
    pub(crate) fn start(options: &Options, durability: Durability) -> Result<Self> {
        let folder = Folder::create()?;
        let installation = Installation::find(options.pg_bin.as_deref())?;
        let mut config = ClusterConfig::new(&folder.0);
        config.durability = durability;
        config.settings = settings(options);
        config.hba = vec![
            "host sameuser all 127.0.0.1/32 scram-sha-256".to_owned(),
            format!("host shared,shared_rls {SHARED_ROLE} 127.0.0.1/32 scram-sha-256"),
        ];
        let local = Local::start(&installation, &config)?;
        let version = installation.version().to_string();
        Ok(Self { local, folder, version, settings: config.settings })
    }

    pub(crate) fn port(&self) -> u16 {
        self.local.port()
    }

    /// As the superuser. The connection ends when the client is dropped.
    #[expect(
        clippy::disallowed_methods,
        reason = "the connection ends with this process, which waits for nothing else"
    )]
    pub(crate) async fn connect(&self, database: &str) -> Result<Client> {
        let (client, connection) = tokio_postgres::Config::new()
            .host_path(self.local.socket_dir())
            .port(self.port())
            .user(SUPERUSER)
            .dbname(database)
            .connect(NoTls)
            .await
            .with_context(|| format!("connect to {database} as the superuser"))?;
        tokio::spawn(connection);
        // What is filled in need not survive a power cut. Whoever is measured has the server's own setting.
        client.execute("set synchronous_commit = off", &[]).await?;
        Ok(client)
    }

    /// Everything that the server has is removed.
    pub(crate) fn destroy(self) -> Result<()> {
        self.local.destroy().context("remove the server")?;
        drop(self.folder);
        Ok(())
    }
}

/// A new one outside the checkout, removed with the value.
struct Folder(PathBuf);

impl Folder {
    fn create() -> Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("cloison-bench-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).with_context(|| format!("create {}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("warning: {} stays behind: {error}", self.0.display());
        }
    }
}
