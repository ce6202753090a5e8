//! The calls about what tenants use.

use super::{Endpoint, of};
use crate::problem::Code;
use crate::usage::{UsageHistory, UsageReport};

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint::get(
        "usage_fetch",
        "/v1/usage",
        "The tenants that use the most, and where they stand with their plans",
    )
    .query(&[
        ("by", "string", "requests (if it is not said), query-time, rows, bytes or connections"),
        ("days", "integer", "of so many days up to today, 1 to 400; 1 if it is not said"),
        ("limit", "integer", "how many tenants, 1 to 1000; 20 if it is not said"),
    ])
    .answers(&[200], of::<UsageReport>)
    .refuses(&[Code::InvalidField]),
    Endpoint::get(
        "tenant_usage",
        "/v1/tenants/{subdomain}/usage",
        "What a tenant uses, day by day",
    )
    .query(&[("days", "integer", "so many up to today, 1 to 400; 30 if it is not said")])
    .answers(&[200], of::<UsageHistory>)
    .refuses(&[Code::NotFound, Code::InvalidField]),
];
