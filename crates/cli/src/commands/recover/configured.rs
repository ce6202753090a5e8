//! With PostgreSQL that somebody else runs.

use std::process::ExitCode;

use anyhow::Result;
use cloison_archive::ProgramPlaces;
use cloison_control::pg::Admin;
use cloison_control::recover::{Order, Survivors};
use cloison_model::Secret;
use tokio_postgres::config::Host;
use tokio_util::task::TaskTracker;

use crate::args::RecoverOptions;
use crate::complaint::Complaint;
use crate::config::{self, Config, Environment, Overrides};
use crate::output::Output;
use crate::platform;

/// Its password is nowhere else.
const PASSWORD: &str = "CLOISON_ADMIN_PASSWORD";
const SUPERUSER: &str = "postgres";

pub(super) async fn run(
    options: &RecoverOptions,
    environment: &Environment,
    output: Output,
) -> Result<ExitCode> {
    let config = config::load(options.config.as_deref(), environment, Overrides::default())?;
    let tracker = TaskTracker::new();
    let places = config.backups.as_ref().ok_or_else(|| {
        Complaint::new(
            "the configuration names no store for backups",
            "the control database is recovered from one",
            "say where: backups.store in cloison.toml, or CLOISON_BACKUPS_STORE",
        )
    })?;
    let programs = match &options.pg_bin {
        Some(folder) => ProgramPlaces::Only(vec![folder.clone()]),
        None => ProgramPlaces::Machine,
    };
    let backups = platform::backups(places, programs, &tracker)?;
    if options.list {
        return super::list(&backups, output).await;
    }
    let password = environment.get(PASSWORD).map(Secret::new);
    let admin = admin(options.admin_url.as_deref(), password.as_ref(), &config, &tracker)?;
    let order = Order {
        admin: &admin,
        password: &config.control_password,
        key: &config.master_key,
        source: config.migrations.clone(),
        backups: &backups,
        tracker: &tracker,
        backup: None,
        replace: false,
        survivors: Survivors::Possible,
        servers: &[],
        actor: "",
        cut: None,
    };
    super::carry_out(&super::ordered(options, order), output).await
}

/// Where the configuration has the control database, unless it is said otherwise.
fn admin(
    url: Option<&str>,
    password: Option<&Secret>,
    config: &Config,
    tracker: &TaskTracker,
) -> Result<Admin, Complaint> {
    let wrong = |why: String| {
        Complaint::new(
            format!("--admin-url: {why}"),
            "it says which superuser makes the control database, and where",
            format!("write postgres://postgres@127.0.0.1:5432, and the password into {PASSWORD}"),
        )
    };
    let said: tokio_postgres::Config = url
        .unwrap_or_default()
        .parse()
        .map_err(|error: tokio_postgres::Error| wrong(error.to_string()))?;
    if said.get_password().is_some() {
        return Err(wrong("a password on a command line is read by everybody".to_owned()));
    }
    let host = match said.get_hosts().first() {
        Some(Host::Tcp(name)) => name.clone(),
        Some(Host::Unix(folder)) => folder.display().to_string(),
        None => config.control_host.clone(),
    };
    let port = said.get_ports().first().copied().unwrap_or(config.control_port);
    let role = said.get_user().unwrap_or(SUPERUSER);
    Ok(Admin::new(&host, port, role, password, tracker.clone()))
}
