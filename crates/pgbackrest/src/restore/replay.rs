//! How a server replays the archive, and what its log says of how that ended. Pure but for reading the log.

use std::{
    fs::File,
    io::{Read as _, Seek as _, SeekFrom},
    path::Path,
};

use jiff::Timestamp;

use super::{Moment, Plan, RestoreError};
use crate::{stanza::Stanza, wal::Segment};

/// All that a restored server knows of the world. It is reached by its socket, archives nothing, takes nobody before the
/// replay has ended (so it need not be as large as the live server was), and need not survive a power cut.
pub(super) fn settings(
    stanza: &Stanza,
    data: &Path,
    stop: &Stop,
    ignores_invalid_pages: bool,
) -> Vec<(String, String)> {
    let on_off = |it| if it { "on" } else { "off" }.to_owned();
    let mut settings = vec![
        ("listen_addresses", String::new()),
        ("archive_mode", on_off(false)),
        ("hot_standby", on_off(false)),
        ("autovacuum", on_off(false)),
        ("fsync", on_off(false)),
        ("full_page_writes", on_off(false)),
        ("restore_command", stanza.restore_command(data)),
        ("recovery_target_action", "promote".to_owned()),
        ("ignore_invalid_pages", on_off(ignores_invalid_pages)),
    ];
    let target = match stop {
        Stop::At(at) => {
            Some(("recovery_target_time", at.strftime("%Y-%m-%d %H:%M:%S%.6f+00").to_string()))
        }
        Stop::AfterTransaction(xid) => Some(("recovery_target_xid", xid.to_string())),
        Stop::Consistent => Some(("recovery_target", "immediate".to_owned())),
        Stop::AtTheEnd => None,
    };
    settings.extend(target);
    settings.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Where a replay ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// Before the first commit after this.
    At(Timestamp),
    /// Right after this one's commit, and before whatever another has done by then.
    AfterTransaction(u32),
    /// Where the backup ends.
    Consistent,
    AtTheEnd,
}

impl From<Moment> for Stop {
    fn from(moment: Moment) -> Self {
        match moment {
            Moment::At(at) => Self::At(at),
            Moment::Latest => Self::AtTheEnd,
        }
    }
}

/// What the log says of one replay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) last_transaction: Option<Timestamp>,
    pub(super) last_segment: Option<Segment>,
    broken_off: Option<BrokenOff>,
    /// pgBackRest could not hand a segment over. That it has none, it says by its exit code alone.
    fetch_failed: bool,
}

/// Why a server gave up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BrokenOff {
    /// There was no more log, and it was not where it should stop.
    Early,
    /// The log speaks of pages that are not there.
    InvalidPages,
    /// It should have stopped where the backup was not complete.
    BeforeTheBackup,
}

/// How a replay ended.
pub(super) enum Ending {
    Good,
    InvalidPages,
    Refused(RestoreError),
    /// Not by anything that is known here.
    Unknown,
}

impl Said {
    /// What was written to the log from there on.
    pub(super) fn read(log: &Path, from: u64) -> Self {
        let read = || -> std::io::Result<Vec<u8>> {
            let mut file = File::open(log)?;
            file.seek(SeekFrom::Start(from))?;
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        Self::parse(&String::from_utf8_lossy(&read().unwrap_or_default()))
    }

    fn parse(log: &str) -> Self {
        let mut said = Self::default();
        for line in log.lines() {
            let after = |words: &str| line.split_once(words).map(|it| it.1);
            if line.starts_with("ERROR: [") {
                said.fetch_failed = true;
            } else if let Some(time) = after("LOG:  last completed transaction was at log time ") {
                said.last_transaction = time.trim().parse().ok();
            } else if let Some(file) = after("LOG:  restored log file \"") {
                let segment = file.split('"').next().and_then(|it| it.parse().ok());
                said.last_segment = segment.or(said.last_segment);
            } else if line
                .contains("FATAL:  recovery ended before configured recovery target was reached")
                || line.contains("FATAL:  WAL ends before ")
            {
                said.broken_off = Some(BrokenOff::Early);
            } else if line.contains("PANIC:  WAL contains references to invalid pages") {
                said.broken_off = Some(BrokenOff::InvalidPages);
            } else if line
                .contains("requested recovery stop point is before consistent recovery point")
            {
                said.broken_off = Some(BrokenOff::BeforeTheBackup);
            }
        }
        said
    }
}

/// Whether what was asked for is what is there.
pub(super) fn judge(is_ready: bool, said: &Said, at: Moment, plan: &Plan) -> Ending {
    match (at, said.broken_off) {
        (_, Some(BrokenOff::InvalidPages)) if !is_ready => Ending::InvalidPages,
        (Moment::At(_), _) if is_ready => Ending::Good,
        (Moment::At(at), Some(BrokenOff::BeforeTheBackup)) => {
            let earliest = plan.backup.restorable_from();
            Ending::Refused(RestoreError::TooEarly { at, earliest })
        }
        (Moment::At(at), Some(BrokenOff::Early)) => {
            let not_yet = RestoreError::NotYetArchived { at, last: said.last_transaction };
            Ending::Refused(hole(said, plan).unwrap_or(not_yet))
        }
        // Without a moment to reach, a server is content with whatever it gets.
        (Moment::Latest, None) if is_ready => {
            hole(said, plan).map_or(Ending::Good, Ending::Refused)
        }
        (Moment::Latest, Some(BrokenOff::Early)) => {
            hole(said, plan).map_or(Ending::Unknown, Ending::Refused)
        }
        (Moment::At(_) | Moment::Latest, None | Some(_)) => Ending::Unknown,
    }
}

/// What kept the replay from the last segment that the archive had.
fn hole(said: &Said, plan: &Plan) -> Option<RestoreError> {
    let wanted = said.last_segment.map_or(plan.backup.first_segment, Segment::next);
    let last = *plan.segments.last()?;
    if wanted.is_after(last) {
        return None;
    }
    let is_there = plan.segments.iter().any(|it| !it.is_after(wanted) && !wanted.is_after(*it));
    // If the next one was not asked for in vain, the log broke off within the one before.
    let damaged = if said.fetch_failed { wanted } else { said.last_segment.unwrap_or(wanted) };
    let segment = if is_there { damaged } else { wanted };
    let reachable = said.last_transaction;
    Some(if is_there {
        RestoreError::UnreadableSegment { segment, reachable }
    } else {
        RestoreError::MissingSegment { segment, reachable }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::info::{Backup, Kind};

    const PREFIX: &str = "2026-11-28 19:34:03.062 UTC [3] @  ";

    fn said(lines: &str) -> Said {
        let line = |it: &str| {
            let prefix = if it.starts_with("ERROR") { "" } else { PREFIX };
            format!("{prefix}{it}\n")
        };
        Said::parse(&lines.lines().map(line).collect::<String>())
    }

    #[test]
    fn the_log_says_how_far_it_went() {
        let said = said(
            "LOG:  restored log file \"000000010000000000000007\" from archive\n\
             LOG:  restored log file \"00000002.history\" from archive\n\
             LOG:  last completed transaction was at log time 2026-11-28 19:33:55.034487+00\n\
             FATAL:  recovery ended before configured recovery target was reached",
        );
        assert_eq!(said.last_segment.unwrap().to_string(), "000000010000000000000007");
        assert_eq!(said.last_transaction.unwrap().to_string(), "2026-11-28T19:33:55.034487Z");
        assert_eq!((said.broken_off, said.fetch_failed), (Some(BrokenOff::Early), false));
    }

    #[test]
    fn pages_that_are_ignored_are_no_reason_to_ignore_them_again() {
        let words = "WAL contains references to invalid pages";
        let broken_off = |level: &str| said(&format!("{level}:  {words}")).broken_off;
        assert_eq!(broken_off("PANIC"), Some(BrokenOff::InvalidPages));
        assert_eq!(broken_off("WARNING"), None);
    }

    /// An archive with the segments of these numbers, and a server that asked for all up to `restored` and took no more.
    fn check(archive: &[u32], restored: u32, more: &str) -> String {
        let segment = |it: &u32| format!("0000000100000000{it:08X}").parse::<Segment>().unwrap();
        let plan = Plan {
            backup: Backup {
                label: String::new(),
                kind: Kind::Full,
                start: Timestamp::UNIX_EPOCH,
                stop: Timestamp::UNIX_EPOCH,
                server_bytes: 0,
                added_bytes: 0,
                first_segment: segment(&1),
                last_segment: segment(&1),
                consistent_lsn: 0,
                has_bad_pages: false,
                archive: 1,
                databases: None,
            },
            segments: archive.iter().map(segment).collect(),
        };
        let restored = segment(&restored);
        let said = said(&format!("LOG:  restored log file \"{restored}\" from archive\n{more}"));
        match judge(true, &said, Moment::Latest, &plan) {
            Ending::Good => "good".to_owned(),
            Ending::Refused(error) => {
                error.to_string().split(" archive").next().unwrap_or_default().to_owned()
            }
            Ending::InvalidPages | Ending::Unknown => "other".to_owned(),
        }
    }

    #[test]
    fn a_server_that_is_content_with_less_than_there_is_has_met_a_hole() {
        assert_eq!(check(&[1, 2, 3], 3, ""), "good");
        // Archived meanwhile.
        assert_eq!(check(&[1, 2], 3, ""), "good");
        assert_eq!(check(&[1, 3], 1, ""), "the segment 000000010000000000000002 is missing in the");
        let unreadable = "cannot be read from the";
        assert_eq!(
            check(&[1, 2, 3], 1, "ERROR: [029]: unexpected eof in compressed data"),
            format!("the segment 000000010000000000000002 {unreadable}")
        );
        assert_eq!(
            check(&[1, 2, 3], 2, "LOG:  incorrect resource manager data checksum in record at 0/2"),
            format!("the segment 000000010000000000000002 {unreadable}")
        );
    }
}
