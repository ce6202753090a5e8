//! Opening what is to be backed up, a tenant's database or the control database.

use cloison_archive::{BackupError, BackupSource, Programs, Snapshot};

use super::configured::Backups;
use crate::control::Control;
use crate::operations::StepError;
use crate::pg::{Admin, AdminClient, ddl};
use crate::schema;

impl Backups {
    /// PostgreSQL's programs for a server of this major version, and the version of `pg_dump`.
    pub(crate) async fn programs_for(&self, major: u32) -> Result<(Programs, String), StepError> {
        let programs = self.programs.find(major).map_err(BackupError::from)?;
        let version = programs.suit(major).await.map_err(BackupError::from)?;
        Ok((programs, version))
    }
}

/// Takes a connection to the database. What the schema is, is read once the snapshot holds it still: a migration that is under way has
/// either been waited for, or waits.
pub(crate) async fn open_source(
    control: &Control,
    backups: &Backups,
    admin: &Admin,
    client: AdminClient,
    database: &str,
) -> Result<BackupSource, StepError> {
    let major =
        ddl::server_major(&client).await.map_err(StepError::server("look at the server"))?;
    let (programs, dump_version) = backups.programs_for(major).await?;
    let opened = Snapshot::open(client.into_inner(), &control.tracker).await;
    let snapshot = opened.map_err(BackupError::from)?;
    let failed = StepError::server("read the schema");
    let schema = schema::read_within(snapshot.client()).await.map_err(&failed)?;
    let schema_version = ddl::schema_version(snapshot.client()).await.map_err(&failed)?;
    Ok(BackupSource {
        snapshot,
        schema_version,
        schema_fingerprint: schema.fingerprint(),
        schema_reading: schema::reading(major),
        dump: admin.command(&programs.dump, database),
        dump_version,
    })
}
