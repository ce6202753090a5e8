//! Who is backed up, and who need not be.

use cloison_control::backups::{Round, round, want};
use cloison_control::life_cycle::command;
use cloison_control::operations::WorkerConfig;
use cloison_model::{AccessMode, Command};
use jiff::{SignedDuration, Timestamp};

use super::{STAYS, name, world};
use crate::world::{World, call, eventually};

#[tokio::test]
async fn who_has_not_changed_is_not_backed_up_again() {
    let (world, safe) = world().await;
    for it in ["blue", "red"] {
        world.made(it).await;
    }
    world.back_up().await;
    assert_eq!(world.count("backups").await, 2);
    // A manifest and a dump each, and the signing key.
    assert_eq!(safe.objects().len(), 5, "{:?}", safe.objects());

    world.back_up().await;
    assert_eq!(world.count("backups").await, 2);
    assert_eq!(world.count("newest_backups where unchanged_at is not null").await, 2);

    world.run_in("studio_1_db", "insert into notes values ('new')").await;
    world.back_up().await;
    assert_eq!(world.count("backups").await, 3);
    assert_eq!(world.count("newest_backups where unchanged_at is not null").await, 1);
}

#[tokio::test]
async fn each_night_once_and_whoever_is_new_has_time() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    let backups = world.control.backups.clone().unwrap();
    let now = Timestamp::now();
    let look = async |hours: i64| {
        let at = now + SignedDuration::from_hours(hours);
        round(&world.control, &backups, at).await.unwrap()
    };
    assert_eq!(look(0).await, Round::default());
    assert_eq!(look(1).await, Round { begun: 1, ..Round::default() });
    // One at a time.
    assert_eq!(look(1).await, Round::default());
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.count("backups").await, 1);
    let client = world.server.connect(cloison_catalog::DATABASE).await;
    let taken: Timestamp =
        client.query_one("select taken_at from backups", &[]).await.unwrap().get(0);
    assert!(taken >= now - SignedDuration::from_secs(1), "{taken} is of the snapshot");
    world.run_in("studio_1_db", "insert into notes values ('new')").await;
    assert_eq!(look(30).await, Round { begun: 1, ..Round::default() });
}

#[tokio::test]
async fn a_backup_stands_in_nobodys_way() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    want(&world.control, &[name("blue")]).await.unwrap();
    let backups = world.control.backups.clone().unwrap();
    assert_eq!(round(&world.control, &backups, Timestamp::now()).await.unwrap().begun, 1);
    // It is under way, and nobody works on it yet.
    let suspend = Command::Suspend(AccessMode::Blocked);
    let suspended = command(&world.control, &call(), &name("blue"), suspend, None).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    world.is_done(suspended).await;
    assert_eq!(world.count("backups").await, 1);
}

/// As when a server process is killed for want of memory: PostgreSQL ends all sessions and begins anew, the postmaster lives.
async fn crash(world: &World) {
    let victim = world.server.connect("postgres").await;
    let pid: i32 = victim.query_one("select pg_backend_pid()", &[]).await.unwrap().get(0);
    let killed = std::process::Command::new("kill").args(["-9", &pid.to_string()]).status();
    assert!(killed.unwrap().success());
    eventually(async || victim.is_closed()).await;
    let config = world.server.config("postgres");
    eventually(async || config.connect(tokio_postgres::NoTls).await.is_ok()).await;
    eventually(async || world.control.catalog.client().await.is_ok()).await;
}

#[tokio::test]
async fn a_crash_leaves_no_proof_that_nothing_was_written() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    crash(&world).await;
    world.back_up().await;
    world.run_in("studio_1_db", "insert into notes values ('between two crashes')").await;
    world.settled().await;
    // It counts from nothing again.
    crash(&world).await;
    world.back_up().await;
    assert_eq!(world.count("backups").await, 2);
}

#[tokio::test]
async fn who_may_still_have_something_to_tell_is_backed_up() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    let session = world.server.connect("studio_1_db").await;
    session.simple_query(&format!("set application_name = '{STAYS}'")).await.unwrap();
    world.back_up().await;
    session.simple_query("insert into notes values ('not told yet')").await.unwrap();
    world.back_up().await;
    assert_eq!(world.count("backups").await, 2);
    // It has changed nothing since, and might have.
    world.back_up().await;
    assert_eq!(world.count("backups").await, 3);
    drop(session);
    let sessions = "pg_stat_activity where application_name = 'stays'";
    eventually(async || world.count(sessions).await == 0).await;
    // What it has told at its end may be more than the third has heard of.
    world.back_up().await;
    let told = world.count("backups").await;
    world.back_up().await;
    assert_eq!(world.count("backups").await, told);
}

#[tokio::test]
async fn without_the_newest_backup_what_was_written_since_the_one_before_is_backed_up_again() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    world.back_up().await;
    world.run_in("studio_1_db", "insert into notes values ('in the second')").await;
    world.back_up().await;
    world.execute("update backups set broken_why = 'a bit' where taken_at = (select max(taken_at) from backups)").await;
    world.back_up().await;
    assert_eq!(world.count("backups").await, 3);
    assert_eq!(world.count("backups where broken_why is null").await, 2);
    world.back_up().await;
    assert_eq!(world.count("backups").await, 3);
}

#[tokio::test]
async fn beside_a_migration_a_backup_is_of_the_schema_that_it_has() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    let migration = world.server.connect("studio_1_db").await;
    migration.simple_query("begin; lock table notes in access exclusive mode").await.unwrap();
    want(&world.control, &[name("blue")]).await.unwrap();
    let backups = world.control.backups.clone().unwrap();
    assert_eq!(round(&world.control, &backups, Timestamp::now()).await.unwrap().begun, 1);
    let config = WorkerConfig::default();
    let migrated = async {
        let waiting = "pg_stat_activity where wait_event_type = 'Lock' and datname = 'studio_1_db'";
        eventually(async || world.count(waiting).await == 1).await;
        let change = "alter table notes add column added text;
            insert into cloison_migrations (version, name, checksum) values (99, 'added', '');
            commit";
        migration.simple_query(change).await.unwrap();
    };
    tokio::join!(world.work_off(&config), migrated);
    assert_eq!(world.count("backups where schema_version = 99").await, 1);
    let copy = world.restored("blue").await;
    world.is_done(copy).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_that_take_long_leave_a_place_to_who_is_waited_for() {
    let (mut world, _safe) = world().await;
    let mut held = Vec::new();
    for (name, database) in [("blue", "studio_1_db"), ("red", "studio_2_db")] {
        world.made(name).await;
        let session = world.server.connect(database).await;
        session.simple_query("begin; lock table notes in access exclusive mode").await.unwrap();
        held.push(session);
    }
    want(&world.control, &[]).await.unwrap();
    let backups = world.control.backups.clone().unwrap();
    assert_eq!(round(&world.control, &backups, Timestamp::now()).await.unwrap().begun, 2);
    world.employ(WorkerConfig { concurrency: 2, spares: 0, ..WorkerConfig::default() });
    let waiting = "pg_stat_activity where wait_event_type = 'Lock' and datname ~ 'studio_._db'";
    eventually(async || world.count(waiting).await == 1).await;
    let suspend = Command::Suspend(AccessMode::Blocked);
    let suspended = command(&world.control, &call(), &name("red"), suspend, None).await.unwrap();
    world.end_of(suspended).await;
    world.is_done(suspended).await;
    assert_eq!(world.count("backups").await, 0);
    drop(held);
    eventually(async || world.count("backups").await == 2).await;
}
