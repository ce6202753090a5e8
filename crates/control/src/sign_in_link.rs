//! A fresh one-time link for a tenant's owner, when the first one was lost or has run out.
//!
//! The application's `cloison_first_data` can be run again: it finds everything there and adds the link.

use cloison_catalog::queries::operations;
use cloison_catalog::{Client, Unavailable};
use cloison_model::{DatabaseName, NameError, Secret, ServerId, Subdomain};
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::call::{self, Begun, Call, CallError};
use crate::control::{Control, ServerError};
use crate::operations::first_data;
use crate::pg::{Admin, AdminClient, ddl};

#[derive(Debug, thiserror::Error)]
pub enum SignInLinkError {
    #[error("there is no tenant '{0}' that is ready")]
    NoTenant(Subdomain),
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error(transparent)]
    Server(#[from] ServerError),
    #[error("the control database holds a name that is not one")]
    Name(#[from] NameError),
    #[error(transparent)]
    Call(#[from] CallError),
    #[error("write the link")]
    Postgres(#[from] tokio_postgres::Error),
}

/// Makes the link and answers its token, which is stored nowhere. The same call again answers the same.
pub async fn sign_in_link(
    control: &Control,
    subdomain: &Subdomain,
    call: &Call,
    now: Timestamp,
) -> Result<Secret, SignInLinkError> {
    let mut client = control.catalog.client().await?;
    if let Some(made) = call::repeated(&client, call).await? {
        return Ok(token(control, made));
    }
    let tenant = ready_tenant(control, &client, subdomain).await?;
    let made = Uuid::now_v7();
    let token = token(control, made);
    first_data(&tenant.admin, &tenant.database, &tenant.input, &token, now).await?;

    let (txn, kept) = match call::begin(&mut client, call, made).await? {
        // A twin was faster. Our link is good too, but the same call has one answer: theirs.
        Begun::Before(_, made) => return Ok(self::token(control, made)),
        Begun::Now(txn, kept) => (txn, kept),
    };
    kept.record(&txn, "sign_in_link.create", subdomain.as_str(), &json!({})).await?;
    txn.commit().await?;
    Ok(token)
}

fn token(control: &Control, made: Uuid) -> Secret {
    control.key.derive_token("fresh sign-in link", made)
}

/// A connection to a tenant's database as the owner of its objects.
pub async fn owner_connect(
    control: &Control,
    subdomain: &Subdomain,
) -> Result<AdminClient, SignInLinkError> {
    let client = control.catalog.client().await?;
    let tenant = ready_tenant(control, &client, subdomain).await?;
    let database = tenant.admin.connect(tenant.database.as_str()).await?;
    ddl::become_owner(&database, ddl::OWNER).await?;
    Ok(database)
}

struct ReadyTenant {
    admin: Admin,
    database: DatabaseName,
    /// What it was provisioned with.
    input: Value,
}

async fn ready_tenant(
    control: &Control,
    client: &Client,
    subdomain: &Subdomain,
) -> Result<ReadyTenant, SignInLinkError> {
    let row = operations::provision_input()
        .bind(client, &subdomain.as_str())
        .opt()
        .await?
        .ok_or_else(|| SignInLinkError::NoTenant(subdomain.clone()))?;
    let admin = control.admin(client, ServerId(row.server_id)).await?;
    Ok(ReadyTenant { admin, database: row.database_name.parse()?, input: row.input })
}
