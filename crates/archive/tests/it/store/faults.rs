//! A bucket that is away, slow, full, someone else's, or cut off in the middle.

use std::time::Duration;

use axum::body::Bytes;
use axum::http::Method;
use cloison_archive::{Created, Patience, S3Credentials, Store, StoreError, StoreSettings};
use cloison_model::Secret;
use futures_util::TryStreamExt as _;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;
use tokio_util::task::TaskTracker;

use super::bucket::Fault;
use super::cut::Cutter;
use super::world::{KEY_ID, SECRET, World, key, noise, patience, settings};

const MANIFEST: Bytes = Bytes::from_static(b"manifest");

/// What becomes of a manifest that is created when these befall the first requests.
async fn create(faults: &[Fault]) -> Result<Created, StoreError> {
    let world = World::bucket().await;
    world.server().fail(&Method::PUT, faults);
    let created = world.store.create(&key("a"), MANIFEST).await;
    let there = world.store.get_small(&key("a"), 100).await.unwrap();
    assert_eq!(there.is_some_and(|it| it == MANIFEST), created.is_ok());
    created
}

#[tokio::test]
async fn a_manifest_is_created_in_spite_of_what_passes() {
    let busy = Fault::Answer(409, "ConditionalRequestConflict");
    let slow = Fault::Answer(503, "SlowDown");
    assert_eq!(create(&[busy]).await.unwrap(), Created::New);
    assert_eq!(create(&[slow, slow]).await.unwrap(), Created::New);
    assert_eq!(create(&[busy, slow, busy]).await.unwrap(), Created::New);
    // It was there at the second try.
    assert_eq!(create(&[Fault::Lost]).await.unwrap(), Created::Same);
    // There was someone who has gone again.
    let there = Fault::Answer(412, "PreconditionFailed");
    assert_eq!(create(&[there]).await.unwrap(), Created::New);
}

#[tokio::test]
async fn a_manifest_that_cannot_be_created_says_why() {
    let busy = create(&[Fault::Answer(409, "ConditionalRequestConflict"); 5]).await.unwrap_err();
    assert!(matches!(busy, StoreError::Conflict { .. }) && busy.is_passing(), "{busy}");
    let old = create(&[Fault::Answer(501, "NotImplemented")]).await.unwrap_err();
    assert!(old.to_string().contains("only if there is none") && !old.is_passing(), "{old}");
    let full = create(&[Fault::Answer(507, "XMinioStorageFull")]).await.unwrap_err();
    assert!(matches!(full, StoreError::Full { .. }), "{full}");
    let denied = create(&[Fault::Answer(403, "AccessDenied")]).await.unwrap_err();
    assert!(matches!(denied, StoreError::Refused { .. }) && !denied.is_passing(), "{denied}");
    assert!(denied.to_string().contains("AccessDenied"), "{denied}");
    let elsewhere = create(&[Fault::Answer(301, "PermanentRedirect")]).await.unwrap_err();
    assert!(elsewhere.to_string().contains("region or endpoint"), "{elsewhere}");
}

#[tokio::test]
async fn a_store_that_takes_a_second_manifest_fails_its_check() {
    let world = World::bucket().await;
    world.server().fail(&Method::PUT, &[Fault::Nothing, Fault::Answer(200, "")]);
    let error = world.store.check().await.unwrap_err();
    assert!(matches!(error, StoreError::Unable { .. }) && !error.is_passing(), "{error}");
    assert!(error.to_string().contains("If-None-Match"), "{error}");
    assert!(world.names(None).await.is_empty());
}

#[tokio::test]
async fn a_failing_store_is_asked_so_often_and_no_more() {
    let world = World::bucket().await;
    world.store.put(&key("a"), &b"x"[..]).await.unwrap();
    world.server().seen();
    world.server().fail(&Method::GET, &[Fault::Answer(503, "SlowDown"); 2]);
    assert!(world.store.get(&key("a")).await.unwrap().is_some());
    assert_eq!(world.server().seen().len(), 3);
    world.server().fail(&Method::GET, &[Fault::Answer(500, "InternalError"); 4]);
    let error = world.store.get(&key("a")).await.unwrap_err();
    assert!(error.is_passing() && error.to_string().contains("500"), "{error}");
    assert_eq!(world.server().seen().len(), 4);
}

/// No time at all: whoever is silent is so at once.
fn impatient() -> Patience {
    Patience { silence_max: Duration::from_millis(20), retries_max: 1, ..patience() }
}

#[tokio::test]
async fn silence_is_an_error_that_says_so() {
    let world = World::bucket().await;
    let store = world.reopen(world.server().port, impatient());
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        world.server().fail(&method, &[Fault::Silence; 10]);
    }
    for error in [
        store.get(&key("a")).await.map(drop).unwrap_err(),
        store.put(&key("a"), &b"x"[..]).await.map(drop).unwrap_err(),
        store.create(&key("a"), MANIFEST).await.map(drop).unwrap_err(),
        store.delete(&[key("a")]).await.unwrap_err(),
        store.delete_prefix(&key("a")).await.map(drop).unwrap_err(),
    ] {
        assert!(error.is_passing() && error.to_string().contains("said nothing"), "{error}");
    }
}

#[tokio::test]
async fn nobody_there_is_an_error_that_says_so() {
    let world = World::bucket().await;
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap().port()
    };
    let store = world.reopen(port, patience());
    let error = store.check().await.unwrap_err();
    assert!(error.is_passing() && error.to_string().contains("no connection"), "{error}");
}

#[tokio::test]
async fn a_get_goes_on_where_it_was_cut() {
    let world = World::bucket().await;
    let content = noise(3_000_000);
    world.store.put(&key("a"), &*content).await.unwrap();
    world.server().seen();
    world.server().fail(&Method::GET, &[Fault::Cut(1_000_000), Fault::Cut(500_000)]);
    let mut all = Vec::new();
    world.store.get(&key("a")).await.unwrap().unwrap().read_to_end(&mut all).await.unwrap();
    assert!(all == content);
    let seen = world.server().seen();
    let path = "GET /archives/pre/fix/a";
    assert_eq!(seen.len(), 3, "{seen:?}");
    assert_eq!(seen[0], path);
    for again in &seen[1..] {
        // As far as the client had got, which is not as far as the server.
        assert!(again.starts_with(&format!("{path} bytes=")), "{again}");
    }
}

#[tokio::test]
async fn a_get_goes_on_however_often_it_is_cut() {
    let world = World::bucket().await;
    let content = noise(400_000);
    world.store.put(&key("a"), &*content).await.unwrap();
    // Far more than a request is tried again.
    world.server().fail(&Method::GET, &[Fault::Cut(20_000); 60]);
    let mut all = Vec::new();
    world.store.get(&key("a")).await.unwrap().unwrap().read_to_end(&mut all).await.unwrap();
    assert!(all == content);
}

#[tokio::test]
async fn a_get_of_which_nothing_more_comes_fails() {
    let world = World::bucket().await;
    world.store.put(&key("a"), &*noise(100_000)).await.unwrap();
    world.server().fail(&Method::GET, &[Fault::Cut(0); 40]);
    let error = world.store.get_small(&key("a"), 100_000).await.unwrap_err();
    assert!(error.is_passing(), "{error}");
}

#[tokio::test]
async fn a_get_that_stalls_goes_on_over_another_connection() {
    let world = World::bucket().await;
    let content = noise(300_000);
    world.store.put(&key("a"), &*content).await.unwrap();
    // Long enough for whatever is not stalled.
    let patience = Patience { silence_max: Duration::from_secs(2), ..patience() };
    let store = world.reopen(world.server().port, patience);
    world.server().fail(&Method::GET, &[Fault::Stall(100_000)]);
    let all = store.get_small(&key("a"), 300_000).await.unwrap().unwrap();
    assert!(all == content);
}

#[tokio::test]
async fn a_get_does_not_go_on_with_another_object() {
    let world = World::bucket().await;
    world.store.put(&key("a"), &*noise(300_000)).await.unwrap();
    world.server().fail(&Method::GET, &[Fault::Cut(100_000)]);
    let mut reader = world.store.get(&key("a")).await.unwrap().unwrap();
    world.store.put(&key("a"), &*vec![0; 300_000]).await.unwrap();
    let error = reader.read_to_end(&mut Vec::new()).await.unwrap_err();
    let error = StoreError::of_read("", "", error);
    assert!(matches!(error, StoreError::Broken { .. }), "{error}");
    assert!(error.to_string().contains("replaced"), "{error}");
}

#[tokio::test]
async fn a_put_that_is_cut_is_sent_again() {
    let world = World::bucket().await;
    for bytes in [2 << 20, 20 << 20] {
        let cutter = Cutter::before(world.server().port, 1 << 20, 2).await;
        let store = world.reopen(cutter.port, patience());
        let content = noise(bytes);
        store.put(&key("a"), &*content).await.unwrap();
        assert_eq!(cutter.broken(), 2);
        let there = world.store.get_small(&key("a"), 30 << 20).await.unwrap().unwrap();
        assert!(there == content);
    }
}

#[tokio::test]
async fn a_put_that_never_gets_through_leaves_nothing() {
    let world = World::bucket().await;
    let cutter = Cutter::before(world.server().port, 1 << 20, usize::MAX).await;
    let store = world.reopen(cutter.port, patience());
    let error = store.put(&key("a"), &*noise(20 << 20)).await.unwrap_err();
    assert!(matches!(error, StoreError::Unreachable { .. }) && error.is_passing(), "{error}");
    assert!(world.names(None).await.is_empty());
    world.see_nothing_unfinished().await;
}

#[tokio::test]
async fn wrong_credentials_and_wrong_buckets_are_told_apart() {
    let world = World::bucket().await;
    let open = |id: &str, secret: &str, location: &str| {
        let settings = StoreSettings {
            credentials: Some(S3Credentials {
                access_key_id: id.to_owned(),
                secret_access_key: Secret::new(secret),
                session_token: None,
            }),
            ..settings(location.parse().unwrap(), world.server().port)
        };
        Store::open(&settings, &TaskTracker::new()).unwrap()
    };
    for (id, secret) in [(KEY_ID, "another-secret"), ("NOBODY", SECRET)] {
        let error = open(id, secret, "s3://archives").check().await.unwrap_err();
        assert!(matches!(error, StoreError::Refused { .. }) && !error.is_passing(), "{error}");
        let shown = format!("{error} {error:?}");
        assert!(shown.contains("access key") && !shown.contains(secret), "{shown}");
    }
    // The server of the test makes a bucket of whatever is put into it; others do not.
    let elsewhere = open(KEY_ID, SECRET, "s3://elsewhere");
    let listed = elsewhere.list(None).try_collect::<Vec<_>>().await.unwrap_err();
    world.server().fail(&Method::PUT, &[Fault::Answer(404, "NoSuchBucket")]);
    for error in [listed, elsewhere.check().await.unwrap_err()] {
        assert!(matches!(error, StoreError::MissingBucket { .. }), "{error}");
        assert!(error.to_string().contains("s3://elsewhere"), "{error}");
    }
}
