//! What a law wants kept, of an application that says which tables that is.

use std::collections::BTreeSet;

use cloison_control::erasures::{FiscalArchiveError, Terms, erase, fiscal_archive};
use cloison_control::life_cycle::CommandError;
use cloison_control::operations::{WorkerConfig, cancel};
use cloison_model::OperationState;
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncReadExt as _;

use super::WEEK;
use crate::backups::{name, world};
use crate::cuts::{Rehearsal, kill_everywhere};
use crate::world::{World, call};

const INVOICES: &str = "
    create table invoices (number text primary key, buyer text not null, gross_cents bigint not null);
    insert into invoices values ('F-1', 'Zoé Kowalczyk', 12000), ('F-2', 'Ana', 100);
    create function cloison_fiscal_tables() returns setof text language sql stable
        as $$ select 'invoices' where exists (select from public.invoices) $$;
    grant execute on function cloison_fiscal_tables() to cloison_owner;
    grant select on invoices to cloison_owner;
";

impl World {
    /// A tenant whose application has issued invoices.
    pub(crate) async fn invoiced(&self, subdomain: &str) {
        self.made(subdomain).await;
        let client = self.server.connect(cloison_catalog::DATABASE).await;
        let query = "select tenants.database_name from tenants join organizations on id = organization_id where subdomain = $1::text::citext";
        let database: String = client.query_one(query, &[&subdomain]).await.unwrap().get(0);
        self.run_in(&database, INVOICES).await;
    }
}

#[tokio::test]
async fn it_is_kept_wherever_workers_die_and_opens_when_the_tenants_key_is_gone() {
    let (world, safe) = world().await;
    let prepare = async |world: &World, subdomain: &str| world.invoiced(subdomain).await;
    let begin =
        async |world: &World, subdomain: &str| world.to_be_erased(subdomain, Terms::AT_ONCE).await;
    kill_everywhere(&world, Rehearsal { prepare, begin }, async |world, _, operation| {
        assert_eq!(world.outcome(operation).await.0, OperationState::Done);
        let certificate = world.certificate(operation).await;
        let [kept] = &certificate.kept[..] else { panic!("{:?}", certificate.kept) };
        assert!(kept.law.contains("L102 B") && kept.law.contains("L123-22"), "{kept:?}");
        let organization = cloison_model::TenantId(certificate.organization_id);
        let (row, mut zip) = fiscal_archive(&world.control, organization).await.unwrap();
        let mut bytes = Vec::new();
        zip.read_to_end(&mut bytes).await.unwrap();
        assert_eq!((row.tables, row.total_rows), (Some(1), Some(2)));
        assert_eq!(bytes.len() as u64, kept.bytes);
        let sum = cloison_model::hexadecimal(&Sha256::digest(&bytes));
        assert_eq!((sum.as_str(), row.sha256.as_str()), (kept.sha256.as_str(), &*kept.sha256));
        assert!(row.keep_until > row.made_at + jiff::SignedDuration::from_hours(24 * 3_652));
    })
    .await;
    let folders: BTreeSet<String> =
        safe.objects().iter().map(|it| it.split('/').next().unwrap().to_owned()).collect();
    assert_eq!(folders.into_iter().collect::<Vec<_>>(), ["erasures", "fiscal", "signing"]);
    for object in safe.objects().iter().filter(|it| it.starts_with("fiscal/")) {
        let bytes = std::fs::read(safe.store().join(object)).unwrap();
        let plain = "Kowalczyk".as_bytes();
        assert!(!bytes.windows(plain.len()).any(|it| it == plain), "{object} is not encrypted");
    }
}

#[tokio::test]
async fn records_that_cannot_be_read_to_their_end_are_not_stored() {
    let (world, safe) = world().await;
    world.invoiced("blue").await;
    // The second row has a value that nobody can write down any more.
    world
        .run_in(
            "studio_1_db",
            "create type stage as enum ('kept', 'lost');
             alter table invoices add column stage stage not null default 'kept';
             update invoices set stage = 'lost' where number = 'F-2';
             delete from pg_enum where enumlabel = 'lost'",
        )
        .await;
    world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.run_to(usize::MAX).await;
    let stored = safe.objects().into_iter().find(|it| it.ends_with("records.zip.zst.age"));
    assert_eq!(stored, None);
}

#[tokio::test]
async fn taken_back_nothing_is_kept_outside() {
    let (world, safe) = world().await;
    world.invoiced("blue").await;
    let operation = world.to_be_erased("blue", Terms::AT_ONCE).await;
    // Between its effect and its commit.
    world.run_to(10).await;
    assert!(safe.objects().iter().any(|it| it.ends_with("records.zip.zst.age")));
    cancel(&world.control, &call(), operation).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.states("blue").await, "TRIALING FULL READY");
    assert_eq!(safe.objects(), Vec::<String>::new());
    assert_eq!(world.count("fiscal_archives").await, 0);

    // Asked for again, the key that was made for nothing is as good as another.
    let operation = world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.certificate(operation).await.kept.len(), 1);
}

/// The control database is from before the first erasure: whoever erases again touches nothing that was kept then.
#[tokio::test]
async fn erased_again_the_records_of_the_first_time_stay() {
    let (world, safe) = world().await;
    world.invoiced("blue").await;
    let operation = world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.run_to(10).await;
    let records = safe.path_of("records.zip.zst.age");
    std::fs::write(&records, "of the first time").unwrap();
    world
        .execute(
            "insert into erasures (organization_id, number, server, database_name, operation_id, actor)
             select id, number, 'eu-1', 'studio_1_db', id, 'an earlier life' from organizations",
        )
        .await;
    let first = || std::fs::read_to_string(&records).unwrap();

    cancel(&world.control, &call(), operation).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(first(), "of the first time");
    let operation = world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.outcome(operation).await.0, OperationState::Done);
    assert_eq!(first(), "of the first time");
}

#[tokio::test]
async fn without_a_store_it_is_refused_unless_somebody_vouches() {
    let world = World::idle().await;
    world.invoiced("blue").await;
    let refused = erase(&world.control, &call(), &name("blue"), WEEK, None).await;
    assert!(matches!(refused, Err(CommandError::FiscalRecords)), "{refused:?}");
    assert_eq!(world.states("blue").await, "TRIALING FULL READY");

    // Who comes another way is sent back by the step.
    let operation = world.asked("blue", cloison_model::Command::Erase).await;
    world.work_off(&WorkerConfig::default()).await;
    let (state, why) = world.outcome(operation).await;
    assert_eq!(state, OperationState::Failed);
    assert!(why.contains("no object store") && why.contains("--without-fiscal-archive"), "{why}");
    assert_eq!(world.states("blue").await, "TRIALING FULL READY");

    let terms = Terms { without_fiscal_archive: true, ..Terms::AT_ONCE };
    world.to_be_erased("blue", terms).await;
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.states("blue").await, "");
}

#[tokio::test]
async fn who_has_issued_nothing_leaves_nothing() {
    let (world, safe) = world().await;
    world.invoiced("blue").await;
    world.run_in("studio_1_db", "delete from invoices").await;
    let tenant = world.id("blue").await;
    let operation = world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.certificate(operation).await.kept, []);
    assert!(safe.objects().iter().all(|it| !it.starts_with("fiscal/")));
    let none = fiscal_archive(&world.control, tenant).await.map(drop);
    assert!(matches!(none, Err(FiscalArchiveError::NothingKept)), "{none:?}");
}

/// An application that names what is not there is told so, and its tenant lives on.
#[tokio::test]
async fn a_table_that_is_not_there_takes_the_erasure_back() {
    let (world, _safe) = world().await;
    world.invoiced("blue").await;
    let renamed = "alter table invoices rename to bills;
        create or replace function cloison_fiscal_tables() returns setof text language sql stable as $$ select 'invoices' $$";
    world.run_in("studio_1_db", renamed).await;
    let operation = world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.work_off(&WorkerConfig::default()).await;
    let (state, why) = world.outcome(operation).await;
    assert_eq!(state, OperationState::Failed);
    assert!(why.contains("table invoices has to be kept"), "{why}");
    assert_eq!(world.states("blue").await, "TRIALING FULL READY");
}
