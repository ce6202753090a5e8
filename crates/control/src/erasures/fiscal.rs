//! What a law wants kept of a tenant that is erased. Which tables these are, the application says.

use std::time::Duration;

use cloison_archive::bundle::RecordsOptions;
use cloison_archive::{KeptFile, KeyName, RecordsError, RecordsOrder};
use cloison_catalog::queries::erasures as queries;
use cloison_catalog::queries::tenants;
use cloison_catalog::{Transaction, Unavailable};
use cloison_model::{ServerId, Subdomain, TenantId};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio::io::AsyncRead;
use tokio::time::timeout;
use tokio_postgres::types::Type;

use crate::backups::{Backups, NotConfigured};
use crate::control::Control;
use crate::life_cycle::CommandError;
use crate::operations::{CONNECT_TO_TENANT, Claimed, Made, StepError, Target};
use crate::pg::{AdminClient, ddl};

/// As it is quoted in certificates: six years for the tax office, ten for the books.
pub(crate) const LAW: &str =
    "France: LPF, article L102 B (6 years); Code de commerce, article L123-22 (10 years)";
/// The longer of the two, with its leap days.
const KEPT_DAYS: i64 = 3_653;
/// Whoever asks for an erasure waits for this.
const LOOK_MAX: Duration = Duration::from_secs(10);

/// What was kept, to be committed.
pub(crate) struct KeptRecords(KeptFile);

#[derive(Debug, thiserror::Error)]
pub enum FiscalArchiveError {
    #[error("no tenant with that id was erased")]
    NoErasure,
    #[error("nothing was kept")]
    NothingKept,
    #[error(transparent)]
    NotConfigured(#[from] NotConfigured),
    #[error(transparent)]
    Records(#[from] RecordsError),
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
}

/// The step `make_fiscal_archive`, behind the fence, so that nothing comes after it. What an earlier attempt has written is written again.
pub(crate) async fn make_fiscal_archive(
    control: &Control,
    claimed: &Claimed,
) -> Result<Made, StepError> {
    let tenant = claimed.tenant.ok_or(StepError::Gone)?;
    let client = control.catalog.client().await?;
    // Whoever is back after a restore has their records from the first time.
    if queries::erasure_is_known().bind(&client, &tenant.0).one().await? {
        return Ok(Made::Nothing);
    }
    let request = queries::erasure_request_fetch().bind(&client, &tenant.0).opt().await?;
    if request.ok_or(StepError::Gone)?.without_fiscal_archive {
        return Ok(Made::Noted(json!({ "waived": true })));
    }
    let target = Target::load(&control.catalog, claimed).await?;
    let admin = control.admin(&client, target.server).await?;
    drop(client);
    let failed = StepError::server(CONNECT_TO_TENANT);
    let postgres = admin.connect("postgres").await.map_err(&failed)?;
    if !ddl::database_exists(&postgres, &target.database).await.map_err(&failed)? {
        return kept_before(control, tenant).await;
    }
    let client = admin.connect(target.database.as_str()).await.map_err(&failed)?;
    let tables = fiscal_tables(&client).await;
    let tables = tables.map_err(StepError::server("ask the application for its fiscal tables"))?;
    if tables.is_empty() {
        return Ok(Made::Nothing);
    }
    let Some(backups) = &control.backups else {
        return Err(StepError::Refused(NO_STORE.to_owned()));
    };
    let options = RecordsOptions {
        title: format!("studio_{}", target.number),
        made_at: Timestamp::now(),
        tables,
        law: LAW.to_owned(),
    };
    // One of its own: the role that this one has taken on may not export snapshots of all.
    let client = admin.connect(target.database.as_str()).await.map_err(&failed)?;
    let order = RecordsOrder {
        organization: tenant,
        options: &options,
        client: client.into_inner(),
        tracker: &control.tracker,
    };
    let kept =
        cloison_archive::keep_records(&backups.store, backups.keystore.as_ref(), order).await?;
    Ok(Made::Kept(KeptRecords(kept)))
}

/// Whoever has no database has nothing to keep, unless it was kept before the database went: the control database may be from before that.
async fn kept_before(control: &Control, tenant: TenantId) -> Result<Made, StepError> {
    let Some(backups) = &control.backups else { return Ok(Made::Nothing) };
    let found =
        cloison_archive::find_records(&backups.store, backups.keystore.as_ref(), tenant).await?;
    Ok(found.map_or(Made::Nothing, |it| Made::Kept(KeptRecords(it))))
}

const NO_STORE: &str = "it has fiscal records that a law wants kept, and there is no object store to keep them in; say where one is (backups.store in cloison.toml, or CLOISON_BACKUPS_STORE), or, if they are kept elsewhere, erase it with --without-fiscal-archive";

/// What the step writes.
pub(crate) async fn keep_records(
    txn: &Transaction<'_>,
    tenant: TenantId,
    made: &Made,
) -> Result<(), StepError> {
    let Made::Kept(KeptRecords(kept)) = made else { return Ok(()) };
    let number = |it: u64| i64::try_from(it).unwrap_or(i64::MAX);
    let held = kept.held.as_ref();
    queries::fiscal_archive_put()
        .bind(
            txn,
            &tenant.0,
            &kept.object.as_str(),
            &number(kept.bytes),
            &kept.sha256.as_str(),
            &held.map(|it| i32::try_from(it.tables).unwrap_or(i32::MAX)),
            &held.map(|it| number(it.rows)),
            &keep_until(Timestamp::now()),
        )
        .await?;
    Ok(())
}

/// Until then a law asks for what was kept at this moment.
pub(super) fn keep_until(kept_at: Timestamp) -> Timestamp {
    kept_at
        .saturating_add(SignedDuration::from_hours(KEPT_DAYS * 24))
        .expect("hours are no calendar's")
}

/// The step `drop_fiscal_archive`. The tenant lives on, and its records with it; but not those of somebody who was erased before.
pub(crate) async fn drop_fiscal_archive(
    control: &Control,
    claimed: &Claimed,
) -> Result<Made, StepError> {
    let tenant = claimed.tenant.ok_or(StepError::Gone)?;
    let is_known = {
        let client = control.catalog.client().await?;
        queries::erasure_is_known().bind(&client, &tenant.0).one().await?
    };
    if let Some(backups) = control.backups.as_ref().filter(|_| !is_known) {
        cloison_archive::delete_records(&backups.store, tenant).await?;
    }
    Ok(Made::Nothing)
}

/// What that step writes.
pub(crate) async fn forget_records(
    txn: &Transaction<'_>,
    tenant: TenantId,
) -> Result<(), StepError> {
    if !queries::erasure_is_known().bind(txn, &tenant.0).one().await? {
        queries::fiscal_archive_delete().bind(txn, &tenant.0).await?;
    }
    Ok(())
}

/// No law asks for it any longer: records and key go.
pub(super) async fn let_go(
    control: &Control,
    backups: &Backups,
    tenant: TenantId,
) -> Result<(), StepError> {
    let destroyed = backups.keystore.destroy(KeyName::Fiscal(tenant)).await;
    destroyed.map_err(|it| cloison_archive::BackupError::Key(it.into()))?;
    cloison_archive::delete_records(&backups.store, tenant).await?;
    let client = control.catalog.client().await?;
    queries::fiscal_archive_delete().bind(&client, &tenant.0).await?;
    Ok(())
}

/// The zip of what was kept of an erased tenant: how it was when it was made, and its bytes.
pub async fn fiscal_archive(
    control: &Control,
    organization: TenantId,
) -> Result<(queries::FiscalArchive, impl AsyncRead + Send + Unpin + 'static), FiscalArchiveError> {
    let row = {
        let client = control.catalog.client().await?;
        let erasure = queries::erasure_fetch().bind(&client, &organization.0).opt().await?;
        erasure.ok_or(FiscalArchiveError::NoErasure)?;
        let row = queries::fiscal_archive_fetch().bind(&client, &organization.0).opt().await?;
        row.ok_or(FiscalArchiveError::NothingKept)?
    };
    let backups = control.backups()?;
    let keystore = backups.keystore.as_ref();
    let zip = cloison_archive::open_records(&backups.store, keystore, organization).await?;
    Ok((row, zip))
}

/// Better than after a week. A server that does not answer is asked again by the step.
pub(super) async fn refuse_without_store(
    control: &Control,
    subdomain: &Subdomain,
) -> Result<(), CommandError> {
    let client = control.catalog.client().await?;
    let tenant = tenants::tenant_of_subdomain().bind(&client, &subdomain.as_str()).opt().await?;
    let Some(tenant) = tenant else { return Ok(()) };
    let row = tenants::tenant_role().bind(&client, &tenant).opt().await?;
    let Some(row) = row else { return Ok(()) };
    let Ok(admin) = control.admin(&client, ServerId(row.server_id)).await else { return Ok(()) };
    drop(client);
    let look = async {
        let client = admin.connect(&row.database_name).await.ok()?;
        fiscal_tables(&client).await.ok()
    };
    match timeout(LOOK_MAX, look).await {
        Ok(Some(tables)) if !tables.is_empty() => Err(CommandError::FiscalRecords),
        _ => Ok(()),
    }
}

/// What `cloison_fiscal_tables` says: nothing where the application has no such function, or has issued nothing. It is the application's, so it runs
/// as the owner of the schema, and may only read.
async fn fiscal_tables(client: &AdminClient) -> Result<Vec<String>, tokio_postgres::Error> {
    client.execute_typed("begin read only", &[]).await?;
    let there = client
        .query_typed_one(
            "select to_regprocedure('public.cloison_fiscal_tables()') is not null",
            &[],
        )
        .await?;
    if !there.get::<_, bool>(0) {
        client.execute_typed("rollback", &[]).await?;
        return Ok(Vec::new());
    }
    ddl::become_owner(client, ddl::OWNER).await?;
    let no_parameters: &[(&(dyn tokio_postgres::types::ToSql + Sync), Type)] = &[];
    let rows = client.query_typed("select public.cloison_fiscal_tables()", no_parameters).await?;
    let tables = rows.iter().map(|it| it.try_get(0)).collect::<Result<_, _>>()?;
    client.execute_typed("rollback", &[]).await?;
    Ok(tables)
}
