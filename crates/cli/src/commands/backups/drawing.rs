//! How backups, copies and drills look on a screen. Times are UTC, to the minute.

use std::fmt::Write;

use cloison_api::{
    Backup, BackupsStatus, ControlBackup, Copy, Drill, Operation, PruneReport, ServerArchive,
};
use jiff::Timestamp;

use super::create::{Outcome, Report};
use crate::output::{grouped, list, minute, size, table};

/// Names that one line holds.
const NAMES_MAX: usize = 5;

pub(super) fn backups(subdomain: &str, backups: &[Backup]) -> String {
    if backups.is_empty() {
        return format!(
            "{subdomain} has no backup. Make one with: cloison backups create {subdomain}\n"
        );
    }
    let rows: Vec<Vec<String>> = backups
        .iter()
        .map(|it| {
            vec![
                it.id.to_string(),
                minute(it.taken_at),
                size(it.bytes),
                grouped(it.rows),
                it.schema_version.to_string(),
                state(it),
                stays(it),
            ]
        })
        .collect();
    table(&["id", "taken (UTC)", "size", "rows", "schema", "state", "stays because"], &rows)
}

pub(super) fn control(backups: &[ControlBackup], now: Timestamp) -> String {
    if backups.is_empty() {
        return "The control database has no backup. Make one with: cloison backups control --create\n"
            .to_owned();
    }
    let row = |it: &ControlBackup| {
        let minutes = now.duration_since(it.begun_at).as_mins();
        let age =
            if minutes < 120 { format!("{minutes} min") } else { format!("{} h", minutes / 60) };
        let bytes = i64::try_from(it.bytes).unwrap_or(i64::MAX);
        vec![it.id.to_string(), minute(it.begun_at), age, size(bytes)]
    };
    let rows: Vec<Vec<String>> = backups.iter().map(row).collect();
    table(&["id", "begun (UTC)", "age", "size"], &rows)
}

fn state(backup: &Backup) -> String {
    match (&backup.broken_why, backup.verified_at) {
        (Some(why), _) => format!("BROKEN: {why}"),
        (None, Some(at)) => format!("verified {}", minute(at)),
        (None, None) => "good".to_owned(),
    }
}

fn stays(backup: &Backup) -> String {
    match (&backup.held_by, &backup.held_why, &backup.retention) {
        (Some(by), Some(why), _) => format!("held by {by}: {why}"),
        (_, _, Some(it)) if it.stays => it.words.clone(),
        (_, _, Some(it)) => format!("goes: {}", it.words),
        (_, _, None) => "a copy is being made of it".to_owned(),
    }
}

pub(super) fn released(backup: &Backup) -> String {
    match &backup.retention {
        Some(it) if it.stays => format!("Released. It stays for now: {}.\n", it.words),
        Some(it) => format!("Released. It goes within the hour: {}.\n", it.words),
        None => "Released.\n".to_owned(),
    }
}

pub(super) fn created(report: &Report) -> String {
    let rows: Vec<Vec<String>> = report
        .rows
        .iter()
        .map(|it| {
            let last = match (&it.reason, it.backup, it.result) {
                (Some(why), ..) => why.clone(),
                (None, Some(id), Outcome::Unchanged) => {
                    format!("nothing was written since {id}")
                }
                (None, Some(id), _) => id.to_string(),
                (None, None, _) => String::new(),
            };
            vec![it.subdomain.clone(), it.result.word().to_owned(), last]
        })
        .collect();
    let mut text = String::new();
    if !rows.is_empty() {
        text = table(&["subdomain", "result", "backup or reason"], &rows);
    }
    if report.rows.len() != report.tenants {
        let tenants = report.tenants;
        let line = match (report.is_running, report.failed) {
            (true, _) => {
                format!("{tenants} tenants asked for. How they stand: cloison backups status\n")
            }
            (false, 0) => {
                format!("{tenants} tenants: each has a backup of how it is now.\n")
            }
            (false, failed) => format!("{failed} of {tenants} tenants have no new backup.\n"),
        };
        text.push_str(&line);
    }
    text
}

pub(super) fn pruned(report: &PruneReport) -> String {
    let rows: Vec<Vec<String>> = report
        .pruned
        .iter()
        .map(|it| {
            let (taken, bytes) = (minute(it.taken_at), size(it.bytes));
            vec![it.subdomain.clone(), it.id.to_string(), taken, bytes, it.words.clone()]
        })
        .collect();
    let mut text = String::new();
    if !rows.is_empty() {
        text = table(&["subdomain", "id", "taken (UTC)", "size", "goes because"], &rows);
    }
    let left = report.pruned_count - report.pruned.len();
    if left > 0 {
        writeln!(text, "and {left} more").expect("writing to a string does not fail");
    }
    let (count, kept) = (report.pruned_count, report.kept);
    let line = match (report.dry_run, count) {
        (_, 0) => format!("Nothing to delete: each of {kept} backups stays.\n"),
        (true, _) => format!("{count} would be deleted, {kept} stay. Nothing was deleted.\n"),
        (false, _) => format!("{count} deleted, {kept} stay.\n"),
    };
    text.push_str(&line);
    text
}

pub(super) fn copies(subdomain: &str, copies: &[Copy]) -> String {
    if copies.is_empty() {
        return format!(
            "{subdomain} has no copies. Make one with: cloison backups restore {subdomain}\n"
        );
    }
    let rows: Vec<Vec<String>> = copies
        .iter()
        .map(|it| {
            let what = match (it.was_live, it.lived_until) {
                (true, _) => "was live until a swap",
                (false, Some(_)) => "was live until an undo",
                (false, None) => "restored",
            };
            vec![
                it.id.to_string(),
                it.state.clone(),
                what.to_owned(),
                moment(it.holds_at),
                it.database.clone(),
                minute(it.drop_after),
            ]
        })
        .collect();
    table(&["id", "state", "what", "as it was (UTC)", "database", "stays until (UTC)"], &rows)
}

pub(super) fn copy_made(subdomain: &str, copy: &Copy) -> String {
    let (id, until) = (copy.id, minute(copy.drop_after));
    let at = moment(copy.holds_at);
    format!(
        "A copy of {subdomain} as it was at {at} UTC stands beside its database. Visitors notice nothing.\n{}\nLook at it, under an address of its own:\n  cloison backups open {subdomain} --copy {id}\nPut it in the place of what visitors see:\n  cloison backups swap {subdomain} --copy {id} --confirm {subdomain}\nDrop it before its time:\n  cloison backups drop {subdomain} --copy {id} --confirm {subdomain}\n",
        list(&[
            ("  copy", &id.to_string()),
            ("  database", &copy.database),
            ("  stays until", &format!("{until} UTC, then it goes by itself")),
        ])
    )
}

/// Whoever may not send sign-in links is told the address alone.
pub(super) fn opened(subdomain: &str, opened: &Operation, copy: &Copy) -> String {
    let (id, at) = (copy.id, moment(copy.holds_at));
    let until = copy.open_until.map(|it| format!("{} UTC, then it closes by itself", minute(it)));
    let absent = "told to those who may send sign-in links";
    let link = opened.sign_in_url.as_deref().unwrap_or(absent);
    format!(
        "{subdomain} as it was at {at} UTC can be looked at, and not changed.\n{}\nIts people get in with the passwords they had then: tell the address to nobody who is not to see this.\nEnd it before its time:\n  cloison backups close {subdomain} --copy {id}\nPut it in the place of what visitors see:\n  cloison backups swap {subdomain} --copy {id} --confirm {subdomain}\n",
        list(&[
            ("  address", opened.url.as_deref().unwrap_or("told to those who may restore")),
            ("  sign in once", link),
            ("  open until", until.as_deref().unwrap_or("it was closed again")),
        ])
    )
}

pub(super) fn closed(subdomain: &str, copy: &Copy) -> String {
    format!(
        "Nobody gets into that copy of {subdomain} any more. It stays until {} UTC.\n",
        minute(copy.drop_after)
    )
}

/// `before` is the copy as it was before the swap; `after` holds what was the tenant's database.
pub(super) fn swapped(subdomain: &str, before: Option<&Copy>, after: &Copy) -> String {
    let until = minute(after.drop_after);
    let is_undone = before.is_some_and(|it| it.was_live);
    let now = if is_undone {
        format!("{subdomain} is again as it was before the swap.")
    } else {
        let at = moment(before.and_then(|it| it.holds_at));
        format!("Visitors of {subdomain} now see it as it was at {at} UTC.")
    };
    let back = if after.was_live {
        format!("cloison backups restore {subdomain} --undo --confirm {subdomain}")
    } else {
        format!("cloison backups swap {subdomain} --copy {} --confirm {subdomain}", after.id)
    };
    format!(
        "{now}\nWhat they saw until now is kept until {until} UTC as copy {}.\nTake it back:\n  {back}\n",
        after.id
    )
}

/// The tenant had no database, so nothing stands beside what was put there.
pub(super) fn replaced(subdomain: &str, before: Option<&Copy>) -> String {
    let at = moment(before.and_then(|it| it.holds_at));
    format!(
        "Visitors of {subdomain} now see it as it was at {at} UTC.\nIts own database was gone, so there is nothing to take this back to.\n"
    )
}

pub(super) fn drills(drills: &[Drill]) -> String {
    if drills.is_empty() {
        return "No drills yet. Try one with: cloison backups drill SUBDOMAIN\n".to_owned();
    }
    let rows: Vec<Vec<String>> = drills
        .iter()
        .map(|it| {
            vec![
                it.subdomain.clone(),
                minute(it.began_at),
                it.state.clone(),
                moment(it.holds_at),
                it.restore_seconds.map(|it| format!("{it:.1} s")).unwrap_or_default(),
                it.failed_why.clone().unwrap_or_default(),
            ]
        })
        .collect();
    let heading = ["subdomain", "began (UTC)", "state", "data of (UTC)", "restored in", "reason"];
    table(&heading, &rows)
}

pub(super) fn status(status: &BackupsStatus) -> String {
    let none = "none, so no backups are made; see: cloison config check";
    let store = status.store.as_deref().unwrap_or(none);
    let at_work = format!("{} wanted, {} at work", status.wanted, status.running);
    let without = grouped(status.without_good);
    let oldest = status.oldest_seen_at.map(|it| format!("{} UTC", minute(it)));
    let behind = status.behind.iter().map(|it| it.subdomain.as_str());
    let behind = named(status.behind_count, behind.collect());
    let undrilled = status.drills_failing.iter().map(|it| it.subdomain.as_str());
    let failing = status.failing.iter().map(|it| it.subdomain.as_str());
    let failing_names = named(status.failing_count, failing.collect());
    let mut text = list(&[
        ("store", store),
        ("keystore", status.keystore.as_deref().unwrap_or("none")),
        ("tenants", &grouped(status.tenants)),
        ("backups", &at_work),
        ("without a good one", &without),
        ("broken backups", &grouped(status.broken)),
        ("all others known since", oldest.as_deref().unwrap_or("-")),
        ("over 26 hours behind", &behind),
        ("last backup failed", &failing_names),
        ("last drill failed", &named(status.drills_failing_count, undrilled.collect())),
    ]);
    for it in status.failing.iter().take(NAMES_MAX) {
        let why = it.why.as_deref().unwrap_or("for a reason that is not known any more");
        let at = minute(it.failed_at);
        writeln!(text, "  {} at {at} UTC, {} times in a row: {why}", it.subdomain, it.failures)
            .expect("writing to a string does not fail");
    }
    for it in status.drills_failing.iter().take(NAMES_MAX) {
        let why = it.why.as_deref().unwrap_or("for a reason that is not known any more");
        writeln!(
            text,
            "  {}, restored for a trial at {} UTC: {why}",
            it.subdomain,
            minute(it.began_at)
        )
        .expect("writing to a string does not fail");
    }
    text.push('\n');
    text.push_str(&servers(&status.servers));
    text
}

/// How far back each server's tenants can be taken, and whether that was tried.
fn servers(servers: &[ServerArchive]) -> String {
    let rows: Vec<Vec<String>> = servers
        .iter()
        .map(|it| {
            let drill = match (it.drilled_at, &it.drill_failed_why) {
                (None, _) => "never".to_owned(),
                (Some(at), None) => format!("{}, passed", minute(at)),
                (Some(at), Some(_)) => format!("{}, FAILED", minute(at)),
            };
            vec![
                it.server.clone(),
                moment(it.restorable_from),
                moment(it.newest_backup_at),
                it.backups.to_string(),
                drill,
            ]
        })
        .collect();
    let heading =
        ["server", "any second since (UTC)", "newest backup (UTC)", "backups", "last drill (UTC)"];
    let mut text = table(&heading, &rows);
    for it in servers {
        for why in it.why.iter().chain(&it.drill_failed_why) {
            writeln!(text, "  {}: {why}", it.server).expect("writing to a string does not fail");
        }
    }
    text
}

/// `12: a, b, c, d, e and more`.
fn named(count: i64, names: Vec<&str>) -> String {
    if count == 0 {
        return "0".to_owned();
    }
    let more = if names.len() > NAMES_MAX { " and more" } else { "" };
    let shown = names.into_iter().take(NAMES_MAX).collect::<Vec<_>>().join(", ");
    format!("{}: {shown}{more}", grouped(count))
}

fn moment(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "-".to_owned(), minute)
}
