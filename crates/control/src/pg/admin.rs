//! Reaching a server as its administrator.

use std::fmt;
use std::ops::Deref;
use std::path::Path;
use std::time::Duration;

use cloison_model::Secret;
use tokio_postgres::{Client, NoTls};
use tokio_util::task::TaskTracker;

/// An administrator's connection is opened for one piece of work; a server that does not answer in
/// this time is taken as down.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Where a server is and who administers it.
#[derive(Clone)]
pub struct Admin {
    config: tokio_postgres::Config,
    tracker: TaskTracker,
}

/// An administrator's connection to one database; closes when dropped.
#[derive(Debug)]
pub struct AdminClient(Client);

impl Admin {
    /// `host` is a name or a socket directory.
    pub fn new(
        host: &str,
        port: u16,
        role: &str,
        password: Option<&Secret>,
        tracker: TaskTracker,
    ) -> Self {
        let mut config = tokio_postgres::Config::new();
        if host.starts_with('/') {
            config.host_path(Path::new(host));
        } else {
            config.host(host);
        }
        config
            .port(port)
            .user(role)
            .application_name("cloison/admin")
            .connect_timeout(CONNECT_TIMEOUT);
        if let Some(password) = password {
            config.password(password.expose());
        }
        Self { config, tracker }
    }

    /// Which server it is, for telling servers apart.
    pub(crate) fn address(&self) -> String {
        format!(
            "{:?} {:?} {:?}",
            self.config.get_hosts(),
            self.config.get_ports(),
            self.config.get_user()
        )
    }

    pub async fn connect(&self, database: &str) -> Result<AdminClient, tokio_postgres::Error> {
        let (client, connection) = self.config.clone().dbname(database).connect(NoTls).await?;
        self.tracker.spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(error = %error, "an administrator's connection ended");
            }
        });
        Ok(AdminClient(client))
    }
}

impl fmt::Debug for Admin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // tokio-postgres hides the password in its Debug.
        self.config.fmt(f)
    }
}

impl Deref for AdminClient {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.0
    }
}
