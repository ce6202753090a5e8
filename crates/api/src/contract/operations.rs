//! The calls of `/v1/operations` and `/v1/doctor`.

use super::tenants::WAIT;
use super::{CURSOR, Endpoint, of};
use crate::operations::{Accepted, DoctorReport, Operation, OperationEvent};
use crate::problem::Code;
use crate::tenants::Page;

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint::get("operation_list", "/v1/operations", "What was done to tenants, the newest first")
        .query(&[
            CURSOR,
            ("tenant", "string", "only those of this subdomain"),
            ("state", "string", "only those in this state"),
            ("spares", "boolean", "those on spares too"),
        ])
        .answers(&[200], of::<Page<Operation>>),
    Endpoint::get("operation_fetch", "/v1/operations/{id}", "One operation with its steps")
        .answers(&[200], of::<Operation>)
        .refuses(&[Code::NotFound]),
    Endpoint::post(
        "operation_cancel",
        "/v1/operations/{id}/cancel",
        "Wish that an operation be cancelled; the answer says how it stands",
    )
    .query(&[WAIT])
    .answers(&[200, 202], of::<Accepted>)
    .refuses(&[Code::NotFound, Code::TooLateToCancel]),
    Endpoint::get(
        "operation_events",
        "/v1/operations/{id}/events",
        "What happens to an operation, as it happens; `Last-Event-ID` goes on where it was",
    )
    .streams(of::<OperationEvent>)
    .refuses(&[Code::NotFound]),
    Endpoint::post("doctor", "/v1/doctor", "What is not as it was set")
        .query(&[("fix", "boolean", "whether to set it back, which not every role may")])
        .answers(&[200], of::<DoctorReport>),
];
