//! Spans as OTLP has them. Names are those of OpenTelemetry's conventions where these have one, else begin with `cloison.`.

use jiff::Timestamp;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{AnyValue, InstrumentationScope, KeyValue, any_value};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span, Status};
use prost::Message as _;

use crate::fields::{Fields, Value};
use crate::span::Closed;

pub(super) fn encode(batch: &[Closed], service_name: &str, instance: &str) -> Vec<u8> {
    let text =
        |name: &str, value: &str| attribute(name, any_value::Value::StringValue(value.to_owned()));
    let resource = Resource {
        attributes: vec![
            text("service.name", service_name),
            text("service.version", env!("CARGO_PKG_VERSION")),
            text("service.instance.id", instance),
        ],
        ..Resource::default()
    };
    let scope =
        InstrumentationScope { name: "cloison".to_owned(), ..InstrumentationScope::default() };
    let scope_spans = ScopeSpans {
        scope: Some(scope),
        spans: batch.iter().map(span).collect(),
        ..ScopeSpans::default()
    };
    let resource_spans = ResourceSpans {
        resource: Some(resource),
        scope_spans: vec![scope_spans],
        ..ResourceSpans::default()
    };
    ExportTraceServiceRequest { resource_spans: vec![resource_spans] }.encode_to_vec()
}

fn span(it: &Closed) -> Span {
    let here = it.position.here;
    Span {
        trace_id: here.trace.bytes().to_vec(),
        span_id: here.span.bytes().to_vec(),
        parent_span_id: it.position.parent.map(|it| it.bytes().to_vec()).unwrap_or_default(),
        name: name(it),
        kind: kind(it.name).into(),
        start_time_unix_nano: nanoseconds(it.began),
        end_time_unix_nano: nanoseconds(it.ended),
        attributes: it.fields.iter().map(|(name, value)| of_field(name, value)).collect(),
        status: Some(status(&it.fields)),
        ..Span::default()
    }
}

/// What a person reads in a list of spans. Few enough to be counted by.
fn name(it: &Closed) -> String {
    let field = |name| it.fields.text(name).unwrap_or_default();
    match it.name {
        "request" => format!("{} {}", field("method"), field("route")),
        "operation" => format!("operation {}", field("kind")),
        "step" => format!("step {}", field("step")),
        other => other.to_owned(),
    }
}

fn kind(name: &str) -> SpanKind {
    match name {
        "request" => SpanKind::Server,
        "webhook" => SpanKind::Client,
        _ => SpanKind::Internal,
    }
}

/// Whether it went wrong, and that was our fault or our work. Why is in the log and in the operation, which fewer people may read.
fn status(fields: &Fields) -> Status {
    let has_failed = match (fields.get("status"), fields.text("outcome")) {
        (Some(Value::Whole(status)), _) => *status >= 500,
        (_, outcome) => matches!(outcome, Some("failed" | "FAILED")),
    };
    let code = if has_failed { StatusCode::Error } else { StatusCode::Unset };
    Status { code: code.into(), ..Status::default() }
}

fn of_field(name: &str, value: &Value) -> KeyValue {
    let value = match value {
        Value::Text(text) => any_value::Value::StringValue(text.clone()),
        Value::Whole(number) => any_value::Value::IntValue(*number),
        Value::Real(number) => any_value::Value::DoubleValue(*number),
        Value::Flag(flag) => any_value::Value::BoolValue(*flag),
    };
    match name {
        "method" => attribute("http.request.method", value),
        "route" => attribute("http.route", value),
        "status" => attribute("http.response.status_code", value),
        name => attribute(&format!("cloison.{name}"), value),
    }
}

fn attribute(key: &str, value: any_value::Value) -> KeyValue {
    let value = Some(AnyValue { value: Some(value) });
    KeyValue { key: key.to_owned(), value, ..KeyValue::default() }
}

/// A clock before 1970 counts as then.
fn nanoseconds(at: Timestamp) -> u64 {
    u64::try_from(at.as_nanosecond()).unwrap_or_default()
}
