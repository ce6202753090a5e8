//! A database of one test.

use std::thread;

use anyhow::{Context as _, Result};
use tokio_postgres::{Client, Config};

use crate::{
    numbers,
    server::{Server, connect},
    template::Template,
};

/// What is left of 63 bytes for the hint in a name.
const HINT_MAX: usize = 30;

/// A database that is dropped with this handle, whoever is still connected.
#[derive(Debug)]
pub struct Database {
    server: Server,
    name: String,
}

impl Database {
    pub(crate) async fn create(
        server: &Server,
        hint: &str,
        template: Option<&Template>,
    ) -> Result<Self> {
        let name = format!("test_{}_{}", plain(hint), numbers::next()?);
        Self::create_named(server, name, template).await
    }

    pub(crate) async fn create_named(
        server: &Server,
        name: String,
        template: Option<&Template>,
    ) -> Result<Self> {
        let template = template.map_or("template1", Template::name);
        let client = connect(&server.config("postgres")).await?;
        let create = format!("create database \"{name}\" template \"{template}\" strategy wal_log");
        client.execute(&create, &[]).await.with_context(|| create)?;
        Ok(Self { server: server.clone(), name })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn server(&self) -> &Server {
        &self.server
    }

    /// How the superuser connects, by the socket.
    pub fn config(&self) -> Config {
        self.server.config(&self.name)
    }

    /// Connects as the superuser.
    pub async fn connect(&self) -> Client {
        self.server.connect(&self.name).await
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (config, name) = (self.server.config("postgres"), self.name.clone());
        // On a thread, as a test's own runtime may be ending. Whatever fails here, the server is thrown away as well.
        drop(thread::spawn(move || drop_database(&config, &name)).join());
    }
}

fn drop_database(config: &Config, name: &str) -> Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let client = connect(config).await?;
        client.execute(&format!("drop database if exists \"{name}\" with (force)"), &[]).await?;
        Ok(())
    })
}

/// What of a hint can be in a name without quotes.
pub(crate) fn plain(hint: &str) -> String {
    let plain = hint
        .chars()
        .map(|it| if it.is_ascii_alphanumeric() { it.to_ascii_lowercase() } else { '_' });
    plain.take(HINT_MAX).collect()
}
