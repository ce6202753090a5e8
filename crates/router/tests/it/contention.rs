//! A full budget: who waits for whom, and what each gets.

use std::num::NonZeroU16;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use cloison_router::{AcquireError, Config, Router, Tenant};
use futures_util::FutureExt;
use futures_util::future::join_all;
use tokio_util::task::TaskTracker;

use crate::world::{WRITE, World, at_rest, backend, eventually};

/// Asks again and again, so many at a time, until it is over.
struct Greed {
    done: Arc<AtomicBool>,
    tasks: TaskTracker,
}

impl Greed {
    fn new() -> Self {
        Self { done: Arc::default(), tasks: TaskTracker::new() }
    }

    fn add(&self, tenant: &Tenant, callers: usize, sql: &'static str) {
        for _ in 0..callers {
            let (tenant, done) = (tenant.clone(), Arc::clone(&self.done));
            self.tasks.spawn(async move {
                while !done.load(Ordering::Relaxed) {
                    let connection = tenant.acquire(WRITE).await.unwrap();
                    connection.query(sql, &[]).await.unwrap();
                }
            });
        }
    }

    async fn end(self) {
        self.done.store(true, Ordering::Relaxed);
        self.tasks.close();
        self.tasks.wait().await;
    }
}

#[tokio::test]
async fn idle_connections_of_others_make_room_for_many_at_once() {
    let world = World::of(8).await;
    let router = world.router(4);
    let tenants = world.tenants(&router);
    for tenant in &tenants[..4] {
        drop(tenant.acquire(WRITE).await.unwrap());
    }
    at_rest(&router).await;
    assert_eq!(router.stats()[0].idle, 4);
    let held = join_all(tenants[4..].iter().map(|it| it.acquire(WRITE))).await;
    assert!(held.iter().all(Result::is_ok), "{held:?}");
    assert_eq!((router.stats()[0].evictions, world.connections().await), (4, 4));
    drop(held);
    router.close().await;
}

#[tokio::test]
async fn open_transactions_keep_others_waiting_until_one_ends() {
    let world = World::of(3).await;
    let router = world.router(2);
    let [first, second, third] = &world.tenants(&router)[..] else { panic!("three tenants") };
    let (mut one, mut two) =
        (first.acquire(WRITE).await.unwrap(), second.acquire(WRITE).await.unwrap());
    let ends = one.begin().await.unwrap();
    let stays = two.begin().await.unwrap();
    ends.execute("insert into notes values ('kept')", &[]).await.unwrap();
    let mut waiting = Box::pin(third.acquire(WRITE));
    assert!((&mut waiting).now_or_never().is_none());
    assert_eq!((router.stats()[0].waiting, router.stats()[0].waits.budget), (1, 1));
    ends.commit().await.unwrap();
    drop(one);
    backend(&waiting.await.unwrap()).await;
    assert_eq!(world.notes().await, ["kept"]);
    stays.rollback().await.unwrap();
    drop(two);
    at_rest(&router).await;
    router.close().await;
}

#[tokio::test]
async fn whoever_waits_in_vain_for_open_transactions_is_told_whose() {
    let world = World::of(3).await;
    let config = Config { acquire_timeout: Duration::from_millis(300), ..Config::default() };
    let router = Router::fixed_with(world.routes.clone(), 2, config);
    let tenants = world.tenants(&router);
    let mut holders = Vec::new();
    for tenant in &tenants[..2] {
        eventually("it has a connection", async || match tenant.acquire(WRITE).await {
            Ok(connection) => {
                holders.push(connection);
                true
            }
            Err(_) => false,
        })
        .await;
    }
    for holder in &holders {
        holder.execute("begin", &[]).await.unwrap();
    }
    let error = tenants[2].acquire(WRITE).await.unwrap_err();
    let AcquireError::Timeout { load, .. } = &error else { panic!("{error}") };
    let named = tenants[..2].iter().map(|it| (it.subdomain().clone(), 1)).collect::<Vec<_>>();
    assert_eq!((&load.holders, load.budget, load.held), (&named, 2, 0));
    drop(holders);
    at_rest(&router).await;
    router.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_callers_of_one_tenant_leave_the_others_their_share() {
    let world = World::of(4).await;
    let config = Config { acquire_timeout: Duration::from_mins(5), ..Config::default() };
    let router = Router::fixed_with(world.routes.clone(), 8, config);
    let [greedy, others @ ..] = &world.tenants(&router)[..] else { panic!("four tenants") };
    let greed = Greed::new();
    greed.add(greedy, 200, "select pg_sleep(0.01)");
    eventually("they wait", async || router.stats().first().is_some_and(|it| it.waiting > 150))
        .await;
    // Who has three quarters of the budget to themselves need not wait behind them.
    for round in 0..30 {
        let tenant = &others[round % others.len()];
        backend(&tenant.acquire(WRITE).await.unwrap()).await;
        let of_greedy = |it: &(_, cloison_router::TenantStats)| it.1.tenant == greedy.id();
        let stats = router.tenant_stats(usize::MAX);
        let stats = stats.iter().find(|it| of_greedy(it)).unwrap();
        assert!(stats.1.seats <= 2, "{stats:?}");
    }
    let waits = router.stats()[0].waits;
    assert!(router.stats()[0].waiting > 100, "the greedy one still waits");
    assert_eq!((waits.budget, waits.outage), (0, 0), "{waits:?}");
    greed.end().await;
    at_rest(&router).await;
    router.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn weights_share_a_seat_that_all_want() {
    let mut world = World::of(2).await;
    world.routes[1].limits.weight = NonZeroU16::new(3).unwrap();
    let config = Config { acquire_timeout: Duration::from_mins(5), ..Config::default() };
    let router = Router::fixed_with(world.routes.clone(), 1, config);
    let tenants = world.tenants(&router);
    let greed = Greed::new();
    // One has many callers, the other many rights.
    greed.add(&tenants[0], 60, "select pg_sleep(0.004)");
    greed.add(&tenants[1], 4, "select pg_sleep(0.004)");
    let held = |tenant: &Tenant| {
        let stats = router.tenant_stats(usize::MAX);
        let its = stats.iter().find(|it| it.1.tenant == tenant.id());
        its.map_or((0, Duration::ZERO), |it| (it.1.acquired, it.1.held))
    };
    eventually("both have been served often", async || {
        held(&tenants[0]).0 >= 40 && held(&tenants[1]).0 >= 40
    })
    .await;
    let ratio = held(&tenants[1]).1.as_secs_f64() / held(&tenants[0]).1.as_secs_f64();
    assert!((2.0..4.5).contains(&ratio), "{ratio}, and not about 3");
    greed.end().await;
    at_rest(&router).await;
    router.close().await;
}
