//! What people do with domains. The audit log says which by their ids: it can never be cleaned, and a name of one's own is about a
//! person.

use cloison_catalog::Transaction;
use cloison_catalog::queries::domains as queries;
use cloison_catalog::queries::tenants;
use cloison_model::{DOMAINS_MAX, EventType, Hostname, Phase, Subdomain, TenantId, hexadecimal};
use serde_json::json;
use uuid::Uuid;

use super::DomainError;
use super::domain::{Domain, of_id, of_tenant, tenant_named};
use crate::call::{self, Begun, Call};
use crate::control::Control;
use crate::events;
use crate::life_cycle::states;
use crate::master_key::random_bytes;

/// It is to be proven by the record that the answer names. Whoever has claimed it before gets the same answer.
pub async fn claim(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    hostname: &Hostname,
) -> Result<Domain, DomainError> {
    let mut client = control.catalog.client().await?;
    let tenant = tenant_named(&client, subdomain).await?;
    let id = Uuid::now_v7();
    let (txn, kept) = match call::begin(&mut client, call, id).await? {
        Begun::Before(txn, id) => return of_id(&txn, id).await,
        Begun::Now(txn, kept) => (txn, kept),
    };
    let phase = phase_locked(&txn, tenant).await?;
    match phase {
        Phase::Archived | Phase::Erasing | Phase::Erased => {
            return Err(DomainError::NotNow { phase: phase.as_str() });
        }
        Phase::Provisioning | Phase::Ready | Phase::Moving | Phase::Restoring => {}
    }
    let before = queries::domain_named().bind(&txn, &tenant.0, &hostname.as_str()).opt().await?;
    if let Some(row) = before {
        return Domain::read(row);
    }
    if queries::domains_count().bind(&txn, &tenant.0).one().await? >= DOMAINS_MAX {
        return Err(DomainError::TooMany { max: DOMAINS_MAX });
    }
    let token = hexadecimal(&random_bytes::<16>());
    queries::domain_insert()
        .bind(&txn, &id, &hostname.as_str(), &tenant.0, &token.as_str())
        .await?;
    let domain = of_id(&txn, id).await?;
    kept.record(&txn, "domain.claim", subdomain.as_str(), &json!({ "domain": id })).await?;
    txn.commit().await?;
    control.domains.wanted.notify_one();
    Ok(domain)
}

/// Links to the tenant name this one, as long as it serves.
pub async fn make_primary(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    hostname: &Hostname,
) -> Result<Domain, DomainError> {
    let mut client = control.catalog.client().await?;
    let tenant = tenant_named(&client, subdomain).await?;
    let (txn, kept) = match call::begin(&mut client, call, tenant.0).await? {
        Begun::Before(txn, tenant) => return of_tenant(&txn, TenantId(tenant), hostname).await,
        Begun::Now(txn, kept) => (txn, kept),
    };
    // Of two at once the second waits here.
    phase_locked(&txn, tenant).await?;
    let domain = of_tenant(&txn, tenant, hostname).await?;
    queries::domain_primary_clear().bind(&txn, &tenant.0, &domain.id).await?;
    if queries::domain_primary_set().bind(&txn, &domain.id).await? == 0 {
        return Err(DomainError::NotProven);
    }
    kept.record(&txn, "domain.primary", subdomain.as_str(), &json!({ "domain": domain.id }))
        .await?;
    txn.commit().await?;
    Ok(Domain { is_primary: true, ..domain })
}

/// Nobody is served there any more.
pub async fn remove(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    hostname: &Hostname,
) -> Result<(), DomainError> {
    let mut client = control.catalog.client().await?;
    let tenant = tenant_named(&client, subdomain).await?;
    let Begun::Now(txn, kept) = call::begin(&mut client, call, tenant.0).await? else {
        return Ok(());
    };
    let domain = of_tenant(&txn, tenant, hostname).await?;
    if queries::domain_delete().bind(&txn, &domain.id).await? == 0 {
        return Err(DomainError::NoDomain);
    }
    tell_removed(&txn, (tenant, subdomain.as_str()), domain.id, "asked").await?;
    kept.record(&txn, "domain.remove", subdomain.as_str(), &json!({ "domain": domain.id })).await?;
    txn.commit().await?;
    Ok(())
}

/// All of a tenant that leaves its server, in the transaction in which it does.
pub(crate) async fn end_all(
    txn: &Transaction<'_>,
    tenant: TenantId,
    subdomain: &str,
) -> Result<(), tokio_postgres::Error> {
    let gone = queries::domains_delete_of().bind(txn, &tenant.0).all().await?;
    for id in gone {
        tell_removed(txn, (tenant, subdomain), id, "archived").await?;
    }
    Ok(())
}

/// Why is `asked`, `unproven`, `taken` or `archived`.
pub(super) async fn tell_removed(
    txn: &Transaction<'_>,
    of: (TenantId, &str),
    domain: Uuid,
    why: &str,
) -> Result<(), tokio_postgres::Error> {
    let data = json!({ "domain": domain, "why": why });
    events::tell(txn, EventType::TenantDomainRemoved, Some(of), &data).await
}

async fn phase_locked(txn: &Transaction<'_>, tenant: TenantId) -> Result<Phase, DomainError> {
    let row = tenants::tenant_state_locked().bind(txn, &tenant.0).opt().await?;
    Ok(states(&row.ok_or(DomainError::NoTenant)?)?.phase)
}
