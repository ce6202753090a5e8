//! The tables: the studio's columns after a `tenant_id`, then, once the rows are there, everything that hangs on them.

use anyhow::{Result, bail};
use tokio_postgres::Client;

use super::scope;

/// What is made once the rows are there, in this order: keys, indexes, references, triggers.
pub(super) struct Later(Vec<String>);

/// Puts the studio's tables aside, and makes shared ones in their place and bare ones to copy into.
pub(super) async fn make(client: &Client, tables: &[String]) -> Result<Later> {
    // `tenant_id` beside text that is searched by trigrams needs it in the same kind of index.
    client.execute("create extension btree_gin", &[]).await?;
    client.execute("create schema studio authorization cloison_owner", &[]).await?;
    client.execute("create schema loading", &[]).await?;
    for table in tables {
        client.execute(&format!("alter table {table} set schema studio"), &[]).await?;
        client
            .simple_query(&format!(
                "create table public.{table} (
                     tenant_id bigint not null,
                     like studio.{table} including defaults including generated including constraints
                 );
                 alter table public.{table} owner to cloison_owner"
            ))
            .await?;
        let columns = columns(client, &format!("studio.{table}")).await?;
        let columns = columns.iter().map(|it| format!(", {} {}", it.name, it.kind));
        client
            .execute(
                &format!(
                    "create unlogged table loading.{table} (progress double precision, tenant_id bigint{})",
                    columns.collect::<String>()
                ),
                &[],
            )
            .await?;
    }
    // Names are written with their schema unless it is looked through.
    client.execute("set search_path = studio, public", &[]).await?;
    let later = later(client).await?;
    client.execute("reset search_path", &[]).await?;
    Ok(later)
}

pub(super) struct Column {
    pub(super) name: String,
    kind: String,
}

/// Those that hold something of their own: a generated column is generated again.
pub(super) async fn columns(client: &Client, table: &str) -> Result<Vec<Column>> {
    let rows = client
        .query(
            "select quote_ident(attname), format_type(atttypid, atttypmod)
             from pg_attribute
             where attrelid = $1::text::regclass and attnum > 0 and not attisdropped
                 and attgenerated = '' and attname <> 'tenant_id'
             order by attnum",
            &[&table],
        )
        .await?;
    Ok(rows.iter().map(|row| Column { name: row.get(0), kind: row.get(1) }).collect())
}

async fn later(client: &Client) -> Result<Later> {
    let constraints = client
        .query(
            "select quote_ident(relname), quote_ident(conname), pg_get_constraintdef(c.oid)
             from pg_constraint c
             join pg_class on pg_class.oid = conrelid
             where connamespace = 'studio'::regnamespace
             order by contype = 'f', relname, conname",
            &[],
        )
        .await?;
    let (mut keys, mut references) = (Vec::new(), Vec::new());
    for row in &constraints {
        let [table, name, definition] = [0, 1, 2].map(|column| row.get::<_, String>(column));
        let Some(shared) = scope::constraint(&definition) else { continue };
        let statement = format!("alter table public.{table} add constraint {name} {shared}");
        if definition.starts_with("FOREIGN KEY ") {
            references.push(statement);
        } else {
            keys.push(statement);
        }
    }
    let definitions = async |sql: &str| -> Result<Vec<String>> {
        let rows = client.query(sql, &[]).await?;
        Ok(rows.iter().map(|row| row.get(0)).collect())
    };
    let indexes = definitions(
        "select pg_get_indexdef(indexrelid)
         from pg_index
         join pg_class on pg_class.oid = indrelid
         where relnamespace = 'studio'::regnamespace
             and not exists (select from pg_constraint where conindid = indexrelid)
         order by indexrelid::regclass::text",
    )
    .await?;
    let triggers = definitions(
        "select pg_get_triggerdef(t.oid)
         from pg_trigger t
         join pg_class on pg_class.oid = tgrelid
         where relnamespace = 'studio'::regnamespace and not tgisinternal
         order by relname, tgname",
    )
    .await?;
    let indexes = indexes.iter().map(|it| scope::index(it));
    let triggers = triggers.iter().map(|it| scope::moved(it));
    Ok(Later(keys.into_iter().chain(indexes).chain(references).chain(triggers).collect()))
}

pub(super) async fn finish(client: &Client, later: &Later) -> Result<()> {
    client.simple_query("drop schema studio cascade; drop schema loading cascade").await?;
    for statement in &later.0 {
        client.execute(statement, &[]).await?;
    }
    Ok(())
}

/// Whether each index begins with the tenant: one that was forgotten would make the shared tables slow for nothing.
pub(super) async fn check(client: &Client) -> Result<()> {
    let rows = client
        .query(
            "select indexrelid::regclass::text
             from pg_index
             join pg_class on pg_class.oid = indrelid
             where relnamespace = 'public'::regnamespace and relkind = 'r'
                 and indkey[0] <> (
                     select attnum from pg_attribute where attrelid = indrelid and attname = 'tenant_id'
                 )
             order by 1",
            &[],
        )
        .await?;
    if let Some(row) = rows.first() {
        bail!("the shared index {} does not begin with tenant_id", row.get::<_, String>(0));
    }
    Ok(())
}
