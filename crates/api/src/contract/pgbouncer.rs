//! The calls of `/v1/servers/{name}/pgbouncer`.

use super::{Endpoint, of};
use crate::pgbouncer::{AdmitPgBouncer, PgBouncerPlace, PgBouncerUsers};
use crate::problem::Code;

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint::get(
        "pgbouncer_fetch",
        "/v1/servers/{name}/pgbouncer",
        "What a PgBouncer in front of a server has to know; no secret",
    )
    .answers(&[200], of::<PgBouncerPlace>)
    .refuses(&[Code::NotFound]),
    Endpoint::post(
        "pgbouncer_admit",
        "/v1/servers/{name}/pgbouncer",
        "Let a PgBouncer into a server, and answer with its `auth_file`",
    )
    .takes(of::<AdmitPgBouncer>)
    .answers(&[200], of::<PgBouncerUsers>)
    .refuses(&[Code::NotFound, Code::InvalidField]),
];
