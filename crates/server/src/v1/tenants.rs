//! `/v1/tenants`.

use axum::extract::{Path, State};
use axum::response::Response;
use cloison_api::{Code, CreateTenant, Page, Tenant};
use cloison_catalog::queries::tenants::{Summary, tenant_summary, tenant_summary_page};
use cloison_control::domains;
use cloison_control::erasures::hold_of;
use cloison_control::provision::{ProvisionError, ProvisionRequest, provision};
use cloison_model::{Hostname, Subdomain, SubdomainError, TenantId};
use jiff::tz::TimeZone;

use super::holds;
use super::operations::accepted;
use super::pages::{Cursor, PAGE, page};
use super::usage;
use super::waiting::Waiting;
use crate::access::Actor;
use crate::error::{ApiError, sentence};
use crate::extract::{Json, Query};
use crate::platform::Platform;

const NAME_CHARS_MAX: usize = 120;
/// RFC 5321, section 4.5.3.1.3.
const EMAIL_BYTES_MAX: usize = 254;

pub(super) async fn create(
    State(platform): State<Platform>,
    actor: Actor,
    Query(waiting): Query<Waiting>,
    Json(body): Json<CreateTenant>,
) -> Result<Response, ApiError> {
    let wait = waiting.parse()?;
    let request = parse(body)?;
    let id = provision(&platform.control, &actor.call, &request).await.map_err(refuse)?;
    accepted(&platform, &actor, id, wait).await
}

pub(super) async fn list(
    State(platform): State<Platform>,
    Query(cursor): Query<Cursor>,
) -> Result<Json<Page<Tenant>>, ApiError> {
    let client = platform.control.catalog.client().await?;
    let rows = tenant_summary_page().bind(&client, &cursor.cursor, &PAGE).all().await?;
    let ids: Vec<_> = rows.iter().map(|it| it.id).collect();
    let own = domains::primaries(&client, &ids).await?;
    Ok(Json(page(
        rows,
        |it| it.subdomain.clone(),
        |it| {
            let own = own.get(&it.id);
            shown(&platform, it, own)
        },
    )?))
}

pub(super) async fn fetch(
    State(platform): State<Platform>,
    Path(subdomain): Path<String>,
) -> Result<Json<Tenant>, ApiError> {
    let client = platform.control.catalog.client().await?;
    let row = tenant_summary().bind(&client, &subdomain).opt().await?;
    let missing = || ApiError::not_found(format!("There is no tenant '{subdomain}'."));
    let row = row.ok_or_else(missing)?;
    let hold = hold_of(&client, TenantId(row.id)).await?;
    let usage = usage::used_by(&client, &subdomain, 1).await?;
    let own = domains::primaries(&client, &[row.id]).await?;
    let own = own.get(&row.id);
    let tenant = shown(&platform, row, own)?;
    Ok(Json(Tenant { legal_hold: hold.map(holds::shown), usage, ..tenant }))
}

/// `own` is the domain of its own that links name.
fn shown(platform: &Platform, row: Summary, own: Option<&Hostname>) -> Result<Tenant, ApiError> {
    let subdomain: Subdomain =
        row.subdomain.parse().map_err(|it: SubdomainError| ApiError::internal(it))?;
    Ok(Tenant {
        id: row.id,
        url: platform.public_url.tenant_at(&subdomain, own),
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
        legal_hold: None,
        usage: None,
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
        ProvisionError::Unavailable(it) => it.into(),
        ProvisionError::Database(it) => it.into(),
        ProvisionError::Call(it) => it.into(),
        ProvisionError::Newer(it) => ApiError::internal(it),
    }
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
}
