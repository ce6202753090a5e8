//! Which name leads to which tenant.
//!
//! A name passes from the lower to the higher epoch, in whichever order the two routes are heard of:
//! whoever has it in its route with the highest epoch that was heard of, has it.

use std::collections::HashMap;
use std::sync::Arc;

use cloison_model::{Hostname, Site, Subdomain, TenantId};

use crate::directory::Key;
use crate::route::Route;

#[derive(Debug, Default)]
pub(super) struct Names {
    /// The route by which its tenant has the name; it is the tenant's newest.
    subdomains: HashMap<Subdomain, Arc<Route>>,
    hostnames: HashMap<Hostname, Arc<Route>>,
    /// Names that somebody had at this epoch and has no more, as far as that was heard of out of the
    /// order of epochs. Whoever had one before has it no more, either.
    given_up: HashMap<Key, i64>,
}

/// How many names are remembered that were given up ahead of the poll, which comes soon and
/// makes them needless.
const GIVEN_UP_MAX: usize = 10_000;

impl Names {
    /// Takes no lock, and allocates nothing.
    pub(super) fn holder(&self, site: &Site) -> Option<&Arc<Route>> {
        match site {
            Site::Base | Site::Console | Site::Nobody => None,
            Site::Subdomain(it) => self.subdomains.get(it),
            Site::Custom(it) => self.hostnames.get(it),
        }
    }

    /// Whether the name leads to anybody.
    pub(super) fn has(&self, key: &Key) -> bool {
        match key {
            Key::Tenant(_) => false,
            Key::Subdomain(it) => self.subdomains.contains_key(it),
            Key::Hostname(it) => self.hostnames.contains_key(it),
        }
    }

    /// Gives the route the names that it says it has, unless another has them by a newer one.
    /// Answers from whom they were taken: whose routes are older, and out of date.
    pub(super) fn take(&mut self, route: &Arc<Route>) -> Vec<TenantId> {
        let mut losers = Vec::new();
        if self.is_free_at(&Key::Subdomain(route.subdomain.clone()), route.epoch) {
            let loser = pass(&mut self.subdomains, &route.subdomain, route);
            losers.extend(loser);
        }
        for hostname in &route.hostnames {
            if self.is_free_at(&Key::Hostname(hostname.clone()), route.epoch) {
                let loser = pass(&mut self.hostnames, hostname, route);
                losers.extend(loser);
            }
        }
        losers
    }

    /// The tenant of this route is known by a newer one. It tells still that whoever had its names
    /// before has lost them. Answers who that is.
    pub(super) fn outlive(&mut self, route: &Arc<Route>, in_order: i64) -> Vec<TenantId> {
        let losers = self.take(route);
        self.release(route, in_order);
        losers
    }

    /// The tenant of this route has a newer one, or none. Everything up to the epoch `in_order` has
    /// been heard of, so nothing from before it can come up.
    pub(super) fn release(&mut self, route: &Route, in_order: i64) {
        let mut given_up = Vec::new();
        if holds(&self.subdomains, &route.subdomain, route) {
            self.subdomains.remove(&route.subdomain);
            given_up.push(Key::Subdomain(route.subdomain.clone()));
        }
        for hostname in &route.hostnames {
            if holds(&self.hostnames, hostname, route) {
                self.hostnames.remove(hostname);
                given_up.push(Key::Hostname(hostname.clone()));
            }
        }
        for key in given_up {
            if route.epoch > in_order && self.given_up.len() < GIVEN_UP_MAX {
                self.given_up.insert(key, route.epoch);
            }
        }
    }

    /// Everything up to this epoch has been heard of.
    pub(super) fn settle(&mut self, epoch: i64) {
        self.given_up.retain(|_, &mut had| had > epoch);
    }

    /// Every name's route.
    #[cfg(test)]
    pub(super) fn routes(&self) -> impl Iterator<Item = &Arc<Route>> {
        self.subdomains.values().chain(self.hostnames.values())
    }

    fn is_free_at(&self, key: &Key, epoch: i64) -> bool {
        self.given_up.get(key).is_none_or(|&had| had < epoch)
    }
}

/// Answers who has lost the name.
fn pass<K>(holders: &mut HashMap<K, Arc<Route>>, name: &K, to: &Arc<Route>) -> Option<TenantId>
where
    K: Clone + Eq + std::hash::Hash,
{
    match holders.get(name) {
        Some(holder) if holder.epoch >= to.epoch => None,
        Some(_) | None => {
            let lost = holders.insert(name.clone(), Arc::clone(to))?;
            (lost.tenant != to.tenant).then_some(lost.tenant)
        }
    }
}

fn holds<K>(holders: &HashMap<K, Arc<Route>>, name: &K, route: &Route) -> bool
where
    K: Eq + std::hash::Hash,
{
    holders.get(name).is_some_and(|it| it.tenant == route.tenant && it.epoch == route.epoch)
}
