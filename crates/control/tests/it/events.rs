//! The log of events: in its order whoever commits first, and kept for a while.

use cloison_catalog::queries::events::{event_append, event_page};
use cloison_catalog::queries::operations::commit_lazily;
use cloison_control::events::forget;
use serde_json::json;
use tokio_postgres::types::Json;
use uuid::Uuid;

use crate::world::World;

impl World {
    /// Of a tenant that there is none of.
    pub(crate) async fn happen(&self, event: &str, subdomain: &str) -> i64 {
        let client = self.control.catalog.client().await.unwrap();
        event_append()
            .bind(
                &client,
                &Uuid::now_v7(),
                &event,
                &Some(Uuid::now_v7()),
                &Some(subdomain),
                &Json(json!({})),
            )
            .one()
            .await
            .unwrap()
    }
}

/// Whoever has read the second and asks for what came after it would never see the first.
#[tokio::test]
async fn a_later_number_is_not_seen_before_an_earlier_one() {
    let world = World::idle().await;
    let mut client = world.control.catalog.client().await.unwrap();
    let slow = client.transaction().await.unwrap();
    let first = event_append()
        .bind(&slow, &Uuid::now_v7(), &"tenant.created", &None, &Some("slow"), &Json(json!({})))
        .one()
        .await
        .unwrap();
    let quick = world.happen("tenant.created", "quick");
    let mut quick = std::pin::pin!(quick);
    // It waits for the first, and says so.
    let waiting = "pg_locks where locktype = 'advisory' and not granted";
    tokio::select! {
        _ = &mut quick => panic!("it did not wait"),
        () = crate::world::eventually(async || world.count(waiting).await == 1) => {}
    }
    assert_eq!(world.count("events").await, 0);
    slow.commit().await.unwrap();
    assert!(quick.await > first);
    let client = world.control.catalog.client().await.unwrap();
    let page =
        event_page().bind(&client, &0, &None::<&str>, &None::<&[&str]>, &10).all().await.unwrap();
    let seen: Vec<_> = page.into_iter().map(|it| it.subdomain).collect();
    assert_eq!(seen, [Some("slow".to_owned()), Some("quick".to_owned())]);
}

/// Whatever the rest of the transaction makes of it: a number that was seen is not given out again after a crash.
#[tokio::test]
async fn an_event_is_on_disk_before_anybody_sees_it() {
    let world = World::idle().await;
    let mut client = world.control.catalog.client().await.unwrap();
    let txn = client.transaction().await.unwrap();
    commit_lazily().bind(&txn).one().await.unwrap();
    event_append()
        .bind(&txn, &Uuid::now_v7(), &"rollout.started", &None, &None::<&str>, &Json(json!({})))
        .one()
        .await
        .unwrap();
    let row = txn.query_one("show synchronous_commit", &[]).await.unwrap();
    assert_eq!(row.get::<_, String>(0), "on");
}

#[tokio::test]
async fn after_a_month_they_are_forgotten() {
    let world = World::idle().await;
    for subdomain in ["blue", "red"] {
        world.happen("tenant.created", subdomain).await;
    }
    world
        .execute("update events set at = now() - interval '31 days' where subdomain = 'blue'")
        .await;
    assert_eq!(forget(&world.control).await.unwrap(), 1);
    assert_eq!(world.count("events where subdomain = 'red'").await, 1);
    assert_eq!(world.count("events").await, 1);
}
