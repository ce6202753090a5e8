//! One look at a domain, and what comes of it.
//!
//! A claim moves the next look into the future; what was seen is written afterwards, in one transaction that holds all claims of that
//! hostname. Whoever is killed in between has changed nothing, and the domain is due again. A look that began before something newer was
//! written says nothing about that, and is thrown away.

use std::time::Duration;

use cloison_catalog::Transaction;
use cloison_catalog::queries::domains::{self as queries, Claimed};
use cloison_model::{
    Challenge, Checks, DomainNews, DomainProblem, DomainStanding, DomainVerdict, EventType,
    Hostname, Subdomain, TenantId, judge_domain, next_check,
};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::DomainError;
use super::changes::tell_removed;
use super::domain::{Domain, of_id, of_tenant, tenant_named};
use super::look::{Look, look};
use crate::call::{self, Begun, Call};
use crate::control::Control;
use crate::events;
use crate::master_key::random_bytes;

/// Longer than a look takes; whoever is killed in one leaves it to others after this.
pub(super) const LEASE: Duration = Duration::from_mins(2);

/// What became of a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    Written,
    /// Another look is newer, so this one changed nothing.
    Overtaken,
    /// There is no such domain any more, or the claim is over.
    Gone,
}

/// What is looked at.
pub(super) struct Due {
    pub(super) id: Uuid,
    pub(super) hostname: Hostname,
    pub(super) challenge: Challenge,
    pub(super) is_verified: bool,
    /// By the clock of the control database.
    pub(super) looked_at: Timestamp,
}

impl Due {
    pub(super) fn read(row: &Claimed) -> Result<Self, DomainError> {
        let hostname: Hostname = row.hostname.parse()?;
        let challenge = Challenge::of(&hostname, &row.verification_token);
        let Claimed { id, is_verified, looked_at, .. } = *row;
        Ok(Self { id, hostname, challenge, is_verified, looked_at })
    }
}

/// Somebody does not want to wait for the next look.
pub async fn check_now(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    hostname: &Hostname,
) -> Result<Domain, DomainError> {
    let tenant: TenantId;
    let due = {
        let mut client = control.catalog.client().await?;
        tenant = tenant_named(&client, subdomain).await?;
        let id = of_tenant(&client, tenant, hostname).await?.id;
        let (txn, kept) = match call::begin(&mut client, call, id).await? {
            Begun::Before(txn, id) => return of_id(&txn, id).await,
            Begun::Now(txn, kept) => (txn, kept),
        };
        let lease = LEASE.as_secs_f64();
        let row = queries::domain_claim().bind(&txn, &lease, &id).opt().await?;
        let due = Due::read(&row.ok_or(DomainError::NoDomain)?)?;
        kept.record(&txn, "domain.check", subdomain.as_str(), &json!({ "domain": id })).await?;
        txn.commit().await?;
        due
    };
    check(control, &due).await?;
    let client = control.catalog.client().await?;
    of_tenant(&client, tenant, hostname).await
}

pub(super) async fn check(control: &Control, due: &Due) -> Result<Checked, DomainError> {
    let seen = look(control.domains.settings(), due).await;
    write(control, due, &seen).await
}

/// What was seen, for all who claim that hostname one after the other.
async fn write(control: &Control, due: &Due, seen: &Look) -> Result<Checked, DomainError> {
    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    let hostname = due.hostname.as_str();
    let rows = queries::domains_of_hostname_locked().bind(&txn, &hostname).all().await?;
    let claims = rows.into_iter().map(Domain::read).collect::<Result<Vec<_>, _>>()?;
    let Some(domain) = claims.iter().find(|it| it.id == due.id) else { return Ok(Checked::Gone) };
    let holder = claims.iter().find(|it| it.verified_at.is_some() && it.id != due.id);
    let is_newer = |at: Option<Timestamp>| at.is_some_and(|it| it > due.looked_at);
    if is_newer(domain.checked_at) || is_newer(holder.and_then(|it| it.verified_at)) {
        return Ok(Checked::Overtaken);
    }
    let verdict = judge_domain(&due.challenge, holder.map(|it| &it.challenge), &seen.dns);
    let before = domain.standing();
    let after = before.after(&verdict);
    let news = before.news(after);
    let certificate = seen.certificate.as_ref();
    let is_well = match certificate {
        Some(it) => it.problem.is_none(),
        // Whoever is served from now on gets one from now on.
        None if !before.verified => !control.domains.settings().certificates,
        None => domain.certificate.problem.is_none(),
    };
    let dice = u64::from_ne_bytes(random_bytes());
    let Checks::Next(wait) = next_check(after, is_well, failing_seconds(domain, after), dice)
    else {
        queries::domain_delete().bind(&txn, &domain.id).await?;
        tell_removed(&txn, subject(domain), domain.id, "unproven").await?;
        txn.commit().await?;
        return Ok(Checked::Gone);
    };
    if after.verified && !before.verified {
        if let Some(holder) = holder {
            let found =
                format!("another tenant has proven it: its record is at {}", due.challenge.name);
            queries::domain_lose().bind(&txn, &found.as_str(), &holder.id).await?;
        }
        queries::domain_verify().bind(&txn, &due.looked_at, &domain.id).await?;
    }
    let (problem, found) = written(domain, after, &verdict);
    queries::domain_checked()
        .bind(&txn, &due.looked_at, &problem, &found, &wait.as_secs_f64(), &domain.id)
        .await?;
    if let Some(it) = certificate {
        let problem = it.problem.as_ref().map(|it| it.0.as_str());
        let found = it.problem.as_ref().map(|it| it.1.as_str());
        queries::domain_certificate()
            .bind(&txn, &it.from, &it.until, &problem, &found, &domain.id)
            .await?;
    }
    if let Some(holder) = holder.filter(|_| after.verified) {
        tell_removed(&txn, subject(holder), holder.id, "taken").await?;
    }
    tell(&txn, domain, &news, after).await?;
    txn.commit().await?;
    for it in &news {
        said(domain, *it, found);
    }
    Ok(Checked::Written)
}

/// The problem as it is to be read. What was seen before stays where nothing was learnt.
fn written<'a>(
    domain: &'a Domain,
    after: DomainStanding,
    verdict: &'a DomainVerdict,
) -> (Option<&'static str>, Option<&'a str>) {
    let found = if after.problem == verdict.problem { &verdict.found } else { &domain.found };
    (after.problem.map(DomainProblem::as_str), found.as_deref())
}

/// Since no check has passed: of the domain, or of what visitors are shown there.
fn failing_seconds(domain: &Domain, after: DomainStanding) -> i64 {
    let since = if after.problem.is_some() || !after.verified {
        domain.failing_since
    } else {
        domain.certificate.failing_since
    };
    since.map_or(0, |it| Timestamp::now().duration_since(it).as_secs())
}

async fn tell(
    txn: &Transaction<'_>,
    domain: &Domain,
    news: &[DomainNews],
    after: DomainStanding,
) -> Result<(), tokio_postgres::Error> {
    for it in news {
        let mut data = json!({ "domain": domain.id });
        let event = match it {
            DomainNews::Verified => EventType::TenantDomainVerified,
            DomainNews::Failing => EventType::TenantDomainFailing,
            DomainNews::Recovered => EventType::TenantDomainRecovered,
        };
        if *it == DomainNews::Failing {
            data["problem"] = json!(after.problem.map(DomainProblem::as_str));
        }
        events::tell(txn, event, Some(subject(domain)), &data).await?;
    }
    Ok(())
}

fn said(domain: &Domain, news: DomainNews, found: Option<&str>) {
    let (hostname, subdomain) = (&domain.hostname, &domain.subdomain);
    match news {
        DomainNews::Verified => {
            tracing::info!(%subdomain, "{subdomain} is served under {hostname} now");
        }
        DomainNews::Recovered => {
            tracing::info!(%subdomain, "{hostname} of {subdomain} is as it should be again");
        }
        DomainNews::Failing => {
            let found = found.unwrap_or_default();
            tracing::warn!(%subdomain, "{hostname} of {subdomain} is not as it should be: {found}");
        }
    }
}

fn subject(domain: &Domain) -> (TenantId, &str) {
    (domain.tenant, domain.subdomain.as_str())
}
