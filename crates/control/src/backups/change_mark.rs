//! How a server counts the changes of its databases: one statement for all of them, and no connection to any.
//!
//! The same mark twice means that nothing was written between. The other way round it may differ for no reason that matters, as after
//! an `analyze` or a restart of the server: then a backup is made that need not have been.
//!
//! A server process reports what it has changed when it is idle, a second later at most, so a mark that is taken before a
//! snapshot may lack what the snapshot has, and never the other way round.

use std::collections::BTreeMap;

use tokio_postgres::Client;
use tokio_postgres::types::Type;

/// A restart may lose counters (a crash does), and with them the proof.
const MARKS: &str = "
    select
        datname::text,
        concat_ws(
            ' ',
            datid,
            extract(epoch from pg_postmaster_start_time())::numeric(20, 6),
            coalesce(extract(epoch from stats_reset)::numeric(20, 6), 0),
            tup_inserted, tup_updated, tup_deleted
        )
    from pg_stat_database
    where datname = any ($1)";

/// Of these databases, by name; whoever is not there has none.
pub(super) async fn change_marks(
    client: &Client,
    databases: &[&str],
) -> Result<BTreeMap<String, String>, tokio_postgres::Error> {
    let rows = client.query_typed(MARKS, &[(&databases, Type::TEXT_ARRAY)]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}
