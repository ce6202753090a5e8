//! `cloison recover`: a control plane from the object store, the keystore, the master key and the servers. Asks no API: there is none.
//!
//! Where these are is told by a configuration, or they are in a data directory of `up`, whose clusters are started for it.

mod configured;
mod refusal;
mod words;

use std::process::ExitCode;

use anyhow::Result;
use cloison_catalog::DATABASE;
use cloison_control::backups::Backups;
use cloison_control::recover::{Order, Survivors, candidates, recover};

use crate::args::RecoverOptions;
use crate::complaint::Complaint;
use crate::config::Environment;
use crate::output::Output;
use crate::up;

/// Who does it, in the audit log.
const ACTOR: &str = "cloison recover";

pub(crate) async fn run(
    options: RecoverOptions,
    data_dir: Option<std::path::PathBuf>,
    environment: &Environment,
    output: Output,
) -> Result<ExitCode> {
    if options.confirm.as_deref().is_some_and(|it| it != DATABASE) {
        return Err(Complaint::new(
            format!("--confirm is not {DATABASE}"),
            "a control database that is in use would make way",
            format!("say: cloison recover --replace --confirm {DATABASE}"),
        )
        .into());
    }
    match &options.config {
        Some(_) => configured::run(&options, environment, output).await,
        None => up::recover(&options, data_dir, environment, output).await,
    }
}

/// `--list`.
pub(crate) async fn list(backups: &Backups, output: Output) -> Result<ExitCode> {
    let found = candidates(backups).await.map_err(|it| refusal::complaint(&it))?;
    let listed = words::listed(&found);
    output.print(&listed, || words::list(&listed, jiff::Timestamp::now()))?;
    Ok(ExitCode::SUCCESS)
}

/// What the options say of an order.
pub(crate) fn ordered<'a>(options: &RecoverOptions, order: Order<'a>) -> Order<'a> {
    let survivors = if options.all_stopped { Survivors::None } else { Survivors::Possible };
    Order {
        backup: options.backup,
        replace: options.replace,
        survivors,
        actor: ACTOR,
        cut: None,
        ..order
    }
}

/// Recovers and tells.
pub(crate) async fn carry_out(order: &Order<'_>, output: Output) -> Result<ExitCode> {
    let recovered = Box::pin(recover(order)).await.map_err(|it| refusal::complaint(&it))?;
    output.print(&recovered, || words::recovered(&recovered))?;
    Ok(ExitCode::SUCCESS)
}
