//! A server that goes down under load and comes back.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use cloison_router::{AcquireError, Config, Router, Tenant};
use cloison_testkit::{Outage, Proxy};
use futures_util::FutureExt;
use futures_util::future::join_all;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::Instant;
use tokio_util::task::TaskTracker;

use crate::place::patient;
use crate::world::{WRITE, World, at_rest, backend, eventually};

const TENANTS: usize = 50;
const BUDGET: usize = 16;

/// Two requests of each tenant at any moment, until it is over.
struct Load {
    done: Arc<AtomicBool>,
    served: Arc<AtomicUsize>,
    requests: Vec<JoinHandle<()>>,
}

impl Load {
    fn of(tenants: &[Tenant]) -> Self {
        let (done, served) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let tasks = TaskTracker::new();
        let request = |tenant: &Tenant| {
            let (tenant, done, served) = (tenant.clone(), Arc::clone(&done), Arc::clone(&served));
            tasks.spawn(async move {
                while !done.load(Ordering::Relaxed) {
                    let connection = tenant.acquire(WRITE).await.expect("it waits the outage out");
                    // A statement under way fails with its server.
                    let answer = connection.query("select 1", &[]).await;
                    served.fetch_add(usize::from(answer.is_ok()), Ordering::Relaxed);
                }
            })
        };
        let requests = tenants.iter().chain(tenants).map(request).collect();
        Self { done, served, requests }
    }

    async fn goes_on(&self) {
        let before = self.served.load(Ordering::Relaxed);
        let enough = before + 4 * TENANTS;
        eventually("requests go on", async || self.served.load(Ordering::Relaxed) >= enough).await;
    }

    async fn end(self) {
        self.done.store(true, Ordering::Relaxed);
        for ended in join_all(self.requests).await {
            ended.unwrap();
        }
    }
}

async fn crash(world: &World) -> Outage {
    let server = world.server.clone();
    spawn_blocking(move || server.crash()).await.unwrap()
}

async fn end(mut outage: Outage) -> Outage {
    spawn_blocking(move || {
        outage.end().unwrap();
        outage
    })
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_under_load_is_waited_out_and_tramples_nobody_down() {
    let world = World::apart(TENANTS).await;
    let proxy = Proxy::to(world.server.port()).await;
    let config = patient();
    let connecting_max = config.connecting_max;
    let router = Router::fixed_with(world.routes_by(proxy.port), BUDGET, config);
    let load = Load::of(&world.tenants(&router));
    load.goes_on().await;

    let outage = crash(&world).await;
    eventually("it is known to be down", async || router.stats()[0].is_down).await;
    let (begun, before) = (Instant::now(), proxy.opened().len());
    eventually("it is tried again and again", async || proxy.opened().len() >= before + 4).await;
    let (lasted, tries) = (begun.elapsed(), proxy.opened().len() - before);
    // One at a time, after pauses of 50 ms and more that double; but for those that were under way.
    let mut paused = Duration::from_millis(50);
    let mut tries_max = connecting_max + 1;
    while paused <= lasted {
        tries_max += 1;
        paused += paused;
    }
    assert!(tries <= tries_max, "{tries} tries in {lasted:?}");

    let outage = end(outage).await;
    load.goes_on().await;
    load.end().await;
    at_rest(&router).await;
    let stats = router.stats()[0];
    assert!(!stats.is_down && stats.waits.outage > 0, "{stats:?}");
    assert_eq!((stats.timeouts, stats.refused), (0, 0));
    assert!(proxy.starting_most() <= connecting_max, "{}", proxy.starting_most());
    for tenant in world.tenants(&router) {
        backend(&tenant.acquire(WRITE).await.unwrap()).await;
    }
    router.close().await;
    drop(outage);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_outage_is_answered_at_once() {
    let world = World::apart(3).await;
    let config = Config { acquire_timeout: Duration::from_millis(300), ..Config::default() };
    let router = Router::fixed_with(world.routes.clone(), 4, config);
    let tenants = world.tenants(&router);
    for tenant in &tenants {
        eventually("it is served", async || tenant.acquire(WRITE).await.is_ok()).await;
    }
    let outage = crash(&world).await;
    let first = tenants[0].acquire(WRITE).await.unwrap_err();
    assert!(
        matches!(first, AcquireError::Connect { .. } | AcquireError::ServerDown { .. }),
        "{first}"
    );
    eventually("nobody waits for it any more", async || {
        matches!(
            tenants[1].acquire(WRITE).now_or_never(),
            Some(Err(AcquireError::ServerDown { since, .. })) if since > Duration::from_millis(300)
        )
    })
    .await;
    let outage = end(outage).await;
    for tenant in &tenants {
        eventually("it is served again", async || tenant.acquire(WRITE).await.is_ok()).await;
    }
    at_rest(&router).await;
    assert!(!router.stats()[0].is_down);
    router.close().await;
    drop(outage);
}
