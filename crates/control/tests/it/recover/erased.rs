//! Whoever was erased after the backup, or was about to be, and what a law wants kept of them.

use cloison_control::erasures::{FiscalArchiveError, fiscal_archive, hold, release, sweep};
use cloison_control::operations::{Cuts, Place, Stopped, WorkerConfig, run_due};
use cloison_model::{Command, Step, TenantId, hexadecimal};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncReadExt as _;

use super::{Ask, about, name, world};
use crate::erasures::Terms;
use crate::world::{World, call};

impl World {
    async fn sum_of_records(
        &self,
        tenant: TenantId,
    ) -> Result<(String, String), FiscalArchiveError> {
        let (row, mut zip) = fiscal_archive(&self.control, tenant).await?;
        let mut bytes = Vec::new();
        zip.read_to_end(&mut bytes).await.unwrap();
        assert_eq!(row.bytes, i64::try_from(bytes.len()).unwrap());
        Ok((hexadecimal(&Sha256::digest(&bytes)), row.sha256))
    }

    /// A worker dies before the effect of this step.
    async fn erased_up_to(&self, step: Step) {
        let cuts = Cuts::when(move |cut| cut.place == Place::BeforeEffect && cut.step == step);
        let config = WorkerConfig { cuts, ..WorkerConfig::default() };
        self.execute("update operations set due_at = now() where state = 'RUNNING'").await;
        assert_eq!(run_due(&self.control, &config).await.unwrap(), Some(Stopped::Killed));
    }
}

/// Held in the backup, released and erased since.
#[tokio::test]
async fn what_is_known_of_them_is_what_the_store_knows() {
    let (world, _safe) = world().await;
    world.invoiced("blue").await;
    let tenant = world.id("blue").await;
    hold(&world.control, &call(), &name("blue"), "a lawsuit").await.unwrap();
    world.back_up_control().await;
    release(&world.control, &call(), &name("blue")).await.unwrap();
    let operation = world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.work_off(&WorkerConfig::default()).await;
    let document = String::from_utf8(world.certificate_bytes(operation).await).unwrap();
    let sums = world.sum_of_records(tenant).await.unwrap();
    world.lose_control().await;

    let report = world.recover(Ask::default()).await.unwrap();
    assert_eq!((report.tenants, report.erased.len()), (0, 1));
    assert_eq!(report.to_do, []);
    assert_eq!(world.one::<String>("select certificate from erasures").await, document);
    assert_eq!(world.count("erasures where asked_at < erased_at").await, 1);
    assert_eq!(world.sum_of_records(tenant).await.unwrap(), sums);

    // The daily look learns as much.
    world.execute("delete from erasures").await;
    world.execute("delete from fiscal_archives").await;
    let backups = world.control.backups.as_ref().unwrap();
    assert_eq!(sweep(&world.control, backups, Timestamp::now()).await.unwrap().learnt, 1);
    assert_eq!(world.one::<String>("select certificate from erasures").await, document);
    assert_eq!(world.sum_of_records(tenant).await.unwrap(), sums);
}

/// The backup is from before they were kept, and the database has gone since.
#[tokio::test]
async fn records_that_were_kept_since_are_found() {
    let (world, _safe) = world().await;
    world.invoiced("blue").await;
    let tenant = world.id("blue").await;
    let operation = world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.erased_up_to(Step::MakeFiscalArchive).await;
    world.back_up_control().await;
    world.erased_up_to(Step::DestroyKey).await;
    world.lose_control().await;

    world.recover(Ask::default()).await.unwrap();
    world.execute("update erasure_requests set grace_from = now() - interval '2 days'").await;
    world.work_off(&WorkerConfig::default()).await;
    world.is_done(operation).await;
    let (found, on_record) = world.sum_of_records(tenant).await.unwrap();
    assert_eq!(found, on_record);
    let kept = world.certificate(operation).await.kept;
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].sha256, found);
}

#[tokio::test]
async fn what_an_erasure_has_dropped_is_not_to_be_restored() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    world.back_up().await;
    world.back_up_control().await;
    world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.erased_up_to(Step::DeleteBackups).await;
    world.lose_control().await;

    let report = world.recover(Ask::default()).await.unwrap();
    let told = about(&report, "blue");
    let way_out = "its erasure had begun, so do not restore it: cloison tenants erase blue";
    assert!(told.contains(way_out), "{told}");
    let found = world.examined(false).await.findings;
    assert!(
        found.iter().any(|it| it.mend.as_ref().is_some_and(|it| it.contains(way_out))),
        "{found:?}"
    );
    let again = world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.work_off(&WorkerConfig::default()).await;
    world.is_done(again).await;
}

/// Archived in the backup, and back since, with what was written then.
#[tokio::test]
async fn a_database_of_somebody_who_is_archived_is_told() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    for command in [Command::Cancel, Command::Archive] {
        world.asked("blue", command).await;
        world.work_off(&WorkerConfig::default()).await;
    }
    world.back_up_control().await;
    world.asked("blue", Command::Unarchive).await;
    world.work_off(&WorkerConfig::default()).await;
    world.lose_control().await;

    let report = world.recover(Ask::default()).await.unwrap();
    let told = about(&report, "blue");
    assert!(told.contains("its database studio_1_db is on server eu-1"), "{told}");
    assert!(told.contains("Rename that database first"), "{told}");
    assert_eq!(world.states("blue").await, "CANCELLED EXPORT_ONLY ARCHIVED");
}
