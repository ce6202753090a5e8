//! A span, while it is open and after that.

use cloison_model::{SpanId, TraceParent};
use jiff::Timestamp;

use crate::fields::{Fields, Value};

/// The fields by which a span that another process knows of says where it stands: `here` is its own `traceparent`, `parent` that of
/// whoever caused it, if somebody did. Both are read, and not told as fields.
const HERE: &str = "here";
const PARENT: &str = "parent";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) here: TraceParent,
    pub(crate) parent: Option<SpanId>,
}

#[derive(Debug)]
pub(crate) struct Open {
    /// None of a span that belongs to no trace.
    pub(crate) position: Option<Position>,
    pub(crate) fields: Fields,
    pub(crate) began: Timestamp,
}

#[derive(Debug)]
pub(crate) struct Closed {
    pub(crate) name: &'static str,
    pub(crate) position: Position,
    pub(crate) fields: Fields,
    pub(crate) began: Timestamp,
    pub(crate) ended: Timestamp,
}

impl Open {
    /// `above` is the position of the span that this one is in, and `dice` is for an id of its own.
    pub(crate) fn new(
        mut fields: Fields,
        above: Option<Position>,
        now: Timestamp,
        dice: impl FnOnce() -> [u8; 8],
    ) -> Self {
        let mut taken = |name| match fields.take(name) {
            Some(Value::Text(text)) => text.parse::<TraceParent>().ok(),
            _ => None,
        };
        let (here, parent) = (taken(HERE), taken(PARENT));
        let position = match (here, above) {
            (Some(here), _) => Some(Position { here, parent: parent.map(|it| it.span) }),
            (None, Some(above)) => {
                let parent = Some(above.here.span);
                Some(Position { here: above.here.child(dice()), parent })
            }
            (None, None) => None,
        };
        Self { position, fields, began: now }
    }

    /// Nothing of one that belongs to no trace.
    pub(crate) fn close(self, name: &'static str, now: Timestamp) -> Option<Closed> {
        let Self { position, fields, began } = self;
        Some(Closed { name, position: position?, fields, began, ended: now })
    }
}
