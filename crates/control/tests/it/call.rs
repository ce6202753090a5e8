//! A call that is sent again does nothing again.

use cloison_control::call::{self, Actor, Call, CallError, IdempotencyKey};
use futures_util::future::join_all;
use serde_json::json;
use uuid::Uuid;

use crate::world::World;

fn call(actor: u128, key: &str, body: &str) -> Call {
    let key = IdempotencyKey::new(key, "POST", "/v1/things", body.as_bytes()).unwrap();
    Call {
        actor: Actor { id: Uuid::from_u128(actor), name: "kim@example.com".to_owned() },
        key: Some(key),
    }
}

/// What a caller does: ask, make, and when a twin was faster ask again. Its effect is one audit row.
async fn make(world: &World, call: &Call) -> Result<Uuid, CallError> {
    let mut client = world.control.catalog.client().await.unwrap();
    if let Some(made) = call::repeated(&client, call).await? {
        return Ok(made);
    }
    let made = Uuid::now_v7();
    let txn = client.transaction().await?;
    let kept = match call::keep(&txn, call, made).await {
        Ok(kept) => kept,
        Err(CallError::Repeated) => {
            txn.rollback().await?;
            let made = call::repeated(&client, call).await?;
            return Ok(made.expect("the twin has committed"));
        }
        Err(error) => return Err(error),
    };
    kept.record(&txn, "thing.make", "it", &json!({})).await?;
    txn.commit().await?;
    Ok(made)
}

#[tokio::test]
async fn the_same_call_again_answers_what_it_made() {
    let world = World::new().await;
    let first = make(&world, &call(1, "k", "{}")).await.unwrap();
    assert_eq!(make(&world, &call(1, "k", "{}")).await.unwrap(), first);
    assert_eq!(world.count("audit_log").await, 1);

    let reused = make(&world, &call(1, "k", "{\"other\":1}")).await;
    assert!(matches!(reused, Err(CallError::KeyReused)), "{reused:?}");
    // A key is its user's own.
    assert_ne!(make(&world, &call(2, "k", "{}")).await.unwrap(), first);
    assert_ne!(make(&world, &call(1, "l", "{}")).await.unwrap(), first);
    assert_eq!(world.count("audit_log").await, 3);
}

#[tokio::test]
async fn without_a_key_each_call_counts() {
    let world = World::new().await;
    let call = Call::internal("a test");
    assert_ne!(make(&world, &call).await.unwrap(), make(&world, &call).await.unwrap());
    assert_eq!(world.count("audit_log").await, 2);
    assert_eq!(world.count("idempotency_keys").await, 0);
}

#[tokio::test]
async fn of_many_at_once_one_makes_it() {
    let world = World::new().await;
    let call = call(1, "k", "{}");
    let made = join_all((0..4).map(|_| make(&world, &call))).await;
    let made: Vec<Uuid> = made.into_iter().map(Result::unwrap).collect();
    assert!(made.iter().all(|it| *it == made[0]), "{made:?}");
    assert_eq!(world.count("audit_log").await, 1);
}

/// The second is surely in the midst of it: both have found nothing, and the first has not committed.
#[tokio::test]
async fn a_twin_waits_for_the_first_and_learns_that_it_is_second() {
    let world = World::new().await;
    let (call, twin) = (call(1, "k", "{}"), call(1, "k", "{\"other\":1}"));
    for (first_commits, second) in [(false, &call), (true, &call), (true, &twin)] {
        let mut one = world.control.catalog.client().await.unwrap();
        let mut two = world.control.catalog.client().await.unwrap();
        one.execute("delete from idempotency_keys", &[]).await.unwrap();
        let first_txn = one.transaction().await.unwrap();
        let second_txn = two.transaction().await.unwrap();
        let made = Uuid::now_v7();
        let kept = call::keep(&first_txn, &call, made).await.unwrap();
        kept.record(&first_txn, "thing.make", "it", &json!({})).await.unwrap();
        let ending = async {
            wait_for_a_waiter(&world).await;
            if first_commits { first_txn.commit().await } else { first_txn.rollback().await }
        };
        let (waited, ended) = tokio::join!(call::keep(&second_txn, second, Uuid::now_v7()), ending);
        ended.unwrap();
        if !first_commits {
            waited.unwrap().record(&second_txn, "thing.make", "it", &json!({})).await.unwrap();
            continue;
        }
        assert!(matches!(waited, Err(CallError::Repeated)), "{waited:?}");
        second_txn.rollback().await.unwrap();
        match call::repeated(&two, second).await {
            Err(CallError::KeyReused) => assert_ne!(second.key, call.key),
            asked => {
                assert_eq!(asked.unwrap(), Some(made));
                assert_eq!(second.key, call.key);
            }
        }
    }
}

#[tokio::test]
async fn old_keys_are_forgotten_a_few_at_a_time() {
    let world = World::new().await;
    for n in 0..15 {
        make(&world, &call(1, &n.to_string(), "{}")).await.unwrap();
    }
    let superuser = world.server.connect(cloison_catalog::DATABASE).await;
    superuser
        .execute("update idempotency_keys set created_at = now() - interval '8 days'", &[])
        .await
        .unwrap();
    make(&world, &call(1, "new", "{}")).await.unwrap();
    assert_eq!(world.count("idempotency_keys").await, 6);
    make(&world, &call(1, "newer", "{}")).await.unwrap();
    assert_eq!(world.count("idempotency_keys").await, 2);
}

pub(crate) async fn wait_for_a_waiter(world: &World) {
    let watcher = world.server.connect("postgres").await;
    let waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'";
    while watcher.query_one(waiting, &[]).await.unwrap().get::<_, i64>(0) == 0 {
        tokio::task::yield_now().await;
    }
}
