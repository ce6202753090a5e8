//! How events come to an endpoint.

use cloison_catalog::queries::webhooks::webhooks_claim;
use cloison_control::operations::WorkerConfig;
use cloison_control::provision::provision;
use cloison_control::webhooks::{DELIVERIES_KEPT, Webhooks, deliver_due, replay};
use cloison_model::{EventType, Reach, WebhookState};
use jiff::Timestamp;

use super::receiver::{Answer, Receiver};
use super::{impatient_webhooks, world};
use crate::world::{call, eventually, request};

const CREATED: &str = "tenant.created";

#[tokio::test]
async fn each_in_its_order_signed_and_once() {
    let (world, receiver) = world().await;
    world.happen(CREATED, "before").await;
    let (id, secret) = world.webhook(&receiver, &[]).await;
    let mut numbers = Vec::new();
    for subdomain in ["blue", "red", "green"] {
        provision(&world.control, &call(), &request(subdomain)).await.unwrap();
        world.work_off(&WorkerConfig::default()).await;
        let client = world.control.catalog.client().await.unwrap();
        numbers.push(
            cloison_catalog::queries::events::event_last().bind(&client).one().await.unwrap(),
        );
    }
    assert_eq!(world.deliver().await, 3);
    assert_eq!(receiver.told(), ["blue", "red", "green"], "and nothing from before it was made");
    for (came, number) in receiver.came().iter().zip(&numbers) {
        assert_eq!(came.signed_by(secret.expose()), [true]);
        assert_eq!(came.body["type"], CREATED);
        assert_eq!(came.body["data"]["sequence"], *number);
        assert!(came.body["timestamp"].as_str().unwrap().ends_with('Z'));
        assert!(!came.text.contains("kim@example.com"));
    }
    assert_eq!(world.deliver().await, 0);
    let endpoint = world.endpoint(id).await;
    assert_eq!((endpoint.cursor, endpoint.failures), (numbers[2], 0));
    let sent = world.sent(id).await;
    assert_eq!(sent.iter().map(|it| it.status).collect::<Vec<_>>(), [Some(200); 3]);
    assert_eq!(sent[0].sequence, Some(numbers[2]), "the newest first");
}

#[tokio::test]
async fn only_what_is_wanted() {
    let (world, receiver) = world().await;
    let wanted = [EventType::TenantErased, EventType::TenantMigrated];
    let (id, _) = world.webhook(&receiver, &wanted).await;
    world.happen(CREATED, "blue").await;
    world.happen("tenant.erased", "red").await;
    let last = world.happen(CREATED, "green").await;
    assert_eq!(world.deliver().await, 1);
    assert_eq!(receiver.told(), ["red"]);
    assert_eq!(
        world.endpoint(id).await.cursor,
        last,
        "what it does not want is not looked at again"
    );
}

#[tokio::test]
async fn a_failure_is_tried_again_under_the_same_id_and_the_next_waits_for_it() {
    let (mut world, receiver) = world().await;
    world.control.webhooks = impatient_webhooks();
    let (id, _) = world.webhook(&receiver, &[]).await;
    receiver.answer(&[Answer::Status(500), Answer::Never, Answer::Elsewhere]);
    world.happen(CREATED, "blue").await;
    world.happen(CREATED, "red").await;
    let whys = ["it answered 500", "there was no answer within 0.2 s", "it answered 307"];
    for (failures, why) in (1..).zip(whys) {
        assert_eq!(world.deliver().await, 0);
        let endpoint = world.endpoint(id).await;
        assert_eq!((endpoint.failures, endpoint.cursor), (failures, 0));
        assert!(endpoint.next_try_at.is_some() && endpoint.failing_since.is_some());
        assert_eq!(world.sent(id).await[0].why.as_deref(), Some(why));
        assert_eq!(world.deliver().await, 0, "it is not due yet");
        world.hurry().await;
    }
    assert_eq!(world.deliver().await, 2);
    assert_eq!(receiver.told(), ["blue", "blue", "blue", "blue", "red"]);
    let came = receiver.came();
    assert!(came[..4].iter().all(|it| it.id == came[0].id && it.text == came[0].text));
    assert_ne!(came[4].id, came[0].id);
    let endpoint = world.endpoint(id).await;
    assert_eq!((endpoint.failures, endpoint.failing_since, endpoint.next_try_at), (0, None, None));
}

#[tokio::test]
async fn nobody_there() {
    let (world, receiver) = world().await;
    let (id, _) = world.webhook(&receiver, &[]).await;
    // Nobody has ever listened on port 1.
    world.execute("update webhook_endpoints set url = 'http://127.0.0.1:1/'").await;
    world.happen(CREATED, "blue").await;
    assert_eq!(world.deliver().await, 0);
    let sent = &world.sent(id).await[0];
    assert!(sent.why.as_ref().unwrap().starts_with("there was no connection"), "{sent:?}");
    assert_eq!(sent.status, None);
}

/// As a URL that was taken when the installation was for its own machine alone.
#[tokio::test]
async fn an_address_that_may_not_be_reached_is_not() {
    let (mut world, receiver) = world().await;
    let (id, _) = world.webhook(&receiver, &[]).await;
    world.control.webhooks = Webhooks::reaching(Reach::Public);
    world.happen(CREATED, "blue").await;
    for host in ["127.0.0.1", "localhost"] {
        let url = receiver.url.replace("127.0.0.1", host);
        world.execute(&format!("update webhook_endpoints set due_at = now(), url = '{url}'")).await;
        assert_eq!(world.deliver().await, 0);
        let sent = &world.sent(id).await[0];
        assert!(
            sent.why.as_ref().unwrap().contains(" is this machine, where webhooks do not go"),
            "{sent:?}"
        );
    }
    assert!(receiver.came().is_empty());
}

#[tokio::test]
async fn one_that_wants_no_more_or_fails_for_three_days_is_disabled() {
    let (world, receiver) = world().await;
    let (id, _) = world.webhook(&receiver, &[]).await;
    world.happen(CREATED, "blue").await;
    receiver.answer(&[Answer::Status(410)]);
    assert_eq!(world.deliver().await, 0);
    let endpoint = world.endpoint(id).await;
    assert_eq!(endpoint.state, WebhookState::Disabled);
    assert_eq!(endpoint.disabled_why.as_deref(), Some("it answered 410: it wants no more"));

    world.enable(id).await;
    receiver.answer(&[Answer::Status(503), Answer::Status(503), Answer::Status(503)]);
    assert_eq!(world.deliver().await, 0);
    for (hours, state) in [(71, WebhookState::Enabled), (73, WebhookState::Disabled)] {
        let since = format!(
            "update webhook_endpoints set failing_since = now() - interval '{hours} hours'"
        );
        world.execute(&since).await;
        world.hurry().await;
        assert_eq!(world.deliver().await, 0);
        assert_eq!(world.endpoint(id).await.state, state, "{hours} h");
    }
    let endpoint = world.endpoint(id).await;
    let why = "an event could not be delivered for three days";
    assert_eq!(endpoint.disabled_why.as_deref(), Some(why));
    world.happen(CREATED, "red").await;
    world.hurry().await;
    assert_eq!(world.deliver().await, 0, "nothing goes there");

    // What it has missed comes when it is enabled again.
    world.enable(id).await;
    assert_eq!(world.deliver().await, 2);
    assert_eq!(receiver.told()[4..], ["blue", "red"]);
}

#[tokio::test]
async fn killed_between_the_request_and_its_commit_it_comes_again_under_the_same_id() {
    let (world, receiver) = world().await;
    let (id, _) = world.webhook(&receiver, &[]).await;
    world.happen(CREATED, "blue").await;
    receiver.answer(&[Answer::Never]);
    tokio::select! {
        _ = world.deliver() => panic!("it has no answer"),
        () = receiver.arrival() => {}
    }
    assert_eq!(world.deliver().await, 0, "the dead one has it for a while");
    world.execute("update webhook_endpoints set leased_until = now()").await;
    assert_eq!(world.deliver().await, 1);
    let came = receiver.came();
    assert_eq!(came.len(), 2);
    assert_eq!(came[0].id, came[1].id);
    assert_eq!(world.endpoint(id).await.failures, 0);
}

/// Its answer comes after its lease has run out and another has delivered.
#[tokio::test]
async fn whoever_was_overtaken_changes_nothing() {
    let (world, receiver) = world().await;
    let (id, _) = world.webhook(&receiver, &[]).await;
    world.happen(CREATED, "blue").await;
    let last = world.happen(CREATED, "red").await;
    receiver.answer(&[Answer::Never]);
    let mut impatient = world.control.clone();
    impatient.webhooks = impatient_webhooks();
    let (delivered, ()) = tokio::join!(deliver_due(&impatient), async {
        receiver.arrival().await;
        world.execute("update webhook_endpoints set leased_until = now()").await;
        assert_eq!(world.deliver().await, 2);
    });
    assert_eq!(delivered.unwrap(), 0);
    let endpoint = world.endpoint(id).await;
    assert_eq!((endpoint.cursor, endpoint.failures), (last, 0));
    assert_eq!(world.sent(id).await.len(), 2);
}

#[tokio::test]
async fn of_many_processes_one_delivers() {
    let (world, receiver) = world().await;
    world.webhook(&receiver, &[]).await;
    let names: Vec<String> = (0..20).map(|it| format!("blue-{it}")).collect();
    for name in &names {
        world.happen(CREATED, name).await;
    }
    let looks = (0..8).map(|_| deliver_due(&world.control));
    let delivered: usize =
        futures_util::future::join_all(looks).await.into_iter().map(Result::unwrap).sum();
    assert_eq!(delivered, 20);
    assert_eq!(receiver.told(), names);
}

#[tokio::test]
async fn a_slow_one_holds_nobody_else_up() {
    let (world, slow) = world().await;
    let quick = Receiver::start().await;
    world.webhook(&slow, &[]).await;
    world.webhook(&quick, &[]).await;
    slow.answer(&[Answer::Never]);
    world.happen(CREATED, "blue").await;
    world.happen(CREATED, "red").await;
    tokio::select! {
        _ = world.deliver() => panic!("one of them does not answer"),
        () = eventually(async || quick.came().len() == 2) => {}
    }
    assert_eq!(slow.came().len(), 1);
}

#[tokio::test]
async fn played_again_from_an_event_under_the_same_ids() {
    let (world, receiver) = world().await;
    let (id, _) = world.webhook(&receiver, &[]).await;
    let first = world.happen(CREATED, "blue").await;
    world.happen(CREATED, "red").await;
    let last = world.happen(CREATED, "green").await;
    assert_eq!(world.deliver().await, 3);
    replay(&world.control, &call(), id, first).await.unwrap();
    assert_eq!(world.deliver().await, 2);
    assert_eq!(receiver.told()[3..], ["red", "green"]);
    let came = receiver.came();
    assert_eq!((&came[3].id, &came[4].id), (&came[1].id, &came[2].id));
    assert_eq!(world.endpoint(id).await.cursor, last);
    assert!(
        replay(&world.control, &call(), id, last + 1).await.is_err(),
        "nothing came after that"
    );
}

/// What is under way when somebody has events played again does not take that back.
#[tokio::test]
async fn played_again_while_one_is_under_way() {
    let (mut world, receiver) = world().await;
    let (id, _) = world.webhook(&receiver, &[]).await;
    let first = world.happen(CREATED, "blue").await;
    world.happen(CREATED, "red").await;
    assert_eq!(world.deliver().await, 2);
    world.happen(CREATED, "green").await;
    world.control.webhooks = impatient_webhooks();
    receiver.answer(&[Answer::Never]);
    tokio::join!(world.deliver(), async {
        eventually(async || receiver.came().len() == 3).await;
        replay(&world.control, &call(), id, first).await.unwrap();
    });
    let endpoint = world.endpoint(id).await;
    assert_eq!((endpoint.cursor, endpoint.failures), (first, 0));
    assert_eq!(world.deliver().await, 2);
    assert_eq!(receiver.told(), ["blue", "red", "green", "red", "green"]);
}

/// Woken by the event itself, and going on after another process has let go.
#[tokio::test]
async fn a_worker_delivers_what_happens() {
    let (mut world, receiver) = world().await;
    world.webhook(&receiver, &[]).await;
    world.employ(WorkerConfig { spares: 0, ..WorkerConfig::default() });
    for subdomain in ["blue", "red"] {
        provision(&world.control, &call(), &request(subdomain)).await.unwrap();
    }
    eventually(async || receiver.came().len() == 2).await;
    world.dismiss();
    let ids: Vec<_> = receiver.came().into_iter().map(|it| it.id).collect();
    assert_ne!(ids[0], ids[1]);
}

#[tokio::test]
async fn a_worker_that_is_sent_home_lets_go() {
    let (mut world, receiver) = world().await;
    let (id, _) = world.webhook(&receiver, &[]).await;
    receiver.answer(&[Answer::Never]);
    world.happen(CREATED, "blue").await;
    world.employ(WorkerConfig { spares: 0, ..WorkerConfig::default() });
    eventually(async || receiver.came().len() == 1).await;
    world.dismiss();
    eventually(async || world.deliver().await == 1).await;
    let came = receiver.came();
    assert_eq!((came.len(), &came[0].id), (2, &came[1].id));
    assert_eq!(world.endpoint(id).await.failures, 0);
    assert_eq!(world.count("webhook_endpoints where leased_until is not null").await, 0);
}

#[tokio::test]
async fn who_asks_for_a_pause_gets_it() {
    let (world, receiver) = world().await;
    let (id, _) = world.webhook(&receiver, &[]).await;
    receiver.answer(&[Answer::Later(3_600)]);
    world.happen(CREATED, "blue").await;
    assert_eq!(world.deliver().await, 0);
    let wait = world.endpoint(id).await.next_try_at.unwrap().duration_since(Timestamp::now());
    assert!((3_500..=3_600).contains(&wait.as_secs()), "{wait:?}");
}

#[tokio::test]
async fn the_last_attempts_are_kept() {
    let (world, receiver) = world().await;
    let (id, _) = world.webhook(&receiver, &[]).await;
    for number in 0..DELIVERIES_KEPT + 5 {
        world.happen(CREATED, &format!("blue-{number}")).await;
    }
    world.deliver().await;
    assert_eq!(world.count("webhook_deliveries").await, DELIVERIES_KEPT);
    let newest = world.sent(id).await[0].sequence;
    assert_eq!(newest, Some(world.endpoint(id).await.cursor));
}

/// An enabled endpoint gets everything, however late.
#[tokio::test]
async fn what_somebody_has_still_to_get_is_not_forgotten() {
    let (world, receiver) = world().await;
    let (id, _) = world.webhook(&receiver, &[EventType::TenantCreated]).await;
    world.happen(CREATED, "blue").await;
    world.happen("tenant.erased", "red").await;
    world.execute("update events set at = now() - interval '31 days'").await;
    let forget = async || cloison_control::events::forget(&world.control).await.unwrap();
    assert_eq!(forget().await, 1, "the one that it does not want");
    assert_eq!(world.deliver().await, 1);
    assert_eq!(forget().await, 1);
    let client = world.control.catalog.client().await.unwrap();
    let claimed = webhooks_claim().bind(&client, &1, &7, &1.0).all().await.unwrap();
    assert!(claimed.is_empty(), "{id} has everything");
}
