//! `cloison recover` in a data directory: its clusters are started for it, and stopped again.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use cloison_control::recover::{Order, ServerAt, Survivors};
use tokio_util::task::TaskTracker;

use super::clusters::Clusters;
use super::data_dir::{DataDir, MASTER_KEY_FILE};
use super::point_in_time::Archives;
use super::{backups, prepare};
use crate::args::RecoverOptions;
use crate::commands::recover::{carry_out, list, ordered};
use crate::complaint::Complaint;
use crate::config::Environment;
use crate::output::Output;
use crate::{platform, profile};

pub(crate) async fn recover(
    options: &RecoverOptions,
    data_dir: Option<PathBuf>,
    environment: &Environment,
    output: Output,
) -> Result<ExitCode> {
    let path = data_dir.unwrap_or_else(|| profile::DATA_DIR.into());
    if !path.join(MASTER_KEY_FILE).is_file() {
        return Err(Complaint::new(
            format!("{} has no {MASTER_KEY_FILE}", path.display()),
            "it is not the data directory of `cloison up`, or what opens tenants' passwords is lost",
            "name it with --data-dir, or an installation's configuration with --config",
        )
        .into());
    }
    let data = DataDir::open(&path)?;
    let tracker = TaskTracker::new();
    let (backups, _) = backups(options.pg_bin.as_deref(), &data, environment, &tracker)?;
    let backups = backups.ok_or_else(|| {
        Complaint::new(
            "there is no store for backups",
            "the control database is recovered from one",
            "say where: CLOISON_BACKUPS_STORE",
        )
    })?;
    if options.list {
        return list(&backups, output).await;
    }
    let (key, password) = (data.master_key()?, data.control_password()?);
    // A server that does not archive for a while leaves a gap in its archive.
    let archives = Archives::find(&data, true);
    let servers = data.servers(&[])?;
    let clusters = Clusters::start(&data, &servers, options.pg_bin.as_deref(), &archives).await?;
    let admin = prepare::admin(&clusters.control, &tracker);
    let servers: Vec<ServerAt> = clusters
        .servers
        .iter()
        .map(|(spec, cluster)| ServerAt {
            name: spec.name.clone(),
            host: "127.0.0.1".to_owned(),
            port: cluster.port(),
            admin_host: cluster.socket_dir().to_string_lossy().into_owned(),
            admin_role: cluster.superuser().to_owned(),
        })
        .collect();
    let order = Order {
        admin: &admin,
        password: &password,
        key: &key,
        source: platform::release_source(None)?,
        backups: &backups,
        tracker: &tracker,
        backup: None,
        replace: false,
        survivors: Survivors::Possible,
        servers: &servers,
        actor: "",
        cut: None,
    };
    let order = ordered(options, order);
    let recovered = carry_out(&order, output).await;
    clusters.stop().await?;
    recovered
}
