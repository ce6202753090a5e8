//! The control database's own backups: when they are made, by whom, and that a crash leaves none that is not whole.

use std::time::Duration;

use cloison_catalog::DATABASE;
use cloison_control::call::{Call, IdempotencyKey};
use cloison_control::control_backup::{Look, back_up, back_up_for, list, look};
use cloison_control::doctor;
use cloison_model::RetentionPolicy;
use jiff::{SignedDuration, Timestamp};
use tokio::time::timeout;

use super::{Ask, world};
use crate::world::call;

#[tokio::test]
async fn one_is_made_every_hour_by_one_process() {
    let (mut world, _safe) = world().await;
    let backups = world.control.backups.clone().unwrap();
    let now = Timestamp::now();
    let (one, other) =
        tokio::join!(look(&world.control, &backups, now), look(&world.control, &backups, now));
    let made = [one.unwrap(), other.unwrap()];
    assert_eq!(made.iter().filter(|it| matches!(it, Look::Made(_))).count(), 1, "{made:?}");
    assert_eq!(look(&world.control, &backups, now).await.unwrap(), Look::NotDue);

    let later = now + SignedDuration::from_mins(61);
    let other = world.server.connect(DATABASE).await;
    let lock = "select pg_advisory_lock(hashtext('cloison control backup'))";
    other.query_one(lock, &[]).await.unwrap();
    assert_eq!(look(&world.control, &backups, later).await.unwrap(), Look::Elsewhere);
    drop(other);
    let store = &backups.store;
    crate::world::eventually(async || {
        matches!(look(&world.control, &backups, later).await.unwrap(), Look::Made(_))
    })
    .await;
    assert_eq!(list(store).await.unwrap().len(), 2);

    // A week later the last of each day is left.
    let policy = RetentionPolicy { daily: 1, weekly: 0, monthly: 0 };
    world.control.backups.as_mut().unwrap().retention = policy;
    let backups = world.control.backups.clone().unwrap();
    let week = now + SignedDuration::from_hours(7 * 24);
    assert!(matches!(look(&world.control, &backups, week).await.unwrap(), Look::Made(_)));
    assert_eq!(list(store).await.unwrap().len(), 1);
}

#[tokio::test]
async fn one_is_made_when_somebody_asks_and_once_for_the_same_call() {
    let (world, _safe) = world().await;
    let backups = world.control.backups.clone().unwrap();
    let key = IdempotencyKey::new("k", "POST", "/v1/backups/control", b"").unwrap();
    let asked = Call { key: Some(key), ..call() };
    let made = back_up_for(&world.control, &asked).await.unwrap();
    assert_eq!(back_up_for(&world.control, &asked).await.unwrap(), made);
    assert_eq!(list(&backups.store).await.unwrap(), [made]);
    assert_ne!(back_up_for(&world.control, &call()).await.unwrap().id, made.id);
    let now = Timestamp::now();
    assert_eq!(look(&world.control, &backups, now).await.unwrap(), Look::NotDue);
    assert_eq!(world.count("audit_log where action = 'control_database.back_up'").await, 2);
}

#[tokio::test]
async fn a_process_that_dies_leaves_none_that_is_not_whole() {
    let (world, safe) = world().await;
    world.made("blue").await;
    let backups = world.control.backups.clone().unwrap();
    let mut was_cut = 0;
    for milliseconds in [1, 10, 30, 60, 100, 150, 200, 300] {
        let made = timeout(Duration::from_millis(milliseconds), back_up(&world.control, &backups));
        was_cut += usize::from(made.await.is_err());
    }
    assert!(was_cut > 0, "the first has a millisecond");
    world.back_up_control().await;
    world.lose_control().await;
    let listed = list(&backups.store).await.unwrap();
    for it in &listed {
        let ask = Ask { backup: Some(it.id), replace: true, ..Ask::default() };
        assert_eq!(world.recover(ask).await.unwrap().tenants, 1);
    }
    let manifests = safe.objects().into_iter().filter(|it| it.ends_with("manifest.json"));
    assert_eq!(manifests.count(), listed.len());
}

#[tokio::test]
async fn doctor_says_when_there_is_none() {
    let (world, _safe) = world().await;
    let problems = async || {
        let report = doctor::examine(&world.control, false, "a test").await.unwrap();
        report.findings.into_iter().map(|it| it.problem).collect::<Vec<_>>()
    };
    assert_eq!(problems().await, Vec::<String>::new(), "it was made a moment ago");
    world.execute("update cloison_migrations set applied_at = now() - interval '4 hours'").await;
    let found = problems().await;
    assert!(found.len() == 1 && found[0].starts_with("it has no backup"), "{found:?}");
    world.back_up_control().await;
    assert_eq!(problems().await, Vec::<String>::new());
}
