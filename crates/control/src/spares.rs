//! Keeps databases made ahead, so that a new tenant finds one that is ready.
//!
//! A reconciler: looks at what is there, asks `model` what is missing, and writes operations. It remembers nothing,
//! so a crash leaves nothing for it to recover.

use std::collections::BTreeMap;
use std::time::Duration;

use cloison_catalog::Transaction;
use cloison_catalog::queries::{servers, spares};
use cloison_model::{
    OperationId, OperationKind, ServerId, SpareId, SpareOrder, SpareState, Stock, plan_spares,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::control::{Control, SERVERS_MAX, TENANT_PASSWORD};
use crate::master_key::random_secret;
use crate::operations::{NewOperation, StepError, start};
use crate::pg::Verifier;
use crate::releases;

/// Who asked for spares, in operations.
const ACTOR: &str = "cloison";
/// More spares than any fleet keeps; the rest is seen the next time.
const SPARES_MAX: i64 = 10_000;
/// Looks this often without being told that one was taken.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Customers' orders come first: spares are made once none has begun or ended for so long.
const QUIET: Duration = Duration::from_millis(200);

/// After a spare could not be made on a server, none is ordered there for so long.
const FAILING_FOR: SignedDuration = SignedDuration::from_mins(2);

/// Until shutdown.
pub(crate) async fn keep_stocked(control: Control, wanted: u16, shutdown: CancellationToken) {
    loop {
        if let Err(error) = restock(&control, wanted).await {
            // The worker beside this says when the control database is down.
            tracing::debug!("cannot look after spares: {error}");
        }
        tokio::select! {
            () = control.spares_wanted.notified() => {}
            () = sleep(LOOK_EVERY) => {}
            () = shutdown.cancelled() => return,
        }
        tokio::select! {
            () = quiet(&control) => {}
            // It never gets quiet.
            () = sleep(LOOK_EVERY) => {}
            () = shutdown.cancelled() => return,
        }
    }
}

/// Making a database keeps a server's disk busy for as long as all the rest of an order takes.
async fn quiet(control: &Control) {
    while timeout(QUIET, control.spares_wanted.notified()).await.is_ok() {}
}

/// One look: orders what is missing and drops what is outdated. Answers how many operations it began.
pub async fn restock(control: &Control, wanted: u16) -> Result<usize, StepError> {
    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    // Two that look at the same time would both order the same.
    if !spares::spares_plan_alone().bind(&txn).one().await? {
        return Ok(0);
    }
    // Before the first server is set up there is nothing to clone.
    let Some(version) = releases::fleet_version(&txn).await? else { return Ok(0) };
    let orders = plan_spares(wanted, &stocks(&txn, version).await?);
    for order in &orders {
        match *order {
            SpareOrder::Make { server } => make(control, &txn, server, version).await?,
            SpareOrder::Drop { spare } => drop_one(&txn, spare).await?,
        }
    }
    txn.commit().await?;
    if !orders.is_empty() {
        control.feed.tell(OperationId(Uuid::nil()), true);
    }
    Ok(orders.len())
}

async fn stocks(txn: &Transaction<'_>, version: i64) -> Result<Vec<Stock>, StepError> {
    let failing = spares::spare_failures().bind(txn, &a_while_ago()).all().await?;
    let mut stocks = BTreeMap::new();
    for row in servers::server_load().bind(txn, &SERVERS_MAX).all().await? {
        let server = ServerId(row.id);
        let stock = Stock {
            server,
            state: row.state.parse()?,
            room: row.capacity - row.tenants,
            ready: Vec::new(),
            making: 0,
            is_failing: failing.contains(&row.id.to_string()),
            outdated: Vec::new(),
        };
        stocks.insert(server, stock);
    }
    for row in spares::spare_list().bind(txn, &SPARES_MAX).all().await? {
        let Some(stock) = stocks.get_mut(&ServerId(row.server_id)) else { continue };
        let spare = SpareId(row.id);
        match row.state.parse()? {
            SpareState::Making => stock.making += 1,
            SpareState::Ready if row.schema_version == version => stock.ready.push(spare),
            SpareState::Ready => stock.outdated.push(spare),
            SpareState::Dropping => {}
        }
    }
    Ok(stocks.into_values().collect())
}

/// The smallest id of an operation that began no longer ago than this: ids begin with their time.
fn a_while_ago() -> Uuid {
    let since = Timestamp::now() - FAILING_FOR;
    let seconds = u64::try_from(since.as_second()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(seconds * 1_000, &[0; 10]).into_uuid()
}

async fn make(
    control: &Control,
    txn: &Transaction<'_>,
    server: ServerId,
    version: i64,
) -> Result<(), StepError> {
    let spare = SpareId(Uuid::now_v7());
    let password = random_secret();
    let verifier = Verifier::of(&password);
    // Bound to the id that the tenant will have.
    let sealed = control.key.seal(TENANT_PASSWORD, spare.0, &password);
    spares::spare_insert()
        .bind(txn, &spare.0, &server.0, &sealed.as_slice(), &verifier.as_str(), &version)
        .one()
        .await?;
    begin(txn, OperationKind::MakeSpare, spare, &json!({ "server": server.to_string() })).await
}

async fn drop_one(txn: &Transaction<'_>, spare: SpareId) -> Result<(), StepError> {
    // Taken in the meantime: not ours to drop any more.
    if spares::spare_condemn().bind(txn, &spare.0).await? == 0 {
        return Ok(());
    }
    begin(txn, OperationKind::DropSpare, spare, &json!({})).await
}

async fn begin(
    txn: &Transaction<'_>,
    kind: OperationKind,
    spare: SpareId,
    input: &Value,
) -> Result<(), StepError> {
    let operation = NewOperation {
        id: OperationId(Uuid::now_v7()),
        kind,
        step: kind.course().first(),
        tenant: None,
        spare: Some(spare),
        subdomain: None,
        input,
        actor: ACTOR,
        secret_sealed: None,
    };
    start(txn, &operation).await.map_err(StepError::start)
}
