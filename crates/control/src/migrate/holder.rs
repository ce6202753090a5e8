//! Who is in the way of a lock.

use std::fmt;
use std::time::Duration;

use tokio_postgres::Client;
use tokio_postgres::types::Type;

/// A transaction of the connected database that holds what a migration needs, most likely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The session's, or whose the prepared transaction is; for a process of the server's own, what it is.
    pub role: String,
    /// What the session calls itself, or the name of the prepared transaction.
    pub name: String,
    /// Nothing for a prepared transaction, which has no session.
    pub pid: Option<i32>,
    /// A table that it holds and the statement names.
    pub table: Option<String>,
    /// How long its transaction is open.
    pub open_for: Duration,
}

/// The wait is over when this is asked, so the server does not know any more whom it was for. A transaction that holds a
/// table which the statement names comes first, then the one that is open for longest.
pub(super) async fn holder(
    client: &Client,
    statement: &str,
) -> Result<Option<Holder>, tokio_postgres::Error> {
    let row = client
        .query_typed(
            "with held as (
                 select pg_locks.pid, pg_locks.virtualtransaction, min(pg_class.relname::text) as relation
                 from pg_locks
                 join pg_class on pg_class.oid = pg_locks.relation
                 where pg_locks.database = (select oid from pg_database where datname = current_database())
                     and pg_locks.granted
                     and pg_class.relkind in ('r', 'p', 'm')
                     and strpos(lower($1), pg_class.relname) > 0
                 group by pg_locks.pid, pg_locks.virtualtransaction
             ),
             open as (
                 select
                     coalesce(usename::text, backend_type) as role,
                     application_name as name,
                     pg_stat_activity.pid,
                     xact_start as since,
                     held.relation
                 from pg_stat_activity
                 left join held on held.pid = pg_stat_activity.pid
                 where datname = current_database()
                     and xact_start is not null
                     and pg_stat_activity.pid <> pg_backend_pid()
                 union all
                 select owner::text, gid, null, prepared, held.relation
                 from pg_prepared_xacts
                 left join pg_locks as own on own.transactionid = transaction and own.pid is null
                 left join held on held.virtualtransaction = own.virtualtransaction and held.pid is null
                 where pg_prepared_xacts.database = current_database()
             )
             select role, name, pid, relation, extract(epoch from clock_timestamp() - since)::float8 as seconds
             from open
             order by relation is null, since
             limit 1",
            &[(&statement, Type::TEXT)],
        )
        .await?;
    Ok(row.first().map(|row| Holder {
        role: row.get("role"),
        name: row.get("name"),
        pid: row.get("pid"),
        table: row.get("relation"),
        open_for: Duration::try_from_secs_f64(row.get("seconds")).unwrap_or_default(),
    }))
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { role, name, .. } = self;
        let seconds = self.open_for.as_secs();
        match self.pid {
            None => write!(f, "the prepared transaction '{name}' of {role}")?,
            Some(_) if name.is_empty() => write!(f, "{role}")?,
            Some(_) => write!(f, "{role} ({name})")?,
        }
        if let Some(table) = &self.table {
            write!(f, " holds {table}")?;
        }
        write!(f, " in a transaction that is open for {seconds} s")?;
        match self.pid {
            Some(pid) => write!(f, ", process {pid}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, pid: Option<i32>, table: Option<&str>) -> String {
        let (role, table) = ("studio_1_db".to_owned(), table.map(ToOwned::to_owned));
        let open_for = Duration::from_millis(12_900);
        Holder { role, name: name.to_owned(), pid, table, open_for }.to_string()
    }

    #[test]
    fn in_words() {
        assert_eq!(
            check("psql", Some(7), Some("rooms")),
            "studio_1_db (psql) holds rooms in a transaction that is open for 12 s, process 7"
        );
        assert_eq!(
            check("", Some(7), None),
            "studio_1_db in a transaction that is open for 12 s, process 7"
        );
        assert_eq!(
            check("gx7", None, Some("rooms")),
            "the prepared transaction 'gx7' of studio_1_db holds rooms in a transaction that is open for 12 s"
        );
    }
}
