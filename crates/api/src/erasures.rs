//! `/v1/erasures`: what is left of tenants that were erased; and what keeps one from being erased.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The body of `POST /v1/tenants/{subdomain}/hold`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldTenant {
    /// Why the data have to be kept, 1 to 500 characters; it is gone when the hold is released.
    pub reason: String,
}

/// Somebody has to keep a tenant's data: it is not erased, not archived, and its backups are not pruned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LegalHold {
    /// Who said so.
    pub by: String,
    pub reason: String,
    pub since: Timestamp,
}

/// The tombstone of a tenant. Names are not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Erasure {
    pub organization_id: Uuid,
    /// The n of its database's name.
    pub number: i64,
    /// Where it was; empty where that is known from the object store alone.
    pub server: String,
    pub database: String,
    /// Who asked for it.
    pub by: String,
    /// Absent for one by an earlier version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<Timestamp>,
    pub erased_at: Timestamp,
    /// Whether there is a signed certificate.
    pub has_certificate: bool,
    /// Since when it lies in the object store, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<Timestamp>,
    /// Of one erasure, and if something was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fiscal_archive: Option<FiscalArchive>,
}

/// What a law wants kept of a tenant that was erased: a zip, encrypted where it lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FiscalArchive {
    pub bytes: i64,
    /// In hexadecimal.
    pub sha256: String,
    /// With `rows`; of one that is known from a certificate alone, nobody has counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tables: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<i64>,
    pub made_at: Timestamp,
    /// Then it goes by itself.
    pub keep_until: Timestamp,
}

/// The public half of what certificates and manifests are signed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SigningKey {
    /// 32 bytes in base64, as `cloison erasures verify --key` takes it.
    pub public_key: String,
    /// For stock tools.
    pub pem: String,
    /// SHA-256 of the key, in hexadecimal: what to compare with one that came another way.
    pub fingerprint: String,
}
