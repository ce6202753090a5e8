//! A copy of how the tenant's database was at a moment.

use std::time::Instant;

use cloison_archive::{BackupError, DatabaseFacts, pass_on};
use cloison_pgbackrest::Wanted;
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio_postgres::types::Type;
use tokio_util::task::TaskTracker;

use super::check::check_pages;
use super::compare::{differences, facts_of};
use super::copy::Copy;
use super::fill::Filled;
use super::progress::tell;
use crate::control::Control;
use crate::operations::{Claimed, StepError};
use crate::pg::{Admin, ddl};

/// From the server's archive onto a scratch server, and from there into the copy, which is compared with it while both are there.
pub(super) async fn fill(
    control: &Control,
    claimed: &Claimed,
    copy: &Copy,
    at: Timestamp,
    began: Instant,
) -> Result<Filled, StepError> {
    let failed = StepError::server("look at the server");
    let live = copy.admin.connect("postgres").await.map_err(&failed)?;
    let major = ddl::server_major(&live).await.map_err(&failed)?;
    let wanted = wanted(&live, copy).await.map_err(&failed)?;
    let past =
        control.point_in_time()?.restore(&copy.server, &live, wanted, at, &control.tracker).await?;
    let seconds = began.elapsed().as_secs_f64();
    let replayed = format!("replayed the server's log up to {at} beside it, in {seconds:.1} s");
    tell(control, claimed, &replayed).await;
    let programs = control.shadow.programs.find(major).map_err(BackupError::from)?;

    let turn = copy.turn(control).await?;
    copy.make(&turn).await?;
    let dump = past.admin.command(&programs.dump, &past.database);
    let restore = copy.admin.command(&programs.restore, copy.database.as_str());
    pass_on(dump, restore, copy.database.as_str()).await.map_err(BackupError::from)?;
    turn.finish().await.map_err(StepError::server("give the turn back"))?;

    let (then, schema_version) = look_into(&past.admin, &past.database, &control.tracker).await?;
    let (now, _) = look_into(&copy.admin, copy.database.as_str(), &control.tracker).await?;
    past.scratch.close().await.map_err(crate::point_in_time::PointInTimeError::from)?;
    if let Some(shown) = differences(&then, &now) {
        return Err(StepError::Different(format!(
            "the copy is not what the tenant's database was: {shown}"
        )));
    }
    Ok(Filled {
        holds_at: at,
        schema_version,
        seconds: began.elapsed().as_secs_f64(),
        dump_bytes: None,
    })
}

/// The tenant's database by its name, which it has at all times: what a swap moves is the names, so that what has its number
/// today may have been a copy then.
async fn wanted(
    live: &tokio_postgres::Client,
    copy: &Copy,
) -> Result<Wanted, tokio_postgres::Error> {
    let name = copy.live.as_str();
    let rows = live
        .query_typed("select oid from pg_database where datname = $1", &[(&name, Type::TEXT)])
        .await?;
    Ok(Wanted { name: name.to_owned(), oid: rows.first().map(|it| it.get(0)) })
}

/// What is in it, and at which version.
async fn look_into(
    admin: &Admin,
    database: &str,
    tracker: &TaskTracker,
) -> Result<(DatabaseFacts, i64), StepError> {
    let failed = StepError::server("compare a copy");
    let client = admin.connect(database).await.map_err(&failed)?;
    let schema_version = ddl::schema_version(&client).await.map_err(&failed)?;
    Ok((facts_of(client.into_inner(), tracker).await?, schema_version))
}

/// It was compared when it was made; what is left is to look at how it lies there.
pub(super) async fn check(copy: &Copy) -> Result<Value, StepError> {
    let failed = StepError::server("look at a copy");
    let client = copy.admin.connect(copy.database.as_str()).await.map_err(&failed)?;
    let version = ddl::schema_version(&client).await.map_err(&failed)?;
    Ok(json!({ "schema_version": version, "pages": check_pages(&client).await? }))
}
