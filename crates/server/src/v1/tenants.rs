//! `/v1/tenants`.

use std::time::Duration;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use cloison_api::{Code, CreateTenant, CreatedTenant, Page, Tenant};
use cloison_catalog::queries::tenants::{Summary, tenant_summary, tenant_summary_page};
use cloison_control::call::{self, Call, CallError, IdempotencyKey};
use cloison_control::operations::wait_for_end;
use cloison_control::provision::{ProvisionError, ProvisionRequest, provision};
use cloison_model::{OperationId, Subdomain, SubdomainError};
use http::{HeaderMap, StatusCode, header};
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::operations::operation_fetch;
use super::pages::{Cursor, PAGE, page};
use crate::access::Actor;
use crate::error::ApiError;
use crate::extract::{Json, Query};
use crate::platform::Platform;

/// A proxy in front gives up sooner than later; who wants to wait longer asks again.
const WAIT_SECONDS_MAX: u64 = 60;
const NAME_CHARS_MAX: usize = 120;
/// RFC 5321, section 4.5.3.1.3.
const EMAIL_BYTES_MAX: usize = 254;
const KEY_BYTES_MAX: usize = 200;

#[derive(Deserialize)]
pub(super) struct Waiting {
    /// `30s`, or `30`.
    wait: Option<String>,
}

pub(super) async fn create(
    State(platform): State<Platform>,
    actor: Actor,
    Query(waiting): Query<Waiting>,
    headers: HeaderMap,
    Json(body): Json<CreateTenant>,
) -> Result<Response, ApiError> {
    let wait = waiting.wait.as_deref().map(parse_wait).transpose()?;
    let call = Call {
        actor: call::Actor { id: uuid::Uuid::nil(), name: actor.name.clone() },
        key: idempotency_key(&headers)?
            .map(|it| {
                let body = serde_json::to_vec(&body).map_err(ApiError::internal)?;
                IdempotencyKey::new(&it, "POST", "/v1/tenants", &body).map_err(ApiError::internal)
            })
            .transpose()?,
    };
    let request = parse(body)?;
    let id = provision(&platform.control, &call, &request).await.map_err(refuse)?;
    answer(&platform, &actor, id, wait).await
}

/// The operation as it is once the caller has waited long enough: 200 if it has ended, else 202.
async fn answer(
    platform: &Platform,
    actor: &Actor,
    id: OperationId,
    wait: Option<Duration>,
) -> Result<Response, ApiError> {
    if let Some(wait) = wait {
        // The work goes on whether or not somebody waits for it.
        wait_for_end(&platform.control, id, wait).await.map_err(ApiError::internal)?;
    }
    let operation = operation_fetch(platform, actor, id).await?;
    let status = if operation.state == "RUNNING" { StatusCode::ACCEPTED } else { StatusCode::OK };
    let location = format!("/v1/operations/{}", operation.id);
    Ok((status, [(header::LOCATION, location)], Json(CreatedTenant { operation })).into_response())
}

pub(super) async fn list(
    State(platform): State<Platform>,
    Query(cursor): Query<Cursor>,
) -> Result<Json<Page<Tenant>>, ApiError> {
    let client = platform.control.catalog.client().await?;
    let rows = tenant_summary_page().bind(&**client, &cursor.cursor, &PAGE).all().await?;
    Ok(Json(page(rows, |it| it.subdomain.clone(), |it| shown(&platform, it))?))
}

pub(super) async fn fetch(
    State(platform): State<Platform>,
    Path(subdomain): Path<String>,
) -> Result<Json<Tenant>, ApiError> {
    let client = platform.control.catalog.client().await?;
    let row = tenant_summary().bind(&**client, &subdomain).opt().await?;
    let missing = || ApiError::not_found(format!("There is no tenant '{subdomain}'."));
    Ok(Json(shown(&platform, row.ok_or_else(missing)?)?))
}

fn shown(platform: &Platform, row: Summary) -> Result<Tenant, ApiError> {
    let subdomain: Subdomain =
        row.subdomain.parse().map_err(|it: SubdomainError| ApiError::internal(it))?;
    Ok(Tenant {
        id: row.id,
        url: platform.public_url.tenant(&subdomain),
        subdomain: row.subdomain,
        name: row.name,
        region: row.region,
        plan: row.plan,
        billing: row.billing,
        access: row.access,
        infrastructure: row.infrastructure,
        server: row.server,
        database: row.database_name,
        schema_version: row.schema_version,
        created_at: row.created_at,
    })
}

/// From what was sent to what is meant; each refusal names the field and the rule.
fn parse(body: CreateTenant) -> Result<ProvisionRequest, ApiError> {
    let invalid =
        |field, rule, words: &str| ApiError::new(Code::InvalidField, words).of_field(field, rule);
    let subdomain: Subdomain = body.subdomain.parse().map_err(|error: SubdomainError| {
        ApiError::new(Code::InvalidSubdomain, format!("{}.", sentence(&error.to_string())))
            .of_field("subdomain", error.rule())
    })?;
    let name = body.name.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
        return Err(invalid("name", "length", "A name has 1 to 120 characters."));
    }
    if name.chars().any(char::is_control) {
        return Err(invalid("name", "characters", "A name has no control characters."));
    }
    let email = body.owner_email.trim();
    if !is_email(email) {
        return Err(invalid(
            "owner_email",
            "email",
            "The owner's e-mail is not an address like name@example.com.",
        ));
    }
    let locale = body.locale.unwrap_or_else(|| "fr".to_owned());
    if !matches!(locale.as_str(), "fr" | "en") {
        return Err(invalid("locale", "known", "The locale is fr or en."));
    }
    let time_zone = body.time_zone.unwrap_or_else(|| "Europe/Paris".to_owned());
    if TimeZone::get(&time_zone).is_err() {
        return Err(invalid(
            "time_zone",
            "known",
            "The time zone is not an IANA name like Europe/Paris.",
        ));
    }
    Ok(ProvisionRequest {
        subdomain,
        name: name.to_owned(),
        region: body.region.unwrap_or_else(|| "eu".to_owned()),
        plan: body.plan.unwrap_or_else(|| "standard".to_owned()),
        owner_email: email.to_owned(),
        locale,
        time_zone,
    })
}

/// Enough to catch a slip; whether mail arrives is only known by sending one.
fn is_email(text: &str) -> bool {
    let Some((user, domain)) = text.split_once('@') else { return false };
    text.len() <= EMAIL_BYTES_MAX
        && !user.is_empty()
        && domain.split('.').count() >= 2
        && domain.split('.').all(|it| !it.is_empty())
        && !text.contains(|it: char| {
            it.is_whitespace() || it.is_control() || matches!(it, '<' | '>' | '"' | ',')
        })
        && !domain.contains('@')
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    match value.to_str() {
        Ok(key) if (1..=KEY_BYTES_MAX).contains(&key.len()) => Ok(Some(key.to_owned())),
        Ok(_) | Err(_) => Err(ApiError::new(
            Code::BadRequest,
            "An Idempotency-Key has 1 to 200 visible ASCII characters.",
        )),
    }
}

fn parse_wait(text: &str) -> Result<Duration, ApiError> {
    match text.strip_suffix('s').unwrap_or(text).parse::<u64>() {
        Ok(seconds) => Ok(Duration::from_secs(seconds.min(WAIT_SECONDS_MAX))),
        Err(_not_a_number) => {
            Err(ApiError::new(Code::BadRequest, "`wait` is a number of seconds, like 30s.")
                .of_field("wait", "seconds"))
        }
    }
}

fn refuse(error: ProvisionError) -> ApiError {
    match error {
        ProvisionError::SubdomainTaken(it) => ApiError::new(
            Code::SubdomainTaken,
            format!("The subdomain '{it}' belongs to another tenant. Choose another."),
        )
        .of_field("subdomain", "unique"),
        ProvisionError::UnknownPlan(it) => ApiError::new(
            Code::UnknownPlan,
            format!("There is no plan '{it}'. There are: standard, label."),
        )
        .of_field("plan", "known"),
        ProvisionError::NoServer { why } => ApiError::new(
            Code::NoServer,
            format!("{}. Add a server, or ask for another region.", sentence(&why)),
        )
        .of_field("region", "capacity"),
        ProvisionError::Call(CallError::KeyReused) => ApiError::new(
            Code::IdempotencyKeyReused,
            "This Idempotency-Key came with another body before. Use a new key for a new request.",
        ),
        ProvisionError::Unavailable(it) => it.into(),
        ProvisionError::Database(it) => it.into(),
        ProvisionError::Call(it) => ApiError::internal(it),
        ProvisionError::Newer(it) => ApiError::internal(it),
    }
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["a@b.fr", "marie.o'neil+x@studio.example.com", "é@exemple.fr"] {
            assert!(is_email(good), "{good}");
        }
        for bad in
            ["", "a", "@b.fr", "a@b", "a@@b.fr", "a@b..fr", "a b@c.fr", "a@b.fr\n", "a@b.fr,c@d.fr"]
        {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn waits_are_bounded() {
        assert_eq!(parse_wait("30s").unwrap(), Duration::from_secs(30));
        assert_eq!(parse_wait("999999").unwrap(), Duration::from_mins(1));
        assert!(parse_wait("soon").is_err());
    }
}
