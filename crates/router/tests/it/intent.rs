//! What a connection is wanted for holds, and costs nothing.

use cloison_router::{Intent, Router};
use cloison_testkit::{Flow, Proxy};

use crate::place::patient;
use crate::world::{WRITE, World, backend, eventually};

#[tokio::test]
async fn what_is_for_reading_does_not_write_and_the_next_one_may() {
    let world = World::of(1).await;
    let router = world.router(4);
    let tenant = world.tenants(&router).remove(0);
    let connection = tenant.acquire(Intent::ANY_AGE).await.unwrap();
    let pid = backend(&connection).await;
    for _ in 0..2 {
        let error = connection.execute("insert into notes values ('no')", &[]).await.unwrap_err();
        assert_eq!(error.code().unwrap().code(), "25006");
    }
    connection.query("select * from notes", &[]).await.unwrap();
    drop(connection);

    let mut connection = tenant.acquire(WRITE).await.unwrap();
    assert_eq!(backend(&connection).await, pid);
    let transaction = connection.begin().await.unwrap();
    transaction.execute("insert into notes values ('yes')", &[]).await.unwrap();
    transaction.commit().await.unwrap();
    drop(connection);

    let mut connection = tenant.acquire(Intent::ANY_AGE).await.unwrap();
    assert_eq!(backend(&connection).await, pid);
    let transaction = connection.begin().await.unwrap();
    let error = transaction.execute("delete from notes", &[]).await.unwrap_err();
    assert_eq!(error.code().unwrap().code(), "25006");
    transaction.rollback().await.unwrap();
    drop(connection);
    assert_eq!(world.notes().await, ["yes"]);
    router.close().await;
}

#[tokio::test]
async fn a_request_that_asks_nothing_leaves_it_as_it_was_meant() {
    let world = World::of(1).await;
    let router = world.router(4);
    let tenant = world.tenants(&router).remove(0);
    for round in 0..20 {
        drop(tenant.acquire(Intent::ANY_AGE).await.unwrap());
        let connection = tenant.acquire(WRITE).await.unwrap();
        connection.execute("insert into notes values ($1)", &[&round.to_string()]).await.unwrap();
        drop(connection);
        drop(tenant.acquire(WRITE).await.unwrap());
        let connection = tenant.acquire(Intent::ANY_AGE).await.unwrap();
        connection.execute("delete from notes", &[]).await.unwrap_err();
        drop(connection);
        eventually("one is idle", async || router.stats()[0].idle == 1).await;
    }
    assert_eq!(router.stats()[0].connects, 1);
    assert_eq!(world.notes().await.len(), 20);
    router.close().await;
}

#[tokio::test]
async fn it_costs_no_round_trip() {
    let world = World::of(1).await;
    let proxy = Proxy::to(world.server.port()).await;
    let router = Router::fixed_with(world.routes_by(proxy.port), 4, patient());
    let tenant = world.tenants(&router).remove(0);
    drop(tenant.acquire(WRITE).await.unwrap());
    eventually("it is idle", async || router.stats()[0].idle == 1).await;

    // Nothing is answered, and yet the statement arrives behind the command.
    proxy.let_through(Flow::Questions);
    let connection = tenant.acquire(Intent::ANY_AGE).await.unwrap();
    let mut asked = Box::pin(connection.query("select count(*) from notes", &[]));
    let arrived = eventually("both have arrived", async || {
        let said = proxy.said();
        said.contains("as transaction read only") && said.contains("count(*) from notes")
    });
    tokio::select! {
        _ = &mut asked => panic!("nothing is answered"),
        () = arrived => {}
    }
    proxy.let_through(Flow::Everything);
    asked.await.unwrap();
    drop(connection);
    router.close().await;
}
