//! Webhooks against a real server: in order, signed, tried again, given up, sent again, and once by whoever delivers.

mod delivery;
mod endpoints;
mod receiver;

use std::time::Duration;

use cloison_control::webhooks::{
    Delivery, Endpoint, NewEndpoint, WebhookSettings, WebhookUrl, Webhooks, create, deliver_due,
    deliveries, fetch,
};
use cloison_model::{EventType, Reach, Secret};
use uuid::Uuid;

use self::receiver::Receiver;
use crate::world::{World, call};

/// Nobody delivers unless the test does.
async fn world() -> (World, Receiver) {
    drop(rustls::crypto::ring::default_provider().install_default());
    let mut world = World::idle().await;
    world.control.webhooks = Webhooks::reaching(Reach::Loopback);
    (world, Receiver::start().await)
}

impl World {
    async fn webhook(&self, receiver: &Receiver, event_types: &[EventType]) -> (Uuid, Secret) {
        let url = WebhookUrl::parse(&receiver.url, Reach::Loopback).unwrap();
        let event_types = event_types.to_vec();
        let new = NewEndpoint { url, description: "a test's".to_owned(), event_types };
        create(&self.control, &call(), &new).await.unwrap()
    }

    async fn endpoint(&self, id: Uuid) -> Endpoint {
        let client = self.control.catalog.client().await.unwrap();
        fetch(&client, id).await.unwrap()
    }

    /// The newest first.
    async fn sent(&self, id: Uuid) -> Vec<Delivery> {
        let client = self.control.catalog.client().await.unwrap();
        deliveries(&client, id).await.unwrap()
    }

    async fn deliver(&self) -> usize {
        deliver_due(&self.control).await.unwrap()
    }

    /// As if the time until the next try had passed.
    async fn hurry(&self) {
        self.execute("update webhook_endpoints set due_at = now()").await;
    }
}

/// Of who waits no longer than this for an answer.
fn impatient_webhooks() -> Webhooks {
    let timeout = Duration::from_millis(200);
    Webhooks::new(WebhookSettings { reach: Reach::Loopback, timeout })
}
