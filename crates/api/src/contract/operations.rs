//! The calls of `/v1/operations` and `/v1/doctor`.

use super::{CURSOR, Endpoint, of};
use crate::operations::{DoctorReport, Operation};
use crate::problem::Code;
use crate::tenants::Page;

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint::get("operation_list", "/v1/operations", "What was done to tenants, the newest first")
        .query(&[CURSOR])
        .answers(&[200], of::<Page<Operation>>),
    Endpoint::get("operation_fetch", "/v1/operations/{id}", "One operation with its steps")
        .answers(&[200], of::<Operation>)
        .refuses(&[Code::NotFound]),
    Endpoint::post("doctor", "/v1/doctor", "What is not as it was set")
        .query(&[("fix", "boolean", "whether to set it back, which not every role may")])
        .answers(&[200], of::<DoctorReport>),
];
