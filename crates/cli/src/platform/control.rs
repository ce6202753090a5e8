//! A control plane over a control database that somebody else has made and migrated.

use anyhow::{Context, Result};
use cloison_archive::ProgramPlaces;
use cloison_catalog::Unavailable;
use cloison_control::domains::Domains;
use cloison_control::webhooks::Webhooks;
use cloison_control::{Control, MigrateError, bootstrap};
use tokio_util::task::TaskTracker;

use crate::complaint::{self, Complaint};
use crate::config::Config;

/// Refuses a control database that cannot be reached, or is of another build.
pub(crate) async fn control(config: &Config, tracker: &TaskTracker) -> Result<Control> {
    let catalog =
        super::catalog(&config.control_host, config.control_port, &config.control_password);
    let client = catalog.client().await.map_err(|it| unreachable(config, &it))?;
    bootstrap::control_database_verify(&client).await.map_err(|it| refused(&it))?;
    let source = config.migrations.clone();
    let mut control = Control::new(catalog, config.master_key.clone(), source, tracker.clone());
    if !control.key_fits(&client).await.context("try the master key")? {
        return Err(other_key().into());
    }
    match &config.backups {
        Some(it) => {
            control.backups = Some(super::backups(it, ProgramPlaces::Machine, tracker)?);
        }
        None => super::warn_of_none(),
    }
    control.keep_past(config.archives.as_deref().and_then(super::point_in_time));
    let carried = control.source.load().map_err(super::release_complaint)?;
    control.webhooks = Webhooks::reaching(config.webhooks);
    control.domains = Domains::new(config.domains.clone());
    control.exported = super::export_rules(&carried)?;
    Ok(control)
}

fn other_key() -> Complaint {
    Complaint::new(
        "the master key is not the one of this control database",
        "it opens no tenant's password, and what it would seal no other process could open",
        "give the key that this installation was made with; see: cloison config check",
    )
}

fn unreachable(config: &Config, error: &Unavailable) -> Complaint {
    Complaint::new(
        format!(
            "cannot use the control database at {}:{}",
            config.control_host, config.control_port
        ),
        complaint::innermost(error),
        "is it there, and is that its password? see what is configured: cloison config check",
    )
}

fn refused(error: &MigrateError) -> Complaint {
    let meaning = "serving it from this build could show or write what is wrong";
    match error {
        MigrateError::Older { .. } => Complaint::new(
            error.to_string(),
            meaning,
            "migrate it with this build, as `cloison up` does at its start, or run the older build",
        ),
        MigrateError::History(_) => {
            Complaint::new(error.to_string(), meaning, "run the build that migrated it")
        }
        MigrateError::Busy => Complaint::new(error.to_string(), "", ""),
        MigrateError::Failed(_)
        | MigrateError::Locked(_)
        | MigrateError::Lost { .. }
        | MigrateError::Database(_) => Complaint::new(
            "the control database does not say at which version it is",
            complaint::innermost(error),
            "it may never have been set up: `cloison up` of this build does that at its start",
        ),
    }
}

#[cfg(test)]
mod tests {
    use cloison_model::HistoryError;

    use super::*;

    fn check(error: &MigrateError) -> String {
        complaint::render(&refused(error).into())
    }

    #[test]
    fn another_version_is_said_with_what_to_do() {
        assert_eq!(
            check(&MigrateError::Older { found: 1, known: 2 }),
            "error: the database is at version 1, older than the 2 that this build needs\n  serving it from this build could show or write what is wrong\n  migrate it with this build, as `cloison up` does at its start, or run the older build\n"
        );
        let newer = check(&HistoryError::Newer { found: 3, known: 2 }.into());
        assert!(newer.starts_with("error: the database is at version 3, newer than the 2"));
        assert!(newer.ends_with("  run the build that migrated it\n"));
    }
}
