//! What operators do with endpoints.

use cloison_control::call::{Call, IdempotencyKey};
use cloison_control::key_rotation::rotate;
use cloison_control::webhooks::{
    Change, NewEndpoint, WebhookError, WebhookUrl, change, create, delete, rotate_secret, try_out,
};
use cloison_model::{Reach, WEBHOOK_ENDPOINTS_MAX, WebhookState};
use uuid::Uuid;

use super::receiver::Answer;
use super::world;
use crate::world::{World, call};

impl World {
    pub(super) async fn enable(&self, id: Uuid) {
        let enabled = Change { enabled: Some(true), ..Change::default() };
        change(&self.control, &call(), id, &enabled).await.unwrap();
    }
}

#[tokio::test]
async fn a_secret_that_was_replaced_signs_for_a_day() {
    let (world, receiver) = world().await;
    let (id, first) = world.webhook(&receiver, &[]).await;
    let second = rotate_secret(&world.control, &call(), id).await.unwrap();
    assert!(world.endpoint(id).await.former_secret_until.is_some());
    world.happen("tenant.created", "blue").await;
    world.deliver().await;
    let came = &receiver.came()[0];
    assert_eq!(came.signed_by(second.expose()), [true, false]);
    assert_eq!(came.signed_by(first.expose()), [false, true]);

    world.execute("update webhook_endpoints set former_secret_until = now()").await;
    world.happen("tenant.created", "red").await;
    world.deliver().await;
    let came = &receiver.came()[1];
    assert_eq!(came.signed_by(second.expose()), [true]);
    assert_eq!(came.signed_by(first.expose()), [false]);
    assert!(world.endpoint(id).await.former_secret_until.is_none());
}

#[tokio::test]
async fn secrets_are_sealed_and_sealed_anew_with_another_master_key() {
    let (mut world, receiver) = world().await;
    let folder = world.server.address().socket_dir.join("key");
    let (id, former) = world.webhook(&receiver, &[]).await;
    let secret = rotate_secret(&world.control, &call(), id).await.unwrap();
    let plain = format!(
        "webhook_endpoints where encode(secret_sealed, 'escape') like '%{}%'",
        secret.expose().strip_prefix("whsec_").unwrap()
    );
    assert_eq!(world.count(&plain).await, 0);
    world.control.key = world.control.key.clone().kept_in(&folder);
    let resealed = rotate(&world.control, &call()).await.unwrap().resealed;
    assert_eq!(resealed, 2, "the one in force and the one before");
    world.happen("tenant.created", "blue").await;
    world.deliver().await;
    let came = &receiver.came()[0];
    assert_eq!(came.signed_by(secret.expose()), [true, false]);
    assert_eq!(came.signed_by(former.expose()), [false, true]);
}

#[tokio::test]
async fn the_same_call_again_answers_the_same_secret() {
    let (world, receiver) = world().await;
    let keyed = |key: &str| {
        let key = IdempotencyKey::new(key, "POST", "/v1/webhooks", b"{}").unwrap();
        Call { key: Some(key), ..call() }
    };
    let url = WebhookUrl::parse(&receiver.url, Reach::Loopback).unwrap();
    let new = NewEndpoint { url, description: String::new(), event_types: Vec::new() };
    let made = create(&world.control, &keyed("a"), &new).await.unwrap();
    assert_eq!(create(&world.control, &keyed("a"), &new).await.unwrap(), made);
    assert_eq!(world.count("webhook_endpoints").await, 1);
    let rotated = rotate_secret(&world.control, &keyed("b"), made.0).await.unwrap();
    assert_ne!(rotated, made.1);
    assert_eq!(rotate_secret(&world.control, &keyed("b"), made.0).await.unwrap(), rotated);
}

#[tokio::test]
async fn there_are_twenty_at_most() {
    let (world, receiver) = world().await;
    for _ in 0..WEBHOOK_ENDPOINTS_MAX {
        world.webhook(&receiver, &[]).await;
    }
    let url = WebhookUrl::parse(&receiver.url, Reach::Loopback).unwrap();
    let new = NewEndpoint { url, description: String::new(), event_types: Vec::new() };
    let refused = create(&world.control, &call(), &new).await.unwrap_err();
    assert!(matches!(refused, WebhookError::TooMany { max: 20 }), "{refused}");
}

#[tokio::test]
async fn one_that_is_disabled_or_deleted_gets_nothing() {
    let (world, receiver) = world().await;
    let (id, _) = world.webhook(&receiver, &[]).await;
    let disabled = Change { enabled: Some(false), ..Change::default() };
    change(&world.control, &call(), id, &disabled).await.unwrap();
    let endpoint = world.endpoint(id).await;
    assert_eq!(endpoint.state, WebhookState::Disabled);
    assert_eq!(endpoint.disabled_why.as_deref(), Some("disabled by a test"));
    world.happen("tenant.created", "blue").await;
    assert_eq!(world.deliver().await, 0);
    delete(&world.control, &call(), id).await.unwrap();
    assert_eq!(world.deliver().await, 0);
    assert!(receiver.came().is_empty());
    let gone = delete(&world.control, &call(), id).await.unwrap_err();
    assert!(matches!(gone, WebhookError::NoEndpoint), "{gone}");
}

#[tokio::test]
async fn a_test_is_sent_at_once_and_tells_what_came_back() {
    let (world, receiver) = world().await;
    let (id, secret) = world.webhook(&receiver, &[]).await;
    receiver.answer(&[Answer::Status(204), Answer::Status(500)]);
    let sent = try_out(&world.control, &call(), id).await.unwrap();
    assert_eq!((sent.status, &sent.why, sent.sequence), (Some(204), &None, None));
    let came = &receiver.came()[0];
    assert_eq!(came.body["type"], "webhook.test");
    assert_eq!(came.signed_by(secret.expose()), [true]);
    let sent = try_out(&world.control, &call(), id).await.unwrap();
    assert_eq!(sent.why.as_deref(), Some("it answered 500"));
    assert_eq!(world.endpoint(id).await.failures, 0, "a test is no event");
    assert_eq!(world.sent(id).await.len(), 2);
    assert_eq!(world.count("events").await, 0);
}
