//! The client's calls about webhooks.

use reqwest::Method;
use uuid::Uuid;

use super::{Client, ClientError};
use crate::tenants::Page;
use crate::webhooks::{
    ChangeWebhook, CreateWebhook, ReplayWebhook, Webhook, WebhookDelivery, WebhookSecret,
};

impl Client {
    pub async fn webhook_list(&self) -> Result<Page<Webhook>, ClientError> {
        self.list("/v1/webhooks", None).await
    }

    pub async fn webhook_create(&self, new: &CreateWebhook) -> Result<WebhookSecret, ClientError> {
        self.send(self.request(Method::POST, "/v1/webhooks").json(new)).await
    }

    pub async fn webhook_fetch(&self, id: Uuid) -> Result<Webhook, ClientError> {
        self.send(self.request(Method::GET, &format!("/v1/webhooks/{id}"))).await
    }

    pub async fn webhook_change(
        &self,
        id: Uuid,
        change: &ChangeWebhook,
    ) -> Result<Webhook, ClientError> {
        self.send(self.request(Method::PATCH, &format!("/v1/webhooks/{id}")).json(change)).await
    }

    pub async fn webhook_delete(&self, id: Uuid) -> Result<(), ClientError> {
        self.send_for_nothing(self.request(Method::DELETE, &format!("/v1/webhooks/{id}"))).await
    }

    pub async fn webhook_rotate_secret(&self, id: Uuid) -> Result<WebhookSecret, ClientError> {
        let path = format!("/v1/webhooks/{id}/rotate-secret");
        self.send(self.request(Method::POST, &path)).await
    }

    pub async fn webhook_replay(&self, id: Uuid, after: i64) -> Result<Webhook, ClientError> {
        let request = self.request(Method::POST, &format!("/v1/webhooks/{id}/replay"));
        self.send(request.json(&ReplayWebhook { after })).await
    }

    pub async fn webhook_test(&self, id: Uuid) -> Result<WebhookDelivery, ClientError> {
        self.send(self.request(Method::POST, &format!("/v1/webhooks/{id}/test"))).await
    }

    pub async fn webhook_deliveries(&self, id: Uuid) -> Result<Page<WebhookDelivery>, ClientError> {
        self.list(&format!("/v1/webhooks/{id}/deliveries"), None).await
    }
}
