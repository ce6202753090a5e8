//! PostgreSQL's own programs by themselves.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use cloison_local_postgres::Installation;
use tokio::process::Command;
use tokio::task::JoinSet;

use crate::clusters::Cluster;

/// Dumps all of these to files, and removes them when the clock has stopped.
pub(in crate::bench) async fn all(
    server: &Cluster,
    databases: &[String],
    folder: &Path,
    at_once: usize,
) -> Result<Duration> {
    let folder = folder.join("dumps");
    std::fs::create_dir(&folder)?;
    let next = Arc::new(AtomicUsize::new(0));
    let databases: Arc<[String]> = databases.into();
    let mut working = JoinSet::new();
    let started = Instant::now();
    for _ in 0..at_once {
        let (server, folder) = (server.clone(), folder.clone());
        let (next, databases) = (Arc::clone(&next), Arc::clone(&databases));
        working.spawn(async move {
            while let Some(database) = databases.get(next.fetch_add(1, Ordering::Relaxed)) {
                one(&server, database, &folder.join(database)).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(worked) = working.join_next().await {
        worked??;
    }
    let took = started.elapsed();
    std::fs::remove_dir_all(folder)?;
    Ok(took)
}

/// `pg_dump -Fc`, as it packs by itself.
pub(in crate::bench) async fn one(server: &Cluster, database: &str, file: &Path) -> Result<()> {
    let mut dump = Command::new(program("pg_dump")?);
    dump.args(["-Fc", "-f"]).arg(file).arg(format!("--dbname={}", server.database(database)));
    run(dump).await.with_context(|| format!("dump {database}"))
}

/// `pg_restore` of such a file into an empty database.
pub(in crate::bench) async fn restore(server: &Cluster, database: &str, file: &Path) -> Result<()> {
    let mut restore = Command::new(program("pg_restore")?);
    restore.arg("--exit-on-error").arg(format!("--dbname={}", server.database(database))).arg(file);
    run(restore).await.with_context(|| format!("restore {database}"))
}

fn program(name: &str) -> Result<PathBuf> {
    Ok(Installation::find(None)?.bin_dir().join(name))
}

async fn run(mut command: Command) -> Result<()> {
    let output = command.kill_on_drop(true).output().await?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}
