//! The client's calls about AI credits.

use reqwest::Method;
use uuid::Uuid;

use super::{Client, ClientError};
use crate::ai_credits::{
    AiCredits, AiCreditsEntry, AiCreditsGrant, AiCreditsReport, AiCreditsReservation,
    GrantAiCredits, ReserveAiCredits, SettleAiCredits,
};
use crate::tenants::Page;

impl Client {
    pub async fn ai_credits_top(&self, limit: Option<u16>) -> Result<AiCreditsReport, ClientError> {
        let request = self.request(Method::GET, "/v1/ai-credits");
        self.send(request.query(&limit.map(|it| ("limit", it)).as_slice())).await
    }

    pub async fn ai_credits_fetch(&self, subdomain: &str) -> Result<AiCredits, ClientError> {
        self.send(self.request(Method::GET, &format!("/v1/tenants/{subdomain}/ai-credits"))).await
    }

    pub async fn ai_credits_ledger(
        &self,
        subdomain: &str,
        cursor: Option<&str>,
    ) -> Result<Page<AiCreditsEntry>, ClientError> {
        self.list(&format!("/v1/tenants/{subdomain}/ai-credits/ledger"), cursor).await
    }

    /// With a key the same call again answers the same grant.
    pub async fn ai_credits_grant(
        &self,
        subdomain: &str,
        new: &GrantAiCredits,
        idempotency_key: Option<&str>,
    ) -> Result<AiCreditsGrant, ClientError> {
        let mut request = self.on_tenant(subdomain, "ai-credits/grants").json(new);
        if let Some(key) = idempotency_key {
            request = request.header("idempotency-key", key);
        }
        self.send(request).await
    }

    pub async fn ai_credits_void(&self, subdomain: &str, grant: Uuid) -> Result<(), ClientError> {
        let path = format!("/v1/tenants/{subdomain}/ai-credits/grants/{grant}");
        self.send_for_nothing(self.request(Method::DELETE, &path)).await
    }

    pub async fn ai_credits_reserve(
        &self,
        subdomain: &str,
        new: &ReserveAiCredits,
    ) -> Result<AiCreditsReservation, ClientError> {
        self.send(self.on_tenant(subdomain, "ai-credits/reservations").json(new)).await
    }

    pub async fn ai_credits_reservation(
        &self,
        subdomain: &str,
        id: Uuid,
    ) -> Result<AiCreditsReservation, ClientError> {
        let path = format!("/v1/tenants/{subdomain}/ai-credits/reservations/{id}");
        self.send(self.request(Method::GET, &path)).await
    }

    pub async fn ai_credits_settle(
        &self,
        subdomain: &str,
        id: Uuid,
        spent: i64,
    ) -> Result<AiCreditsReservation, ClientError> {
        let what = format!("ai-credits/reservations/{id}/settle");
        self.send(self.on_tenant(subdomain, &what).json(&SettleAiCredits { spent })).await
    }

    pub async fn ai_credits_release(
        &self,
        subdomain: &str,
        id: Uuid,
    ) -> Result<AiCreditsReservation, ClientError> {
        let what = format!("ai-credits/reservations/{id}/release");
        self.send(self.on_tenant(subdomain, &what)).await
    }
}
