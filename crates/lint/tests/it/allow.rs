//! `-- lint: allow <rule> because <reason>`.

use cloison_lint::Finding;

use crate::{check, read};

const DROPS: &str = "drop table t;\n";

fn with(header: &str) -> String {
    format!("-- phase: expand\n-- lint: {header}\n{DROPS}")
}

#[test]
fn a_rule_is_allowed_with_its_reason() {
    let text = with("allow ban-drop-table because the table was never read");
    assert_eq!(check(&text), "3 allowed ban-drop-table");
    let report = read(&[("1_a.sql", &text)], 0);
    assert_eq!(report.findings[0].allowed.as_deref(), Some("the table was never read"));
    assert!(!report.is_refused());
    assert_eq!((report.count("allowed"), report.count("refused")), (1, 0));
}

#[test]
fn what_is_no_allowance_is_a_finding() {
    for header in [
        "allow ban-drop-table",
        "allow ban-drop-table because ",
        "ignore ban-drop-table because I say so",
        "allow ban-drop-tabel because of a slip",
        "allow prefer-bigint-over-int because that rule is not asked",
        "allow transaction-control because I say so",
    ] {
        assert_eq!(check(&with(header)), "2 refused allow, 3 refused ban-drop-table", "{header}");
    }
}

#[test]
fn an_allowance_that_nothing_asks_for_is_noted() {
    assert_eq!(
        check(&with("allow ban-drop-column because it is late")),
        "2 noted allow, 3 refused ban-drop-table"
    );
}

#[test]
fn it_counts_in_its_own_file_and_at_the_top_only() {
    let allowed = with("allow ban-drop-table because it is empty");
    let files = [("1_a.sql", allowed.as_str()), ("2_b.sql", "-- phase: expand\ndrop table u;")];
    let report = read(&files, 0);
    assert_eq!(
        report.findings.iter().map(Finding::verdict).collect::<Vec<_>>(),
        ["allowed", "refused"]
    );
    let below =
        format!("-- phase: expand\n{DROPS}-- lint: allow ban-drop-table because it is late\n");
    assert_eq!(check(&below), "2 refused ban-drop-table");
}

#[test]
fn comments_of_squawks_own_silence_nothing() {
    let text =
        "-- phase: expand\n-- squawk-ignore-file\n-- squawk-ignore ban-drop-table\ndrop table t;";
    assert_eq!(check(text), "4 refused ban-drop-table");
}
