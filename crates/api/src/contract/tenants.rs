//! The calls of `/v1/tenants`.

use super::{CURSOR, Endpoint, of};
use crate::fleet::{KeyRotation, Plan, Server};
use crate::life_cycle::{CancelTenant, EraseTenant, ResumeTenant, SuspendTenant};
use crate::operations::Accepted;
use crate::problem::Code;
use crate::tenants::{CreateTenant, Credentials, Page, SignInLink, Tenant};

/// What any change of a tenant may be refused for.
const NOT_NOW: &[Code] =
    &[Code::NotFound, Code::InvalidField, Code::TenantBusy, Code::NotInThisState];

pub(super) const WAIT: super::Parameter =
    ("wait", "string", "how long to wait for the end, as in `30s`; a minute at most");

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint::get("tenant_list", "/v1/tenants", "All tenants, by subdomain")
        .query(&[CURSOR])
        .answers(&[200], of::<Page<Tenant>>),
    Endpoint::post("tenant_create", "/v1/tenants", "Give an organization its own database")
        .query(&[WAIT])
        .takes(of::<CreateTenant>)
        .answers(&[200, 202], of::<Accepted>)
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
    Endpoint::post("tenant_suspend", "/v1/tenants/{subdomain}/suspend", "Let a tenant do less")
        .query(&[WAIT])
        .takes(of::<SuspendTenant>)
        .answers(&[200, 202], of::<Accepted>)
        .refuses(NOT_NOW),
    Endpoint::post("tenant_resume", "/v1/tenants/{subdomain}/resume", "Let a tenant do more again")
        .query(&[WAIT])
        .takes(of::<ResumeTenant>)
        .answers(&[200, 202], of::<Accepted>)
        .refuses(NOT_NOW),
    Endpoint::post(
        "tenant_cancel",
        "/v1/tenants/{subdomain}/cancel",
        "End a tenant's subscription; its data stays, to be taken away",
    )
    .query(&[WAIT])
    .takes(of::<CancelTenant>)
    .answers(&[200, 202], of::<Accepted>)
    .refuses(NOT_NOW),
    Endpoint::post(
        "tenant_archive",
        "/v1/tenants/{subdomain}/archive",
        "Take a cancelled tenant off its server; a backup that was restored and compared is kept",
    )
    .query(&[WAIT])
    .answers(&[200, 202], of::<Accepted>)
    .refuses(NOT_NOW),
    Endpoint::post(
        "tenant_unarchive",
        "/v1/tenants/{subdomain}/unarchive",
        "Bring an archived tenant back to its server",
    )
    .query(&[WAIT])
    .answers(&[200, 202], of::<Accepted>)
    .refuses(NOT_NOW),
    Endpoint::post(
        "tenant_erase",
        "/v1/tenants/{subdomain}/erase",
        "Close a tenant, and after a grace period drop all of it but a tombstone and its certificate",
    )
    .query(&[WAIT])
    .takes(of::<EraseTenant>)
    .answers(&[200, 202], of::<Accepted>)
    .refuses(NOT_NOW),
    Endpoint::post(
        "tenant_rotate_password",
        "/v1/tenants/{subdomain}/rotate-password",
        "Give a tenant's role another password; nobody notices",
    )
    .query(&[WAIT])
    .answers(&[200, 202], of::<Accepted>)
    .refuses(NOT_NOW),
    Endpoint::post(
        "tenant_credentials",
        "/v1/tenants/{subdomain}/credentials",
        "A tenant's own way into its database, for an operator's psql",
    )
    .answers(&[200], of::<Credentials>)
    .refuses(&[Code::NotFound, Code::NotInThisState]),
    Endpoint::post(
        "master_key_rotate",
        "/v1/master-key/rotate",
        "Seal everything with a new master key; the old one still opens",
    )
    .answers(&[200], of::<KeyRotation>)
    .refuses(&[Code::NoNewKey]),
    Endpoint::post(
        "master_key_forget_old",
        "/v1/master-key/forget-old",
        "Forget the old master key, once nothing is sealed with it",
    )
    .answers(&[200], of::<KeyRotation>)
    .refuses(&[Code::NoNewKey]),
    Endpoint::get("server_list", "/v1/servers", "Where tenants can be")
        .answers(&[200], of::<Page<Server>>),
    Endpoint::get(
        "plan_list",
        "/v1/plans",
        "What tenants can be held to, each at its newest version",
    )
    .answers(&[200], of::<Page<Plan>>),
];
