//! A domain as it is in the control database.

use std::collections::HashMap;

use cloison_catalog::GenericClient;
use cloison_catalog::queries::domains::{self as queries, Domain as Row};
use cloison_catalog::queries::tenants;
use cloison_model::{
    CertificateProblem, Challenge, DOMAINS_MAX, DomainProblem, DomainStanding, DomainState,
    Hostname, Subdomain, TenantId,
};
use jiff::Timestamp;
use uuid::Uuid;

use super::DomainError;

#[derive(Clone, Debug)]
pub struct Domain {
    pub id: Uuid,
    pub hostname: Hostname,
    pub tenant: TenantId,
    pub subdomain: String,
    /// What links to the tenant name, while it serves.
    pub is_primary: bool,
    pub challenge: Challenge,
    pub verified_at: Option<Timestamp>,
    pub checked_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub problem: Option<DomainProblem>,
    pub found: Option<String>,
    pub failing_since: Option<Timestamp>,
    pub certificate: Certificate,
    /// When it is looked at again.
    pub due_at: Timestamp,
}

/// What whoever comes there by HTTPS is shown, as far as it was looked at.
#[derive(Clone, Debug, Default)]
pub struct Certificate {
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
    pub problem: Option<CertificateProblem>,
    pub found: Option<String>,
    pub failing_since: Option<Timestamp>,
}

impl Domain {
    pub fn standing(&self) -> DomainStanding {
        DomainStanding { verified: self.verified_at.is_some(), problem: self.problem }
    }

    pub fn state(&self) -> DomainState {
        self.standing().state()
    }

    pub(super) fn read(row: Row) -> Result<Self, DomainError> {
        let hostname: Hostname = row.hostname.parse()?;
        Ok(Self {
            id: row.id,
            challenge: Challenge::of(&hostname, &row.verification_token),
            hostname,
            tenant: TenantId(row.organization_id),
            subdomain: row.subdomain,
            is_primary: row.is_primary,
            verified_at: row.verified_at,
            checked_at: row.last_checked_at,
            created_at: row.created_at,
            problem: row.problem.map(|it| it.parse()).transpose()?,
            found: row.found,
            failing_since: row.failing_since,
            certificate: Certificate {
                from: row.certificate_from,
                until: row.certificate_until,
                problem: row.certificate_problem.map(|it| it.parse()).transpose()?,
                found: row.certificate_found,
                failing_since: row.certificate_failing_since,
            },
            due_at: row.due_at,
        })
    }
}

pub(super) async fn tenant_named(
    client: &impl GenericClient,
    subdomain: &Subdomain,
) -> Result<TenantId, DomainError> {
    let tenant = tenants::tenant_of_subdomain().bind(client, &subdomain.as_str()).opt().await?;
    tenant.map(TenantId).ok_or(DomainError::NoTenant)
}

pub(super) async fn of_id(client: &impl GenericClient, id: Uuid) -> Result<Domain, DomainError> {
    let row = queries::domain_fetch().bind(client, &id).opt().await?;
    Domain::read(row.ok_or(DomainError::NoDomain)?)
}

pub(super) async fn of_tenant(
    client: &impl GenericClient,
    tenant: TenantId,
    hostname: &Hostname,
) -> Result<Domain, DomainError> {
    let row = queries::domain_named().bind(client, &tenant.0, &hostname.as_str()).opt().await?;
    Domain::read(row.ok_or(DomainError::NoDomain)?)
}

pub async fn fetch(
    client: &impl GenericClient,
    subdomain: &Subdomain,
    hostname: &Hostname,
) -> Result<Domain, DomainError> {
    of_tenant(client, tenant_named(client, subdomain).await?, hostname).await
}

/// All of a tenant's, by name.
pub async fn list(
    client: &impl GenericClient,
    subdomain: &Subdomain,
) -> Result<Vec<Domain>, DomainError> {
    let tenant = tenant_named(client, subdomain).await?;
    let rows = queries::domain_list().bind(client, &tenant.0, &DOMAINS_MAX).all().await?;
    rows.into_iter().map(Domain::read).collect()
}

/// Everybody's, in the order in which they were claimed.
pub async fn page(
    client: &impl GenericClient,
    state: Option<DomainState>,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Domain>, DomainError> {
    let state = state.map(DomainState::as_str);
    let rows = queries::domain_page().bind(client, &after, &state, &limit).all().await?;
    rows.into_iter().map(Domain::read).collect()
}

/// What links to this tenant name, if it is not its subdomain.
pub async fn primary_of(
    client: &impl GenericClient,
    subdomain: &Subdomain,
) -> Result<Option<Hostname>, tokio_postgres::Error> {
    let name = queries::domain_primary().bind(client, &subdomain.as_str()).opt().await?;
    Ok(name.and_then(|it| it.parse().ok()))
}

/// The same for many at once.
pub async fn primaries(
    client: &impl GenericClient,
    tenants: &[Uuid],
) -> Result<HashMap<Uuid, Hostname>, tokio_postgres::Error> {
    let rows = queries::domain_primaries().bind(client, &tenants).all().await?;
    Ok(rows
        .into_iter()
        .filter_map(|it| Some((it.organization_id, it.hostname.parse().ok()?)))
        .collect())
}
