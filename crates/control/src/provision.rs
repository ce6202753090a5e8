//! An organization gets its own database.
//!
//! Here is only the beginning: the rows, in one transaction and invisible to routers, and the operation that does the
//! rest. Where a spare is at hand it becomes the tenant's database in that same transaction, under the number it
//! already has, so that little is left to do.

use cloison_catalog::Transaction;
use cloison_catalog::queries::operations::{self, Operation};
use cloison_catalog::queries::{servers, spares, tenants};
use cloison_catalog::{Client, OnConstraint, Unavailable};
use cloison_model::{
    Candidate, DatabaseName, OperationId, OperationKind, OperationState, Placement, Secret,
    ServerId, Step, Subdomain, TenantId, UnknownWord, place,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::call::{self, Call, CallError};
use crate::control::{Control, SERVERS_MAX, TENANT_PASSWORD};
use crate::master_key::random_secret;
use crate::operations::{NewOperation, OPERATION_SECRET, SIGN_IN_LINK_LIFE, StartError, start};
use crate::pg::Verifier;
use crate::releases;

/// Who gets a database.
#[derive(Clone, Debug)]
pub struct ProvisionRequest {
    pub subdomain: Subdomain,
    pub name: String,
    pub region: String,
    pub plan: String,
    pub owner_email: String,
    pub locale: String,
    pub time_zone: String,
}

#[derive(Debug, thiserror::Error)]
pub enum ProvisionError {
    #[error("the subdomain '{0}' is taken")]
    SubdomainTaken(Subdomain),
    #[error("there is no plan '{0}'")]
    UnknownPlan(String),
    #[error("no server can take the tenant: {why}")]
    NoServer { why: String },
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
    #[error("the control database was written by a newer version")]
    Newer(#[from] UnknownWord),
}

/// Reserves the rows and begins the operation, which cannot be refused any more. The same call again answers the same
/// operation.
pub async fn provision(
    control: &Control,
    call: &Call,
    request: &ProvisionRequest,
) -> Result<OperationId, ProvisionError> {
    let mut client = control.catalog.client().await?;
    if let Some(earlier) = call::repeated(&client, call).await? {
        return Ok(OperationId(earlier));
    }
    let server = match place(&request.region, &fleet(&client).await?) {
        Placement::On { server, why } => (server, why),
        Placement::Nowhere { why } => return Err(ProvisionError::NoServer { why }),
    };
    let operation = OperationId(Uuid::now_v7());
    let txn = client.transaction().await?;
    match reserve(control, &txn, call, request, server, operation).await {
        Ok(()) => txn.commit().await?,
        Err(ProvisionError::Call(CallError::Repeated)) => {
            txn.rollback().await?;
            let earlier = call::repeated(&client, call).await?;
            return earlier.map(OperationId).ok_or(CallError::Repeated.into());
        }
        Err(error) => return Err(error),
    }
    control.feed.tell(operation, true);
    control.spares_wanted.notify_one();
    Ok(operation)
}

async fn fleet(client: &Client) -> Result<Vec<Candidate>, ProvisionError> {
    let rows = servers::server_load().bind(client, &SERVERS_MAX).all().await?;
    rows.into_iter()
        .map(|it| {
            Ok(Candidate {
                id: ServerId(it.id),
                name: it.name,
                region: it.region,
                state: it.state.parse()?,
                tenants: it.tenants,
                capacity: it.capacity,
                connection_budget: it.connection_budget,
            })
        })
        .collect()
}

/// The request as the operation keeps it. It holds personal data, so it goes when the tenant is erased.
fn input(request: &ProvisionRequest, why: &str) -> Value {
    json!({
        "subdomain": request.subdomain.as_str(),
        "name": request.name,
        "region": request.region,
        "plan": request.plan,
        "owner_email": request.owner_email,
        "locale": request.locale,
        "time_zone": request.time_zone,
        "placement": why,
    })
}

async fn reserve(
    control: &Control,
    txn: &Transaction<'_>,
    call: &Call,
    request: &ProvisionRequest,
    (server, why): (ServerId, String),
    operation: OperationId,
) -> Result<(), ProvisionError> {
    let kept = call::keep(txn, call, operation.0).await?;
    let version = releases::fleet_version(txn).await?.unwrap_or_default();
    let spare = spares::spare_take().bind(txn, &server.0, &version).opt().await?;
    let tenant = TenantId(spare.as_ref().map_or_else(Uuid::now_v7, |it| it.id));
    let number = tenants::organization_insert()
        .bind(
            txn,
            &tenant.0,
            &spare.as_ref().map(|it| it.number),
            &request.subdomain.as_str(),
            &request.name,
            &request.region,
            &request.locale,
        )
        .one()
        .await
        .on_constraint("organizations_subdomain_key", || {
            ProvisionError::SubdomainTaken(request.subdomain.clone())
        })?;
    let course = OperationKind::Provision.course();
    let (step, sealed, verifier) = if let Some(it) = spare {
        (Step::OpenDatabase, it.database_password_sealed, it.database_password_verifier)
    } else {
        let password = random_secret();
        let sealed = control.key.seal(TENANT_PASSWORD, tenant.0, &password);
        (course.first(), sealed, Verifier::of(&password).as_str().to_owned())
    };
    let database = DatabaseName::of_number(number);
    tenants::tenant_insert()
        .bind(
            txn,
            &tenant.0,
            &server.0,
            &database.as_str(),
            &database.role().as_str(),
            &sealed.as_slice(),
            &verifier.as_str(),
        )
        .await?;
    let subscribed =
        tenants::subscription_insert().bind(txn, &Uuid::now_v7(), &tenant.0, &request.plan).await?;
    if subscribed == 0 {
        return Err(ProvisionError::UnknownPlan(request.plan.clone()));
    }
    let secret = control.key.seal(OPERATION_SECRET, operation.0, &random_secret());
    let row = NewOperation {
        id: operation,
        kind: OperationKind::Provision,
        step,
        tenant: Some(tenant),
        spare: None,
        subdomain: Some(request.subdomain.as_str()),
        input: &input(request, &why),
        actor: &call.actor.name,
        secret_sealed: Some(&secret),
    };
    start(txn, &row).await.map_err(|error| match error {
        // The tenant is a second old, and its row is not even visible.
        StartError::Busy => ProvisionError::SubdomainTaken(request.subdomain.clone()),
        StartError::Database(source) => source.into(),
    })?;
    let source = match step {
        Step::OpenDatabase => "a spare was taken",
        _ => "no spare was at hand",
    };
    operations::operation_event_insert()
        .bind(txn, &operation.0, &format!("placed: {why}; {source}"))
        .await?;
    let detail = json!({ "plan": request.plan, "region": request.region, "placement": why });
    kept.record(txn, "tenant.create", request.subdomain.as_str(), &detail).await?;
    Ok(())
}

/// The token of the owner's first sign-in link, of an operation that has provisioned a tenant.
pub fn sign_in_token(control: &Control, row: &Operation) -> Option<Secret> {
    let provisioned = row.kind == OperationKind::Provision.as_str()
        && row.state == OperationState::Done.as_str()
        && row.finished_at.is_some_and(|it| Timestamp::now() < it + SIGN_IN_LINK_LIFE);
    let sealed = row.secret_sealed.as_deref().filter(|_| provisioned)?;
    control.key.open(OPERATION_SECRET, row.id, sealed).ok()
}
