//! The calls about customers' own domains.

use super::{CURSOR, Endpoint, of};
use crate::domains::{ClaimDomain, Domain};
use crate::problem::Code;
use crate::tenants::Page;

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint::get("domain_page", "/v1/domains", "Domains of all tenants, in the order of their claims")
        .query(&[CURSOR, ("state", "string", "only those that are pending, serving or failing")])
        .answers(&[200], of::<Page<Domain>>)
        .refuses(&[Code::InvalidField]),
    Endpoint::get("domain_list", "/v1/tenants/{subdomain}/domains", "A tenant's own domains")
        .answers(&[200], of::<Page<Domain>>)
        .refuses(&[Code::NotFound]),
    Endpoint::post(
        "domain_claim",
        "/v1/tenants/{subdomain}/domains",
        "Claim a domain for a tenant; answers what to create in its DNS, and so does the same claim again",
    )
    .takes(of::<ClaimDomain>)
    .answers(&[201], of::<Domain>)
    .refuses(&[Code::InvalidField, Code::NotFound, Code::NotInThisState, Code::TooManyDomains]),
    Endpoint::get("domain_fetch", "/v1/tenants/{subdomain}/domains/{hostname}", "One domain")
        .answers(&[200], of::<Domain>)
        .refuses(&[Code::NotFound]),
    Endpoint::delete(
        "domain_remove",
        "/v1/tenants/{subdomain}/domains/{hostname}",
        "Serve nobody there any more",
    )
    .refuses(&[Code::NotFound]),
    Endpoint::post(
        "domain_check",
        "/v1/tenants/{subdomain}/domains/{hostname}/check",
        "Look at the DNS now, and answer what was found",
    )
    .answers(&[200], of::<Domain>)
    .refuses(&[Code::NotFound]),
    Endpoint::post(
        "domain_make_primary",
        "/v1/tenants/{subdomain}/domains/{hostname}/primary",
        "Have links to the tenant name this domain, while it is serving",
    )
    .answers(&[200], of::<Domain>)
    .refuses(&[Code::DomainNotProven, Code::NotFound]),
];
