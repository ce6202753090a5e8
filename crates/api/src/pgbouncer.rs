//! `/v1/servers/{name}/pgbouncer`: what a PgBouncer in front of a server has to know, and what lets it in there.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One server, as a PgBouncer sees it. No secret is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PgBouncerPlace {
    pub server: String,
    pub host: String,
    pub port: u16,
    /// Connections that Cloison itself opens there for tenants, at most.
    pub connection_budget: i32,
    /// Connections that a PgBouncer opens to look passwords up, where it does.
    pub lookups: i32,
    pub tenants: Vec<PgBouncerTenant>,
}

/// One tenant's database. Its role has the same name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PgBouncerTenant {
    pub database: String,
    /// What PostgreSQL holds the tenant's role to.
    pub connection_limit: i32,
}

/// The body of `POST /v1/servers/{name}/pgbouncer`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdmitPgBouncer {
    /// One role for all tenants; without it, the PgBouncer works as each tenant's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared: Option<SharedRole>,
    /// Answer with the verifiers of tenants' passwords, instead of a role that looks them up.
    #[serde(default)]
    pub verifiers: bool,
}

/// A role that a PgBouncer works as for all tenants of a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SharedRole {
    /// Made if it is not there. 1 to 63 characters a-z, 0-9 and _.
    pub role: String,
    /// All that the PgBouncer may open on the server, looking passwords up included.
    pub connections: i32,
}

/// The answer: what PgBouncer's `auth_file` is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PgBouncerUsers {
    pub users: Vec<PgBouncerUser>,
}

/// One line of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PgBouncerUser {
    pub name: String,
    /// A tenant's SCRAM verifier, or the password of one of PgBouncer's own roles.
    pub secret: String,
}

impl fmt::Debug for PgBouncerUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PgBouncerUser").field("name", &self.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_shown_by_accident() {
        let users = vec![PgBouncerUser { name: "n".to_owned(), secret: "hunter2".to_owned() }];
        assert!(!format!("{:?}", PgBouncerUsers { users }).contains("hunter2"));
    }
}
