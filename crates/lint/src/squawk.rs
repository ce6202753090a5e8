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

/// One for each statement: what follows the first error in it is mostly its echo.
fn not_sql<'m>(file: &File<'_>, errors: impl Iterator<Item = (usize, &'m str)>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut last = None;
    for (offset, message) in errors {
        let statement = file.command_at(offset).map(|it| it.0.offset);
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
    let (command, before) = file.command_at(offset)?;
    if is_of_cluster(command) || (usage.spares_new && before.has_all_of(command)) {
        return None;
    }
    let is_fine = match violation.code {
        Rule::AddingFieldWithDefault => is_constant(text),
        // What nobody but PUBLIC had is no program's.
        Rule::BanRevoke => command.ends(&["from", "public"]),
        _ => false,
    };
    let verdict = Verdict {
        severity,
        message: violation.message.replace('`', ""),
        help: usage.help.to_owned(),
    };
    (!is_fine).then(|| finding(file, &violation.code.to_string(), offset, verdict))
}

/// Whether a default is put together from constants. squawk knows literals, and not `-1` or `('a' || 'b')`.
fn is_constant(text: &str) -> bool {
    let tokens = tokens(text);
    let calls = tokens
        .windows(2)
        .any(|it| it[0].kind == TokenKind::Ident && it[1].kind == TokenKind::OpenParen);
    !calls && !tokens.iter().any(|it| it.is("generated") || it.is("select"))
}
