//! Which migrations a database has had, and the turn to change that.

use cloison_model::{Applied, RoleName};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, SimpleQueryRow};

use super::MigrateError;
use crate::pg::ddl::migration as texts;

/// Takes the turn and reads the history, in one round trip. A database without one is given an empty one.
///
/// The turn is never waited for: a session that waits in the blocking form deadlocks with the CREATE INDEX CONCURRENTLY
/// of whoever has it.
pub(super) async fn take(client: &Client, owner: &RoleName) -> Result<Vec<Applied>, MigrateError> {
    let (rows, done) = texts::ask(client, &texts::history_take()).await;
    let has_turn = rows.iter().any(|(statement, row)| *statement == 0 && row.get(0) == Some("t"));
    match done {
        // The turn is not given back with the transaction of the statement that failed.
        Ok(()) | Err(texts::Broken { completed: 1, .. }) if !has_turn => Err(MigrateError::Busy),
        Ok(()) => Ok(rows.iter().filter(|it| it.0 == 1).map(|it| applied(&it.1)).collect()),
        Err(broken) if broken.error.code() == Some(&SqlState::UNDEFINED_TABLE) => {
            make(client, owner).await?;
            Ok(Vec::new())
        }
        Err(broken) => Err(broken.error.into()),
    }
}

/// For whoever may not change it.
pub(crate) async fn read(client: &Client) -> Result<Vec<Applied>, MigrateError> {
    let (rows, done) = texts::ask(client, texts::HISTORY_READ).await;
    done.map_err(|it| it.error)?;
    Ok(rows.iter().map(|it| applied(&it.1)).collect())
}

async fn make(client: &Client, owner: &RoleName) -> Result<(), MigrateError> {
    if let Err(broken) = texts::run_counted(client, &texts::history_make(owner)).await {
        // Whatever it says, the error before it is the one to tell.
        drop(texts::run_counted(client, texts::ROLLBACK).await);
        return Err(broken.error.into());
    }
    Ok(())
}

fn applied(row: &SimpleQueryRow) -> Applied {
    let text = |column| row.get(column).expect("the history has no null").to_owned();
    let version = text(0).parse().expect("a version is a bigint");
    Applied { version, name: text(1), checksum: text(2) }
}

/// The newest version of a history; 0 of none.
pub(super) fn version(history: &[Applied]) -> i64 {
    history.iter().map(|it| it.version).max().unwrap_or_default()
}
