//! Who was removed last, so that an answer from before does not bring anybody back.

use std::collections::{HashSet, VecDeque};

use cloison_model::TenantId;

#[derive(Debug, Default)]
pub(super) struct Removals {
    count: u64,
    latest: VecDeque<TenantId>,
}

/// More are not removed while one answer is on its way. If they are, the answer is thrown away,
/// whomever it is about.
const LATEST_MAX: usize = 1_000;

impl Removals {
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn push(&mut self, tenant: TenantId) {
        self.count += 1;
        if self.latest.len() == LATEST_MAX {
            self.latest.pop_front();
        }
        self.latest.push_back(tenant);
    }

    /// Whether one of them was removed after there had been `count` removals.
    pub(super) fn any_since(
        &self,
        count: u64,
        mut tenants: impl Iterator<Item = TenantId>,
    ) -> bool {
        let new = usize::try_from(self.count - count).unwrap_or(usize::MAX);
        if new > self.latest.len() {
            return true;
        }
        let new: HashSet<_> = self.latest.iter().rev().take(new).collect();
        !new.is_empty() && tenants.any(|it| new.contains(&it))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_and_not_before() {
        let [blue, green] = ["blue", "green"].map(TenantId::of_key);
        let mut removals = Removals::default();
        assert!(!removals.any_since(0, [blue].into_iter()));
        removals.push(blue);
        assert!(removals.any_since(0, [green, blue].into_iter()));
        assert!(!removals.any_since(0, [green].into_iter()));
        assert!(!removals.any_since(1, [blue].into_iter()));
        for _ in 0..LATEST_MAX {
            removals.push(green);
        }
        assert!(removals.any_since(0, [].into_iter()), "nobody knows");
        assert!(!removals.any_since(1, [blue].into_iter()));
    }
}
