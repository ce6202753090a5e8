//! A piece of time with a beginning and an end after it. Half open, as the database's ranges are: what ends
//! at 18:00 leaves 18:00 free.

use jiff::{SignedDuration, Timestamp};

/// Invariant: `end` is after `start`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    start: Timestamp,
    end: Timestamp,
}

impl Span {
    /// `None` when the end is not after the start.
    pub fn new(start: Timestamp, end: Timestamp) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    pub fn start(self) -> Timestamp {
        self.start
    }

    pub fn end(self) -> Timestamp {
        self.end
    }

    pub fn duration(self) -> SignedDuration {
        self.end.duration_since(self.start)
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The same length at another time; `None` at the ends of what can be represented.
    pub fn starting_at(self, start: Timestamp) -> Option<Self> {
        let end = start.checked_add(self.duration()).ok()?;
        Some(Self { start, end })
    }

    /// Wider by this much before and after, neither of them negative.
    pub fn widened(self, before: SignedDuration, after: SignedDuration) -> Option<Self> {
        let start = self.start.checked_sub(before).ok()?;
        let end = self.end.checked_add(after).ok()?;
        Self::new(start, end)
    }
}
