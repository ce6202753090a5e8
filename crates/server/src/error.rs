//! How an error of the API becomes an answer.

use std::fmt;

use axum::response::{IntoResponse, Response};
use cloison_api::{Code, LintFinding, PROBLEM_CONTENT_TYPE, Problem};
use cloison_control::backups::NotConfigured;
use cloison_control::trace;
use cloison_model::may_quote_a_row;
use http::{HeaderValue, StatusCode, header};
use tokio_postgres::error::DbError;

/// When to ask again where nothing better is known.
const RETRY_SECONDS: i64 = 5;

/// What a client is told. Nothing else reaches a response body.
///
/// There is no `From<anyhow::Error>`: a message is public only where someone wrote it so.
#[derive(Debug)]
pub(crate) struct ApiError {
    problem: Box<Problem>,
    retry_after_seconds: Option<i64>,
    /// Logged once, when the answer is made.
    cause: Option<anyhow::Error>,
}

impl ApiError {
    pub(crate) fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            problem: Box::new(Problem::new(code, detail)),
            retry_after_seconds: None,
            cause: None,
        }
    }

    pub(crate) fn of_field(self, field: &str, rule: &str) -> Self {
        Self { problem: Box::new(self.problem.of_field(field, rule)), ..self }
    }

    /// What the lint says of the migrations that are refused.
    pub(crate) fn with_findings(mut self, findings: Vec<LintFinding>) -> Self {
        self.problem.findings = findings;
        self
    }

    /// When the same request may be sent again.
    pub(crate) fn retry_after(self, seconds: i64) -> Self {
        Self { retry_after_seconds: Some(seconds), ..self }
    }

    /// For who is no client of the API, but a program of ours. The cause is logged here.
    pub(crate) fn into_problem(mut self) -> Problem {
        let status = self.problem.status;
        self.note(format_args!("refusing an application with {status}"));
        *self.problem
    }

    /// Says where it is in the log, and puts the cause there.
    fn note(&mut self, what: fmt::Arguments<'_>) {
        self.problem.trace_id = trace::current().map(|it| it.trace.to_string());
        if let Some(cause) = &self.cause {
            tracing::error!("{what}: {}", log_words(cause));
        }
    }

    pub(crate) fn not_found(what: impl Into<String>) -> Self {
        Self::new(Code::NotFound, what)
    }

    /// Its words are written for operators.
    pub(crate) fn not_configured(error: NotConfigured) -> Self {
        Self::new(Code::NotConfigured, sentence(&error.to_string()))
    }

    /// Our fault: the client learns that, the log learns why.
    pub(crate) fn internal(cause: impl Into<anyhow::Error>) -> Self {
        let detail =
            "The request was understood, but answering it failed. It is in the log; try again.";
        Self { cause: Some(cause.into()), ..Self::new(Code::Internal, detail) }
    }

    pub(crate) fn unavailable(cause: impl Into<anyhow::Error>) -> Self {
        let detail =
            "The control database cannot be reached. Studios keep working; try again in a moment.";
        Self { cause: Some(cause.into()), ..Self::new(Code::Unavailable, detail) }
    }
}

impl From<cloison_catalog::Unavailable> for ApiError {
    fn from(cause: cloison_catalog::Unavailable) -> Self {
        Self::unavailable(cause)
    }
}

impl From<tokio_postgres::Error> for ApiError {
    fn from(cause: tokio_postgres::Error) -> Self {
        if cause.is_closed() { Self::unavailable(cause) } else { Self::internal(cause) }
    }
}

/// The whole chain as one sentence. A statement on a tenant's database may have failed on a row, and say so.
fn log_words(cause: &anyhow::Error) -> String {
    let refused = cause.chain().filter_map(|it| it.downcast_ref::<DbError>());
    match refused.map(|it| it.code().code()).find(|it| may_quote_a_row(it)) {
        Some(code) => format!("PostgreSQL refused with {code}, in words that may quote a row"),
        None => format!("{cause:#}"),
    }
}

/// With a capital, as a sentence begins.
pub(crate) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

impl IntoResponse for ApiError {
    fn into_response(mut self) -> Response {
        let status = self.problem.status;
        self.note(format_args!("answering {status} to an API request"));
        let status = StatusCode::from_u16(self.problem.status).expect("codes carry real statuses");
        let body = serde_json::to_string(&self.problem).expect("a problem document serialises");
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_CONTENT_TYPE));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        let busy = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(RETRY_SECONDS);
        if let Some(seconds) = self.retry_after_seconds.or(busy) {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
