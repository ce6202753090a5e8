//! What the platform has the application's own functions write into a tenant's database, as the owner of its objects.

use cloison_model::{DatabaseName, Secret, hexadecimal};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio_postgres::types::{Json, Type};

use crate::pg::{Admin, AdminClient, ddl};

/// How long the owner may take to use the first link.
pub(crate) const SIGN_IN_LINK_LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A one-time link for the owner.
#[derive(Clone, Copy)]
pub(crate) struct Link<'a> {
    pub(crate) token: &'a Secret,
    pub(crate) expires: Timestamp,
}

/// Calls the application's `cloison_first_data`, and answers the schema's version.
pub(crate) async fn first_data(
    admin: &Admin,
    database: &DatabaseName,
    input: &Value,
    token: &Secret,
    now: Timestamp,
) -> Result<i64, tokio_postgres::Error> {
    let client = admin.connect(database.as_str()).await?;
    let version = ddl::schema_version(&client).await?;
    ddl::become_owner(&client, ddl::OWNER).await?;
    let link = Link { token, expires: now + SIGN_IN_LINK_LIFE };
    call(&client, "select cloison_first_data($1)", input, link).await?;
    Ok(version)
}

/// Calls the application's `cloison_sign_in_link`, which writes nothing but the link. An older schema has only
/// `cloison_first_data`, which finds everything there and adds the link.
pub(crate) async fn link_put(
    admin: &Admin,
    database: &DatabaseName,
    input: &Value,
    link: Link<'_>,
) -> Result<(), tokio_postgres::Error> {
    let client = admin.connect(database.as_str()).await?;
    let known = "select to_regprocedure('public.cloison_sign_in_link(jsonb)') is not null";
    let is_known = client.query_typed_one(known, &[]).await?.get(0);
    ddl::become_owner(&client, ddl::OWNER).await?;
    let statement = if is_known {
        "select public.cloison_sign_in_link($1)"
    } else {
        "select public.cloison_first_data($1)"
    };
    call(&client, statement, input, link).await
}

async fn call(
    client: &AdminClient,
    statement: &str,
    input: &Value,
    link: Link<'_>,
) -> Result<(), tokio_postgres::Error> {
    let data = json!({
        "name": input["name"],
        "locale": input["locale"],
        "time_zone": input["time_zone"],
        "owner_email": input["owner_email"],
        "sign_in_token_hash": hexadecimal(&Sha256::digest(link.token.expose())),
        "sign_in_expires_at": link.expires.to_string(),
    });
    client.execute_typed(statement, &[(&Json(&data), Type::JSONB)]).await?;
    Ok(())
}
