//! What is known of the tenants, in memory: from a host's name to a route, without waiting.
//!
//! A pure state: answers of the directory come in, answers to visitors go out, the time is an
//! argument. Who asks, when and for what, is `sync`'s and `router`'s business.
//!
//! The directory's answers come late and overtake each other, so each is taken over with a note
//! of how things stood when the question was asked ([`Asked`]). Of two routes of a tenant the higher
//! epoch counts; what that does not decide, since somebody was removed meanwhile, is asked again.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use cloison_model::{Site, TenantId};

use crate::directory::{Change, Changed, Key, Snapshot};
use crate::route::Route;

mod absent;
mod doubts;
mod names;
mod removals;
#[cfg(test)]
mod simulation;
#[cfg(test)]
mod tests;

use absent::Absent;
use doubts::Doubts;
use names::Names;
use removals::Removals;

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

/// How things stood when the directory was asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    at: Instant,
    removals: u64,
    doubts: u64,
    snapshots: u64,
    /// Up to which nothing had been missed.
    reached: i64,
    /// Of the tenant that was asked for by id.
    epoch: Option<i64>,
}

/// What came of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Applied {
    /// The cache is as the directory said; these connections are out of date now.
    Taken(Vec<Outdated>),
    /// There is no such tenant. These connections are out of date now.
    Absent(Option<Outdated>),
    /// What was heard of meanwhile may be newer, so the answer is thrown away.
    Overtaken,
}

/// Invariant: a name leads to a tenant that has it in `routes`, or nowhere.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    routes: HashMap<TenantId, Arc<Route>>,
    /// Since which epoch a tenant's connections have been good, if that is not its route's own.
    since: HashMap<TenantId, i64>,
    names: Names,
    absent: Absent,
    removals: Removals,
    doubts: Doubts,
    epoch: i64,
    snapshots: u64,
}

impl Cache {
    /// Whose site it is. Takes no lock, allocates nothing unless it is a miss.
    pub(crate) fn lookup(&self, site: &Site, now: impl FnOnce() -> Instant) -> Lookup {
        if let Some(route) = self.names.holder(site) {
            return if route.is_visible() {
                Lookup::Found(Arc::clone(route))
            } else {
                Lookup::Unknown
            };
        }
        match Key::of(site) {
            Some(key) if !self.absent.has(&key, now()) => Lookup::Miss(key),
            Some(_) | None => Lookup::Unknown,
        }
    }

    /// A tenant's route, if it may be served.
    pub(crate) fn visible(&self, tenant: TenantId) -> Option<&Arc<Route>> {
        self.routes.get(&tenant).filter(|it| it.is_visible())
    }

    /// The same, with the epoch that its connections go by: that of the last change which they do not outlive.
    pub(crate) fn connectable(&self, tenant: TenantId) -> Option<(Arc<Route>, i64)> {
        let route = self.visible(tenant)?;
        Some((Arc::clone(route), self.since(route)))
    }

    fn since(&self, route: &Route) -> i64 {
        self.since.get(&route.tenant).copied().unwrap_or(route.epoch)
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

    /// The tenant has this epoch now, it was said; or it is no more.
    pub(crate) fn apply_hint(&mut self, hint: Changed) {
        if self.epoch_of(hint.tenant).is_none_or(|it| it < hint.epoch) {
            self.doubts.raise(hint.tenant);
        }
    }

    /// The directory could not be asked for this tenant.
    pub(crate) fn put_off(&mut self, tenant: TenantId) {
        self.doubts.put_off(tenant);
    }

    /// Who has to be asked for by id, at most so many.
    pub(crate) fn doubtful(&self, max: usize) -> Vec<TenantId> {
        self.doubts.first(max)
    }

    /// To be noted before the directory is asked, for the answer to be taken over with.
    pub(crate) fn asking(&self, now: Instant) -> Asked {
        Asked {
            at: now,
            removals: self.removals.count(),
            doubts: self.doubts.count(),
            snapshots: self.snapshots,
            reached: self.epoch,
            epoch: None,
        }
    }

    /// The same for a question for one route.
    pub(crate) fn asking_for(&self, key: &Key, now: Instant) -> Asked {
        let epoch = match key {
            Key::Tenant(tenant) => self.epoch_of(*tenant),
            Key::Subdomain(_) | Key::Hostname(_) => None,
        };
        Asked { epoch, ..self.asking(now) }
    }

    /// Takes over everything: who is not in the snapshot is no more. What is known to be newer stays,
    /// and is asked for if the snapshot cannot tell.
    pub(crate) fn apply_snapshot(&mut self, snapshot: &Snapshot, asked: Asked) -> Applied {
        if self.is_overtaken(snapshot.routes.iter().map(|it| &**it), asked) {
            return Applied::Overtaken;
        }
        self.snapshots += 1;
        self.doubts.settle_all(asked.doubts);
        self.reach(snapshot.epoch);
        let mut outdated = Vec::new();
        let mut missing: HashMap<_, _> =
            self.routes.iter().map(|(id, it)| (*id, it.epoch)).collect();
        for route in &snapshot.routes {
            missing.remove(&route.tenant);
            outdated.extend(self.apply_route(route));
        }
        for (tenant, epoch) in missing {
            if epoch <= snapshot.epoch {
                outdated.extend(self.remove(tenant, epoch));
            } else {
                // Newer than the snapshot, or deleted when it was the newest of all.
                self.doubts.raise(tenant);
            }
        }
        Applied::Taken(outdated)
    }

    /// Takes over the next changes in the order of epochs.
    pub(crate) fn apply_changes(&mut self, changes: &[Change], asked: Asked) -> Applied {
        let routes = changes.iter().filter_map(|it| match it {
            Change::Route(route) => Some(&**route),
            Change::Gone { .. } => None,
        });
        if self.is_overtaken(routes, asked) {
            return Applied::Overtaken;
        }
        let outdated = changes.iter().filter_map(|change| match change {
            Change::Route(route) => {
                self.reach(route.epoch);
                self.apply_route(route)
            }
            Change::Gone { tenant, epoch } => {
                self.reach(*epoch);
                self.remove(*tenant, *epoch)
            }
        });
        Applied::Taken(outdated.collect())
    }

    /// Takes over a route that was asked for on its own, so it says nothing of the epochs before it.
    pub(crate) fn apply_fetched(
        &mut self,
        key: Key,
        route: Option<Route>,
        asked: Asked,
        now: Instant,
    ) -> Applied {
        let Some(route) = route else { return self.apply_absence(key, asked, now) };
        if self.is_overtaken(std::iter::once(&route), asked) {
            return Applied::Overtaken;
        }
        if let Key::Tenant(tenant) = key {
            self.doubts.settle(tenant, asked.doubts);
        }
        Applied::Taken(self.apply_route(&Arc::new(route)).into_iter().collect())
    }

    /// Whether an answer may have somebody who is no more.
    fn is_overtaken<'a>(
        &self,
        mut routes: impl Iterator<Item = &'a Route> + Clone,
        asked: Asked,
    ) -> bool {
        // Everything, or everything up to an epoch, has been heard of while the answer was on its
        // way, and this tenant was not there. Who asks now and gets the same answer may believe it.
        let is_past = |epoch| asked.reached < epoch && epoch <= self.epoch;
        let has_vanished = |it: &Route| {
            self.epoch_of(it.tenant).is_none()
                && (asked.snapshots != self.snapshots || is_past(it.epoch))
        };
        self.removals.any_since(asked.removals, routes.clone().map(|it| it.tenant))
            || routes.any(has_vanished)
    }

    fn apply_absence(&mut self, key: Key, asked: Asked, now: Instant) -> Applied {
        match key {
            Key::Tenant(tenant) if self.epoch_of(tenant) > asked.epoch => Applied::Overtaken,
            Key::Tenant(tenant) => {
                self.doubts.settle(tenant, asked.doubts);
                Applied::Absent(self.remove(tenant, asked.epoch.unwrap_or_default()))
            }
            // Created meanwhile.
            key if self.names.has(&key) => Applied::Overtaken,
            key @ (Key::Subdomain(_) | Key::Hostname(_)) => {
                self.absent.insert(key, asked.at, now);
                Applied::Absent(None)
            }
        }
    }

    fn apply_route(&mut self, route: &Arc<Route>) -> Option<Outdated> {
        let tenant = route.tenant;
        match self.epoch_of(tenant) {
            Some(known) if known == route.epoch => return None,
            Some(known) if known > route.epoch => {
                let losers = self.names.outlive(route, self.epoch);
                self.doubt(losers);
                return None;
            }
            Some(_) | None => {}
        }
        let known = self.routes.insert(tenant, Arc::clone(route));
        let kept = known.as_ref().filter(|it| route.keeps_connections_of(it));
        match kept.map(|it| self.since(it)) {
            Some(since) => self.since.insert(tenant, since),
            None => self.since.remove(&tenant),
        };
        if let Some(known) = &known {
            self.names.release(known, self.epoch);
        }
        let losers = self.names.take(route);
        self.doubt(losers);
        self.absent.forget(&Key::Subdomain(route.subdomain.clone()));
        for hostname in &route.hostnames {
            self.absent.forget(&Key::Hostname(hostname.clone()));
        }
        (!self.since.contains_key(&tenant)).then_some(Outdated { tenant, epoch: route.epoch })
    }

    /// The tenant is no more, as of `epoch`.
    fn remove(&mut self, tenant: TenantId, epoch: i64) -> Option<Outdated> {
        if self.routes.get(&tenant).is_some_and(|it| it.epoch > epoch) {
            return None;
        }
        self.removals.push(tenant);
        let route = self.routes.remove(&tenant)?;
        self.since.remove(&tenant);
        self.names.release(&route, self.epoch);
        Some(Outdated { tenant, epoch: epoch.max(route.epoch + 1) })
    }

    fn doubt(&mut self, tenants: Vec<TenantId>) {
        for tenant in tenants {
            self.doubts.raise(tenant);
        }
    }

    /// Everything up to this epoch is known, or is about to be.
    fn reach(&mut self, epoch: i64) {
        self.epoch = self.epoch.max(epoch);
        self.names.settle(self.epoch);
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
