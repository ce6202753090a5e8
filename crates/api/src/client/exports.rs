//! The client's calls about exports.

use std::time::Duration;

use reqwest::{Method, Response, StatusCode, header};
use uuid::Uuid;

use super::{Client, ClientError};
use crate::exports::{Export, ExportLink};
use crate::operations::Accepted;
use crate::tenants::Page;

/// A large export over a slow line takes hours. What falls silent is given up much sooner.
const DOWNLOAD_MAX: Duration = Duration::from_hours(24);
/// Before the first byte the server decrypts all that is skipped; between two it sends.
const SILENCE_MAX: Duration = Duration::from_mins(5);

/// Bytes that are coming.
#[derive(Debug)]
pub struct ExportDownload {
    /// Where they begin: where it was asked for, or at 0 if it is not the same export any more.
    pub from: u64,
    response: Response,
}

impl Client {
    pub async fn tenant_export(
        &self,
        subdomain: &str,
        wait: Option<Duration>,
    ) -> Result<Accepted, ClientError> {
        self.start(self.on_tenant(subdomain, "export"), wait, None).await
    }

    pub async fn export_list(&self, subdomain: &str) -> Result<Page<Export>, ClientError> {
        self.list(&format!("/v1/tenants/{subdomain}/exports"), None).await
    }

    pub async fn export_fetch(&self, id: Uuid) -> Result<Export, ClientError> {
        self.send(self.request(Method::GET, &format!("/v1/exports/{id}"))).await
    }

    pub async fn export_delete(&self, id: Uuid) -> Result<(), ClientError> {
        self.send_for_nothing(self.request(Method::DELETE, &format!("/v1/exports/{id}"))).await
    }

    pub async fn export_link_create(&self, id: Uuid) -> Result<ExportLink, ClientError> {
        self.send(self.request(Method::POST, &format!("/v1/exports/{id}/link"))).await
    }

    /// The zip from some byte on. `sha256` is that of the whole, as the export says it.
    pub async fn export_content(
        &self,
        id: Uuid,
        from: u64,
        sha256: &str,
    ) -> Result<ExportDownload, ClientError> {
        let mut request =
            self.request(Method::GET, &format!("/v1/exports/{id}/content")).timeout(DOWNLOAD_MAX);
        if from > 0 {
            request = request
                .header(header::RANGE, format!("bytes={from}-"))
                .header(header::IF_RANGE, format!("\"{sha256}\""));
        }
        let response = self.answer(request).await?;
        let is_part = response.status() == StatusCode::PARTIAL_CONTENT;
        Ok(ExportDownload { from: if is_part { from } else { 0 }, response })
    }
}

impl ExportDownload {
    /// The next bytes; nothing at the end. Whoever gets an error asks for the rest.
    pub async fn next(&mut self) -> Option<Result<Vec<u8>, BrokenOff>> {
        match tokio::time::timeout(SILENCE_MAX, self.response.chunk()).await {
            Ok(Ok(chunk)) => chunk.map(|it| Ok(it.into())),
            Ok(Err(source)) => Some(Err(BrokenOff::Lost(source))),
            Err(_silence) => Some(Err(BrokenOff::Silent { seconds: SILENCE_MAX.as_secs() })),
        }
    }
}

/// Why a download did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum BrokenOff {
    #[error("the connection was lost")]
    Lost(#[source] reqwest::Error),
    #[error("nothing has come for {seconds} s")]
    Silent { seconds: u64 },
}
