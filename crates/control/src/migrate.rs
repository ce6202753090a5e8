//! Brings one database to a release.
//!
//! Each migration and its history row are one transaction. A second runner does not wait in a
//! blocking lock, which can deadlock with CREATE INDEX CONCURRENTLY; it is told that somebody is at it.

use cloison_model::{Migration, Release};
use tokio_postgres::Client;
use tokio_postgres::types::Type;

use crate::pg::{AdminClient, ddl};

/// Where each database keeps what was run on it.
const HISTORY: &str = "create table if not exists cloison_migrations (
    version bigint constraint cloison_migrations_pkey primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default now()
)";

#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    #[error("another process is migrating this database; wait for it")]
    Busy,
    #[error(
        "migration {version} ({name}) was applied with another text than this build carries; a committed migration is never edited"
    )]
    Edited { version: i64, name: String },
    #[error(
        "the database is at version {found}, newer than the {known} this build knows; run the newer build"
    )]
    Newer { found: i64, known: i64 },
    #[error("the database is at version {found}, older than the {known} that this build needs")]
    Older { found: i64, known: i64 },
    #[error("migration {version} ({name}) failed; the database stays at the version before it")]
    Failed { version: i64, name: String, source: tokio_postgres::Error },
    #[error("cannot read or write the migration history")]
    Database(#[from] tokio_postgres::Error),
}

/// Runs what is pending, as `owner`, and answers the version reached.
///
/// `admin` is a superuser's connection to that database; it is needed for extensions alone.
pub async fn migrate(
    admin: &AdminClient,
    release: &Release,
    owner: &str,
) -> Result<i64, MigrateError> {
    if !lock(admin).await? {
        return Err(MigrateError::Busy);
    }
    let done = run_pending(admin, release, owner).await;
    // The session's end gives the lock back too; this way the next one need not wait for it.
    admin.execute("select pg_advisory_unlock(hashtext('cloison migrations'))", &[]).await?;
    done
}

/// Whether a database is at just this release; for whoever may not migrate it.
pub(crate) async fn verify(client: &Client, release: &Release) -> Result<(), MigrateError> {
    let history = history(client).await?;
    match pending(release, &history)?.as_slice() {
        [] => Ok(()),
        [..] => Err(MigrateError::Older {
            found: history.last().map_or(0, |it| it.version),
            known: release.version(),
        }),
    }
}

async fn run_pending(
    admin: &AdminClient,
    release: &Release,
    owner: &str,
) -> Result<i64, MigrateError> {
    begin_as(admin, owner).await?;
    ddl::run_migration(admin, HISTORY).await?;
    admin.execute("commit", &[]).await?;

    let pending = pending(release, &history(admin).await?)?;
    for migration in pending {
        for extension in migration.extensions() {
            ddl::extension_ensure(admin, extension).await?;
        }
        let failed = |source| MigrateError::Failed {
            version: migration.version,
            name: migration.name.clone(),
            source,
        };
        if let Err(error) = run_one(admin, migration, owner).await {
            admin.execute("rollback", &[]).await?;
            return Err(failed(error));
        }
    }
    Ok(release.version())
}

async fn run_one(
    client: &Client,
    migration: &Migration,
    owner: &str,
) -> Result<(), tokio_postgres::Error> {
    begin_as(client, owner).await?;
    ddl::run_migration(client, &migration.up.sql).await?;
    client
        .execute_typed(
            "insert into cloison_migrations (version, name, checksum) values ($1, $2, $3)",
            &[
                (&migration.version, Type::INT8),
                (&migration.name, Type::TEXT),
                (&migration.checksum(), Type::TEXT),
            ],
        )
        .await?;
    client.execute("commit", &[]).await?;
    Ok(())
}

async fn begin_as(client: &Client, owner: &str) -> Result<(), tokio_postgres::Error> {
    client.execute("begin", &[]).await?;
    client.execute_typed("select set_config('role', $1, true)", &[(&owner, Type::TEXT)]).await?;
    Ok(())
}

async fn lock(client: &Client) -> Result<bool, tokio_postgres::Error> {
    Ok(client
        .query_one("select pg_try_advisory_lock(hashtext('cloison migrations'))", &[])
        .await?
        .get(0))
}

struct Applied {
    version: i64,
    checksum: String,
}

async fn history(client: &Client) -> Result<Vec<Applied>, tokio_postgres::Error> {
    let rows = client
        .query("select version, checksum from cloison_migrations order by version", &[])
        .await?;
    Ok(rows.iter().map(|it| Applied { version: it.get(0), checksum: it.get(1) }).collect())
}

/// Pure: what is left to run, or why nothing may be.
fn pending<'a>(
    release: &'a Release,
    history: &[Applied],
) -> Result<Vec<&'a Migration>, MigrateError> {
    if let Some(found) = history.last().map(|it| it.version).filter(|it| *it > release.version()) {
        return Err(MigrateError::Newer { found, known: release.version() });
    }
    let applied = |migration: &Migration| history.iter().find(|it| it.version == migration.version);
    let edited = release
        .migrations()
        .iter()
        .find(|it| applied(it).is_some_and(|row| row.checksum != it.checksum()));
    match edited {
        Some(it) => Err(MigrateError::Edited { version: it.version, name: it.name.clone() }),
        None => Ok(release.migrations().iter().filter(|it| applied(it).is_none()).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The history is `version=text` a word, with the text that was run.
    fn check(history: &str) -> Result<Vec<i64>, String> {
        let release = Release::from_files(&[("1_a.sql", "a"), ("2_b.sql", "b")]).unwrap();
        let history: Vec<_> = history
            .split_whitespace()
            .map(|word| {
                let (version, text) = word.split_once('=').unwrap();
                let file = format!("{version}_x.sql");
                let run = Migration::parse(&file, text).unwrap();
                Applied { version: run.version, checksum: run.checksum() }
            })
            .collect();
        pending(&release, &history)
            .map(|it| it.iter().map(|it| it.version).collect())
            .map_err(|it| it.to_string())
    }

    #[test]
    fn what_is_missing_is_pending() {
        assert_eq!(check(""), Ok(vec![1, 2]));
        assert_eq!(check("1=a"), Ok(vec![2]));
        assert_eq!(check("1=a 2=b"), Ok(vec![]));
    }

    #[test]
    fn an_edited_migration_and_a_newer_database_stop_all() {
        assert!(check("1=changed").unwrap_err().contains("never edited"));
        assert!(check("1=a 2=b 3=c").unwrap_err().contains("run the newer build"));
    }
}
