//! Why a database cannot be had as it was, by what can be asked for instead.

use std::{fmt, io, path::PathBuf};

use cloison_local_postgres::StartError;
use jiff::Timestamp;

use crate::{error::Error, wal::Segment};

#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    #[error("there is no backup of this server yet, so nothing can be restored; make one")]
    NoBackup,

    #[error(
        "{at} is before the earliest moment that can be restored, {earliest}; choose that one or a later one"
    )]
    TooEarly { at: Timestamp, earliest: Timestamp },

    #[error(
        "the archive does not reach {at} yet{}; have the server archive what it has, or restore the latest state",
        .last.map(|it| format!(", its last transaction is of {it}")).unwrap_or_default()
    )]
    NotYetArchived { at: Timestamp, last: Option<Timestamp> },

    #[error("the segment {segment} is missing in the archive, so nothing after it can be restored; {}", Reachable(.reachable))]
    MissingSegment { segment: Segment, reachable: Option<Timestamp> },

    #[error(
        "the segment {segment} cannot be read from the archive, so nothing after it can be restored; \
         verify the repository, or {}",
        Reachable(.reachable)
    )]
    UnreadableSegment { segment: Segment, reachable: Option<Timestamp> },

    #[error(
        "there was no database {name} {}; choose a moment after it was created and before it was dropped",
        .at.map_or_else(|| "at the end of the archive".to_owned(), |it| format!("at {it}"))
    )]
    NoDatabase { name: String, at: Option<Timestamp> },

    #[error(
        "the database {name} is there but cannot be read; if it was copied file by file from one that was not restored, \
         name that one as a template"
    )]
    Unreadable { name: String, source: tokio_postgres::Error },

    #[error("the database {name} is damaged as it was restored, so it is not handed out; restore another moment:\n{}", .findings.join("\n"))]
    Damaged { name: String, findings: Vec<String> },

    #[error(
        "PostgreSQL ended the replay in a way that this build does not understand; look into the archive with: pgbackrest verify"
    )]
    Unclear,

    #[error("the scratch server did not start")]
    Start(#[from] StartError),

    #[error("pgBackRest could not bring the files")]
    PgBackRest(#[from] Error),

    #[error("could not ask the scratch server")]
    Server(#[from] tokio_postgres::Error),

    #[error("could not {action} {}", .path.display())]
    Io { action: &'static str, path: PathBuf, source: io::Error },

    #[error("the restore was ended together with this process")]
    Ended,
}

/// What to do instead.
struct Reachable<'a>(&'a Option<Timestamp>);

impl fmt::Display for Reachable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(at) => write!(f, "restore {at} or an earlier moment"),
            None => f.write_str("restore a moment before this backup, or after the next one"),
        }
    }
}
