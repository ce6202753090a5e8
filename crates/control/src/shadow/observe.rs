//! Runs what is pending on a copy, and looks at each table as it goes.
//!
//! The text is the one that tenants get, cut into its statements, with a look after each. A segment that fails is run
//! again as tenants run it, for that one says why. What runs outside a transaction is run as it is, and watched by another
//! session.

use std::pin::pin;
use std::time::{Duration, Instant};

use cloison_lint::statements;
use cloison_model::{
    Applied, DatabaseName, HistoryError, Release, RetryClass, RoleName, Segment, ShadowFailure,
    ShadowFile, ShadowOf, ShadowRun,
};
use tokio::time::sleep;

use super::WORK_ON_COPY;
use super::relations::{Relations, files, locks, pid};
use super::touches::Touches;
use crate::migrate::{Limits, MigrateError, Way, migrate, read_history, unlock};
use crate::operations::StepError;
use crate::pg::ddl::migration::{Batch, run_counted};
use crate::pg::{Admin, AdminClient, ddl};
use crate::schema;

/// How often a file outside a transaction is looked at: a lock that is held for as long as anybody minds is seen.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// One copy.
pub(super) struct Place<'a> {
    pub(super) admin: &'a Admin,
    pub(super) database: &'a DatabaseName,
}

/// What was seen, and what failed.
pub(super) struct Observed {
    pub(super) run: ShadowRun,
    pub(super) failure: Option<ShadowFailure>,
    /// Of the schema that it has led to, if nothing failed.
    pub(super) fingerprint: Option<String>,
}

/// An error is one that may pass.
pub(super) async fn observe(
    place: &Place<'_>,
    of: ShadowOf,
    release: &Release,
    way: Way,
) -> Result<Observed, StepError> {
    let mut run = ShadowRun { of, files: Vec::new() };
    match place.run(release, way, &mut run.files).await {
        Ok(fingerprint) => Ok(Observed { run, failure: None, fingerprint: Some(fingerprint) }),
        Err(StepError::Migration(error)) if error.class() == RetryClass::Lasting => {
            let failure = Some(failure(run.of.clone(), &error));
            Ok(Observed { run, failure, fingerprint: None })
        }
        Err(error) => Err(error),
    }
}

impl Place<'_> {
    /// Answers the fingerprint of the schema at the end.
    async fn run(
        &self,
        release: &Release,
        way: Way,
        done: &mut Vec<ShadowFile>,
    ) -> Result<String, StepError> {
        let mut client = self.connect().await?;
        loop {
            let history = read_history(&client).await?;
            let segments = segments(release, &history, way).map_err(MigrateError::from)?;
            let Some(segment) = segments.first() else {
                let schema = schema::read(&client).await;
                return Ok(schema.map_err(StepError::server(WORK_ON_COPY))?.fingerprint());
            };
            if !segment.in_transaction {
                done.push(self.alone(&client, release, &history, segment, way).await?);
                continue;
            }
            let cancel = client.cancel_on_drop(self.admin);
            let ran = together(&client, segment).await;
            cancel.disarm();
            match ran {
                Ok(files) => done.extend(files),
                Err(_told_again) => {
                    tracing::debug!("a migration failed on a copy; it is run again to say why");
                    client = self.again(release, way).await?;
                }
            }
        }
    }

    async fn connect(&self) -> Result<AdminClient, StepError> {
        let connected = self.admin.connect(self.database.as_str()).await;
        connected.map_err(StepError::server(WORK_ON_COPY))
    }

    /// As tenants run it. Whatever state the session before was left in, it has ended.
    async fn again(&self, release: &Release, way: Way) -> Result<AdminClient, StepError> {
        let failed = StepError::server(WORK_ON_COPY);
        let server = self.admin.connect("postgres").await.map_err(&failed)?;
        ddl::database_clear(&server, self.database).await.map_err(&failed)?;
        let client = self.connect().await?;
        let cancel = client.cancel_on_drop(self.admin);
        let ran = migrate(&client, release, ddl::OWNER, way, &Limits::USUAL).await;
        cancel.disarm();
        ran?;
        unlock(&client).await.map_err(&failed)?;
        Ok(client)
    }

    /// The one file of a segment that is in no transaction. `watcher` sees what another session does.
    async fn alone(
        &self,
        watcher: &AdminClient,
        release: &Release,
        history: &[Applied],
        segment: &Segment<'_>,
        way: Way,
    ) -> Result<ShadowFile, StepError> {
        let failed = StepError::server(WORK_ON_COPY);
        let part = segment.parts.first().expect("a segment has a part");
        let version = part.migration.version;
        let only = match way {
            Way::Up { .. } => Way::Up { to: version },
            Way::Down { .. } => {
                let before = history.iter().map(|it| it.version).filter(|it| *it < version);
                Way::Down { to: before.max().unwrap_or_default() }
            }
        };
        let mut touches = Touches::new(Relations::read(watcher).await.map_err(&failed)?);
        let runner = self.connect().await?;
        let cancel = runner.cancel_on_drop(self.admin);
        let number = pid(&runner).await.map_err(&failed)?;
        let began = Instant::now();
        let mut looked = began;
        let mut ran = pin!(migrate(&runner, release, ddl::OWNER, only, &Limits::USUAL));
        let ran = loop {
            tokio::select! {
                ran = &mut ran => break ran,
                () = sleep(LOOK_EVERY) => {}
            }
            let locks = locks(watcher, number).await.map_err(&failed)?;
            let now = Instant::now();
            touches.locks(0, looked, now, &locks);
            looked = now;
        };
        cancel.disarm();
        ran?;
        let took = began.elapsed();
        unlock(&runner).await.map_err(&failed)?;
        touches.files(0, &files(watcher).await.map_err(&failed)?, false);
        let touches = touches.finish(began + took, 1).pop().unwrap_or_default();
        Ok(ShadowFile { file: file_name(&part.migration.file_name(), part.is_up), took, touches })
    }
}

/// What is left to run, in the same portions as for tenants.
fn segments<'a>(
    release: &'a Release,
    history: &[Applied],
    way: Way,
) -> Result<Vec<Segment<'a>>, HistoryError> {
    match way {
        Way::Up { to } => release.upgrade(history, to),
        Way::Down { to } => release.downgrade(history, to),
    }
}

/// One transaction, looked at from inside. After an error the session is of no use.
async fn together(
    client: &AdminClient,
    segment: &Segment<'_>,
) -> Result<Vec<ShadowFile>, tokio_postgres::Error> {
    for part in segment.parts.iter().filter(|it| it.is_up) {
        for extension in part.migration.extensions() {
            ddl::extension_ensure(client, extension).await?;
        }
    }
    let owner: RoleName = ddl::OWNER.parse().expect("owners are named in this program");
    // Nobody waits behind a lock of a copy, so its own is waited for.
    let limits = Limits::USUAL;
    let batch = Batch::of(segment, &owner, limits.lock_timeout_alone, limits.statement_timeout);
    let mut touches = Touches::new(Relations::read(client).await?);
    let pid = pid(client).await?;
    let mut took = vec![Duration::ZERO; segment.parts.len()];
    // Tenants get all of it in one round trip, and nobody looks: the clock of the locks stands still for both.
    let mut clock = Instant::now();
    let mut trip = Duration::MAX;
    for (at, statement) in statements(&batch.text).into_iter().enumerate() {
        let began = Instant::now();
        run_counted(client, statement.text).await.map_err(|it| it.error)?;
        let spent = began.elapsed();
        // The opening is settings, which take no time of their own.
        if at < Batch::OPENING {
            trip = trip.min(spent);
            continue;
        }
        let since = clock;
        let spent = spent.saturating_sub(trip);
        clock += spent;
        let of = batch.files.iter().position(|it| it.contains(&statement.offset));
        let Some(file) = of else { continue };
        took[file] += spent;
        touches.locks(file, since, clock, &locks(client, pid).await?);
        touches.files(file, &files(client).await?, empties(statement.text));
    }
    let touches = touches.finish(clock, segment.parts.len());
    let parts = segment.parts.iter().zip(took).zip(touches);
    Ok(parts
        .map(|((part, took), touches)| ShadowFile {
            file: file_name(&part.migration.file_name(), part.is_up),
            took,
            touches,
        })
        .collect())
}

/// A table that was emptied has another file, too.
fn empties(statement: &str) -> bool {
    let word = statement.split_whitespace().next().unwrap_or_default();
    word.eq_ignore_ascii_case("truncate")
}

fn file_name(up: &str, is_up: bool) -> String {
    if is_up { up.to_owned() } else { up.replace(".sql", ".down.sql") }
}

fn failure(of: ShadowOf, error: &MigrateError) -> ShadowFailure {
    let MigrateError::Failed(failure) = error else {
        return ShadowFailure {
            of,
            what: error.to_string(),
            sqlstate: None,
            statement: None,
            hint: None,
        };
    };
    let up = format!("{:04}_{}.sql", failure.version, failure.name);
    let file = file_name(&up, failure.is_up);
    ShadowFailure {
        of,
        what: format!("{file} fails in line {}: {}", failure.line, failure.message),
        sqlstate: Some(failure.sqlstate.clone()),
        statement: Some(failure.statement.clone()),
        hint: failure.hint.clone(),
    }
}
