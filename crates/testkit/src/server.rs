//! A running PostgreSQL server, as a test sees it.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use cloison_local_postgres::{Address, SUPERUSER};
use tokio_postgres::{Client, Config, NoTls};

use crate::{
    database::Database,
    numbers,
    outage::Outage,
    private::{Options, Private},
    shared,
};

/// A handle that can be cloned at will; a private server is removed with the last one.
#[derive(Clone, Debug)]
pub struct Server {
    address: Address,
    /// Kept until nobody has a handle.
    private: Option<Arc<Private>>,
}

impl Server {
    /// The server that all tests share. Roles are shared as well: name them after [`Server::number`].
    ///
    /// Whoever has a password comes in by TCP to the database of the same name; the superuser comes in by the socket.
    pub fn shared() -> Self {
        let address =
            shared::address().unwrap_or_else(|error| panic!("no shared server: {error:#}"));
        Self { address: address.clone(), private: None }
    }

    /// A server of its own for a test, open to its superuser alone.
    pub fn private() -> Self {
        Self::private_with(&Options::default())
    }

    pub fn private_with(options: &Options) -> Self {
        let private =
            Private::start(options).unwrap_or_else(|error| panic!("no private server: {error:#}"));
        Self { address: private.cluster().address().clone(), private: Some(Arc::new(private)) }
    }

    /// Stops a private server as a crash would.
    pub fn crash(&self) -> Outage {
        let private = self.private.as_ref().expect("only a private server may be ill-treated");
        Outage::begin(private.data_dir()).unwrap_or_else(|error| panic!("no outage: {error:#}"))
    }

    /// Where the server takes connections.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.address.port
    }

    /// How the superuser connects, by the socket.
    pub fn config(&self, database: &str) -> Config {
        let mut config = Config::new();
        config
            .host_path(&self.address.socket_dir)
            .port(self.address.port)
            .user(SUPERUSER)
            .dbname(database);
        config
    }

    /// How anybody else connects, by TCP.
    pub fn tcp_config(&self, database: &str, user: &str, password: &str) -> Config {
        let mut config = Config::new();
        config
            .host("127.0.0.1")
            .port(self.address.port)
            .user(user)
            .password(password)
            .dbname(database);
        config
    }

    /// Connects as the superuser. The connection ends when the client is dropped.
    pub async fn connect(&self, database: &str) -> Client {
        let client = connect(&self.config(database)).await;
        client.unwrap_or_else(|error| panic!("no connection to {database}: {error:#}"))
    }

    /// The first of a block of 1,000 numbers that no other test has, for names that the whole server shares:
    /// `studio_<number>_db`.
    pub fn number(&self) -> i64 {
        numbers::next().unwrap_or_else(|error| panic!("no number: {error:#}"))
    }

    /// An empty database, dropped with the handle.
    pub async fn database(&self, hint: &str) -> Database {
        Database::create(self, hint, None)
            .await
            .unwrap_or_else(|error| panic!("no database for {hint}: {error:#}"))
    }
}

/// Connects and drives the connection until the client is dropped.
#[expect(
    clippy::disallowed_methods,
    reason = "the task ends with the client, and a test's runtime waits for nobody"
)]
pub(crate) async fn connect(config: &Config) -> Result<Client> {
    let (client, connection) = config.connect(NoTls).await.context("connect")?;
    tokio::spawn(connection);
    Ok(client)
}
