//! Databases beside a tenant's own, which hold what it held at some moment, and trading places with one.

use cloison_model::{DatabaseName, OperationId};
use tokio_postgres::Client;
use tokio_postgres::types::Type;

use super::{OWNER, Result, database_drop, run};

/// What has nothing in it but PostgreSQL's own.
pub(super) const EMPTY: &str = "template0";

/// What the note on a database begins with.
const EXCHANGED: &str = "cloison: by operation ";

/// Makes it anew, whatever was there. The limit of connections holds for everybody but superusers, from the first moment.
pub(super) async fn closed_database_make(
    client: &Client,
    database: &DatabaseName,
    template: &str,
) -> Result<()> {
    database_drop(client, database).await?;
    let name = database.quoted();
    run(
        client,
        &format!(
            "create database {name} template {template} strategy wal_log owner {OWNER} connection limit 0"
        ),
    )
    .await?;
    run(client, &format!("revoke all on database {name} from public")).await
}

/// An empty one that nobody can enter.
pub(crate) async fn copy_database_make(client: &Client, database: &DatabaseName) -> Result<()> {
    closed_database_make(client, database, EMPTY).await
}

/// Drops all copies of the tenant with this number, with the sessions that still work there.
pub(crate) async fn copy_databases_drop(client: &Client, number: i64) -> Result<()> {
    let like = format!("studio\\_{number}\\_copy\\_%");
    let rows = client
        .query_typed(
            "select datname::text from pg_database where datname like $1 order by datname",
            &[(&like.as_str(), Type::TEXT)],
        )
        .await?;
    for row in rows {
        let name: &str = row.get(0);
        // What does not parse was not named by us.
        if let Ok(database) = name.parse() {
            database_drop(client, &database).await?;
        }
    }
    Ok(())
}

/// Each of the two comes to have the other's name, in one transaction; no session may be in either. `exchange` is
/// noted on what becomes the tenant's, which is how it is known to have happened.
pub(crate) async fn databases_exchange(
    client: &Client,
    live: &DatabaseName,
    copy: &DatabaseName,
    exchange: OperationId,
) -> Result<()> {
    if exchanged_by(client, live).await? == Some(exchange) {
        return Ok(());
    }
    let (live, copy) = (live.quoted(), copy.quoted());
    // Several statements at once are one transaction.
    run(
        client,
        &format!(
            "alter database {live} rename to cloison_exchange;
             alter database {copy} rename to {live};
             alter database cloison_exchange rename to {copy};
             alter database {copy} connection limit 0;
             alter database {live} connection limit -1;
             comment on database {live} is '{EXCHANGED}{exchange}';
             comment on database {copy} is null"
        ),
    )
    .await
}

/// Which exchange has made it the tenant's; nothing if none has.
pub(crate) async fn exchanged_by(
    client: &Client,
    live: &DatabaseName,
) -> Result<Option<OperationId>> {
    let row = client
        .query_typed(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = $1",
            &[(&live.as_str(), Type::TEXT)],
        )
        .await?;
    let comment: Option<&str> = row.first().and_then(|it| it.get(0));
    Ok(comment.and_then(|it| it.strip_prefix(EXCHANGED)?.parse().ok()).map(OperationId))
}
