//! The calls of `/v1/tenants`.

use super::{CURSOR, Endpoint, of};
use crate::problem::Code;
use crate::tenants::{CreateTenant, CreatedTenant, Page, SignInLink, Tenant};

const WAIT: super::Parameter =
    ("wait", "string", "how long to wait for the end, as in `30s`; a minute at most");

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint::get("tenant_list", "/v1/tenants", "All tenants, by subdomain")
        .query(&[CURSOR])
        .answers(&[200], of::<Page<Tenant>>),
    Endpoint::post("tenant_create", "/v1/tenants", "Give an organization its own database")
        .query(&[WAIT])
        .takes(of::<CreateTenant>)
        .answers(&[200, 202], of::<CreatedTenant>)
        .refuses(&[
            Code::InvalidField,
            Code::InvalidSubdomain,
            Code::SubdomainTaken,
            Code::UnknownPlan,
            Code::NoServer,
        ]),
    Endpoint::get("tenant_fetch", "/v1/tenants/{subdomain}", "One tenant")
        .answers(&[200], of::<Tenant>)
        .refuses(&[Code::NotFound]),
    Endpoint::post(
        "sign_in_link_create",
        "/v1/tenants/{subdomain}/sign-in-links",
        "A one-time link that lets in as the studio's owner",
    )
    .answers(&[200], of::<SignInLink>)
    .refuses(&[Code::NotFound]),
];
