//! `-- lint: allow <rule> because <reason>` at the top of a file.

use cloison_model::header_values;

use crate::file::File;
use crate::report::{Finding, Severity};
use crate::rules;
use crate::squawk;

pub(crate) const CODE: &str = "allow";

const FORM: &str = "Write it as: -- lint: allow <rule> because <reason>";

struct Allowance<'a> {
    rule: &'a str,
    reason: &'a str,
}

/// Marks what the file's header allows, and adds what is wrong with that header.
pub(crate) fn apply(file: &File<'_>, findings: &mut Vec<Finding>) {
    for value in header_values(file.sql, "lint") {
        match parse(value) {
            Ok(allowance) => mark(file, value, &allowance, findings),
            Err(message) => findings.push(finding(file, value, Severity::Refused, message)),
        }
    }
}

fn mark(file: &File<'_>, value: &str, allowance: &Allowance<'_>, findings: &mut Vec<Finding>) {
    let rule = allowance.rule;
    let mut is_used = false;
    for found in findings.iter_mut().filter(|it| it.rule == rule) {
        found.allowed = Some(allowance.reason.to_owned());
        is_used = true;
    }
    if !is_used {
        let message = format!("The header allows {rule}, and nothing in the file asks for it.");
        findings.push(finding(file, value, Severity::Noted, message));
    }
}

fn parse(value: &str) -> Result<Allowance<'_>, String> {
    let unreadable = || format!("The header says 'lint: {value}', which is none.");
    let rest = value.strip_prefix("allow ").ok_or_else(unreadable)?.trim();
    let (rule, reason) = rest.split_once(" because").unwrap_or((rest, ""));
    let (rule, reason) = (rule.trim(), reason.trim());
    if reason.is_empty() {
        return Err(format!("The header allows {rule} and gives no reason."));
    }
    if rules::is_fixed(rule) {
        return Err(format!("{rule} cannot be allowed: such a file cannot be run as it is."));
    }
    if !rules::is_known(rule) && !squawk::is_known(rule) {
        return Err(format!("The header allows {rule}, and no rule has that name."));
    }
    Ok(Allowance { rule, reason })
}

fn finding(file: &File<'_>, value: &str, severity: Severity, message: String) -> Finding {
    // The value is a part of the file's own text.
    let offset = value.as_ptr() as usize - file.sql.as_ptr() as usize;
    Finding {
        file: file.name.clone(),
        line: file.line(offset),
        rule: CODE.to_owned(),
        severity,
        message,
        help: FORM.to_owned(),
        allowed: None,
    }
}
