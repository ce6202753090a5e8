//! `cloison config`. Asks no platform: what is wrong shows without one that runs. Where backups are to go is tried.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use cloison_archive::{History, ProgramPlaces};
use serde::Serialize;
use tokio_util::task::TaskTracker;

use crate::args::ConfigCommand;
use crate::config::{self, BackupsConfig, Config, Environment, KeystorePlace, Overrides, Shown};
use crate::output::{Output, table};
use crate::platform;

#[derive(Serialize)]
struct Report<'a> {
    file: Option<PathBuf>,
    settings: Vec<Setting<'a>>,
    /// Empty if there is nowhere for backups to go.
    tried: Vec<Tried>,
}

#[derive(Serialize)]
struct Setting<'a> {
    name: &'static str,
    value: &'a str,
    from: String,
}

/// What came of trying to use something.
#[derive(Serialize)]
struct Tried {
    what: &'static str,
    works: bool,
    found: String,
}

pub(crate) async fn run(
    command: ConfigCommand,
    environment: &Environment,
    output: Output,
) -> Result<ExitCode> {
    let ConfigCommand::Check(file) = command;
    let config = config::load(file.config.as_deref(), environment, Overrides::default())?;
    let tried = match &config.backups {
        Some(it) => Vec::from(backups(it).await),
        None => Vec::new(),
    };
    let works = tried.iter().all(|it| it.works);
    let settings = config.shown.iter().map(|it| setting(&config, it)).collect();
    let report = Report { file: config.file.clone(), settings, tried };
    output.print(&report, || text(&report))?;
    Ok(if works { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn setting<'a>(config: &Config, shown: &'a Shown) -> Setting<'a> {
    Setting { name: shown.name, value: &shown.value, from: config.origin(shown) }
}

/// Nothing is made here: a keystore that is new is made by whoever starts first.
async fn backups(config: &BackupsConfig) -> [Tried; 2] {
    let tracker = TaskTracker::new();
    let fresh = match &config.keystore {
        KeystorePlace::Folder(folder) => !folder.exists(),
        KeystorePlace::Vault(_) => false,
    };
    let store = match cloison_archive::Store::open(&config.store, &tracker) {
        Ok(store) => store.check().await.map_err(|it| it.to_string()),
        Err(error) => Err(error.to_string()),
    };
    let store = store.map(|history| match history {
        History::NotKept => "an object was written, read and deleted",
        History::Listed => {
            "an object was written, read and deleted; older versions of objects are found, too"
        }
    });
    let keystore = if fresh {
        Ok("it is not there yet, and is made at the first start")
    } else {
        match platform::backups(config, ProgramPlaces::Machine, &tracker) {
            Ok(it) => match it.keystore_check().await {
                Ok(()) => Ok("it answers"),
                Err(error) => Err(error.to_string()),
            },
            Err(error) => Err(error.to_string()),
        }
    };
    [tried("store for backups", store), tried("keystore", keystore)]
}

fn tried(what: &'static str, came: Result<&str, String>) -> Tried {
    match came {
        Ok(found) => Tried { what, works: true, found: found.to_owned() },
        Err(found) => Tried { what, works: false, found },
    }
}

fn text(report: &Report<'_>) -> String {
    let rows: Vec<Vec<String>> = report
        .settings
        .iter()
        .map(|it| vec![it.name.to_owned(), it.value.to_owned(), it.from.clone()])
        .collect();
    let mut text = table(&["setting", "value", "from"], &rows);
    if !report.tried.is_empty() {
        text.push('\n');
    }
    for it in &report.tried {
        let verdict = if it.works { "works" } else { "does not work" };
        writeln!(text, "{} {verdict}: {}", it.what, it.found)
            .expect("writing to a string does not fail");
    }
    text
}
