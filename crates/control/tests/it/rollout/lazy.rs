//! Tenants that are left to their first request.

use std::time::Duration;

use cloison_control::operations::cancel;
use cloison_control::rollout::{RolloutRequest, Stage, pause, resume};
use cloison_model::OperationState;
use cloison_router::{Directory, Key};

use super::{MORE, STRICT, release, wanted};
use crate::world::{World, call, eventually};

fn lazily(hours: u64) -> RolloutRequest {
    RolloutRequest {
        canaries: vec!["red".parse().unwrap()],
        lazy_for: Some(Duration::from_hours(hours)),
        ..wanted()
    }
}

impl World {
    async fn awaits(&self, subdomain: &str) -> Option<i64> {
        let key = Key::Subdomain(subdomain.parse().unwrap());
        self.control.fetch(&key).await.unwrap().unwrap().awaits
    }

    /// As the router does for a tenant's first request.
    async fn ask_for(&self, subdomain: &str) -> Result<(), String> {
        let key = Key::Subdomain(subdomain.parse().unwrap());
        let tenant = self.control.fetch(&key).await.unwrap().unwrap().tenant;
        let brought = self.control.bring_up(tenant).await;
        brought.map_err(|it| std::error::Error::source(&it).unwrap().to_string())
    }
}

#[tokio::test]
async fn after_the_canary_each_comes_with_its_first_request_and_the_rest_at_the_deadline() {
    let mut world = World::new().await;
    world.tenants(&["blue", "green", "red"]).await;
    world.control.source = release(&[MORE]);
    let (number, operation) = world.begin(&lazily(1)).await;
    eventually(async || world.awaits("blue").await == Some(2)).await;
    assert_eq!(world.awaits("red").await, None, "it has it");
    // What is made now is new.
    world.tenants(&["late"]).await;
    world.ask_for("blue").await.unwrap();
    assert_eq!(world.awaits("blue").await, None);
    let versions = [("blue", 2), ("green", 1), ("late", 2), ("red", 2)];
    assert_eq!(world.versions().await, versions.map(|(name, it)| (name.to_owned(), it)));

    // While it is paused nobody is migrated by asking.
    pause(&world.control, &call(), number).await.unwrap();
    eventually(async || world.awaits("green").await.is_none()).await;
    world.ask_for("green").await.unwrap();
    assert_eq!(world.versions().await[1], ("green".to_owned(), 1));
    resume(&world.control, &call(), number, None).await.unwrap();
    eventually(async || world.awaits("green").await == Some(2)).await;

    world.execute("update rollouts set lazy_until = now()").await;
    assert_eq!(world.end_of(operation).await, OperationState::Done);
    assert_eq!(world.versions().await[1], ("green".to_owned(), 2));
    assert_eq!(world.count("tenants where awaits_version is not null").await, 0);
}

#[tokio::test]
async fn a_request_that_finds_broken_data_is_told_and_the_tenant_is_quarantined() {
    let mut world = World::new().await;
    world.tenants(&["blue", "red"]).await;
    world.spoil("blue").await;
    world.control.source = release(&[STRICT]);
    let (number, operation) = world.begin(&lazily(1)).await;
    eventually(async || world.awaits("blue").await == Some(2)).await;
    assert_eq!(world.ask_for("blue").await.unwrap_err(), "its migration has failed");
    assert_eq!(world.awaits("blue").await, None, "the next request is not held up");
    assert_eq!(world.end_of(operation).await, OperationState::Done);
    let view = world.see(number, |it| it.stage == Stage::Ended(OperationState::Done)).await;
    assert_eq!(view.waves.iter().map(|it| it.failed).sum::<u32>(), 1);
}

#[tokio::test]
async fn a_cancelled_one_leaves_nobody_waiting() {
    let mut world = World::new().await;
    world.tenants(&["blue", "red"]).await;
    world.control.source = release(&[MORE]);
    let (_, operation) = world.begin(&lazily(1)).await;
    eventually(async || world.awaits("blue").await == Some(2)).await;
    cancel(&world.control, &call(), operation).await.unwrap();
    assert_eq!(world.end_of(operation).await, OperationState::Cancelled);
    assert_eq!(world.awaits("blue").await, None);
}
