//! What is asked of a tenant that exists: `/v1/tenants/{subdomain}/suspend` and its siblings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The body of `POST /v1/tenants/{subdomain}/suspend`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuspendTenant {
    /// `READ_ONLY`, `EXPORT_ONLY` or BLOCKED (default).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<String>,
    /// For whoever reads the operation, at most 500 characters; it goes when the tenant is erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The body of `POST /v1/tenants/{subdomain}/resume`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResumeTenant {
    /// FULL (default), `READ_ONLY` or `EXPORT_ONLY`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The body of `POST /v1/tenants/{subdomain}/cancel`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelTenant {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The body of `POST /v1/tenants/{subdomain}/erase`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EraseTenant {
    /// The subdomain once more: nothing of the tenant can be brought back.
    pub confirm: String,
    /// Why. It is in the certificate, which outlives the tenant: name nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// For how long it can be taken back, in days: `7d` (default), `0d` to `21d`. It is closed at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace: Option<String>,
    /// That no law wants anything kept, or that it is kept elsewhere.
    #[serde(default)]
    pub without_fiscal_archive: bool,
}
