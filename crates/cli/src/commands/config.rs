//! `cloison config`. Asks nobody: what is wrong shows without a running platform.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use serde::Serialize;

use crate::args::ConfigCommand;
use crate::config::{self, Config, Environment, Overrides, Shown};
use crate::output::{Output, table};

#[derive(Serialize)]
struct Report<'a> {
    file: Option<PathBuf>,
    settings: Vec<Setting<'a>>,
}

#[derive(Serialize)]
struct Setting<'a> {
    name: &'static str,
    value: &'a str,
    from: String,
}

pub(crate) fn run(
    command: ConfigCommand,
    environment: &Environment,
    output: Output,
) -> Result<ExitCode> {
    let ConfigCommand::Check(file) = command;
    let config = config::load(file.config.as_deref(), environment, Overrides::default())?;
    output.print(&report(&config), || text(&config))?;
    Ok(ExitCode::SUCCESS)
}

fn report(config: &Config) -> Report<'_> {
    let settings = config.shown.iter().map(|it| setting(config, it)).collect();
    Report { file: config.file.clone(), settings }
}

fn setting<'a>(config: &Config, shown: &'a Shown) -> Setting<'a> {
    Setting { name: shown.name, value: &shown.value, from: config.origin(shown) }
}

fn text(config: &Config) -> String {
    let rows: Vec<Vec<String>> = report(config)
        .settings
        .into_iter()
        .map(|it| vec![it.name.to_owned(), it.value.to_owned(), it.from])
        .collect();
    table(&["setting", "value", "from"], &rows)
}
