//! A database that was restored, and the manifest of what it was restored from.

use cloison_archive::{BackupError, DatabaseFacts, Manifest, Snapshot, facts};
use tokio_postgres::Client;
use tokio_util::task::TaskTracker;

use crate::operations::StepError;
use crate::pg::{AdminClient, ddl};
use crate::schema;

/// Differences that an error names.
const SHOWN_MAX: usize = 5;

/// What was found to be as the manifest says.
pub(crate) struct Compared {
    pub(crate) facts: DatabaseFacts,
    /// Fingerprints of schemas can be compared where both were read in the same way.
    pub(crate) schema_too: bool,
}

/// Rows, sequences and the version always; the schema where that can be done.
pub(crate) async fn compare(
    client: AdminClient,
    manifest: &Manifest,
    tracker: &TaskTracker,
) -> Result<Compared, StepError> {
    let failed = StepError::server("look at a copy");
    let major = ddl::server_major(&client).await.map_err(&failed)?;
    let schema_too = manifest.schema_reading.as_ref() == Some(&schema::reading(major));
    if schema_too {
        let fingerprint = schema::read(&client).await.map_err(&failed)?.fingerprint();
        if fingerprint != manifest.schema_fingerprint {
            return Err(StepError::Different(
                "the restored schema is another than the one that was backed up".to_owned(),
            ));
        }
    }
    let version = ddl::schema_version(&client).await.map_err(&failed)?;
    if version != manifest.schema_version {
        return Err(StepError::Different(format!(
            "it is at schema version {version}, and the backup was at {}",
            manifest.schema_version
        )));
    }
    let facts = facts_of(client.into_inner(), tracker).await?;
    match differences(&manifest.facts, &facts) {
        None => Ok(Compared { facts, schema_too }),
        Some(shown) => Err(StepError::Different(format!(
            "what was restored is not what was backed up: {shown}"
        ))),
    }
}

/// What is in the connected database.
pub(super) async fn facts_of(
    client: Client,
    tracker: &TaskTracker,
) -> Result<DatabaseFacts, BackupError> {
    let snapshot = Snapshot::open(client, tracker).await?;
    let found = facts(&snapshot).await?;
    drop(snapshot.close().await?);
    Ok(found)
}

/// The first ones, in words; nothing if there are none.
pub(super) fn differences(then: &DatabaseFacts, now: &DatabaseFacts) -> Option<String> {
    let differences = then.differences(now);
    let shown: Vec<_> = differences.iter().take(SHOWN_MAX).map(ToString::to_string).collect();
    (!shown.is_empty()).then(|| shown.join("; "))
}
