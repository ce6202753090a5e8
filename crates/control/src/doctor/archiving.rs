//! Whether each server can be taken back to a point in time: that its log gets into an archive, and that the backups which the log is replayed
//! onto are young enough.

use anyhow::{Context, Result};
use cloison_pgbackrest::{Info, Policy};
use jiff::{SignedDuration, Timestamp};
use tokio_postgres::Client;

use super::server::Place;
use super::{Check, Finding};
use crate::point_in_time::{Archives, PointInTimeError};

/// A segment is archived within seconds, and a server that was just started has a minute of work before that.
const SILENT_MAX: SignedDuration = SignedDuration::from_mins(10);
/// A backup is looked for every few minutes and takes its time; the first of a server, too.
const LATE_MAX: SignedDuration = SignedDuration::from_hours(2);

/// What a server says of its log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Archiving {
    is_on: bool,
    started_at: Timestamp,
    archived_at: Option<Timestamp>,
    failed_at: Option<Timestamp>,
    /// Which segment.
    failed: Option<String>,
    /// Segments that are to be archived.
    waiting: i64,
}

/// What is wrong with a server's archive, and what to do about it.
#[derive(Debug)]
struct Wrong {
    check: Check,
    what: String,
    mend: String,
}

/// Looks only.
pub(super) async fn examine(
    place: Place<'_>,
    now: Timestamp,
    findings: &mut Vec<Finding>,
) -> Result<()> {
    let Place { control, server, pg, .. } = place;
    match control.archives {
        Archives::Meant => {}
        Archives::DoneWithout => return Ok(()),
    }
    let archiving = ask(pg).await.context("ask how the log is archived")?;
    let tell = |wrong: Wrong| Finding::new(wrong.check, &server.name, wrong.what).mend(wrong.mend);
    findings.extend(of_log(&archiving, now).map(tell));
    if archiving.is_on
        && let Some(point_in_time) = &control.point_in_time
    {
        let wrong = match point_in_time.info(&server.name).await {
            Ok(info) => of_backups(&info, &Policy::USUAL, archiving.started_at, now),
            Err(PointInTimeError::NotArchived { folder, .. }) => Some(Wrong {
                check: Check::ArchiveOff,
                what: "its log goes to an archive that this process knows nothing of, so nothing on it can be taken back to a point in time".to_owned(),
                mend: format!("put its pgBackRest configuration into {}", folder.display()),
            }),
            Err(error) => {
                return Err(error).context("ask its archive what there is");
            }
        };
        findings.extend(wrong.map(tell));
    }
    Ok(())
}

async fn ask(pg: &Client) -> Result<Archiving, tokio_postgres::Error> {
    let row = pg
        .query_typed_one(
            "select current_setting('archive_mode') <> 'off', pg_postmaster_start_time(), last_archived_time,
                last_failed_time, last_failed_wal,
                (select count(*) from pg_ls_archive_statusdir() where name like '%.ready')
             from pg_stat_archiver",
            &[],
        )
        .await?;
    Ok(Archiving {
        is_on: row.get(0),
        started_at: row.get(1),
        archived_at: row.get(2),
        failed_at: row.get(3),
        failed: row.get(4),
        waiting: row.get(5),
    })
}

/// What is wrong with how the log is archived.
fn of_log(archiving: &Archiving, now: Timestamp) -> Option<Wrong> {
    let Archiving { is_on, started_at, archived_at, failed_at, failed, waiting } = archiving;
    if !is_on {
        return Some(Wrong {
            check: Check::ArchiveOff,
            what: "it has no point-in-time recovery: its log is archived nowhere (archive_mode is off)".to_owned(),
            mend: "`cloison up` archives by itself if pgBackRest is installed (Debian, Ubuntu: apt-get install pgbackrest); on a server of your own, set pgBackRest up and point_in_time.archives in cloison.toml".to_owned(),
        });
    }
    let since = archived_at.map_or_else(
        || "never since its statistics began".to_owned(),
        |it| format!("last at {} UTC", it.strftime("%F %R")),
    );
    let is_silent = now.duration_since(archived_at.unwrap_or(*started_at)) > SILENT_MAX;
    if *waiting == 0 || !is_silent {
        return None;
    }
    let (why, mend) = if failed_at > archived_at {
        let segment = failed.as_deref().unwrap_or("it");
        (format!("archiving {segment} fails"), "the server's log says why it fails")
    } else {
        (
            "nothing fails, and nothing happens".to_owned(),
            "is its archiver running? see pg_stat_archiver on it, and its log",
        )
    };
    Some(Wrong {
        check: Check::ArchiveStalled,
        what: format!(
            "{waiting} segments of its log wait to be archived, which was done {since}: {why}"
        ),
        mend: mend.to_owned(),
    })
}

/// What is wrong with the backups that the log is replayed onto.
fn of_backups(
    info: &Info,
    policy: &Policy,
    started_at: Timestamp,
    now: Timestamp,
) -> Option<Wrong> {
    let newest = info.backups.iter().map(|it| it.stop).max();
    let every = SignedDuration::try_from(policy.incr_every).unwrap_or(SignedDuration::MAX);
    let is_late = now.duration_since(newest.unwrap_or(started_at)) > every.saturating_add(LATE_MAX);
    if !is_late {
        return None;
    }
    let hours = every.as_hours();
    let (what, mend) = match newest {
        Some(at) => (
            format!(
                "the newest backup in its archive is of {} UTC, and one is made every {hours} hours",
                at.strftime("%F %R")
            ),
            "is a worker running that has its archive (point_in_time.archives), or a timer of your own? see: pgbackrest info",
        ),
        None => (
            "its log is archived, and there is no backup that it could be replayed onto".to_owned(),
            "make one: pgbackrest backup --type=full",
        ),
    };
    Some(Wrong { check: Check::ArchiveBackupLate, what, mend: mend.to_owned() })
}

#[cfg(test)]
mod tests;
