//! Whether a copy is what it should be: as many rows, the same rows, the same schema, indexes that agree with their tables, and
//! sequences that will not give out what was given out already.

use cloison_archive::{Snapshot, facts};
use serde_json::{Value, json};
use tokio_postgres::Client;

use super::copy::Copy;
use super::past;
use crate::control::Control;
use crate::operations::{Claimed, Made, StepError};
use crate::pg::ddl::{self, Pages};
use crate::schema;

/// Differences that an error names.
const SHOWN_MAX: usize = 5;

/// The step `check_copy`. Looks only, so it can be done as often as is liked.
pub(crate) async fn check(control: &Control, claimed: &Claimed) -> Result<Made, StepError> {
    let copy = Copy::load(control, claimed).await?;
    if copy.backup.is_none() {
        return past::check(&copy).await.map(Made::Checked);
    }
    let backups = control.backups()?;
    let manifest = copy.manifest(control, backups).await?;
    let failed = StepError::server("look at a copy");
    let client = copy.admin.connect(copy.database.as_str()).await.map_err(&failed)?;

    let fingerprint = schema::read(&client).await.map_err(&failed)?.fingerprint();
    if fingerprint != manifest.schema_fingerprint {
        return Err(StepError::Different(
            "the restored schema is another than the one that was backed up".to_owned(),
        ));
    }
    let version = ddl::schema_version(&client).await.map_err(&failed)?;
    if version != manifest.schema_version {
        return Err(StepError::Different(format!(
            "it is at schema version {version}, and the backup was at {}",
            manifest.schema_version
        )));
    }
    let pages = check_pages(&client).await?;

    let snapshot = Snapshot::open(client.into_inner(), &control.tracker).await;
    let snapshot = snapshot.map_err(cloison_archive::BackupError::from)?;
    let found = facts(&snapshot).await.map_err(cloison_archive::BackupError::from)?;
    drop(snapshot.close().await.map_err(cloison_archive::BackupError::from)?);
    let differences = manifest.facts.differences(&found);
    if !differences.is_empty() {
        let shown: Vec<String> =
            differences.iter().take(SHOWN_MAX).map(ToString::to_string).collect();
        return Err(StepError::Different(format!(
            "what was restored is not what was backed up: {}",
            shown.join("; ")
        )));
    }
    let rows: u64 = found.tables.iter().map(|it| it.rows).sum();
    Ok(Made::Checked(json!({
        "tables": found.tables.len(),
        "rows": rows,
        "sequences": found.sequences.len(),
        "schema_version": version,
        "pages": pages,
    })))
}

/// With PostgreSQL's own `amcheck`. Answers what was done.
pub(super) async fn check_pages(client: &Client) -> Result<Value, StepError> {
    let failed = StepError::server("look at the pages of a copy");
    match ddl::pages_look(client).await.map_err(failed)? {
        Pages::Unknown => {
            Ok(json!("not looked at: the server lacks PostgreSQL's extension amcheck"))
        }
        Pages::Whole => Ok(json!("indexes and tables agree")),
        Pages::Damaged(how) => Err(StepError::Different(format!("a table is damaged: {how}"))),
    }
}
