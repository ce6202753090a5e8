//! Links to an export, for somebody who has no account here.

use cloison_catalog::queries::exports as queries;
use cloison_model::Secret;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::error::ExportsError;
use super::list::{Export, export_fetch};
use crate::call::{self, Begun, Call};
use crate::control::Control;

/// Makes a link and answers its token, which is stored nowhere: 256 bits that nobody guesses. It is good for this export, for as long
/// as there is one. The same call again answers the same.
pub async fn link(control: &Control, call: &Call, export: Uuid) -> Result<Secret, ExportsError> {
    let found = export_fetch(control, export).await?;
    found.content()?;
    let mut client = control.catalog.client().await?;
    let made = Uuid::now_v7();
    let (txn, kept) = match call::begin(&mut client, call, made).await? {
        Begun::Before(_, made) => return Ok(token(control, made)),
        Begun::Now(txn, kept) => (txn, kept),
    };
    let token = token(control, made);
    let inserted = queries::export_link_insert()
        .bind(&txn, &hash(token.expose()).as_slice(), &call.actor.name.as_str(), &export)
        .await?;
    if inserted == 0 {
        return Err(ExportsError::NoExport);
    }
    let detail = json!({ "export": export.to_string() });
    kept.record(&txn, "export.link", &found.subdomain, &detail).await?;
    txn.commit().await?;
    Ok(token)
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    pub export: Export,
    /// Whoever has it has it from them.
    pub made_by: String,
}

/// # Errors
///
/// There is none for a token that was never one; one whose export has gone has expired.
pub async fn export_of_link(control: &Control, token: &str) -> Result<Linked, ExportsError> {
    let client = control.catalog.client().await?;
    let row = queries::export_link_fetch().bind(&client, &hash(token).as_slice()).opt().await?;
    drop(client);
    let row = row.ok_or(ExportsError::NoExport)?;
    match export_fetch(control, row.export_id).await {
        Err(ExportsError::NoExport) => Err(ExportsError::Expired),
        found => Ok(Linked { export: found?, made_by: row.made_by }),
    }
}

fn token(control: &Control, made: Uuid) -> Secret {
    control.key.derive_token("link to an export", made)
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}
