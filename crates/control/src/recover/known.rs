//! Whom the recovered control database knows.

use std::collections::{BTreeMap, BTreeSet};

use cloison_catalog::Client;
pub(super) use cloison_catalog::queries::recover::RecoveredOrganizations as Organization;
use cloison_catalog::queries::recover::recovered_organizations;
use cloison_catalog::queries::spares::{Spare, spare_list};
use uuid::Uuid;

use super::error::RecoverError;

const PAGE: i64 = 1_000;
/// More than any fleet keeps.
const SPARES_MAX: i64 = 10_000;

/// Organizations by id, and databases made ahead.
pub(super) struct Known {
    pub(super) organizations: BTreeMap<Uuid, Organization>,
    pub(super) spares: Vec<Spare>,
}

impl Known {
    pub(super) async fn read(catalog: &Client) -> Result<Self, RecoverError> {
        let mut organizations = BTreeMap::new();
        let mut after = None;
        loop {
            let page = recovered_organizations().bind(catalog, &after, &PAGE).all().await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            organizations.extend(page.into_iter().map(|it| (it.id, it)));
        }
        let spares = spare_list().bind(catalog, &SPARES_MAX).all().await?;
        Ok(Self { organizations, spares })
    }

    /// Whoever is on this server and is to be served.
    pub(super) fn in_use_on(&self, server: Uuid) -> impl Iterator<Item = &Organization> {
        self.on(server, &["READY", "MOVING", "RESTORING"])
    }

    /// Whoever was on this server, and is to have no database there.
    pub(super) fn archived_on(&self, server: Uuid) -> impl Iterator<Item = &Organization> {
        self.on(server, &["ARCHIVED"])
    }

    fn on<'a>(
        &'a self,
        server: Uuid,
        phases: &'static [&'static str],
    ) -> impl Iterator<Item = &'a Organization> {
        let is_in = |it: &&Organization| it.phase.as_deref().is_some_and(|it| phases.contains(&it));
        self.organizations.values().filter(move |it| it.server_id == Some(server)).filter(is_in)
    }

    pub(super) fn of_number(&self, number: i64) -> Option<&Organization> {
        self.organizations.values().find(|it| it.number == number)
    }

    pub(super) fn subdomains(&self) -> BTreeSet<&str> {
        self.organizations.values().map(|it| it.subdomain.as_str()).collect()
    }

    pub(super) fn number_max(&self) -> i64 {
        let organizations = self.organizations.values().map(|it| it.number);
        organizations.chain(self.spares.iter().map(|it| it.number)).max().unwrap_or_default()
    }
}
