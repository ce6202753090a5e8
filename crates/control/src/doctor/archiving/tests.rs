//! What is told of an archive, and what is not worth a word.

use cloison_pgbackrest::{Backup, Kind};

use super::*;

fn now() -> Timestamp {
    "2026-11-28T12:00:00Z".parse().unwrap()
}

fn minutes_ago(minutes: i64) -> Timestamp {
    now() - SignedDuration::from_mins(minutes)
}

fn told(wrong: Option<Wrong>) -> String {
    wrong.map(|it| format!("{}: {}; {}", it.check.as_str(), it.what, it.mend)).unwrap_or_default()
}

/// A server started yesterday, whose log was archived and not so many minutes ago.
fn check(archived: Option<i64>, failed: Option<i64>, waiting: i64) -> String {
    let archiving = Archiving {
        is_on: true,
        started_at: minutes_ago(24 * 60),
        archived_at: archived.map(minutes_ago),
        failed_at: failed.map(minutes_ago),
        failed: failed.map(|_| "000000010000000000000007".to_owned()),
        waiting,
    };
    told(of_log(&archiving, now()))
}

#[test]
fn a_log_that_is_not_archived() {
    for (archived, failed, waiting) in [
        // Nobody writes, for a day.
        (Some(1_440), None, 0),
        (None, None, 0),
        // Just now.
        (Some(2), None, 3),
        (Some(2), Some(1), 3),
        // It has failed and was archived since.
        (Some(2), Some(30), 0),
    ] {
        assert_eq!(check(archived, failed, waiting), "", "{archived:?} {failed:?} {waiting}");
    }
    let failing = check(Some(30), Some(1), 3);
    assert!(
        failing.starts_with("archive-stalled: 3 segments of its log wait to be archived"),
        "{failing}"
    );
    assert!(failing.contains("last at 2026-11-28 11:30 UTC"), "{failing}");
    assert!(failing.contains("archiving 000000010000000000000007 fails"), "{failing}");
    assert!(check(None, Some(1), 1).contains("never since"));
    assert!(check(Some(30), None, 1).contains("is its archiver running?"));
    let off = Archiving { is_on: false, ..Archiving::default() };
    let off = told(of_log(&off, now()));
    assert!(off.starts_with("archive-off: it has no point-in-time recovery"), "{off}");
}

/// Backups that ended so many hours ago, of a server that runs for so many.
fn backups(hours: &[i64], runs_for: i64) -> String {
    let backup = |hours: &i64| {
        let at = minutes_ago(hours * 60);
        let segment = "000000010000000000000001".parse().unwrap();
        Backup {
            label: hours.to_string(),
            kind: Kind::Full,
            start: at,
            stop: at,
            server_bytes: 0,
            added_bytes: 0,
            first_segment: segment,
            last_segment: segment,
            consistent_lsn: 0,
            has_bad_pages: false,
            archive: 1,
            databases: None,
        }
    };
    let info = Info { backups: hours.iter().map(backup).collect(), archives: Vec::new() };
    let started_at = minutes_ago(runs_for * 60);
    told(of_backups(&info, &Policy::USUAL, started_at, now()))
}

#[test]
fn backups_that_are_too_old() {
    assert_eq!(backups(&[30, 5], 100), "");
    assert_eq!(backups(&[], 1), "", "it was just started");
    assert!(
        backups(&[30, 7], 100).contains("of 2026-11-28 05:00 UTC, and one is made every 4 hours")
    );
    assert!(backups(&[], 7).contains("no backup that it could be replayed onto"));
}
