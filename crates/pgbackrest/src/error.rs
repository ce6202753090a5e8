//! What pgBackRest refused, by what the caller can do about it. Its own words are kept: it writes them well.

use std::{io, path::Path, path::PathBuf, time::Duration};

use crate::stanza::StanzaName;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("another backup of {stanza} is under way; wait until it has ended")]
    Busy { stanza: StanzaName },

    #[error(
        "pgBackRest does not reach the server of {stanza}, so there is no new backup; see that the server runs. \
         It said:\n{said}"
    )]
    ServerDown { stanza: StanzaName, said: String },

    #[error(
        "{stanza} has no repository yet, so nothing of it can be restored; create the stanza first"
    )]
    NoStanza { stanza: StanzaName },

    #[error(
        "the repository of {stanza} is that of another server, and would be useless if both wrote to it; \
         move it away, or give this server a stanza of its own. pgBackRest said:\n{said}"
    )]
    OtherServer { stanza: StanzaName, said: String },

    #[error(
        "the write-ahead log of {stanza} does not reach the archive, so what is written now cannot be restored; \
         look into the server's log for why. pgBackRest said:\n{said}"
    )]
    NotArchiving { stanza: StanzaName, said: String },

    #[error(
        "{stanza} has been told to stop, so nothing is archived; end that with: pgbackrest start. It said:\n{said}"
    )]
    Stopped { stanza: StanzaName, said: String },

    #[error(
        "a file in the repository of {stanza} cannot be read as it was written; verify it. pgBackRest said:\n{said}"
    )]
    Damaged { stanza: StanzaName, said: String },

    #[error(
        "the disk is full, so pgBackRest could not write; make room, then try again. It said:\n{said}"
    )]
    DiskFull { said: String },

    #[error("`pgbackrest {command}` was told to end before it was done; run it again")]
    Interrupted { command: &'static str },

    #[error(
        "`pgbackrest {command}` was not done after {} minutes and was ended; see whether its disk still answers",
        .within.as_secs() / 60
    )]
    TookTooLong { command: &'static str, within: Duration },

    #[error("`pgbackrest {command}` failed ({code}); it said:\n{said}")]
    Refused { command: &'static str, code: i32, said: String },

    #[error(
        "`pgbackrest {command}` answered what this build does not understand; install a version that it knows"
    )]
    Answer { command: &'static str, source: serde_json::Error },

    #[error("`pgbackrest {command}` answered what this build does not understand: {said}")]
    Words { command: &'static str, said: String },

    #[error("pgBackRest cannot be told of the path {}; choose one without line breaks or spaces at its ends", .path.display())]
    Path { path: PathBuf },

    #[error("could not {action} {}", .path.display())]
    Io { action: &'static str, path: PathBuf, source: io::Error },
}

/// `.map_err(at("read", path))`
pub(crate) fn at(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    move |source| Error::Io { action, path: path.to_owned(), source }
}

impl Error {
    /// From the exit code, which pgBackRest keeps stable and prints as `ERROR: [0NN]`.
    pub(crate) fn of(
        stanza: &StanzaName,
        command: &'static str,
        code: Option<i32>,
        stderr: &str,
    ) -> Self {
        let stanza = stanza.clone();
        let said = stderr.trim().to_owned();
        let Some(code) = code else {
            return Self::Interrupted { command };
        };
        if said.contains("[28] No space left on device") {
            return Self::DiskFull { said };
        }
        match code {
            // File invalid, archive mismatch, backup mismatch, database mismatch.
            28 | 44 | 51 | 58 => Self::OtherServer { stanza, said },
            50 => Self::Busy { stanza },
            55 | 103 => Self::NoStanza { stanza },
            56 | 57 | 59 => Self::ServerDown { stanza, said },
            62 => Self::Stopped { stanza, said },
            63 => Self::Interrupted { command },
            // Command not set, segment not there in time, archiving off.
            68 | 82 | 87 => Self::NotArchiving { stanza, said },
            // Checksum, format, decryption.
            26 | 29 | 95 => Self::Damaged { stanza, said },
            code => Self::Refused { command, code, said },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: Option<i32>, said: &str) -> String {
        Error::of(&"eu-1".parse().unwrap(), "backup", code, said).to_string()
    }

    #[test]
    fn what_to_do_is_in_the_words() {
        for (code, said, expected) in [
            (Some(50), "ERROR: [050]: ..", "wait until it has ended"),
            (Some(56), "ERROR: [056]: unable to find primary cluster", "see that the server runs"),
            (Some(55), "ERROR: [055]: unable to load info file", "create the stanza first"),
            (Some(82), "ERROR: [082]: WAL segment ..", "look into the server's log"),
            (Some(64), "unable to write '/r': [28] No space left on device", "make room"),
            (Some(64), "unable to write '/r': [5] Input/output error", "failed (64)"),
            (None, "", "run it again"),
        ] {
            let words = check(code, said);
            assert!(words.contains(expected), "{words}");
        }
        assert!(check(Some(99), " a\nb \n").ends_with("it said:\na\nb"));
    }
}
