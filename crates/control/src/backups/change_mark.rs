//! How a server counts the changes of its databases: one statement for all of them, and no connection to any.
//!
//! The same mark twice, of a database that is quiet, means that nothing was written between. The other way round it may differ for no
//! reason that matters, as after an `analyze` or a restart of the server: then a backup is made that need not have been.
//!
//! A session tells the server what it has changed when it is idle, ten seconds later at most, or a minute if somebody else is
//! just telling (`pgstat_report_stat`, PostgreSQL 15). So a mark that is taken before a snapshot may lack what the snapshot has, and
//! never the other way round; and while somebody may still have something to tell, the same mark proves nothing.

use std::collections::BTreeMap;

use tokio_postgres::Client;
use tokio_postgres::types::Type;

/// A restart may lose counters (a crash does), and with them the proof. The checkpointer starts with the server and again after each
/// crash of it, when the postmaster does not.
const MARKS: &str = "
    select
        datname::text,
        concat_ws(
            ' ',
            datid,
            (
                select extract(epoch from backend_start)::numeric(20, 6)
                from pg_stat_activity
                where backend_type = 'checkpointer'
            ),
            coalesce(extract(epoch from stats_reset)::numeric(20, 6), 0),
            tup_inserted, tup_updated, tup_deleted
        ),
        datid not in (
            select datid
            from pg_stat_activity
            where datid is not null
                and pid <> pg_backend_pid()
                and backend_type not in ('autovacuum worker', 'walsender')
                and (state is distinct from 'idle' or state_change > clock_timestamp() - interval '75 s')
        )
    from pg_stat_database
    where datname = any ($1)";

/// Of one database.
#[derive(Debug)]
pub(super) struct ChangeMark {
    pub(super) text: String,
    /// Nobody has anything left to tell.
    is_quiet: bool,
}

impl ChangeMark {
    /// Whether nothing was written since that mark was taken.
    pub(super) fn proves_unchanged_since(&self, mark: &str) -> bool {
        self.is_quiet && !mark.is_empty() && self.text == mark
    }
}

/// Of these databases, by name; whoever is not there has none. As a superuser, who sees all sessions.
pub(super) async fn change_marks(
    client: &Client,
    databases: &[&str],
) -> Result<BTreeMap<String, ChangeMark>, tokio_postgres::Error> {
    let rows = client.query_typed(MARKS, &[(&databases, Type::TEXT_ARRAY)]).await?;
    let mark = |row: &tokio_postgres::Row| ChangeMark { text: row.get(1), is_quiet: row.get(2) };
    Ok(rows.iter().map(|row| (row.get(0), mark(row))).collect())
}
