//! A request dropped after its first await, its second, its third, until it gets to its end.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use cloison_router::{Connection, Pause, Router, Tenant};
use futures_util::FutureExt;
use tokio::task::yield_now;

use crate::world::{WRITE, World, at_rest};

/// More than any request takes.
const POLLS_MAX: usize = 200;

/// What a test keeps from the request, until its first await.
enum Obstacle {
    Nothing,
    Held { _connection: Connection },
    Closed { _pause: Pause },
}

/// Drops the request after so many polls; `None` if it was not at its end.
pub(crate) async fn polled<T>(request: impl Future<Output = T>, times: usize) -> Option<T> {
    let (mut request, mut polls) = (pin!(request), 0);
    poll_fn(|context| {
        if polls == times {
            return Poll::Ready(None);
        }
        polls += 1;
        match request.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            // The next poll may be the last.
            Poll::Pending if polls == times => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

async fn write(tenant: &Tenant, body: &str) {
    let mut connection = tenant.acquire(WRITE).await.unwrap();
    let transaction = connection.begin().await.unwrap();
    transaction.execute("insert into notes values ($1)", &[&body]).await.unwrap();
    transaction.commit().await.unwrap();
}

/// Sets the stage, lets the request begin, clears the obstacle, and drops the request after so many polls;
/// for one poll more each time, until the request is through.
async fn check(world: &World, router: &Router, set: impl AsyncFn() -> Obstacle) {
    let tenant = &world.tenants(router)[0];
    let mut acknowledged = Vec::new();
    for polls in 0..POLLS_MAX {
        let obstacle = set().await;
        let body = format!("through {polls:03}");
        let clear = async {
            yield_now().await;
            drop(obstacle);
        };
        let (is_through, ()) = tokio::join!(polled(write(tenant, &body), polls), clear);
        at_rest(router).await;
        if is_through.is_some() {
            acknowledged.push(body);
        }

        // Whoever comes next is in nobody's transaction.
        let connection = tenant.acquire(WRITE).await.unwrap();
        assert_ne!(begun(&connection).await, begun(&connection).await, "after {polls} polls");
        let body = format!("after {polls:03}");
        connection.execute("insert into notes values ($1)", &[&body]).await.unwrap();
        acknowledged.push(body);
        drop(connection);
        at_rest(router).await;
        if is_through.is_some() {
            assert!(polls > 4, "{polls} polls were enough");
            break;
        }
    }
    let notes = world.notes().await;
    let lost: Vec<_> = acknowledged.iter().filter(|it| !notes.contains(it)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    assert!(acknowledged.iter().any(|it| it.starts_with("through")), "it was never through");
    assert_eq!(router.stats()[0].timeouts, 0);
    router.close().await;
    assert_eq!(world.connections().await, 0);
}

/// When the transaction began, which is another one for each statement unless one is open.
async fn begun(connection: &Connection) -> String {
    connection.query_one("select now()::text", &[]).await.unwrap().get(0)
}

/// Closes the tenant's idle connections.
async fn cool(router: &Router, tenant: &Tenant) {
    router.pause(tenant.id(), std::time::Duration::from_mins(1)).unwrap().drained().await.unwrap();
}

#[tokio::test]
async fn with_a_free_seat() {
    let world = World::of(1).await;
    let router = world.router(4);
    let tenant = world.tenants(&router).remove(0);
    check(&world, &router, async || {
        cool(&router, &tenant).await;
        Obstacle::Nothing
    })
    .await;
}

#[tokio::test]
async fn with_an_idle_connection_of_its_own() {
    let world = World::of(1).await;
    let router = world.router(4);
    check(&world, &router, async || Obstacle::Nothing).await;
}

#[tokio::test]
async fn with_an_idle_connection_of_another_tenant_in_the_way() {
    let world = World::of(2).await;
    let router = world.router(1);
    let other = world.tenants(&router).remove(1);
    check(&world, &router, async || {
        drop(other.acquire(WRITE).await.unwrap());
        at_rest(&router).await;
        Obstacle::Nothing
    })
    .await;
    assert!(router.stats()[0].evictions > 4);
}

#[tokio::test]
async fn in_the_queue() {
    let world = World::of(2).await;
    let router = world.router(1);
    let other = world.tenants(&router).remove(1);
    check(&world, &router, async || Obstacle::Held {
        _connection: other.acquire(WRITE).await.unwrap(),
    })
    .await;
    assert!(router.stats()[0].waits.budget > 4);
}

#[tokio::test]
async fn at_the_closed_gate() {
    let world = World::of(1).await;
    let router = world.router(4);
    let tenant = world.tenants(&router).remove(0);
    check(&world, &router, async || Obstacle::Closed {
        _pause: router.pause(tenant.id(), std::time::Duration::from_mins(1)).unwrap(),
    })
    .await;
}

#[tokio::test]
async fn a_commit_tells_of_a_statement_that_was_left() {
    let world = World::of(1).await;
    let router = world.router(4);
    let tenant = world.tenants(&router).remove(0);
    for _ in 0..20 {
        let mut connection = tenant.acquire(WRITE).await.unwrap();
        let transaction = connection.begin().await.unwrap();
        transaction.execute("insert into notes values ('lost')", &[]).await.unwrap();
        // Asked and left: it fails behind our back, perhaps only after we have gone on.
        assert!(transaction.query("select nonsense", &[]).now_or_never().is_none());
        let error = transaction.commit().await.unwrap_err();
        assert_eq!(error.code().unwrap().code(), "25P02");
    }
    assert!(world.notes().await.is_empty());
    router.close().await;
}
