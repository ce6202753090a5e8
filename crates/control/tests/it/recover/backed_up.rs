//! The control database's own backups: when they are made, by whom, and that a crash leaves none that is not whole.

use std::fs;
use std::time::Duration;

use cloison_archive::{KeyName, TenantKey};
use cloison_catalog::DATABASE;
use cloison_control::call::{Call, IdempotencyKey};
use cloison_control::control_backup::{Look, back_up, back_up_for, list, look};
use cloison_control::recover::{RecoverError, candidates};
use cloison_model::RetentionPolicy;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
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
    let (mut was_cut, now) = (0, Timestamp::now());
    for milliseconds in [1, 10, 30, 60, 100, 150, 200, 300] {
        let made =
            timeout(Duration::from_millis(milliseconds), back_up(&world.control, &backups, now));
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

/// A machine whose clock is wrong makes one, and its clock is set right.
#[tokio::test]
async fn one_that_is_dated_ahead_is_not_the_newest() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    let backups = world.control.backups.clone().unwrap();
    let now = Timestamp::now();
    let ahead = now + SignedDuration::from_hours(24 * 30);
    let ahead = back_up(&world.control, &backups, ahead).await.unwrap().manifest.backup;
    world.made("rose").await;
    let newest = world.back_up_control().await;
    world.lose_control().await;

    let listed: Vec<_> = candidates(&backups).await.unwrap().iter().map(|it| it.id).collect();
    assert_eq!(listed, [newest, ahead]);
    let report = world.recover(Ask::default()).await.unwrap();
    assert_eq!((report.backup, report.tenants), (newest, 2));
}

/// Whoever can write into the store names another recipient, and would read what is backed up from then on.
#[tokio::test]
async fn nothing_is_encrypted_for_a_key_that_somebody_has_put_there() {
    let (world, safe) = world().await;
    let backups = world.control.backups.clone().unwrap();
    world.back_up_control().await;
    let before = list(&backups.store).await.unwrap();
    let theirs = TenantKey::make(backups.keystore.as_ref(), KeyName::Control).await.unwrap();
    let place = safe.store().join("control/key");
    let mut pair: Value = serde_json::from_slice(&fs::read(&place).unwrap()).unwrap();
    pair["recipient"] = theirs.recipient.into();
    fs::write(&place, pair.to_string()).unwrap();

    let refused = back_up(&world.control, &backups, Timestamp::now()).await.unwrap_err();
    let why = format!("{:#}", anyhow::Error::from(refused));
    assert!(why.contains("do not belong together") && why.contains("object store"), "{why}");
    assert_eq!(list(&backups.store).await.unwrap(), before);
}

#[tokio::test]
async fn one_whose_key_does_not_open_is_passed_over() {
    let (world, safe) = world().await;
    world.made("blue").await;
    let older = world.back_up_control().await;
    let (key, aside) = (safe.keys().join("control.key"), safe.keys().join("../aside.key"));
    fs::rename(&key, &aside).unwrap();
    fs::remove_file(safe.store().join("control/key")).unwrap();
    let newer = world.back_up_control().await;
    fs::rename(&aside, &key).unwrap();
    world.lose_control().await;

    let asked = world.recover(Ask { backup: Some(newer), ..Ask::default() }).await;
    assert!(matches!(asked, Err(RecoverError::NotThat { .. })), "{asked:?}");
    let report = world.recover(Ask::default()).await.unwrap();
    assert_eq!((report.backup, report.passed_over.len()), (older, 1));
    assert!(report.passed_over[0].why.contains("does not open"), "{:?}", report.passed_over);
    // Without its keystore none is: an older one would be as far away.
    fs::remove_file(safe.keys().join("README")).unwrap();
    let away = world.recover(Ask { replace: true, ..Ask::default() }).await;
    assert!(matches!(away, Err(RecoverError::Backup(_))), "{away:?}");
}

#[tokio::test]
async fn doctor_says_when_there_is_none() {
    let (world, _safe) = world().await;
    let problems = async || {
        let report = world.examined(false).await;
        report.findings.into_iter().map(|it| it.what).collect::<Vec<_>>()
    };
    assert_eq!(problems().await, Vec::<String>::new(), "it was made a moment ago");
    world.execute("update cloison_migrations set applied_at = now() - interval '4 hours'").await;
    let found = problems().await;
    assert!(found.len() == 1 && found[0].starts_with("it has no backup"), "{found:?}");
    world.back_up_control().await;
    assert_eq!(problems().await, Vec::<String>::new());
}
