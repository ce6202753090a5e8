//! Servers and databases for tests, tested.

#![cfg(test)]

use std::{
    collections::HashSet,
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
};

use cloison_testkit::{Options, Server};
use tokio_postgres::{NoTls, error::SqlState};

async fn count(server: &Server, database: &str) -> i64 {
    let client = server.connect("postgres").await;
    let count = "select count(*) from pg_database where datname = $1";
    client.query_one(count, &[&database]).await.unwrap().get(0)
}

#[tokio::test]
async fn a_database_lives_as_long_as_its_handle() {
    let server = Server::shared();
    let database = server.database("Hint, with: everything 'and' more than thirty bytes").await;
    let client = database.connect().await;
    client.execute("create table t (x int)", &[]).await.unwrap();
    let name = database.name().to_owned();
    assert_eq!(count(&server, &name).await, 1);
    drop(database);
    assert_eq!(count(&server, &name).await, 0);
    assert!(
        client.query("select 1", &[]).await.is_err(),
        "whoever is connected is no reason to keep it"
    );
}

#[tokio::test]
async fn the_shared_server_lets_in_by_password_to_the_database_of_the_same_name() {
    let server = Server::shared();
    let database = server.database("sameuser").await;
    let (other, name) = (server.database("sameuser").await, database.name());
    let client = server.connect("postgres").await;
    client.execute(&format!("create role {name} login password 'secret'"), &[]).await.unwrap();

    assert!(server.tcp_config(name, name, "secret").connect(NoTls).await.is_ok());
    let refused = [
        (
            server.tcp_config(other.name(), name, "secret"),
            SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
        ),
        (server.tcp_config(name, name, "wrong"), SqlState::INVALID_PASSWORD),
        (
            server.tcp_config("postgres", "postgres", "secret"),
            SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
        ),
    ];
    for (config, code) in refused {
        assert_eq!(config.connect(NoTls).await.err().unwrap().code(), Some(&code), "{config:?}");
    }
    client.execute(&format!("drop role {name}"), &[]).await.unwrap();
}

#[tokio::test]
async fn a_template_is_built_once_whoever_asks() {
    static BUILT: AtomicU32 = AtomicU32::new(0);
    let server = Server::shared();
    let content = format!("create table t as select {} as x", server.number());
    let ask = || {
        server.template("testkit", &content, async |database| {
            BUILT.fetch_add(1, Ordering::Relaxed);
            database.connect().await.execute(&content, &[]).await?;
            Ok(())
        })
    };
    let (first, second, third) = tokio::join!(ask(), ask(), ask());
    assert_eq!(BUILT.load(Ordering::Relaxed), 1);
    assert!(first.name() == second.name() && second.name() == third.name());

    for _ in 0..2 {
        let copy = server.database_from(&first, "copy").await;
        let client = copy.connect().await;
        assert_eq!(client.query("table t", &[]).await.unwrap().len(), 1);
        client.execute("delete from t", &[]).await.unwrap();
    }
    let admin = server.connect("postgres").await;
    admin
        .execute(&format!("alter database {} is_template false", first.name()), &[])
        .await
        .unwrap();
    admin.execute(&format!("drop database {}", first.name()), &[]).await.unwrap();
}

#[tokio::test]
async fn a_template_whose_build_fails_leaves_nothing() {
    let server = Server::shared();
    let failing = {
        let server = server.clone();
        async move { server.template("failing", "", async |_| anyhow::bail!("no")).await }
    };
    #[expect(clippy::disallowed_methods, reason = "a panic is caught by the task it happens in")]
    let panicked = tokio::spawn(failing).await.unwrap_err();
    assert_eq!(
        panicked.into_panic().downcast_ref::<String>().unwrap(),
        "no template failing: build it: no"
    );
    let client = server.connect("postgres").await;
    let left = "select count(*) from pg_database where datname like 'template_failing%'";
    assert_eq!(client.query_one(left, &[]).await.unwrap().get::<_, i64>(0), 0);
}

#[tokio::test]
async fn private_servers_are_apart_and_leave_nothing() {
    let options =
        Options { settings: vec![("max_connections".into(), "7".into())], ..Options::default() };
    let (one, two) = (Server::private_with(&options), Server::private());
    assert_ne!(one.port(), two.port());
    let client = one.connect("postgres").await;
    let max: String = client.query_one("show max_connections", &[]).await.unwrap().get(0);
    assert_eq!(max, "7");
    let (port, socket_dir) = (one.port(), one.address().socket_dir.clone());
    let database = one.database("kept").await;
    drop((one, client));
    assert!(socket_dir.exists(), "the database still holds its server");
    drop(database);
    assert!(!socket_dir.exists());
    assert!(std::net::TcpListener::bind(("127.0.0.1", port)).is_ok());
}

#[test]
fn numbers_are_a_block_apart_across_processes() {
    let server = Server::shared();
    let mut numbers: Vec<i64> = (0..20).map(|_| server.number()).collect();
    numbers.sort_unstable();
    assert!(numbers.windows(2).all(|it| it[1] - it[0] >= 1000), "{numbers:?}");
    assert_eq!(numbers.iter().collect::<HashSet<_>>().len(), 20);
}

#[test]
fn a_server_in_use_is_not_stopped() {
    let server = Server::shared();
    let output = Command::new(env!("CARGO_BIN_EXE_test-cluster")).arg("stop").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said, "the shared test server is in use by another run and stays\n");
    assert!(std::net::TcpStream::connect(("127.0.0.1", server.port())).is_ok());
}
