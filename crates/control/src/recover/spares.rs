//! Databases made ahead, as the backup knows them. The most dangerous rows of all: one that was taken since holds a customer's data, and
//! its row would give it to the next.
//!
//! So a spare is believed to be one only if it proves it: its role gets in nowhere, nobody's backup is of it, and it holds exactly what the
//! template holds. Any other row goes. Its database stays where it is, and is looked at like any that nobody knows.

use cloison_archive::{DatabaseFacts, Snapshot, facts};
use cloison_catalog::queries::recover::recovered_spare_operations_end;
use cloison_catalog::queries::spares::{Spare, spare_delete};
use tokio_postgres::types::Type;
use tokio_util::task::TaskTracker;

use super::error::RecoverError;
use crate::control::Control;
use crate::pg::{Admin, ddl};

/// A server's template, to compare with; nothing if it cannot be read.
pub(super) struct Template(Option<DatabaseFacts>);

impl Template {
    pub(super) async fn read(admin: &Admin, tracker: &TaskTracker) -> Self {
        Self(read(admin, ddl::TEMPLATE, tracker).await)
    }

    /// Whether a database holds what it holds, and its role may do nothing.
    pub(super) async fn is_all_of(
        &self,
        admin: &Admin,
        database: &str,
        tracker: &TaskTracker,
    ) -> Result<bool, tokio_postgres::Error> {
        let Some(template) = &self.0 else { return Ok(false) };
        if may_do_something(admin, database).await? {
            return Ok(false);
        }
        let found = read(admin, database, tracker).await;
        Ok(found.is_some_and(|it| template.differences(&it).is_empty()))
    }
}

async fn read(admin: &Admin, database: &str, tracker: &TaskTracker) -> Option<DatabaseFacts> {
    let client = admin.connect(database).await.ok()?;
    let snapshot = Snapshot::open(client.into_inner(), tracker).await.ok()?;
    facts(&snapshot).await.ok()
}

/// Of the role with the database's name.
async fn may_do_something(admin: &Admin, database: &str) -> Result<bool, tokio_postgres::Error> {
    let server = admin.connect("postgres").await?;
    let row = server
        .query_typed_one(
            "select exists (
                 select
                 from pg_roles
                 where rolname = $1
                     and (rolconnlimit <> 0
                         or has_database_privilege(oid, $1, 'connect')
                         or exists (select from pg_auth_members where member = pg_roles.oid))
             )",
            &[(&database, Type::TEXT)],
        )
        .await?;
    Ok(row.get(0))
}

/// It was taken, or nobody can tell.
pub(super) async fn forget(control: &Control, spare: &Spare) -> Result<(), RecoverError> {
    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    recovered_spare_operations_end().bind(&txn, &spare.id).await?;
    spare_delete().bind(&txn, &spare.id).await?;
    txn.commit().await?;
    Ok(())
}
