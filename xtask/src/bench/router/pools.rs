//! The usual way: a pool for each tenant, and the pools that were not used for the longest time make room.
//!
//! Written as a competent team would: one limit on requests and one on connections, both first come, first served, so
//! that nothing fails and nobody waits for ever. With 50 requests at most, whoever needs a connection when 50 are open
//! finds an idle one to close.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::{future::Future, pin::Pin};

use anyhow::{Context, Result};
use deadpool_postgres::{Connect, Manager, ManagerConfig, Object, Pool, RecyclingMethod};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;
use tokio_postgres::{Client, Config, Error, NoTls, Row};

use super::fleet::{Fleet, QUESTION};

/// What its connections call themselves.
pub(super) const APPLICATION: &str = "pools";

pub(super) struct Pools {
    configs: Vec<Config>,
    requests: Arc<Semaphore>,
    rooms: Arc<Rooms>,
    budget: usize,
}

/// The pools that have connections, and the right to have one more.
struct Rooms {
    connections: Arc<Semaphore>,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    pools: HashMap<usize, Used>,
    clock: u64,
}

struct Used {
    pool: Pool,
    at: u64,
}

impl Pools {
    pub(super) fn new(fleet: &Fleet, budget: usize) -> Self {
        let configs = (0..fleet.routes.len()).map(|tenant| {
            let mut config = fleet.config(tenant);
            config.application_name(APPLICATION);
            config
        });
        Self {
            configs: configs.collect(),
            requests: Arc::new(Semaphore::new(budget)),
            rooms: Arc::new(Rooms {
                connections: Arc::new(Semaphore::new(budget)),
                open: Mutex::default(),
            }),
            budget,
        }
    }

    pub(super) async fn ask(&self, tenant: usize, note: i32) -> Result<Row> {
        let _request = self.requests.acquire().await?;
        let client: Object =
            self.pool(tenant)?.get().await.context("take a connection from the tenant's pool")?;
        let statement = client.prepare_cached(QUESTION).await?;
        Ok(client.query_one(&statement, &[&note]).await?)
    }

    fn pool(&self, tenant: usize) -> Result<Pool> {
        let mut open = self.rooms.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.clock += 1;
        let at = open.clock;
        if let Some(used) = open.pools.get_mut(&tenant) {
            used.at = at;
            return Ok(used.pool.clone());
        }
        let manager = Manager::from_connect(
            self.configs[tenant].clone(),
            Door(Arc::clone(&self.rooms)),
            ManagerConfig { recycling_method: RecyclingMethod::Fast },
        );
        // A tenant may have all of them: a lower limit of its own makes requests wait that could be served.
        let pool = Pool::builder(manager)
            .max_size(self.budget)
            .build()
            .context("make the tenant's pool")?;
        open.pools.insert(tenant, Used { pool: pool.clone(), at });
        Ok(pool)
    }
}

impl Rooms {
    async fn enter(&self) -> OwnedSemaphorePermit {
        if let Ok(permit) = Arc::clone(&self.connections).try_acquire_owned() {
            return permit;
        }
        self.make_room();
        Arc::clone(&self.connections).acquire_owned().await.expect("it is never closed")
    }

    /// Drops the least recently used pool that has idle connections. One of its requests may be under way; then it
    /// stays, without them.
    ///
    /// What a pool says of itself is not asked: it counts no connection as idle while somebody waits for a new one.
    fn make_room(&self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let mut oldest_first: Vec<_> = open.pools.iter().map(|(it, used)| (used.at, *it)).collect();
        oldest_first.sort_unstable();
        for (_, tenant) in oldest_first {
            let pool = &open.pools[&tenant].pool;
            let closed = pool.retain(|_, _| false).removed;
            let status = pool.status();
            if status.size == 0 && status.waiting == 0 {
                open.pools.remove(&tenant);
            }
            if !closed.is_empty() {
                return;
            }
        }
    }
}

/// How a pool connects: with room for one more connection, which is kept until it has ended.
struct Door(Arc<Rooms>);

type Connecting<'a> =
    Pin<Box<dyn Future<Output = Result<(Client, JoinHandle<()>), Error>> + Send + 'a>>;

impl Connect for Door {
    #[expect(
        clippy::disallowed_methods,
        reason = "a connection ends with its client, and nobody waits for it"
    )]
    fn connect(&self, config: &Config) -> Connecting<'_> {
        let config = config.clone();
        Box::pin(async move {
            let room = self.0.enter().await;
            let (client, connection) = config.connect(NoTls).await?;
            tokio::spawn(async move {
                drop(connection.await);
                drop(room);
            });
            // The pool aborts this one when it drops the connection, which would otherwise end without a word.
            Ok((client, tokio::spawn(async {})))
        })
    }
}
