//! A row of values as an SVG path. Pure.

use std::fmt::Write;

use super::scale::Scale;

/// A stroke for each stretch without holes; a value between two holes is a dot.
pub(super) fn path(values: &[Option<f64>], across: Scale, up: Scale) -> String {
    let mut path = String::with_capacity(values.len() * 10);
    let mut before = None;
    for (stretch, value) in values.iter().enumerate() {
        let Some(value) = value.filter(|it| it.is_finite()) else {
            before = None;
            continue;
        };
        let at = (across.at(super::from_count(stretch)), up.at(value));
        let (x, y) = (super::place(at.0), super::place(at.1));
        let next = values.get(stretch + 1).copied().flatten().filter(|it| it.is_finite());
        let written = match (before, next) {
            // Round ends make it a dot.
            (None, None) => write!(path, "M{x} {y}h0"),
            (None, Some(_)) => write!(path, "M{x} {y}"),
            (Some(_), _) => write!(path, "L{x} {y}"),
        };
        written.expect("writing to a string does not fail");
        before = Some(at);
    }
    path
}
