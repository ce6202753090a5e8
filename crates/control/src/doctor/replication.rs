//! Replication slots, subscriptions and prepared transactions that nobody is known to need. Cloison makes none of them.
//!
//! All are to be seen from any database of a server, so no tenant's database is connected to.

use anyhow::{Context as _, Result};
use jiff::{SignedDuration, Timestamp};
use tokio_postgres::Client;
use tokio_postgres::types::Type;

use super::server::Place;
use super::{Check, Finding};
use crate::pg::ddl::OURS_LIKE;

/// A two-phase commit is a matter of seconds.
const PREPARED_MAX: SignedDuration = SignedDuration::from_mins(5);
/// More than a server lets there be by itself.
const ROWS_MAX: i64 = 1_000;

#[derive(Debug)]
struct Slot {
    name: String,
    /// Of a logical one.
    database: Option<String>,
    is_of_tenant: bool,
    is_active: bool,
    kept_bytes: Option<i64>,
}

#[derive(Debug)]
struct Prepared {
    gid: String,
    at: Timestamp,
    database: String,
}

pub(super) async fn examine(
    place: Place<'_>,
    now: Timestamp,
    findings: &mut Vec<Finding>,
) -> Result<()> {
    let Place { server, pg, .. } = place;
    let name = server.name.as_str();
    findings.extend(slots(pg).await?.iter().filter_map(|it| of_slot(it, name)));
    findings.extend(subscriptions(pg).await?.iter().map(|it| of_subscription(it, name)));
    findings.extend(prepared(pg).await?.iter().filter_map(|it| of_prepared(it, now, name)));
    Ok(())
}

async fn slots(pg: &Client) -> Result<Vec<Slot>> {
    let rows = pg
        .query_typed(
            "select
                 slot_name::text,
                 database::text,
                 coalesce(database like any ($1), false),
                 active,
                 pg_wal_lsn_diff(
                     case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end,
                     restart_lsn
                 )::bigint
             from pg_replication_slots
             where not temporary
             order by slot_name
             limit $2",
            &[(&OURS_LIKE, Type::TEXT_ARRAY), (&ROWS_MAX, Type::INT8)],
        )
        .await
        .context("list the replication slots")?;
    let slot = |it: &tokio_postgres::Row| Slot {
        name: it.get(0),
        database: it.get(1),
        is_of_tenant: it.get(2),
        is_active: it.get(3),
        kept_bytes: it.get(4),
    };
    Ok(rows.iter().map(slot).collect())
}

/// Name and database.
async fn subscriptions(pg: &Client) -> Result<Vec<(String, String)>> {
    let rows = pg
        .query_typed(
            "select subname::text, datname::text
             from pg_subscription
             join pg_database on pg_database.oid = subdbid
             where datname like any ($1)
             order by datname, subname
             limit $2",
            &[(&OURS_LIKE, Type::TEXT_ARRAY), (&ROWS_MAX, Type::INT8)],
        )
        .await
        .context("list the subscriptions")?;
    Ok(rows.iter().map(|it| (it.get(0), it.get(1))).collect())
}

async fn prepared(pg: &Client) -> Result<Vec<Prepared>> {
    let rows = pg
        .query_typed(
            "select gid, prepared, database::text from pg_prepared_xacts order by prepared limit $1",
            &[(&ROWS_MAX, Type::INT8)],
        )
        .await
        .context("list the prepared transactions")?;
    let prepared =
        |it: &tokio_postgres::Row| Prepared { gid: it.get(0), at: it.get(1), database: it.get(2) };
    Ok(rows.iter().map(prepared).collect())
}

/// One that a replica reads is somebody's. One that reads a tenant's rows is nobody's that we know, at work or not.
fn of_slot(slot: &Slot, server: &str) -> Option<Finding> {
    let Slot { name, database, is_of_tenant, is_active, kept_bytes } = slot;
    if *is_active && !is_of_tenant {
        return None;
    }
    let kept = kept_bytes.unwrap_or_default().max(0) / 1_000_000;
    let whose = database.as_ref().map_or_else(String::new, |it| format!(" on the database {it}"));
    let reads = if *is_active { "somebody reads it" } else { "nobody reads it" };
    let what = format!(
        "the replication slot {name}{whose} is not ours; {reads}, and {kept} MB of log are kept for it"
    );
    let drop = format!("select pg_drop_replication_slot({})", literal(name));
    let mend = if *is_active {
        format!("end whoever reads it (pg_stat_replication), then on {server}: {drop}")
    } else {
        format!("if no replica of yours comes back for it, on {server}: {drop}")
    };
    Some(Finding::new(Check::ReplicationSlot, server, what).mend(mend))
}

fn of_subscription((name, database): &(String, String), server: &str) -> Finding {
    let what = format!("the database {database} has a subscription {name}, which is not ours");
    let quoted = identifier(name);
    let mend = format!(
        "on {server}, in {database}: alter subscription {quoted} disable; alter subscription {quoted} set (slot_name = none); drop subscription {quoted}; then drop its slot where it comes from"
    );
    Finding::new(Check::Subscription, server, what).mend(mend)
}

fn of_prepared(prepared: &Prepared, now: Timestamp, server: &str) -> Option<Finding> {
    let Prepared { gid, at, database } = prepared;
    if now.duration_since(*at) <= PREPARED_MAX {
        return None;
    }
    let since = at.strftime("%F %R");
    let what = format!(
        "a transaction '{gid}' of the database {database} is prepared since {since} UTC, and nobody ends it"
    );
    let literal = literal(gid);
    let mend = format!(
        "whoever began it decides; on {server}, in {database}: commit prepared {literal}, or: rollback prepared {literal}"
    );
    Some(Finding::new(Check::PreparedTransaction, server, what).mend(mend))
}

/// As SQL that a person types.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn identifier(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replicas_slot_is_well_while_the_replica_is_there() {
        let check = |database: Option<&str>, is_active| {
            let slot = Slot {
                name: "s".to_owned(),
                database: database.map(str::to_owned),
                is_of_tenant: database.is_some(),
                is_active,
                kept_bytes: Some(32_000_000),
            };
            of_slot(&slot, "eu-1").map(|it| it.what)
        };
        assert_eq!(check(None, true), None);
        let idle = check(None, false).unwrap();
        assert!(idle.contains("nobody reads it, and 32 MB of log"), "{idle}");
        let reader = check(Some("studio_1_db"), true).unwrap();
        assert!(reader.contains("on the database studio_1_db is not ours; somebody"), "{reader}");
    }

    #[test]
    fn what_is_to_be_typed_is_quoted() {
        let prepared = Prepared {
            gid: "o'clock".to_owned(),
            at: Timestamp::UNIX_EPOCH,
            database: "studio_1_db".to_owned(),
        };
        let minutes = |it| Timestamp::UNIX_EPOCH + SignedDuration::from_mins(it);
        assert_eq!(of_prepared(&prepared, minutes(5), "eu-1"), None);
        let mend = of_prepared(&prepared, minutes(6), "eu-1").unwrap().mend.unwrap();
        assert!(mend.ends_with("rollback prepared 'o''clock'"), "{mend}");
    }
}
