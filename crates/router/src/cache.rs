//! What is known of the tenants, in memory: from a host's name to a route, without waiting.
//!
//! A pure state: changes come in, answers go out, the time is an argument. Who fetches, when and
//! from where is `sync`'s and `router`'s business.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use cloison_model::{Hostname, Site, Subdomain, TenantId};

use crate::directory::{Change, Key, Snapshot};
use crate::route::Route;

#[cfg(test)]
mod tests;

/// What a look-up answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lookup {
    /// This tenant's route, which is visible.
    Found(Arc<Route>),
    /// Nobody's name.
    Unknown,
    /// Not known here. A tenant created a moment ago, or nobody: the directory has to say.
    Miss(Key),
}

/// Connections of this tenant below this epoch are out of date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outdated {
    pub(crate) tenant: TenantId,
    pub(crate) epoch: i64,
}

/// Invariant: a name leads to the tenant that has it in `routes`, or nowhere.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    routes: HashMap<TenantId, Arc<Route>>,
    subdomains: HashMap<Subdomain, TenantId>,
    hostnames: HashMap<Hostname, TenantId>,
    absent: Absent,
    epoch: i64,
    removals: u64,
}

/// Names that are nobody's, for a short time.
#[derive(Debug, Default)]
struct Absent {
    until: HashMap<Key, Instant>,
    oldest_first: VecDeque<Key>,
}

/// How long a name that is nobody's is believed to be so: long enough to blunt a client that
/// asks in a loop, short enough that a new tenant's first visitor does not notice.
const ABSENT_FOR: Duration = Duration::from_secs(2);

/// How many such names are kept; at 100 bytes each, a megabyte.
const ABSENT_MAX: usize = 10_000;

impl Cache {
    /// Whose site it is. Takes no lock, allocates nothing unless it is a miss.
    pub(crate) fn lookup(&self, site: &Site, now: Instant) -> Lookup {
        let (tenant, key): (_, fn(&Site) -> Option<Key>) = match site {
            Site::Base | Site::Console | Site::Nobody => return Lookup::Unknown,
            Site::Subdomain(it) => (self.subdomains.get(it), Key::of),
            Site::Custom(it) => (self.hostnames.get(it), Key::of),
        };
        if let Some(route) = tenant.and_then(|it| self.routes.get(it)) {
            return if route.is_visible() {
                Lookup::Found(Arc::clone(route))
            } else {
                Lookup::Unknown
            };
        }
        match key(site) {
            Some(key) if self.absent.until.get(&key).is_none_or(|&it| it <= now) => {
                Lookup::Miss(key)
            }
            Some(_) | None => Lookup::Unknown,
        }
    }

    /// A tenant's route, if it may be served.
    pub(crate) fn visible(&self, tenant: TenantId) -> Option<&Arc<Route>> {
        self.routes.get(&tenant).filter(|it| it.is_visible())
    }

    /// All routes that may be served, in no order.
    pub(crate) fn all_visible(&self) -> impl Iterator<Item = &Arc<Route>> {
        self.routes.values().filter(|it| it.is_visible())
    }

    /// The newest epoch known of a tenant.
    pub(crate) fn epoch_of(&self, tenant: TenantId) -> Option<i64> {
        self.routes.get(&tenant).map(|it| it.epoch)
    }

    /// The epoch up to which nothing has been missed.
    pub(crate) fn epoch(&self) -> i64 {
        self.epoch
    }

    /// How often a tenant has been removed. A fetch that began before a removal may bring back
    /// what has been removed since; whoever applies it compares this number first.
    pub(crate) fn removals(&self) -> u64 {
        self.removals
    }

    /// Takes over everything: who is not in the snapshot is no more. What is known to be newer stays.
    pub(crate) fn apply_snapshot(&mut self, snapshot: &Snapshot) -> Vec<Outdated> {
        let mut outdated = Vec::new();
        let mut vanished: HashMap<_, _> =
            self.routes.iter().map(|(id, it)| (*id, it.epoch)).collect();
        for route in &snapshot.routes {
            vanished.remove(&route.tenant);
            outdated.extend(self.apply_route(route));
        }
        for (tenant, epoch) in vanished {
            // It may be newer than the snapshot; then it is a miss, and fetched when asked for.
            outdated.extend(self.remove(tenant, epoch + 1));
        }
        self.epoch = self.epoch.max(snapshot.epoch);
        outdated
    }

    /// Takes over the next change in the order of epochs.
    pub(crate) fn apply_next(&mut self, change: &Change) -> Option<Outdated> {
        match change {
            Change::Route(route) => {
                self.epoch = self.epoch.max(route.epoch);
                self.apply_route(route)
            }
            Change::Gone { tenant, epoch } => {
                self.epoch = self.epoch.max(*epoch);
                self.remove(*tenant, *epoch)
            }
        }
    }

    /// Takes over a route that was fetched on its own, so it says nothing of the epochs before it.
    pub(crate) fn apply_route(&mut self, route: &Arc<Route>) -> Option<Outdated> {
        let known = self.routes.get(&route.tenant).cloned();
        if known.as_ref().is_some_and(|it| it.epoch >= route.epoch) {
            return None;
        }
        if let Some(known) = known {
            self.unname(&known);
        }
        let tenant = route.tenant;
        if self.wins(self.subdomains.get(&route.subdomain), route.epoch) {
            self.subdomains.insert(route.subdomain.clone(), tenant);
            self.absent.forget(&Key::Subdomain(route.subdomain.clone()));
        }
        for hostname in &route.hostnames {
            if self.wins(self.hostnames.get(hostname), route.epoch) {
                self.hostnames.insert(hostname.clone(), tenant);
                self.absent.forget(&Key::Hostname(hostname.clone()));
            }
        }
        self.routes.insert(tenant, Arc::clone(route));
        Some(Outdated { tenant, epoch: route.epoch })
    }

    /// The tenant is no more, as of `epoch`.
    pub(crate) fn remove(&mut self, tenant: TenantId, epoch: i64) -> Option<Outdated> {
        if self.routes.get(&tenant).is_some_and(|it| it.epoch > epoch) {
            return None;
        }
        self.removals += 1;
        let route = self.routes.remove(&tenant)?;
        self.unname(&route);
        Some(Outdated { tenant, epoch: epoch.max(route.epoch + 1) })
    }

    /// The directory has said that this name is nobody's.
    pub(crate) fn note_absent(&mut self, key: Key, now: Instant) {
        self.absent.insert(key, now);
    }

    /// A name changes hands from the lower to the higher epoch, in whichever order they are heard of.
    fn wins(&self, holder: Option<&TenantId>, epoch: i64) -> bool {
        holder.and_then(|it| self.routes.get(it)).is_none_or(|it| it.epoch < epoch)
    }

    fn unname(&mut self, route: &Route) {
        if self.subdomains.get(&route.subdomain) == Some(&route.tenant) {
            self.subdomains.remove(&route.subdomain);
        }
        for hostname in &route.hostnames {
            if self.hostnames.get(hostname) == Some(&route.tenant) {
                self.hostnames.remove(hostname);
            }
        }
    }
}

impl Key {
    fn of(site: &Site) -> Option<Self> {
        match site {
            Site::Base | Site::Console | Site::Nobody => None,
            Site::Subdomain(it) => Some(Self::Subdomain(it.clone())),
            Site::Custom(it) => Some(Self::Hostname(it.clone())),
        }
    }
}

impl Absent {
    fn insert(&mut self, key: Key, now: Instant) {
        // The oldest are at the front, whether they still count or not.
        while let Some(front) = self.oldest_first.front() {
            let is_over = self.until.get(front).is_none_or(|&it| it <= now);
            if !is_over && self.until.len() < ABSENT_MAX {
                break;
            }
            if let Some(front) = self.oldest_first.pop_front() {
                self.until.remove(&front);
            }
        }
        if self.until.insert(key.clone(), now + ABSENT_FOR).is_none() {
            self.oldest_first.push_back(key);
        }
    }

    fn forget(&mut self, key: &Key) {
        self.until.remove(key);
    }
}
