//! What a connection is started with.

use std::time::Duration;

use cloison_router::Limits;

use crate::world::{WRITE, World};

#[tokio::test]
async fn settings_as_sent_even_if_the_role_has_set_others() {
    let mut world = World::of(1).await;
    let route = &mut world.routes[0];
    route.limits = Limits {
        statement_timeout: Duration::from_millis(12_345),
        lock_timeout: Duration::from_millis(2_345),
        idle_in_transaction_timeout: Duration::from_millis(3_456),
        ..Limits::default()
    };
    let role = route.role.quoted().to_string();
    for setting in ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"] {
        world.run(&format!("alter role {role} set {setting} = 0")).await;
    }
    world.run(&format!("alter role {role} set application_name = 'somebody else'")).await;

    let router = world.router(4);
    let tenant = world.tenants(&router).remove(0);
    let connection = tenant.acquire(WRITE).await.unwrap();
    let sql = "select current_setting('application_name'), current_setting('statement_timeout'),
                      current_setting('lock_timeout'),
                      current_setting('idle_in_transaction_session_timeout'), current_user::text";
    let row = connection.query_one(sql, &[]).await.unwrap();
    let settings: Vec<String> = (0..5).map(|it| row.get(it)).collect();
    assert_eq!(
        settings,
        [
            format!("cloison/{}", tenant.subdomain()).as_str(),
            "12345ms",
            "2345ms",
            "3456ms",
            world.routes[0].role.as_str()
        ]
    );
    drop(connection);
    router.close().await;
}

#[tokio::test]
async fn long_names_are_cut_where_postgresql_would() {
    let mut world = World::of(1).await;
    world.routes[0].subdomain = "a".repeat(63).parse().unwrap();
    let router = world.router(4);
    let connection = world.tenants(&router).remove(0).acquire(WRITE).await.unwrap();
    let sql = "select application_name from pg_stat_activity where pid = pg_backend_pid()";
    let name: String = connection.query_one(sql, &[]).await.unwrap().get(0);
    assert_eq!(name, format!("cloison/{}", "a".repeat(55)));
    drop(connection);
    router.close().await;
}

#[tokio::test]
async fn by_the_socket_too_where_the_server_lets_the_role_in() {
    let mut world = World::of(1).await;
    // The shared server lets nobody but the superuser in by the socket: refused there, so it was
    // the socket that was asked.
    world.routes[0].host = world.server.address().socket_dir.to_str().unwrap().to_owned();
    let router = world.router(4);
    let error = world.tenants(&router).remove(0).acquire(WRITE).await.unwrap_err();
    let source = std::error::Error::source(&error).and_then(std::error::Error::source).unwrap();
    assert!(source.to_string().contains("db error"), "{source:?}");
    router.close().await;
}

#[tokio::test]
async fn names_as_postgresql_has_them() {
    for name in ["customer-12", "Kunde", "caf\u{e9} \"d'or\" \\"] {
        let world = World::named(name).await;
        let router = world.router(4);
        let connection = world.tenants(&router).remove(0).acquire(WRITE).await.unwrap();
        let sql = "select current_database()::text, current_user::text";
        let row = connection.query_one(sql, &[]).await.unwrap();
        assert_eq!(row.get::<_, String>(0), world.routes[0].database.as_str());
        assert_eq!(row.get::<_, String>(1), world.routes[0].role.as_str());
        drop(connection);
        router.close().await;
    }
}
