//! Whether each server can be taken back to a point in time: that its log gets into an archive, and that the backups which the log is replayed
//! onto are young enough.

use anyhow::{Context, Result};
use cloison_catalog::queries::servers::server_list;
use cloison_pgbackrest::{Info, Policy};
use jiff::{SignedDuration, Timestamp};
use tokio_postgres::Client;

use super::Finding;
use crate::control::{Control, SERVERS_MAX};
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

/// Looks only, at every server.
pub async fn examine_archiving(control: &Control, now: Timestamp) -> Result<Vec<Finding>> {
    match control.archives {
        Archives::Meant => {}
        Archives::DoneWithout => return Ok(Vec::new()),
    }
    let servers = {
        let client = control.catalog.client().await?;
        server_list().bind(&client, &SERVERS_MAX).all().await?
    };
    let mut findings = Vec::new();
    for server in servers {
        let pg = control.admin_of(&server)?.connect("postgres").await;
        let pg = pg.with_context(|| format!("connect to server {}", server.name))?;
        let archiving = ask(&pg).await.context("ask a server how its log is archived")?;
        let mut problems = Vec::from_iter(of_log(&archiving, now));
        if archiving.is_on
            && let Some(point_in_time) = &control.point_in_time
        {
            problems.extend(match point_in_time.info(&server.name).await {
                Ok(info) => of_backups(&info, &Policy::USUAL, archiving.started_at, now),
                Err(error @ PointInTimeError::NotArchived { .. }) => Some(error.to_string()),
                Err(error) => Some(format!(
                    "its archive cannot be asked what there is, so nobody knows to which moment it can be taken back: {:#}",
                    anyhow::Error::from(error)
                )),
            });
        }
        findings.extend(problems.into_iter().map(|problem| Finding {
            subject: server.name.clone(),
            problem,
            fixed: false,
        }));
    }
    Ok(findings)
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
fn of_log(archiving: &Archiving, now: Timestamp) -> Option<String> {
    let Archiving { is_on, started_at, archived_at, failed_at, failed, waiting } = archiving;
    if !is_on {
        return Some(
            "it has no point-in-time recovery: its log is archived nowhere (archive_mode is off), so what was written since a tenant's last backup is lost with it. `cloison up` archives by itself if pgBackRest is installed (Debian, Ubuntu: apt-get install pgbackrest); on a server of your own, set pgBackRest up and point_in_time.archives in cloison.toml"
                .to_owned(),
        );
    }
    let since = archived_at.map_or_else(
        || "never since its statistics began".to_owned(),
        |it| format!("last at {} UTC", it.strftime("%F %R")),
    );
    let is_silent = now.duration_since(archived_at.unwrap_or(*started_at)) > SILENT_MAX;
    if *waiting == 0 || !is_silent {
        return None;
    }
    let why = if failed_at > archived_at {
        format!("archiving {} fails; the server's log says why", failed.as_deref().unwrap_or("it"))
    } else {
        "nothing fails, and nothing happens; is its archiver running?".to_owned()
    };
    Some(format!(
        "{waiting} segments of its log wait to be archived, which was done {since}: {why}. Until then nothing newer can be had again, and its disk fills up"
    ))
}

/// What is wrong with the backups that the log is replayed onto.
fn of_backups(
    info: &Info,
    policy: &Policy,
    started_at: Timestamp,
    now: Timestamp,
) -> Option<String> {
    let newest = info.backups.iter().map(|it| it.stop).max();
    let every = SignedDuration::try_from(policy.incr_every).unwrap_or(SignedDuration::MAX);
    let is_late = now.duration_since(newest.unwrap_or(started_at)) > every.saturating_add(LATE_MAX);
    let hours = every.as_hours();
    match newest {
        _ if !is_late => None,
        Some(at) => Some(format!(
            "the newest backup in its archive is of {} UTC, and one is made every {hours} hours; a restore to a point in time replays all that came after. Is a worker running that has its archive (point_in_time.archives), or a timer of your own? See: pgbackrest info",
            at.strftime("%F %R")
        )),
        None => Some(
            "its log is archived, and there is no backup that it could be replayed onto, so nothing of it can be taken back to a point in time; make one: pgbackrest backup --type=full"
                .to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests;
