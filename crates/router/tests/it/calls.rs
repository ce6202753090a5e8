//! Prepared statements, and the shape of the calls.

use cloison_router::Client;
use futures_util::future::try_join_all;

use crate::world::{WRITE, World, backend, eventually};

#[tokio::test]
async fn statements_are_kept_with_their_connection() {
    let world = World::of(1).await;
    let router = world.router(4);
    let tenant = world.tenants(&router).remove(0);
    let prepared = "select count(*) from pg_prepared_statements where statement = 'select 41 + 1'";
    for _ in 0..3 {
        let connection = tenant.acquire(WRITE).await.unwrap();
        let count = connection.prepare_cached(prepared).await.unwrap();
        let statement = connection.prepare_cached("select 41 + 1").await.unwrap();
        assert_eq!(connection.query_one(&statement, &[]).await.unwrap().get::<_, i32>(0), 42);
        assert_eq!(connection.query_one(&count, &[]).await.unwrap().get::<_, i64>(0), 1);
        drop(connection);
        assert_eq!(router.stats()[0].idle, 1, "given back at once, since nothing is on its way");
    }
    router.close().await;
}

#[tokio::test]
async fn a_plan_that_the_tables_have_outgrown_is_forgotten() {
    let world = World::of(1).await;
    let router = world.router(4);
    let tenant = world.tenants(&router).remove(0);
    let sql = "select * from notes";
    let connection = tenant.acquire(WRITE).await.unwrap();
    let pid = backend(&connection).await;
    let statement = connection.prepare_cached(sql).await.unwrap();
    connection.query(&statement, &[]).await.unwrap();

    let owner = world.server.connect(world.routes[0].database.as_str()).await;
    owner.execute("alter table notes add column at timestamptz", &[]).await.unwrap();
    let error = connection.query(&statement, &[]).await.unwrap_err();
    assert_eq!(error.code().unwrap().code(), "0A000");
    // Prepared anew, at once and for the next request.
    let statement = connection.prepare_cached(sql).await.unwrap();
    connection.query(&statement, &[]).await.unwrap();
    drop(connection);
    let connection = tenant.acquire(WRITE).await.unwrap();
    assert_eq!(backend(&connection).await, pid);
    let statement = connection.prepare_cached(sql).await.unwrap();
    connection.query(&statement, &[]).await.unwrap();
    drop(connection);
    router.close().await;
}

#[tokio::test]
async fn calls_may_overlap() {
    let world = World::of(1).await;
    let router = world.router(4);
    let connection = world.tenants(&router).remove(0).acquire(WRITE).await.unwrap();
    let rows = try_join_all((0..20).map(|number| {
        let client: &Client = &connection;
        async move { client.query_one("select $1::int4", &[&number]).await }
    }));
    let numbers: Vec<i32> = rows.await.unwrap().iter().map(|it| it.get(0)).collect();
    assert_eq!(numbers, (0..20).collect::<Vec<_>>());
    drop(connection);
    eventually("it is at rest", async || router.stats()[0].idle == 1).await;
    router.close().await;
}

#[cfg(feature = "axum")]
#[tokio::test]
async fn a_tenant_comes_out_of_the_requests_extensions() {
    use axum::extract::FromRequestParts;
    use cloison_router::Tenant;
    use http::Request;

    let world = World::of(1).await;
    let router = world.router(4);
    let tenant = world.tenants(&router).remove(0);
    let (mut parts, ()) = Request::new(()).into_parts();
    let rejected = <Tenant as FromRequestParts<()>>::from_request_parts(&mut parts, &()).await;
    assert_eq!(rejected.unwrap_err(), http::StatusCode::NOT_FOUND);
    parts.extensions.insert(tenant.clone());
    let found = <Tenant as FromRequestParts<()>>::from_request_parts(&mut parts, &()).await;
    assert_eq!(found.unwrap().id(), tenant.id());
}
