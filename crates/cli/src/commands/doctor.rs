//! `cloison doctor`.

use std::fmt::Write;
use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{Client, DoctorReport, Finding};

use crate::output::{Output, grouped};

/// Of one check, those that are written out; the others are named.
const WRITTEN_MAX: usize = 3;
/// Of those, the names.
const NAMED_MAX: usize = 5;
const CRITICAL: &str = "critical";

pub(crate) async fn run(fix: bool, client: &Client, output: Output) -> Result<ExitCode> {
    let report = client.doctor(fix).await?;
    output.print(&report, || text(&report))?;
    Ok(if left(&report) == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What was found and is so still.
fn left(report: &DoctorReport) -> usize {
    let told = report.findings.iter().filter(|it| !it.fixed).count();
    told + report.more.iter().map(|it| it.count).sum::<usize>()
}

fn text(report: &DoctorReport) -> String {
    let mut text = String::new();
    // They come in the order of checks.
    for of_check in report.findings.chunk_by(|one, other| one.check == other.check) {
        write_check(&mut text, of_check, report).expect("writing to a string does not fail");
    }
    text + &last_line(report)
}

fn write_check(text: &mut String, findings: &[Finding], report: &DoctorReport) -> std::fmt::Result {
    for finding in findings.iter().take(WRITTEN_MAX) {
        let Finding { severity, subject, what, why, mend, .. } = finding;
        let severity = if finding.fixed { "fixed" } else { severity };
        writeln!(text, "{severity}: {}: {}", plain(subject), plain(what))?;
        writeln!(text, "  {why}")?;
        if let Some(mend) = mend {
            writeln!(text, "  {}", plain(mend))?;
        }
        writeln!(text)?;
    }
    let Some(first) = findings.first() else { return Ok(()) };
    let rest = &findings[findings.len().min(WRITTEN_MAX)..];
    let untold = report.more.iter().find(|it| it.check == first.check).map_or(0, |it| it.count);
    let count = rest.len() + untold;
    if count > 0 {
        let named: Vec<String> = rest.iter().take(NAMED_MAX).map(|it| plain(&it.subject)).collect();
        let dots = if count > named.len() { ", .." } else { "" };
        let (count, check, named) = (number(count), &first.check, named.join(", "));
        writeln!(text, "and {count} more of {check}: {named}{dots}; see: cloison doctor --json\n")?;
    }
    Ok(())
}

/// On one line: what a database or a program said may have lines of its own, and a name whatever somebody has put into it.
fn plain(text: &str) -> String {
    text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect()
}

fn last_line(report: &DoctorReport) -> String {
    let tenants = match report.tenants {
        1 => "1 tenant".to_owned(),
        many => format!("{} tenants", number(many)),
    };
    let fixed = report.findings.iter().filter(|it| it.fixed).count();
    let fixed = if fixed > 0 { format!("{} fixed, ", number(fixed)) } else { String::new() };
    let left = left(report);
    if left == 0 {
        return format!(
            "{fixed}nothing left to do: {tenants} and all around them are as they should be\n"
        );
    }
    let critical = critical(report);
    let findings =
        if left == 1 { "1 finding".to_owned() } else { format!("{} findings", number(left)) };
    format!("{fixed}{findings}, {} critical, among {tenants}\n", number(critical))
}

/// Of what is left.
fn critical(report: &DoctorReport) -> usize {
    let is_critical = |it: &&Finding| it.severity == CRITICAL;
    let told = report.findings.iter().filter(is_critical);
    let of_check = |check: &str| told.clone().any(|it| it.check == check);
    let more = report.more.iter().filter(|it| of_check(&it.check)).map(|it| it.count);
    told.clone().filter(|it| !it.fixed).count() + more.sum::<usize>()
}

fn number(count: usize) -> String {
    grouped(i64::try_from(count).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use cloison_api::MoreFindings;

    use super::*;

    /// `severity check subject`, and an exclamation mark if it was fixed.
    fn finding(words: &str) -> Finding {
        let (fixed, words) = words.strip_suffix('!').map_or((false, words), |it| (true, it));
        let words: Vec<&str> = words.split(' ').collect();
        let [severity, check, subject] = words[..] else { panic!("{words:?}") };
        Finding {
            check: check.to_owned(),
            severity: severity.to_owned(),
            subject: subject.to_owned(),
            what: "it is\nso\u{1b}".to_owned(),
            why: "that is bad".to_owned(),
            mend: (!fixed).then(|| "mend it".to_owned()),
            fixed,
        }
    }

    fn check(findings: &[&str], more: &[(&str, usize)]) -> String {
        let more = more
            .iter()
            .map(|(check, count)| MoreFindings { check: (*check).to_owned(), count: *count });
        text(&DoctorReport {
            tenants: 1_204,
            findings: findings.iter().map(|it| finding(it)).collect(),
            more: more.collect(),
        })
    }

    #[test]
    fn nothing_found_is_one_line() {
        assert_eq!(
            check(&[], &[]),
            "nothing left to do: 1,204 tenants and all around them are as they should be\n"
        );
    }

    #[test]
    fn three_lines_each_and_a_count() {
        assert_eq!(
            check(&["critical role-not-as-set blue", "warning drill-stale backups!"], &[]),
            "\
critical: blue: it is so 
  that is bad
  mend it

fixed: backups: it is so 
  that is bad

1 fixed, 1 finding, 1 critical, among 1,204 tenants
"
        );
    }

    #[test]
    fn a_name_is_only_a_name() {
        let named = ["a", "b", "c", "d\u{1b}[2J"].map(|it| format!("critical orphan-role {it}"));
        let told = check(&named.each_ref().map(String::as_str), &[]);
        assert!(told.contains("and 1 more of orphan-role: d [2J; see:"), "{told}");
    }

    #[test]
    fn many_of_a_kind_are_named() {
        let many: Vec<String> =
            (0..100).map(|it| format!("critical role-not-as-set t{it}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let told = check(&many, &[("role-not-as-set", 900)]);
        assert_eq!(told.lines().count(), 3 * 4 + 2 + 1, "{told}");
        assert!(told.contains("and 997 more of role-not-as-set: t3, t4, t5, t6, t7, ..; see: cloison doctor --json\n"), "{told}");
        assert!(
            told.ends_with("\n1,000 findings, 1,000 critical, among 1,204 tenants\n"),
            "{told}"
        );
    }
}
