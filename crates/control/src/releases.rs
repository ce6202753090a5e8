//! The tenant migrations: those that this process carries, and those that the control database knows.
//!
//! The control database has the text of each, so that any build can run what another one has released, and an edited
//! file is known by its name before any tenant is asked. What no tenant has been given yet can still be edited.

mod folder;

use std::path::PathBuf;
use std::sync::Arc;

use cloison_catalog::queries::migrations as queries;
use cloison_catalog::{GenericClient, Unavailable};
use cloison_model::{Applied, HistoryError, Migration, Release, ReleaseError, Script};
use jiff::Timestamp;

use crate::control::Control;

pub use folder::{FolderError, read_folder};

/// More migrations than a product has in its life.
const MIGRATIONS_MAX: i64 = 10_000;

/// Where this process has its migrations from.
#[derive(Clone, Debug)]
pub enum ReleaseSource {
    /// They are part of the build.
    Carried(Arc<Release>),
    /// Read anew for each rollout.
    Folder(PathBuf),
}

#[derive(Debug, thiserror::Error)]
pub enum ReleasesError {
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error("the control database's migrations cannot be read by this build")]
    Stored(#[source] ReleaseError),
    #[error(transparent)]
    History(#[from] HistoryError),
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
}

impl ReleaseSource {
    pub fn load(&self) -> Result<Arc<Release>, ReleasesError> {
        match self {
            Self::Carried(release) => Ok(Arc::clone(release)),
            Self::Folder(path) => Ok(Arc::new(read_folder(path)?)),
        }
    }
}

/// All that the control database knows, what is not released yet among it; nothing before the first.
pub(crate) async fn known(client: &impl GenericClient) -> Result<Option<Release>, ReleasesError> {
    let rows = queries::migration_list().bind(client, &MIGRATIONS_MAX).all().await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let migrations: Result<Vec<_>, _> = rows.iter().map(migration).collect();
    Release::new(migrations.map_err(ReleasesError::Stored)?)
        .map(Some)
        .map_err(ReleasesError::Stored)
}

fn migration(row: &queries::Migration) -> Result<Migration, ReleaseError> {
    let name = format!("{}_{}.sql", row.version, row.name);
    let down = row.down_sql.as_deref().map(|it| Script::parse(&name, it)).transpose()?;
    Ok(Migration::parse(&name, &row.up_sql)?.with_down(down))
}

/// One migration as the control database keeps it, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownMigration {
    pub version: i64,
    pub name: String,
    pub phase: String,
    pub checksum: String,
    pub has_way_back: bool,
    /// Nothing for one that a rollout has proposed, and given to no tenant yet.
    pub released_at: Option<Timestamp>,
}

/// Every migration that was released or is proposed, in order.
pub async fn list(control: &Control) -> Result<Vec<KnownMigration>, ReleasesError> {
    let client = control.catalog.client().await?;
    let rows = queries::migration_list().bind(&client, &MIGRATIONS_MAX).all().await?;
    let known = rows.into_iter().map(|it| KnownMigration {
        version: it.version,
        name: it.name,
        phase: it.phase,
        checksum: it.checksum,
        has_way_back: it.down_sql.is_some(),
        released_at: it.released_at,
    });
    Ok(known.collect())
}

/// Refuses a release that does not go with what was released before: an edited file, one that has gone, one that comes
/// too late for its number, or a build that is older than the fleet.
pub async fn check(client: &impl GenericClient, release: &Release) -> Result<(), ReleasesError> {
    release.upgrade(&released(client).await?, release.version())?;
    Ok(())
}

/// What was released and somebody has, as the history of a database that has had all of it. A migration that was taken
/// back everywhere binds nobody: it can be edited, or left out.
pub(crate) async fn released(
    client: &impl GenericClient,
) -> Result<Vec<Applied>, tokio_postgres::Error> {
    let rows = queries::migration_list().bind(client, &MIGRATIONS_MAX).all().await?;
    let held = queries::migrations_held().bind(client).one().await?;
    let released = rows.into_iter().filter(|it| it.released_at.is_some() && it.version <= held);
    Ok(released
        .map(|it| Applied { version: it.version, name: it.name, checksum: it.checksum })
        .collect())
}

/// Writes the release beside what was released before, up to a version; what was only proposed earlier, or taken back
/// everywhere, goes.
pub(crate) async fn propose(
    txn: &impl GenericClient,
    release: &Release,
    to: i64,
) -> Result<(), tokio_postgres::Error> {
    let held = queries::migrations_held().bind(txn).one().await?;
    queries::migrations_recall().bind(txn, &held).await?;
    queries::migrations_withdraw().bind(txn).await?;
    for it in release.migrations().iter().filter(|it| it.version <= to) {
        propose_one(txn, it).await?;
    }
    Ok(())
}

/// Of one that is there with the same text, only the way back is written.
async fn propose_one(
    client: &impl GenericClient,
    it: &Migration,
) -> Result<(), tokio_postgres::Error> {
    queries::migration_propose()
        .bind(
            client,
            &it.version,
            &it.name.as_str(),
            &it.phase.as_str(),
            &it.checksum(),
            &it.up.sql.as_str(),
            &it.down.as_ref().map(|it| it.sql.as_str()),
        )
        .await?;
    Ok(())
}

/// Takes over the way back of what is released already, where a file has one now: it may be written, and mended, after
/// the release.
pub(crate) async fn learn_ways_back(
    client: &impl GenericClient,
    release: &Release,
) -> Result<(), tokio_postgres::Error> {
    let released = released(client).await?;
    let is_released =
        |it: &&Migration| it.down.is_some() && released.iter().any(|row| row.version == it.version);
    for it in release.migrations().iter().filter(is_released) {
        propose_one(client, it).await?;
    }
    Ok(())
}

/// What servers are set up with: all that was released, and the fleet's version.
///
/// The first process to ask makes the release that it brings along the first one; where there are tenants already, as far
/// as they have come.
pub async fn settle(control: &Control) -> Result<(Release, i64), ReleasesError> {
    let release = control.source.load()?;
    let mut client = control.catalog.client().await?;
    check(&client, &release).await?;
    if let (Some(known), Some(version)) = (known(&client).await?, fleet_version(&client).await?) {
        return Ok((known, version));
    }
    let ends = queries::fleet_ends().bind(&client).one().await?;
    let version = ends.newest.filter(|it| *it > 0).unwrap_or_else(|| release.version());
    let txn = client.transaction().await?;
    propose(&txn, &release, version).await?;
    queries::migrations_release().bind(&txn, &version).await?;
    queries::fleet_set_version().bind(&txn, &version).await?;
    txn.commit().await?;
    Ok((Release::clone(&release), version))
}

/// The version that new tenants are made at, or nothing before the first server was set up.
pub(crate) async fn fleet_version(
    client: &impl GenericClient,
) -> Result<Option<i64>, tokio_postgres::Error> {
    queries::fleet_version().bind(client).opt().await
}
