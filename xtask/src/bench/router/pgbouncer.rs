//! PgBouncer in front of the same databases, as well set up as it can be.
//!
//! It limits the connections to a server by user alone, so that one role comes to every database: what it gives up
//! is that PostgreSQL keeps tenants apart. Its clients keep their connections to it, by the faster way, a socket,
//! and are not asked for a password.

use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};
use tokio::time::sleep;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Row};

use super::fleet::{Fleet, GATEWAY, QUESTION};
use crate::clusters::connect;
use crate::process;

/// Debian's is not in everybody's PATH.
const PROGRAMS: [&str; 3] = ["pgbouncer", "/usr/sbin/pgbouncer", "/opt/homebrew/bin/pgbouncer"];
const READY_WITHIN: Duration = Duration::from_secs(10);
/// Names the socket; there is no TCP.
const PORT: u16 = 6432;

pub(super) struct PgBouncer {
    /// Dropped first: it ends when its clients have.
    idle: Mutex<HashMap<usize, Vec<Client>>>,
    addresses: Vec<String>,
    pub(super) version: String,
    child: Child,
    directory: PathBuf,
}

/// The program, before there is any need of it: a run that cannot end well does not begin.
pub(super) fn find() -> Result<&'static str> {
    let found = PROGRAMS.into_iter().find(|it| Command::new(it).arg("--version").output().is_ok());
    found.context(
        "PgBouncer is not installed, and the router is compared with it; `./scripts/bench router` installs it, \
         or do so yourself: apt-get install pgbouncer",
    )
}

impl PgBouncer {
    pub(super) async fn start(program: &str, fleet: &Fleet, budget: usize) -> Result<Self> {
        let version = process::output(Command::new(program).arg("--version"))?;
        let version =
            version.lines().next().unwrap_or_default().trim_start_matches("PgBouncer ").to_owned();
        // It refuses to run as root. The server's user has a folder in which it can write.
        let owner = fs::metadata(fleet.socket_dir()).context("look at the server's folder")?;
        let directory = fleet.socket_dir().join("pgbouncer");
        fs::create_dir_all(&directory).with_context(|| format!("make {}", directory.display()))?;
        let users = format!("\"{GATEWAY}\" \"{}\"\n", fleet.password.expose());
        let mut command = Command::new(program);
        command.arg("--quiet").arg(directory.join("pgbouncer.ini"));
        for (name, text) in
            [("pgbouncer.ini", configuration(fleet, &directory, budget)), ("users.txt", users)]
        {
            fs::write(directory.join(name), text)
                .with_context(|| format!("write PgBouncer's {name}"))?;
            chown(directory.join(name), Some(owner.uid()), Some(owner.gid()))?;
        }
        chown(&directory, Some(owner.uid()), Some(owner.gid()))?;
        if rustix::process::geteuid().is_root() {
            command.uid(owner.uid()).gid(owner.gid());
        }
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("start PgBouncer")?;
        let address = |database: &str| {
            format!("host='{}' port={PORT} user={GATEWAY} dbname={database}", directory.display())
        };
        let addresses = fleet.routes.iter().map(|it| address(it.database.as_str())).collect();
        let mut started = Self { idle: Mutex::default(), addresses, version, child, directory };
        started.wait_until_ready().await?;
        Ok(started)
    }

    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(super) async fn ask(&self, tenant: usize, note: i32) -> Result<Row> {
        let kept = self.idle().get_mut(&tenant).and_then(Vec::pop);
        let client = match kept {
            Some(client) => client,
            None => connect(&self.addresses[tenant]).await.context("connect to PgBouncer")?,
        };
        // One message to and fro: this version keeps no prepared statements between transactions.
        let rows = client.query_typed(QUESTION, &[(&note, Type::INT4)]).await?;
        self.idle().entry(tenant).or_default().push(client);
        rows.into_iter().next().context("there is such a note")
    }

    async fn wait_until_ready(&mut self) -> Result<()> {
        let started = Instant::now();
        while let Err(error) = self.ask(0, 1).await {
            if let Some(status) = self.child.try_wait()? {
                let log =
                    fs::read_to_string(self.directory.join("pgbouncer.log")).unwrap_or_default();
                bail!("PgBouncer ended at once ({status})\n{}", log.trim());
            }
            if started.elapsed() > READY_WITHIN {
                return Err(error.context("PgBouncer does not get ready"));
            }
            sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    fn idle(&self) -> MutexGuard<'_, HashMap<usize, Vec<Client>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for PgBouncer {
    fn drop(&mut self) {
        if let Ok(pid) = i32::try_from(self.child.id())
            && let Some(pid) = Pid::from_raw(pid)
        {
            kill_process(pid, Signal::TERM).ok();
        }
        drop(self.child.wait());
        drop(fs::remove_dir_all(&self.directory));
    }
}

/// A pool may have all connections, as in the other baseline: with fewer, its requests wait in vain.
fn configuration(fleet: &Fleet, directory: &Path, budget: usize) -> String {
    let (port, directory) = (fleet.port(), directory.display());
    format!(
        "[databases]
* = host=127.0.0.1 port={port}

[pgbouncer]
unix_socket_dir = {directory}
listen_port = {PORT}
auth_type = trust
auth_file = {directory}/users.txt
pool_mode = transaction
max_user_connections = {budget}
default_pool_size = {budget}
max_client_conn = 10000
ignore_startup_parameters = extra_float_digits
log_connections = 0
log_disconnections = 0
logfile = {directory}/pgbouncer.log
"
    )
}
