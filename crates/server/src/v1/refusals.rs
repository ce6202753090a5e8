//! What people are told when a call about users, tokens or the audit log is refused.

use cloison_api::Code;
use cloison_control::access::{AccessError, PasswordError, PasswordLength};
use cloison_control::audit::VerifyError;
use cloison_control::call::CallError;

use crate::error::ApiError;

impl From<AccessError> for ApiError {
    fn from(error: AccessError) -> Self {
        let field = |field, rule, words| Self::new(Code::InvalidField, words).of_field(field, rule);
        match error {
            AccessError::NoUser(email) => {
                Self::not_found(format!("There is no platform user '{}'.", email.escape_debug()))
            }
            AccessError::NoToken => Self::not_found("There is no such token of yours."),
            AccessError::EmailTaken(email) => Self::new(
                Code::EmailTaken,
                format!(
                    "{email} is a platform user already. For a new password, invite them again."
                ),
            )
            .of_field("email", "unique"),
            AccessError::LastOwner => Self::new(
                Code::LastOwner,
                "Nobody else could manage users then. Make another owner first, who has chosen a password.",
            ),
            AccessError::RoleTooHigh(role) => Self::new(
                Code::ForbiddenRole,
                format!("A token of role {role} could do more than you may. Choose a lesser role."),
            ),
            AccessError::Expiry { days_max } => field(
                "expires_in_days",
                "range",
                format!("A token is good for 1 to {days_max} days."),
            ),
            AccessError::NeverExpires => Self::new(
                Code::ForbiddenRole,
                "Only an owner makes a token that never expires. Say for how many days.",
            ),
            AccessError::Refused => Self::new(
                Code::SignInRefused,
                "The e-mail or the password is wrong, or the user is disabled.",
            ),
            AccessError::CodeNeeded => Self::new(
                Code::CodeNeeded,
                "Send the six digits of your authenticator application as `code` too.",
            ),
            AccessError::WrongCode => field(
                "code",
                "wrong",
                "The one-time code is wrong, or was used before. Wait for the next one.".to_owned(),
            ),
            AccessError::WrongPassword => {
                field("password", "wrong", "The current password is wrong.".to_owned())
            }
            AccessError::SlowDown { seconds } => Self::new(
                Code::TooManyAttempts,
                format!("There were too many wrong attempts. Try again in {seconds} s."),
            )
            .retry_after(seconds),
            AccessError::Restricted => Self::new(
                Code::ForbiddenRole,
                "A token with a lesser role than its user's does not change the account. Sign in.",
            ),
            AccessError::NoPassword => Self::new(
                Code::SecondFactor,
                "A second factor comes after a password. Choose one first.",
            ),
            AccessError::TotpOn => Self::new(
                Code::SecondFactor,
                "The second factor is on already. Put it off before you begin anew.",
            ),
            AccessError::TotpNotBegun => Self::new(
                Code::SecondFactor,
                "The second factor was not begun, or begun anew meanwhile. POST /v1/me/totp first.",
            ),
            AccessError::Password(PasswordError::Busy) => Self::new(
                Code::Unavailable,
                "Many people are signing in just now. Try again in a moment.",
            ),
            AccessError::Call(error) => error.into(),
            AccessError::Unavailable(error) => error.into(),
            AccessError::Database(error) => error.into(),
            AccessError::Password(PasswordError::Hash(_) | PasswordError::Thread(_))
            | AccessError::Totp(_)
            | AccessError::Key(_)
            | AccessError::Newer(_) => Self::internal(error),
        }
    }
}

impl From<CallError> for ApiError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::KeyReused => Self::new(
                Code::IdempotencyKeyReused,
                "This Idempotency-Key was sent before, with another request. Choose a new key.",
            ),
            CallError::Repeated => Self::new(
                Code::Unavailable,
                "The same request is being made by another call. Send it again to learn what came of it.",
            ),
            CallError::Database(error) => error.into(),
        }
    }
}

impl From<PasswordLength> for ApiError {
    fn from(_: PasswordLength) -> Self {
        let words = "A password has at least 12 characters, and at most 200 bytes.";
        Self::new(Code::InvalidField, words).of_field("new", "length")
    }
}

impl From<VerifyError> for ApiError {
    fn from(error: VerifyError) -> Self {
        match error {
            VerifyError::Unavailable(error) => error.into(),
            VerifyError::Database(error) => error.into(),
        }
    }
}
