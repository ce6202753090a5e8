//! One server, looked at with one connection and five queries, however many tenants it has.

use std::collections::BTreeMap;
use std::path::Path;

use cloison_model::Activity;
use tokio_postgres::types::Type;

use crate::pg::{AdminClient, ddl};

/// What a server says of itself at one moment.
#[derive(Clone, Debug, Default)]
pub struct ServerFacts {
    pub max_connections: i64,
    /// Clients' connections by what they are at: `active`, `idle`, `idle_in_transaction`, `other`.
    pub connections: BTreeMap<&'static str, i64>,
    pub is_archiving: bool,
    /// Since the last segment was archived, if one was.
    pub archive_age_seconds: Option<f64>,
    /// The last attempt to archive failed.
    pub is_archive_failing: bool,
    /// Segments of the log that wait to be archived.
    pub archive_waiting: i64,
    pub wal_bytes: i64,
    pub oldest_transaction_seconds: f64,
    pub xid_age: i64,
    pub replicas: Vec<Replica>,
    /// Of the file system with the data, if it is this machine's.
    pub disk: Option<Disk>,
    pub databases: Vec<DatabaseFacts>,
    /// Tenants' roles that are there.
    pub roles: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Replica {
    pub name: String,
    pub lag_bytes: i64,
    pub lag_seconds: f64,
}

#[derive(Clone, Copy, Debug)]
pub struct Disk {
    pub bytes: u64,
    pub free_bytes: u64,
}

impl Disk {
    /// The share that is free; nothing of a disk without a size.
    #[expect(clippy::cast_precision_loss, reason = "a share is not that fine")]
    pub fn free(self) -> Option<f64> {
        (self.bytes > 0).then(|| self.free_bytes as f64 / self.bytes as f64)
    }
}

#[derive(Clone, Debug)]
pub struct DatabaseFacts {
    pub name: String,
    pub oid: i64,
    pub connections: i64,
    /// When its counters were last set back, in microseconds since 1970; 0 if they never were.
    pub reset_us: i64,
    pub activity: Activity,
}

pub(super) async fn look(client: &AdminClient) -> Result<ServerFacts, tokio_postgres::Error> {
    let mut facts = itself(client).await?;
    facts.connections = connections(client).await?;
    facts.databases = databases(client).await?;
    facts.replicas = replicas(client).await?;
    facts.roles = roles(client).await?;
    Ok(facts)
}

async fn itself(client: &AdminClient) -> Result<ServerFacts, tokio_postgres::Error> {
    let row = client
        .query_typed_one(
            "select
                 current_setting('max_connections')::bigint,
                 current_setting('archive_mode') <> 'off',
                 extract(epoch from now() - archiver.last_archived_time)::double precision,
                 coalesce(archiver.last_failed_time > coalesce(archiver.last_archived_time, '-infinity'), false),
                 (select coalesce(sum(size), 0)::bigint from pg_ls_waldir()),
                 (
                     select coalesce(extract(epoch from max(now() - xact_start)), 0)::double precision
                     from pg_stat_activity
                     where backend_type = 'client backend' and pid <> pg_backend_pid()
                 ),
                 (select max(age(datfrozenxid))::bigint from pg_database),
                 current_setting('data_directory'),
                 (select count(*) from pg_ls_archive_statusdir() where name like '%.ready')
             from pg_stat_archiver as archiver",
            &[],
        )
        .await?;
    Ok(ServerFacts {
        max_connections: row.get(0),
        is_archiving: row.get(1),
        archive_age_seconds: row.get(2),
        is_archive_failing: row.get(3),
        wal_bytes: row.get(4),
        oldest_transaction_seconds: row.get(5),
        xid_age: row.get(6),
        disk: disk(Path::new(row.get::<_, &str>(7))),
        archive_waiting: row.get(8),
        ..ServerFacts::default()
    })
}

/// Of a directory that this process can see.
fn disk(path: &Path) -> Option<Disk> {
    let it = rustix::fs::statvfs(path).ok()?;
    Some(Disk { bytes: it.f_blocks * it.f_frsize, free_bytes: it.f_bavail * it.f_frsize })
}

async fn connections(
    client: &AdminClient,
) -> Result<BTreeMap<&'static str, i64>, tokio_postgres::Error> {
    let rows = client
        .query_typed(
            "select coalesce(state, ''), count(*)
             from pg_stat_activity
             where backend_type = 'client backend'
             group by state",
            &[],
        )
        .await?;
    let mut by_state =
        BTreeMap::from(["active", "idle", "idle_in_transaction", "other"].map(|it| (it, 0)));
    for row in rows {
        let state = match row.get(0) {
            "active" => "active",
            "idle" => "idle",
            "idle in transaction" | "idle in transaction (aborted)" => "idle_in_transaction",
            _ => "other",
        };
        *by_state.entry(state).or_default() += row.get::<_, i64>(1);
    }
    Ok(by_state)
}

pub(crate) async fn databases(
    client: &AdminClient,
) -> Result<Vec<DatabaseFacts>, tokio_postgres::Error> {
    let rows = client
        .query_typed(
            "select
                 datname::text, numbackends::bigint, xact_commit, xact_rollback,
                 tup_inserted + tup_updated + tup_deleted, temp_bytes, deadlocks, sessions,
                 (active_time * 1e3)::bigint,
                 coalesce(extract(epoch from stats_reset) * 1e6, 0)::bigint,
                 datid::bigint
             from pg_stat_database
             where datname like $1
             order by datname",
            &[(&ddl::TENANTS_LIKE, Type::TEXT)],
        )
        .await?;
    let count = |row: &tokio_postgres::Row, column: usize| {
        u64::try_from(row.get::<_, i64>(column)).unwrap_or_default()
    };
    let facts = |row: &tokio_postgres::Row| DatabaseFacts {
        name: row.get(0),
        connections: row.get(1),
        activity: Activity {
            commits: count(row, 2),
            rollbacks: count(row, 3),
            rows_written: count(row, 4),
            temp_bytes: count(row, 5),
            deadlocks: count(row, 6),
            sessions: count(row, 7),
            active_us: count(row, 8),
        },
        reset_us: row.get(9),
        oid: row.get(10),
    };
    Ok(rows.iter().map(facts).collect())
}

/// Their lag is that of replaying; a replica that has all there is has none, however long nothing was written.
async fn replicas(client: &AdminClient) -> Result<Vec<Replica>, tokio_postgres::Error> {
    let rows = client
        .query_typed(
            "select
                 coalesce(nullif(application_name, ''), client_addr::text, 'unnamed'),
                 greatest(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn), 0)::bigint,
                 coalesce(extract(epoch from replay_lag), 0)::double precision
             from pg_stat_replication
             where not pg_is_in_recovery() and replay_lsn is not null
             order by 1, pid",
            &[],
        )
        .await?;
    let replica = |row: &tokio_postgres::Row| Replica {
        name: row.get(0),
        lag_bytes: row.get(1),
        lag_seconds: row.get(2),
    };
    Ok(rows.iter().map(replica).collect())
}

async fn roles(client: &AdminClient) -> Result<Vec<String>, tokio_postgres::Error> {
    let rows = client
        .query_typed(
            "select rolname::text from pg_roles where rolname like $1 order by rolname",
            &[(&ddl::TENANTS_LIKE, Type::TEXT)],
        )
        .await?;
    Ok(rows.iter().map(|it| it.get(0)).collect())
}
