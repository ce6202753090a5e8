//! `/v1/migrations`, `/v1/releases`, and another try for a tenant that was left behind.

use axum::extract::{Path, State};
use axum::response::Response;
use cloison_api::{CarriedRelease, FleetStatus, FleetVersion, Migration, Page, Quarantine};
use cloison_catalog::queries::migrations as queries;
use cloison_control::{releases, rollout};
use cloison_model::Subdomain;

use super::operations::accepted;
use super::rollouts::{release_words, shown};
use super::waiting::Waiting;
use crate::access::Actor;
use crate::error::ApiError;
use crate::extract::{Json, Query};
use crate::platform::Platform;

pub(super) async fn status(
    State(platform): State<Platform>,
) -> Result<Json<FleetStatus>, ApiError> {
    let status = rollout::status(&platform.control).await?;
    let (release, release_problem) = match status.release {
        Ok(it) => (Some(it), None),
        // A folder that is not right is told here, and is no reason to tell nothing else.
        Err(error) => (None, Some(release_words(&error).ok_or_else(|| ApiError::from(error))?)),
    };
    Ok(Json(FleetStatus {
        version: status.version,
        release: release.map(|it| CarriedRelease {
            version: it.version,
            checksum: it.checksum,
            pending: it.pending,
        }),
        release_problem,
        versions: status
            .versions
            .into_iter()
            .map(|it| FleetVersion {
                version: it.version,
                tenants: it.tenants,
                quarantined: it.quarantined,
                under_way: it.under_way,
            })
            .collect(),
        quarantines: status.quarantines.into_iter().map(quarantine).collect(),
        rollout: status.live.map(|it| shown(it, Vec::new())),
    }))
}

pub(super) async fn releases(
    State(platform): State<Platform>,
) -> Result<Json<Page<Migration>>, ApiError> {
    let known = releases::list(&platform.control).await?;
    let items = known.into_iter().map(|it| Migration {
        version: it.version,
        name: it.name,
        phase: it.phase,
        checksum: it.checksum,
        has_way_back: it.has_way_back,
        released_at: it.released_at,
    });
    Ok(Json(Page { items: items.collect(), next: None }))
}

pub(super) async fn retry(
    State(platform): State<Platform>,
    actor: Actor,
    Path(subdomain): Path<String>,
    Query(waiting): Query<Waiting>,
) -> Result<Response, ApiError> {
    let wait = waiting.parse()?;
    let missing = |_not_a_name| {
        ApiError::not_found(format!("There is no tenant '{}'.", subdomain.escape_debug()))
    };
    let name: Subdomain = subdomain.parse().map_err(missing)?;
    let operation = rollout::retry(&platform.control, &actor.call, &name).await?;
    accepted(&platform, &actor, operation, wait).await
}

pub(super) fn quarantine(row: queries::Quarantine) -> Quarantine {
    Quarantine {
        subdomain: row.subdomain,
        rollout: row.rollout,
        version: row.version,
        name: row.name,
        sqlstate: row.sqlstate,
        statement: row.statement,
        message: row.message,
        hint: row.hint,
        at_version: row.at_version,
        quarantined_at: row.quarantined_at,
    }
}
