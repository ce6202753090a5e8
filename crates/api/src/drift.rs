//! `/v1/drift`: which schemas the tenants' databases really have.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The body of `POST /v1/drift`: whose schema to read anew. Empty, for those that are not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshDrift {
    /// Subdomains, at most 100.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tenants: Vec<String>,
    /// All tenants and all servers' templates; not together with `tenants`.
    #[serde(default)]
    pub all: bool,
}

/// What is known of tenants in use, at the moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DriftReport {
    pub tenants: i64,
    /// Tenants whose schema has not been read since they came to their version, or could not be.
    pub unknown: i64,
    /// The newest version first; of a version, those that are expected, and then the commonest.
    pub schemas: Vec<DriftSchema>,
}

/// One schema at one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DriftSchema {
    /// The same for the same schema, however it came to be.
    pub fingerprint: String,
    pub version: i64,
    /// Tenants that have it.
    pub tenants: i64,
    /// Subdomains of some of them, at most five.
    pub examples: Vec<String>,
    /// Whether a tenant of this version should have it.
    pub is_expected: bool,
    /// How that was told: TEMPLATE, by what new tenants are cloned from; COMMONEST, by what most tenants of this version
    /// have.
    pub expected_from: String,
    /// Against what is expected: `-` is missing, `+` should not be there, `~` is not what it should be.
    pub diff: Vec<String>,
    /// What to do, where that is known.
    pub hints: Vec<String>,
}
