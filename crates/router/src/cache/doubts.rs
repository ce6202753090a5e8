//! Tenants whose routes may not be right: who was told of, whose name is another's by now, who was not in
//! a snapshot that should have had them. Each has to be asked for.

use std::collections::BTreeMap;

use cloison_model::TenantId;

#[derive(Debug, Default)]
pub(super) struct Doubts {
    count: u64,
    /// When each arose, by this count.
    arisen: BTreeMap<TenantId, u64>,
}

/// More do not arise between two snapshots unless the directory is down, and then the next snapshot
/// answers them all.
const DOUBTS_MAX: usize = 10_000;

impl Doubts {
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn raise(&mut self, tenant: TenantId) {
        if self.arisen.len() < DOUBTS_MAX || self.arisen.contains_key(&tenant) {
            self.count += 1;
            self.arisen.insert(tenant, self.count);
        }
    }

    /// The directory has answered for this tenant, to a question asked when there had been so
    /// many doubts. One that arose later needs another answer.
    pub(super) fn settle(&mut self, tenant: TenantId, count: u64) {
        if self.arisen.get(&tenant).is_some_and(|&arisen| arisen <= count) {
            self.arisen.remove(&tenant);
        }
    }

    pub(super) fn first(&self, max: usize) -> Vec<TenantId> {
        self.arisen.keys().copied().take(max).collect()
    }
}
