//! The report for people.

use std::fmt::Write as _;

use cloison_control::recover::{Candidate, Recovered};
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::output::table;

/// Whatever is further ahead of our clock says nothing of its age.
const MINUTES_AHEAD_MAX: i64 = 10;

#[derive(Serialize)]
pub(super) struct Listed {
    backups: Vec<One>,
}

#[derive(Serialize)]
struct One {
    id: Uuid,
    begun_at: Timestamp,
    /// As the server's clock said, where the manifest is to be believed.
    taken_at: Timestamp,
    bytes: u64,
    schema_version: Option<i64>,
    /// Why it is not to be believed.
    broken: Option<String>,
}

pub(super) fn listed(found: &[Candidate]) -> Listed {
    let one = |it: &Candidate| One {
        id: it.id,
        begun_at: it.begun_at,
        taken_at: it.taken_at(),
        bytes: it.bytes,
        schema_version: it.manifest.as_ref().ok().map(|it| it.schema_version),
        broken: it.manifest.as_ref().err().map(ToString::to_string),
    };
    Listed { backups: found.iter().map(one).collect() }
}

pub(super) fn list(listed: &Listed, now: Timestamp) -> String {
    if listed.backups.is_empty() {
        return "There is no backup of the control database in this store.\n".to_owned();
    }
    let row = |it: &One| {
        vec![
            it.id.to_string(),
            it.taken_at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
            age(now, it.taken_at),
            it.bytes.to_string(),
            it.schema_version.map_or_else(|| "-".to_owned(), |it| it.to_string()),
            it.broken.clone().unwrap_or_else(|| "signed and unaltered".to_owned()),
        ]
    };
    let rows: Vec<_> = listed.backups.iter().map(row).collect();
    table(&["backup", "taken", "age", "bytes", "version", "manifest"], &rows)
}

fn age(now: Timestamp, then: Timestamp) -> String {
    let minutes = now.duration_since(then).as_mins();
    match (minutes / 60, minutes % 60) {
        // Clocks differ a little.
        _ if minutes < -MINUTES_AHEAD_MAX => "dated ahead".to_owned(),
        (..=0, ..=0) => "0 min".to_owned(),
        (hours @ 48.., _) => format!("{} d", hours / 24),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

pub(super) fn recovered(it: &Recovered) -> String {
    let mut text = String::new();
    let mut line = |words: String| {
        writeln!(text, "{words}").expect("writing to a string does not fail");
    };
    for broken in &it.passed_over {
        line(format!("Passed over backup {}, which is newer: {}", broken.backup, broken.why));
    }
    line(format!(
        "The control database is back as it was at {}, from backup {}.",
        it.taken_at.strftime("%Y-%m-%d %H:%M:%S UTC"),
        it.backup
    ));
    line(format!(
        "It knows {}. The next number is {}. Routers believe it before anything they have from before.",
        counted(it.tenants, "tenant"),
        it.number_max + 1
    ));
    for buried in &it.erased {
        line(format!("{}: was erased at {}, and stays so.", buried.subdomain, buried.erased_at));
    }
    for taken_in in &it.taken_in {
        line(format!(
            "{}: made after the backup; its database {} on {} is known again, with a new password.",
            taken_in.subdomain, taken_in.database, taken_in.server
        ));
        for note in &taken_in.notes {
            line(format!("  {note}"));
        }
    }
    for moved in &it.moved {
        line(format!(
            "{}: its schema is at version {}, not {} as in the backup.",
            moved.subdomain, moved.to, moved.from
        ));
    }
    let counts = [
        (
            it.spares_kept,
            "database made ahead can still be used",
            "databases made ahead can still be used",
        ),
        (
            it.spares_forgotten,
            "database made ahead is counted as one no more: it may have been taken",
            "databases made ahead are counted as such no more: they may have been taken",
        ),
        (
            it.backups_found,
            "tenant's backup of after that is listed again",
            "tenants' backups of after that are listed again",
        ),
        (
            it.backups_gone,
            "tenant's backup was pruned after that",
            "tenants' backups were pruned after that",
        ),
        (
            it.roles_set_back,
            "deviation of a tenant's role was set back",
            "deviations of tenants' roles were set back",
        ),
        (
            usize::try_from(it.operations_going_on).unwrap_or(usize::MAX),
            "operation goes on",
            "operations go on",
        ),
    ];
    for (count, one, many) in counts.into_iter().filter(|it| it.0 > 0) {
        line(format!("{count} {}.", if count == 1 { one } else { many }));
    }
    if let Some(aside) = &it.put_aside {
        line(format!(
            "What was there before is the database {aside} now; when nobody misses it, drop it."
        ));
    }
    line(format!(
        "Users, tokens, suspensions and legal holds are those of {}: whatever was revoked, changed, held or cancelled since is to be done again.",
        it.taken_at.strftime("%H:%M UTC that day")
    ));
    if it.to_do.is_empty() {
        line("Nothing else is left to do.".to_owned());
        return text;
    }
    line("Left to you:".to_owned());
    for to_do in &it.to_do {
        line(format!("  {}: {}", to_do.subject, to_do.what));
    }
    text
}

fn counted(count: i64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_read_at_a_glance() {
        let now: Timestamp = "2026-03-18T12:00:00Z".parse().unwrap();
        for (then, words) in [
            ("2026-03-18T11:59:30Z", "0 min"),
            ("2026-03-18T10:35:00Z", "1 h 25 min"),
            ("2026-03-15T12:00:00Z", "3 d"),
            ("2026-03-18T12:10:00Z", "0 min"),
            ("2026-03-18T12:11:00Z", "dated ahead"),
            ("2027-03-18T12:00:00Z", "dated ahead"),
        ] {
            assert_eq!(age(now, then.parse().unwrap()), words, "{then}");
        }
    }
}
