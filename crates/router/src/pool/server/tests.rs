//! How turns are handed over, without a server: what lies between the decisions.

use std::num::NonZeroU16;

use cloison_model::Subdomain;
use futures_util::FutureExt;
use uuid::Uuid;

use super::super::seats::Policy;
use super::*;

fn pool(budget: usize, connecting_max: usize) -> Arc<ServerPool> {
    let policy = Policy {
        waiters_max: 10,
        connecting_max,
        tenant_seats_max: None,
        outage_patience: Duration::ZERO,
    };
    let patience =
        Patience { connect: Duration::from_secs(3), check_after: Duration::from_secs(10) };
    let server = ServerId(Uuid::from_u128(1));
    ServerPool::new(server, Seats::new(budget, policy, now()), patience, Spawner::current())
}

fn subdomain() -> Subdomain {
    "demo".parse().unwrap()
}

fn request(tenant: u128, epoch: i64, subdomain: &Subdomain) -> Request<'_> {
    let tenant = TenantId(Uuid::from_u128(tenant));
    Request { tenant, subdomain, epoch, limit: None, weight: NonZeroU16::MIN }
}

fn far() -> Instant {
    Instant::now() + Duration::from_mins(1)
}

fn is_at_rest(pool: &ServerPool) -> bool {
    let core = pool.lock();
    core.seats.is_empty() && core.parked.is_empty() && core.waiters.is_empty()
}

/// Takes so many seats, for tenants of no interest.
async fn fill(pool: &Arc<ServerPool>, seats: u128) -> Vec<SeatHold> {
    let subdomain = subdomain();
    let mut holds = Vec::new();
    for tenant in 0..seats {
        holds.push(connects(pool.turn(&request(100 + tenant, 1, &subdomain), far()).await));
    }
    holds
}

fn connects(turn: Result<Turn, Refusal>) -> SeatHold {
    match turn {
        Ok(Turn::Connect(hold)) => hold,
        Ok(Turn::Reuse(_) | Turn::Resolve) | Err(_) => panic!("it should connect"),
    }
}

/// The attempts on these seats fail, and it is the server's fault.
fn fail(pool: &Arc<ServerPool>, holds: &[SeatHold]) {
    for hold in holds {
        pool.change(|seats| seats.attempted(hold.seat, Attempt::ServerDown, now()));
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_is_refused_may_bring_news_for_those_that_wait() {
    let (pool, subdomain) = (pool(3, 3), subdomain());
    let holds = fill(&pool, 3).await;
    let (known, newer) = (request(1, 1, &subdomain), request(1, 2, &subdomain));
    let mut waiting = Box::pin(pool.turn(&known, far()));
    assert!((&mut waiting).now_or_never().is_none());
    fail(&pool, &holds);
    let refused = pool.turn(&newer, far()).now_or_never().expect("it is answered at once");
    assert!(matches!(refused, Err(Refusal::ServerDown { .. })));
    let told = (&mut waiting).now_or_never().expect("it is told at once");
    assert!(matches!(told, Ok(Turn::Resolve)));
    drop((waiting, holds));
    assert!(is_at_rest(&pool));
}

#[tokio::test(start_paused = true)]
async fn a_turn_that_nobody_takes_goes_to_the_next() {
    let (pool, subdomain) = (pool(1, 1), subdomain());
    let holds = fill(&pool, 1).await;
    let (second, third) = (request(2, 1, &subdomain), request(3, 1, &subdomain));
    let mut gone = Box::pin(pool.turn(&second, far()));
    let mut patient = Box::pin(pool.turn(&third, far()));
    assert!((&mut gone).now_or_never().is_none());
    assert!((&mut patient).now_or_never().is_none());
    // Given to the second, which goes away before it has looked.
    drop(holds);
    assert_eq!(pool.stats().waiting, 1);
    drop(gone);
    let hold = connects((&mut patient).now_or_never().expect("it is its turn"));
    drop((patient, hold));
    assert!(is_at_rest(&pool));
}

#[tokio::test(start_paused = true)]
async fn whoever_waits_in_vain_is_told_of_the_outage() {
    let (pool, subdomain) = (pool(3, 3), subdomain());
    let holds = fill(&pool, 3).await;
    let unlucky = request(1, 1, &subdomain);
    let mut waiting = Box::pin(pool.turn(&unlucky, Instant::now() + Duration::from_millis(20)));
    assert!((&mut waiting).now_or_never().is_none());
    fail(&pool, &holds);
    let refused = (&mut waiting).await;
    assert!(matches!(refused, Err(Refusal::ServerDown { .. })));
    drop((waiting, holds));
    assert!(is_at_rest(&pool));
}

#[tokio::test(start_paused = true)]
async fn the_pool_looks_when_the_pause_is_over_and_each_time_anew() {
    let (pool, subdomain) = (pool(3, 3), subdomain());
    let holds = fill(&pool, 3).await;
    let (first, second) = (request(1, 1, &subdomain), request(2, 1, &subdomain));
    let mut one = Box::pin(pool.turn(&first, far()));
    let mut two = Box::pin(pool.turn(&second, far()));
    assert!((&mut one).now_or_never().is_none());
    assert!((&mut two).now_or_never().is_none());
    let begun = Instant::now();
    fail(&pool, &holds);
    drop(holds);
    let hold = connects((&mut one).await);
    assert!(begun.elapsed() >= Duration::from_millis(50), "{:?}", begun.elapsed());
    assert!((&mut two).now_or_never().is_none(), "one tries");
    fail(&pool, &[hold]);
    let hold = connects((&mut two).await);
    assert!(begun.elapsed() >= Duration::from_millis(150), "{:?}", begun.elapsed());
    drop((one, two, hold));
    assert!(is_at_rest(&pool));
}

#[tokio::test(start_paused = true)]
async fn emptied_hears_of_the_last_one_however_it_goes() {
    let (pool, subdomain) = (pool(1, 1), subdomain());
    let holds = fill(&pool, 1).await;
    let second = request(2, 1, &subdomain);
    let mut waiting = Box::pin(pool.turn(&second, far()));
    assert!((&mut waiting).now_or_never().is_none());
    let mut emptied = Box::pin(pool.emptied());
    assert!((&mut emptied).now_or_never().is_none());
    // The waiter goes away, then the seat; after each somebody has to look.
    drop(waiting);
    assert!((&mut emptied).now_or_never().is_none());
    drop(holds);
    assert!(emptied.now_or_never().is_some());
}
