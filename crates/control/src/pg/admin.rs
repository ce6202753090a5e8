//! Reaching a server as its administrator.

use std::ffi::OsStr;
use std::fmt;
use std::ops::Deref;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::time::Duration;

use cloison_catalog::Catalog;
use cloison_model::Secret;
use tokio::process::Command;
use tokio::time::timeout;
use tokio_postgres::config::Host;
use tokio_postgres::{CancelToken, Client, NoTls};
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
            // The server notices within a second that this process has died, and ends what it was doing for it.
            .options("-c client_connection_check_interval=1000")
            .connect_timeout(CONNECT_TIMEOUT)
            // And this process within half a minute that the server's machine has gone without a word.
            .keepalives_idle(Duration::from_secs(10))
            .keepalives_interval(Duration::from_secs(5))
            .keepalives_retries(3)
            .tcp_user_timeout(Duration::from_secs(25));
        if let Some(password) = password {
            config.password(password.expose());
        }
        Self { config, tracker }
    }

    /// With the rights of whoever is in the configuration.
    pub(crate) fn of(config: tokio_postgres::Config, tracker: TaskTracker) -> Self {
        Self { config, tracker }
    }

    /// As the control database of a process that works as this administrator.
    pub(crate) fn catalog(&self, database: &str, connections_max: usize) -> Catalog {
        let mut config = self.config.clone();
        config.dbname(database);
        Catalog::new(config, connections_max)
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

    /// One of PostgreSQL's programs, at work on a database of this server. The password is in its environment, where no
    /// other user of the machine reads it; nothing else of ours is. It dies with the handle.
    pub(crate) fn command(&self, program: &Path, database: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            // What they say is shown, and is looked through.
            .env("LC_ALL", "C")
            .env("PGAPPNAME", "cloison/copy")
            .env("PGCONNECT_TIMEOUT", CONNECT_TIMEOUT.as_secs().to_string())
            // The server, too, notices within a second that the program has died.
            .env("PGOPTIONS", "-c client_connection_check_interval=1000 -c lc_messages=C")
            .env("PGDATABASE", database)
            .env("PGUSER", self.config.get_user().unwrap_or_default())
            .kill_on_drop(true);
        match self.config.get_hosts().first() {
            Some(Host::Tcp(name)) => command.env("PGHOST", name),
            Some(Host::Unix(folder)) => command.env("PGHOST", folder),
            None => &mut command,
        };
        if let Some(port) = self.config.get_ports().first() {
            command.env("PGPORT", port.to_string());
        }
        if let Some(password) = self.config.get_password() {
            command.env("PGPASSWORD", OsStr::from_bytes(password));
        }
        command
    }

    pub async fn connect(&self, database: &str) -> Result<AdminClient, tokio_postgres::Error> {
        let mut config = self.config.clone();
        let connecting = config.dbname(database).connect(NoTls);
        // The driver's own limit ends when the socket is open; a server may take that and say nothing.
        let connected = timeout(CONNECT_TIMEOUT, connecting).await;
        let (client, connection) = connected
            .unwrap_or_else(|_elapsed| Err(tokio_postgres::Error::__private_api_timeout()))?;
        self.tracker.spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(error = %error, "an administrator's connection ended");
            }
        });
        Ok(AdminClient(client))
    }
}

impl AdminClient {
    /// The connection itself. Whoever has it tells the server to stop, if need be.
    pub(crate) fn into_inner(self) -> Client {
        self.0
    }

    /// Cancels what is under way here when it is dropped before it was disarmed.
    pub(crate) fn cancel_on_drop(&self, admin: &Admin) -> CancelOnDrop {
        CancelOnDrop { token: Some(self.0.cancel_token()), tracker: admin.tracker.clone() }
    }
}

/// A server goes on with a statement whose client has gone, often to its end.
pub(crate) struct CancelOnDrop {
    token: Option<CancelToken>,
    tracker: TaskTracker,
}

impl CancelOnDrop {
    /// Nothing is under way any more.
    pub(crate) fn disarm(mut self) {
        self.token = None;
    }
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        if let Some(token) = self.token.take() {
            self.tracker.spawn(async move {
                // If it cannot be told, the statement ends by its own timeout.
                drop(timeout(CONNECT_TIMEOUT, token.cancel_query(NoTls)).await);
            });
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_programs_password_is_in_its_environment_and_nowhere_else() {
        let secret = Secret::new("horse battery");
        let admin = Admin::new("db.example", 5433, "postgres", Some(&secret), TaskTracker::new());
        let command = admin.command(Path::new("pg_dump"), "studio_1_db");
        let command = command.as_std();
        assert_eq!(command.get_args().count(), 0);
        let get = |name: &str| {
            let mut all = command.get_envs();
            all.find(|it| it.0 == name).and_then(|it| it.1).and_then(OsStr::to_str)
        };
        assert_eq!(get("PGPASSWORD"), Some("horse battery"));
        assert_eq!((get("PGHOST"), get("PGPORT")), (Some("db.example"), Some("5433")));
        assert_eq!((get("PGUSER"), get("PGDATABASE")), (Some("postgres"), Some("studio_1_db")));
    }

    #[tokio::test(start_paused = true)]
    async fn a_server_that_accepts_and_says_nothing_is_down() {
        let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = silent.local_addr().unwrap().port();
        let admin = Admin::new("127.0.0.1", port, "postgres", None, TaskTracker::new());
        let error = admin.connect("postgres").await.unwrap_err();
        assert!(error.code().is_none(), "as a broken connection has none: {error}");
        assert!(silent.accept().await.is_ok(), "it was reached");
    }
}
