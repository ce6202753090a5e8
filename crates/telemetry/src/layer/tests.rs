//! What is written, for what was said.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use tracing::field::Empty;
use tracing::{debug, error, info, info_span, trace, warn};
use tracing_subscriber::layer::SubscriberExt as _;

use super::{Look, Telling};
use crate::filter::Filter;
use crate::line::LogFormat;

const HERE: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

/// The lines that come of it, each without its time.
fn check(filter: &str, format: LogFormat, work: impl FnOnce()) -> Vec<String> {
    let written = Arc::new(Mutex::new(Vec::new()));
    let pen = Arc::clone(&written);
    let telling = Telling::new(Arc::new(Look::new(format, false)), move |line: &[u8]| {
        pen.lock().unwrap().extend_from_slice(line);
    });
    let subscriber = tracing_subscriber::registry().with(Filter::new(filter)).with(telling);
    tracing::subscriber::with_default(subscriber, work);
    let text = String::from_utf8(written.lock().unwrap().clone()).unwrap();
    text.lines()
        .map(|line| match format {
            LogFormat::Text => line[28..].to_owned(),
            LogFormat::Json => line.to_owned(),
        })
        .collect()
}

#[test]
fn a_line_says_what_it_belongs_to() {
    let lines = check("info", LogFormat::Text, || {
        info!("before");
        info_span!("request", here = HERE, method = "GET", tenant = Empty).in_scope(|| {
            tracing::Span::current().record("tenant", "blue");
            info_span!("inner", step = "one two").in_scope(|| {
                warn!(tenant = "red", seconds = 1.5, "as {} says", "it");
            });
            info!("after");
        });
    });
    let trace = "trace_id=4bf92f3577b34da6a3ce929d0e0e4736";
    assert_eq!(
        lines,
        [
            " INFO before".to_owned(),
            format!(" WARN as it says tenant=red seconds=1.5 step=\"one two\" method=GET {trace}"),
            format!(" INFO after method=GET tenant=blue {trace}"),
        ]
    );
}

#[test]
fn for_programs_a_line_is_one_flat_object() {
    let lines = check("info", LogFormat::Json, || {
        info_span!("request", here = HERE, status = 200, level = "mine").in_scope(|| {
            info!(is_fast = true, nothing = f64::NAN, "a \"quoted\"\nline");
        });
    });
    let object: Value = serde_json::from_str(&lines[0]).unwrap();
    assert_eq!(object["level"], "INFO", "no field takes the place of what every line has");
    assert_eq!(object["target"], "cloison_telemetry::layer::tests");
    assert_eq!(object["message"], "a \"quoted\"\nline");
    assert_eq!(object["trace_id"], "4bf92f3577b34da6a3ce929d0e0e4736");
    assert_eq!(object["span_id"], "00f067aa0ba902b7");
    assert_eq!((&object["status"], &object["is_fast"]), (&200.into(), &true.into()));
    assert_eq!(object["nothing"], "NaN");
    assert!(object["timestamp"].as_str().unwrap().ends_with('Z'));
    assert_eq!(lines.len(), 1);
}

#[test]
fn a_span_below_has_an_id_of_its_own_in_the_same_trace() {
    let lines = check("info", LogFormat::Json, || {
        info_span!("a", here = HERE).in_scope(|| info_span!("b").in_scope(|| info!("x")));
        // A span that stands on its own is in no trace.
        info_span!("b").in_scope(|| info!("y"));
    });
    let object: Value = serde_json::from_str(&lines[0]).unwrap();
    assert_eq!(object["trace_id"], HERE[3..35]);
    assert_ne!(object["span_id"], HERE[36..52]);
    assert!(!lines[1].contains("trace_id"), "{}", lines[1]);
}

#[test]
fn no_filter_makes_a_library_talk() {
    let said = || {
        trace!(target: "tokio_postgres::query", "a statement");
        debug!(target: "hyper::proto", "a header");
        info!(target: "tokio_postgres::connection", "NOTICE: a row");
        warn!(target: "hyper::proto", "is broken");
        info_span!(target: "hyper::proto", "request", secret = 1).in_scope(|| info!("ours"));
        trace!("ours too");
    };
    for filter in ["trace", "tokio_postgres=trace,hyper=trace,trace", "info,[request]=trace"] {
        let lines = check(filter, LogFormat::Text, said);
        assert!(
            lines.starts_with(&[" WARN is broken".to_owned(), " INFO ours".to_owned()]),
            "{filter}: {lines:?}"
        );
        assert!(lines.len() <= 3, "{filter}: {lines:?}");
    }
}

#[test]
fn one_request_can_be_looked_at_alone() {
    let lines = check("error,[request{tenant=blue}]=debug", LogFormat::Text, || {
        for tenant in ["blue", "red"] {
            info_span!("request", here = HERE, tenant).in_scope(|| debug!("of {tenant}"));
        }
        error!("of nobody");
    });
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].starts_with("DEBUG of blue"), "{lines:?}");
}

#[derive(Debug)]
struct Refused(Option<Box<Self>>);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Some(_) => f.write_str("db error"),
            None => f.write_str(
                "ERROR: duplicate key\nDETAIL: Key (email)=(kim@example.com) already exists.",
            ),
        }
    }
}

impl std::error::Error for Refused {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.as_ref().map(|it| &**it as _)
    }
}

#[test]
fn a_row_that_an_error_quotes_is_left_out_however_it_is_logged() {
    for format in [LogFormat::Text, LogFormat::Json] {
        let lines = check("trace", format, || {
            let error = Refused(Some(Box::new(Refused(None))));
            let inner = Refused(None);
            warn!(error = &error as &dyn std::error::Error, "a");
            warn!(%inner, "b");
            warn!("c: {inner}");
            info_span!("d", %inner).in_scope(|| warn!("d"));
        });
        assert_eq!(lines.len(), 4);
        for line in lines {
            assert!(line.contains("duplicate key"), "{line}");
            assert!(!line.contains("kim"), "{line}");
        }
    }
}

#[test]
fn nobody_who_is_quoted_begins_a_line() {
    let lines = check("info", LogFormat::Text, || info!("a\nERROR b\u{1b}[31m\r"));
    assert_eq!(lines, [" INFO a\\nERROR b\\u{1b}[31m\\r"]);
}
