//! Databases of a shadow run: copies that are there for minutes, with customers' data in them, and closed to everybody.

use cloison_model::DatabaseName;
use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use super::copy::{EMPTY, closed_database_make};
use super::{Result, TEMPLATE, database_drop, run};

/// What their names begin with. No tenant's, spare's or other database of ours does.
const PREFIX: &str = "cloison_shadow_";

/// What a copy begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShadowSource {
    Template,
    Nothing,
}

/// Whose databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShadowsOf {
    Everybody,
    /// Of the rollouts up to this one.
    RolloutsTo(i64),
    /// The copies of the tenant with this number.
    Tenant(i64),
}

impl ShadowsOf {
    fn has(self, rollout: i64, tenant: Option<i64>) -> bool {
        match self {
            Self::Everybody => true,
            Self::RolloutsTo(last) => rollout <= last,
            Self::Tenant(number) => tenant == Some(number),
        }
    }
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
    let template = match source {
        ShadowSource::Template => TEMPLATE,
        ShadowSource::Nothing => EMPTY,
    };
    closed_database_make(client, database, template).await
}

/// The rollout and the tenant that a name is made of. Whatever else begins like one is not ours.
fn parse(name: &str) -> Option<(i64, Option<i64>)> {
    let numbers = name.strip_prefix(PREFIX)?;
    match numbers.split_once('_') {
        None => Some((numbers.parse().ok()?, None)),
        Some((rollout, tenant)) => Some((rollout.parse().ok()?, Some(tenant.parse().ok()?))),
    }
}

/// Those that are on the server.
pub(crate) async fn shadow_databases(client: &Client, of: ShadowsOf) -> Result<Vec<DatabaseName>> {
    let like = format!("{}%", PREFIX.replace('_', "\\_"));
    let rows = client
        .query_typed(
            "select datname::text from pg_database where datname like $1 order by datname",
            &[(&like.as_str(), tokio_postgres::types::Type::TEXT)],
        )
        .await?;
    let ours = rows.iter().filter_map(|row| {
        let name: &str = row.get(0);
        let (rollout, tenant) = parse(name)?;
        of.has(rollout, tenant).then(|| shadow_database_name(rollout, tenant))
    });
    Ok(ours.collect())
}

/// Drops them, with the sessions that still work there.
pub(crate) async fn shadow_databases_drop(client: &Client, of: ShadowsOf) -> Result<usize> {
    let databases = shadow_databases(client, of).await?;
    for database in &databases {
        match database_drop(client, database).await {
            // Another run drops the same.
            Err(error) if error.code() == Some(&SqlState::UNDEFINED_DATABASE) => {}
            done => done?,
        }
    }
    Ok(databases.len())
}

/// Counts the rows of the connected copy, as autovacuum has done in a database that is in use.
pub(crate) async fn shadow_analyze(client: &Client) -> Result<()> {
    run(client, "set statement_timeout = '5min'; analyze").await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_whose_it_is() {
        for (rollout, tenant) in [(1, None), (12, Some(7))] {
            let name = shadow_database_name(rollout, tenant);
            assert_eq!(parse(name.as_str()), Some((rollout, tenant)));
        }
        for stranger in
            ["cloison_shadow_", "cloison_shadow_x", "cloison_shadow_1_2_3", "studio_1_db"]
        {
            assert_eq!(parse(stranger), None, "{stranger}");
        }
    }
}
