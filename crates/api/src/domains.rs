//! `/v1/tenants/{subdomain}/domains` and `/v1/domains`: hostnames of customers' own.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The body of `POST /v1/tenants/{subdomain}/domains`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimDomain {
    /// As in `booking.example.com`.
    pub hostname: String,
}

/// A hostname of a customer's own, or the claim to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Domain {
    pub id: Uuid,
    pub hostname: String,
    pub subdomain: String,
    /// `pending` until it is proven, `serving`, or `failing`: served, and not as it should be.
    pub state: String,
    /// What links to the tenant name, while it is serving.
    pub primary: bool,
    /// What to create in the DNS of that domain.
    pub records: Vec<DnsRecord>,
    /// What is still to be done, in words; nothing if all is well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_do: Option<String>,
    /// UNANSWERED: the DNS did not answer. UNPROVEN: the record that proves it is missing. ELSEWHERE: it leads to another place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// The problem in words, with what was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// Since when no check has passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<Timestamp>,
    /// What whoever comes there by HTTPS is shown, once it was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<DomainCertificate>,
    pub created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_at: Option<Timestamp>,
    pub next_check_at: Timestamp,
}

/// One record, as one types it at a DNS provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DnsRecord {
    /// TXT, CNAME, A or AAAA.
    #[serde(rename = "type")]
    pub kind: String,
    pub name: String,
    pub value: String,
}

/// A certificate as a browser sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DomainCertificate {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// UNREACHABLE: nobody answers there. UNTRUSTED: a browser would refuse it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<Timestamp>,
}
