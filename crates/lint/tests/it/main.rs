//! The lint beside what it speaks about: real PostgreSQL, and the migrations of our own product.

mod allow;
mod any_text;
mod locks;
mod product;
mod releases;
mod running;
mod statements;
mod taking_away;

use cloison_lint::{Finding, Report, lint};
use cloison_model::Release;

fn read(files: &[(&str, &str)], from: i64) -> Report {
    lint(&Release::from_files(files).expect("a release"), from, from)
}

/// The findings of one file, `line verdict rule` each, one after the other.
fn check(sql: &str) -> String {
    let report = read(&[("1_a.sql", sql)], 0);
    let shown = |it: &Finding| format!("{} {} {}", it.line, it.verdict(), it.rule);
    report.findings.iter().map(shown).collect::<Vec<_>>().join(", ")
}

/// Lines of `statement -> findings`, each of them a file of its own below `header`, on its second line.
fn check_each(header: &str, cases: &[(&str, &str)]) {
    for (sql, expected) in cases {
        let lines = |rules: &str| match rules {
            "" => String::new(),
            _ => rules.split(", ").map(|it| format!("2 {it}")).collect::<Vec<_>>().join(", "),
        };
        assert_eq!(check(&format!("{header}\n{sql};\n")), lines(expected), "{header}: {sql}");
    }
}
