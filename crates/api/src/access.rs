//! `/v1/me`, `/v1/sign-ins`, `/v1/users`, `/v1/tokens` and `/v1/audit`: who works here, and what they did.

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Somebody who works on the platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct User {
    pub id: Uuid,
    pub email: String,
    pub name: String,
    /// owner, operator, support or auditor.
    pub role: String,
    pub created_at: Timestamp,
    /// Absent until the invitation is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_changed_at: Option<Timestamp>,
    /// Whether a sign-in asks for a one-time code.
    pub second_factor: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled_at: Option<Timestamp>,
}

/// The body of `POST /v1/users`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateUser {
    pub email: String,
    /// 1 to 120 characters; the e-mail by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// owner, operator, support or auditor.
    pub role: String,
}

/// The body of `PATCH /v1/users/{email}`; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeUser {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// A disabled user's tokens stop at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
}

/// A user, and the one-time token with which they choose their password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InvitedUser {
    pub user: User,
    /// Good for 24 hours, and for `PUT /v1/me/password` alone. Shown here and never again.
    pub invitation: String,
}

impl fmt::Debug for InvitedUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { user, invitation: _ } = self;
        f.debug_struct("InvitedUser").field("user", user).finish_non_exhaustive()
    }
}

/// A token, without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Token {
    pub id: Uuid,
    /// Whose it is.
    pub user: String,
    pub name: String,
    /// api, `sign_in` or invitation.
    pub kind: String,
    /// What it may do at most; its user's role counts too.
    pub role: String,
    pub created_at: Timestamp,
    /// Absent for one that never does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// To the minute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Timestamp>,
}

/// The body of `POST /v1/tokens`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateToken {
    /// What it is for, 1 to 120 characters.
    pub name: String,
    /// One's own by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// 1 to 365; 90 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in_days: Option<u16>,
    /// Owners only.
    #[serde(default)]
    pub never_expires: bool,
}

/// A token that was just made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CreatedToken {
    pub token: Token,
    /// What goes after `Authorization: Bearer`. Shown here and never again.
    pub secret: String,
}

impl fmt::Debug for CreatedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { token, secret: _ } = self;
        f.debug_struct("CreatedToken").field("token", token).finish_non_exhaustive()
    }
}

/// The body of `POST /v1/sign-ins`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    pub email: String,
    pub password: String,
    /// The one-time code, where the second factor is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// A token of a person, good for twelve hours.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SignedIn {
    pub token: String,
    pub expires_at: Timestamp,
    pub email: String,
    pub role: String,
}

/// What signs a browser in to the console, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConsoleLink {
    /// To be opened in a browser; whoever has it comes in as the one who asked.
    pub url: String,
    pub expires_at: Timestamp,
}

/// Who is asking, and what they may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Me {
    pub user: User,
    /// The token's own role.
    pub token_role: String,
    /// api, `sign_in` or invitation.
    pub token_kind: String,
    /// What both roles allow, as in `tenant.create`; nothing for an invitation.
    pub may: Vec<String>,
}

/// The body of `PUT /v1/me/password`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// Absent with an invitation, and where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<String>,
    /// At least 12 characters, at most 200 bytes.
    pub new: String,
}

/// The body of `POST` and `DELETE /v1/me/totp`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProvePassword {
    pub password: String,
}

/// What an authenticator application takes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TotpBegun {
    /// An `otpauth://` link. Nothing changes until a code is confirmed.
    pub url: String,
}

/// The body of `POST /v1/me/totp/confirm`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmTotp {
    /// Six digits.
    pub code: String,
}

/// One line of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuditEntry {
    pub id: i64,
    pub at: Timestamp,
    pub actor: String,
    pub action: String,
    pub subject: String,
    pub detail: serde_json::Value,
}

/// The body of `POST /v1/audit/verify`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyAudit {
    /// A head of an earlier answer, `<id>:<hash>`, that must still be in the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect: Option<String>,
}

/// Whether the audit log is what was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuditReport {
    pub intact: bool,
    /// Rows that are as they were written.
    pub rows: i64,
    /// The newest of them, `<id>:<hash>`. Note it elsewhere: who rewrites the whole log cannot rewrite your note.
    pub head: String,
    /// The first row that is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broken_row: Option<i64>,
    /// What is wrong with it, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_once_is_not_shown_by_accident() {
        let user = User {
            id: Uuid::nil(),
            email: "kim@example.com".to_owned(),
            name: "Kim".to_owned(),
            role: "owner".to_owned(),
            created_at: Timestamp::UNIX_EPOCH,
            password_changed_at: None,
            second_factor: false,
            disabled_at: None,
        };
        let invited = InvitedUser { user, invitation: "hunter2".to_owned() };
        assert!(!format!("{invited:?}").contains("hunter2"));
        let token = serde_json::json!({
            "id": Uuid::nil(), "name": "report", "role": "owner", "kind": "api", "user": "kim@example.com",
            "created_at": Timestamp::UNIX_EPOCH,
        });
        let made = serde_json::json!({ "token": token, "secret": "hunter2" });
        let made: CreatedToken = serde_json::from_value(made).unwrap();
        assert!(!format!("{made:?}").contains("hunter2"));
    }
}
