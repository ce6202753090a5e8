//! What comes too late, or comes back.

use std::fs;

use cloison_control::doctor::{Check, Finding};
use cloison_control::erasures::{Swept, Terms, sweep};
use cloison_control::operations::{Cuts, Place, WorkerConfig, run_due};
use cloison_model::Step;
use jiff::{SignedDuration, Timestamp};

use crate::backups::world;
use crate::world::World;

async fn swept(world: &World) -> Swept {
    let backups = world.control.backups.as_ref().unwrap();
    sweep(&world.control, backups, Timestamp::now()).await.unwrap()
}

#[tokio::test]
async fn an_upload_that_ends_too_late_is_deleted() {
    let (world, safe) = world().await;
    world.made("blue").await;
    world.made("red").await;
    world.back_up().await;
    let tenant = world.id("blue").await;
    world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(swept(&world).await, Swept::default());

    let late = safe.store().join(format!("tenants/{tenant}/backups/late"));
    fs::create_dir_all(&late).unwrap();
    fs::write(late.join("x.dump.zst.age"), "late").unwrap();
    assert_eq!(swept(&world).await, Swept { deleted: 1, ..Swept::default() });
    assert!(!late.exists());
    let of_red = safe.objects().iter().filter(|it| it.starts_with("tenants/")).count();
    assert_eq!(of_red, 2, "who lives keeps their backups");
}

#[tokio::test]
async fn one_bad_object_keeps_nothing_else() {
    let (world, safe) = world().await;
    world.made("blue").await;
    let tenant = world.id("blue").await;
    world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.work_off(&WorkerConfig::default()).await;
    // No certificate is so long.
    let bad = safe.store().join(format!("erasures/{}.json", uuid::Uuid::nil()));
    fs::write(&bad, vec![b' '; cloison_archive::CERTIFICATE_BYTES_MAX + 1]).unwrap();
    let late = safe.store().join(format!("tenants/{tenant}/backups/late"));
    fs::create_dir_all(&late).unwrap();
    fs::write(late.join("x.dump.zst.age"), "late").unwrap();
    world
        .execute(
            "insert into fiscal_archives (organization_id, object_key, bytes, sha256, tables, total_rows, keep_until)
             select organization_id, 'x', 1, repeat('0', 64), 1, 1, now() - interval '1 day' from erasures",
        )
        .await;
    let backups = world.control.backups.as_ref().unwrap();
    let told = sweep(&world.control, backups, Timestamp::now()).await;
    assert!(told.is_err(), "{told:?}");
    assert!(!late.exists());
    assert_eq!(world.count("fiscal_archives").await, 0);
}

#[tokio::test]
async fn tombstones_survive_the_control_database_and_certificates_the_store() {
    let (world, safe) = world().await;
    world.made("blue").await;
    let tenant = world.id("blue").await;
    let operation = world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.work_off(&WorkerConfig::default()).await;
    let certificate = world.certificate_bytes(operation).await;

    world.execute("delete from erasures").await;
    let place = safe.store().join(format!("erasures/{tenant}.json"));
    let stranger = safe.store().join(format!("erasures/{}.json", uuid::Uuid::now_v7()));
    fs::write(&stranger, String::from_utf8(certificate.clone()).unwrap().replace("test", "text"))
        .unwrap();
    assert_eq!(swept(&world).await, Swept { learnt: 1, ..Swept::default() });
    let known =
        format!("erasures where organization_id = '{tenant}' and database_name = 'studio_1_db'");
    assert_eq!(world.count(&known).await, 1);
    assert_eq!(world.count("erasures").await, 1, "what is not signed by us is not believed");

    fs::remove_file(&place).unwrap();
    world.execute("update erasures set published_at = null").await;
    assert_eq!(swept(&world).await, Swept { published: 1, ..Swept::default() });
    assert_eq!(fs::read(&place).unwrap(), certificate);
}

#[tokio::test]
async fn a_database_that_is_back_is_told_and_erased_again() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.work_off(&WorkerConfig::default()).await;

    let postgres = world.server.connect("postgres").await;
    for statement in [
        "create database studio_1_db",
        "create database studio_1_copy_7",
        "create role studio_1_db login",
        "create database studio_999_db",
    ] {
        postgres.simple_query(statement).await.unwrap();
    }
    let told = async |fix| {
        let report = world.examined(fix).await;
        let back = |it: &&Finding| it.check == Check::ErasedTenantBack;
        let back: Vec<_> = report.findings.iter().filter(back).map(|it| it.fixed).collect();
        (back, report.findings.len())
    };
    assert_eq!(told(false).await, (vec![false; 3], 4));
    assert_eq!(world.left_on_server().await.len(), 3, "looking changes nothing");
    assert_eq!(told(true).await, (vec![true; 3], 4));
    assert_eq!(world.left_on_server().await, ["database studio_999_db"], "a person decides");
    assert_eq!(told(true).await, (vec![], 1));
    assert!(world.count("audit_log where action = 'tenant.erase_again'").await >= 1);
}

/// The control database was restored from before the end of the erasure.
#[tokio::test]
async fn rows_that_are_back_are_told_and_can_be_erased_again() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    let operation = world.to_be_erased("blue", Terms::AT_ONCE).await;
    let cuts = Cuts::when(|cut| cut.place == Place::BeforeEffect && cut.step == Step::Bury);
    run_due(&world.control, &WorkerConfig { cuts, ..WorkerConfig::default() }).await.unwrap();
    world
        .execute(
            "insert into erasures (organization_id, number, server, database_name, operation_id, actor)
             select id, number, 'eu-1', 'studio_1_db', id, 'an earlier life' from organizations",
        )
        .await;
    let report = world.examined(false).await;
    let back = report.findings.iter().find(|it| it.check == Check::ErasedTenantBack).unwrap();
    assert!(back.mend.as_ref().unwrap().contains("cloison tenants erase blue"), "{back:?}");
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.outcome(operation).await.0, cloison_model::OperationState::Done);
    assert_eq!(world.count("erasures where actor = 'an earlier life'").await, 1);
    world.check_whole().await;
}

#[tokio::test]
async fn fiscal_archives_go_when_no_law_asks_for_them() {
    let (world, safe) = world().await;
    world.made("blue").await;
    world
        .run_in(
            "studio_1_db",
            "create function cloison_fiscal_tables() returns setof text language sql as $$ select 'notes' $$",
        )
        .await;
    world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(safe.objects().iter().filter(|it| it.starts_with("fiscal/")).count(), 2);
    let backups = world.control.backups.as_ref().unwrap();
    let years = |it: i64| Timestamp::now() + SignedDuration::from_hours(24 * 365 * it);
    assert_eq!(sweep(&world.control, backups, years(9)).await.unwrap(), Swept::default());
    let gone = sweep(&world.control, backups, years(11)).await.unwrap();
    assert_eq!(gone, Swept { let_go: 1, ..Swept::default() });
    assert!(safe.objects().iter().all(|it| !it.starts_with("fiscal/")));
    assert_eq!(world.count("fiscal_archives").await, 0);
}
