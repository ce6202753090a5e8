//! Each step's effect, and what it writes into the control database when it is committed.
//!
//! Every effect can be run again, and says how it knows that it has been run. None of them runs in a transaction of
//! the control database, and none of them is on a tenant's server without the turn on that tenant.

use std::time::Duration;

use cloison_catalog::Transaction;
use cloison_catalog::queries::{operations, spares, tenants};
use cloison_model::{DatabaseName, Direction, OperationKind, Phase, Rights, Step, TenantId};
use futures_util::FutureExt as _;
use jiff::Timestamp;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::claimed::Claimed;
use super::cut::Cuts;
use super::error::StepError;
use super::first_data::first_data;
use super::target::{Target, rights};
use crate::backups::{self, BackupMade};
use crate::control::{Control, TENANT_PASSWORD};
use crate::copies::{self, Admitted, Filled};
use crate::domains;
use crate::erasures::{self, KeptRecords};
use crate::exports::{self, ExportMade};
use crate::life_cycle::states;
use crate::master_key::random_secret;
use crate::pg::ddl::ShadowsOf;
use crate::pg::{Admin, Turn, Verifier, ddl};
use crate::rollout;

/// What a step has found out or made up, to be committed.
pub(crate) enum Made {
    Nothing,
    /// The schema that the first data went into.
    Schema {
        version: i64,
    },
    Password {
        sealed: Vec<u8>,
        verifier: Verifier,
    },
    /// The server has this one now.
    Changed {
        verifier: Verifier,
    },
    /// The tenant's database is here.
    Migrated {
        version: i64,
    },
    Backup(Box<BackupMade>),
    Export(Box<ExportMade>),
    /// What a copy holds.
    Filled(Filled),
    /// What was looked at in a copy.
    Checked(Value),
    Admitted(Admitted),
    /// For the certificate of an erasure.
    Noted(Value),
    /// What a law wants kept.
    Kept(KeptRecords),
    /// The signed document, if there is something to sign with.
    Certified(Option<String>),
    /// The step is not done and has not failed: it is looked at again.
    Rest {
        wait: Duration,
        why: String,
    },
}

/// Nearly every request has ended by then, and those that are held back have not waited for too long.
const BEGUN_MAX: Duration = Duration::from_secs(2);

/// Makes the effect of the step that the operation is at.
///
/// `cuts` and `stop` are for those that take long: a test wants the worker to die in the middle, this process wants to end.
pub(crate) async fn act(
    control: &Control,
    claimed: &Claimed,
    cuts: &Cuts,
    stop: &CancellationToken,
) -> Result<Made, StepError> {
    match claimed.step {
        Step::MigrateTenant => rollout::migrate_tenant(control, claimed).await,
        Step::ShadowRun => rollout::shadow_run(control, claimed, stop).await,
        Step::MigrateFleet => Box::pin(rollout::migrate_fleet(control, claimed, cuts, stop)).await,
        Step::WriteBackup => backups::write_backup(control, claimed).boxed().await,
        Step::WriteExport => exports::write(control, claimed).boxed().await,
        Step::VerifyBackup => backups::verify_backup(control, claimed).boxed().await,
        Step::AwaitGrace => erasures::await_grace(control, claimed).await,
        Step::MakeFiscalArchive => erasures::make_fiscal_archive(control, claimed).boxed().await,
        Step::DropFiscalArchive => erasures::drop_fiscal_archive(control, claimed).await,
        Step::Bury => erasures::certify(control, claimed).await,
        Step::PublishCertificate => erasures::publish(control, claimed).await,
        Step::DestroyKey => backups::destroy_key(control, claimed).await,
        Step::DeleteBackups => backups::delete_backups(control, claimed).await,
        Step::FillCopy => copies::fill(control, claimed).boxed().await,
        Step::CheckCopy => copies::check(control, claimed).boxed().await,
        Step::DropCopy => copies::drop_copy(control, claimed).await,
        Step::OpenCopy => copies::open(control, claimed).await,
        Step::CloseCopy => copies::close(control, claimed).await,
        // All that these do is their commit.
        Step::Nothing
        | Step::KeepSpare
        | Step::SetAccess
        | Step::CloseTenant
        | Step::ReopenTenant
        | Step::ForgetTenant
        | Step::ForgetSpare
        | Step::KeepCopy
        | Step::ForgetCopy
        | Step::NoteDrill
        | Step::RetireTenant
        | Step::HoldTenant => Ok(Made::Nothing),
        Step::PreparePassword => prepare_password(control, claimed),
        Step::MakeDatabase
        | Step::OpenDatabase
        | Step::WriteFirstData
        | Step::ApplyRights
        | Step::Fence
        | Step::DropDatabase
        | Step::DropRole
        | Step::ExchangeDatabases
        | Step::AdmitTenant
        | Step::ChangePassword => {
            let target = Target::load(&control.catalog, claimed).await?;
            if let Some(rest) = copies::wait_for_others(control, claimed).await? {
                return Ok(rest);
            }
            let admin = {
                let client = control.catalog.client().await?;
                control.admin(&client, target.server).await?
            };
            let turn = control.turns.take(&admin, target.number).await.map_err(StepError::turn)?;
            let made = act_on_server(control, claimed, &target, &admin, &turn).await?;
            turn.finish().await.map_err(StepError::server("give the turn back"))?;
            Ok(made)
        }
    }
}

async fn act_on_server(
    control: &Control,
    claimed: &Claimed,
    target: &Target,
    admin: &Admin,
    turn: &Turn,
) -> Result<Made, StepError> {
    let Target { database, role, .. } = target;
    match claimed.step {
        // A clone is there whole or not at all, so the name says it.
        Step::MakeDatabase => ddl::tenant_database_ensure(turn, database)
            .await
            .map_err(StepError::server("make the database"))?,
        // Sets all of it, whatever was there.
        Step::OpenDatabase => {
            let wanted = match claimed.kind {
                // The catalog follows.
                OperationKind::Archive | OperationKind::Unarchive => {
                    rights(Phase::Ready, claimed.access()?)
                }
                _ => target.rights,
            };
            // On the way back there may be none to open.
            if claimed.direction == Direction::Forward || is_there(turn, database).await? {
                put_role(turn, target, wanted).await?;
            }
        }
        // `cloison_first_data` looks before it writes.
        Step::WriteFirstData => return write_first_data(control, claimed, target, admin).await,
        // Sets all of it, whatever was there. A database that is not there lets nobody in, and whoever puts one there sets
        // the rights on it.
        Step::ApplyRights => {
            if !is_there(turn, database).await? {
                return Ok(Made::Nothing);
            }
            let wanted = match claimed.kind {
                // The catalog follows.
                OperationKind::Resume => rights(Phase::Ready, claimed.access()?),
                OperationKind::Erase => erasures::former_rights(control, claimed).await?,
                _ => target.rights,
            };
            put_role(turn, target, wanted).await?;
            match wanted {
                Rights::Application => {}
                // Its own role has lost its rights with the group; a shared one loses its connections.
                Rights::Reader => ddl::gateway_clear(turn, database)
                    .await
                    .map_err(StepError::server("end the shared roles' connections"))?,
                Rights::Nothing => ddl::database_clear(turn, database)
                    .await
                    .map_err(StepError::server("end the tenant's connections"))?,
            }
        }
        Step::Fence => {
            if claimed.kind == OperationKind::Swap {
                // Routers have held new requests back since the step before; those that have begun may end.
                ddl::database_rest(turn, database, BEGUN_MAX)
                    .await
                    .map_err(StepError::server("wait for requests to end"))?;
            }
            fence(turn, target).await?;
        }
        Step::ExchangeDatabases => copies::exchange(control, claimed, target, turn).await?,
        Step::AdmitTenant => return copies::admit(control, claimed, target, turn).await,
        // Gone is gone, and a copy that is being made ends with what it is made of.
        Step::DropDatabase => {
            if claimed.kind == OperationKind::Archive {
                still_fenced(turn, target).await?;
            }
            let gone = match claimed.kind {
                // What it has not put there is not its own to drop.
                OperationKind::Unarchive => ddl::placed_drop(turn, database, claimed.id()).await,
                _ => ddl::database_drop(turn, database).await.map(|()| true),
            };
            if gone.map_err(StepError::server("drop the database"))? {
                let failed = StepError::server("drop the copies of the database");
                let shadows = ShadowsOf::Tenant(target.number);
                ddl::shadow_databases_drop(turn, shadows).await.map_err(&failed)?;
                ddl::copy_databases_drop(turn, target.number).await.map_err(&failed)?;
            }
        }
        // It stays with a database that stays.
        Step::DropRole => {
            if claimed.kind != OperationKind::Unarchive || !is_there(turn, database).await? {
                ddl::role_drop(turn, role).await.map_err(StepError::server("drop the role"))?;
            }
        }
        // The same verifier again changes nothing.
        Step::ChangePassword => {
            // Whoever found the server at the next password has made it the present one.
            if let Some(next) = &target.next_verifier {
                ddl::tenant_role_set_password(turn, role, next)
                    .await
                    .map_err(StepError::server("change the password"))?;
                return Ok(Made::Changed { verifier: next.clone() });
            }
        }
        Step::Nothing
        | Step::KeepSpare
        | Step::SetAccess
        | Step::CloseTenant
        | Step::AwaitGrace
        | Step::MakeFiscalArchive
        | Step::DropFiscalArchive
        | Step::ReopenTenant
        | Step::Bury
        | Step::PublishCertificate
        | Step::ForgetTenant
        | Step::ForgetSpare
        | Step::PreparePassword
        | Step::MigrateTenant
        | Step::ShadowRun
        | Step::MigrateFleet
        | Step::WriteBackup
        | Step::VerifyBackup
        | Step::DestroyKey
        | Step::DeleteBackups
        | Step::FillCopy
        | Step::CheckCopy
        | Step::KeepCopy
        | Step::DropCopy
        | Step::OpenCopy
        | Step::CloseCopy
        | Step::ForgetCopy
        | Step::NoteDrill
        | Step::WriteExport
        | Step::RetireTenant
        | Step::HoldTenant => {}
    }
    Ok(Made::Nothing)
}

async fn put_role(turn: &Turn, target: &Target, rights: Rights) -> Result<(), StepError> {
    let Target { role, database, verifier, limits, .. } = target;
    ddl::tenant_role_put(turn, role, database, verifier, *limits, rights)
        .await
        .map_err(StepError::server("set the role"))
}

/// A database that is not there needs no fence.
async fn fence(turn: &Turn, target: &Target) -> Result<(), StepError> {
    if is_there(turn, &target.database).await? {
        put_role(turn, target, Rights::Nothing).await?;
        ddl::database_clear(turn, &target.database)
            .await
            .map_err(StepError::server("fence the database"))?;
    }
    Ok(())
}

/// What was written since the fence is in no archive. It stands unless the control database was recovered, and has forgotten that
/// the tenant came back.
async fn still_fenced(turn: &Turn, target: &Target) -> Result<(), StepError> {
    let Target { role, database, .. } = target;
    let gets_in = ddl::role_gets_in(turn, role, database).await;
    if gets_in.map_err(StepError::server("look at the fence"))? {
        return Err(StepError::Refused(format!(
            "the role {role} gets into the database {database} again, so it may hold what the archive does not; it stays"
        )));
    }
    Ok(())
}

async fn is_there(turn: &Turn, database: &DatabaseName) -> Result<bool, StepError> {
    ddl::database_exists(turn, database).await.map_err(StepError::server("look for the database"))
}

async fn write_first_data(
    control: &Control,
    claimed: &Claimed,
    target: &Target,
    admin: &Admin,
) -> Result<Made, StepError> {
    let token = claimed.secret(&control.key)?.ok_or(StepError::Incomplete("write_first_data"))?;
    let version = first_data(admin, &target.database, &claimed.input, &token, Timestamp::now())
        .await
        .map_err(StepError::server("write the first data"))?;
    Ok(Made::Schema { version })
}

fn prepare_password(control: &Control, claimed: &Claimed) -> Result<Made, StepError> {
    let tenant = claimed.tenant.ok_or(StepError::Gone)?;
    let password = random_secret();
    Ok(Made::Password {
        sealed: control.key.seal(TENANT_PASSWORD, tenant.0, &password),
        verifier: Verifier::of(&password),
    })
}

/// Writes what the step comes to, in the transaction that also names the next one.
pub(crate) async fn keep(
    txn: &Transaction<'_>,
    claimed: &Claimed,
    made: &Made,
) -> Result<(), StepError> {
    let tenant = || claimed.tenant.ok_or(StepError::Gone);
    let spare = || claimed.spare.ok_or(StepError::Gone);
    match (claimed.step, made) {
        (Step::WriteFirstData, Made::Schema { version }) => {
            let admitted = tenants::tenant_admit().bind(txn, version, &tenant()?.0).await?;
            if admitted == 0 {
                return Err(StepError::Gone);
            }
        }
        (Step::PreparePassword, Made::Password { sealed, verifier }) => {
            tenants::tenant_prepare_password()
                .bind(txn, &sealed.as_slice(), &verifier.as_str(), &tenant()?.0)
                .await?;
        }
        (Step::ChangePassword, Made::Changed { verifier }) => {
            tenants::tenant_promote_password().bind(txn, &tenant()?.0, &verifier.as_str()).await?;
        }
        (Step::MigrateTenant, Made::Migrated { version }) => {
            rollout::keep_migrated(txn, claimed, tenant()?, *version).await?;
        }
        (Step::KeepSpare, _) => {
            spares::spare_keep().bind(txn, &spare()?.0).await?;
        }
        (Step::ForgetSpare, _) => {
            spares::spare_delete().bind(txn, &spare()?.0).await?;
        }
        (Step::ForgetTenant, _) => {
            operations::operations_scrub().bind(txn, &tenant()?.0).await?;
            tenants::organization_delete_unadmitted().bind(txn, &tenant()?.0).await?;
        }
        (Step::WriteBackup, Made::Backup(made)) => {
            backups::keep_backup(txn, claimed, tenant()?, made).await?;
        }
        (Step::WriteExport, Made::Export(made)) => exports::keep(txn, claimed, made).await?,
        (Step::VerifyBackup, _) => backups::keep_verified(txn, claimed).await?,
        (Step::FillCopy, Made::Filled(filled)) => copies::keep_filled(txn, claimed, filled).await?,
        (Step::CheckCopy, Made::Checked(checked)) => {
            copies::keep_checked(txn, claimed, checked).await?;
        }
        (Step::KeepCopy | Step::ForgetCopy | Step::NoteDrill, _) => {
            if (claimed.kind, claimed.direction) == (OperationKind::Archive, Direction::Forward) {
                erasures::still_free(txn, claimed, tenant()?).await?;
            }
            copies::keep(txn, claimed).await?;
        }
        (Step::RetireTenant, _) => {
            erasures::still_free(txn, claimed, tenant()?).await?;
            set_states(txn, claimed, tenant()?).await?;
            copies::for_archive(txn, tenant()?, claimed.id()).await?;
        }
        // Their databases went with the tenant's.
        (Step::DropDatabase, _) if claimed.kind == OperationKind::Archive => {
            copies::forget_all(txn, tenant()?).await?;
            let subdomain = claimed.subdomain.as_deref().unwrap_or_default();
            domains::end_all(txn, tenant()?, subdomain).await?;
        }
        (Step::SetAccess | Step::HoldTenant, _) => {
            set_states(txn, claimed, tenant()?).await?;
        }
        (Step::CloseTenant, _) => {
            set_states(txn, claimed, tenant()?).await?;
            copies::call_off_others(txn, claimed, tenant()?).await?;
        }
        (Step::AdmitTenant, Made::Admitted(admitted)) => {
            set_states(txn, claimed, tenant()?).await?;
            copies::keep_admitted(txn, claimed, *admitted).await?;
        }
        (Step::OpenCopy, _) => copies::keep_opened(txn, claimed).await?,
        (Step::CloseCopy, _) => copies::keep_closed(txn, claimed).await?,
        (Step::AwaitGrace, _) => erasures::still_free(txn, claimed, tenant()?).await?,
        (Step::MakeFiscalArchive, made) => {
            erasures::still_free(txn, claimed, tenant()?).await?;
            erasures::keep_records(txn, tenant()?, made).await?;
        }
        (Step::DropFiscalArchive, _) => erasures::forget_records(txn, tenant()?).await?,
        (Step::ReopenTenant, _) => erasures::reopen(txn, claimed, tenant()?).await?,
        (Step::Bury, Made::Certified(certificate)) => {
            erasures::bury(txn, claimed, tenant()?, certificate.as_deref()).await?;
        }
        (Step::PublishCertificate, _) => erasures::keep_published(txn, claimed).await?,
        (
            Step::MakeDatabase
            | Step::OpenDatabase
            | Step::ApplyRights
            | Step::Fence
            | Step::DropDatabase
            | Step::DropRole
            | Step::ChangePassword
            | Step::ShadowRun
            | Step::MigrateFleet
            | Step::DropCopy
            | Step::DestroyKey
            | Step::DeleteBackups
            | Step::ExchangeDatabases
            | Step::Nothing,
            _,
        ) => {}
        (
            Step::WriteFirstData
            | Step::PreparePassword
            | Step::MigrateTenant
            | Step::WriteBackup
            | Step::WriteExport
            | Step::FillCopy
            | Step::CheckCopy
            | Step::Bury
            | Step::AdmitTenant,
            _,
        ) => {
            return Err(StepError::Incomplete(claimed.step.as_str()));
        }
    }
    Ok(())
}

/// The tenant's three states become what the life cycle says.
async fn set_states(
    txn: &Transaction<'_>,
    claimed: &Claimed,
    tenant: TenantId,
) -> Result<(), StepError> {
    let row = tenants::tenant_state_locked().bind(txn, &tenant.0).opt().await?;
    let row = row.ok_or(StepError::Gone)?;
    let before = states(&row)?;
    let after = before.after(claimed.kind, claimed.step, claimed.access()?);
    if !after.is_legal() {
        return Err(StepError::Illegal);
    }
    tenants::organization_set_access().bind(txn, &after.access.as_str(), &tenant.0).await?;
    tenants::tenant_set_phase().bind(txn, &after.phase.as_str(), &tenant.0).await?;
    if after.billing != before.billing {
        let reason = format!("{} by {}", claimed.kind, claimed.actor);
        tenants::subscription_cancel().bind(txn, &tenant.0, &reason).await?;
    }
    Ok(())
}
