//! `?wait=30s`: how long a caller wants to wait for the end of what it begins.

use std::time::Duration;

use cloison_api::Code;
use serde::Deserialize;

use crate::error::ApiError;

/// A proxy in front gives up sooner than later; who wants to wait longer asks again.
const WAIT_SECONDS_MAX: u64 = 60;

#[derive(Debug, Deserialize)]
pub(super) struct Waiting {
    /// `30s`, or `30`.
    wait: Option<String>,
}

impl Waiting {
    /// Nothing for who does not want to wait.
    pub(super) fn parse(&self) -> Result<Option<Duration>, ApiError> {
        self.wait.as_deref().map(parse).transpose()
    }
}

fn parse(text: &str) -> Result<Duration, ApiError> {
    match text.strip_suffix('s').unwrap_or(text).parse::<u64>() {
        Ok(seconds) => Ok(Duration::from_secs(seconds.min(WAIT_SECONDS_MAX))),
        Err(_not_a_number) => {
            Err(ApiError::new(Code::BadRequest, "`wait` is a number of seconds, like 30s.")
                .of_field("wait", "seconds"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_bounded() {
        assert_eq!(parse("30s").unwrap(), Duration::from_secs(30));
        assert_eq!(parse("999999").unwrap(), Duration::from_mins(1));
        assert!(parse("soon").is_err());
    }
}
