//! The cases of `promtool test rules`: that each alert has one in which it fires and one in which it nearly does.
//!
//! Whether they come out as they say is `promtool`'s to tell. But it also takes a case of an alert that does not exist for one that does not fire.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::rules::Rules;
use super::{File, RULES, names};
use crate::tidy::Finding;

/// A file of them.
pub(super) struct Cases {
    pub(super) path: PathBuf,
    worlds: Vec<World>,
}

#[derive(Deserialize)]
struct Document {
    tests: Vec<World>,
}

/// Series, and what comes of them.
#[derive(Deserialize)]
struct World {
    input_series: Vec<Series>,
    #[serde(default)]
    alert_rule_test: Vec<Case>,
}

#[derive(Deserialize)]
struct Series {
    series: String,
}

#[derive(Deserialize)]
struct Case {
    alertname: String,
    #[serde(default)]
    exp_alerts: Vec<yaml_serde::Value>,
}

impl Cases {
    pub(super) fn read(file: &File) -> Result<Self> {
        let document: Document = yaml_serde::from_str(&file.text)
            .with_context(|| format!("understand {}", file.path.display()))?;
        Ok(Self { path: file.path.clone(), worlds: document.tests })
    }

    pub(super) fn series(&self) -> impl Iterator<Item = &str> {
        self.worlds.iter().flat_map(World::series)
    }
}

impl World {
    fn series(&self) -> impl Iterator<Item = &str> {
        self.input_series.iter().map(|it| it.series.as_str())
    }

    /// Whether it tells anything of these metrics. Of an alert on none of ours, anything is near.
    fn is_about(&self, metrics: &BTreeSet<&str>) -> bool {
        let told: BTreeSet<&str> = self.series().flat_map(names::in_expression).collect();
        metrics.is_empty() || !told.is_disjoint(metrics)
    }
}

pub(super) fn check(rules: &Rules, files: &[Cases]) -> Vec<Finding> {
    let alerts: BTreeSet<&str> = rules.alerts().collect();
    let mut findings = Vec::new();
    for file in files {
        for case in file.worlds.iter().flat_map(|it| &it.alert_rule_test) {
            if !alerts.contains(case.alertname.as_str()) {
                let message = format!("there is no alert `{}`", case.alertname);
                findings.push(Finding::new(&file.path, 0, message));
            }
        }
    }
    for alert in alerts {
        let metrics = rules.metrics_of(alert);
        let near = files.iter().flat_map(|it| &it.worlds).filter(|it| it.is_about(&metrics));
        let cases = near.flat_map(|it| &it.alert_rule_test).filter(|it| it.alertname == alert);
        let (quiet, loud): (Vec<_>, Vec<_>) = cases.partition(|it| it.exp_alerts.is_empty());
        let mut missing = |what: &str| {
            findings.push(Finding::new(
                RULES.as_ref(),
                0,
                format!("{alert}: no test in which {what}"),
            ));
        };
        if loud.is_empty() {
            missing("it fires");
        }
        if quiet.is_empty() {
            missing("what it looks at is there and it does not fire");
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{Cases, check};
    use crate::monitoring::File;
    use crate::monitoring::rules::Rules;

    const RULES: &str = "
groups:
  - name: a
    rules:
      - { alert: A, expr: cloison_a > 1 }
      - { alert: B, expr: cloison_b > 1 }
";

    /// Each case is `alert metric loud` or `alert metric quiet`, and has a world of its own.
    fn found(cases: &[&str]) -> Vec<String> {
        let world = |case: &&str| {
            let [alert, metric, outcome] = case.split(' ').collect::<Vec<_>>()[..] else {
                panic!("three words: {case}");
            };
            let expected = if outcome == "loud" { "[{ exp_labels: {} }]" } else { "[]" };
            format!(
                "  - input_series: [{{ series: '{metric}{{x=\"y\"}}', values: '1' }}]\n    alert_rule_test: [{{ alertname: {alert}, exp_alerts: {expected} }}]\n"
            )
        };
        let text = format!("tests:\n{}", cases.iter().map(world).collect::<String>());
        let cases = Cases::read(&File { path: PathBuf::from("t.yml"), text }).unwrap();
        let rules = Rules::read(Path::new("r.yml"), RULES).unwrap();
        check(&rules, &[cases]).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn each_alert_has_both() {
        let all =
            ["A cloison_a loud", "A cloison_a quiet", "B cloison_b loud", "B cloison_b quiet"];
        assert!(found(&all).is_empty());
        let file = "monitoring/prometheus/cloison.rules.yml";
        assert_eq!(
            found(&[
                "A cloison_a loud",
                "A cloison_b quiet",
                "B cloison_b quiet",
                "C cloison_a quiet"
            ]),
            [
                "t.yml: there is no alert `C`".to_owned(),
                format!(
                    "{file}: A: no test in which what it looks at is there and it does not fire"
                ),
                format!("{file}: B: no test in which it fires"),
            ]
        );
    }
}
