//! Connections to many databases within a hard budget of each server.
//!
//! Here is the list of servers; a server's pool is in [`server`], its decisions in [`seats`], one
//! connection in [`link`]. Not here: which route a tenant has, and what to do when a server refuses.
//!
//! Why no model checker of threads goes over this: all that threads share is one `Seats`, and each call on
//! it is whole, under one mutex. So whatever threads do is an order of calls, and orders of calls are what the
//! properties in `seats/tests.rs` try, with no thread at all. What lies outside of that argument:
//! - a turn is handed over by a oneshot channel after the lock is released, and its receiver may be gone:
//!   a `Turn` that is dropped gives back what it holds. `server/tests.rs` and `tests/it/cancellation.rs`
//!   (each poll of a request is once its last);
//! - whoever waits for a state (`ServerPool::until`, the gates) asks for the next `Notify` before it looks.
//!   `server/tests.rs`, the tests in `gates.rs`;
//! - a connection may end while a decision about it is carried out, so each step bears that its seat is gone.
//!   `tests/it/hammer.rs` does all of it at once on four threads, and counts the seats at the end.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cloison_model::{ServerId, TenantId};
use tokio::time::Instant;

use crate::cache::Outdated;
use crate::config::Config;
use crate::error::{ConnectError, Load};
use crate::route::Route;
use crate::seat_leases::{Ceiling, Usage};
use crate::spawner::Spawner;
use crate::stats::{ServerStats, TenantStats};

mod address;
mod breaker;
mod frames;
mod link;
mod loan;
mod seats;
mod server;
mod statements;
mod wire;

pub(crate) use loan::Loan;
pub(crate) use wire::Rest;

use seats::{Policy, Seats};
use server::{Patience, ServerPool};

/// All servers.
pub(crate) struct Pool {
    servers: Mutex<Servers>,
    policy: Policy,
    patience: Patience,
    budget_default: usize,
    spawner: Spawner,
}

struct Servers {
    pools: HashMap<ServerId, Arc<ServerPool>>,
    budgets: HashMap<ServerId, usize>,
    /// Where seats are leased, these count, and of any other server there is none.
    leased: Option<BTreeMap<ServerId, usize>>,
    draining: bool,
}

/// Why there is no connection.
#[derive(Debug)]
pub(crate) enum Refusal {
    Timeout(Load),
    QueueFull(Load),
    ServerDown {
        since: Duration,
        next_try: Duration,
    },
    Connect(ConnectError),
    /// The route has changed while the request waited.
    Outdated,
}

impl Pool {
    pub(crate) fn new(config: &Config, spawner: Spawner) -> Self {
        Self {
            servers: Mutex::new(Servers {
                pools: HashMap::new(),
                budgets: HashMap::new(),
                leased: None,
                draining: false,
            }),
            policy: Policy {
                waiters_max: config.waiters_max,
                connecting_max: config.connecting_max.max(1),
                tenant_seats_max: config.tenant_seats_max,
                outage_patience: config.acquire_timeout,
            },
            patience: Patience { connect: config.connect_timeout, check_after: config.check_after },
            budget_default: config.budget_default,
            spawner,
        }
    }

    /// `epoch` is the one that the tenant's connections go by.
    pub(crate) async fn acquire(
        &self,
        route: &Arc<Route>,
        epoch: i64,
        deadline: Instant,
    ) -> Result<Loan, Refusal> {
        let server = self.server(route.server);
        server.acquire(route, epoch, deadline).await
    }

    /// What each server may have from now on, unless that is leased.
    pub(crate) fn set_budgets(&self, budgets: &HashMap<ServerId, usize>) {
        let mut servers = self.lock();
        servers.budgets.clone_from(budgets);
        if servers.leased.is_some() {
            // Leases alone change a pool then, in their order.
            return;
        }
        let changed: Vec<_> = servers
            .pools
            .iter()
            .map(|(id, pool)| (Arc::clone(pool), self.budget(&servers, *id)))
            .collect();
        drop(servers);
        for (pool, budget) in changed {
            pool.resize(budget);
        }
    }

    /// What each server may have from now on, by a lease. Where it is cut, connections over that are closed though
    /// they are in use.
    pub(crate) fn lease(&self, ceilings: &BTreeMap<ServerId, Ceiling>) {
        let mut servers = self.lock();
        servers.leased = Some(ceilings.iter().map(|(id, it)| (*id, it.seats)).collect());
        let pools: Vec<_> = servers.pools.iter().map(|(id, it)| (*id, Arc::clone(it))).collect();
        drop(servers);
        for (id, pool) in pools {
            let Ceiling { seats, is_cut } = ceilings.get(&id).copied().unwrap_or_default();
            pool.resize(seats);
            if is_cut {
                pool.cut();
            }
        }
    }

    /// How each server's seats are used, also of those that nobody has asked for yet.
    pub(crate) fn usage(&self) -> BTreeMap<ServerId, Usage> {
        let servers = self.lock();
        let leased = servers.leased.iter().flatten();
        let mut usage: BTreeMap<_, _> = leased
            .map(|(id, budget)| (*id, Usage { budget: *budget, ..Usage::default() }))
            .collect();
        let pools: Vec<_> = servers.pools.iter().map(|(id, it)| (*id, Arc::clone(it))).collect();
        drop(servers);
        usage.extend(pools.into_iter().map(|(id, pool)| (id, pool.usage())));
        usage
    }

    /// Whether there is no connection, nor anybody who waits for one.
    pub(crate) fn is_empty(&self) -> bool {
        self.pools().iter().all(|it| it.is_empty())
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
            pool.change(Seats::drain);
        }
    }

    /// Waits until no connection is left.
    pub(crate) async fn emptied(&self) {
        for pool in self.pools() {
            pool.emptied().await;
        }
    }

    /// Closes all of the tenant's connections, those in use when they are given back, and waits for
    /// that.
    pub(crate) async fn clear(&self, tenant: TenantId) {
        for pool in self.pools() {
            pool.clear(tenant).await;
        }
    }

    /// Every tenant that has a connection or waits for one.
    pub(crate) fn tenant_stats(&self) -> Vec<(ServerId, TenantStats)> {
        let of_pool = |pool: Arc<ServerPool>| {
            let server = pool.server();
            pool.tenant_stats().into_iter().map(move |it| (server, it)).collect::<Vec<_>>()
        };
        self.pools().into_iter().flat_map(of_pool).collect()
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
            let mut seats = Seats::new(budget, self.policy.clone(), Instant::now().into_std());
            if draining {
                // It has none to close yet.
                seats.drain();
            }
            ServerPool::new(id, seats, self.patience, self.spawner.clone())
        });
        Arc::clone(pool)
    }

    fn budget(&self, servers: &Servers, id: ServerId) -> usize {
        match &servers.leased {
            Some(leased) => leased.get(&id).copied().unwrap_or(0),
            None => servers.budgets.get(&id).copied().unwrap_or(self.budget_default),
        }
    }

    fn pools(&self) -> Vec<Arc<ServerPool>> {
        self.lock().pools.values().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, Servers> {
        self.servers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
