//! Slows down guessing. A few wrong passwords are free, then each costs a wait that doubles; the
//! tight limit is per account *and* address, so that a stranger's few guesses do not lock an owner
//! out, and two looser ones bound guessing from many addresses and over many accounts.
//!
//! Kept in this process's memory: a restart forgives, which is fine for a limit of this kind.

use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// Wrong passwords without a wait, for one account from one address.
const FREE_PAIR: u32 = 5;
/// The same for one account from anywhere, and for one address on any account.
const FREE_WIDE: u32 = 50;
/// The longest wait, and how long a failure is remembered.
const WAIT_MAX: SignedDuration = SignedDuration::from_mins(15);
/// About 2 MB; beyond it the oldest are forgotten first.
const ENTRIES_MAX: usize = 20_000;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Pair(String, IpAddr),
    Account(String),
    Address(IpAddr),
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    failures: u32,
    last: Timestamp,
}

/// The failures of late.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attempts(Arc<Mutex<HashMap<Key, Entry>>>);

/// One attempt: whose account, from where. Never empty; the tightest key first.
#[derive(Debug, Clone)]
pub(crate) struct Attempt(Vec<Key>);

impl Attempt {
    /// Where the address is not known, only the account is counted, and loosely: else one stranger
    /// would speak for all.
    pub(crate) fn new(email: &str, address: Option<IpAddr>) -> Self {
        let email = email.to_lowercase();
        let account = Key::Account(email.clone());
        match address {
            None => Self(vec![account]),
            Some(address) => Self(vec![Key::Pair(email, address), account, Key::Address(address)]),
        }
    }
}

impl Attempts {
    /// How long this attempt has to wait; `None` when it may be made now. It counts as failed from
    /// here on, so that parallel guesses are counted too; [`Self::succeeded`] takes that back.
    pub(crate) fn begin(&self, attempt: &Attempt, now: Timestamp) -> Option<SignedDuration> {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = attempt.0.iter().filter_map(|key| wait(key, *entries.get(key)?, now)).max();
        if wait.is_some() {
            return wait;
        }
        if entries.len() + attempt.0.len() > ENTRIES_MAX {
            forget(&mut entries, now);
        }
        for key in &attempt.0 {
            let entry = entries.entry(key.clone()).or_insert(Entry { failures: 0, last: now });
            if now.duration_since(entry.last) > WAIT_MAX {
                entry.failures = 0;
            }
            entry.failures = entry.failures.saturating_add(1);
            entry.last = now;
        }
        None
    }

    /// The password was right: this account is trusted from this address, and the wide counts lose
    /// the one that [`Self::begin`] added.
    pub(crate) fn succeeded(&self, attempt: &Attempt) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in &attempt.0 {
            if matches!(key, Key::Pair(..)) {
                entries.remove(key);
            } else if let Some(entry) = entries.get_mut(key) {
                entry.failures = entry.failures.saturating_sub(1);
            }
        }
    }
}

fn wait(key: &Key, entry: Entry, now: Timestamp) -> Option<SignedDuration> {
    let free = match key {
        Key::Pair(..) => FREE_PAIR,
        Key::Account(..) | Key::Address(..) => FREE_WIDE,
    };
    let over = entry.failures.checked_sub(free)?;
    let pause = SignedDuration::from_secs(1 << over.min(10)).min(WAIT_MAX);
    let left = pause - now.duration_since(entry.last);
    left.is_positive().then_some(left)
}

/// What is too old to matter goes; if that is not enough, the older half goes too.
fn forget(entries: &mut HashMap<Key, Entry>, now: Timestamp) {
    entries.retain(|_, entry| now.duration_since(entry.last) <= WAIT_MAX);
    if entries.len() > ENTRIES_MAX / 2 {
        let mut lasts: Vec<Timestamp> = entries.values().map(|it| it.last).collect();
        let middle = lasts.len() / 2;
        let (_, median, _) = lasts.select_nth_unstable(middle);
        let median = *median;
        entries.retain(|_, entry| entry.last > median);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWNER: [u8; 4] = [192, 0, 2, 1];
    const STRANGER: [u8; 4] = [198, 51, 100, 9];

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + second).unwrap()
    }

    fn attempt(email: &str, address: [u8; 4]) -> Attempt {
        Attempt::new(email, Some(address.into()))
    }

    #[test]
    fn five_are_free_then_the_wait_doubles() {
        let attempts = Attempts::default();
        let guess = attempt("owner@example.com", STRANGER);
        for _ in 0..5 {
            assert_eq!(attempts.begin(&guess, at(0)), None);
        }
        assert_eq!(attempts.begin(&guess, at(0)), Some(SignedDuration::from_secs(1)));
        assert_eq!(attempts.begin(&guess, at(1)), None);
        assert_eq!(attempts.begin(&guess, at(1)), Some(SignedDuration::from_secs(2)));
        assert_eq!(attempts.begin(&guess, at(1 + 16 * 60)), None);
    }

    #[test]
    fn a_stranger_does_not_lock_the_owner_out() {
        let attempts = Attempts::default();
        for _ in 0..20 {
            let _ignored = attempts.begin(&attempt("owner@example.com", STRANGER), at(0));
        }
        assert_eq!(attempts.begin(&attempt("OWNER@example.com", OWNER), at(0)), None);
    }

    #[test]
    fn a_right_password_forgives() {
        let attempts = Attempts::default();
        let own = attempt("owner@example.com", OWNER);
        for _ in 0..200 {
            assert_eq!(attempts.begin(&own, at(0)), None);
            attempts.succeeded(&own);
        }
    }

    #[test]
    fn one_address_cannot_try_every_account() {
        let attempts = Attempts::default();
        let waited = (0..100)
            .filter(|n| {
                attempts.begin(&attempt(&format!("{n}@example.com"), STRANGER), at(0)).is_some()
            })
            .count();
        assert_eq!(waited, 50);
    }

    #[test]
    fn without_an_address_only_the_account_is_counted() {
        let attempts = Attempts::default();
        let waited = |email: &str| {
            let guess = Attempt::new(email, None);
            (0..60).filter(|_| attempts.begin(&guess, at(0)).is_some()).count()
        };
        assert_eq!(waited("owner@example.com"), 10);
        assert_eq!(waited("engineer@example.com"), 10);
    }

    #[test]
    fn memory_is_bounded() {
        let attempts = Attempts::default();
        for n in 0..30_000_u32 {
            let address = n.to_be_bytes();
            let _ignored =
                attempts.begin(&attempt(&format!("{n}@example.com"), address), at(i64::from(n)));
        }
        assert!(attempts.0.lock().unwrap().len() <= ENTRIES_MAX);
    }
}
