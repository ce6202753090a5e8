//! What programs that run would miss, and files that say so.

use crate::{check, check_each, read};

/// Each is for a file that says contract, and for no other.
const FOR_CONTRACT: [(&str, &str); 27] = [
    ("alter table t drop column a", "ban-drop-column"),
    ("drop table t", "ban-drop-table"),
    ("drop view v", "ban-drop-view"),
    ("drop materialized view v", "ban-drop-view"),
    ("drop function f(int)", "ban-drop-function"),
    ("drop type mood", "ban-drop-type"),
    ("drop domain d", "ban-drop-domain"),
    ("drop sequence s", "ban-drop-sequence"),
    ("drop schema s", "ban-drop-schema"),
    ("alter table t alter column a drop default", "ban-drop-default"),
    ("alter table t alter column a drop expression", "ban-drop-generated-expression"),
    ("alter table t alter column a drop identity", "ban-alter-identity"),
    ("alter table t set schema s", "ban-set-schema"),
    ("revoke select on t from cloison_app", "ban-revoke"),
    ("alter table t rename column a to b", "renaming-column"),
    ("alter table t rename to u", "renaming-table"),
    ("alter view v rename to w", "renaming-object"),
    ("alter table t no inherit u", "ban-detach-inheritance"),
    ("alter table t detach partition u", "ban-detach-inheritance"),
    ("truncate t", "truncate"),
    ("drop text search configuration c", "drop-object"),
    ("drop text search dictionary d", "drop-object"),
    ("drop text search parser if exists p", "drop-object"),
    ("drop text search template t", "drop-object"),
    ("drop collation c, d", "drop-object"),
    ("drop conversion c", "drop-object"),
    ("drop server s", "drop-object"),
];

#[test]
fn what_the_release_makes_it_may_drop() {
    let makes = "create collation c (locale = 'fr-FR');\ncreate text search dictionary d (template = simple);";
    let drops = "drop collation c;\ndrop text search dictionary public.d;";
    assert_eq!(check(&format!("-- phase: expand\n{makes}\n{drops}")), "");
    assert_eq!(
        check(&format!("-- phase: expand\n{makes}\ndrop collation c, e;")),
        "4 refused drop-object"
    );
}

#[test]
fn what_takes_away_says_contract() {
    for (sql, rule) in FOR_CONTRACT {
        for phase in ["expand", "backfill"] {
            assert_eq!(
                check(&format!("-- phase: {phase}\n{sql}")),
                format!("2 refused {rule}"),
                "{sql}"
            );
        }
        assert_eq!(check(&format!("-- phase: contract\n{sql}")), "", "{sql}");
    }
    let report = read(&[("1_a.sql", "-- phase: expand\ndrop table t")], 0);
    assert!(report.findings[0].help.contains("-- phase: contract"));
    assert!(report.findings[0].help.contains("split"));
}

#[test]
fn what_takes_away_and_holds_a_table_is_noted_even_so() {
    for (sql, expand, contract) in [
        (
            "alter table t alter column a type bigint",
            "changing-column-type",
            "changing-column-type",
        ),
        ("alter table t alter column a set not null", "set-not-null", "adding-not-nullable-field"),
    ] {
        assert_eq!(check(&format!("-- phase: expand\n{sql}")), format!("2 refused {expand}"));
        assert_eq!(check(&format!("-- phase: contract\n{sql}")), format!("2 noted {contract}"));
    }
}

#[test]
fn what_may_break_programs_is_noted() {
    check_each(
        "-- phase: expand",
        &[
            ("alter table t drop constraint c", "noted ban-drop-constraint"),
            ("alter table t alter column a drop not null", "noted ban-drop-not-null"),
            ("drop index i", "noted ban-drop-index"),
            ("drop trigger g on t", "noted ban-drop-trigger"),
            ("alter table t disable trigger g", "noted ban-disable-trigger"),
            ("drop policy p on t", "noted ban-drop-policy"),
            ("alter policy p on t to cloison_app", "noted ban-alter-policy-roles"),
            ("alter policy p on t using (a > 0)", "noted ban-alter-policy-condition"),
            ("alter table t replica identity full", "noted ban-replica-identity"),
            ("alter table t enable row level security", "noted ban-alter-row-level-security"),
            ("revoke execute on function f(int) from public", ""),
            ("revoke all on t from public, cloison_app", "refused ban-revoke"),
        ],
    );
}

#[test]
fn what_takes_a_file_back_takes_away() {
    let files = [
        ("1_a.sql", "-- phase: expand\ncreate table t (a int);\nalter table u add column a int;\n"),
        ("1_a.down.sql", "drop table t;\nalter table u drop column a;\ncommit;\n"),
    ];
    let report = read(&files, 0);
    assert_eq!(report.files, ["0001_a.sql", "0001_a.down.sql"]);
    let found: Vec<_> =
        report.findings.iter().map(|it| (it.file.as_str(), it.line, it.rule.as_str())).collect();
    assert_eq!(found, [("0001_a.down.sql", 3, "transaction-control")]);
}
