//! Who is given which export just now, and who was within the hour. Of this process alone.
//!
//! A link can be sent on, and whoever has it can ask as often as they like: each time all that comes before is read and decrypted, and the
//! audit log can never be cleaned. So both have a limit.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use uuid::Uuid;

/// Downloads of one export at a time: a person has one, a program that takes it in parts a few.
const AT_ONCE_MAX: usize = 4;
/// Who goes on with a download within this time is in the audit log already.
const TOLD_FOR: Duration = Duration::from_hours(1);

#[derive(Clone, Debug, Default)]
pub(crate) struct Downloads(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    under_way: HashMap<Uuid, usize>,
    /// By export and actor.
    told: HashMap<(Uuid, String), Instant>,
}

/// One download; over when it is dropped.
#[derive(Debug)]
pub(super) struct Ticket {
    downloads: Downloads,
    export: Uuid,
}

impl Downloads {
    /// None if too many are under way.
    pub(super) fn begin(&self, export: Uuid) -> Option<Ticket> {
        let mut state = self.lock();
        let count = state.under_way.entry(export).or_default();
        if *count >= AT_ONCE_MAX {
            return None;
        }
        *count += 1;
        Some(Ticket { downloads: self.clone(), export })
    }

    /// Whether it is still to be written down that somebody is given an export.
    pub(super) fn is_news(&self, export: Uuid, actor: &str, now: Instant) -> bool {
        let mut state = self.lock();
        state.told.retain(|_, at| now.duration_since(*at) < TOLD_FOR);
        !state.told.contains_key(&(export, actor.to_owned()))
    }

    /// It is written down.
    pub(super) fn told(&self, export: Uuid, actor: &str, now: Instant) {
        self.lock().told.insert((export, actor.to_owned()), now);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut state = self.downloads.lock();
        let left = state.under_way.get_mut(&self.export).map(|it| {
            *it -= 1;
            *it
        });
        if left == Some(0) {
            state.under_way.remove(&self.export);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_at_once_and_whoever_ends_makes_room() {
        let (downloads, one, other) = (Downloads::default(), Uuid::from_u128(1), Uuid::nil());
        let mut tickets: Vec<_> = (0..AT_ONCE_MAX).map(|_| downloads.begin(one)).collect();
        assert!(tickets.iter().all(Option::is_some));
        assert!(downloads.begin(one).is_none());
        assert!(downloads.begin(other).is_some(), "another is another");
        tickets.pop();
        assert!(downloads.begin(one).is_some());
        drop(tickets);
        assert!(downloads.lock().under_way.is_empty(), "nothing is remembered");
    }

    #[test]
    fn told_once_an_hour() {
        let (downloads, export, now) = (Downloads::default(), Uuid::nil(), Instant::now());
        assert!(downloads.is_news(export, "kim", now));
        downloads.told(export, "kim", now);
        assert!(!downloads.is_news(export, "kim", now + TOLD_FOR / 2));
        assert!(downloads.is_news(export, "alex", now));
        assert!(downloads.is_news(export, "kim", now + TOLD_FOR));
        assert!(downloads.lock().told.is_empty(), "nothing is remembered");
    }
}
