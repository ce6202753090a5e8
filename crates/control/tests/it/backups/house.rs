//! What happens without anybody asking: old backups go, copies go, drills come.

use std::fs;

use cloison_control::backups::{
    AskError, Holds, begin_drills, drop_outlived, hold as hold_backup, judge, prune,
    server_archives, standing,
};
use cloison_control::copies::{self, CopyError, Restored};
use cloison_control::erasures::{hold, release};
use cloison_control::operations::{WorkerConfig, cancel};
use cloison_model::{OperationState, RetentionPolicy};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{name, world};
use crate::call::wait_for_a_waiter;
use crate::world::{World, call};

/// So many backups, the oldest so many days old, each of a changed database.
async fn backed_up_daily(world: &World, days: i64) {
    world.made("blue").await;
    for day in (0..days).rev() {
        let insert = format!("insert into notes values ('day {day}')");
        world.run_in("studio_1_db", &insert).await;
        world.back_up().await;
        let age = format!(
            "update backups set taken_at = now() - interval '{day} days'
             where taken_at = (select max(taken_at) from backups)"
        );
        world.execute(&age).await;
    }
}

impl World {
    /// The backups, the newest first.
    async fn backups(&self) -> Vec<Uuid> {
        let client = self.server.connect(cloison_catalog::DATABASE).await;
        let query = "select id from backups order by taken_at desc";
        client.query(query, &[]).await.unwrap().iter().map(|it| it.get(0)).collect()
    }

    fn keep_days(&mut self, daily: u16) -> cloison_control::backups::Backups {
        let backups = self.control.backups.as_mut().unwrap();
        backups.retention = RetentionPolicy { daily, weekly: 0, monthly: 0 };
        backups.clone()
    }
}

#[tokio::test]
async fn who_holds_or_restores_while_others_prune_loses_nothing() {
    let (mut world, _safe) = world().await;
    backed_up_daily(&world, 2).await;
    let backups = world.keep_days(1);
    let now = Timestamp::now();
    // Whoever holds has the tenant's row, and is about to commit.
    let mut holder = world.server.connect(cloison_catalog::DATABASE).await;
    for by in [
        "insert into legal_holds (organization_id, held_by, reason) select id, 'kim', 'a lawsuit' from organizations",
        "update backups set held_by = 'kim', held_why = 'a trial'",
        "insert into copies (id, organization_id, server_id, database_name, backup_id, drop_after)
         select backups.id, organization_id, server_id, backups.id::text, backups.id, now()
         from backups join tenants using (organization_id)",
    ] {
        // It is judged to go before that.
        let judged = judge(&world.control, &backups, None, now).await.unwrap();
        assert!(judged.iter().any(|it| it.verdict != judged[0].verdict));
        let holding = holder.transaction().await.unwrap();
        holding.batch_execute("select from tenants for update").await.unwrap();
        holding.batch_execute(by).await.unwrap();
        let pruning = prune(&world.control, &backups, None, now);
        let committing = async {
            wait_for_a_waiter(&world).await;
            holding.commit().await.unwrap();
        };
        let (pruned, ()) = tokio::join!(pruning, committing);
        assert!(pruned.unwrap().is_empty(), "{by}");
        let undo = "delete from copies; delete from legal_holds; update backups set held_by = null, held_why = null";
        holder.simple_query(undo).await.unwrap();
    }
    assert_eq!(prune(&world.control, &backups, None, now).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_cannot_be_deleted_keeps_nothing_else_and_is_nobodys() {
    let (mut world, safe) = world().await;
    backed_up_daily(&world, 3).await;
    let backups = world.keep_days(1);
    let (now, ids) = (Timestamp::now(), world.backups().await);
    let folder = format!("tenants/{}/backups/{}", world.id("blue").await, ids[1]);
    safe.lock(&folder);

    assert!(prune(&world.control, &backups, None, now).await.is_err(), "it is told");
    assert_eq!(world.backups().await, ids[..1]);
    assert_eq!(world.count("backups_going").await, 1);
    let left = |id: Uuid| fs::exists(safe.store().join(&folder).with_file_name(id.to_string()));
    assert!(!left(ids[2]).unwrap(), "the one behind it has gone");
    let late = hold_backup(&world.control, &call(), &name("blue"), ids[1], Some("a trial")).await;
    assert!(matches!(late, Err(AskError::NoBackup)), "{late:?}");

    safe.unlock(&folder);
    assert!(prune(&world.control, &backups, None, now).await.unwrap().is_empty());
    assert!(!left(ids[1]).unwrap());
    assert_eq!(world.count("backups_going").await, 0);
}

#[tokio::test]
async fn a_broken_one_goes_only_if_it_is_broken_still_and_another_was_read() {
    let (mut world, safe) = world().await;
    backed_up_daily(&world, 3).await;
    let backups = world.keep_days(9);
    let (now, ids) = (Timestamp::now(), world.backups().await);
    let pruned = async || prune(&world.control, &backups, None, now).await.unwrap().len();
    let manifest = format!("tenants/{}/backups/{}/manifest.json", world.id("blue").await, ids[2]);
    fs::remove_file(safe.store().join(manifest)).unwrap();
    world
        .execute("update backups set broken_why = 'so they said', broken_at = now() where taken_at < now() - interval '12 hours'")
        .await;
    world.execute("update backups set verified_at = now() where broken_why is null").await;
    assert_eq!(pruned().await, 0, "it may be a mistake, and somebody reads of it");
    world
        .execute(
            "update backups set broken_at = now() - interval '8 days' where broken_why is not null",
        )
        .await;
    world.execute("update backups set verified_at = null").await;
    assert_eq!(pruned().await, 0, "nobody knows whether the newer one is any better");

    world.execute(&format!("update backups set verified_at = now() where id = '{}'", ids[0])).await;
    assert_eq!(pruned().await, 1);
    assert_eq!(world.backups().await, ids[..2]);
    assert_eq!(world.count("backups where broken_why is not null").await, 0, "looked at again");
}

#[tokio::test]
async fn newer_backups_take_the_place_of_older_ones_and_held_ones_stay() {
    let (mut world, safe) = world().await;
    backed_up_daily(&world, 5).await;
    world.execute("update backups set held_by = 'kim', held_why = 'a trial' where taken_at < now() - interval '3 days 12 hours'").await;
    let policy = RetentionPolicy { daily: 2, weekly: 0, monthly: 0 };
    world.control.backups.as_mut().unwrap().retention = policy;
    let backups = world.control.backups.clone().unwrap();
    let now = Timestamp::now();
    assert_eq!(safe.objects().len(), 11);

    let judged = judge(&world.control, &backups, Some(&name("blue")), now).await.unwrap();
    assert_eq!(judged.len(), 5);
    assert_eq!(safe.objects().len(), 11, "judging touches nothing");
    assert_eq!(prune(&world.control, &backups, None, now).await.unwrap().len(), 2);
    assert_eq!(world.count("backups").await, 3);
    assert_eq!(safe.objects().len(), 7);
    assert_eq!(prune(&world.control, &backups, None, now).await.unwrap().len(), 0);

    let copy = world.restored("blue").await;
    world.is_done(copy).await;
}

#[tokio::test]
async fn a_backup_that_is_being_restored_is_not_pruned() {
    let (mut world, _safe) = world().await;
    backed_up_daily(&world, 2).await;
    world.control.backups.as_mut().unwrap().retention =
        RetentionPolicy { daily: 1, weekly: 0, monthly: 0 };
    let backups = world.control.backups.clone().unwrap();
    let client = world.server.connect(cloison_catalog::DATABASE).await;
    let oldest = "select id from backups order by taken_at limit 1";
    let oldest = client.query_one(oldest, &[]).await.unwrap().get(0);
    let restore =
        copies::restore(&world.control, &call(), &name("blue"), Restored::Backup(oldest)).await;
    let now = Timestamp::now();
    assert!(prune(&world.control, &backups, None, now).await.unwrap().is_empty());
    world.work_off(&WorkerConfig::default()).await;
    world.is_done(restore.unwrap()).await;
    assert_eq!(prune(&world.control, &backups, None, now).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_copy_goes_when_its_time_is_over() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    world.back_up().await;
    world.restored("blue").await;
    assert_eq!(drop_outlived(&world.control).await.unwrap(), 0);
    world.execute("update copies set drop_after = now() - interval '1 second'").await;
    assert_eq!(drop_outlived(&world.control).await.unwrap(), 1);
    // It is on its way.
    assert_eq!(drop_outlived(&world.control).await.unwrap(), 0);
    world.work_off(&WorkerConfig::default()).await;
    assert!(world.copies_on_server().await.is_empty());
    assert_eq!(world.count("copies").await, 0);
}

#[tokio::test]
async fn a_copy_is_swapped_or_dropped_and_not_both() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    world.back_up().await;
    let copy = world.restored("blue").await;
    let (blue, worker) = (name("blue"), WorkerConfig::default());
    let drop_it = async || copies::drop_one(&world.control, &call(), &blue, copy.0).await;
    let swap_it = async || copies::swap(&world.control, &call(), &blue, copy.0).await;
    let past = "update copies set drop_after = now() - interval '1 second'";

    // Nobody drops what is being swapped, and least of all by what it was before.
    world.execute(past).await;
    let swap = swap_it().await.unwrap();
    assert!(matches!(drop_it().await, Err(CopyError::NotReady)));
    assert_eq!(drop_outlived(&world.control).await.unwrap(), 0);
    cancel(&world.control, &call(), swap).await.unwrap();
    world.work_off(&worker).await;
    assert_eq!(world.count("copies where state = 'READY'").await, 1, "it was cancelled");
    let swap = swap_it().await.unwrap();
    world.work_off(&worker).await;
    world.is_done(swap).await;
    assert_eq!(world.count("copies where state = 'READY' and was_live").await, 1);
    assert_eq!(drop_outlived(&world.control).await.unwrap(), 0, "it is young again");

    // And the other way round, until whoever drops it has given up.
    let dropped = drop_it().await.unwrap();
    assert!(matches!(swap_it().await, Err(CopyError::NotReady)));
    assert!(matches!(drop_it().await, Err(CopyError::NotReady)));
    let given_up = "update operations set state = 'FAILED', error = 'a test', finished_at = now() where id = $1";
    let client = world.server.connect(cloison_catalog::DATABASE).await;
    client.execute(given_up, &[&dropped.0]).await.unwrap();
    world.execute(past).await;

    // What is on hold keeps its copies.
    hold(&world.control, &call(), &blue, "a trial").await.unwrap();
    assert!(matches!(drop_it().await, Err(CopyError::Held(_))));
    assert_eq!(drop_outlived(&world.control).await.unwrap(), 0);
    release(&world.control, &call(), &blue).await.unwrap();
    assert_eq!(drop_outlived(&world.control).await.unwrap(), 1);
    world.work_off(&worker).await;
    assert!(world.copies_on_server().await.is_empty());
    world.check_whole().await;
}

#[tokio::test]
async fn everybody_is_drilled_in_turn_and_a_failure_is_on_record() {
    let (world, safe) = world().await;
    world.made("blue").await;
    world.made("red").await;
    let now = Timestamp::now();
    assert_eq!(begin_drills(&world.control, now).await.unwrap(), 0, "there is no backup");
    world.back_up().await;
    // That the server's archive is good says nothing of a backup.
    world.execute("insert into drills (id, organization_id, holds_at, finished_at) select gen_random_uuid(), id, now(), now() from organizations").await;
    // One at a time on a server.
    assert_eq!(begin_drills(&world.control, now).await.unwrap(), 1);
    assert_eq!(begin_drills(&world.control, now).await.unwrap(), 0);
    world.work_off(&WorkerConfig::default()).await;
    let tomorrow = now + SignedDuration::from_hours(25);
    assert_eq!(begin_drills(&world.control, tomorrow).await.unwrap(), 1);
    // The second of them finds that somebody has been at its backup.
    for dump in safe.objects().iter().filter(|it| it.contains(".dump.")) {
        let path = safe.store().join(dump);
        let mut bytes = fs::read(&path).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(path, bytes).unwrap();
    }
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.count("drills where backup_id is not null and failed_why is null").await, 1);
    assert_eq!(world.count("drills where failed_why is not null").await, 1);
    assert_eq!(world.count("backups where broken_why is not null").await, 1);
    let failing = standing(&world.control).await.unwrap().drills_failing;
    assert_eq!((failing.len(), failing[0].how_many), (1, 1));
    assert!(failing[0].failed_why.is_some());
    let servers = server_archives(&world.control).await.unwrap();
    assert!(servers[0].drilled.as_ref().is_some_and(|it| it.failed_why.is_none()), "{servers:?}");
    assert!(matches!(servers[0].holds, Holds::Unknown(_)), "no archive is configured");
    assert!(world.copies_on_server().await.is_empty());
    // What is found broken is made again.
    world.back_up().await;
    assert_eq!(world.count("backups where broken_why is null").await, 2);
}

#[tokio::test]
async fn a_backup_is_read_whole_to_see_whether_it_is_one() {
    let (world, safe) = world().await;
    world.made("blue").await;
    world.back_up().await;
    let verify = async || {
        let asked = copies::verify(&world.control, &call(), &name("blue"), Restored::Newest).await;
        world.work_off(&WorkerConfig::default()).await;
        world.outcome(asked.unwrap()).await
    };
    assert_eq!(verify().await.0, OperationState::Done);
    assert_eq!(world.count("backups where verified_at is not null").await, 1);
    let dump = safe.path_of(".age");
    fs::write(&dump, b"age-encryption.org/v1\nnot any more").unwrap();
    let (state, why) = verify().await;
    assert_eq!(state, OperationState::Failed);
    assert!(why.contains("bytes and not"), "{why}");
    assert_eq!(world.count("backups where broken_why is not null").await, 1);
}
