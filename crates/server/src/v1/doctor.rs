//! `/v1/doctor`: what is not as it was set.

use axum::extract::State;
use cloison_api::{DoctorReport, Finding};
use cloison_control::roles;
use serde::Deserialize;

use crate::access::Actor;
use crate::error::ApiError;
use crate::extract::{Json, Query};
use crate::platform::Platform;

#[derive(Deserialize)]
pub(super) struct Fixing {
    #[serde(default)]
    fix: bool,
}

pub(super) async fn examine(
    State(platform): State<Platform>,
    actor: Actor,
    Query(fixing): Query<Fixing>,
) -> Result<Json<DoctorReport>, ApiError> {
    let report = roles::doctor(&platform.control, fixing.fix, &actor.name)
        .await
        .map_err(ApiError::internal)?;
    let findings = report.deviations.into_iter().flat_map(|deviation| {
        let finding = move |problem| Finding {
            subdomain: deviation.subdomain.clone(),
            problem,
            fixed: deviation.fixed,
        };
        deviation.problems.into_iter().map(finding)
    });
    Ok(Json(DoctorReport { tenants: report.tenants, findings: findings.collect() }))
}
