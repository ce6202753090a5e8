//! `/v1/doctor`: what is not as it was set.

use axum::extract::State;
use cloison_api::{DoctorReport, Finding};
use cloison_control::doctor;
use cloison_model::Action;
use jiff::Timestamp;
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
    if fixing.fix {
        actor.require(Action::DoctorFix)?;
    }
    let mut report = doctor::examine(&platform.control, fixing.fix, &actor.name)
        .await
        .map_err(ApiError::internal)?;
    let of_backups = doctor::examine_backups(&platform.control, Timestamp::now()).await;
    report.findings.extend(of_backups.map_err(ApiError::internal)?);
    let of_archives = doctor::examine_archiving(&platform.control, Timestamp::now()).await;
    report.findings.extend(of_archives.map_err(ApiError::internal)?);
    let finding =
        |it: doctor::Finding| Finding { subject: it.subject, problem: it.problem, fixed: it.fixed };
    let findings = report.findings.into_iter().map(finding).collect();
    Ok(Json(DoctorReport { tenants: report.tenants, findings }))
}
