//! `/v1/tenants/{subdomain}/domains` and `/v1/domains`: hostnames of customers' own.

use axum::extract::{Path, State};
use cloison_api::{ClaimDomain, Code, DnsRecord, Domain, DomainCertificate, Page};
use cloison_control::domains::{self, Certificate, DomainError, FrontDoor};
use cloison_model::{ClaimError, DomainProblem, DomainState, Hostname, Subdomain, claimable};
use http::StatusCode;
use serde::Deserialize;

use super::pages::{PAGE, page};
use crate::access::Actor;
use crate::error::ApiError;
use crate::extract::{Json, Query};
use crate::platform::Platform;

#[derive(Deserialize)]
pub(super) struct Listing {
    state: Option<String>,
    cursor: Option<String>,
}

pub(super) async fn of_all(
    State(platform): State<Platform>,
    Query(listing): Query<Listing>,
) -> Result<Json<Page<Domain>>, ApiError> {
    let state = listing.state.as_deref().map(parse_state).transpose()?;
    let not_a_cursor = |_| {
        let words = "The cursor is `next` of the page before, as it was.";
        ApiError::new(Code::InvalidField, words).of_field("cursor", "known")
    };
    let after = listing.cursor.map(|it| it.parse()).transpose().map_err(not_a_cursor)?;
    let client = platform.control.catalog.client().await?;
    let rows = domains::page(&client, state, after, PAGE).await;
    let rows = rows.map_err(|error| refuse("", "", error))?;
    Ok(Json(page(rows, |it| it.id.to_string(), |it| Ok::<_, ApiError>(shown(&platform, it)))?))
}

pub(super) async fn list(
    State(platform): State<Platform>,
    Path(subdomain): Path<String>,
) -> Result<Json<Page<Domain>>, ApiError> {
    let tenant = named(&subdomain)?;
    let client = platform.control.catalog.client().await?;
    let rows = domains::list(&client, &tenant).await;
    let rows = rows.map_err(|error| refuse(&subdomain, "", error))?;
    Ok(Json(Page { items: rows.into_iter().map(|it| shown(&platform, it)).collect(), next: None }))
}

pub(super) async fn claim(
    State(platform): State<Platform>,
    actor: Actor,
    Path(subdomain): Path<String>,
    Json(body): Json<ClaimDomain>,
) -> Result<(StatusCode, Json<Domain>), ApiError> {
    let tenant = named(&subdomain)?;
    let hostname = claimable(&body.hostname, &platform.public_url.base)
        .map_err(|error| not_claimable(&body.hostname, error))?;
    let claimed = domains::claim(&platform.control, &actor.call, &tenant, &hostname).await;
    let claimed = claimed.map_err(|error| refuse(&subdomain, hostname.as_str(), error))?;
    Ok((StatusCode::CREATED, Json(shown(&platform, claimed))))
}

pub(super) async fn fetch(
    State(platform): State<Platform>,
    Path((subdomain, hostname)): Path<(String, String)>,
) -> Result<Json<Domain>, ApiError> {
    let (tenant, name) = both(&subdomain, &hostname)?;
    let client = platform.control.catalog.client().await?;
    let found = domains::fetch(&client, &tenant, &name).await;
    found.map(|it| Json(shown(&platform, it))).map_err(|error| refuse(&subdomain, &hostname, error))
}

pub(super) async fn remove(
    State(platform): State<Platform>,
    actor: Actor,
    Path((subdomain, hostname)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let (tenant, name) = both(&subdomain, &hostname)?;
    let removed = domains::remove(&platform.control, &actor.call, &tenant, &name).await;
    removed.map(|()| StatusCode::NO_CONTENT).map_err(|error| refuse(&subdomain, &hostname, error))
}

pub(super) async fn check(
    State(platform): State<Platform>,
    actor: Actor,
    Path((subdomain, hostname)): Path<(String, String)>,
) -> Result<Json<Domain>, ApiError> {
    let (tenant, name) = both(&subdomain, &hostname)?;
    let checked = domains::check_now(&platform.control, &actor.call, &tenant, &name).await;
    checked
        .map(|it| Json(shown(&platform, it)))
        .map_err(|error| refuse(&subdomain, &hostname, error))
}

pub(super) async fn make_primary(
    State(platform): State<Platform>,
    actor: Actor,
    Path((subdomain, hostname)): Path<(String, String)>,
) -> Result<Json<Domain>, ApiError> {
    let (tenant, name) = both(&subdomain, &hostname)?;
    let made = domains::make_primary(&platform.control, &actor.call, &tenant, &name).await;
    made.map(|it| Json(shown(&platform, it))).map_err(|error| refuse(&subdomain, &hostname, error))
}

fn shown(platform: &Platform, domain: domains::Domain) -> Domain {
    let records = records(platform, &domain);
    let certificate = certificate(&domain.certificate);
    Domain {
        id: domain.id,
        state: domain.state().to_string(),
        to_do: to_do(&domain, &records),
        hostname: domain.hostname.to_string(),
        subdomain: domain.subdomain,
        primary: domain.is_primary,
        records,
        problem: domain.problem.map(|it| it.to_string()),
        found: domain.found,
        failing_since: domain.failing_since,
        certificate,
        created_at: domain.created_at,
        verified_at: domain.verified_at,
        checked_at: domain.checked_at,
        next_check_at: domain.due_at,
    }
}

/// First the one that proves it, then those that lead here: to a name if we have one, since addresses change.
fn records(platform: &Platform, domain: &domains::Domain) -> Vec<DnsRecord> {
    let record = |kind: &str, value: String| DnsRecord {
        kind: kind.to_owned(),
        name: domain.hostname.to_string(),
        value,
    };
    let proof = DnsRecord {
        kind: "TXT".to_owned(),
        name: domain.challenge.name.clone(),
        value: domain.challenge.value.clone(),
    };
    let target = &platform.control.domains.settings().target;
    let name = target.iter().find_map(|it| match it {
        FrontDoor::Name(name) => Some(name.to_string()),
        FrontDoor::Address(_) => None,
    });
    let leading = match name {
        Some(name) => vec![record("CNAME", name)],
        None if target.is_empty() => {
            vec![record("CNAME", format!("{}.{}", domain.subdomain, platform.public_url.base))]
        }
        None => target
            .iter()
            .filter_map(|it| match it {
                FrontDoor::Address(it) => {
                    Some(record(if it.is_ipv4() { "A" } else { "AAAA" }, it.to_string()))
                }
                FrontDoor::Name(_) => None,
            })
            .collect(),
    };
    [vec![proof], leading].concat()
}

/// In words that can be read to a customer on the phone; what the records are is beside it.
fn to_do(domain: &domains::Domain, records: &[DnsRecord]) -> Option<String> {
    let (proof, leading) = records.split_first()?;
    let mut kinds: Vec<_> = leading.iter().map(|it| it.kind.as_str()).collect();
    kinds.dedup();
    let lead = kinds.join(" and ");
    let words = match (domain.verified_at.is_some(), domain.problem) {
        (true, None) => {
            domain.certificate.problem?;
            "Look at what serves HTTPS there: it should have a certificate for this name. See docs/domains.md.".to_owned()
        }
        (false, None) => format!(
            "Create these records in its DNS. They are looked for by themselves; not to wait for that: cloison domains check {} {}",
            domain.subdomain, domain.hostname
        ),
        (_, Some(DomainProblem::Unanswered)) => {
            "Wait: it is asked again by itself. If that goes on, look at its DNS servers."
                .to_owned()
        }
        (false, Some(DomainProblem::Unproven)) => {
            format!("Create the {} record in its DNS, with exactly this value.", proof.kind)
        }
        (true, Some(DomainProblem::Unproven)) => format!(
            "Bring the {} record back to its DNS, with exactly this value. Until then it is served all the same.",
            proof.kind
        ),
        (_, Some(DomainProblem::Elsewhere)) => {
            format!("Lead it here by its {lead} record, and take away what leads elsewhere.")
        }
    };
    Some(words)
}

/// Nothing before it was looked at.
fn certificate(seen: &Certificate) -> Option<DomainCertificate> {
    let Certificate { from, until, problem, found, failing_since } = seen.clone();
    (until.is_some() || problem.is_some()).then(|| DomainCertificate {
        from,
        until,
        problem: problem.map(|it| it.to_string()),
        found,
        failing_since,
    })
}

fn parse_state(word: &str) -> Result<DomainState, ApiError> {
    word.parse().map_err(|_unknown| {
        let words = format!(
            "A domain is never '{}'. It is pending, serving or failing.",
            word.escape_debug()
        );
        ApiError::new(Code::InvalidField, words).of_field("state", "known")
    })
}

fn named(subdomain: &str) -> Result<Subdomain, ApiError> {
    subdomain.parse().map_err(|_not_a_name| missing_tenant(subdomain))
}

/// What is no name is nobody's domain.
fn both(subdomain: &str, hostname: &str) -> Result<(Subdomain, Hostname), ApiError> {
    let tenant = named(subdomain)?;
    let name = hostname.parse().map_err(|_not_a_name| missing(subdomain, hostname))?;
    Ok((tenant, name))
}

fn missing_tenant(subdomain: &str) -> ApiError {
    ApiError::not_found(format!("There is no tenant '{}'.", subdomain.escape_debug()))
}

fn missing(subdomain: &str, hostname: &str) -> ApiError {
    ApiError::not_found(format!(
        "{subdomain} has no domain '{}'. To claim it: cloison domains add {subdomain} HOSTNAME",
        hostname.escape_debug()
    ))
}

fn not_claimable(hostname: &str, error: ClaimError) -> ApiError {
    let words = format!("'{}' cannot be claimed: {error}.", hostname.trim().escape_debug());
    ApiError::new(Code::InvalidField, words).of_field("hostname", error.rule())
}

fn refuse(subdomain: &str, hostname: &str, error: DomainError) -> ApiError {
    match error {
        DomainError::NoTenant => missing_tenant(subdomain),
        DomainError::NoDomain => missing(subdomain, hostname),
        DomainError::NotNow { phase } => ApiError::new(
            Code::NotInThisState,
            format!(
                "{subdomain} is {phase}, and nobody is served there. Domains are for tenants that are served."
            ),
        ),
        DomainError::TooMany { max } => ApiError::new(
            Code::TooManyDomains,
            format!("{subdomain} has {max} domains already. Remove one that nobody needs."),
        ),
        DomainError::NotProven => ApiError::new(
            Code::DomainNotProven,
            format!(
                "{hostname} is not proven yet, so links to it would lead nowhere. Create its records first; see: cloison domains show {subdomain} {hostname}"
            ),
        ),
        DomainError::Unavailable(error) => error.into(),
        DomainError::Call(error) => error.into(),
        DomainError::Database(error) => error.into(),
        DomainError::Newer(_) | DomainError::Hostname(_) => ApiError::internal(error),
    }
}
