//! What an error of S3 means: from a status, a code or a broken connection to something a caller can act on.
//!
//! Pure, but for the errors it takes in.

use std::error::Error;

use http::StatusCode;
use object_store::client::{HttpError, HttpErrorKind};

use super::error::{Source, StoreError};
use super::wire::Answer;

/// An error of a request, judged as far as it can be without knowing what was asked.
#[derive(Debug)]
pub(super) enum Verdict {
    /// The object, the version or the upload is not there.
    Absent,
    /// The object is there, or is no longer the one that was meant.
    Precondition,
    /// Someone else is at work on it.
    Conflict,
    /// The store does not know such a request.
    Unknown,
    /// It begins behind the object's end.
    BeyondEnd,
    /// Whatever was asked, this is what is to be said.
    Failed(StoreError),
}

const ADVICE: &str = "see to the access key, its secret, its rights, and the clock of this machine";

/// What the server or the network said, wherever in the chain of sources it stands.
pub(super) fn verdict(store: &str, error: impl Error + Send + Sync + 'static) -> Verdict {
    let mut cause: Option<&(dyn Error + 'static)> = Some(&error);
    let mut broken = None;
    while let Some(it) = cause {
        if let Some(answer) = it.downcast_ref::<Answer>() {
            return match of_answer(store, answer) {
                Ok(verdict) => verdict,
                Err(why) => Verdict::Failed(why.with_source(Box::new(error))),
            };
        }
        if let Some(http) = it.downcast_ref::<HttpError>() {
            broken = Some(of_network(http));
        }
        cause = it.source();
    }
    let store = store.to_owned();
    Verdict::Failed(if let Some(why) = broken {
        StoreError::Unreachable { store, why, source: Some(Box::new(error)) }
    } else {
        let why = format!("its answer is not understood: {}", innermost(&error));
        StoreError::Other { store, why, source: Some(Box::new(error)) }
    })
}

fn of_answer(store: &str, answer: &Answer) -> Result<Verdict, StoreError> {
    let store = store.to_owned();
    let why = answer.to_string();
    Err(match (answer.status, &*answer.code) {
        (_, "NoSuchBucket") => StoreError::MissingBucket { store },
        (StatusCode::NOT_FOUND, _) => return Ok(Verdict::Absent),
        (StatusCode::PRECONDITION_FAILED, _) => return Ok(Verdict::Precondition),
        (StatusCode::CONFLICT, _) => return Ok(Verdict::Conflict),
        (StatusCode::NOT_IMPLEMENTED, _) | (_, "NotImplemented") => return Ok(Verdict::Unknown),
        (StatusCode::RANGE_NOT_SATISFIABLE, _) => return Ok(Verdict::BeyondEnd),
        (StatusCode::INSUFFICIENT_STORAGE, _)
        | (_, "XMinioStorageFull" | "QuotaExceeded" | "InsufficientStorage") => {
            StoreError::Full { store, source: None }
        }
        (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN, _)
        | (_, "ExpiredToken" | "InvalidToken" | "AuthorizationHeaderMalformed") => {
            StoreError::Refused { store, why, advice: ADVICE, source: None }
        }
        _ if answer.may_pass() => StoreError::Unreachable { store, why, source: None },
        (status, _) if status.is_redirection() => {
            let why = format!("{why}; the bucket lies elsewhere: correct its region or endpoint");
            StoreError::Other { store, why, source: None }
        }
        _ => StoreError::Other { store, why, source: None },
    })
}

fn of_network(error: &HttpError) -> String {
    let cause = innermost(error);
    match error.kind() {
        HttpErrorKind::Timeout => format!("it does not answer in time ({cause})"),
        HttpErrorKind::Connect => format!("no connection ({cause})"),
        _ => format!("the connection broke ({cause})"),
    }
}

/// What stands at the bottom of the chain: the layers above it repeat each other.
fn innermost(error: &(dyn Error + 'static)) -> String {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}

impl Verdict {
    /// What to say where none of the other verdicts was to be expected.
    pub(super) fn unexpected(self, store: &str, key: &str) -> StoreError {
        let (store, key) = (store.to_owned(), key.to_owned());
        match self {
            Self::Failed(error) => error,
            Self::Conflict => StoreError::Conflict { store, key },
            Self::Absent => StoreError::Broken { store, key, why: "it is not there".to_owned() },
            Self::Precondition => StoreError::Broken {
                store,
                key,
                why: "it has been replaced in the meantime".to_owned(),
            },
            Self::BeyondEnd => StoreError::Broken {
                store,
                key,
                why: "it ends before the place that was asked for".to_owned(),
            },
            Self::Unknown => StoreError::Unable {
                store,
                what: "do what was asked of it",
                advice: "use one that speaks S3 in full",
            },
        }
    }
}

impl StoreError {
    fn with_source(mut self, error: Source) -> Self {
        match &mut self {
            Self::Unreachable { source, .. }
            | Self::Refused { source, .. }
            | Self::Full { source, .. }
            | Self::Other { source, .. } => *source = Some(error),
            Self::MissingBucket { .. }
            | Self::Conflict { .. }
            | Self::Broken { .. }
            | Self::Unable { .. }
            | Self::Input { .. }
            | Self::Left { .. } => {}
        }
        self
    }
}
