//! Who is where when, so that nothing invented is in two places at once. The same rule as the database's, kept
//! here because a refused row would stop the loading of all.

use std::collections::BTreeMap;

use jiff::Timestamp;
use uuid::Uuid;

use crate::booking::Span;

#[derive(Default)]
pub(super) struct Timetable(BTreeMap<(Uuid, Timestamp), Timestamp>);

impl Timetable {
    /// What is in the way of `span`, if anything.
    pub(super) fn blocker(&self, resource: Uuid, span: Span) -> Option<Span> {
        // What is entered never overlaps, so only the last to begin before the end can be in the way.
        let before_end = (resource, Timestamp::MIN)..(resource, span.end());
        let (&(_, start), &end) = self.0.range(before_end).next_back()?;
        Span::new(start, end).filter(|busy| busy.overlaps(span))
    }

    pub(super) fn is_free(&self, resource: Uuid, span: Span) -> bool {
        self.blocker(resource, span).is_none()
    }

    pub(super) fn enter(&mut self, resource: Uuid, span: Span) {
        self.0.insert((resource, span.start()), span.end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_do_not_block() {
        let at = |hour: i64| Timestamp::from_second(hour * 3600).unwrap();
        let span = |from, to| Span::new(at(from), at(to)).unwrap();
        let (room, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let mut timetable = Timetable::default();
        timetable.enter(room, span(10, 14));
        timetable.enter(room, span(16, 20));

        assert!(timetable.is_free(room, span(14, 16)));
        assert!(timetable.is_free(room, span(20, 24)));
        assert!(timetable.is_free(other, span(10, 14)));
        assert_eq!(timetable.blocker(room, span(8, 11)), Some(span(10, 14)));
        assert_eq!(timetable.blocker(room, span(11, 12)), Some(span(10, 14)));
        assert_eq!(timetable.blocker(room, span(8, 24)), Some(span(16, 20)));
    }
}
