//! Looking at a copy: under a host of its own, read-only, for some hours.
//!
//! To routers it is a tenant by the copy's id (`inspection_routes`), with a role and a password of its own. A copy has the passwords and
//! the sign-ins of then, of people who may not get in any more; so its host is a secret, told to whoever opened it.

use cloison_catalog::queries::copies as queries;
use cloison_catalog::queries::operations::{self as operation_queries, Operation};
use cloison_catalog::{Client, Transaction};
use cloison_model::{OperationId, OperationKind, OperationState, Rights, Secret, Subdomain};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::copy::{Copy, id_of};
use crate::control::{Control, TENANT_PASSWORD};
use crate::master_key::{MasterKey, random_secret};
use crate::operations::{Claimed, Link, Made, OPERATION_SECRET, StepError, link_put};
use crate::pg::Verifier;
use crate::pg::ddl::{self, RoleLimits};

/// It closes by itself after so long.
const OPEN: SignedDuration = SignedDuration::from_hours(24);

/// How whoever opened a copy gets in.
#[derive(Clone, Debug)]
pub struct Inspection {
    pub subdomain: Subdomain,
    /// Of a one-time link for the tenant's owner of then.
    pub token: Secret,
}

/// What an operation has opened, and not for so long that it is closed by now; nothing of any other.
pub fn inspection(control: &Control, row: &Operation) -> Option<Inspection> {
    let has_opened = row.kind == OperationKind::OpenCopy.as_str()
        && row.state == OperationState::Done.as_str()
        && row.finished_at.is_some_and(|it| Timestamp::now() < it + OPEN);
    let sealed = row.secret_sealed.as_deref().filter(|_| has_opened)?;
    let token = control.key.open(OPERATION_SECRET, row.id, sealed).ok()?;
    Some(Inspection { subdomain: host_of(&token), token })
}

fn host_of(token: &Secret) -> Subdomain {
    let digest = Sha256::new().chain_update("inspection host").chain_update(token.expose());
    let digest: [u8; 32] = digest.finalize().into();
    let half = digest.first_chunk().expect("32 bytes are more than 16");
    Subdomain::of_inspection(u128::from_be_bytes(*half))
}

/// Writes down how the copy is to be got into, before it can be. Answers the operation's secret.
pub(super) async fn put(
    txn: &Transaction<'_>,
    key: &MasterKey,
    actor: &str,
    operation: OperationId,
    copy: Uuid,
) -> Result<Vec<u8>, tokio_postgres::Error> {
    let (token, password) = (random_secret(), random_secret());
    queries::inspection_put()
        .bind(
            txn,
            &copy,
            &host_of(&token).as_str(),
            &key.seal(TENANT_PASSWORD, copy, &password),
            &Verifier::of(&password).as_str(),
            &actor,
            &OPEN.as_secs_f64(),
        )
        .await?;
    Ok(key.seal(OPERATION_SECRET, operation.0, &token))
}

/// The step `open_copy`. Sets all of it, whatever was there.
pub(crate) async fn open(control: &Control, claimed: &Claimed) -> Result<Made, StepError> {
    let copy = Copy::load(control, claimed).await?;
    let token = claimed.secret(&control.key)?.ok_or(StepError::Incomplete("open_copy"))?;
    let client = control.catalog.client().await?;
    let row = queries::inspection_role().bind(&client, &copy.id).opt().await?;
    let row = row.ok_or(StepError::Gone)?;
    let input = provision_input(&client, claimed).await?;
    drop(client);

    let failed = StepError::server("open a copy");
    let turn = copy.turn(control).await?;
    let link = Link { token: &token, expires: row.open_until };
    link_put(&copy.admin, &copy.database, &input, link).await.map_err(&failed)?;
    let verifier = Verifier::parse(&row.role_password_verifier)?;
    let limits = RoleLimits {
        connections: row.connection_limit,
        statement_timeout_ms: row.statement_timeout_ms,
        lock_timeout_ms: row.lock_timeout_ms,
        idle_in_transaction_timeout_ms: row.idle_in_transaction_timeout_ms,
    };
    let role = copy.database.role();
    ddl::tenant_role_put(&turn, &role, &copy.database, &verifier, limits, Rights::Reader)
        .await
        .map_err(&failed)?;
    turn.finish().await.map_err(StepError::server("give the turn back"))?;
    Ok(Made::Nothing)
}

/// What the tenant was made with, its owner's e-mail among it.
async fn provision_input(client: &Client, claimed: &Claimed) -> Result<Value, StepError> {
    let subdomain = claimed.subdomain.as_deref().unwrap_or_default();
    let row = operation_queries::provision_input().bind(client, &subdomain).opt().await?;
    Ok(row.map_or(Value::Null, |it| it.input))
}

/// The step `close_copy`. Also where the control database knows of nobody who has opened it: a recovered one may have forgotten.
pub(crate) async fn close(control: &Control, claimed: &Claimed) -> Result<Made, StepError> {
    let copy = Copy::load(control, claimed).await?;
    let turn = copy.turn(control).await?;
    ddl::copy_close(&turn, &copy.database).await.map_err(StepError::server("close a copy"))?;
    turn.finish().await.map_err(StepError::server("give the turn back"))?;
    Ok(Made::Nothing)
}

/// From here on routers find it.
pub(crate) async fn keep_opened(txn: &Transaction<'_>, claimed: &Claimed) -> Result<(), StepError> {
    queries::inspection_opened().bind(txn, &id_of(claimed)?).await?;
    Ok(())
}

/// Whoever swaps it has it still.
pub(crate) async fn keep_closed(txn: &Transaction<'_>, claimed: &Claimed) -> Result<(), StepError> {
    let id = id_of(claimed)?;
    queries::inspection_delete().bind(txn, &id).await?;
    queries::inspection_closed().bind(txn, &id).await?;
    Ok(())
}
