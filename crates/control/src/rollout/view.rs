//! Rollouts and the fleet's versions as people look at them: all of it from the control database, in a few queries.

use std::time::Duration;

use cloison_catalog::queries::migrations::{self, Quarantine};
use cloison_catalog::queries::rollouts as queries;
use cloison_catalog::{Client, GenericClient};
use cloison_model::{Migration, OperationId, OperationState, Policy, RolloutDirection, WaveCount};
use jiff::Timestamp;
use serde_json::Value;

use super::fleet::counts;
use super::{Rollout, RolloutError};
use crate::control::Control;
use crate::releases::{self, ReleasesError};

/// Of tenants that have failed, those that are told with their reasons; more of them have few reasons.
const FAILURES_MAX: i64 = 100;
/// Versions that a fleet is spread over at most, or nobody could run it.
pub(super) const VERSIONS_MAX: i64 = 1_000;

/// How far back one looks to say how fast a rollout goes: long enough for slow migrations, and short enough that a pause is
/// soon forgotten.
pub const RECENTLY: Duration = Duration::from_mins(1);

/// How a rollout stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// On copies, before any tenant is touched.
    Checking,
    Running,
    /// By a person, or because too many have failed.
    Paused,
    Ended(OperationState),
}

/// One rollout.
#[derive(Clone, Debug)]
pub struct RolloutView {
    pub number: i64,
    /// Whose events tell what happened.
    pub operation: OperationId,
    pub direction: RolloutDirection,
    pub stage: Stage,
    pub from: i64,
    pub to: i64,
    /// Which one it takes back.
    pub rolls_back: Option<i64>,
    pub policy: Policy,
    pub canaries: Vec<String>,
    pub lazy_until: Option<Timestamp>,
    /// Who has paused it, or `cloison`, and why.
    pub paused: Option<(String, String)>,
    /// What it waits for, in words.
    pub waiting: Option<String>,
    /// Why it has failed.
    pub error: Option<String>,
    pub actor: String,
    pub created_at: Timestamp,
    /// When the first tenant could be started.
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
    /// The canaries, then each wave of the policy; empty until the first tenant could be started.
    pub waves: Vec<WaveCount>,
    /// How many have come through within [`RECENTLY`].
    pub recent: u32,
    /// What the run on copies has found.
    pub shadow: Option<Value>,
}

/// Whom a pause is put down to that no person has ordered.
const PLATFORM: &str = "cloison";

impl RolloutView {
    /// The platform itself has paused it, because of failures.
    pub fn is_halted(&self) -> bool {
        self.stage == Stage::Paused && self.paused.as_ref().is_some_and(|it| it.0 == PLATFORM)
    }

    /// How it stands, in one word; `HALTED` is one that the platform itself has paused.
    pub fn stage_word(&self) -> &'static str {
        match self.stage {
            Stage::Checking => "CHECKING",
            Stage::Running => "RUNNING",
            Stage::Paused if self.is_halted() => "HALTED",
            Stage::Paused => "PAUSED",
            Stage::Ended(state) => state.as_str(),
        }
    }
}

/// How many tenants are at one version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VersionCount {
    pub version: i64,
    pub tenants: i64,
    pub quarantined: i64,
    /// Being migrated at this moment, or waiting to be tried again.
    pub under_way: i64,
}

/// What a process could bring the fleet to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedRelease {
    pub version: i64,
    /// SHA-256 over all of it.
    pub checksum: String,
    /// File names that the oldest tenant has not had.
    pub pending: Vec<String>,
}

/// Where the fleet stands and where it could go.
#[derive(Debug)]
pub struct FleetStatus {
    /// What new tenants are made at; 0 before the first server was set up.
    pub version: i64,
    /// What this process brings along, or why it cannot be rolled out.
    pub release: Result<CarriedRelease, ReleasesError>,
    pub versions: Vec<VersionCount>,
    pub quarantines: Vec<Quarantine>,
    pub live: Option<RolloutView>,
}

/// Answers nothing where there is no such rollout.
pub async fn show(control: &Control, number: i64) -> Result<Option<RolloutView>, RolloutError> {
    let client = control.catalog.client().await?;
    match queries::rollout_fetch().bind(&client, &number).opt().await? {
        Some(row) => view(&client, row).await.map(Some),
        None => Ok(None),
    }
}

/// The newest first; `before` is the number of the last one that was seen.
pub async fn list(
    control: &Control,
    before: Option<i64>,
    at_most: i64,
) -> Result<Vec<RolloutView>, RolloutError> {
    let client = control.catalog.client().await?;
    let mut views = Vec::new();
    for row in queries::rollout_page().bind(&client, &before, &at_most).all().await? {
        views.push(view(&client, row).await?);
    }
    Ok(views)
}

/// Tenants that a rollout has left behind, with their reasons.
pub async fn failures(control: &Control, number: i64) -> Result<Vec<Quarantine>, RolloutError> {
    let client = control.catalog.client().await?;
    Ok(migrations::quarantine_list().bind(&client, &Some(number), &FAILURES_MAX).all().await?)
}

/// The same few queries however many tenants there are, and no connection to any of them.
pub async fn status(control: &Control) -> Result<FleetStatus, RolloutError> {
    let client = control.catalog.client().await?;
    let version = releases::fleet_version(&client).await?.unwrap_or_default();
    let rows = migrations::fleet_counts().bind(&client, &VERSIONS_MAX).all().await?;
    let oldest = rows.first().map_or(version, |it| it.schema_version.min(version));
    let live = queries::rollout_live().bind(&client).opt().await?;
    let live = match live {
        Some(row) => Some(view(&client, row).await?),
        None => None,
    };
    Ok(FleetStatus {
        version,
        release: carried(control, &client, oldest).await,
        versions: rows
            .into_iter()
            .map(|it| VersionCount {
                version: it.schema_version,
                tenants: it.tenants,
                quarantined: it.quarantined,
                under_way: it.under_way,
            })
            .collect(),
        quarantines: migrations::quarantine_list()
            .bind(&client, &None, &FAILURES_MAX)
            .all()
            .await?,
        live,
    })
}

/// A folder may have been edited since the start; nobody who asks how the fleet stands should have to mend it first.
async fn carried(
    control: &Control,
    client: &Client,
    oldest: i64,
) -> Result<CarriedRelease, ReleasesError> {
    let release = control.source.load()?;
    releases::check(client, &release).await?;
    let pending = release.migrations().iter().filter(|it| it.version > oldest);
    Ok(CarriedRelease {
        version: release.version(),
        checksum: release.checksum(),
        pending: pending.map(Migration::file_name).collect(),
    })
}

async fn view(client: &Client, row: queries::Rollout) -> Result<RolloutView, RolloutError> {
    let state: OperationState = row.state.parse()?;
    let stage = if state.is_end() {
        Stage::Ended(state)
    } else if row.paused_by.is_some() {
        Stage::Paused
    } else if row.started_at.is_some() {
        Stage::Running
    } else {
        Stage::Checking
    };
    let waves = match row.started_at {
        Some(_) => waves(client, row.number, row.waves.len()).await?,
        None => Vec::new(),
    };
    let seconds = RECENTLY.as_secs_f64();
    let recent = match stage {
        Stage::Running => {
            queries::rollout_recent().bind(client, &row.number, &seconds).one().await?
        }
        Stage::Checking | Stage::Paused | Stage::Ended(_) => 0,
    };
    let rest = row.clone();
    let rollout = Rollout::read(row)?;
    Ok(RolloutView {
        number: rollout.number,
        operation: rollout.operation,
        direction: rollout.direction,
        stage,
        from: rollout.from,
        to: rollout.to,
        rolls_back: rest.rolls_back,
        policy: rollout.policy,
        canaries: rollout.canaries,
        lazy_until: rollout.lazy_until,
        paused: rollout.paused,
        waiting: rest.waiting,
        error: rest.error,
        actor: rest.actor,
        created_at: rest.created_at,
        started_at: rest.started_at,
        finished_at: rest.finished_at,
        waves,
        recent: u32::try_from(recent).unwrap_or(u32::MAX),
        shadow: rest.shadow,
    })
}

async fn waves(
    client: &impl GenericClient,
    number: i64,
    count: usize,
) -> Result<Vec<WaveCount>, RolloutError> {
    Ok(counts(client, number, count).await??)
}
