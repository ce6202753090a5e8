//! Who is backed up, and who need not be.

use cloison_control::backups::{Round, round, want};
use cloison_control::life_cycle::command;
use cloison_control::operations::WorkerConfig;
use cloison_model::{AccessMode, Command};
use jiff::{SignedDuration, Timestamp};

use super::{name, world};
use crate::world::call;

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
    assert_eq!(world.count("backup_states where unchanged_at is not null").await, 2);

    world.run_in("studio_1_db", "insert into notes values ('new')").await;
    world.back_up().await;
    assert_eq!(world.count("backups").await, 3);
    assert_eq!(world.count("backup_states where unchanged_at is not null").await, 1);
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
