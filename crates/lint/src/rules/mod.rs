//! Our own rules: how files are run here, and what squawk does not look at.
//!
//! A rule looks at one statement, or at the whole file. What can be told from the outline of a statement is told from
//! that; nothing here knows squawk's tree.

mod columns;
mod data;
mod enums;
mod locks;
mod opaque;
mod places;
mod repeat;
mod sequences;
mod session;
mod take_away;
mod transaction;
mod whole_file;

pub(crate) use places::is_of_cluster;
pub(crate) use take_away::HELP as TAKES_AWAY_HELP;

use crate::allow;
use crate::before::Standing;
use crate::command::Command;
use crate::file::File;
use crate::report::{Finding, Severity};
use crate::squawk::NOT_SQL;

/// What a rule has to say.
pub(crate) struct Verdict {
    pub severity: Severity,
    pub message: String,
    pub help: String,
}

impl Verdict {
    fn refused(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { severity: Severity::Refused, message: message.into(), help: help.into() }
    }

    fn noted(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { severity: Severity::Noted, message: message.into(), help: help.into() }
    }
}

/// A statement, and what it meets.
struct Place<'a> {
    file: &'a File<'a>,
    command: &'a Command<'a>,
    standing: Standing,
}

type OfStatement = fn(&Place<'_>) -> Option<Verdict>;
/// With the place in the file, in bytes.
type OfFile = fn(&File<'_>) -> Option<(usize, Verdict)>;

const OF_STATEMENTS: [(&str, OfStatement); 25] = [
    ("transaction-control", transaction::control),
    ("needs-no-transaction", transaction::needs_none),
    ("validate-apart", transaction::validate_apart),
    ("write-apart", transaction::write_apart),
    ("not-repeatable", repeat::not_repeatable),
    ("session-state", session::state),
    ("session-setting", session::setting),
    ("cluster-object", places::cluster),
    ("extension", places::extension),
    ("grant-to-public", places::grant_to_public),
    ("temporary-object", places::temporary),
    ("copy", data::copy),
    ("whole-table", data::whole_table),
    ("truncate", data::truncate),
    ("serial-column", columns::serial),
    ("checked-column", columns::checked),
    ("lock-table", locks::lock_table),
    ("attach-partition", locks::attach_partition),
    ("sequence-restart", sequences::restart),
    ("drop-object", take_away::drop_object),
    ("set-not-null", take_away::set_not_null),
    ("unlogged-table", data::unlogged),
    ("rewrite", data::rewrite),
    ("enum-value", enums::value),
    ("opaque", opaque::opaque),
];

const OF_FILES: [(&str, OfFile); 3] = [
    ("phase-missing", whole_file::phase_missing),
    ("empty-file", whole_file::empty),
    ("several-indexes", repeat::several_indexes),
];

/// What no reason makes right: such a file cannot be run, or would break what runs it.
const FIXED: [&str; 5] =
    ["transaction-control", "needs-no-transaction", "empty-file", "phase-missing", allow::CODE];

pub(crate) fn is_known(code: &str) -> bool {
    let codes = OF_STATEMENTS.iter().map(|it| it.0).chain(OF_FILES.iter().map(|it| it.0));
    codes.chain([allow::CODE, NOT_SQL]).any(|it| it == code)
}

pub(crate) fn is_fixed(code: &str) -> bool {
    FIXED.contains(&code)
}

pub(crate) fn findings(file: &File<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (code, rule) in OF_FILES {
        findings.extend(rule(file).map(|(offset, it)| finding(file, code, offset, it)));
    }
    for (command, standing) in &file.commands {
        let place = Place { file, command, standing: *standing };
        for (code, rule) in OF_STATEMENTS {
            findings.extend(rule(&place).map(|it| finding(file, code, command.offset, it)));
        }
    }
    findings
}

pub(crate) fn finding(file: &File<'_>, code: &str, offset: usize, verdict: Verdict) -> Finding {
    Finding {
        file: file.name.clone(),
        line: file.line(offset),
        rule: code.to_owned(),
        severity: verdict.severity,
        message: verdict.message,
        help: verdict.help,
        allowed: None,
    }
}
