//! Goes over the files of a release that are new.

use cloison_model::{Migration, Release, Script};

use crate::allow;
use crate::before::Before;
use crate::file::{File, Way};
use crate::report::{Finding, Report};
use crate::{rules, squawk};

/// Reads the migrations above version `newest`, where the furthest database is, and what takes them back.
///
/// What they create is new to every database: nothing holds a lock on it and it has no rows, so what would hurt a table that is
/// in use is no finding there. Those from `from` on, where the oldest database is, may run in the same transaction, but
/// nothing is said of them: they have been released, and cannot be mended any more.
pub fn lint(release: &Release, from: i64, newest: i64) -> Report {
    let mut report = Report::default();
    let mut before = Before::default();
    let (released, new): (Vec<_>, Vec<_>) = release
        .migrations()
        .iter()
        .filter(|it| it.version > from)
        .partition(|it| it.version <= newest);
    for migration in released {
        read_both(migration, &mut before, &mut Report::default());
    }
    before.grow_old();
    for migration in new {
        read_both(migration, &mut before, &mut report);
    }
    report
}

fn read_both(migration: &Migration, before: &mut Before<'_>, report: &mut Report) {
    read(migration, &migration.up, Way::Up, before, report);
    if let Some(down) = &migration.down {
        // What it makes again is not new.
        read(migration, down, Way::Down, &mut Before::inside(before), report);
    }
}

fn read(
    migration: &Migration,
    script: &Script,
    way: Way,
    before: &mut Before<'_>,
    report: &mut Report,
) {
    let file = File::new(migration, script, way, before);
    let mut findings: Vec<Finding> = rules::findings(&file);
    findings.extend(squawk::findings(&file));
    allow::apply(&file, &mut findings);
    findings.sort_by(|a, b| (a.line, &a.rule).cmp(&(b.line, &b.rule)));
    // squawk says of each of two equal columns that there are two.
    findings.dedup();
    report.files.push(file.name);
    report.findings.append(&mut findings);
}
