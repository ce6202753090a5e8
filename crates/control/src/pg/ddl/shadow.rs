//! Databases of a shadow run: copies that are there for minutes, with customers' data in them, and closed to everybody.

use cloison_model::DatabaseName;
use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use super::{OWNER, Result, TEMPLATE, database_drop, run};

/// What their names begin with. No tenant's, spare's or other database of ours does.
const PREFIX: &str = "cloison_shadow_";

/// What a copy begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShadowSource {
    Template,
    Nothing,
}

/// Of the rollout's copy of the template, or of the tenant with this number.
pub(crate) fn shadow_database_name(rollout: i64, tenant: Option<i64>) -> DatabaseName {
    let name = match tenant {
        None => format!("{PREFIX}{rollout}"),
        Some(number) => format!("{PREFIX}{rollout}_{number}"),
    };
    name.parse().expect("numbers are letters of a name")
}

/// Makes it anew, whatever was there. The limit of connections holds for everybody but superusers, from the first moment.
pub(crate) async fn shadow_database_make(
    client: &Client,
    database: &DatabaseName,
    source: ShadowSource,
) -> Result<()> {
    database_drop(client, database).await?;
    let template = match source {
        ShadowSource::Template => TEMPLATE,
        ShadowSource::Nothing => "template0",
    };
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

/// Drops all that are on a server: what a run that was cut off has left.
pub(crate) async fn shadow_databases_drop(client: &Client) -> Result<usize> {
    let like = format!("{}%", PREFIX.replace('_', "\\_"));
    let rows = client
        .query_typed(
            "select datname::text from pg_database where datname like $1 order by datname",
            &[(&like.as_str(), tokio_postgres::types::Type::TEXT)],
        )
        .await?;
    let mut dropped = 0;
    for row in rows {
        // Whatever else has such a name is not ours.
        if let Ok(name) = row.get::<_, String>(0).parse() {
            match database_drop(client, &name).await {
                // Another run drops the same.
                Err(error) if error.code() == Some(&SqlState::UNDEFINED_DATABASE) => {}
                done => done?,
            }
            dropped += 1;
        }
    }
    Ok(dropped)
}

/// Counts the rows of the connected copy, as autovacuum has done in a database that is in use.
pub(crate) async fn shadow_analyze(client: &Client) -> Result<()> {
    run(client, "set statement_timeout = '5min'; analyze").await
}
