//! What a backup is for.

use cloison_control::copies::{self, CopyError, Restored};
use cloison_control::life_cycle::command;
use cloison_control::operations::WorkerConfig;
use cloison_model::{Command, OperationState};
use uuid::Uuid;

use super::{name, world};
use crate::world::call;

#[tokio::test]
async fn a_copy_stands_beside_is_swapped_in_and_swapped_back() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    world.made("red").await;
    world.run_in("studio_1_db", "insert into notes values ('kept')").await;
    world.back_up().await;
    world.run_in("studio_1_db", "delete from notes; insert into notes values ('a mistake')").await;

    let copy = world.restored("blue").await;
    world.is_done(copy).await;
    assert_eq!(world.count("copies where lived_until is null").await, 1);
    let database = world.copy_database().await;
    assert_eq!(world.notes(&database).await, ["kept", "kim@example.com"]);
    assert_eq!(world.notes("studio_1_db").await, ["a mistake"]);

    let swap = world.swapped("blue", copy).await;
    world.is_done(swap).await;
    assert_eq!(world.notes("studio_1_db").await, ["kept", "kim@example.com"]);
    assert_eq!(world.notes(&database).await, ["a mistake"]);
    assert_eq!(world.count("tenants where phase = 'READY'").await, 2);
    assert_eq!(world.count("copies where was_live and drop_after > now() + '6 days'").await, 1);
    assert_eq!(world.may("blue").await, "write");
    assert_eq!(world.may("red").await, "write");

    // What was written meanwhile is in the other one.
    let back = world.swapped("blue", copy).await;
    world.is_done(back).await;
    assert_eq!(world.notes("studio_1_db").await, ["a mistake"]);
    assert_eq!(world.notes(&database).await, ["kept", "kim@example.com", "x"]);
    // So this one is not to be mistaken for what a backup holds as well.
    assert_eq!(world.count("copies where not was_live and lived_until is not null").await, 1);

    let dropped = copies::drop_one(&world.control, &call(), &name("blue"), copy.0).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    world.is_done(dropped).await;
    assert!(world.copies_on_server().await.is_empty());
    world.check_whole().await;
}

/// As `doctor` and a recovery advise.
#[tokio::test]
async fn a_copy_takes_the_place_of_a_database_that_is_gone() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    world.back_up().await;
    for also in ["select", "drop role studio_1_db"] {
        world.run_in("postgres", "drop database studio_1_db with (force)").await;
        world.run_in("postgres", also).await;
        let copy = world.restored("blue").await;
        world.is_done(copy).await;
        let swap = world.swapped("blue", copy).await;
        world.is_done(swap).await;
        assert_eq!(world.notes("studio_1_db").await, ["kim@example.com"]);
        assert_eq!(world.may("blue").await, "write");
        assert_eq!(world.count("copies").await, 0, "nothing stands beside it");
        world.check_whole().await;
    }
    // One that is gone as well cannot, and then the tenant is as it was.
    let copy = world.restored("blue").await;
    let database = world.copy_database().await;
    for gone in ["studio_1_db", &database] {
        world.run_in("postgres", &format!("drop database {gone}")).await;
    }
    let swap = world.swapped("blue", copy).await;
    assert_eq!(world.outcome(swap).await.0, OperationState::Failed);
    assert_eq!(world.states("blue").await, "TRIALING FULL READY");
}

#[tokio::test]
async fn a_drill_leaves_evidence_and_nothing_else() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    world.back_up().await;
    let drill =
        copies::drill(&world.control, &call(), &name("blue"), Restored::Newest).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    world.is_done(drill).await;
    let passed =
        "drills where failed_why is null and finished_at is not null and restore_seconds > 0
        and checked ->> 'rows' = '2' and checked ->> 'pages' = 'indexes and tables agree'";
    assert_eq!(world.count(passed).await, 1, "a note and a row of the history");
    assert_eq!(world.count("copies").await, 0);
    assert!(world.copies_on_server().await.is_empty());
    world.check_whole().await;
}

#[tokio::test]
async fn what_cannot_be_restored_is_refused_in_words() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    world.made("red").await;
    let restore = async |whose: &str, what| {
        copies::restore(&world.control, &call(), &name(whose), what).await
    };
    assert!(matches!(restore("blue", Restored::Newest).await, Err(CopyError::NoBackup)));
    assert!(matches!(restore("grey", Restored::Newest).await, Err(CopyError::NoTenant(_))));
    world.back_up().await;
    let client = world.server.connect(cloison_catalog::DATABASE).await;
    let of_red: Uuid = client
        .query_one(
            "select backups.id from backups join organizations on organizations.id = organization_id
             where subdomain = 'red'",
            &[],
        )
        .await
        .unwrap()
        .get(0);
    let of_another = restore("blue", Restored::Backup(of_red)).await;
    assert!(matches!(of_another, Err(CopyError::NotItsBackup)));
    assert_eq!(world.count("copies").await, 0);
}

#[tokio::test]
async fn who_is_erased_takes_backups_copies_and_keys_along() {
    let (world, safe) = world().await;
    world.made("blue").await;
    world.made("red").await;
    world.back_up().await;
    let tenant = world.id("blue").await;
    world.restored("blue").await;
    // One more that nobody works on yet.
    copies::restore(&world.control, &call(), &name("blue"), Restored::Newest).await.unwrap();

    let erased = command(&world.control, &call(), &name("blue"), Command::Erase, None).await;
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.outcome(erased.unwrap()).await.0, OperationState::Done);
    assert!(world.copies_on_server().await.is_empty());
    assert_eq!(world.count("backups").await, 1);
    assert_eq!(world.count("backup_keys").await, 1);
    let left = safe.objects();
    let of_tenant: Vec<_> = left.iter().filter(|it| it.contains(&tenant.0.to_string())).collect();
    assert_eq!(
        of_tenant,
        [&format!("erasures/{tenant}.json")],
        "the certificate, and nothing else"
    );
    assert_eq!(left.len(), 4, "red's two, the signing key, and the certificate: {left:?}");
    assert_eq!(world.count("operations where state = 'RUNNING'").await, 0);
    world.check_whole().await;
}
