//! One tenant's migration, as an operation: how it begins, its step, and what is written when it ends.

use std::time::Duration;

use cloison_catalog::queries::{migrations, operations, rollouts};
use cloison_catalog::{GenericClient, Transaction};
use cloison_model::{
    OperationId, OperationKind, OperationState, Release, RetryClass, RolloutTenantState, TenantId,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::control::Control;
use crate::migrate::{Limits, MigrateError, Migrated, MigrationFailure, Way, migrate};
use crate::operations::{
    CONNECT_TO_TENANT, Claimed, Made, NewOperation, StartError, StepError, Target, sentence, start,
    wait_for_end,
};
use crate::pg::{Admin, ddl};
use crate::releases;

/// Longer than the router lets a request wait, and than most migrations take.
const BRING_UP_PATIENCE: Duration = Duration::from_mins(1);

/// Where a tenant is going, and on whose account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Destination {
    pub(crate) to: i64,
    pub(crate) rollout: Option<i64>,
}

impl Destination {
    pub(crate) fn input(self) -> Value {
        json!({ "to": self.to, "rollout": self.rollout })
    }

    fn of(input: &Value) -> Result<Self, StepError> {
        let to = input["to"].as_i64().ok_or(StepError::Incomplete("migrate_tenant"))?;
        Ok(Self { to, rollout: input["rollout"].as_i64() })
    }
}

/// Writes the operation; a worker takes it once the transaction is committed.
pub(crate) async fn begin_migrating(
    txn: &impl GenericClient,
    operation: OperationId,
    tenant: TenantId,
    subdomain: &str,
    destination: Destination,
    actor: &str,
) -> Result<(), StartError> {
    let kind = OperationKind::Migrate;
    let row = NewOperation {
        id: operation,
        kind,
        step: kind.course().first(),
        tenant: Some(tenant),
        spare: None,
        subdomain: Some(subdomain),
        input: &destination.input(),
        actor,
        secret_sealed: None,
    };
    start(txn, &row).await
}

/// The step `migrate_tenant`. It has been done when the history in the tenant's database says so.
pub(crate) async fn migrate_tenant(
    control: &Control,
    claimed: &Claimed,
) -> Result<Made, StepError> {
    let destination = Destination::of(&claimed.input)?;
    let target = Target::load(&control.catalog, claimed).await?;
    let client = control.catalog.client().await?;
    let release = releases::known(&client).await?.ok_or(StepError::Gone)?;
    let admin = control.admin(&client, target.server).await?;
    drop(client);
    let migrated =
        migrate_database(&admin, target.database.as_str(), &release, destination.to).await?;
    Ok(Made::Migrated { version: migrated.version })
}

/// Up or down, as the database stands.
pub(crate) async fn migrate_database(
    admin: &Admin,
    database: &str,
    release: &Release,
    to: i64,
) -> Result<Migrated, StepError> {
    let client = admin.connect(database).await.map_err(StepError::server(CONNECT_TO_TENANT))?;
    // Whoever takes this over would find the turn taken by a session that works for nobody.
    let cancel = client.cancel_on_drop(admin);
    let migrated = async {
        let up = migrate(&client, release, ddl::OWNER, Way::Up { to }, &Limits::USUAL).await?;
        if up.version <= to {
            return Ok(up);
        }
        migrate(&client, release, ddl::OWNER, Way::Down { to }, &Limits::USUAL).await
    }
    .await;
    cancel.disarm();
    Ok(migrated?)
}

/// Beside the end of the operation: the catalog knows where the tenant is.
pub(crate) async fn keep_migrated(
    txn: &Transaction<'_>,
    claimed: &Claimed,
    tenant: TenantId,
    version: i64,
) -> Result<(), StepError> {
    migrations::tenant_migrated().bind(txn, &version, &tenant.0).await?;
    migrations::quarantine_lift().bind(txn, &tenant.0).opt().await?;
    if let Some(number) = Destination::of(&claimed.input)?.rollout {
        let done = RolloutTenantState::Done;
        rollouts::rollout_tenant_end().bind(txn, &done.as_str(), &number, &tenant.0).await?;
        rollouts::rollout_hurry().bind(txn).await?;
    }
    Ok(())
}

/// Beside the end of an operation that has failed for good: the tenant is quarantined, with the reason.
pub(crate) async fn keep_failure(
    txn: &Transaction<'_>,
    claimed: &Claimed,
    tenant: TenantId,
    error: &StepError,
) -> Result<(), StepError> {
    let rollout = Destination::of(&claimed.input)?.rollout;
    let failure = match error {
        StepError::Migration(MigrateError::Failed(failure)) => Some(&**failure),
        _ => None,
    };
    let text = |get: fn(&MigrationFailure) -> &str| failure.map(get);
    let row = migrations::tenant_schema_of().bind(txn, &tenant.0).opt().await?;
    let stood_at = row.ok_or(StepError::Gone)?.schema_version;
    // What could not be taken back has moved it.
    let at = match error {
        StepError::Migration(MigrateError::Failed(failure)) => failure.at,
        StepError::Migration(MigrateError::Locked(locked)) => locked.at,
        _ => stood_at,
    };
    migrations::quarantine_put()
        .bind(
            txn,
            &tenant.0,
            &rollout,
            &failure.map(|it| it.version),
            &text(|it| &it.name),
            &error.sqlstate(),
            &text(|it| &it.statement),
            &sentence(error).as_str(),
            &failure.and_then(|it| it.hint.as_deref()),
            &at,
        )
        .await?;
    if at != stood_at {
        migrations::tenant_migrated().bind(txn, &at, &tenant.0).await?;
    }
    migrations::tenant_awaits_nothing().bind(txn, &tenant.0).await?;
    if let Some(number) = rollout {
        let failed = RolloutTenantState::Failed;
        rollouts::rollout_tenant_end().bind(txn, &failed.as_str(), &number, &tenant.0).await?;
        rollouts::rollout_hurry().bind(txn).await?;
    }
    Ok(())
}

/// Beside the end of a rollout that has not come to its own: nobody waits for it any more.
pub(crate) async fn keep_end(txn: &Transaction<'_>) -> Result<(), StepError> {
    rollouts::rollout_close_lazily().bind(txn).await?;
    Ok(())
}

/// For the first request of a tenant that awaits its migration: answers once it has been migrated, or has failed.
pub(crate) async fn bring_up(control: &Control, tenant: TenantId) -> Result<(), StepError> {
    let mut client = control.catalog.client().await?;
    let row = migrations::tenant_schema_of().bind(&client, &tenant.0).opt().await?;
    let row = row.ok_or(StepError::Gone)?;
    let Some(to) = row.awaits_version else { return Ok(()) };
    let live = rollouts::rollout_live().bind(&client).opt().await?;
    let rollout = live.map(|it| it.number);
    let operation = OperationId(Uuid::now_v7());
    let txn = client.transaction().await?;
    let begun = begin_migrating(
        &txn,
        operation,
        tenant,
        &row.subdomain,
        Destination { to, rollout },
        "its first request",
    )
    .await;
    let operation = match begun {
        Ok(()) => {
            if let Some(number) = rollout {
                rollouts::rollout_tenant_begin().bind(&txn, &number, &tenant.0).await?;
            }
            txn.commit().await?;
            control.feed.tell(operation, true);
            operation
        }
        // Whatever is under way there may be just this, begun by another process.
        Err(StartError::Busy) => {
            txn.rollback().await?;
            let subdomain = row.subdomain.as_str();
            match operations::operation_running_of().bind(&client, &subdomain).opt().await? {
                Some(id) => OperationId(id),
                None => return Ok(()),
            }
        }
        Err(StartError::Database(source)) => return Err(source.into()),
    };
    drop(client);
    match wait_for_end(control, operation, BRING_UP_PATIENCE).await {
        Ok(Some(OperationState::Done)) => Ok(()),
        Ok(Some(OperationState::Running)) => {
            Err(StepError::InTheWay("its migration is still under way"))
        }
        Ok(_) => Err(StepError::InTheWay("its migration has failed")),
        Err(error) => {
            tracing::debug!("cannot follow operation {operation}: {error}");
            Err(StepError::InTheWay("its migration could not be followed"))
        }
    }
}

/// A server that is away or full is waited for, and so is a session that has the turn, for that one will tell how it went;
/// whatever else may pass is tried so many times.
pub(crate) fn class(error: &MigrateError) -> RetryClass {
    match error.class() {
        RetryClass::Passing if matches!(error, MigrateError::Busy) => RetryClass::Away,
        RetryClass::Passing if RetryClass::is_of_server(error.sqlstate()) => RetryClass::Away,
        class => class,
    }
}
