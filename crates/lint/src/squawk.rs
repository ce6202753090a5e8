//! squawk's parser and rules, wrapped: what goes in is a file, what comes out are findings of ours.

mod usage;

use squawk_lexer::TokenKind;
use squawk_linter::{Linter, Rule, Version, Violation};
use squawk_syntax::SourceFile;

use crate::file::File;
use crate::report::{Finding, Severity};
use crate::rules::{Verdict, finding, is_of_cluster};
use crate::tokens::tokens;
use usage::{Usage, usage};

/// What squawk's parser cannot read. It may be allowed, since a parser that is not PostgreSQL's can be wrong.
pub(crate) const NOT_SQL: &str = "not-sql";

/// The oldest PostgreSQL that Cloison runs on.
const POSTGRES: &str = "15.0";

/// Rules that squawk asks only when it is told to, and we do.
const OPT_IN: [Rule; 10] = [
    Rule::BanDropTrigger,
    Rule::BanDropIndex,
    Rule::BanDropPolicy,
    Rule::BanRevoke,
    Rule::BanDisableTrigger,
    Rule::BanDetachInheritance,
    Rule::BanReplicaIdentity,
    Rule::BanAlterRowLevelSecurity,
    Rule::BanAlterPolicyCondition,
    Rule::BanAlterPolicyRoles,
];

pub(crate) fn is_known(code: &str) -> bool {
    code.parse::<Rule>().is_ok_and(|it| it.to_string() == code && usage(it) != Usage::OFF)
}

pub(crate) fn findings(file: &File<'_>) -> Vec<Finding> {
    if let Some(offset) = unreadable(file.sql) {
        return not_sql(file, [(offset, "an invisible character is there")].into_iter());
    }
    // It has comments of its own that silence it, without a reason. Ours are the only ones that count.
    let text = file.sql.replace("squawk-", "squawk_");
    let parse = SourceFile::parse(&text);
    let errors = parse.errors();
    if !errors.is_empty() {
        let places = errors.iter().map(|it| (usize::from(it.range().start()), it.message()));
        return not_sql(file, places);
    }
    let mut linter = Linter::with_rules(&OPT_IN, &[]);
    linter.settings.assume_in_transaction = file.in_transaction;
    linter.settings.pg_version = POSTGRES.parse::<Version>().expect("a version");
    let violations = linter.lint(&parse, &text);
    violations.iter().filter_map(|it| judge(file, it)).collect()
}

/// Where PostgreSQL stops though squawk goes on: a byte order mark, which editors of Windows put first, and a zero.
fn unreadable(sql: &str) -> Option<usize> {
    if sql.starts_with('\u{feff}') { Some(0) } else { sql.find('\0') }
}

/// One for each statement: what follows the first error in it is mostly its echo.
fn not_sql<'m>(file: &File<'_>, errors: impl Iterator<Item = (usize, &'m str)>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut last = None;
    for (offset, message) in errors {
        let command = file.command_at(offset).map(|it| &it.0);
        let statement = command.map(|it| it.offset);
        // What is missing at the end is missing where the statement ends, and not lines further down.
        let offset = command.map_or(offset, |it| offset.min(it.end()));
        if findings.is_empty() || statement != last {
            last = statement;
            let verdict = Verdict {
                severity: Severity::Refused,
                message: format!(
                    "This is not PostgreSQL's SQL: {}.",
                    message.trim_end_matches('.')
                ),
                help: "Mend the statement. Nothing else is said about the file until then."
                    .to_owned(),
            };
            findings.push(finding(file, NOT_SQL, offset, verdict));
        }
    }
    findings
}

fn judge(file: &File<'_>, violation: &Violation) -> Option<Finding> {
    let offset = usize::from(violation.text_range.start());
    let text = &file.sql[offset..usize::from(violation.text_range.end())];
    let usage = usage(violation.code);
    let severity = if file.may_take_away() { usage.contract } else { usage.expand }?;
    let (command, standing) = file.command_at(offset)?;
    if is_of_cluster(command) || (usage.spares_new && standing.is_new) {
        return None;
    }
    let is_fine = match violation.code {
        Rule::AddingFieldWithDefault => is_constant(text),
        // What nobody but PUBLIC had is no program's.
        Rule::BanRevoke => command.ends(&["from", "public"]),
        _ => false,
    };
    let verdict =
        Verdict { severity, message: plain(&violation.message), help: usage.help.to_owned() };
    (!is_fine).then(|| finding(file, &violation.code.to_string(), offset, verdict))
}

/// A client is a studio's customer here, and not a program.
fn plain(message: &str) -> String {
    let words = message.replace('`', "").replace("existing clients", "programs that run");
    words.replace("other clients", "programs that are")
}

/// Whether a default is put together from constants. squawk knows literals, and not `-1` or `('a' || 'b')`.
fn is_constant(text: &str) -> bool {
    let tokens = tokens(text);
    let calls = tokens
        .windows(2)
        .any(|it| it[0].kind == TokenKind::Ident && it[1].kind == TokenKind::OpenParen);
    !calls && !tokens.iter().any(|it| it.is("generated") || it.is("select"))
}
