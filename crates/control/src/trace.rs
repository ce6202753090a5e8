//! What caused the work under way, so that whatever it orders can say so: to other processes by a header, to later ones by a row.
//!
//! A span that has an id here has it in the log, in what is exported, and in what is sent, since all of them are told it by
//! whoever begins the span.

use cloison_model::TraceParent;
use tracing::{Instrument, Span};

use crate::master_key::random_bytes;

tokio::task_local! {
    /// The span that this task is in.
    static CURRENT: TraceParent;
}

/// The span that this work is in; none for what nobody has asked for.
pub fn current() -> Option<TraceParent> {
    CURRENT.try_with(|it| *it).ok()
}

/// A new span below this one, or the first one of a new trace.
pub fn below(parent: Option<TraceParent>) -> TraceParent {
    match parent {
        Some(parent) => parent.child(random_bytes()),
        None => TraceParent::begin(random_bytes(), random_bytes()),
    }
}

/// Does the work as this span, which is `here`.
pub async fn within<T>(here: TraceParent, span: Span, work: impl Future<Output = T>) -> T {
    CURRENT.scope(here, work.instrument(span)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_knows_what_it_is_part_of() {
        assert_eq!(current(), None);
        let outer = below(None);
        let inner = below(Some(outer));
        assert_eq!(inner.trace, outer.trace);
        assert_ne!(inner.span, outer.span);
        within(outer, Span::none(), async {
            assert_eq!(current(), Some(outer));
            within(inner, Span::none(), async { assert_eq!(current(), Some(inner)) }).await;
            assert_eq!(current(), Some(outer));
        })
        .await;
        assert_eq!(current(), None);
    }
}
