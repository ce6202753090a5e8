//! The step that makes an export, and what is written of it.

use cloison_archive::bundle::{BundleOptions, LeftOutInDump};
use cloison_archive::{ExportOrder, ExportWritten, write_export};
use cloison_catalog::Transaction;
use cloison_catalog::queries::exports as queries;
use cloison_model::EXPORT_DAYS;
use jiff::Timestamp;

use crate::backups::{key_name, key_of};
use crate::control::Control;
use crate::operations::{CONNECT_TO_TENANT, Claimed, Made, StepError, Target};
use crate::pg::ddl;

/// What there is to be written down of an export.
pub(crate) type ExportMade = ExportWritten;

/// The step `write_export`. It cannot be seen to have been done: only its commit makes what lies in the store an export, so it is made anew under
/// another name. What earlier attempts have left goes with the export.
pub(crate) async fn write(control: &Control, claimed: &Claimed) -> Result<Made, StepError> {
    let backups = control.backups()?;
    let tenant = claimed.tenant.ok_or(StepError::Gone)?;
    let target = Target::load(&control.catalog, claimed).await?;
    let (admin, export) = {
        let client = control.catalog.client().await?;
        let export = queries::export_fetch().bind(&client, &claimed.id().0).opt().await?;
        (control.admin(&client, target.server).await?, export.ok_or(StepError::Gone)?)
    };
    let connected = admin.connect(target.database.as_str()).await;
    let failed = StepError::server(CONNECT_TO_TENANT);
    let client = connected.map_err(&failed)?;
    let major = ddl::server_major(&client).await.map_err(&failed)?;
    let (programs, dump_version) = backups.programs_for(major).await?;
    let key = key_of(control, backups, tenant).await?;
    let order = ExportOrder {
        id: claimed.id().0,
        attempt: claimed.lease.token,
        organization: tenant.0,
        options: BundleOptions {
            title: export.title,
            name: export.subdomain,
            made_at: Timestamp::now(),
            leave_out: control.exported.leave_out.clone(),
            // Nobody could sign in to the restored application without hashes of passwords; sign-ins are begun anew.
            left_out_in_dump: LeftOutInDump::ColumnsHeld,
        },
        key: &key,
        key_name: key_name(tenant),
        dump: admin.command(&programs.dump, target.database.as_str()),
        dump_version,
        client: client.into_inner(),
        tracker: &control.tracker,
    };
    let written = write_export(&backups.store, order).await?;
    Ok(Made::Export(Box::new(written)))
}

/// From here on there is an export.
pub(crate) async fn keep(
    txn: &Transaction<'_>,
    claimed: &Claimed,
    made: &ExportMade,
) -> Result<(), StepError> {
    let ExportWritten { object, taken_at, bundle, .. } = made;
    let number = |it: u64| i64::try_from(it).unwrap_or(i64::MAX);
    let count = |it: u64| i32::try_from(it).unwrap_or(i32::MAX);
    let kept = queries::export_made()
        .bind(
            txn,
            taken_at,
            &object.as_str(),
            &number(bundle.bytes),
            &bundle.sha256.as_str(),
            &count(bundle.tables),
            &number(bundle.rows),
            &count(bundle.files),
            &i32::from(EXPORT_DAYS),
            &claimed.id().0,
        )
        .await?;
    if kept == 0 { Err(StepError::Gone) } else { Ok(()) }
}
