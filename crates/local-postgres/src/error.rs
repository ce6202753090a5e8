//! Why a cluster does not start or stop. The variants are what the caller can do; each message ends with the way out.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::installation::Version;

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(
        "{} is in use by another process{}; stop that one, or choose another data directory",
        .data_dir.display(),
        .pid.map(|it| format!(" (pid {it})")).unwrap_or_default()
    )]
    Busy { data_dir: PathBuf, pid: Option<u32> },

    #[error(
        "{} belongs to another user; run this as that user or as root, or choose another data directory",
        .data_dir.display()
    )]
    NotYours { data_dir: PathBuf, source: io::Error },

    #[error(
        "port {port} of 127.0.0.1 is taken by another program; free it, or choose another port"
    )]
    PortTaken { port: u16 },

    #[error(
        "{} was made by PostgreSQL {found}, and PostgreSQL {installed} cannot read it; \
         install PostgreSQL {found} and give its bin folder, or move this folder away to start anew",
        .data.display()
    )]
    OtherMajor { data: PathBuf, found: String, installed: Version },

    #[error("{} holds no PostgreSQL cluster, though it should; move it away to start anew", .data.display())]
    NotACluster { data: PathBuf },

    #[error(
        "{} points to {}, which is gone; put it back, or remove {} to start anew",
        .pointer.display(), .target.display(), .pointer.display()
    )]
    PlaceGone { pointer: PathBuf, target: PathBuf },

    #[error(
        "PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to run it as; add one"
    )]
    NoAccount,

    #[error("the user that runs this has no name, which PostgreSQL needs; add it to /etc/passwd")]
    NamelessUser,

    #[error("the setting `{line}` cannot be written to PostgreSQL's configuration; correct it")]
    Setting { line: String },

    #[error("initdb could not make a cluster; it said:\n{output}")]
    Initdb { output: String },

    #[error(
        "PostgreSQL {} at start; the end of {}:\n{log_tail}",
        if *.gave_up { "was not ready in time" } else { "stopped" },
        .log.display()
    )]
    Failed { gave_up: bool, log: PathBuf, log_tail: String },

    #[error("could not stop the server that was left running in this data directory")]
    LeftRunning(#[source] StopError),

    #[error("could not {action} {}", .path.display())]
    Io { action: &'static str, path: PathBuf, source: io::Error },
}

#[derive(Debug, thiserror::Error)]
pub enum StopError {
    #[error("PostgreSQL (pid {pid}) does not stop; look at {}", .log.display())]
    StillRunning { pid: i32, log: PathBuf },
    #[error("could not signal PostgreSQL (pid {pid})")]
    Signal { pid: i32, source: io::Error },
}

/// `.map_err(at("read", path))`
pub(crate) fn at(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StartError {
    move |source| StartError::Io { action, path: path.to_owned(), source }
}
