//! The calls of `/v1/erasures`, those about legal holds, and the key that evidence is signed with.

use super::{CURSOR, Endpoint, of};
use crate::erasures::{Erasure, HoldTenant, LegalHold, SigningKey};
use crate::problem::Code;
use crate::tenants::Page;

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint::post(
        "tenant_hold",
        "/v1/tenants/{subdomain}/hold",
        "Keep a tenant's data, whatever else is asked for",
    )
    .takes(of::<HoldTenant>)
    .answers(&[200], of::<LegalHold>)
    .refuses(&[Code::NotFound, Code::InvalidField, Code::NotInThisState]),
    Endpoint::post(
        "tenant_release_hold",
        "/v1/tenants/{subdomain}/release-hold",
        "A tenant's data need not be kept any longer",
    )
    .refuses(&[Code::NotFound, Code::NotInThisState]),
    Endpoint::get(
        "erasure_list",
        "/v1/erasures",
        "Tenants that were erased, the newest number first",
    )
    .query(&[CURSOR])
    .answers(&[200], of::<Page<Erasure>>),
    Endpoint::get("erasure_fetch", "/v1/erasures/{id}", "One of them, by the organization's id")
        .answers(&[200], of::<Erasure>)
        .refuses(&[Code::NotFound]),
    Endpoint::get(
        "erasure_certificate",
        "/v1/erasures/{id}/certificate",
        "The signed evidence of an erasure, as JSON or as PDF",
    )
    .query(&[
        ("format", "string", "json (default) or pdf; `Accept: application/pdf` says the same"),
        ("language", "string", "of the PDF: en (default) or fr"),
    ])
    .answers(&[200], of::<serde_json::Value>)
    .refuses(&[Code::NotFound]),
    Endpoint::get(
        "fiscal_archive_fetch",
        "/v1/erasures/{id}/fiscal-archive",
        "What a law wants kept of an erased tenant, as a zip; it is noted who took it",
    )
    .answers(&[200], of::<serde_json::Value>)
    .refuses(&[Code::NotFound]),
    Endpoint::get(
        "signing_key_fetch",
        "/v1/signing-key",
        "The public key that certificates and manifests are signed with",
    )
    .answers(&[200], of::<SigningKey>)
    .refuses(&[Code::NotFound])
    .public(),
];
