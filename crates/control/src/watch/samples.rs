//! What takes too long for every look: how large each database is, and how old the control database's newest backup.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use cloison_catalog::queries::servers::server_list;
use cloison_model::ServerId;
use jiff::Timestamp;
use tokio::time::{sleep, timeout};
use tokio_postgres::types::Type;
use tokio_util::sync::CancellationToken;

use crate::control::{Control, SERVERS_MAX};
use crate::control_backup;
use crate::operations::{StepError, sentence};
use crate::pg::ddl;

/// Databases grow slowly. A thousand take 0.7 s of one server, mostly of its file system.
const EVERY: Duration = Duration::from_mins(5);
/// Of one server.
const SERVER_MAX: Duration = Duration::from_mins(2);

/// Shared by all clones.
#[derive(Clone, Debug, Default)]
pub(crate) struct Samples(Arc<RwLock<Sampled>>);

#[derive(Debug, Default)]
struct Sampled {
    sizes: HashMap<ServerId, Arc<Sizes>>,
    /// Of its newest backup, or since when this process has known of none.
    control_backup: Option<Timestamp>,
}

/// The tenants' databases of one server.
#[derive(Debug)]
pub struct Sizes {
    pub at: Timestamp,
    bytes: HashMap<String, u64>,
}

impl Sizes {
    /// Of one database; nothing of one that is younger.
    pub fn of(&self, database: &str) -> u64 {
        self.bytes.get(database).copied().unwrap_or_default()
    }

    pub fn total(&self) -> u64 {
        self.bytes.values().sum()
    }
}

impl Samples {
    pub(crate) fn sizes(&self, server: ServerId) -> Option<Arc<Sizes>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).sizes.get(&server).cloned()
    }

    /// As far as this process knows.
    pub(super) fn control_backup_age(&self) -> Option<f64> {
        let at = self.0.read().unwrap_or_else(PoisonError::into_inner).control_backup?;
        Some(Timestamp::now().duration_since(at).as_secs_f64().max(0.0))
    }

    pub(super) async fn keep(&self, control: &Control, shutdown: &CancellationToken) {
        loop {
            let round = async {
                if let Err(error) = self.round(control).await {
                    tracing::debug!("nothing is sampled for now: {}", sentence(&error));
                }
                sleep(EVERY).await;
            };
            if shutdown.run_until_cancelled(round).await.is_none() {
                return;
            }
        }
    }

    /// All servers, one after the other: what reads one server's file system is not to be all servers' trouble at once.
    pub(super) async fn round(&self, control: &Control) -> Result<(), StepError> {
        let servers = {
            let client = control.catalog.client().await?;
            server_list().bind(&client, &SERVERS_MAX).all().await?
        };
        let mut sizes = HashMap::new();
        for server in servers {
            let id = ServerId(server.id);
            let sampled = async {
                let client = control.admin_of(&server)?.connect("postgres").await;
                let client = client.map_err(StepError::server("measure databases"))?;
                measure(&client).await.map_err(StepError::server("measure databases"))
            };
            match timeout(SERVER_MAX, sampled).await {
                Ok(Ok(now)) => drop(sizes.insert(id, Arc::new(now))),
                // What was known is told for longer, with its age.
                Ok(Err(_)) | Err(_) => sizes.extend(self.sizes(id).map(|it| (id, it))),
            }
        }
        self.0.write().unwrap_or_else(PoisonError::into_inner).sizes = sizes;
        if let Some(backups) = &control.backups {
            let newest = control_backup::list(&backups.store).await?;
            let newest = newest.iter().map(|it| it.begun_at).max();
            let mut sampled = self.0.write().unwrap_or_else(PoisonError::into_inner);
            // One that was never made is as old as this process has looked for it.
            sampled.control_backup = newest.or(sampled.control_backup).or(Some(Timestamp::now()));
        }
        Ok(())
    }
}

async fn measure(client: &tokio_postgres::Client) -> Result<Sizes, tokio_postgres::Error> {
    let rows = client
        .query_typed(
            "select datname::text, coalesce(pg_database_size(oid), 0)
             from pg_database
             where datname like $1",
            &[(&ddl::TENANTS_LIKE, Type::TEXT)],
        )
        .await?;
    let bytes = |row: &tokio_postgres::Row| u64::try_from(row.get::<_, i64>(1)).unwrap_or_default();
    Ok(Sizes {
        at: Timestamp::now(),
        bytes: rows.iter().map(|it| (it.get(0), bytes(it))).collect(),
    })
}
