//! Connections to the control database: few, and shared by the whole process.
//!
//! A pool library is right here, where one database is meant; the tenants' thousands have their own
//! pool in `router`.

use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime, Timeouts};
use tokio_postgres::NoTls;

use crate::client::Client;

/// How long a caller waits for a connection, and for a new one to open. The data plane serves
/// without the control database, so a short answer beats a patient one.
const WAIT: Duration = Duration::from_secs(5);

/// The control database as one process sees it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Catalog {
    pool: Pool,
    config: tokio_postgres::Config,
}

#[derive(Debug, thiserror::Error)]
#[error("the control database cannot be reached")]
pub struct Unavailable(#[from] deadpool_postgres::PoolError);

impl Catalog {
    /// Opens nothing yet. The role in `config` should be [`crate::ROLE`].
    pub fn new(config: tokio_postgres::Config, connections_max: usize) -> Self {
        Self::waiting(config, connections_max, WAIT)
    }

    /// Whoever asks for a connection waits for so long.
    pub fn waiting(config: tokio_postgres::Config, connections_max: usize, wait: Duration) -> Self {
        let manager = Manager::from_config(
            config.clone(),
            NoTls,
            ManagerConfig { recycling_method: RecyclingMethod::Fast },
        );
        let pool = Pool::builder(manager)
            .max_size(connections_max)
            .timeouts(Timeouts { wait: Some(wait), create: Some(wait), recycle: Some(wait) })
            .runtime(Runtime::Tokio1)
            .build()
            .expect("a runtime is given, which is all that can be missing");
        Self { pool, config }
    }

    pub async fn client(&self) -> Result<Client, Unavailable> {
        Ok(Client::new(self.pool.get().await?))
    }

    /// How it is reached.
    pub fn config(&self) -> &tokio_postgres::Config {
        &self.config
    }

    /// Closes all connections; later calls of [`Self::client`] fail.
    pub fn close(&self) {
        self.pool.close();
    }
}
