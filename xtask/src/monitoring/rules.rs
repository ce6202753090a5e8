//! The rules file: what is alerted on and what is recorded.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::names;
use crate::tidy::Finding;

/// Whoever gets an alert decides by it whether to get up.
const SEVERITIES: [&str; 2] = ["critical", "warning"];
const ANNOTATIONS: [&str; 3] = ["summary", "description", "runbook_url"];

pub(super) struct Rules {
    path: PathBuf,
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
struct Document {
    groups: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    rules: Vec<Rule>,
}

/// One of the two has a name.
#[derive(Deserialize)]
pub(super) struct Rule {
    alert: Option<String>,
    record: Option<String>,
    expr: String,
    #[serde(default)]
    labels: BTreeMap<String, String>,
    #[serde(default)]
    annotations: BTreeMap<String, String>,
}

impl Rules {
    pub(super) fn read(path: &Path, text: &str) -> Result<Self> {
        let document: Document =
            yaml_serde::from_str(text).with_context(|| format!("understand {}", path.display()))?;
        let rules = document.groups.into_iter().flat_map(|it| it.rules).collect();
        Ok(Self { path: path.to_owned(), rules })
    }

    pub(super) fn alerts(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().filter_map(|it| it.alert.as_deref())
    }

    pub(super) fn records(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().filter_map(|it| it.record.as_deref())
    }

    pub(super) fn expressions(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|it| it.expr.as_str())
    }

    /// The metrics that an alert looks at, also those behind what is recorded.
    pub(super) fn metrics_of(&self, alert: &str) -> BTreeSet<&str> {
        let mut metrics = BTreeSet::new();
        let mut open: Vec<&str> = self
            .rules
            .iter()
            .filter(|it| it.alert.as_deref() == Some(alert))
            .map(|it| it.expr.as_str())
            .collect();
        while let Some(expression) = open.pop() {
            // A record that is computed from itself ends here.
            for name in names::in_expression(expression).filter(|it| metrics.insert(*it)) {
                let records = self.rules.iter().filter(|it| it.record.as_deref() == Some(name));
                open.extend(records.map(|it| it.expr.as_str()));
            }
        }
        metrics
    }

    /// That each alert says how bad it is, what has happened, and where more is said.
    pub(super) fn check(&self, runbook: &str) -> Vec<Finding> {
        let alerts = self.rules.iter().filter_map(|it| Some((it.alert.as_deref()?, it)));
        alerts
            .flat_map(|(name, rule)| {
                rule.problems(name, runbook).into_iter().map(move |it| format!("{name}: {it}"))
            })
            .map(|it| Finding::new(&self.path, 0, it))
            .collect()
    }
}

impl Rule {
    fn problems(&self, name: &str, runbook: &str) -> Vec<String> {
        let mut problems = Vec::new();
        if !name.starts_with("Cloison") {
            problems.push("its name does not begin with `Cloison`".to_owned());
        }
        if !self.labels.get("severity").is_some_and(|it| SEVERITIES.contains(&it.as_str())) {
            problems.push(format!("its `severity` is none of {}", SEVERITIES.join(", ")));
        }
        for wanted in ANNOTATIONS {
            if self.annotations.get(wanted).is_none_or(|it| it.trim().is_empty()) {
                problems.push(format!("it has no `{wanted}`"));
            }
        }
        let page = format!("{runbook}/{name}.md");
        if self.annotations.get("runbook_url").is_some_and(|it| *it != page) {
            problems.push(format!("its `runbook_url` is not {page}"));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Rules;

    const RULES: &str = "
groups:
  - name: a
    rules:
      - { record: 'a:b:rate5m', expr: 'rate(cloison_b_total[5m])' }
      - { record: 'a:c:ratio', expr: 'a:b:rate5m / cloison_c' }
  - name: b
    rules:
      - alert: CloisonGood
        expr: a:c:ratio > 1
        labels: { severity: warning }
        annotations: { summary: s, description: d, runbook_url: docs/runbook/CloisonGood.md }
      - alert: Bad
        expr: cloison_d > 1
        labels: { severity: urgent }
        annotations: { summary: ' ', runbook_url: docs/runbook/Good.md }
";

    #[test]
    fn an_alert_says_what_it_must() {
        let findings = Rules::read(Path::new("r.yml"), RULES).unwrap().check("docs/runbook");
        assert_eq!(
            findings.iter().map(ToString::to_string).collect::<Vec<_>>(),
            [
                "r.yml: Bad: its name does not begin with `Cloison`",
                "r.yml: Bad: its `severity` is none of critical, warning",
                "r.yml: Bad: it has no `summary`",
                "r.yml: Bad: it has no `description`",
                "r.yml: Bad: its `runbook_url` is not docs/runbook/Bad.md",
            ]
        );
    }

    #[test]
    fn what_is_recorded_is_looked_through() {
        let rules = Rules::read(Path::new("r.yml"), RULES).unwrap();
        let metrics = rules.metrics_of("CloisonGood");
        assert!(metrics.contains("cloison_b_total") && metrics.contains("cloison_c"));
        assert_eq!(rules.metrics_of("Bad").into_iter().collect::<Vec<_>>(), ["cloison_d"]);
    }
}
