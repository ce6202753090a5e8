//! The client's calls about erasures and legal holds.

use reqwest::Method;
use uuid::Uuid;

use super::{Client, ClientError};
use crate::erasures::{Erasure, HoldTenant, LegalHold, SigningKey};
use crate::tenants::Page;

impl Client {
    pub async fn tenant_hold(
        &self,
        subdomain: &str,
        body: &HoldTenant,
    ) -> Result<LegalHold, ClientError> {
        self.send(self.on_tenant(subdomain, "hold").json(body)).await
    }

    pub async fn tenant_release_hold(&self, subdomain: &str) -> Result<(), ClientError> {
        self.send_for_nothing(self.on_tenant(subdomain, "release-hold")).await
    }

    pub async fn erasure_list(&self, cursor: Option<&str>) -> Result<Page<Erasure>, ClientError> {
        self.list("/v1/erasures", cursor).await
    }

    pub async fn erasure_fetch(&self, organization: Uuid) -> Result<Erasure, ClientError> {
        self.send(self.request(Method::GET, &format!("/v1/erasures/{organization}"))).await
    }

    /// The file as it is: `format` is `json` or `pdf`, `language` is `en` or `fr`.
    pub async fn erasure_certificate(
        &self,
        organization: Uuid,
        format: &str,
        language: &str,
    ) -> Result<Vec<u8>, ClientError> {
        let path = format!("/v1/erasures/{organization}/certificate");
        let request = self.request(Method::GET, &path);
        let mut file = Vec::new();
        self.pieces(request.query(&[("format", format), ("language", language)]), |piece| {
            file.extend_from_slice(piece);
        })
        .await?;
        Ok(file)
    }

    /// Hands the zip on, piece by piece.
    pub async fn fiscal_archive_fetch(
        &self,
        organization: Uuid,
        take: impl FnMut(&[u8]),
    ) -> Result<(), ClientError> {
        let path = format!("/v1/erasures/{organization}/fiscal-archive");
        self.pieces(self.request(Method::GET, &path), take).await
    }

    pub async fn signing_key_fetch(&self) -> Result<SigningKey, ClientError> {
        self.send(self.request(Method::GET, "/v1/signing-key")).await
    }

    async fn pieces(
        &self,
        request: reqwest::RequestBuilder,
        mut take: impl FnMut(&[u8]),
    ) -> Result<(), ClientError> {
        let mut response = self.answer(request).await?;
        let broken = |source| ClientError::Unreachable { url: self.url.clone(), source };
        while let Some(piece) = response.chunk().await.map_err(broken)? {
            take(&piece);
        }
        Ok(())
    }
}
