//! `pg_stat_statements` where it is there, and where it is not.

use super::EVENING;
use crate::backups::{Safe, world_on};
use crate::world::{World, server_with};

/// On a server that counts statements.
pub(super) async fn counted_fleet(subdomains: &[&str]) -> (World, Safe) {
    let server = server_with(&[("shared_preload_libraries", "pg_stat_statements")]);
    let superuser = server.connect("postgres").await;
    // Wherever somebody has put it.
    superuser
        .simple_query(
            "create schema \"Odd schema\"; create extension pg_stat_statements schema \"Odd schema\";
             alter database postgres set search_path to public, \"Odd schema\"",
        )
        .await
        .unwrap();
    let (world, safe) = world_on(server).await;
    world.populate(subdomains).await;
    (world, safe)
}

#[tokio::test]
async fn where_statements_are_counted_they_are_added_up() {
    let (world, _safe) = counted_fleet(&["blue", "red"]).await;
    let calls = async || world.used("blue", "statements", None).await;
    assert_eq!(world.count("usage_sources where counts_statements").await, 1);
    assert_eq!(calls().await, 0);
    let tenant = world.server.connect("studio_1_db").await;
    for _ in 0..20 {
        tenant.execute("insert into notes values ('counted')", &[]).await.unwrap();
    }
    world.count_up(EVENING).await;
    assert_eq!(calls().await, 20);
    let execution = world.used("blue", "statement_us", None).await;
    assert!(execution > 0, "{execution}");
    assert_eq!(world.used("red", "statements", None).await, 0);
    world.count_up(EVENING).await;
    assert_eq!(calls().await, 20, "looked at twice");

    // Forgotten by the server.
    let superuser = world.server.connect("postgres").await;
    superuser.simple_query("select pg_stat_statements_reset()").await.unwrap();
    for _ in 0..3 {
        tenant.execute("insert into notes values ('counted')", &[]).await.unwrap();
    }
    world.count_up(EVENING).await;
    assert_eq!(calls().await, 23);

    // Away, and back: what was counted meanwhile is not known to be new.
    superuser.simple_query("drop extension pg_stat_statements").await.unwrap();
    world.count_up(EVENING).await;
    assert_eq!(world.count("usage_sources where counts_statements").await, 0);
    superuser.simple_query("create extension pg_stat_statements").await.unwrap();
    world.count_up(EVENING).await;
    assert_eq!(calls().await, 23);
    tenant.execute("insert into notes values ('counted')", &[]).await.unwrap();
    world.count_up(EVENING).await;
    assert_eq!(calls().await, 24);
}

#[tokio::test]
async fn where_they_are_not_nothing_is_said_of_them() {
    let (world, _safe) = super::fleet(&["blue"]).await;
    let superuser = world.server.connect("postgres").await;
    let nothing = "usage_days where statements is not null or statement_us is not null";
    // Not made, and then made but not loaded.
    for _ in 0..2 {
        world.write_rows("studio_1_db", 5).await;
        world.count_up(EVENING).await;
        assert_eq!(world.count(nothing).await, 0);
        assert_eq!(world.count("usage_sources where counts_statements").await, 0);
        superuser.simple_query("create extension if not exists pg_stat_statements").await.unwrap();
    }
    assert_eq!(world.rows_of("blue").await, 10, "the rest is counted");
    assert!(world.used("blue", "query_us", None).await > 0);
}
