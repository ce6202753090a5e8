//! What went wrong while a page was made, as the answer it gets. The words are written by
//! [`super::notices`], in the visitor's language; the cause goes to the log, once, from here.

use crate::booking::BookingError;
use axum::response::{IntoResponse, Response};
use cloison_router::may_quote_a_row;
use http::StatusCode;
use tokio_postgres::error::SqlState;

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Not in this studio. Also what another studio's ids are.
    #[error("there is no such thing in this studio")]
    Missing,
    /// The studio may be read and not written at present.
    #[error("this studio is read-only")]
    ReadOnly,
    /// The database refused or went away; nothing that was not confirmed is saved.
    #[error("the studio's database failed")]
    Database(#[source] tokio_postgres::Error),
    /// Anything else; always our mistake.
    #[error("a page could not be made")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<tokio_postgres::Error> for Failure {
    fn from(error: tokio_postgres::Error) -> Self {
        if is_read_only(&error) { Self::ReadOnly } else { Self::Database(error) }
    }
}

/// The reader role lacks the privilege to write: that is how a studio is made read-only.
pub(crate) fn is_read_only(error: &tokio_postgres::Error) -> bool {
    error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE)
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        Self::Internal(Box::new(error))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::Missing => StatusCode::NOT_FOUND.into_response(),
            Self::ReadOnly => StatusCode::CONFLICT.into_response(),
            Self::Database(ref source) => {
                let code = source.code().map(SqlState::code);
                // A row of the studio's does not get into the log.
                let error = (!code.is_some_and(may_quote_a_row))
                    .then_some(source as &(dyn std::error::Error + 'static));
                tracing::warn!(error, code, "the studio's database failed");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
            Self::Internal(ref source) => {
                let error: &dyn std::error::Error = &**source;
                tracing::error!(error, "a page could not be made");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

impl From<BookingError> for Failure {
    /// For what a page has not put into words of its own: only the database is left.
    fn from(error: BookingError) -> Self {
        match error {
            BookingError::Database(error) => error.into(),
            BookingError::Unknown(_) => Self::Missing,
            BookingError::Taken { .. }
            | BookingError::TooManyHolds
            | BookingError::ChangedMeanwhile { .. }
            | BookingError::Closed { .. }
            | BookingError::Invalid(_)
            | BookingError::Schema(_) => Self::Internal(Box::new(error)),
        }
    }
}
