//! Databases beside a tenant's own, which hold what it held at some moment, and trading places with one.

use cloison_model::{DatabaseName, OperationId};
use tokio_postgres::types::Type;
use tokio_postgres::{Client, SimpleQueryMessage};

use super::{GATEWAY, LOOKUP, OWNER, Result, database_clear, database_drop, role_drop, run};

/// All of it is undone again: a copy is not to have what the tenant's database has not. Partitioned indexes have no pages.
const LOOK_AT_PAGES: &str = "
    create extension if not exists amcheck;
    set local statement_timeout = 0;
    select bt_index_check(index => pg_class.oid, heapallindexed => true)
    from pg_class
    join pg_am on pg_am.oid = pg_class.relam
    join pg_index on pg_index.indexrelid = pg_class.oid
    where pg_am.amname = 'btree'
        and pg_class.relkind = 'i'
        and pg_class.relpersistence <> 't'
        and pg_index.indisready
        and pg_index.indisvalid;
    select verify_heapam(pg_class.oid)
    from pg_class
    where pg_class.relkind in ('r', 'm')
        and pg_class.relpersistence <> 't'";

/// What `amcheck` says of a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pages {
    Whole,
    Damaged(String),
    /// The server does not have it.
    Unknown,
}

/// What has nothing in it but PostgreSQL's own.
pub(super) const EMPTY: &str = "template0";

/// What the note on a database begins with.
const PLACED: &str = "cloison: by operation ";

/// What bears a tenant's name on its server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InPlace {
    Nothing,
    /// This operation has put it there.
    By(OperationId),
    /// It has no note.
    Other,
}

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

/// Drops one, with the role of whoever looked at it.
pub(crate) async fn copy_drop(client: &Client, database: &DatabaseName) -> Result<()> {
    database_drop(client, database).await?;
    role_drop(client, &database.role()).await
}

/// Nobody but an administrator gets in any more, nobody is left inside, and the role of whoever looked at it is gone.
pub(crate) async fn copy_close(client: &Client, database: &DatabaseName) -> Result<()> {
    let (name, quoted, role) = (database.as_str(), database.quoted(), database.role());
    let role = role.quoted();
    run(
        client,
        &format!(
            "do $$
             begin
                 if exists (select from pg_database where datname = '{name}') then
                     alter database {quoted} connection limit 0;
                     revoke connect on database {quoted} from {GATEWAY}, {LOOKUP};
                     if exists (select from pg_roles where rolname = '{name}') then
                         revoke connect on database {quoted} from {role};
                     end if;
                 end if;
             end
             $$"
        ),
    )
    .await?;
    database_clear(client, database).await?;
    role_drop(client, &database.role()).await
}

/// Drops all copies of the tenant with this number, with the sessions that still work there and the roles of whoever looked at them.
pub(crate) async fn copy_databases_drop(client: &Client, number: i64) -> Result<()> {
    let like = format!("studio\\_{number}\\_copy\\_%");
    let rows = client
        .query_typed(
            "select datname::text from pg_database where datname like $1
             union
             select rolname::text from pg_roles where rolname like $1
             order by 1",
            &[(&like.as_str(), Type::TEXT)],
        )
        .await?;
    for row in rows {
        let name: &str = row.get(0);
        // What does not parse was not named by us.
        if let Ok(database) = name.parse() {
            copy_drop(client, &database).await?;
        }
    }
    Ok(())
}

/// Each of the two comes to have the other's name, in one transaction; no session may be in either. Where the tenant has no
/// database any more, the copy takes its name, and there is no copy from then on. `exchange` is noted on what becomes
/// the tenant's, which is how it is known to have happened.
pub(crate) async fn databases_exchange(
    client: &Client,
    live: &DatabaseName,
    copy: &DatabaseName,
    exchange: OperationId,
) -> Result<()> {
    let former = in_place(client, live).await?;
    if former == InPlace::By(exchange) {
        return Ok(());
    }
    let (live, copy) = (live.quoted(), copy.quoted());
    let names = match former {
        InPlace::Nothing => format!("alter database {copy} rename to {live}"),
        InPlace::By(_) | InPlace::Other => format!(
            "alter database {live} rename to cloison_exchange;
             alter database {copy} rename to {live};
             alter database cloison_exchange rename to {copy};
             alter database {copy} connection limit 0;
             comment on database {copy} is null"
        ),
    };
    // Several statements at once are one transaction.
    run(
        client,
        &format!(
            "{names};
             alter database {live} connection limit -1;
             comment on database {live} is '{PLACED}{exchange}'"
        ),
    )
    .await
}

/// Puts an empty database that nobody can enter where a tenant has none. It comes to the tenant's name and to the note of
/// `operation` in one transaction, so an earlier one of the same operation is known, and is made anew. Whatever else has
/// the name stays; then the answer is `false`.
pub(crate) async fn empty_place_fill(
    client: &Client,
    live: &DatabaseName,
    beside: &DatabaseName,
    operation: OperationId,
) -> Result<bool> {
    if !placed_drop(client, live, operation).await? {
        return Ok(false);
    }
    copy_database_make(client, beside).await?;
    let (live, beside) = (live.quoted(), beside.quoted());
    run(
        client,
        &format!(
            "alter database {beside} rename to {live};
             comment on database {live} is '{PLACED}{operation}'"
        ),
    )
    .await?;
    Ok(true)
}

/// Drops what `operation` has put in the tenant's place. Whatever else is there stays; then the answer is `false`.
pub(crate) async fn placed_drop(
    client: &Client,
    live: &DatabaseName,
    operation: OperationId,
) -> Result<bool> {
    match in_place(client, live).await? {
        InPlace::Nothing => Ok(true),
        InPlace::By(it) if it == operation => {
            database_drop(client, live).await?;
            Ok(true)
        }
        InPlace::By(_) | InPlace::Other => Ok(false),
    }
}

/// From now on nobody takes it for something that may be thrown away.
pub(crate) async fn placed_forget(client: &Client, live: &DatabaseName) -> Result<()> {
    run(client, &format!("comment on database {} is null", live.quoted())).await
}

pub(crate) async fn in_place(client: &Client, live: &DatabaseName) -> Result<InPlace> {
    let rows = client
        .query_typed(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = $1",
            &[(&live.as_str(), Type::TEXT)],
        )
        .await?;
    let Some(row) = rows.first() else { return Ok(InPlace::Nothing) };
    let note: Option<&str> = row.get(0);
    let by = note.and_then(|it| it.strip_prefix(PLACED)?.parse().ok());
    Ok(by.map_or(InPlace::Other, |it| InPlace::By(OperationId(it))))
}

/// Compares each index with its table, and each table with how tables are. An index that does not agree is an error of
/// PostgreSQL's.
pub(crate) async fn pages_look(client: &Client) -> Result<Pages> {
    let there = client
        .query_typed(
            "select from pg_available_extensions where name = $1",
            &[(&"amcheck", Type::TEXT)],
        )
        .await?;
    if there.is_empty() {
        return Ok(Pages::Unknown);
    }
    run(client, "begin").await?;
    let looked = client.simple_query(LOOK_AT_PAGES).await;
    run(client, "rollback").await?;
    let first = looked?.into_iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0).filter(|it| !it.is_empty()).map(str::to_owned),
        _not_a_row => None,
    });
    Ok(first.map_or(Pages::Whole, Pages::Damaged))
}
