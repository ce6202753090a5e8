//! Whether a copy is what it should be: as many rows, the same rows, the same schema, indexes that agree with their tables, and
//! sequences that will not give out what was given out already.

use serde_json::{Value, json};
use tokio_postgres::Client;

use super::compare::{Compared, compare};
use super::copy::Copy;
use super::past;
use crate::backups::note_different;
use crate::control::Control;
use crate::operations::{Claimed, Made, StepError};
use crate::pg::ddl::{self, Pages};

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

    let pages = check_pages(&client).await?;
    let Compared { facts, schema_too } =
        match (compare(client, &manifest, &control.tracker).await, copy.backup) {
            (Err(StepError::Different(why)), Some(backup)) => {
                return Err(note_different(control, backup, why).await?);
            }
            (compared, _) => compared?,
        };
    let rows: u64 = facts.tables.iter().map(|it| it.rows).sum();
    let schema = if schema_too {
        "it is the same"
    } else {
        "not compared: another build, or another version of PostgreSQL, has read it for the manifest"
    };
    Ok(Made::Checked(json!({
        "tables": facts.tables.len(),
        "rows": rows,
        "sequences": facts.sequences.len(),
        "schema_version": manifest.schema_version,
        "schema": schema,
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
