//! The calls about webhooks.

use super::{Endpoint, of};
use crate::problem::Code;
use crate::tenants::Page;
use crate::webhooks::{
    ChangeWebhook, CreateWebhook, ReplayWebhook, Webhook, WebhookDelivery, WebhookSecret,
};

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint::get("webhook_list", "/v1/webhooks", "Where events are sent")
        .answers(&[200], of::<Page<Webhook>>),
    Endpoint::post(
        "webhook_create",
        "/v1/webhooks",
        "Have events sent somewhere, from now on; answers the secret that they are signed with",
    )
    .takes(of::<CreateWebhook>)
    .answers(&[200], of::<WebhookSecret>)
    .refuses(&[Code::InvalidField, Code::TooManyWebhooks]),
    Endpoint::get("webhook_fetch", "/v1/webhooks/{id}", "One webhook")
        .answers(&[200], of::<Webhook>)
        .refuses(&[Code::NotFound]),
    Endpoint::patch(
        "webhook_change",
        "/v1/webhooks/{id}",
        "Change where and what is sent, or disable it; enabled again, it gets what it has missed",
    )
    .takes(of::<ChangeWebhook>)
    .answers(&[200], of::<Webhook>)
    .refuses(&[Code::InvalidField, Code::NotFound]),
    Endpoint::delete("webhook_delete", "/v1/webhooks/{id}", "Send nothing there any more")
        .refuses(&[Code::NotFound]),
    Endpoint::post(
        "webhook_rotate_secret",
        "/v1/webhooks/{id}/rotate-secret",
        "Another secret; the one before signs, too, for a day",
    )
    .answers(&[200], of::<WebhookSecret>)
    .refuses(&[Code::NotFound]),
    Endpoint::post(
        "webhook_replay",
        "/v1/webhooks/{id}/replay",
        "Send again what came after an event, as far as it is kept",
    )
    .takes(of::<ReplayWebhook>)
    .answers(&[200], of::<Webhook>)
    .refuses(&[Code::InvalidField, Code::NotFound]),
    Endpoint::post(
        "webhook_test",
        "/v1/webhooks/{id}/test",
        "Send `webhook.test` now, and answer what came back",
    )
    .unkeyed()
    .answers(&[200], of::<WebhookDelivery>)
    .refuses(&[Code::NotFound]),
    Endpoint::get(
        "webhook_deliveries",
        "/v1/webhooks/{id}/deliveries",
        "The last hundred requests to it, the newest first",
    )
    .answers(&[200], of::<Page<WebhookDelivery>>)
    .refuses(&[Code::NotFound]),
];
