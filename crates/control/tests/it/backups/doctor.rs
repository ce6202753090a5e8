//! What the doctor says of backups: whose there is none of, which are no good, and what nobody has tried.

use std::fs;

use cloison_control::doctor::{Area, Ask, Check, Finding, examine};
use cloison_control::operations::WorkerConfig;
use cloison_control::point_in_time::Archives;
use cloison_testkit::{Options, Server};
use jiff::{SignedDuration, Timestamp};

use super::world;
use crate::world::{World, eventually, register};

async fn found(world: &World, area: Area, now: Timestamp) -> Vec<Finding> {
    examine(&world.control, &Ask::about(&[area], now)).await.unwrap().findings
}

/// `subject: what; mend`, a line each.
async fn told(world: &World) -> String {
    let findings = found(world, Area::Backups, Timestamp::now()).await;
    let line =
        |it: &Finding| format!("{}: {}; {}", it.subject, it.what, it.mend.as_deref().unwrap());
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn without_a_store_it_says_so() {
    let (mut world, _safe) = world().await;
    world.control.backups = None;
    let told = told(&world).await;
    assert!(told.starts_with("backups: no store is configured; say where"), "{told}");
}

#[tokio::test]
async fn who_is_behind_is_named_and_who_is_new_or_unchanged_is_not() {
    let (world, safe) = world().await;
    for name in ["blue", "red"] {
        world.made(name).await;
    }
    assert_eq!(told(&world).await, "", "they are new");
    let client = world.control.catalog.client().await.unwrap();
    client
        .simple_query("update organizations set created_at = now() - interval '2 hours'")
        .await
        .unwrap();
    let words = told(&world).await;
    assert!(words.contains("2 tenants have no good backup of how they were"), "{words}");
    assert!(
        words.contains(": blue, red; ") && words.contains("cloison backups create --all"),
        "{words}"
    );

    world.back_up().await;
    assert_eq!(told(&world).await, "");
    client.simple_query("update backups set taken_at = now() - interval '27 hours'").await.unwrap();
    client.simple_query("update backups set unchanged_at = now() where organization_id = (select id from organizations where subdomain = 'red')").await.unwrap();
    let words = told(&world).await;
    assert!(words.contains("1 tenant has no good backup"), "{words}");
    assert!(words.contains(": blue; ") && words.contains("cloison backups create blue"), "{words}");
    client.simple_query("update backups set unchanged_at = now()").await.unwrap();
    assert_eq!(told(&world).await, "");

    fs::rename(safe.keys(), safe.keys().with_extension("away")).unwrap();
    let words = told(&world).await;
    assert!(words.starts_with("backups: the keystore (directory "), "{words}");
    assert_eq!(words.lines().count(), 1, "the store is there: {words}");
    fs::rename(safe.keys().with_extension("away"), safe.keys()).unwrap();
}

#[tokio::test]
async fn a_server_whose_log_is_not_archived_is_named() {
    let (mut world, _safe) = world().await;
    let failing = Server::private_with(&Options {
        settings: [("archive_mode", "on"), ("archive_command", "false")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec(),
        ..Options::default()
    });
    register(&world.control, &failing, "us-1", 1_000).await;
    let pg = failing.connect("postgres").await;
    pg.simple_query("create table t (id int); select pg_switch_wal()").await.unwrap();
    eventually(async || {
        let failed = "select failed_count > 0 from pg_stat_archiver";
        pg.query_one(failed, &[]).await.unwrap().get(0)
    })
    .await;
    let later = Timestamp::now() + SignedDuration::from_hours(1);
    let findings = found(&world, Area::Archives, later).await;
    let told: Vec<_> = findings.iter().map(|it| (it.check, it.subject.as_str())).collect();
    assert_eq!(told, [(Check::ArchiveStalled, "us-1"), (Check::ArchiveOff, "eu-1")]);

    world.control.archives = Archives::DoneWithout;
    assert_eq!(found(&world, Area::Archives, later).await, []);
}

#[tokio::test]
async fn what_is_no_good_and_what_nobody_has_tried_is_told() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    world.back_up().await;
    let copy = world.restored("blue").await;
    let client = world.control.catalog.client().await.unwrap();
    client.simple_query("update copies set drop_after = now() - interval '2 hours'").await.unwrap();
    let words = told(&world).await;
    assert!(words.starts_with("blue: its copy studio_1_copy_"), "{words}");
    assert!(
        words.contains(&format!("cloison backups drop blue --copy {copy} --confirm blue")),
        "{words}"
    );
    cloison_control::backups::drop_outlived(&world.control).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(told(&world).await, "");

    let drilled = "insert into drills (id, organization_id, backup_id, began_at, finished_at, failed_why) select gen_random_uuid(), organization_id, id, now(), now(), 'no room' from backups";
    client.simple_query(drilled).await.unwrap();
    let words = told(&world).await;
    assert!(words.contains("1 tenant has a last drill that failed"), "{words}");
    client
        .simple_query(
            "update drills set failed_why = null, finished_at = now() - interval '38 days'",
        )
        .await
        .unwrap();
    let words = told(&world).await;
    assert!(words.contains("1 tenant has had no drill in 37 days"), "{words}");
    client.simple_query("update drills set finished_at = now()").await.unwrap();
    assert_eq!(told(&world).await, "");

    client
        .simple_query("update backups set broken_why = 'a byte of it has changed'")
        .await
        .unwrap();
    let words = told(&world).await;
    assert!(
        words.contains("cannot be restored: a byte of it has changed; if the store"),
        "{words}"
    );
}
