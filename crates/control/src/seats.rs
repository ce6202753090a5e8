//! Who may have how many connections to which server: the rounds of leasing, made in the control database.
//!
//! What becomes of whose seats is decided in `model::settle`, when a round is made in `router::seat_leases`. Here one
//! transaction holds the servers still while that is read, decided and written.

use std::collections::BTreeMap;
use std::time::Duration;

use cloison_catalog::queries::seats;
use cloison_catalog::{Client, GenericClient, Transaction};
use cloison_model::{NodeId, SeatRow, ServerId, Settled, settle};
use cloison_router::{OtherLease, SeatLease, SeatLeases, SeatRound, SilentLease, Taken};
use jiff::Timestamp;
use tokio::time::sleep;

use crate::control::{Control, SERVERS_MAX};

/// More than all processes of an installation have on all its servers; with so many, a sum would be wrong.
const LEASES_MAX: i64 = 10_000;

#[derive(Debug, thiserror::Error)]
pub enum SeatError {
    #[error("the control database cannot be reached")]
    Unavailable(#[from] cloison_catalog::Unavailable),
    #[error("the control database did not make the round")]
    Database(#[from] tokio_postgres::Error),
    #[error("a later round has been made before this one, so it was not made")]
    Overtaken,
    #[error("there are {LEASES_MAX} leases of seats or more; old ones must go first")]
    TooMany,
}

/// Which process has the seats.
#[derive(Clone, Debug)]
pub struct Process {
    /// Its machine and number, for people.
    pub name: String,
    /// By what [`Self::has_ended`] of another process on the same machine can tell that this one has ended.
    pub place: Option<String>,
    /// Whether the process at a place has certainly ended. One on another machine never has.
    pub has_ended: fn(&str) -> bool,
    /// The newest version of the tenants' schema that its pages know, if they are the ones that serve.
    pub schema_newest: Option<i64>,
}

impl Default for Process {
    fn default() -> Self {
        Self { name: "cloison".to_owned(), place: None, has_ended: |_| false, schema_newest: None }
    }
}

/// A server sees within a second that a client is no more, also while it works for it: the router asks it to look.
const CONNECTIONS_OUTLIVE_PROCESS: Duration = Duration::from_millis(1_500);

/// One process's seats of one server, for people.
#[derive(Clone, Debug)]
pub struct NodeSeats {
    pub node: NodeId,
    pub name: String,
    pub started_at: Timestamp,
    /// By the clock of the control database; nothing is decided by it.
    pub seen_at: Timestamp,
    pub server: String,
    pub seats: i32,
    pub kept: i32,
    pub wanted: i32,
    /// It has not been heard of, and others have what it does not keep.
    pub is_silent: bool,
}

/// Every process that has seats or may get some, the oldest first, with its servers by name.
pub async fn list(client: &Client) -> Result<Vec<NodeSeats>, tokio_postgres::Error> {
    let rows = seats::router_node_list().bind(client, &LEASES_MAX).all().await?;
    let seats = |row: seats::RouterNodeList| NodeSeats {
        node: NodeId(row.id),
        name: row.name,
        started_at: row.started_at,
        seen_at: row.seen_at,
        server: row.server,
        seats: row.seats,
        kept: row.kept,
        wanted: row.wanted,
        is_silent: row.silent,
    };
    Ok(rows.into_iter().map(seats).collect())
}

/// Takes everything from a process that is known to be dead, without waiting for a day; answers whether it was there.
///
/// If it is alive after all, it closes its connections when it next asks, and until then there may be more than the
/// budget.
pub async fn forget(client: &mut Client, node: NodeId) -> Result<bool, tokio_postgres::Error> {
    let txn = client.transaction().await?;
    seats::seat_budgets_lock().bind(&txn, &SERVERS_MAX).all().await?;
    let forgotten = seats::router_node_forget().bind(&txn, &node.0).await?;
    txn.commit().await?;
    Ok(forgotten > 0)
}

/// Takes everything from processes of this machine that were killed; answers from how many.
///
/// For a start: whoever comes right after a crash would else wait until the seats have been silent for long enough.
pub async fn forget_ended(control: &Control) -> anyhow::Result<usize> {
    let mut client = control.catalog.client().await?;
    let ended = ended(&client, control).await?;
    if !ended.is_empty() {
        sleep(CONNECTIONS_OUTLIVE_PROCESS).await;
    }
    for node in &ended {
        forget(&mut client, *node).await?;
        tracing::info!(%node, "the seats of a process that was killed are free");
    }
    Ok(ended.len())
}

async fn ended(
    client: &impl GenericClient,
    control: &Control,
) -> Result<Vec<NodeId>, tokio_postgres::Error> {
    let places = seats::router_node_places().bind(client, &LEASES_MAX).all().await?;
    let has_ended = |it: &seats::RouterNodePlaces| (control.process.has_ended)(&it.place);
    Ok(places.into_iter().filter(has_ended).map(|it| NodeId(it.id)).collect())
}

/// Makes one round, or nothing of it.
pub(crate) async fn make_round(
    control: &Control,
    round: &SeatRound,
) -> Result<SeatLeases, SeatError> {
    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    // One round at a time, and no budget changes meanwhile.
    let budgets = seats::seat_budgets_lock().bind(&txn, &SERVERS_MAX).all().await?;
    if round.is_last {
        seats::router_node_delete().bind(&txn, &round.node.0, &round.number).await?;
        txn.commit().await?;
        return Ok(SeatLeases::default());
    }
    let Process { name, place, schema_newest, has_ended: _ } = &*control.process;
    let written = seats::router_node_write()
        .bind(&txn, &round.node.0, name, place, schema_newest, &round.number)
        .await?;
    if written == 0 {
        return Err(SeatError::Overtaken);
    }
    if !round.silent.is_empty() {
        take_from_silent(&txn, round, &ended(&txn, control).await?).await?;
    }
    let rows = seats::seat_lease_list().bind(&txn, &LEASES_MAX).all().await?;
    if rows.len() >= usize::try_from(LEASES_MAX).expect("it is not that large") {
        return Err(SeatError::TooMany);
    }
    let settled = settle_all(&budgets, &rows, round);
    write(&txn, round, &settled).await?;
    txn.commit().await?;
    Ok(answer(round.node, &settled, &rows))
}

async fn take_from_silent(
    txn: &Transaction<'_>,
    round: &SeatRound,
    ended: &[NodeId],
) -> Result<(), tokio_postgres::Error> {
    let servers: Vec<_> = round.silent.iter().map(|it| it.server.0).collect();
    let nodes: Vec<_> = round.silent.iter().map(|it| it.node.0).collect();
    let renewals: Vec<_> = round.silent.iter().map(|it| it.renewals).collect();
    let keeps_nothing = |it: &SilentLease| it.taken == Taken::All || ended.contains(&it.node);
    let everything: Vec<_> = round.silent.iter().map(keeps_nothing).collect();
    let silenced = seats::seat_lease_silence().bind(txn, &servers, &nodes, &renewals).await?;
    let taken =
        seats::seat_lease_take().bind(txn, &servers, &nodes, &renewals, &everything).await?;
    seats::router_nodes_delete_empty().bind(txn, &nodes, &round.node.0).await?;
    if silenced + taken > 0 {
        tracing::warn!(
            ?nodes,
            "processes have not been heard of for too long, and their seats are free for others"
        );
    }
    Ok(())
}

fn settle_all(
    budgets: &[seats::SeatBudgetsLock],
    rows: &[seats::SeatLeaseList],
    round: &SeatRound,
) -> BTreeMap<ServerId, Settled> {
    let mut by_server: BTreeMap<ServerId, BTreeMap<NodeId, SeatRow>> = BTreeMap::new();
    for row in rows {
        let seats = SeatRow {
            seats: count(row.seats),
            kept: count(row.kept),
            wanted: count(row.wanted),
            is_silent: row.silent,
        };
        by_server.entry(ServerId(row.server_id)).or_default().insert(NodeId(row.node_id), seats);
    }
    let settle_one = |it: &seats::SeatBudgetsLock| {
        let server = ServerId(it.id);
        let report = round.reports.get(&server).copied().unwrap_or_default();
        let rows = by_server.entry(server).or_default();
        (server, settle(count(it.connection_budget), round.node, rows, report))
    };
    budgets.iter().map(settle_one).collect()
}

async fn write(
    txn: &Transaction<'_>,
    round: &SeatRound,
    settled: &BTreeMap<ServerId, Settled>,
) -> Result<(), tokio_postgres::Error> {
    let servers: Vec<_> = settled.keys().map(|it| it.0).collect();
    let column = |of: fn(&SeatRow) -> usize| -> Vec<i32> {
        settled.values().map(|it| i32::try_from(of(&it.row)).unwrap_or(i32::MAX)).collect()
    };
    let (seats, kept) = (column(|it| it.seats), column(|it| it.kept));
    let wanted = column(|it| it.wanted);
    seats::seat_lease_write()
        .bind(txn, &round.node.0, &round.number, &servers, &seats, &kept, &wanted)
        .await?;
    Ok(())
}

fn answer(
    node: NodeId,
    settled: &BTreeMap<ServerId, Settled>,
    rows: &[seats::SeatLeaseList],
) -> SeatLeases {
    let lease = |it: &Settled| SeatLease { seats: it.row.seats, share: it.share, kept: it.kept };
    let other = |it: &seats::SeatLeaseList| OtherLease {
        server: ServerId(it.server_id),
        node: NodeId(it.node_id),
        renewals: it.renewals,
        is_silent: it.silent,
    };
    SeatLeases {
        own: settled.iter().map(|(server, it)| (*server, lease(it))).collect(),
        others: rows.iter().filter(|it| it.node_id != node.0).map(other).collect(),
    }
}

fn count(number: i32) -> usize {
    usize::try_from(number).expect("the table checks that it is not negative")
}
