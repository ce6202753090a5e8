//! `/v1/drift`: which schemas the tenants' databases really have.

use std::time::Duration;

use axum::extract::State;
use cloison_api::{Code, DriftReport, DriftSchema, RefreshDrift};
use cloison_control::drift::{self, DriftError, TENANTS_MAX, Wish};
use cloison_model::ExpectedFrom;

use super::waiting::Waiting;
use crate::error::ApiError;
use crate::extract::{Json, Query};
use crate::platform::Platform;

/// Enough for thousands of tenants on a few servers; what is left, the workers read.
const WAIT: Duration = Duration::from_secs(30);

pub(super) async fn fetch(State(platform): State<Platform>) -> Result<Json<DriftReport>, ApiError> {
    Ok(Json(shown(drift::report(&platform.control).await?)))
}

pub(super) async fn refresh(
    State(platform): State<Platform>,
    Query(waiting): Query<Waiting>,
    Json(body): Json<RefreshDrift>,
) -> Result<Json<DriftReport>, ApiError> {
    let (wish, wait) = (wish(body)?, waiting.parse()?.unwrap_or(WAIT));
    drift::refresh(&platform.control, &wish, wait).await?;
    fetch(State(platform)).await
}

fn wish(body: RefreshDrift) -> Result<Wish, ApiError> {
    let refused = |rule, words| ApiError::new(Code::InvalidField, words).of_field("tenants", rule);
    match body {
        RefreshDrift { tenants, all } if tenants.is_empty() => {
            Ok(if all { Wish::All } else { Wish::Missing })
        }
        RefreshDrift { all: true, .. } => Err(refused(
            "alone",
            "`all` is all tenants. Leave it out to have some read, or leave out `tenants`."
                .to_owned(),
        )),
        RefreshDrift { tenants, .. } if tenants.len() > TENANTS_MAX => {
            Err(refused("range", format!("Name {TENANTS_MAX} tenants at most, or say `all`.")))
        }
        RefreshDrift { tenants, .. } => Ok(Wish::Tenants(tenants)),
    }
}

impl From<DriftError> for ApiError {
    fn from(error: DriftError) -> Self {
        match error {
            DriftError::NoTenant(subdomain) => Self::not_found(format!(
                "There is no tenant '{}' in use. Nothing was read.",
                subdomain.escape_debug()
            )),
            DriftError::Unavailable(it) => it.into(),
            DriftError::Database(it) => it.into(),
            DriftError::Unreadable(it) => Self::internal(it),
        }
    }
}

fn shown(report: drift::Report) -> DriftReport {
    let schema = |it: drift::Distinct| DriftSchema {
        fingerprint: it.fingerprint,
        version: it.version,
        tenants: it.tenants,
        examples: it.examples,
        is_expected: it.is_expected,
        expected_from: match it.expected_from {
            ExpectedFrom::Template => "TEMPLATE",
            ExpectedFrom::Commonest => "COMMONEST",
        }
        .to_owned(),
        diff: it.diff,
        hints: it.hints,
    };
    DriftReport {
        tenants: report.tenants,
        unknown: report.unknown,
        schemas: report.schemas.into_iter().map(schema).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_all_or_those_that_are_missing() {
        let check = |tenants: usize, all| {
            wish(RefreshDrift { tenants: vec!["blue".to_owned(); tenants], all }).ok()
        };
        assert_eq!(check(0, false), Some(Wish::Missing));
        assert_eq!(check(0, true), Some(Wish::All));
        assert_eq!(check(1, false), Some(Wish::Tenants(vec!["blue".to_owned()])));
        assert_eq!(check(1, true), None);
        assert_eq!(check(TENANTS_MAX + 1, false), None);
    }
}
