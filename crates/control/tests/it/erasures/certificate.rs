//! What is left: the tombstone, and a document that can be checked without us.

use cloison_archive::{SignatureError, verify_file};
use cloison_control::copies::{self, CopyError, Restored};
use cloison_control::erasures::{Terms, tombstone_named};
use cloison_control::operations::{Cuts, Place, WorkerConfig, run_due};
use cloison_model::Step;
use jiff::Timestamp;

use crate::backups::{name, world};
use crate::world::{World, call};

#[tokio::test]
async fn it_says_what_was_done_and_is_in_both_places() {
    let (mut world, safe) = world().await;
    world.control.backups.as_mut().unwrap().point_in_time_days = Some(14);
    world.made("blue").await;
    world.back_up().await;
    let tenant = world.id("blue").await;
    let before = Timestamp::now();
    let operation = world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.work_off(&WorkerConfig::default()).await;

    let it = world.certificate(operation).await;
    assert_eq!((it.organization_id, it.organization_number), (tenant.0, 1));
    assert_eq!(
        (it.requested_by.as_str(), it.reason.as_str()),
        ("a test", "the contract has ended")
    );
    let done = &it.done;
    let times = [
        it.requested_at,
        done.fenced_at,
        done.legal_hold_checked_at,
        done.database_dropped_at,
        done.role_dropped_at,
        done.archives_deleted.at,
        done.tombstone_written_at,
        it.issued_at,
    ];
    assert!(times.is_sorted() && times[0] >= before, "{times:?}");
    assert_eq!((done.archives_deleted.count, done.archives_deleted.versions), (1, 2));
    assert_eq!((done.exports_deleted.count, done.exports_deleted.versions), (0, 0));
    assert_eq!(done.key_destroyed.name, format!("tenant-{tenant}"));
    assert!(done.key_destroyed.keystore.starts_with("directory "), "{done:?}");
    let until = it.point_in_time_until.unwrap();
    assert_eq!(until.duration_since(done.database_dropped_at).as_hours(), 14 * 24);
    assert_eq!(it.kept, []);

    let stored = std::fs::read(safe.path_of(&format!("erasures/{tenant}.json"))).unwrap();
    assert_eq!(stored, world.certificate_bytes(operation).await);
    let text = String::from_utf8(stored).unwrap();
    for secret in ["blue", "kim@example.com"] {
        assert!(!text.contains(secret), "{secret} outlives the tenant");
    }
    let altered = text.replace("the contract has ended", "the contract has begun");
    let refused = verify_file(altered.as_bytes(), None).unwrap_err();
    assert!(matches!(refused, SignatureError::Altered { .. }), "{refused}");
}

/// It has failed behind the point of no return, and was asked for again.
#[tokio::test]
async fn gone_on_with_it_says_what_the_first_attempt_has_done() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    world.back_up().await;
    world.to_be_erased("blue", Terms::AT_ONCE).await;
    let cuts = Cuts::when(|cut| cut.place == Place::BeforeEffect && cut.step == Step::Bury);
    run_due(&world.control, &WorkerConfig { cuts, ..WorkerConfig::default() }).await.unwrap();
    let dropped = "select made -> 'drop_database' ->> 'at' from erasure_requests";
    let client = world.server.connect(cloison_catalog::DATABASE).await;
    let dropped: String = client.query_one(dropped, &[]).await.unwrap().get(0);
    let failed = "update operations set state = 'FAILED', error = 'x', finished_at = now(), worker = null where state = 'RUNNING'";
    assert_eq!(world.execute(failed).await, 1);

    let operation = world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.work_off(&WorkerConfig::default()).await;
    let done = world.certificate(operation).await.done;
    assert_eq!((done.archives_deleted.count, done.archives_deleted.versions), (1, 2));
    assert_eq!(done.database_dropped_at, dropped.parse().unwrap());
}

/// Without a store there is no keystore, so there is nothing to sign with; the tombstone is there all the same.
#[tokio::test]
async fn without_a_store_there_is_a_tombstone_and_no_certificate() {
    let world = World::idle().await;
    world.made("blue").await;
    world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.count("erasures where certificate is null and asked_at is not null").await, 1);
}

#[tokio::test]
async fn what_was_erased_is_not_restored() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    world.back_up().await;
    let tenant = world.id("blue").await;
    world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.work_off(&WorkerConfig::default()).await;

    let client = world.control.catalog.client().await.unwrap();
    for named in [tenant.to_string(), "1".to_owned(), "studio_1_db".to_owned()] {
        let tombstone = tombstone_named(&client, &named).await.unwrap().unwrap();
        assert_eq!(tombstone.organization, tenant, "{named}");
    }
    assert_eq!(tombstone_named(&client, "blue").await.unwrap(), None, "names are not kept");
    drop(client);
    for of in ["1", &tenant.to_string()] {
        let Ok(subdomain) = of.parse() else { continue };
        for refused in [
            copies::restore(&world.control, &call(), &subdomain, Restored::Newest).await,
            copies::drill(&world.control, &call(), &subdomain, Restored::Newest).await,
        ] {
            let Err(CopyError::Erased(why)) = refused else { panic!("{refused:?}") };
            assert!(why.contains("was erased on") && why.contains("never restored"), "{why}");
        }
    }
    // Another customer may have the name, and nothing of the first one's.
    world.made("blue").await;
    let none = copies::restore(&world.control, &call(), &name("blue"), Restored::Newest).await;
    assert!(matches!(none, Err(CopyError::NoBackup)), "{none:?}");
}
