//! `/v1/exports`: all that a tenant has, packed for its owner.

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One export of one tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Export {
    /// That of the operation which makes it, too.
    pub id: Uuid,
    pub subdomain: String,
    /// MAKING, READY, FAILED or EXPIRED.
    pub state: String,
    pub made_by: String,
    pub asked_at: Timestamp,
    /// It is deleted then.
    pub expires_at: Timestamp,
    /// Once it is READY.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<ExportContent>,
    /// Why it was not made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// What there is to download: a zip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExportContent {
    /// What was committed before is in it.
    pub taken_at: Timestamp,
    pub bytes: u64,
    /// In hexadecimal digits; in double quotes it is the `ETag`, too.
    pub sha256: String,
    pub tables: u64,
    pub rows: u64,
    pub files: u64,
}

/// The answer of `POST /v1/exports/{id}/link`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExportLink {
    /// Whoever has it gets this export, without signing in. It is shown this once.
    pub url: String,
    pub expires_at: Timestamp,
}

impl fmt::Debug for ExportLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { url: _, expires_at } = self;
        f.debug_struct("ExportLink").field("expires_at", expires_at).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_not_shown_by_accident() {
        let url = "http://console.localhost/exports/hunter2".to_owned();
        let link = ExportLink { url, expires_at: Timestamp::UNIX_EPOCH };
        assert!(!format!("{link:?}").contains("hunter2"));
    }
}
