//! `/v1/doctor`: what is not as it should be.

use axum::extract::State;
use cloison_api::{DoctorReport, Finding, MoreFindings};
use cloison_control::doctor::{self, Area, Ask};
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
    let mut ask = Ask::about(Area::ALL, Timestamp::now());
    ask.fix = fixing.fix.then_some(actor.name.as_str());
    let report = doctor::examine(&platform.control, &ask).await.map_err(ApiError::internal)?;
    let more = |(check, count): (doctor::Check, usize)| MoreFindings {
        check: check.as_str().to_owned(),
        count,
    };
    Ok(Json(DoctorReport {
        tenants: report.tenants,
        findings: report.findings.into_iter().map(told).collect(),
        more: report.more.into_iter().map(more).collect(),
    }))
}

fn told(finding: doctor::Finding) -> Finding {
    let doctor::Finding { check, subject, what, mend, fixed } = finding;
    Finding {
        check: check.as_str().to_owned(),
        severity: check.severity().as_str().to_owned(),
        subject,
        what,
        why: check.why().to_owned(),
        mend,
        fixed,
    }
}
