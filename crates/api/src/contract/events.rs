//! The calls about what became of tenants.

use super::{Endpoint, of};
use crate::events::EventPage;
use crate::problem::Code;

pub(super) const ENDPOINTS: &[Endpoint] = &[Endpoint::get(
    "event_list",
    "/v1/events",
    "What became of tenants and of the fleet, the oldest first; it is kept for thirty days",
)
.query(&[
    ("after", "integer", "only what comes after the event of this number"),
    ("limit", "integer", "at most so many, 1 to 100"),
    ("tenant", "string", "only of the tenant of this subdomain"),
    ("type", "string", "only of these types, as in `tenant.created,tenant.erased`"),
])
.answers(&[200], of::<EventPage>)
.refuses(&[Code::InvalidField])];
