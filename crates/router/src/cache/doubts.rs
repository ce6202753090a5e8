//! Tenants whose routes may not be right: who was told of, whose name is another's by now, who was not in
//! a snapshot that should have had them. Each has to be asked for.

use std::collections::BTreeMap;

use cloison_model::TenantId;

#[derive(Debug, Default)]
pub(super) struct Doubts {
    count: u64,
    open: BTreeMap<TenantId, Doubt>,
}

#[derive(Clone, Copy, Debug)]
struct Doubt {
    /// When it arose, or was put off, by the count.
    arisen: u64,
    failures: u32,
}

/// More do not arise between two snapshots unless the directory is down, and then the next snapshot
/// answers them all.
const DOUBTS_MAX: usize = 10_000;

/// How often in vain somebody is asked for. A directory that is down takes a snapshot when it is up
/// again; one that cannot tell of this tenant alone must not be asked for ever.
const FAILURES_MAX: u32 = 3;

impl Doubts {
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn raise(&mut self, tenant: TenantId) {
        if self.open.len() < DOUBTS_MAX || self.open.contains_key(&tenant) {
            self.count += 1;
            self.open.insert(tenant, Doubt { arisen: self.count, failures: 0 });
        }
    }

    /// The directory has answered for this tenant, to a question asked when there had been so
    /// many doubts. One that arose later needs another answer.
    pub(super) fn settle(&mut self, tenant: TenantId, count: u64) {
        if self.open.get(&tenant).is_some_and(|it| it.arisen <= count) {
            self.open.remove(&tenant);
        }
    }

    /// The same for all tenants.
    pub(super) fn settle_all(&mut self, count: u64) {
        self.open.retain(|_, it| it.arisen > count);
    }

    /// The directory has not answered. The others go first now.
    pub(super) fn put_off(&mut self, tenant: TenantId) {
        self.count += 1;
        if let Some(doubt) = self.open.get_mut(&tenant) {
            *doubt = Doubt { arisen: self.count, failures: doubt.failures + 1 };
            if doubt.failures >= FAILURES_MAX {
                self.open.remove(&tenant);
            }
        }
    }

    /// The oldest.
    pub(super) fn first(&self, max: usize) -> Vec<TenantId> {
        let mut open: Vec<_> = self.open.iter().collect();
        open.sort_unstable_by_key(|(_, it)| it.arisen);
        open.into_iter().take(max).map(|(tenant, _)| *tenant).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_cannot_be_asked_for_lets_the_others_go_first_and_is_given_up() {
        let [blue, green] = ["blue", "green"].map(TenantId::of_key);
        let mut doubts = Doubts::default();
        doubts.raise(blue);
        doubts.raise(green);
        assert_eq!(doubts.first(10), [blue, green]);
        doubts.put_off(blue);
        assert_eq!(doubts.first(1), [green]);
        doubts.put_off(blue);
        doubts.put_off(blue);
        assert_eq!(doubts.first(10), [green]);
        doubts.settle_all(1);
        assert_eq!(doubts.first(10), [green], "it arose later");
        doubts.settle_all(2);
        assert_eq!(doubts.first(10), []);
    }
}
