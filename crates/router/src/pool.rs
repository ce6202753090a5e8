//! Connections to many databases within a hard budget of each server.
//!
//! Here is the list of servers; a server's pool is in [`server`], its decisions in [`seats`], one
//! connection in [`link`]. Not here: which route a tenant has, and what to do when a server refuses.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cloison_model::ServerId;
use tokio::time::Instant;

use crate::cache::Outdated;
use crate::config::Config;
use crate::error::{ConnectError, Load};
use crate::route::Route;
use crate::spawner::Spawner;
use crate::stats::ServerStats;

mod address;
mod frames;
mod link;
mod loan;
mod seats;
mod server;
mod statements;
mod wire;

pub(crate) use loan::Loan;
pub(crate) use wire::Rest;

use server::ServerPool;

/// All servers.
pub(crate) struct Pool {
    servers: Mutex<Servers>,
    limits: Limits,
    spawner: Spawner,
}

struct Servers {
    pools: HashMap<ServerId, Arc<ServerPool>>,
    budgets: HashMap<ServerId, usize>,
    draining: bool,
}

struct Limits {
    waiters_max: usize,
    connecting_max: usize,
    connect_timeout: Duration,
    budget_default: usize,
}

/// Why there is no connection.
#[derive(Debug)]
pub(crate) enum Refusal {
    Timeout(Load),
    QueueFull(Load),
    Connect(ConnectError),
}

impl Pool {
    pub(crate) fn new(config: &Config, spawner: Spawner) -> Self {
        let &Config { waiters_max, connecting_max, connect_timeout, budget_default, .. } = config;
        Self {
            servers: Mutex::new(Servers {
                pools: HashMap::new(),
                budgets: HashMap::new(),
                draining: false,
            }),
            limits: Limits {
                waiters_max,
                connecting_max: connecting_max.max(1),
                connect_timeout,
                budget_default,
            },
            spawner,
        }
    }

    pub(crate) async fn acquire(
        &self,
        route: &Arc<Route>,
        deadline: Instant,
    ) -> Result<Loan, Refusal> {
        let server = self.server(route.server);
        server.acquire(route, deadline).await
    }

    /// What each server may have from now on.
    pub(crate) fn set_budgets(&self, budgets: &HashMap<ServerId, usize>) {
        let mut servers = self.lock();
        servers.budgets.clone_from(budgets);
        let changed: Vec<_> = servers
            .pools
            .iter()
            .map(|(id, pool)| (Arc::clone(pool), self.budget(&servers, *id)))
            .collect();
        drop(servers);
        for (pool, budget) in changed {
            pool.change(|seats| seats.resize(budget));
        }
    }

    /// Whether the budget of this server is known.
    pub(crate) fn knows(&self, server: ServerId) -> bool {
        self.lock().budgets.contains_key(&server)
    }

    /// Closes connections whose tenant has moved, changed or gone.
    pub(crate) fn retire(&self, outdated: impl IntoIterator<Item = Outdated>) {
        let pools = self.pools();
        for Outdated { tenant, epoch } in outdated {
            // The old place may be any server.
            for pool in &pools {
                pool.change(|seats| seats.retire(tenant, epoch));
            }
        }
    }

    /// From now on no connection is kept.
    pub(crate) fn drain(&self) {
        self.lock().draining = true;
        for pool in self.pools() {
            pool.change(seats::Seats::drain);
        }
    }

    /// Waits until no connection is left.
    pub(crate) async fn emptied(&self) {
        for pool in self.pools() {
            pool.emptied().await;
        }
    }

    pub(crate) fn stats(&self) -> Vec<ServerStats> {
        let mut stats: Vec<_> = self.pools().iter().map(|it| it.stats()).collect();
        stats.sort_by_key(|it| it.server);
        stats
    }

    /// Closes what has been idle for too long.
    pub(crate) fn expire(&self, idle_timeout: Duration) {
        for pool in self.pools() {
            pool.expire(idle_timeout);
        }
    }

    fn server(&self, id: ServerId) -> Arc<ServerPool> {
        let mut servers = self.lock();
        let budget = self.budget(&servers, id);
        let draining = servers.draining;
        let pool = servers.pools.entry(id).or_insert_with(|| {
            ServerPool::new(id, budget, &self.limits, self.spawner.clone(), draining)
        });
        Arc::clone(pool)
    }

    fn budget(&self, servers: &Servers, id: ServerId) -> usize {
        servers.budgets.get(&id).copied().unwrap_or(self.limits.budget_default)
    }

    fn pools(&self) -> Vec<Arc<ServerPool>> {
        self.lock().pools.values().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, Servers> {
        self.servers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
