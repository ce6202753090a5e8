//! The PostgreSQL clusters behind `up`: one for the control database, one for each server.
//!
//! The control database has a cluster of its own, so that no tenant's role exists where it lives.

use std::path::Path;

use anyhow::{Context, Result};
use cloison_local_postgres::{Cluster, ClusterConfig, Installation};
use tokio::task::{JoinSet, spawn_blocking};

use super::data_dir::DataDir;
use super::point_in_time::{self, Archives};
use super::server_spec::ServerSpec;
use crate::complaint::Complaint;

/// Whoever comes by TCP gets into the database of their own name, with SCRAM, and nowhere else. A PgBouncer's roles get
/// into more than one; which ones, CONNECT says. They cannot log in until an operator asks for a PgBouncer.
const TENANTS_HBA: [&str; 3] = [
    "host sameuser all 127.0.0.1/32 scram-sha-256",
    "host all cloison_pgbouncer 127.0.0.1/32 scram-sha-256",
    "host all +cloison_gateway 127.0.0.1/32 scram-sha-256",
];

/// Server connections: those for tenants (`CONNECTION_BUDGET`), and enough left for administration.
const SERVER_CONNECTIONS: &str = "150";
/// Connections that Cloison opens for tenants on each server.
pub(super) const CONNECTION_BUDGET: i32 = 100;

pub(super) struct Clusters {
    pub(super) control: Cluster,
    pub(super) servers: Vec<(ServerSpec, Cluster)>,
}

fn start(
    installation: &Installation,
    mut config: ClusterConfig,
    archives: &Archives,
    name: &str,
) -> Result<Cluster> {
    let stanza = archives.stanza(name, &config);
    config.settings.extend(stanza.iter().flat_map(point_in_time::settings));
    let cluster = Cluster::start(installation, &config).map_err(refused)?;
    if let Some(stanza) = &stanza {
        point_in_time::configure(stanza, &cluster)?;
    }
    Ok(cluster)
}

impl Clusters {
    /// Starts all of them side by side; most of a first start is initdb.
    pub(super) async fn start(
        data: &DataDir,
        servers: &[ServerSpec],
        programs: Option<&Path>,
        archives: &Archives,
    ) -> Result<Self> {
        let installation = Installation::find(programs)
            .map_err(|error| Complaint::new(error.to_string(), "", ""))?;
        let mut control_config = ClusterConfig::new(data.cluster("control"));
        control_config.hba = vec![format!(
            "host {} {} 127.0.0.1/32 scram-sha-256",
            cloison_catalog::DATABASE,
            cloison_catalog::ROLE
        )];
        control_config.settings = vec![("max_connections".into(), "50".into())];
        let control = {
            let (installation, archives) = (installation.clone(), archives.clone());
            spawn_blocking(move || start(&installation, control_config, &archives, "control"))
        };

        let mut starting = JoinSet::new();
        for server in servers.iter().cloned() {
            let (installation, archives) = (installation.clone(), archives.clone());
            let name = format!("server-{}", server.name);
            let mut config = ClusterConfig::new(data.cluster(&name));
            config.hba = TENANTS_HBA.map(String::from).into();
            config.settings = vec![("max_connections".into(), SERVER_CONNECTIONS.into())];
            starting.spawn_blocking(move || {
                let cluster = start(&installation, config, &archives, &name)?;
                anyhow::Ok((server, cluster))
            });
        }
        // Whatever has started is stopped again by its drop if another fails.
        let mut started = Vec::new();
        while let Some(server) = starting.join_next().await {
            started.push(server.context("start a server")??);
        }
        let control = control.await.context("start the control cluster")??;
        started.sort_by(|a, b| a.0.name.cmp(&b.0.name));
        Ok(Self { control, servers: started })
    }

    pub(super) async fn stop(self) -> Result<()> {
        let mut stopping = JoinSet::new();
        for cluster in std::iter::once(self.control).chain(self.servers.into_iter().map(|it| it.1))
        {
            stopping.spawn_blocking(move || cluster.stop());
        }
        while let Some(stopped) = stopping.join_next().await {
            stopped.context("stop a cluster")?.context("stop a cluster")?;
        }
        Ok(())
    }
}

/// local-postgres writes its messages for people: what happened, and what to do.
#[expect(clippy::needless_pass_by_value, reason = "called by `map_err`")]
fn refused(error: cloison_local_postgres::StartError) -> anyhow::Error {
    Complaint::new(error.to_string(), "", "").into()
}
