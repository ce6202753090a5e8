//! Names that are nobody's, for a short time.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use crate::directory::Key;

#[derive(Debug, Default)]
pub(super) struct Absent {
    until: HashMap<Key, Instant>,
    /// Each key once, but for those that were forgotten and came again.
    oldest_first: VecDeque<Key>,
}

/// How long a name that is nobody's is believed to be so: long enough to blunt a client that
/// asks in a loop, short enough that a new tenant's first visitor does not notice.
pub(super) const ABSENT_FOR: Duration = Duration::from_secs(2);

/// How many such names are kept; at 100 bytes each, a megabyte.
pub(super) const ABSENT_MAX: usize = 10_000;

impl Absent {
    pub(super) fn has(&self, key: &Key, now: Instant) -> bool {
        self.until.get(key).is_some_and(|&it| now < it)
    }

    /// The name was nobody's when the directory was asked, at `asked`. A slow answer is true for
    /// so much less time.
    pub(super) fn insert(&mut self, key: Key, asked: Instant, now: Instant) {
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
        let until = asked + ABSENT_FOR;
        if until > now && self.until.insert(key.clone(), until).is_none() {
            self.oldest_first.push_back(key);
        }
    }

    pub(super) fn forget(&mut self, key: &Key) {
        self.until.remove(key);
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.until.len()
    }
}
