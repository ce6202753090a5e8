//! What an error looks like on the wire: RFC 9457 problem documents with a stable `code`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The media type of [`Problem`], RFC 9457 section 6.1.
pub const CONTENT_TYPE: &str = "application/problem+json";

/// What went wrong, as a word that programs may rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    BadHost,
    BadRequest,
    /// The password was right; send the one-time code too.
    CodeNeeded,
    /// Links to it would lead visitors to where nobody answers.
    DomainNotProven,
    EmailTaken,
    /// It was there, for a while.
    Expired,
    ForbiddenRole,
    GrantExpired,
    IdempotencyKeyReused,
    Internal,
    InvalidField,
    InvalidSubdomain,
    LastOwner,
    MethodNotAllowed,
    NoNewKey,
    NoServer,
    NoWayBack,
    /// It needs what no process here has: a store for backups, or the history of a server.
    NotConfigured,
    NotFound,
    NotInThisState,
    NothingToTakeBack,
    /// It takes away what a process that serves does not know to be gone.
    OlderBuild,
    RangeNotSatisfiable,
    /// Another request of the tenant has this id.
    RequestIdReused,
    ReservationClosed,
    /// The migrations cannot be read, or are not those that were released.
    ReleaseBroken,
    /// The lint refuses migrations; `findings` says where and why.
    ReleaseRefused,
    RolloutBusy,
    RolloutEnded,
    SecondFactor,
    SignInRefused,
    SubdomainTaken,
    TenantBusy,
    /// It takes away what some tenants may still need; another rollout comes first.
    TooEarly,
    TooFewAiCredits,
    TooLarge,
    TooLateToCancel,
    TooManyAttempts,
    /// Of one tenant.
    TooManyDomains,
    /// Of one export at a time.
    TooManyDownloads,
    TooManyExports,
    TooManyGrants,
    TooManyWebhooks,
    Unauthorized,
    Unavailable,
    UnknownPlan,
    /// A code of a newer server than this client.
    #[serde(other)]
    Unknown,
}

/// One problem document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// A URI reference that names the kind of problem; here `/problems/<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind of problem in words; the same for every problem of a kind.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// This problem in words: what happened and what to do.
    pub detail: String,
    pub code: Code,
    /// The field of the request that is wrong, where it is one field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Which of the field's rules was broken, as a stable word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// What the lint says of migrations, where that is the problem.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<LintFinding>,
    /// What the server's log calls `trace_id`: where this request is found in there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<String>,
}

/// One thing that the lint says about one place of a migration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LintFinding {
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// As it is written in `-- lint: allow <rule> because <reason>`.
    pub rule: String,
    /// `refused`, `noted` or `allowed`.
    pub verdict: String,
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Code {
    /// The word on the wire.
    pub fn word(self) -> String {
        let word = serde_json::to_value(self).expect("a code is a word");
        word.as_str().expect("a code is a word").to_owned()
    }

    /// The HTTP status that goes with it.
    pub fn status(self) -> u16 {
        match self {
            Self::BadHost | Self::BadRequest => 400,
            Self::CodeNeeded | Self::SignInRefused | Self::Unauthorized => 401,
            Self::TooFewAiCredits => 402,
            Self::ForbiddenRole => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::DomainNotProven
            | Self::EmailTaken
            | Self::GrantExpired
            | Self::LastOwner
            | Self::NoNewKey
            | Self::NoWayBack
            | Self::NotConfigured
            | Self::NotInThisState
            | Self::NothingToTakeBack
            | Self::OlderBuild
            | Self::ReleaseBroken
            | Self::ReservationClosed
            | Self::RolloutBusy
            | Self::RolloutEnded
            | Self::SecondFactor
            | Self::SubdomainTaken
            | Self::TenantBusy
            | Self::TooEarly
            | Self::TooLateToCancel
            | Self::TooManyDomains
            | Self::TooManyExports
            | Self::TooManyGrants
            | Self::TooManyWebhooks => 409,
            Self::Expired => 410,
            Self::TooLarge => 413,
            Self::RangeNotSatisfiable => 416,
            Self::IdempotencyKeyReused
            | Self::InvalidField
            | Self::InvalidSubdomain
            | Self::ReleaseRefused
            | Self::RequestIdReused
            | Self::UnknownPlan => 422,
            Self::TooManyAttempts | Self::TooManyDownloads => 429,
            Self::Internal | Self::Unknown => 500,
            Self::NoServer | Self::Unavailable => 503,
        }
    }

    /// The title of its problem documents.
    pub fn title(self) -> &'static str {
        match self {
            Self::BadHost => "The host is not a domain name",
            Self::BadRequest => "The request cannot be read",
            Self::CodeNeeded => "A one-time code is needed",
            Self::DomainNotProven => "The domain is not proven",
            Self::EmailTaken => "There is such a user",
            Self::Expired => "It has expired",
            Self::ForbiddenRole => "The token's role does not allow this",
            Self::GrantExpired => "The grant has expired",
            Self::IdempotencyKeyReused => "The idempotency key belongs to another request",
            Self::Internal => "Something went wrong on our side",
            Self::InvalidField => "A field is not valid",
            Self::InvalidSubdomain => "The subdomain is not valid",
            Self::LastOwner => "The platform needs an owner",
            Self::MethodNotAllowed => "The method is not allowed here",
            Self::NoNewKey => "There is no other master key",
            Self::NoServer => "No server can take the tenant",
            Self::NoWayBack => "A migration has no way back",
            Self::NotConfigured => "What this needs is not configured",
            Self::NotFound => "There is nothing here",
            Self::NotInThisState => "The tenant's state does not allow this",
            Self::NothingToTakeBack => "There is nothing to take back",
            Self::RangeNotSatisfiable => "There are no such bytes",
            Self::ReleaseBroken => "The migrations are not a release that goes with this fleet",
            Self::OlderBuild => "An older build still serves",
            Self::ReleaseRefused => "The lint refuses the migrations",
            Self::RequestIdReused => "The request id belongs to another reservation",
            Self::ReservationClosed => "The reservation is closed",
            Self::RolloutBusy => "Another rollout is under way",
            Self::RolloutEnded => "The rollout has ended",
            Self::SecondFactor => "The second factor is not ready for this",
            Self::SignInRefused => "The sign-in is refused",
            Self::SubdomainTaken => "The subdomain is taken",
            Self::TenantBusy => "Another operation on the tenant is under way",
            Self::TooLateToCancel => "The operation is past the point where it could be cancelled",
            Self::TooEarly => "Another rollout comes first",
            Self::TooFewAiCredits => "There are too few AI credits",
            Self::TooLarge => "The request is too large",
            Self::TooManyAttempts => "Too many attempts",
            Self::TooManyDomains => "The tenant has as many domains as it may have",
            Self::TooManyDownloads => "It is being downloaded several times already",
            Self::TooManyExports => "There are several exports already",
            Self::TooManyGrants => "There are as many grants as there may be",
            Self::TooManyWebhooks => "There are as many webhooks as there may be",
            Self::Unauthorized => "A valid token is needed",
            Self::Unavailable => "Not available just now",
            Self::UnknownPlan => "There is no such plan",
            Self::Unknown => "An unknown problem",
        }
    }
}

impl Problem {
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("/problems/{}", code.word().replace('_', "-")),
            title: code.title().to_owned(),
            status: code.status(),
            detail: detail.into(),
            code,
            field: None,
            rule: None,
            findings: Vec::new(),
            trace_id: None,
        }
    }

    /// Names the field and the rule that it broke.
    #[must_use]
    pub fn of_field(self, field: &str, rule: &str) -> Self {
        Self { field: Some(field.to_owned()), rule: Some(rule.to_owned()), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_document_as_it_goes_out() {
        let problem = Problem::new(Code::InvalidSubdomain, "no").of_field("subdomain", "hyphen");
        assert_eq!(
            serde_json::to_string(&problem).unwrap(),
            r#"{"type":"/problems/invalid-subdomain","title":"The subdomain is not valid","status":422,"detail":"no","code":"invalid_subdomain","field":"subdomain","rule":"hyphen"}"#
        );
    }

    #[test]
    fn a_code_from_the_future_is_read() {
        let text =
            r#"{"type":"/problems/x","title":"t","status":418,"detail":"d","code":"teapot"}"#;
        assert_eq!(serde_json::from_str::<Problem>(text).unwrap().code, Code::Unknown);
    }
}
