//! What databases have done: looked at twice, by two, by one that is killed; with a server that forgets, another database behind a name,
//! tenants that come and go, and a clock that jumps.

use cloison_catalog::DATABASE;
use cloison_control::life_cycle::command;
use cloison_control::operations::WorkerConfig;
use cloison_control::usage::{Booked, book, claim, collect};
use cloison_model::Command;
use tokio::net::TcpListener;

use super::{EVENING, MORNING, at, fleet};
use crate::backups::name;
use crate::world::{World, call, eventually};

#[tokio::test]
async fn what_is_looked_at_twice_counts_once() {
    let (world, _safe) = fleet(&["blue", "red"]).await;
    assert_eq!(world.rows_of("blue").await, 0, "what was there before is not counted");
    world.write_rows("studio_1_db", 5).await;
    world.count_up(EVENING).await;
    assert_eq!((world.rows_of("blue").await, world.rows_of("red").await), (5, 0));
    assert!(world.used("blue", "transactions", None).await >= 1);
    assert!(world.used("blue", "sessions", None).await >= 1);
    world.settled().await;
    world.count_up(EVENING).await;
    assert_eq!(world.rows_of("blue").await, 5);
    assert_eq!(world.count_up(EVENING).await, 0, "of who sleeps nothing is written");
    // Who is not due is not looked at.
    world.count_up(EVENING).await;
    assert!(claim(&world.control).await.unwrap().is_empty());
    // By a clock that was wrong it is due in years.
    world.execute("update usage_sources set due_at = now() + interval '9 years'").await;
    assert_eq!(claim(&world.control).await.unwrap().len(), 1);
}

/// Vacuuming, of every database in its turn: a thousand that sleep are not written every minute.
#[tokio::test]
async fn what_a_server_does_by_itself_is_added_with_the_next_that_is_somebodys() {
    let (world, _safe) = fleet(&["blue"]).await;
    world.settled().await;
    world.count_up(EVENING).await;
    let (claim, mut counters) = world.look().await;
    let before = world.used("blue", "transactions", None).await;
    let mut blue = counters.databases["studio_1_db"];
    for (commits, rows, tenants) in [(0, 0, 0), (50, 0, 0), (1, 1, 1)] {
        blue.reading.activity.commits += commits;
        blue.reading.activity.rows_written += rows;
        counters.databases.insert("studio_1_db".to_owned(), blue);
        let booked = book(&world.control, claim, &counters, at(EVENING)).await.unwrap();
        assert_eq!(booked, Booked::Added { tenants });
    }
    assert_eq!(world.used("blue", "transactions", None).await, before + 51);
}

#[tokio::test]
async fn of_two_that_count_the_later_one_counts() {
    let (world, _safe) = fleet(&["blue"]).await;
    world.write_rows("studio_1_db", 5).await;
    let slow = world.look().await;
    world.write_rows("studio_1_db", 3).await;
    let quick = world.look().await;
    assert!(matches!(world.booked(&quick).await, Booked::Added { .. }));
    // What it has read is older than what is counted: taken for new, it would all be counted once more.
    assert_eq!(world.booked(&slow).await, Booked::Overtaken);
    assert_eq!(world.rows_of("blue").await, 8);
    // And nothing is counted again by one that has counted.
    assert_eq!(world.booked(&quick).await, Booked::Added { tenants: 0 });
    for _ in 0..5 {
        world.write_rows("studio_1_db", 2).await;
        world.due().await;
        let (one, other) = tokio::join!(
            collect(&world.control, at(EVENING)),
            collect(&world.control, at(EVENING))
        );
        one.unwrap();
        other.unwrap();
    }
    world.count_up(EVENING).await;
    assert_eq!(world.rows_of("blue").await, 18);
}

#[tokio::test]
async fn who_is_killed_anywhere_is_made_up_for() {
    let (world, _safe) = fleet(&["blue"]).await;
    world.write_rows("studio_1_db", 5).await;
    // After the claim, and after the look.
    world.due().await;
    assert_eq!(claim(&world.control).await.unwrap().len(), 1);
    drop(world.look().await);
    // In the middle of the transaction, which waits.
    for table in ["usage_days", "usage_marks"] {
        let mut other = world.server.connect(DATABASE).await;
        let lock = other.transaction().await.unwrap();
        lock.simple_query(&format!("lock table {table} in share mode")).await.unwrap();
        let look = world.look().await;
        let waiting = "pg_locks where not granted";
        tokio::select! {
            _ = world.booked(&look) => panic!("it did not wait"),
            () = eventually(async || world.count(waiting).await == 1) => {}
        }
        // Its session is gone before the lock is.
        world.execute("select pg_terminate_backend(pid) from pg_locks where not granted").await;
        eventually(async || world.count(waiting).await == 0).await;
        lock.rollback().await.unwrap();
        assert_eq!(world.rows_of("blue").await, 0);
    }
    world.count_up(EVENING).await;
    assert_eq!(world.rows_of("blue").await, 5);
}

#[tokio::test]
async fn a_server_that_forgets_begins_at_zero() {
    let (world, _safe) = fleet(&["blue"]).await;
    world.write_rows("studio_1_db", 5).await;
    world.count_up(EVENING).await;
    world.run_in("studio_1_db", "select pg_stat_reset()").await;
    // More than before, so that only the moment of the reset tells.
    world.write_rows("studio_1_db", 40).await;
    world.count_up(EVENING).await;
    assert_eq!(world.rows_of("blue").await, 45);
    let mut outage = world.server.crash();
    outage.end().unwrap();
    world.write_rows("studio_1_db", 2).await;
    world.count_up(EVENING).await;
    assert_eq!(world.rows_of("blue").await, 47, "a crash says nothing, and the counts are smaller");
}

#[tokio::test]
async fn a_database_that_was_filled_before_it_was_the_tenants_does_not_count() {
    let (world, _safe) = fleet(&["blue"]).await;
    world.write_rows("studio_1_db", 500).await;
    world.count_up(EVENING).await;
    assert_eq!(world.rows_of("blue").await, 500);
    world.settled().await;
    world.back_up().await;
    let copy = world.restored("blue").await;
    world.count_up(EVENING).await;
    let swap = world.swapped("blue", copy).await;
    world.is_done(swap).await;
    world.count_up(EVENING).await;
    assert_eq!(world.rows_of("blue").await, 500, "restoring has written 501 rows elsewhere");
    world.write_rows("studio_1_db", 3).await;
    world.count_up(EVENING).await;
    assert_eq!(world.rows_of("blue").await, 503);
    // And back: that database has been counted, and nobody counts it again.
    let back = world.swapped("blue", copy).await;
    world.is_done(back).await;
    world.count_up(EVENING).await;
    world.write_rows("studio_1_db", 4).await;
    world.count_up(EVENING).await;
    assert_eq!(world.rows_of("blue").await, 507);
}

#[tokio::test]
async fn who_is_erased_or_made_meanwhile_is_in_nobodys_way() {
    let (world, _safe) = fleet(&["blue", "red"]).await;
    world.write_rows("studio_1_db", 5).await;
    world.write_rows("studio_2_db", 5).await;
    let look = world.look().await;
    world.made("green").await;
    // An erasure that is about to commit: whoever counts waits for it.
    let mut other = world.server.connect(DATABASE).await;
    let erasing = other.transaction().await.unwrap();
    erasing.execute("delete from organizations where subdomain = 'red'", &[]).await.unwrap();
    let booking = world.booked(&look);
    let mut booking = std::pin::pin!(booking);
    tokio::select! {
        _ = &mut booking => panic!("it did not wait"),
        () = eventually(async || world.count("pg_locks where not granted").await > 0) => {}
    }
    erasing.commit().await.unwrap();
    assert_eq!(booking.await, Booked::Added { tenants: 1 });
    assert_eq!((world.rows_of("blue").await, world.count("usage_marks").await), (5, 1));
    // Green is seen by the next look.
    world.count_up(EVENING).await;
    world.write_rows("studio_3_db", 2).await;
    world.count_up(EVENING).await;
    assert_eq!(world.rows_of("green").await, 2);
}

#[tokio::test]
async fn with_an_erasure_goes_all_of_it() {
    let (world, _safe) = fleet(&["blue", "red"]).await;
    world.write_rows("studio_1_db", 5).await;
    world.count_up(EVENING).await;
    assert_eq!((world.count("usage_days").await, world.count("usage_marks").await), (2, 2));
    command(&world.control, &call(), &name("blue"), Command::Erase, None).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.count("organizations").await, 1);
    assert_eq!((world.count("usage_days").await, world.count("usage_marks").await), (1, 1));
}

#[tokio::test]
async fn a_clock_that_jumps_moves_days_and_counts_nothing_twice() {
    let (world, _safe) = fleet(&["blue"]).await;
    let clocks =
        [EVENING, MORNING, EVENING, "2031-01-01T00:00:00Z", "2019-06-01T12:00:00Z", MORNING];
    for (rows, clock) in (1..).zip(clocks) {
        world.write_rows("studio_1_db", rows).await;
        world.count_up(clock).await;
    }
    assert_eq!(world.rows_of("blue").await, 1 + 2 + 3 + 4 + 5 + 6);
    let of_day = async |day| world.used("blue", "rows_changed", Some(day)).await;
    assert_eq!(of_day("2026-11-29").await, 1 + 3);
    assert_eq!(of_day("2026-11-30").await, 2 + 6);
    assert_eq!((of_day("2031-01-01").await, of_day("2019-06-01").await), (4, 5));
    // A day in which nothing happened has a row, with what there is.
    world.settled().await;
    world.count_up("2026-12-01T00:01:00Z").await;
    assert_eq!(world.count("usage_days where day = '2026-12-01' and rows_changed = 0").await, 1);
}

#[tokio::test]
async fn a_server_that_is_down_is_left_out_and_made_up_for() {
    let (world, _safe) = fleet(&["blue"]).await;
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    let insert = format!(
        "insert into servers (id, name, region, host, port, admin_host, admin_role, connection_budget)
         values (gen_random_uuid(), 'down', 'eu', '127.0.0.1', {port}, '127.0.0.1', 'postgres', 10)"
    );
    world.execute(&insert).await;
    world.write_rows("studio_1_db", 5).await;
    world.count_up(EVENING).await;
    assert_eq!(world.rows_of("blue").await, 5);
    assert_eq!(world.count("usage_sources where collected_at is null").await, 1);
}

#[tokio::test]
async fn old_days_are_forgotten() {
    let (world, _safe) = fleet(&["blue"]).await;
    let plant = "insert into usage_days (organization_id, day)
        select id, (now() at time zone 'UTC')::date - age
        from organizations, unnest(array[399, 400, 401, 3000]) as age";
    world.execute(plant).await;
    world
        .execute(
            "insert into usage_bundles values (gen_random_uuid(), 1, now() - interval '401 days')",
        )
        .await;
    assert_eq!(cloison_control::usage::forget(&world.control).await.unwrap(), 2);
    assert_eq!(world.count("usage_bundles").await, 0);
}

/// Rows of the catalog alone.
pub(super) async fn make_up(world: &World, tenants: i32) {
    let make_up = format!(
        "with made as (
             insert into organizations (id, number, subdomain, name, region)
             select gen_random_uuid(), 10000 + n, 'made-up-' || n, 'Made up', 'eu' from generate_series(1, {tenants}) as n
             returning id, number
         ), placed as (
             insert into tenants (organization_id, server_id, database_name, role_name, phase,
                 database_password_sealed, database_password_verifier)
             select made.id, servers.id, 'studio_' || number || '_db', 'studio_' || number || '_db', 'READY', '', ''
             from made, servers
         )
         insert into subscriptions (id, organization_id, plan_code, plan_version, status, period_starts_at, period_ends_at)
         select gen_random_uuid(), made.id, 'standard', 2, 'ACTIVE', now(), now() + interval '1 month' from made"
    );
    world.execute(&make_up).await;
}

/// As if the server had all databases that the catalog names, each a little busier than at the look before.
#[tokio::test]
async fn a_thousand_tenants_are_a_handful_of_statements() {
    let (world, _safe) = super::statements::counted_fleet(&["blue"]).await;
    make_up(&world, 1_200).await;
    let superuser = world.server.connect("postgres").await;
    superuser.simple_query("select pg_stat_statements_reset()").await.unwrap();
    for round in 1..=3_u64 {
        let (claim, mut counters) = world.look().await;
        let blue = counters.databases["studio_1_db"];
        for number in 10_001..=11_200 {
            let mut made_up = blue;
            made_up.reading.database_oid = number;
            made_up.reading.activity.rows_written = 7 * round;
            counters.databases.insert(format!("studio_{number}_db"), made_up);
        }
        let booked = book(&world.control, claim, &counters, at(EVENING)).await.unwrap();
        assert!(matches!(booked, Booked::Added { tenants } if tenants >= 1_200), "{booked:?}");
    }
    let sum = "usage_days where rows_changed = 14";
    assert_eq!(world.count(sum).await, 1_200);
    let calls: i64 = superuser
        .query_one(
            "select sum(calls)::bigint from pg_stat_statements
             where query like '%usage_days%' or query like '%usage_marks%' or query like '%organizations%for key share%'",
            &[],
        )
        .await
        .unwrap()
        .get(0);
    assert!(calls <= 3 * 6, "{calls} statements in three rounds");
}
