//! The calls of `/v1/drift`.

use super::tenants::WAIT;
use super::{Endpoint, of};
use crate::drift::{DriftReport, RefreshDrift};
use crate::problem::Code;

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint::get(
        "drift_fetch",
        "/v1/drift",
        "Which schemas tenants have, and how those differ that they should not have",
    )
    .answers(&[200], of::<DriftReport>),
    Endpoint::post(
        "drift_refresh",
        "/v1/drift",
        "Read tenants' schemas anew, for half a minute if no `wait` says otherwise; workers read what is left",
    )
    .query(&[WAIT])
    .takes(of::<RefreshDrift>)
    .answers(&[200], of::<DriftReport>)
    .refuses(&[Code::NotFound, Code::InvalidField])
    .unkeyed(),
];
