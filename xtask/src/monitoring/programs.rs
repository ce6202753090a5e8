//! What Prometheus and Alertmanager bring to check their own files.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::json;

use super::dashboards::Dashboard;
use crate::process::output;
use crate::workspace::{Temporary, root};

/// What Grafana puts in place of its own variables, or something of the same kind.
const VARIABLES: [(&str, &str); 3] =
    [("$__rate_interval", "5m"), ("$__interval", "1m"), ("$__range", "6h")];

pub(super) fn check_configurations(prometheus: &str, alertmanager: &str) -> Result<()> {
    promtool(["check", "config", prometheus])?;
    output(Command::new("amtool").current_dir(root()).args(["check-config", alertmanager]))
        .context("check what Alertmanager is told; Debian has amtool in the package prometheus-alertmanager")?;
    Ok(())
}

pub(super) fn check_rules(path: &Path) -> Result<()> {
    promtool([OsStr::new("check"), OsStr::new("rules"), path.as_os_str()])
}

pub(super) fn test_rules<'a>(files: impl Iterator<Item = &'a Path>) -> Result<()> {
    let words = ["test", "rules"].map(OsStr::new);
    promtool(words.into_iter().chain(files.map(Path::as_os_str)))
}

/// Whether Prometheus understands what panels ask, as rules of a file that nobody keeps.
pub(super) fn check_expressions(boards: &[Dashboard]) -> Result<()> {
    let rules: Vec<_> = boards
        .iter()
        .flat_map(Dashboard::expressions)
        .map(|(name, expression)| json!({ "record": name, "expr": filled_in(expression) }))
        .collect();
    let document = json!({ "groups": [{ "name": "dashboards", "rules": rules }] });
    let place = Temporary::create()?;
    let file = place.path().join("dashboards.yml");
    // What is JSON is YAML.
    fs::write(&file, document.to_string()).context("write what panels ask")?;
    check_rules(&file).context("check what the panels of the dashboards ask")
}

fn filled_in(expression: &str) -> String {
    VARIABLES
        .iter()
        .fold(expression.to_owned(), |text, (variable, value)| text.replace(variable, value))
}

fn promtool<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Result<()> {
    output(Command::new("promtool").current_dir(root()).args(arguments))
        .context("ask promtool; Debian has it in the package prometheus")?;
    Ok(())
}
