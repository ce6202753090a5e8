//! Rollouts over a few tenants, with the engine at work.

use std::sync::Arc;
use std::time::Duration;

use cloison_control::releases::ReleaseSource;
use cloison_control::rollout::{
    self, Begun, RolloutError, RolloutRequest, RolloutView, Stage, show,
};
use cloison_model::{OperationState, Policy, Release};
use cloison_router::Directory;

use crate::world::{APPLICATION, World, call, request};

/// The application's migrations and these.
pub(crate) fn release(more: &[(&str, &str)]) -> ReleaseSource {
    let files: Vec<_> = APPLICATION.iter().chain(more).copied().collect();
    ReleaseSource::Carried(Arc::new(Release::from_files(&files).unwrap()))
}

pub(crate) const MORE: (&str, &str) =
    ("2_more.sql", "-- phase: expand\nalter table notes add column more text;");
pub(crate) const MORE_DOWN: (&str, &str) =
    ("2_more.down.sql", "alter table notes drop column more;");
/// Fails where a note is the one that [`request`] of "bad" leaves.
pub(crate) const STRICT: (&str, &str) = (
    "2_strict.sql",
    "-- phase: expand
-- lint: allow constraint-missing-not-valid because the table is small
alter table notes add constraint notes_body_check check (body <> 'owner@bad.example');",
);

pub(crate) fn wanted() -> RolloutRequest {
    RolloutRequest {
        policy: Policy::default(),
        canaries: Vec::new(),
        to: None,
        lazy_for: None,
        skip_shadow: true,
    }
}

impl World {
    pub(crate) async fn tenants(&self, names: &[&str]) {
        for name in names {
            assert_eq!(self.provision(request(name)).await.unwrap().1, OperationState::Done);
        }
    }

    pub(crate) async fn roll_out(&self, request: &RolloutRequest) -> RolloutView {
        let begun = rollout::start(&self.control, &call(), request).await.unwrap();
        let Begun::Rollout { number, operation } = begun else { panic!("{begun:?}") };
        self.end_of(operation).await;
        show(&self.control, number).await.unwrap().unwrap()
    }

    /// Of each tenant, by subdomain.
    pub(crate) async fn versions(&self) -> Vec<(String, i64)> {
        let snapshot = self.control.snapshot().await.unwrap();
        let mut versions: Vec<_> = snapshot
            .routes
            .iter()
            .map(|it| (it.subdomain.to_string(), it.schema_version))
            .collect();
        versions.sort();
        versions
    }
}

#[tokio::test]
async fn the_fleet_comes_to_the_newest_version_and_new_tenants_with_it() {
    let mut world = World::new().await;
    world.tenants(&["blue", "green", "red"]).await;
    world.control.source = release(&[MORE]);
    let request = RolloutRequest { canaries: vec!["green".parse().unwrap()], ..wanted() };
    let view = world.roll_out(&request).await;
    assert_eq!(view.stage, Stage::Ended(OperationState::Done), "{view:?}");
    assert_eq!((view.waves[0].done, view.waves.iter().map(|it| it.done).sum::<u32>()), (1, 3));
    world.tenants(&["late"]).await;
    let names = ["blue", "green", "late", "red"];
    assert_eq!(world.versions().await, names.map(|it| (it.to_owned(), 2)));
    let again = rollout::start(&world.control, &call(), &wanted()).await.unwrap();
    assert_eq!(again, Begun::UpToDate { version: 2 });
}
