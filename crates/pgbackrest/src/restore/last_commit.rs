//! The last commit by a moment, as the log itself has it.
//!
//! A replay to a moment stops before the first later commit, so it has done what that transaction did before it committed.
//! That is nothing that anybody sees, but for DROP DATABASE, which removes the files and then commits. Stopping right after
//! the last earlier commit leaves them where they were.

use std::time::Duration;

use cloison_local_postgres::Installation;
use jiff::Timestamp;

use super::{RestoreError, Scratch, replay::Stop};
use crate::{
    command,
    info::Backup,
    wal::{Segment, parse_lsn},
};

/// For reading one segment of 16 MB.
const WITHIN: Duration = Duration::from_mins(1);

#[derive(Debug, PartialEq, Eq)]
struct Commit {
    transaction: u32,
    lsn: u64,
    at: Timestamp,
}

/// Where to stop, or nothing if the log that tells is not on the scratch server any more.
pub(super) async fn find(
    scratch: &Scratch,
    installation: &Installation,
    backup: &Backup,
    at: Timestamp,
) -> Result<Option<Stop>, RestoreError> {
    let mut segment = scratch.last_segment();
    while let Some(it) = segment.filter(|it| !backup.first_segment.is_after(*it)) {
        let log = scratch.site().data().join("pg_wal");
        if !log.join(it.to_string()).is_file() {
            return Ok(None);
        }
        if let Some(commit) = last(&read(scratch, installation, it).await?, at) {
            return Ok(Some(stop(&commit, backup)));
        }
        segment = it.previous();
    }
    Ok(Some(Stop::Consistent))
}

fn stop(commit: &Commit, backup: &Backup) -> Stop {
    if commit.lsn < backup.consistent_lsn {
        return Stop::Consistent;
    }
    Stop::AfterTransaction(commit.transaction)
}

/// The commits of one segment, in PostgreSQL's words.
async fn read(
    scratch: &Scratch,
    installation: &Installation,
    segment: Segment,
) -> Result<String, RestoreError> {
    let program = installation.program("pg_waldump");
    let mut reading = scratch.site().room().account().command(program.as_os_str());
    let mut path = std::ffi::OsString::from("--path=");
    path.push(scratch.site().data().join("pg_wal"));
    let segment = segment.to_string();
    reading.env("TZ", "UTC").arg(path).args(["--rmgr=Transaction", &segment, &segment]);
    // It complains of the end of a log that is not full, too, so its exit code says nothing.
    let ended = command::run(reading, "pg_waldump", WITHIN).await?;
    Ok(String::from_utf8_lossy(&ended.stdout).into_owned())
}

fn last(text: &str, at: Timestamp) -> Option<Commit> {
    text.lines().filter_map(parse).rfind(|it| it.at <= at)
}

/// `rmgr: Transaction len (rec/tot): 34/34, tx: 739, lsn: 0/01A2B3C8, prev 0/..., desc: COMMIT 2026-11-28 19:33:55.034487
/// UTC; inval msgs: ..`
fn parse(line: &str) -> Option<Commit> {
    let after = |words: &str| line.split_once(words).map(|it| it.1.trim_start());
    let word = |text: &'_ str| text.split([',', ' ']).next().unwrap_or_default().to_owned();
    let (time, _) = after("desc: COMMIT ")?.split_once(" UTC")?;
    Some(Commit {
        transaction: word(after("tx:")?).parse().ok()?,
        lsn: parse_lsn(&word(after("lsn:")?))?,
        at: format!("{time}+00").parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_commit_by_then_is_found() {
        let line = |tx: u32, what: &str, second: u32| {
            format!(
                "rmgr: Transaction len (rec/tot):     34/    34, tx:        {tx}, lsn: 0/01A2B3C8, prev 0/01A2B390, \
                 desc: {what} 2026-11-28 19:33:{second}.034487 UTC; inval msgs: catcache 37\n"
            )
        };
        let text = line(739, "COMMIT", 55) + &line(740, "ABORT", 56) + &line(741, "COMMIT", 57);
        let at = |second: u32| format!("2026-11-28T19:33:{second}.034487Z").parse().unwrap();
        let found = last(&text, at(56)).unwrap();
        let expected = Commit { transaction: 739, lsn: 0x01A2_B3C8, at: at(55) };
        assert_eq!(found, expected);
        assert_eq!(last(&text, at(57)).unwrap().transaction, 741);
        assert_eq!(last(&text, at(54)), None);
    }
}
