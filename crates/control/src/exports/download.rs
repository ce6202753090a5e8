//! Giving an export to somebody.

use std::fmt;
use std::pin::Pin;
use std::time::Instant;

use cloison_archive::{ExportError, ObjectKey, TenantKey, read_export};
use cloison_catalog::queries::backups as keys;
use cloison_model::ExportState;
use serde_json::json;
use tokio::io::AsyncRead;
use uuid::Uuid;

use super::downloads::Ticket;
use super::error::ExportsError;
use super::list::{Export, Made};
use crate::backups::key_name;
use crate::call::{self, Call};
use crate::control::Control;

/// The zip, from some byte on.
pub struct Content {
    plain: Pin<Box<dyn AsyncRead + Send>>,
    _under_way: Ticket,
}

impl Export {
    /// What can be downloaded.
    ///
    /// # Errors
    ///
    /// Why it cannot.
    pub fn content(&self) -> Result<&Made, ExportsError> {
        match (self.state, &self.made) {
            (ExportState::Ready, Some(made)) => Ok(made),
            (ExportState::Expired, _) => Err(ExportsError::Expired),
            (ExportState::Making, _) => Err(ExportsError::NotYet),
            (ExportState::Ready | ExportState::Failed, _) => {
                let why = self.error.clone().unwrap_or_else(|| "it was cancelled".to_owned());
                Err(ExportsError::Failed(why))
            }
        }
    }
}

/// Opens it, and writes down that `call`'s actor was given it, unless that was done within the hour. If it has been changed in the store, reading it fails where it was.
pub async fn download(
    control: &Control,
    call: &Call,
    export: &Export,
    from: u64,
) -> Result<Content, ExportsError> {
    let made = export.content()?;
    let under_way = control.downloads.begin(export.id).ok_or(ExportsError::Crowded)?;
    let backups = control.backups()?;
    let key = {
        let client = control.catalog.client().await?;
        keys::backup_key_fetch().bind(&client, &export.tenant.0).opt().await?
    };
    let key = key.ok_or(ExportsError::NoExport)?;
    let key = TenantKey { recipient: key.recipient, wrapped: key.identity_wrapped };
    let identity = key.identity(backups.keystore.as_ref(), key_name(export.tenant)).await;
    let identity = identity.map_err(ExportError::from)?;
    let object: ObjectKey = made.object.parse().map_err(|_not_a_name| ExportError::Missing)?;
    let content = read_export(&backups.store, &object, identity, from).await?;
    if control.downloads.is_news(export.id, &call.actor.name, Instant::now()) {
        record(control, call, export, from).await?;
        control.downloads.told(export.id, &call.actor.name, Instant::now());
    }
    Ok(Content { plain: Box::pin(content), _under_way: under_way })
}

async fn record(
    control: &Control,
    call: &Call,
    export: &Export,
    from: u64,
) -> Result<(), ExportsError> {
    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    let kept = call::keep(&txn, call, Uuid::now_v7()).await?;
    let detail = json!({ "export": export.id.to_string(), "from": from });
    kept.record(&txn, "export.download", &export.subdomain, &detail).await?;
    txn.commit().await?;
    Ok(())
}

impl AsyncRead for Content {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
        buffer: &mut tokio::io::ReadBuf<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        self.plain.as_mut().poll_read(context, buffer)
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content").finish_non_exhaustive()
    }
}
