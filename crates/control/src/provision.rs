//! An organization gets its own database.
//!
//! Rows first, in one transaction, invisible to routers; then role, database and first data on the
//! server; visible last. What fails is taken back whole, and the operation says why. A process that
//! dies in between leaves rows in PROVISIONING, and [`recover`] takes those back at the next start.

use cloison_catalog::queries::{audit, operations, servers, tenants};
use cloison_catalog::{Client, OnConstraint, Unavailable};
use cloison_model::{
    Candidate, DatabaseName, OperationId, OperationState, Placement, Secret, ServerId, Subdomain,
    TenantId, UnknownWord, hexadecimal, place,
};
use jiff::{Span, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::task::JoinHandle;
use tokio_postgres::types::{Json, Type};
use uuid::Uuid;

use crate::control::{Control, ServerError, TENANT_PASSWORD};
use crate::master_key::random_secret;
use crate::pg::ddl::{self, RoleLimits};
use crate::pg::{Admin, Verifier};

/// What the operation is called in table, API and log.
pub const KIND: &str = "provision";

/// How long the owner may take to use the first link.
const SIGN_IN_LINK_HOURS: i64 = 7 * 24;
/// More servers than one control database is meant for; a query has a limit.
const SERVERS_MAX: i64 = 1_000;
/// Operations that one dead process can have left behind; the rest is found at the next start.
const UNFINISHED_MAX: i64 = 1_000;

/// Who gets a database, and who asked for it.
#[derive(Clone, Debug)]
pub struct ProvisionRequest {
    pub subdomain: Subdomain,
    pub name: String,
    pub region: String,
    pub plan: String,
    pub owner_email: String,
    pub locale: String,
    pub time_zone: String,
    pub actor: String,
    pub idempotency_key: Option<String>,
}

/// An operation that runs, or one that the same idempotency key had started before.
#[derive(Debug)]
pub struct Started {
    pub operation: OperationId,
    /// Resolves when it has ended; absent where another call started it.
    pub ended: Option<JoinHandle<OperationState>>,
}

#[derive(Debug, thiserror::Error)]
pub enum ProvisionError {
    #[error("the subdomain '{0}' is taken")]
    SubdomainTaken(Subdomain),
    #[error("there is no plan '{0}'")]
    UnknownPlan(String),
    #[error("no server can take the tenant: {why}")]
    NoServer { why: String },
    #[error("the idempotency key was used before, for another request")]
    KeyReused,
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
    #[error("the control database was written by a newer version")]
    Newer(#[from] UnknownWord),
}

/// Why the work on the server stopped.
#[derive(Debug, thiserror::Error)]
enum StepError {
    #[error(transparent)]
    Server(#[from] ServerError),
    #[error("{verb}")]
    Postgres { verb: &'static str, source: tokio_postgres::Error },
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
    #[error("the tenant's rows have gone")]
    Gone,
}

/// What the work on the server needs to know.
struct Work {
    operation: OperationId,
    tenant: TenantId,
    server: ServerId,
    database: DatabaseName,
    verifier: Verifier,
    request: ProvisionRequest,
}

/// Reserves the rows and starts the work; returns as soon as the work cannot be refused any more.
pub async fn provision(
    control: &Control,
    request: ProvisionRequest,
    now: Timestamp,
) -> Result<Started, ProvisionError> {
    let mut client = control.catalog.client().await?;
    if let Some(key) = &request.idempotency_key
        && let Some(earlier) = operations::operation_of_key().bind(&**client, key).opt().await?
    {
        return same_request(&request, &earlier);
    }
    let placed = place(&request.region, &fleet(&client).await?);
    let server = match placed {
        Placement::On { server, .. } => server,
        Placement::Nowhere { why } => return Err(ProvisionError::NoServer { why }),
    };
    let work = reserve(control, &mut client, request, server).await?;
    let operation = work.operation;
    let control = control.clone();
    let ended = control.tracker.clone().spawn(async move { run(&control, work, now).await });
    Ok(Started { operation, ended: Some(ended) })
}

/// The one-time link's token of a tenant that was provisioned by this operation.
pub fn sign_in_token(control: &Control, operation: OperationId) -> Secret {
    control.key.derive_token("sign-in link", operation.0)
}

/// Takes back what a process that died left half-done. To be called before anything else runs.
pub async fn recover(control: &Control) -> anyhow::Result<usize> {
    let mut client = control.catalog.client().await?;
    let left = operations::operation_unfinished().bind(&**client, &UNFINISHED_MAX).all().await?;
    for operation in &left {
        let id = OperationId(operation.id);
        let why = "the process ended while this ran; what it had made was taken back";
        if let Some(tenant) = operation.organization_id.map(TenantId)
            && let Some(role) = tenants::tenant_role().bind(&**client, &tenant.0).opt().await?
        {
            let admin = control.admin(&**client, ServerId(role.server_id)).await?;
            undo(&admin, &role.database_name.parse()?).await?;
        }
        forget(&mut client, id, operation.organization_id.map(TenantId), why).await?;
        tracing::warn!(operation = %id, subdomain = operation.subdomain, "took back a provision of {} that was cut off", operation.subdomain);
    }
    Ok(left.len())
}

fn same_request(
    request: &ProvisionRequest,
    earlier: &operations::Operation,
) -> Result<Started, ProvisionError> {
    if earlier.kind == KIND && earlier.input == input(request) {
        Ok(Started { operation: OperationId(earlier.id), ended: None })
    } else {
        Err(ProvisionError::KeyReused)
    }
}

async fn fleet(client: &Client) -> Result<Vec<Candidate>, ProvisionError> {
    let rows = servers::server_load().bind(&***client, &SERVERS_MAX).all().await?;
    rows.into_iter()
        .map(|it| {
            Ok(Candidate {
                id: ServerId(it.id),
                name: it.name,
                region: it.region,
                state: it.state.parse()?,
                tenants: it.tenants,
                capacity: it.capacity,
            })
        })
        .collect()
}

/// The request as the operation keeps it; also what a repeated idempotency key is compared with.
fn input(request: &ProvisionRequest) -> Value {
    json!({
        "subdomain": request.subdomain.as_str(),
        "name": request.name,
        "region": request.region,
        "plan": request.plan,
        "owner_email": request.owner_email,
        "locale": request.locale,
        "time_zone": request.time_zone,
    })
}

async fn reserve(
    control: &Control,
    client: &mut Client,
    request: ProvisionRequest,
    server: ServerId,
) -> Result<Work, ProvisionError> {
    let operation = OperationId(Uuid::now_v7());
    let tenant = TenantId(Uuid::now_v7());
    let password = random_secret();
    let verifier = Verifier::of(&password);

    let txn = client.transaction().await?;
    let number = tenants::organization_insert()
        .bind(
            &*txn,
            &tenant.0,
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
    let database = DatabaseName::of_number(number);
    let sealed = control.key.seal(TENANT_PASSWORD, tenant.0, &password);
    tenants::tenant_insert()
        .bind(
            &*txn,
            &tenant.0,
            &server.0,
            &database.as_str(),
            &database.role().as_str(),
            &sealed,
            &verifier.as_str(),
        )
        .await?;
    let subscribed = tenants::subscription_insert()
        .bind(&*txn, &Uuid::now_v7(), &tenant.0, &request.plan)
        .await?;
    if subscribed == 0 {
        return Err(ProvisionError::UnknownPlan(request.plan));
    }
    let input = input(&request);
    operations::operation_insert()
        .bind(
            &*txn,
            &operation.0,
            &KIND,
            &tenant.0,
            &request.subdomain.as_str(),
            &Json(&input),
            &request.actor,
            &request.idempotency_key,
        )
        .await
        .on_constraint("operations_idempotency_key_key", || ProvisionError::KeyReused)?;
    audit::audit_append()
        .bind(&*txn, &request.actor, &"tenant.create", &request.subdomain.as_str(), &Json(&input))
        .one()
        .await?;
    txn.commit().await?;
    Ok(Work { operation, tenant, server, database, verifier, request })
}

async fn run(control: &Control, work: Work, now: Timestamp) -> OperationState {
    let _turn = control.provisions.acquire().await.expect("the semaphore is never closed");
    let (operation, tenant) = (work.operation, work.tenant);
    let (subdomain, database) = (&work.request.subdomain, &work.database);
    let error = match build(control, &work, now).await {
        Ok(()) => {
            tracing::info!(%tenant, %subdomain, "{subdomain} is ready");
            return OperationState::Done;
        }
        Err(error) => anyhow::Error::from(error),
    };
    tracing::warn!(%operation, %subdomain, "could not provision {subdomain}: {error:#}");
    if let Err(left) = take_back(control, &work, &format!("{error:#}")).await {
        // The rows stay in PROVISIONING, so the next start finds them.
        tracing::error!(%subdomain, %database, "{database} stays behind until the next start: {left:#}");
    }
    OperationState::Failed
}

async fn build(control: &Control, work: &Work, now: Timestamp) -> Result<(), StepError> {
    // One connection for all steps: a second one could be waited for by as many as hold a first.
    let mut client = control.catalog.client().await?;
    let admin = control.admin(&**client, work.server).await?;
    let limits = role_limits(&client, work.tenant).await?;
    let postgres = |verb| move |source| StepError::Postgres { verb, source };
    let role = work.database.role();

    let server = admin.connect("postgres").await.map_err(postgres("connect to the server"))?;
    ddl::tenant_role_put(&server, &role, &work.verifier, limits)
        .await
        .map_err(postgres("create the role"))?;
    event(&client, work, "created the role").await?;
    ddl::tenant_database_create(&server, &work.database)
        .await
        .map_err(postgres("create the database"))?;
    ddl::tenant_database_open(&server, &work.database, &role)
        .await
        .map_err(postgres("open the database to its role"))?;
    event(&client, work, "created the database").await?;
    let token = sign_in_token(control, work.operation);
    write_first_data(&admin, &work.database, &input(&work.request), &token, now)
        .await
        .map_err(postgres("write the first data"))?;
    event(&client, work, "wrote the first data").await?;
    admit(control, &mut client, work).await
}

/// Calls the application's `cloison_first_data` as the owner of the schema.
pub(crate) async fn write_first_data(
    admin: &Admin,
    database: &DatabaseName,
    input: &Value,
    token: &Secret,
    now: Timestamp,
) -> Result<(), tokio_postgres::Error> {
    let client = admin.connect(database.as_str()).await?;
    ddl::become_owner(&client, ddl::OWNER).await?;
    let expires = now + Span::new().hours(SIGN_IN_LINK_HOURS);
    let data = json!({
        "name": input["name"],
        "locale": input["locale"],
        "time_zone": input["time_zone"],
        "owner_email": input["owner_email"],
        "sign_in_token_hash": hexadecimal(&Sha256::digest(token.expose())),
        "sign_in_expires_at": expires.to_string(),
    });
    client.execute_typed("select cloison_first_data($1)", &[(&Json(&data), Type::JSONB)]).await?;
    Ok(())
}

/// Visible, last: in one transaction with the end of the operation.
async fn admit(control: &Control, client: &mut Client, work: &Work) -> Result<(), StepError> {
    let txn = client.transaction().await?;
    let admitted =
        tenants::tenant_admit().bind(&*txn, &control.release.version(), &work.tenant.0).await?;
    if admitted == 0 {
        return Err(StepError::Gone);
    }
    operations::operation_done().bind(&*txn, &work.operation.0).await?;
    txn.commit().await?;
    Ok(())
}

async fn role_limits(client: &Client, tenant: TenantId) -> Result<RoleLimits, StepError> {
    let role =
        tenants::tenant_role().bind(&***client, &tenant.0).opt().await?.ok_or(StepError::Gone)?;
    Ok(limits_of(&role))
}

pub(crate) fn limits_of(role: &tenants::Role) -> RoleLimits {
    RoleLimits {
        connections: role.connection_limit,
        statement_timeout_ms: role.statement_timeout_ms,
        lock_timeout_ms: role.lock_timeout_ms,
        idle_in_transaction_timeout_ms: role.idle_in_transaction_timeout_ms,
    }
}

async fn event(client: &Client, work: &Work, message: &str) -> Result<(), StepError> {
    operations::operation_event_insert().bind(&***client, &work.operation.0, &message).await?;
    Ok(())
}

async fn take_back(control: &Control, work: &Work, why: &str) -> anyhow::Result<()> {
    let mut client = control.catalog.client().await?;
    let admin = control.admin(&**client, work.server).await?;
    undo(&admin, &work.database).await?;
    forget(&mut client, work.operation, Some(work.tenant), why).await
}

async fn undo(admin: &Admin, database: &DatabaseName) -> anyhow::Result<()> {
    let server = admin.connect("postgres").await?;
    ddl::database_drop(&server, database).await?;
    ddl::role_drop(&server, &database.role()).await?;
    Ok(())
}

/// The rows go, the operation stays with the reason.
async fn forget(
    client: &mut Client,
    operation: OperationId,
    tenant: Option<TenantId>,
    why: &str,
) -> anyhow::Result<()> {
    let txn = client.transaction().await?;
    operations::operation_failed().bind(&*txn, &why, &operation.0).await?;
    if let Some(tenant) = tenant {
        tenants::organization_delete_unadmitted().bind(&*txn, &tenant.0).await?;
    }
    txn.commit().await?;
    Ok(())
}
