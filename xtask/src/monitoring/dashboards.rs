//! Grafana's dashboards, as far as they can be wrong without Grafana saying so: it shows an empty panel.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use super::File;
use crate::tidy::Finding;

/// Whoever imports a dashboard chooses where its data come from.
const DATASOURCE: &str = "${datasource}";

pub(super) struct Dashboard {
    pub(super) path: PathBuf,
    document: Value,
}

impl Dashboard {
    pub(super) fn read(file: &File) -> Result<Self> {
        let document = serde_json::from_str(&file.text)
            .with_context(|| format!("understand {}", file.path.display()))?;
        Ok(Self { path: file.path.clone(), document })
    }

    /// What it asks Prometheus, for panels and for variables.
    pub(super) fn queries(&self) -> impl Iterator<Item = &str> {
        let mut found = Vec::new();
        self.walk(&mut |key, value| {
            if matches!(key, "expr" | "definition" | "query")
                && let Some(text) = value.as_str()
            {
                found.push(text);
            }
        });
        found.into_iter()
    }

    /// What is `PromQL` among that, with a name for each that tells where it stands.
    pub(super) fn expressions(&self) -> Vec<(String, &str)> {
        let board = self.path.file_stem().unwrap_or_default().to_string_lossy();
        let named = |panel: &Value, target: &'_ Value| {
            let reference = target["refId"].as_str().unwrap_or_default();
            format!("{board}:panel_{}:{reference}", panel["id"])
        };
        let targets = self.panels().flat_map(|panel| {
            panel["targets"].as_array().into_iter().flatten().map(move |it| (panel, it))
        });
        targets.filter_map(|(panel, it)| Some((named(panel, it), it["expr"].as_str()?))).collect()
    }

    pub(super) fn check(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut found = |message: String| findings.push(Finding::new(&self.path, 0, message));
        let mut ids = BTreeSet::new();
        for panel in self.panels() {
            let title = panel["title"].as_str().unwrap_or_default();
            if !ids.insert(panel["id"].to_string()) {
                found(format!("panel `{title}` has the id of another"));
            }
            let says_what = panel["description"].as_str().is_some_and(|it| !it.is_empty());
            if panel["type"] != "row" && !says_what {
                found(format!("panel `{title}` has no description"));
            }
        }
        self.walk(&mut |key, value| {
            if key == "datasource" && value["uid"] != DATASOURCE {
                found(format!("a datasource is {value}, which others do not have"));
            }
        });
        findings
    }

    fn panels(&self) -> impl Iterator<Item = &Value> {
        self.document["panels"].as_array().into_iter().flatten()
    }

    /// Shows every value that has a key, at any depth.
    fn walk<'a>(&'a self, visit: &mut impl FnMut(&str, &'a Value)) {
        let mut open = vec![&self.document];
        while let Some(value) = open.pop() {
            match value {
                Value::Object(map) => {
                    for (key, value) in map {
                        visit(key, value);
                        open.push(value);
                    }
                }
                Value::Array(values) => open.extend(values),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::Dashboard;
    use crate::monitoring::File;

    fn board(panels: &str) -> Dashboard {
        let text = format!(
            r#"{{
                "templating": {{ "list": [
                    {{ "type": "query", "definition": "label_values(cloison_a, b)", "query": {{ "query": "label_values(cloison_a, b)" }} }}
                ] }},
                "panels": {panels}
            }}"#
        );
        Dashboard::read(&File { path: PathBuf::from("monitoring/grafana/fleet.json"), text })
            .unwrap()
    }

    #[test]
    fn what_it_asks() {
        let board = board(
            r#"[{ "type": "row", "id": 1 }, { "id": 2, "targets": [{ "refId": "A", "expr": "cloison_c" }, { "refId": "B", "expr": "cloison_d" }] }]"#,
        );
        assert_eq!(
            board.expressions(),
            [
                ("fleet:panel_2:A".to_owned(), "cloison_c"),
                ("fleet:panel_2:B".to_owned(), "cloison_d"),
            ]
        );
        let mut queries: Vec<_> = board.queries().collect();
        queries.sort_unstable();
        queries.dedup();
        assert_eq!(queries, ["cloison_c", "cloison_d", "label_values(cloison_a, b)"]);
    }

    #[test]
    fn panels_that_do_not_work_elsewhere() {
        let found = |panels: &str| -> Vec<String> {
            let findings = board(panels).check();
            findings.iter().map(ToString::to_string).collect()
        };
        assert!(
            found(r#"[{ "type": "row", "id": 1, "title": "r" }, { "id": 2, "description": "d", "datasource": { "uid": "${datasource}" } }]"#)
                .is_empty()
        );
        assert_eq!(
            found(
                r#"[{ "id": 1, "title": "a", "description": "d", "datasource": { "uid": "PBFA97CFB" } }, { "id": 1, "title": "b" }]"#
            ),
            [
                "monitoring/grafana/fleet.json: panel `b` has the id of another",
                "monitoring/grafana/fleet.json: panel `b` has no description",
                r#"monitoring/grafana/fleet.json: a datasource is {"uid":"PBFA97CFB"}, which others do not have"#,
            ]
        );
    }
}
