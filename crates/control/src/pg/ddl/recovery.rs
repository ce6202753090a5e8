//! The database that a control database is recovered in, and how it comes to be one.

use cloison_model::{DatabaseName, RoleName};
use jiff::Timestamp;
use tokio_postgres::Client;

use super::{Result, database_clear, database_drop, database_ensure, database_exists, run};

/// Nobody but a recovery knows it.
pub(crate) const RECOVERY: &str = "studio_platform_master_recovery";

fn recovery() -> DatabaseName {
    RECOVERY.parse().expect("it is a name")
}

/// Makes it empty, whatever an earlier recovery has left.
pub(crate) async fn recovery_make(client: &Client, owner: &str) -> Result<()> {
    database_drop(client, &recovery()).await?;
    database_ensure(client, RECOVERY, owner).await
}

/// Keeps everybody but superusers out of a database, and ends whoever is in.
pub(crate) async fn database_close(client: &Client, database: &DatabaseName) -> Result<()> {
    run(client, &format!("alter database {} connection limit 0", database.quoted())).await?;
    database_clear(client, database).await
}

/// Lets everybody in again who may.
pub(crate) async fn database_open(client: &Client, database: &DatabaseName) -> Result<()> {
    run(client, &format!("alter database {} connection limit -1", database.quoted())).await
}

/// The name that a database which makes way gets at this moment.
pub(crate) fn put_aside_name(database: &DatabaseName, now: Timestamp) -> DatabaseName {
    let name = format!("{database}_before_{}", now.strftime("%Y%m%d%H%M%S"));
    name.parse().expect("digits are of a name")
}

/// Gives the recovered database its name, in one transaction with taking it from what has it. Answers that one's new name.
pub(crate) async fn recovery_put_in_place(
    client: &Client,
    database: &DatabaseName,
    role: &RoleName,
    now: Timestamp,
) -> Result<Option<DatabaseName>> {
    let (recovered, live, role) = (recovery(), database.quoted(), role.quoted());
    let aside = put_aside_name(database, now);
    let is_there = database_exists(client, database).await?;
    if is_there {
        database_close(client, database).await?;
    }
    database_clear(client, &recovered).await?;
    let make_way = if is_there {
        format!("alter database {live} rename to {};", aside.quoted())
    } else {
        String::new()
    };
    // Several statements at once are one transaction.
    run(
        client,
        &format!(
            "{make_way}
             alter database {} rename to {live};
             grant connect on database {live} to {role}",
            recovered.quoted()
        ),
    )
    .await?;
    Ok(is_there.then_some(aside))
}
