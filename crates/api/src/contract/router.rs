//! The call of `/v1/router`.

use super::{Endpoint, of};
use crate::router::RouterReport;

pub(super) const ENDPOINTS: &[Endpoint] = &[Endpoint::get(
    "router_fetch",
    "/v1/router",
    "The seats of the process that answers, and the tenants that use them most",
)
.query(&[("limit", "integer", "how many tenants, 1 to 100; 20 if it is not said")])
.answers(&[200], of::<RouterReport>)];
