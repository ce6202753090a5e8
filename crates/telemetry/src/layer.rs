//! What `tracing` hears, made into lines and spans.

use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use crate::fields::Fields;
use crate::line::{Line, LogFormat};
use crate::otlp::Exporter;
use crate::span::Open;

/// How lines look, and where spans go. Both can be said later than the first line.
pub(crate) struct Look {
    is_json: AtomicBool,
    is_coloured: bool,
    exporter: OnceLock<Exporter>,
}

impl Look {
    pub(crate) fn new(format: LogFormat, is_coloured: bool) -> Self {
        let is_json = AtomicBool::new(format == LogFormat::Json);
        Self { is_json, is_coloured, exporter: OnceLock::new() }
    }

    pub(crate) fn set(&self, format: LogFormat) {
        self.is_json.store(format == LogFormat::Json, Ordering::Relaxed);
    }

    /// The first one stays.
    pub(crate) fn export(&self, exporter: Exporter) {
        self.exporter.get_or_init(|| exporter);
    }

    pub(crate) fn exporter(&self) -> Option<&Exporter> {
        self.exporter.get()
    }

    fn format(&self) -> LogFormat {
        if self.is_json.load(Ordering::Relaxed) { LogFormat::Json } else { LogFormat::Text }
    }
}

pub(crate) struct Telling<W> {
    look: Arc<Look>,
    write: W,
}

impl<W: Fn(&[u8])> Telling<W> {
    pub(crate) fn new(look: Arc<Look>, write: W) -> Self {
        Self { look, write }
    }
}

impl<S, W> Layer<S> for Telling<W>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: Fn(&[u8]) + 'static,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        let above =
            span.parent().and_then(|it| it.extensions().get::<Open>().and_then(|it| it.position));
        span.extensions_mut().insert(Open::new(fields, above, Timestamp::now(), dice));
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(open) = span.extensions_mut().get_mut::<Open>() {
            values.record(&mut open.fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let message = fields.take("message").map(|it| it.to_string()).unwrap_or_default();
        let mut position = None;
        for span in context.event_scope(event).into_iter().flatten() {
            if let Some(open) = span.extensions().get::<Open>() {
                fields.add_missing(&open.fields);
                position = position.or(open.position);
            }
        }
        let metadata = event.metadata();
        let line = Line {
            at: Timestamp::now(),
            level: *metadata.level(),
            target: metadata.target(),
            message: &message,
            fields: &fields,
            position,
        };
        (self.write)(line.write(self.look.format(), self.look.is_coloured).as_bytes());
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(exporter) = self.look.exporter() else { return };
        let Some(span) = context.span(&id) else { return };
        let open = span.extensions_mut().remove::<Open>();
        if let Some(closed) = open.and_then(|it| it.close(span.name(), Timestamp::now())) {
            exporter.take(closed);
        }
    }
}

fn dice() -> [u8; 8] {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).expect("the system has a random source");
    bytes
}

#[cfg(test)]
mod tests;
