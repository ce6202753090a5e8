//! `cargo xtask monitoring`: that alerts, their tests, their runbook and the dashboards fit each other and the metrics that there are.
//!
//! What Prometheus' own tools can say is left to them. Whether a metric is really exported is not asked here: the tests of `/metrics` hold
//! that against `docs/metrics.md`, and this holds all else against the same page.

mod cases;
mod dashboards;
mod names;
mod programs;
mod rules;
mod runbook;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::tidy::Finding;
use crate::workspace;
use cases::Cases;
use dashboards::Dashboard;
use rules::Rules;

const PROMETHEUS: &str = "monitoring/prometheus/prometheus.yml";
const ALERTMANAGER: &str = "monitoring/alertmanager/alertmanager.yml";
const RULES: &str = "monitoring/prometheus/cloison.rules.yml";
const TESTS: &str = "monitoring/prometheus/tests";
const DASHBOARDS: &str = "monitoring/grafana";
const RUNBOOK: &str = "docs/runbook";
/// What is exported, with a name in backticks for each.
const METRICS: &str = "docs/metrics.md";

/// A file of the project, by its path from the root.
struct File {
    path: PathBuf,
    text: String,
}

pub(crate) fn run() -> Result<ExitCode> {
    let rules = Rules::read(Path::new(RULES), &read(Path::new(RULES))?)?;
    let metrics = read(Path::new(METRICS)).context("learn which metrics there are")?;
    let metrics = names::documented(&metrics);
    let tests = below(TESTS, "yml")?;
    let cases: Vec<Cases> = tests.iter().map(Cases::read).collect::<Result<_>>()?;
    let boards = below(DASHBOARDS, "json")?;
    let boards: Vec<Dashboard> = boards.iter().map(Dashboard::read).collect::<Result<_>>()?;

    let mut findings = rules.check(RUNBOOK);
    findings.extend(cases::check(&rules, &cases));
    findings.extend(runbook::check(&rules, &below(RUNBOOK, "md")?));
    findings.extend(unknown(&rules, &metrics, Path::new(RULES), rules.expressions()));
    for it in &cases {
        findings.extend(unknown(&rules, &metrics, &it.path, it.series()));
    }
    for board in &boards {
        findings.extend(board.check());
        findings.extend(unknown(&rules, &metrics, &board.path, board.queries()));
    }
    findings.sort();
    findings.dedup();
    for finding in &findings {
        println!("{finding}");
    }

    programs::check_configurations(PROMETHEUS, ALERTMANAGER)?;
    programs::check_rules(&workspace::root().join(RULES))?;
    programs::check_expressions(&boards)?;
    programs::test_rules(tests.iter().map(|it| it.path.as_path()))?;

    if findings.is_empty() {
        println!(
            "monitoring: {} alerts, each with a case that fires, one that nearly does, and a page; {} dashboards; {} metrics",
            rules.alerts().count(),
            boards.len(),
            metrics.len()
        );
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("error: {} found; each line above says what", findings.len());
    Ok(ExitCode::FAILURE)
}

/// Metrics that nobody exports, and recorded series that nobody records.
fn unknown<'a>(
    rules: &Rules,
    metrics: &BTreeSet<String>,
    path: &Path,
    texts: impl Iterator<Item = &'a str>,
) -> Vec<Finding> {
    let recorded: BTreeSet<&str> = rules.records().collect();
    let named: BTreeSet<&str> = texts.flat_map(names::in_expression).collect();
    let message = |name: &&str| {
        if name.contains(':') {
            (!recorded.contains(name)).then(|| format!("`{name}` is recorded nowhere in {RULES}"))
        } else {
            (!names::is_among(name, metrics)).then(|| format!("`{name}` is not in {METRICS}"))
        }
    };
    named.iter().filter_map(message).map(|it| Finding::new(path, 0, it)).collect()
}

fn below(folder: &str, extension: &str) -> Result<Vec<File>> {
    let wanted = |path: &PathBuf| {
        path.starts_with(folder) && path.extension().is_some_and(|it| it == extension)
    };
    workspace::files()?
        .into_iter()
        .filter(wanted)
        .map(|path| Ok(File { text: read(&path)?, path }))
        .collect()
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(workspace::root().join(path))
        .with_context(|| format!("read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::rules::Rules;
    use super::unknown;

    #[test]
    fn what_nobody_exports_or_records_is_found() {
        let rules = "groups: [{ name: a, rules: [{ record: 'server:up:max', expr: 'max(cloison_server_up)' }] }]";
        let rules = Rules::read(Path::new("r.yml"), rules).unwrap();
        let metrics = BTreeSet::from(["cloison_server_up".to_owned()]);
        let check = |expression: &str| -> Vec<String> {
            unknown(&rules, &metrics, Path::new("a.json"), [expression].into_iter())
                .iter()
                .map(ToString::to_string)
                .collect()
        };
        assert!(check("server:up:max == 1 and cloison_server_up == 1").is_empty());
        assert_eq!(
            check("server:up:min == 1 and cloison_server_pu == 1"),
            [
                "a.json: `cloison_server_pu` is not in docs/metrics.md",
                "a.json: `server:up:min` is recorded nowhere in monitoring/prometheus/cloison.rules.yml",
            ]
        );
    }
}
