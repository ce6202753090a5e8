//! A disk that is soon full, for a server to put tables on, or for anything else that writes.

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context as _, Result, ensure};

use crate::server::Server;

/// Mounted in memory, which takes root or `sudo`; goes when it is dropped.
#[derive(Debug)]
pub struct SmallDisk {
    path: PathBuf,
}

/// What fills a disk to the brim, until it is dropped.
#[derive(Debug)]
pub struct Filler {
    path: PathBuf,
}

impl SmallDisk {
    /// Of so many bytes, belonging to whoever runs a private server.
    pub fn mount(server: &Server, bytes: u64) -> Self {
        // Where the server's own account gets to, which it may not in the folder of the build.
        Self::mount_beside(&server.address().socket_dir, bytes)
    }

    /// Of so many bytes, belonging to whoever owns the folder beside which it lies.
    pub fn mount_beside(folder: &Path, bytes: u64) -> Self {
        Self::try_mount(folder, bytes).unwrap_or_else(|error| panic!("no small disk: {error:#}"))
    }

    fn try_mount(beside: &Path, bytes: u64) -> Result<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let owner = fs::metadata(beside).context("look at the folder")?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = beside.with_file_name(format!("small-disk-{}-{number}", process::id()));
        fs::create_dir_all(&path).context("make its folder")?;
        let options = format!("size={bytes},mode=0700,uid={},gid={}", owner.uid(), owner.gid());
        run(Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(&path))?;
        Ok(Self { path })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Leaves no room for anything.
    pub fn fill(&self) -> Filler {
        let path = self.path.join("filler");
        let mut file = File::create(&path).expect("there is room for a name");
        let block = [0; 4096];
        while file.write_all(&block).is_ok() {}
        Filler { path }
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // The server may still have files of it open.
        drop(run(Command::new("umount").arg("--lazy").arg(&self.path)));
        drop(fs::remove_dir(&self.path));
    }
}

impl Drop for Filler {
    fn drop(&mut self) {
        fs::remove_file(&self.path).expect("it was made here");
    }
}

/// As root.
fn run(command: &mut Command) -> Result<()> {
    let mut elevated = Command::new("sudo");
    elevated.arg("-n").arg(command.get_program()).args(command.get_args());
    let command = if rustix::process::geteuid().is_root() { command } else { &mut elevated };
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("{command:?}"))?;
    ensure!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}
