//! What is logged: what the user asks for, and never what could hold a secret or a row.

use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::Context;
use tracing_subscriber::{EnvFilter, Layer};

/// The user's filter, and beside it two rules that no filter changes:
///
/// - Of libraries only warnings are told. Below, they speak of what passes through them: statements, headers, contents.
/// - Our own spans are always there, so that a line says which request or operation it belongs to, whatever else is told of those.
pub(crate) struct Filter {
    said: EnvFilter,
    /// Whether it speaks of spans; else it need not be told of each.
    knows_spans: bool,
}

/// What libraries may say at most.
const LIBRARIES_MAX: Level = Level::WARN;

impl Filter {
    pub(crate) fn new(text: &str) -> Self {
        Self { said: EnvFilter::new(text), knows_spans: text.contains('[') }
    }
}

/// Whether the text says something that can be logged by.
pub fn is_filter(text: &str) -> bool {
    EnvFilter::builder().parse(text).is_ok()
}

/// What is known before the filter is asked.
fn rule(metadata: &Metadata<'_>) -> Option<bool> {
    let is_ours = metadata.target().starts_with("cloison");
    match (is_ours, metadata.is_span()) {
        (true, true) => Some(true),
        (true, false) => None,
        // Others' spans would put their fields into our lines.
        (false, true) => Some(false),
        (false, false) => (*metadata.level() > LIBRARIES_MAX).then_some(false),
    }
}

impl<S: Subscriber> Layer<S> for Filter {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        // It notes the spans that its directives name.
        let said = Layer::<S>::register_callsite(&self.said, metadata);
        match rule(metadata) {
            Some(true) => Interest::always(),
            Some(false) => Interest::never(),
            None => said,
        }
    }

    fn enabled(&self, metadata: &Metadata<'_>, context: Context<'_, S>) -> bool {
        rule(metadata).unwrap_or_else(|| self.said.enabled(metadata, context))
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        // The level of our spans.
        Layer::<S>::max_level_hint(&self.said).map(|it| it.max(LevelFilter::INFO))
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if self.knows_spans {
            self.said.on_new_span(attributes, id, context);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if self.knows_spans {
            self.said.on_record(id, values, context);
        }
    }

    fn on_enter(&self, id: &Id, context: Context<'_, S>) {
        if self.knows_spans {
            self.said.on_enter(id, context);
        }
    }

    fn on_exit(&self, id: &Id, context: Context<'_, S>) {
        if self.knows_spans {
            self.said.on_exit(id, context);
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        if self.knows_spans {
            self.said.on_close(id, context);
        }
    }
}
