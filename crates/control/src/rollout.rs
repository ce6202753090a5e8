//! A rollout: the fleet comes to another version of the tenants' schema.
//!
//! It is an operation, whose last step works through the tenants in waves; each of them is an operation of its own, so
//! that nothing else is done to it meanwhile and whatever is cut off is found again. What happens next is decided in
//! `model::rollout`.

mod begin;
mod bulk;
mod change;
mod fleet;
mod gate;
mod lane;
mod one;
mod stragglers;
mod templates;
mod view;

use std::time::Duration;

use cloison_catalog::queries::rollouts as queries;
use cloison_catalog::{GenericClient, Unavailable};
use cloison_model::{OperationId, Policy, RolloutDirection, Subdomain, UnknownWord};
use jiff::Timestamp;

use crate::call::CallError;
use crate::releases::ReleasesError;

pub use begin::{Begun, roll_back, start};
pub use change::{cancel, pause, resume, retry};
pub use view::{
    CarriedRelease, FleetStatus, RECENTLY, RolloutView, Stage, VersionCount, failures, list, show,
    status,
};

pub(crate) use fleet::migrate_fleet;
pub(crate) use gate::shadow_run;
pub(crate) use one::{bring_up, class, keep_end, keep_failure, keep_migrated, migrate_tenant};
pub(crate) use stragglers::follow_up;

/// What an operator asks for.
#[derive(Clone, Debug)]
pub struct RolloutRequest {
    pub policy: Policy,
    /// Who goes first.
    pub canaries: Vec<Subdomain>,
    /// The version to come to; the newest of the release if it is not said.
    pub to: Option<i64>,
    /// After the canaries, tenants are left to their first request for so long.
    pub lazy_for: Option<Duration>,
    pub skip_shadow: bool,
}

/// What an operator asks for who wants a rollout taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RollbackRequest {
    pub policy: Policy,
    pub skip_shadow: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum RolloutError {
    #[error("rollout {0} is under way")]
    Busy(i64),
    #[error("there is no rollout {0}")]
    NoRollout(i64),
    #[error("rollout {0} has ended")]
    Ended(i64),
    #[error("rollout {0} is past the point where it could be cancelled")]
    TooLate(i64),
    #[error("there is no tenant '{0}'")]
    NoTenant(Subdomain),
    #[error("{0} is quarantined, so it cannot go first")]
    CanaryQuarantined(Subdomain),
    #[error("{0} is not quarantined, so there is nothing to try again")]
    NotQuarantined(Subdomain),
    #[error("another operation on {0} is under way")]
    TenantBusy(Subdomain),
    /// The release itself is at fault.
    #[error(transparent)]
    Release(#[from] ReleasesError),
    /// The lint refuses files.
    #[error("the release may not be rolled out: the lint refuses it in {} places", .0.count("refused"))]
    Lint(cloison_lint::Report),
    #[error("the release has no version {0}")]
    NoVersion(i64),
    #[error("the fleet is at version {from}, and {to} is older")]
    Backwards { to: i64, from: i64 },
    /// It takes away what tenants that lag behind may still need.
    #[error(
        "{file} takes something away, and {lagging} of the tenants have not had all that comes before it"
    )]
    TooEarly { file: String, lagging: i64, stop: i64 },
    /// It takes away what processes that serve do not know to be gone.
    #[error("{file} takes something away, and {} serves without knowing it", .nodes.join(", "))]
    OlderBuilds { file: String, nodes: Vec<String> },
    #[error("rollout {0} took nothing up that could be taken back")]
    NothingToTakeBack(i64),
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
    #[error("the control database was written by a newer version")]
    Newer(#[from] UnknownWord),
}

/// One rollout's row, in the types of `model`.
#[derive(Clone, Debug)]
pub(crate) struct Rollout {
    pub(crate) number: i64,
    pub(crate) operation: OperationId,
    pub(crate) direction: RolloutDirection,
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) canaries: Vec<String>,
    pub(crate) policy: Policy,
    pub(crate) lazy_until: Option<Timestamp>,
    pub(crate) skip_shadow: bool,
    pub(crate) paused: Option<(String, String)>,
    pub(crate) templates_moved: bool,
    pub(crate) has_begun: bool,
    pub(crate) cancelled_by: Option<String>,
}

impl Rollout {
    pub(crate) async fn of(
        client: &impl GenericClient,
        operation: OperationId,
    ) -> Result<Option<Self>, RolloutError> {
        let row = queries::rollout_of_operation().bind(client, &operation.0).opt().await?;
        Ok(row.map(Self::read).transpose()?)
    }

    fn read(row: queries::Rollout) -> Result<Self, UnknownWord> {
        let small = |it: i32| u16::try_from(it).unwrap_or(u16::MAX);
        Ok(Self {
            number: row.number,
            operation: OperationId(row.operation_id),
            direction: row.direction.parse()?,
            from: row.from_version,
            to: row.to_version,
            canaries: row.canaries,
            policy: Policy {
                waves: row.waves.iter().filter_map(|it| u8::try_from(*it).ok()).collect(),
                max_failures: u32::try_from(row.max_failures).unwrap_or(u32::MAX),
                per_server: small(row.per_server),
                in_total: small(row.in_total),
            },
            lazy_until: row.lazy_until,
            skip_shadow: row.skip_shadow,
            paused: row.paused_by.zip(row.paused_why),
            templates_moved: row.templates_moved,
            has_begun: row.started_at.is_some(),
            cancelled_by: row.cancelled_by,
        })
    }

    pub(crate) fn goes_up(&self) -> bool {
        self.direction == RolloutDirection::Up
    }
}
