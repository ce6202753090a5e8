//! The one server of all test processes. The first one starts it, the others find it, and it stays for the next run.
//!
//! Three locks tell who may do what: `shared.starting` for the length of a start or a stop, `shared.users` for the
//! life of each process that uses the server, and the cluster's own while it is started.

use std::{
    fs::{self, File, TryLockError},
    path::Path,
    sync::OnceLock,
};

use anyhow::{Context as _, Result};
use cloison_local_postgres::{Address, Cluster, ClusterConfig, Durability};

use crate::{
    folder::{folder, installation, lock_file},
    private,
};

/// Tests that were killed leave databases behind. With more than this the server is made anew.
const DATABASES_MAX: usize = 200;

/// Enough for every test of a machine with many cores to hold a few.
const CONNECTIONS_MAX: &str = "300";

struct Shared {
    address: Address,
    /// Says to others that the server is in use.
    _users: File,
}

/// What became of a wish to stop the shared server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    Yes,
    /// Another run is using it.
    InUse,
}

/// The address of the shared server, started if need be. This process counts as a user of it until it ends.
pub(crate) fn address() -> Result<&'static Address> {
    static SHARED: OnceLock<Result<Shared>> = OnceLock::new();
    match SHARED.get_or_init(join) {
        Ok(shared) => Ok(&shared.address),
        Err(error) => anyhow::bail!("{error:#}"),
    }
}

/// Stops the shared server and removes it, unless a test is using it. Private servers of tests that were killed go
/// in any case.
pub fn stop() -> Result<Stopped> {
    private::sweep().context("remove abandoned private servers")?;
    let starting = lock_file("shared.starting")?;
    starting.lock().context("wait for a start of the shared server")?;
    if !is_unused(&lock_file("shared.users")?)? {
        return Ok(Stopped::InUse);
    }
    Cluster::remove(&folder()?.join("shared")).context("remove the shared server")?;
    Ok(Stopped::Yes)
}

fn join() -> Result<Shared> {
    let installation = installation()?;
    let starting = lock_file("shared.starting")?;
    starting.lock().context("wait for a start of the shared server")?;
    let users = lock_file("shared.users")?;
    let unused = is_unused(&users)?;
    let data_dir = folder()?.join("shared");
    if unused && is_littered(&data_dir) {
        Cluster::remove(&data_dir).context("remove the littered shared server")?;
    }
    let config = ClusterConfig {
        hba: vec!["host sameuser all 127.0.0.1/32 scram-sha-256".into()],
        settings: vec![("max_connections".into(), CONNECTIONS_MAX.into())],
        durability: Durability::Disposable,
        seeds: Some(folder()?.join("seeds")),
        ..ClusterConfig::new(data_dir)
    };
    let cluster = Cluster::start(&installation, &config).context("start the shared server")?;
    users.unlock().and_then(|()| users.lock_shared()).context("use the shared server")?;
    Ok(Shared { address: cluster.leave_running(), _users: users })
}

/// Whether no process uses the server. If so, the lock is held now.
fn is_unused(users: &File) -> Result<bool> {
    match users.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error).context("see who uses the shared server"),
    }
}

fn is_littered(data_dir: &Path) -> bool {
    let databases = Cluster::home_of(data_dir).join("data/base");
    fs::read_dir(databases).is_ok_and(|it| it.count() > DATABASES_MAX)
}
