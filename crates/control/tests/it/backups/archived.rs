//! A tenant whose customer has left goes from its server, and can come back.

use cloison_control::backups::begin_archiving;
use cloison_control::erasures::{HoldError, Terms, hold, release};
use cloison_control::life_cycle::{CommandError, command};
use cloison_control::operations::{Stopped, WorkerConfig, cancel};
use cloison_model::{Command, OperationId, OperationState};
use jiff::{SignedDuration, Timestamp};

use super::{name, world};
use crate::cuts::{Rehearsal, kill_everywhere};
use crate::world::{World, call};

async fn asked(world: &World, subdomain: &str, what: Command) -> OperationId {
    command(&world.control, &call(), &name(subdomain), what, None).await.unwrap()
}

async fn done(world: &World, subdomain: &str, what: Command) {
    let operation = asked(world, subdomain, what).await;
    world.work_off(&WorkerConfig::default()).await;
    world.is_done(operation).await;
    let told = match what {
        Command::Archive => "tenant.archived",
        Command::Unarchive => "tenant.unarchived",
        _ => "tenant.cancelled",
    };
    assert_eq!(world.told(operation).await, [told]);
}

async fn left(world: &World, subdomain: &str) {
    world.made(subdomain).await;
    done(world, subdomain, Command::Cancel).await;
}

#[tokio::test]
async fn it_goes_and_comes_back_with_all_that_it_had() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    world.run_in("studio_1_db", "insert into notes values ('kept')").await;
    let early = command(&world.control, &call(), &name("blue"), Command::Archive, None).await;
    assert!(matches!(early, Err(CommandError::Refused(_))), "its customer is here");
    done(&world, "blue", Command::Cancel).await;
    world.back_up().await;
    world.restored("blue").await;

    world
        .execute(
            "insert into domains (id, hostname, organization_id, verification_token, verified_at)
             select gen_random_uuid(), 'booking.example', id, 'token', now() from organizations",
        )
        .await;
    done(&world, "blue", Command::Archive).await;
    assert_eq!(world.count("domains").await, 0, "nobody is served there");
    assert_eq!(world.count("events where data ->> 'why' = 'archived'").await, 1);
    assert_eq!(world.states("blue").await, "CANCELLED EXPORT_ONLY ARCHIVED");
    assert!(world.left_on_server().await.is_empty());
    assert!(world.copies_on_server().await.is_empty());
    assert_eq!(world.count("backups where held_by is not null").await, 1);
    assert_eq!(world.count("copies").await, 0);

    done(&world, "blue", Command::Unarchive).await;
    assert_eq!(world.states("blue").await, "CANCELLED EXPORT_ONLY READY");
    assert_eq!(world.notes("studio_1_db").await, ["kept", "kim@example.com"]);
    assert_eq!(world.may("blue").await, "read");
    assert_eq!(world.count("backups where held_by is not null").await, 0);
    world.check_whole().await;
}

#[tokio::test]
async fn whoever_left_over_a_year_ago_is_archived_without_anybody_asking() {
    let (world, _safe) = world().await;
    left(&world, "blue").await;
    world.made("red").await;
    let now = Timestamp::now();
    assert_eq!(begin_archiving(&world.control, now).await.unwrap(), 0);
    let later = now + SignedDuration::from_hours(24 * 367);
    assert_eq!(begin_archiving(&world.control, later).await.unwrap(), 1);
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.states("blue").await, "CANCELLED EXPORT_ONLY ARCHIVED");
    assert_eq!(world.states("red").await, "TRIALING FULL READY");
}

#[tokio::test]
async fn who_was_brought_back_is_left_in_peace_and_so_is_who_is_held() {
    let (world, _safe) = world().await;
    for subdomain in ["blue", "red"] {
        left(&world, subdomain).await;
    }
    world.execute("update subscriptions set cancelled_at = now() - interval '400 days'").await;
    hold(&world.control, &call(), &name("red"), "a trial").await.unwrap();
    let now = async || begin_archiving(&world.control, Timestamp::now()).await.unwrap();
    assert_eq!(now().await, 1);
    assert_eq!(now().await, 0, "it is under way");
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.states("blue").await, "CANCELLED EXPORT_ONLY ARCHIVED");
    assert_eq!(world.states("red").await, "CANCELLED EXPORT_ONLY READY");
    done(&world, "blue", Command::Unarchive).await;
    assert_eq!(now().await, 0);
}

/// The last moment at which a hold takes it back is the commit before the database goes.
#[tokio::test]
async fn a_hold_stops_it_until_the_database_goes() {
    let (world, _safe) = world().await;
    left(&world, "blue").await;
    let held = async || hold(&world.control, &call(), &name("blue"), "a trial").await.map(drop);
    // Before the commits of the first step and of the seventh.
    for place in [1, 19] {
        let archive = asked(&world, "blue", Command::Archive).await;
        assert_eq!(world.run_to(place).await, Some(Stopped::Killed));
        held().await.unwrap();
        world.work_off(&WorkerConfig::default()).await;
        let (state, why) = world.outcome(archive).await;
        assert_eq!(state, OperationState::Failed);
        assert!(why.starts_with("it is not archived: a test has had it on hold"), "{why}");
        assert_eq!(world.states("blue").await, "CANCELLED EXPORT_ONLY READY");
        assert_eq!(world.may("blue").await, "read");
        release(&world.control, &call(), &name("blue")).await.unwrap();
    }
    assert_eq!(world.count("backups where held_by is not null").await, 0);
    asked(&world, "blue", Command::Archive).await;
    assert_eq!(world.run_to(20).await, Some(Stopped::Killed), "after that commit");
    let late = held().await;
    assert!(matches!(late, Err(HoldError::Archiving)), "{late:?}");
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.states("blue").await, "CANCELLED EXPORT_ONLY ARCHIVED");
    held().await.unwrap();
}

#[tokio::test]
async fn one_that_has_failed_at_the_end_is_gone_on_with() {
    let (world, _safe) = world().await;
    left(&world, "blue").await;
    asked(&world, "blue", Command::Archive).await;
    assert_eq!(world.run_to(20).await, Some(Stopped::Killed), "before the database is dropped");
    let give_up = "update operations set state = 'FAILED', error = 'a test', finished_at = now() where state = 'RUNNING'";
    world.execute(give_up).await;
    let report = world.examined(false).await;
    let [finding] = &report.findings[..] else { panic!("{report:#?}") };
    let mend = finding.mend.as_ref().unwrap();
    assert!(mend.ends_with("cloison tenants archive blue"), "{finding:?}");
    let ask = async |what| command(&world.control, &call(), &name("blue"), what, None).await;
    assert!(matches!(ask(Command::Unarchive).await, Err(CommandError::Refused(_))));

    // Whoever gets in may have written what no archive has.
    world.run_in("postgres", "grant connect on database studio_1_db to studio_1_db").await;
    let refused = ask(Command::Archive).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    let (state, why) = world.outcome(refused).await;
    assert_eq!(state, OperationState::Failed);
    assert!(why.contains("gets into the database studio_1_db again"), "{why}");
    world.run_in("postgres", "revoke connect on database studio_1_db from studio_1_db").await;
    done(&world, "blue", Command::Archive).await;
    assert!(world.left_on_server().await.is_empty());
    assert!(matches!(ask(Command::Archive).await, Err(CommandError::Refused(_))));
    done(&world, "blue", Command::Unarchive).await;
    world.check_whole().await;
}

#[tokio::test]
async fn what_cannot_be_restored_is_not_dropped() {
    let (mut world, safe) = world().await;
    left(&world, "blue").await;
    world.execute("update subscriptions set cancelled_at = now() - interval '400 days'").await;
    // The restore of the check fails: the keystore has lost the key in between.
    world.back_up().await;
    world.execute("update backups set held_by = 'kim', held_why = 'a trial'").await;
    for entry in std::fs::read_dir(safe.keys()).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_str().unwrap().starts_with("tenant-") {
            std::fs::remove_file(path).unwrap();
        }
    }
    let archive = asked(&world, "blue", Command::Archive).await;
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.outcome(archive).await.0, OperationState::Failed);
    assert_eq!(world.states("blue").await, "CANCELLED EXPORT_ONLY READY");
    assert_eq!(world.notes("studio_1_db").await, ["kim@example.com"]);
    assert_eq!(world.may("blue").await, "read");
    // What it was to be archived with is a backup like any other, and it is not tried again at once.
    assert_eq!(world.count("backups where held_by = 'kim'").await, 1);
    assert_eq!(world.count("backups where held_by is not null").await, 1);
    let now = Timestamp::now();
    assert_eq!(begin_archiving(&world.control, now).await.unwrap(), 0);
    let tomorrow = now + SignedDuration::from_hours(25);
    assert_eq!(begin_archiving(&world.control, tomorrow).await.unwrap(), 1);
    world.control.backups = None;
    let without = command(&world.control, &call(), &name("blue"), Command::Archive, None).await;
    assert!(matches!(without, Err(CommandError::NotConfigured(_))));
}

#[tokio::test]
async fn it_is_cancelled_as_long_as_the_database_is_there() {
    let (world, _safe) = world().await;
    left(&world, "blue").await;
    let archive = asked(&world, "blue", Command::Archive).await;
    cancel(&world.control, &call(), archive).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.outcome(archive).await.0, OperationState::Cancelled);
    assert_eq!(world.states("blue").await, "CANCELLED EXPORT_ONLY READY");
    assert_eq!(world.may("blue").await, "read");
    world.check_whole().await;
}

/// After a recovery of the control database a tenant may count as archived that came back long since.
#[tokio::test]
async fn what_is_in_its_place_already_is_not_replaced() {
    let (world, _safe) = world().await;
    left(&world, "blue").await;
    done(&world, "blue", Command::Archive).await;
    done(&world, "blue", Command::Unarchive).await;
    world.run_in("studio_1_db", "insert into notes values ('since')").await;

    // As if the backup of the control database were of before, and then of the middle.
    world.execute("update tenants set phase = 'ARCHIVED'").await;
    let refused = asked(&world, "blue", Command::Unarchive).await;
    world.work_off(&WorkerConfig::default()).await;
    let (state, why) = world.outcome(refused).await;
    assert_eq!(state, OperationState::Failed);
    assert!(why.starts_with("the database studio_1_db is on the server"), "{why}");
    world
        .execute(
            "update operations
             set state = 'RUNNING', step = 'fill_copy', finished_at = null
             where kind = 'unarchive' and state = 'DONE'",
        )
        .await;
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.count("operations where kind = 'unarchive' and state = 'FAILED'").await, 2);
    assert_eq!(world.notes("studio_1_db").await, ["kim@example.com", "since"]);
    assert_eq!(world.left_on_server().await, ["database studio_1_db", "role studio_1_db"]);
}

#[tokio::test]
async fn an_unarchive_that_is_cancelled_leaves_nothing_on_the_server() {
    let (world, _safe) = world().await;
    left(&world, "blue").await;
    done(&world, "blue", Command::Archive).await;
    let unarchive = asked(&world, "blue", Command::Unarchive).await;
    // After its database was filled, and before that is committed.
    assert_eq!(world.run_to(1).await, Some(Stopped::Killed));
    assert_eq!(world.left_on_server().await, ["database studio_1_db"]);
    cancel(&world.control, &call(), unarchive).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.outcome(unarchive).await.0, OperationState::Cancelled);
    assert!(world.left_on_server().await.is_empty());
    done(&world, "blue", Command::Unarchive).await;
    world.check_whole().await;
}

/// An older backup would lack what was written since.
#[tokio::test]
async fn it_comes_back_from_its_archive_and_from_nothing_else() {
    let (world, _safe) = world().await;
    left(&world, "blue").await;
    world.back_up().await;
    world.run_in("studio_1_db", "insert into notes values ('since')").await;
    done(&world, "blue", Command::Archive).await;
    world.execute("update backups set broken_why = 'a test' where held_by is not null").await;
    let refused = command(&world.control, &call(), &name("blue"), Command::Unarchive, None).await;
    assert!(matches!(refused, Err(CommandError::BrokenBackup { .. })), "{refused:?}");
}

#[tokio::test]
async fn its_erasure_can_be_taken_back() {
    let (world, _safe) = world().await;
    left(&world, "blue").await;
    done(&world, "blue", Command::Archive).await;
    let terms = Terms { without_fiscal_archive: true, ..Terms::default() };
    let erasure = world.to_be_erased("blue", terms).await;
    assert_eq!(world.run_once().await, Some(Stopped::Waiting));
    cancel(&world.control, &call(), erasure).await.unwrap();
    assert_eq!(world.run_once().await, Some(Stopped::Ended(OperationState::Cancelled)));
    assert_eq!(world.states("blue").await, "CANCELLED EXPORT_ONLY ARCHIVED");
    done(&world, "blue", Command::Unarchive).await;
    assert_eq!(world.notes("studio_1_db").await, ["kim@example.com"]);
}

#[tokio::test]
async fn killed_anywhere_it_goes_on() {
    let (world, _safe) = world().await;
    let begin =
        async |world: &World, subdomain: &str| asked(world, subdomain, Command::Archive).await;
    kill_everywhere(&world, Rehearsal { prepare: left, begin }, async |world, subdomain, it| {
        world.is_done(it).await;
        assert_eq!(world.states(subdomain).await, "CANCELLED EXPORT_ONLY ARCHIVED");
        // And back, so that every database has its row again.
        done(world, subdomain, Command::Unarchive).await;
    })
    .await;
}

#[tokio::test]
async fn killed_anywhere_on_the_way_back_it_goes_on() {
    let (world, _safe) = world().await;
    let prepare = async |world: &World, subdomain: &str| {
        left(world, subdomain).await;
        done(world, subdomain, Command::Archive).await;
    };
    let begin =
        async |world: &World, subdomain: &str| asked(world, subdomain, Command::Unarchive).await;
    kill_everywhere(&world, Rehearsal { prepare, begin }, async |world, subdomain, it| {
        world.is_done(it).await;
        assert_eq!(world.states(subdomain).await, "CANCELLED EXPORT_ONLY READY");
        assert_eq!(world.may(subdomain).await, "read");
    })
    .await;
}
