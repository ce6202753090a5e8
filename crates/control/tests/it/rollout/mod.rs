//! Rollouts over a few tenants, with the engine at work.

mod course;
mod cuts;
mod lazy;
mod trouble;

use std::sync::Arc;

use cloison_control::releases::ReleaseSource;
use cloison_control::rollout::{self, Begun, RolloutRequest, RolloutView, show};
use cloison_model::{OperationId, OperationState, Policy, Release};
use cloison_router::{Directory, Key};

use crate::world::{APPLICATION, World, call, eventually, request};

/// The application's migrations and these.
pub(crate) fn release(more: &[(&str, &str)]) -> ReleaseSource {
    let files: Vec<_> = APPLICATION.iter().chain(more).copied().collect();
    ReleaseSource::Carried(Arc::new(Release::from_files(&files).unwrap()))
}

pub(crate) const MORE: (&str, &str) =
    ("2_more.sql", "-- phase: expand\nalter table notes add column more text;");
pub(crate) const MORE_DOWN: (&str, &str) =
    ("2_more.down.sql", "alter table notes drop column more;");
/// Fails where [`World::spoil`] has been.
pub(crate) const STRICT: (&str, &str) = (
    "2_strict.sql",
    "-- phase: expand
-- lint: allow constraint-missing-not-valid because the table is small
alter table notes add constraint notes_body_check check (body <> 'bad@example.com');",
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
        let (number, operation) = self.begin(request).await;
        self.end_of(operation).await;
        show(&self.control, number).await.unwrap().unwrap()
    }

    /// Asks until the rollout stands as it should.
    pub(crate) async fn see(
        &self,
        number: i64,
        is_so: impl Fn(&RolloutView) -> bool,
    ) -> RolloutView {
        let mut seen = None;
        eventually(async || {
            seen = show(&self.control, number).await.unwrap();
            seen.as_ref().is_some_and(&is_so)
        })
        .await;
        seen.unwrap()
    }

    pub(crate) async fn begin(&self, request: &RolloutRequest) -> (i64, OperationId) {
        let begun = rollout::start(&self.control, &call(), request).await.unwrap();
        let Begun::Rollout { number, operation } = begun else { panic!("{begun:?}") };
        (number, operation)
    }

    /// Writes what [`STRICT`] does not allow.
    pub(crate) async fn spoil(&self, subdomain: &str) {
        let client = self.inside(subdomain).await;
        client.execute("insert into notes values ('bad@example.com')", &[]).await.unwrap();
    }

    /// As a superuser in a tenant's database.
    pub(crate) async fn inside(&self, subdomain: &str) -> tokio_postgres::Client {
        let key = Key::Subdomain(subdomain.parse().unwrap());
        let route = self.control.fetch(&key).await.unwrap().unwrap();
        self.server.connect(route.database.as_str()).await
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
