//! `/v1/tenants`.

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::erasures::LegalHold;
use crate::usage::TenantUsage;

/// The body of `POST /v1/tenants`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateTenant {
    /// One DNS label: `[a-z0-9]([a-z0-9-]*[a-z0-9])?`, at most 63 characters, not a reserved one.
    pub subdomain: String,
    /// The organization's name, 1 to 120 characters.
    pub name: String,
    /// Where its data is to be, `eu` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The plan's code, `standard` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// Who gets the first sign-in link.
    pub owner_email: String,
    /// `fr` (default) or `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// IANA name, `Europe/Paris` by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

/// The answer of `POST /v1/tenants/{subdomain}/sign-in-links`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SignInLink {
    /// Lets its first user in as the studio's owner, once, within seven days.
    pub sign_in_url: String,
}

impl fmt::Debug for SignInLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sign_in_url: _ } = self;
        f.debug_struct("SignInLink").finish_non_exhaustive()
    }
}

/// The answer of `POST /v1/tenants/{subdomain}/credentials`: the tenant's own way into its own database.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Credentials {
    pub host: String,
    pub port: u16,
    pub database: String,
    pub user: String,
    pub password: String,
}

/// A tenant as an operator sees it. Its three states are never merged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tenant {
    pub id: Uuid,
    pub subdomain: String,
    pub name: String,
    pub region: String,
    pub plan: String,
    /// TRIALING, ACTIVE, `PAST_DUE`, SUSPENDED or CANCELLED.
    pub billing: String,
    /// FULL, `READ_ONLY`, `EXPORT_ONLY` or BLOCKED.
    pub access: String,
    /// PROVISIONING, READY, MOVING, RESTORING, ARCHIVED, ERASING or ERASED.
    pub infrastructure: String,
    pub server: String,
    pub database: String,
    pub schema_version: i64,
    pub created_at: Timestamp,
    pub url: String,
    /// Of one tenant, and if somebody has put it on hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_hold: Option<LegalHold>,
    /// Of one tenant, what it has used today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<TenantUsage>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, port, database, user, password: _ } = self;
        f.debug_struct("Credentials")
            .field("host", host)
            .field("port", port)
            .field("database", database)
            .field("user", user)
            .finish_non_exhaustive()
    }
}

/// One page of a list. `next` goes into `?cursor=` of the following request; absent at the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "{T}Page")]
pub struct Page<T> {
    pub items: Vec<T>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown_by_accident() {
        let credentials = Credentials {
            host: "127.0.0.1".to_owned(),
            port: 5432,
            database: "studio_1_db".to_owned(),
            user: "studio_1_db".to_owned(),
            password: "hunter2".to_owned(),
        };
        assert!(!format!("{credentials:?}").contains("hunter2"));
        let link = SignInLink { sign_in_url: "http://blue.localhost/sign-in/hunter2".to_owned() };
        assert!(!format!("{link:?}").contains("hunter2"));
    }
}
