//! Whose data a release is tried on, and whose tables are measured.

use super::ShadowLimits;
use crate::ids::ServerId;
use crate::rollout::RolloutDirection;

/// A tenant that the rollout is to migrate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShadowTenant {
    pub subdomain: String,
    pub number: i64,
    pub database: String,
    pub server: ServerId,
    /// Its schema's.
    pub version: i64,
    /// Its database's.
    pub bytes: u64,
}

/// The largest that may be copied, then the largest of those with the furthest way to go, then by size.
pub fn sample<'a>(
    tenants: &'a [ShadowTenant],
    direction: RolloutDirection,
    limits: &ShadowLimits,
) -> Vec<&'a ShadowTenant> {
    let mut left: Vec<_> = by_size(tenants.iter().filter(|it| it.bytes <= limits.copy_bytes_max));
    let mut chosen = Vec::new();
    while chosen.len() < limits.copies && !left.is_empty() {
        let next = if chosen.len() == 1 { furthest(&left, direction) } else { 0 };
        chosen.push(left.remove(next));
    }
    chosen
}

/// The largest of all, copied or not.
pub fn largest<'a>(tenants: &'a [ShadowTenant], limits: &ShadowLimits) -> Vec<&'a ShadowTenant> {
    let mut found = by_size(tenants.iter());
    found.truncate(limits.largest);
    found
}

/// Of equals, the older one first, so that the same fleet gives the same answer.
fn by_size<'a>(tenants: impl Iterator<Item = &'a ShadowTenant>) -> Vec<&'a ShadowTenant> {
    let mut sorted: Vec<_> = tenants.collect();
    sorted.sort_by_key(|it| (std::cmp::Reverse(it.bytes), it.number));
    sorted
}

/// The place of the first with the furthest way.
fn furthest(tenants: &[&ShadowTenant], direction: RolloutDirection) -> usize {
    let versions = tenants.iter().map(|it| it.version);
    let end = match direction {
        RolloutDirection::Up => versions.min(),
        RolloutDirection::Down => versions.max(),
    };
    tenants.iter().position(|it| Some(it.version) == end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// `(number, version, bytes)` each.
    fn tenants(rows: &[(i64, i64, u64)]) -> Vec<ShadowTenant> {
        let tenant = |(number, version, bytes): &(i64, i64, u64)| ShadowTenant {
            subdomain: format!("t{number}"),
            number: *number,
            database: format!("studio_{number}_db"),
            server: ServerId(Uuid::nil()),
            version: *version,
            bytes: *bytes,
        };
        rows.iter().map(tenant).collect()
    }

    fn check(rows: &[(i64, i64, u64)], direction: RolloutDirection, copies: usize) -> Vec<i64> {
        let limits = ShadowLimits { copies, copy_bytes_max: 100, ..ShadowLimits::default() };
        sample(&tenants(rows), direction, &limits).iter().map(|it| it.number).collect()
    }

    #[test]
    fn the_largest_that_may_be_copied_and_the_one_with_the_furthest_way() {
        let rows = [(1, 5, 10), (2, 3, 20), (3, 3, 30), (4, 5, 90), (5, 1, 101), (6, 6, 5)];
        assert_eq!(check(&rows, RolloutDirection::Up, 2), [4, 3]);
        assert_eq!(check(&rows, RolloutDirection::Down, 2), [4, 6]);
        assert_eq!(check(&rows, RolloutDirection::Up, 4), [4, 3, 2, 1]);
        assert_eq!(check(&rows, RolloutDirection::Up, 0), [0; 0]);
    }

    #[test]
    fn nobody_twice_and_nobody_too_large() {
        assert_eq!(check(&[(1, 1, 100)], RolloutDirection::Up, 2), [1]);
        assert_eq!(check(&[(1, 1, 101)], RolloutDirection::Up, 2), [0; 0]);
        assert_eq!(check(&[], RolloutDirection::Up, 2), [0; 0]);
    }

    #[test]
    fn the_largest_are_looked_at_whatever_their_size() {
        let all = tenants(&[(1, 1, 10), (2, 1, 1_000_000_000), (3, 1, 10), (4, 1, 20)]);
        let found = largest(&all, &ShadowLimits::default());
        assert_eq!(found.iter().map(|it| it.number).collect::<Vec<_>>(), [2, 4, 1]);
    }
}
