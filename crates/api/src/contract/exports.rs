//! The calls about exports.

use super::tenants::WAIT;
use super::{Endpoint, of};
use crate::exports::{Export, ExportLink};
use crate::operations::Accepted;
use crate::problem::Code;
use crate::tenants::Page;

/// What there is none of, not yet, or not any more.
const NOT_THERE: &[Code] = &[Code::NotFound, Code::Expired, Code::NotInThisState];

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint::post(
        "tenant_export",
        "/v1/tenants/{subdomain}/export",
        "Pack all that a tenant has, for its owner; it is kept for seven days",
    )
    .query(&[WAIT])
    .answers(&[200, 202], of::<Accepted>)
    .refuses(&[Code::NotFound, Code::TenantBusy, Code::NotInThisState, Code::TooManyExports]),
    Endpoint::get(
        "export_list",
        "/v1/tenants/{subdomain}/exports",
        "A tenant's exports, the newest first",
    )
    .answers(&[200], of::<Page<Export>>)
    .refuses(&[Code::NotFound]),
    Endpoint::get("export_fetch", "/v1/exports/{id}", "One export")
        .answers(&[200], of::<Export>)
        .refuses(&[Code::NotFound]),
    Endpoint::delete(
        "export_delete",
        "/v1/exports/{id}",
        "Take an export away at once, and with it all links to it",
    )
    .refuses(&[Code::NotFound, Code::NotInThisState]),
    Endpoint::get(
        "export_content",
        "/v1/exports/{id}/content",
        "The zip, or with `Range` a part of it; with `If-Range` only if it is the same still",
    )
    .file("application/zip")
    .refuses(&[
        Code::NotFound,
        Code::Expired,
        Code::NotInThisState,
        Code::RangeNotSatisfiable,
        Code::TooManyDownloads,
    ]),
    Endpoint::post(
        "export_link_create",
        "/v1/exports/{id}/link",
        "A link that gives this export to whoever has it, until it expires",
    )
    .answers(&[200], of::<ExportLink>)
    .refuses(NOT_THERE),
];
