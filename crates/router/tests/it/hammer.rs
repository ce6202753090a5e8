//! Everything at once, on many threads: what no order of whole decisions can show.
//!
//! Which thread comes first differs from run to run; what each wants follows from a seed.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cloison_router::{AcquireError, Config, Intent, PauseError, Router};
use futures_util::FutureExt;
use futures_util::future::join_all;
use tokio::task::yield_now;
use tokio_util::task::TaskTracker;

use crate::stub::{Manner, Stub};
use crate::world::{WRITE, at_rest, eventually, routes_at};

const TENANTS: i64 = 8;
const BUDGET: usize = 5;
const CALLERS: u64 = 64;
const ROUNDS: usize = 60;

/// The generator called splitmix64: all that is needed is that it does not repeat itself.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

/// One request, dropped wherever chance says.
async fn request(router: &Router, chance: &mut Chance) {
    let tenants = routes_at(0, TENANTS);
    let tenant = &tenants[usize::try_from(chance.below(8)).unwrap()];
    let tenant = router.tenant(tenant.tenant).unwrap();
    let asks = chance.below(10);
    if asks == 0 {
        let Ok(pause) = router.pause(tenant.id(), Duration::from_mins(1)) else { return };
        let drained = pause.drained();
        if chance.below(2) == 0 {
            drained.await.unwrap();
        } else {
            assert_ne!(drained.now_or_never(), Some(Err(PauseError::Over)));
        }
        return;
    }
    let intent = if asks == 1 { Intent::ANY_AGE } else { WRITE };
    let patience = chance.below(12);
    let mut acquiring = Box::pin(tenant.acquire(intent));
    for _ in 0..patience {
        match (&mut acquiring).now_or_never() {
            Some(acquired) => return serve(acquired, asks).await,
            None => yield_now().await,
        }
    }
    if patience > 4 {
        serve(acquiring.await, asks).await;
    }
}

async fn serve(acquired: Result<cloison_router::Connection, AcquireError>, asks: u64) {
    // One role's connections break, and so may anybody's attempt; nothing is lost by that.
    let mut connection = match acquired {
        Ok(connection) => connection,
        Err(AcquireError::Connect { .. } | AcquireError::QueueFull { .. }) => return,
        Err(other) => panic!("{other}"),
    };
    match asks {
        2 => drop(connection.begin().now_or_never()),
        3 => drop(connection.begin().await),
        4 => drop(connection.execute("select 1", &[]).now_or_never()),
        5 => {
            if let Ok(transaction) = connection.begin().await {
                drop(transaction.execute("select 1", &[]).await);
                drop(transaction.commit().await);
            }
        }
        6 => {
            // Given back on a thread that belongs to no runtime.
            std::thread::spawn(move || drop(connection)).join().unwrap();
        }
        _ => drop(connection.execute("select 1", &[]).await),
    }
}

async fn hammer(seed: u64) {
    let fickle = routes_at(0, 1).remove(0).role.as_str().to_owned();
    let refusals = AtomicUsize::new(0);
    let stub = Stub::start(move |role| match role {
        _ if refusals.fetch_add(1, Ordering::Relaxed) % 10 == 9 => Manner::Refuse("53300"),
        _ if role == fickle => Manner::Fickle,
        _ => Manner::Welcome,
    })
    .await;
    let config = Config {
        acquire_timeout: Duration::from_mins(1),
        tenant_seats_max: Some(3),
        waiters_max: 60,
        ..Config::default()
    };
    let router = Arc::new(Router::fixed_with(routes_at(stub.port, TENANTS), BUDGET, config));
    let tasks = TaskTracker::new();
    let callers = (0..CALLERS).map(|caller| {
        let router = Arc::clone(&router);
        tasks.spawn(async move {
            let mut chance = Chance(seed.wrapping_mul(1_000) + caller);
            for _ in 0..ROUNDS {
                request(&router, &mut chance).await;
            }
        })
    });
    for ended in join_all(callers).await {
        ended.unwrap();
    }

    at_rest(&router).await;
    let stats = router.stats()[0];
    assert!(stats.evictions > 0 && stats.waits.budget > 0, "it was too easy: {stats:?}");
    assert!(stub.open_most() <= BUDGET, "the server had {} connections", stub.open_most());
    eventually("only idle ones are open", async || stub.open() == router.stats()[0].idle).await;
    stub.treat(|_| Manner::Welcome);
    for route in routes_at(stub.port, TENANTS) {
        let tenant = router.tenant(route.tenant).unwrap();
        eventually("it is served", async || match tenant.acquire(WRITE).await {
            Ok(connection) => connection.execute("select 1", &[]).await.is_ok(),
            Err(_) => false,
        })
        .await;
    }
    router.close().await;
    assert_eq!(stub.open(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_seat_is_lost_whatever_happens_at_the_same_time() {
    for seed in 1..=2 {
        hammer(seed).await;
    }
}
