//! Adding up what servers have counted, each server by one process at a time.
//!
//! Whoever claims a server gets a token, and reads its counters after that; what was read is added only if no newer token was given
//! out. So what is added was read after everything that was added before. The days and the marks up to which they are counted move
//! in one commit: whoever is cut off has changed nothing, and the next one adds what is missing.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use cloison_catalog::Transaction;
use cloison_catalog::queries::usage as queries;
use cloison_model::{
    Activity, Added, Day, EventType, Limit, Reading, ServerId, Standing, Statements, TenantId,
    standing,
};
use futures_util::future::join_all;
use jiff::Timestamp;
use serde::Serialize;
use tokio::time::{sleep, timeout};
use tokio_postgres::types::Json;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::source::{Counters, DatabaseCounters, read};
use super::tell::{Crossing, tell};
use super::{day_of, forget};
use crate::control::{Control, SERVERS_MAX};
use crate::master_key::random_bytes;
use crate::operations::{StepError, sentence};

/// How old what is told may be. A server's counters are read that often, whatever the number of processes.
const EVERY: Duration = Duration::from_mins(1);
/// How often a process looks whether a server is due.
const LOOK_EVERY: Duration = Duration::from_secs(15);
/// A server that has not answered by then is left out, and asked a minute later.
const SERVER_MAX: Duration = Duration::from_secs(10);
/// More than a server is meant for.
const TENANTS_MAX: i64 = 100_000;
/// Days are kept for more than a year; what is too old may wait.
const FORGET_EVERY: Duration = Duration::from_hours(1);

/// The right to add up a server's counters, until somebody else has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    pub server: ServerId,
    token: i64,
}

/// What became of what was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Booked {
    /// Of so many tenants.
    Added { tenants: usize },
    /// Somebody else has claimed the server since.
    Overtaken,
}

/// Until shutdown. A process that starts has better to do first.
pub(crate) async fn keep_collected(control: Control, shutdown: CancellationToken) {
    let mut forget_at = tokio::time::Instant::now() + FORGET_EVERY;
    loop {
        tokio::select! {
            () = sleep(LOOK_EVERY) => {}
            () = shutdown.cancelled() => return,
        }
        let work = async {
            if let Err(error) = collect(&control, Timestamp::now()).await {
                tracing::debug!("what tenants use is not added up for now: {}", sentence(&error));
            }
            if tokio::time::Instant::now() >= forget_at {
                forget_at = tokio::time::Instant::now() + FORGET_EVERY;
                if let Err(error) = forget(&control).await {
                    tracing::info!("old days of usage stay for an hour: {}", sentence(&error));
                }
            }
        };
        // All of it can be cut off and done again.
        if shutdown.run_until_cancelled(work).await.is_none() {
            return;
        }
    }
}

/// One look: all servers that are due, at once. One that does not answer is left out.
pub async fn collect(control: &Control, now: Timestamp) -> Result<usize, StepError> {
    let claims = claim(control).await?;
    let each = claims.iter().map(async |claim| {
        let counters = match timeout(SERVER_MAX, read(control, claim.server)).await {
            Ok(counters) => counters?,
            Err(_elapsed) => return Err(StepError::TooSlow { seconds: SERVER_MAX.as_secs() }),
        };
        book(control, *claim, &counters, now).await
    });
    let mut tenants = 0;
    for (claim, booked) in claims.iter().zip(join_all(each).await) {
        match booked {
            Ok(Booked::Added { tenants: more }) => tenants += more,
            Ok(Booked::Overtaken) => {}
            Err(error) => tracing::debug!(
                server = %claim.server,
                "what tenants of server {} use is added up later: {}", claim.server, sentence(&error)
            ),
        }
    }
    Ok(tenants)
}

/// Claims all servers that are due.
pub async fn claim(control: &Control) -> Result<Vec<Claim>, StepError> {
    let client = control.catalog.client().await?;
    queries::usage_sources_ensure().bind(&client).await?;
    let token = i64::from_ne_bytes(random_bytes());
    let every = EVERY.as_secs_f64();
    let rows = queries::usage_claim().bind(&client, &every, &SERVERS_MAX, &token).all().await?;
    Ok(rows.into_iter().map(|id| Claim { server: ServerId(id), token }).collect())
}

/// Adds what came since the marks, and moves them.
pub async fn book(
    control: &Control,
    claim: Claim,
    counters: &Counters,
    now: Timestamp,
) -> Result<Booked, StepError> {
    let day = day_of(now);
    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    let holds = queries::usage_collected()
        .bind(&txn, &counters.counts_statements, &claim.server.0, &claim.token)
        .await?;
    if holds == 0 {
        return Ok(Booked::Overtaken);
    }
    let sizes = control.samples.sizes(claim.server);
    let tenants = tenants_of(&txn, claim.server, day).await?;
    let looked_at: Vec<Looked> = tenants
        .into_iter()
        .filter_map(|tenant| {
            let counted = counters.databases.get(&tenant.database)?;
            let bytes = sizes.as_ref().map(|it| it.of(&tenant.database)).filter(|it| *it > 0);
            Some(look(tenant, counted, bytes))
        })
        .filter(Looked::has_news)
        .collect();
    let there = there(&txn, looked_at.iter().map(|it| it.tenant)).await?;
    let looked_at: Vec<_> =
        looked_at.into_iter().filter(|it| there.contains(&it.tenant.0)).collect();
    if !looked_at.is_empty() {
        let days: Vec<_> = looked_at.iter().map(|it| it.day_row(day)).collect();
        queries::usage_activity_add().bind(&txn, &Json(&days)).await?;
        let marks: Vec<_> = looked_at.iter().map(|it| it.mark_row(day)).collect();
        queries::usage_marks_put().bind(&txn, &Json(&marks)).await?;
        // Last, since whoever else has something to tell waits for the commit.
        for it in &looked_at {
            if let Some(crossing) = it.crossing(day) {
                tell(&txn, &crossing).await?;
            }
        }
    }
    txn.commit().await?;
    Ok(Booked::Added { tenants: looked_at.len() })
}

/// Those of the tenants that are there and stay until the commit: an erasure waits, or has been waited for.
pub(super) async fn there(
    txn: &Transaction<'_>,
    tenants: impl Iterator<Item = TenantId>,
) -> Result<HashSet<Uuid>, tokio_postgres::Error> {
    let ids: Vec<Uuid> = tenants.map(|it| it.0).collect();
    let ids = queries::usage_organizations_locked().bind(txn, &ids).all().await?;
    Ok(ids.into_iter().collect())
}

/// A tenant before the look.
struct Tenant {
    id: TenantId,
    subdomain: String,
    database: String,
    bytes_max: Option<u64>,
    /// The highest that was told today.
    told: Standing,
    before: Option<Mark>,
}

/// Up to where it is counted.
struct Mark {
    reading: Reading,
    is_of_day: bool,
    bytes: Option<u64>,
    standing: Standing,
}

/// And after it.
struct Looked {
    tenant: TenantId,
    subdomain: String,
    reading: Reading,
    added: Added,
    connections: i64,
    bytes: Option<u64>,
    bytes_max: Option<u64>,
    standing: Standing,
    told: Standing,
    news: Option<EventType>,
    /// There is a mark of this day that says all that matters.
    is_known: bool,
}

fn look(tenant: Tenant, counted: &DatabaseCounters, sampled: Option<u64>) -> Looked {
    let Tenant { id, subdomain, bytes_max, told, before, .. } = tenant;
    let (reading, connections) = (counted.reading, counted.connections);
    let added = reading.since(before.as_ref().map(|it| &it.reading));
    let bytes_before = before.as_ref().and_then(|it| it.bytes);
    let bytes = sampled.or(bytes_before);
    let standing = standing(bytes.unwrap_or_default(), bytes_max);
    // Whoever stays over a limit is told of on one day.
    let standing_before = before.as_ref().map_or(Standing::Within, |it| it.standing);
    let news = standing.news(told.or(standing_before));
    let is_known = before.is_some_and(|it| {
        it.is_of_day
            && apart_from_housekeeping(it.reading) == apart_from_housekeeping(reading)
            && it.bytes == bytes
            && it.standing == standing
    });
    let told = news.map_or(told, |_| standing);
    Looked {
        tenant: id,
        subdomain,
        reading,
        added,
        connections,
        bytes,
        bytes_max,
        standing,
        told,
        news,
        is_known,
    }
}

/// A server vacuums every database every few minutes, in transactions. They are added with the next that is somebody's.
fn apart_from_housekeeping(reading: Reading) -> Reading {
    Reading { activity: Activity { commits: 0, ..reading.activity }, ..reading }
}

impl Looked {
    /// Of who sleeps nothing is written.
    fn has_news(&self) -> bool {
        self.connections > 0 || !self.is_known
    }

    fn crossing(&self, day: Day) -> Option<Crossing<'_>> {
        Some(Crossing {
            event: self.news?,
            limit: Limit::DatabaseBytes,
            tenant: self.tenant,
            subdomain: &self.subdomain,
            day: day.to_string(),
            used: self.bytes?,
            max: self.bytes_max?,
        })
    }

    fn day_row(&self, day: Day) -> DayRow {
        let Added { activity, statements } = self.added;
        DayRow {
            organization_id: self.tenant.0,
            day: day.to_string(),
            transactions: activity.commits + activity.rollbacks,
            rows_changed: activity.rows_written,
            query_us: activity.active_us,
            sessions: activity.sessions,
            temp_bytes: activity.temp_bytes,
            deadlocks: activity.deadlocks,
            statements: statements.map(|it| it.0),
            statement_us: statements.map(|it| it.1),
            connections: self.connections,
            database_bytes: self.bytes,
            database_told: self.told.as_str(),
        }
    }

    fn mark_row(&self, day: Day) -> MarkRow {
        let Reading { server, database_oid, reset_us, activity, statements } = self.reading;
        MarkRow {
            organization_id: self.tenant.0,
            server_id: server.0,
            database_oid,
            reset_us,
            commits: activity.commits,
            rollbacks: activity.rollbacks,
            rows_written: activity.rows_written,
            temp_bytes: activity.temp_bytes,
            deadlocks: activity.deadlocks,
            sessions: activity.sessions,
            active_us: activity.active_us,
            statements: statements.map(|it| it.calls),
            statement_us: statements.map(|it| it.execution_us),
            statements_reset_us: statements.map(|it| it.reset_us),
            day: day.to_string(),
            database_bytes: self.bytes,
            database_standing: self.standing.as_str(),
        }
    }
}

/// As `usage_activity_add` has it.
#[derive(Debug, Serialize)]
struct DayRow {
    organization_id: Uuid,
    day: String,
    transactions: u64,
    rows_changed: u64,
    query_us: u64,
    sessions: u64,
    temp_bytes: u64,
    deadlocks: u64,
    statements: Option<u64>,
    statement_us: Option<u64>,
    connections: i64,
    database_bytes: Option<u64>,
    database_told: &'static str,
}

/// As `usage_marks_put` has it.
#[derive(Debug, Serialize)]
struct MarkRow {
    organization_id: Uuid,
    server_id: Uuid,
    database_oid: i64,
    reset_us: i64,
    commits: u64,
    rollbacks: u64,
    rows_written: u64,
    temp_bytes: u64,
    deadlocks: u64,
    sessions: u64,
    active_us: u64,
    statements: Option<u64>,
    statement_us: Option<u64>,
    statements_reset_us: Option<i64>,
    day: String,
    database_bytes: Option<u64>,
    database_standing: &'static str,
}

/// The tenants of a server with their marks there, in two statements.
async fn tenants_of(
    txn: &Transaction<'_>,
    server: ServerId,
    day: Day,
) -> Result<Vec<Tenant>, StepError> {
    let day = day.to_string();
    let day = day.as_str();
    let rows = queries::usage_marks_of().bind(txn, &day, &server.0, &TENANTS_MAX).all().await?;
    let mut marks = HashMap::new();
    for row in rows {
        marks.insert(row.organization_id, mark(&row)?);
    }
    let rows = queries::usage_tenants().bind(txn, &day, &server.0, &TENANTS_MAX).all().await?;
    let tenant = |row: queries::UsageTenants| {
        Ok(Tenant {
            before: marks.remove(&row.organization_id),
            id: TenantId(row.organization_id),
            subdomain: row.subdomain,
            database: row.database_name,
            bytes_max: row.database_bytes_max.map(count),
            told: row.database_told.parse()?,
        })
    };
    rows.into_iter().map(tenant).collect()
}

fn mark(row: &queries::Mark) -> Result<Mark, StepError> {
    let statements = row.statements.zip(row.statement_us).zip(row.statements_reset_us);
    let statements = statements.map(|((calls, us), reset_us)| Statements {
        reset_us,
        calls: count(calls),
        execution_us: count(us),
    });
    let activity = Activity {
        commits: count(row.commits),
        rollbacks: count(row.rollbacks),
        rows_written: count(row.rows_written),
        temp_bytes: count(row.temp_bytes),
        deadlocks: count(row.deadlocks),
        sessions: count(row.sessions),
        active_us: count(row.active_us),
    };
    Ok(Mark {
        reading: Reading {
            server: ServerId(row.server_id),
            database_oid: row.database_oid,
            reset_us: row.reset_us,
            activity,
            statements,
        },
        is_of_day: row.is_of_day,
        bytes: row.database_bytes.map(count),
        standing: row.database_standing.parse()?,
    })
}

/// None is negative.
pub(super) fn count(it: i64) -> u64 {
    u64::try_from(it).unwrap_or_default()
}
