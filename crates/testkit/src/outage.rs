//! A server that goes down behind the back of whoever has started it, and comes back by another hand.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use cloison_local_postgres::Cluster;

use crate::folder::installation;

/// Whoever started the server does not know the one that [`Self::end`] starts, so dropping this stops it.
#[derive(Debug)]
pub struct Outage {
    home: PathBuf,
    is_over: bool,
}

impl Outage {
    /// Stops the server of a cluster at once, as a crash would: no checkpoint, no goodbye to anybody.
    pub fn begin(cluster: &Path) -> Result<Self> {
        let outage = Self { home: Cluster::home_of(cluster), is_over: false };
        outage.pg_ctl(&["stop", "-m", "immediate"]).context("stop the server")?;
        Ok(outage)
    }

    /// Starts it where it was, and waits until it takes connections.
    pub fn end(&mut self) -> Result<()> {
        let log = self.home.join("postgres.log");
        let log = log.to_str().context("its path is text")?;
        self.is_over = true;
        self.pg_ctl(&["start", "-w", "-l", log]).context("start the server again")
    }

    /// As the user whose the files are.
    fn pg_ctl(&self, arguments: &[&str]) -> Result<()> {
        let data = self.home.join("data");
        let mut command = Command::new(installation()?.program("pg_ctl"));
        command.args(arguments).arg("-D").arg(&data).current_dir("/");
        if rustix::process::geteuid().is_root() {
            let owner = fs::metadata(&data).context("look at the server's files")?;
            command.uid(owner.uid()).gid(owner.gid());
        }
        // The server would inherit a pipe, and whoever reads it would wait for the server's end.
        let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let status = quiet.status().context("run pg_ctl")?;
        ensure!(status.success(), "pg_ctl {} ended with {status}", arguments[0]);
        Ok(())
    }
}

impl Drop for Outage {
    fn drop(&mut self) {
        if self.is_over {
            // Whoever has stopped it already has done this for us.
            drop(self.pg_ctl(&["stop", "-m", "immediate"]));
        }
    }
}
