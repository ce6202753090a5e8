//! Platform users: who they are, how they show it, and the tokens that speak for them.
//!
//! Not here: which role may do what (`model`'s table) and which call is which action (`server`'s).

mod account;
mod attempts;
mod link;
mod password;
mod sign_in;
mod tokens;
mod totp;
mod users;

use cloison_catalog::Unavailable;
use cloison_model::{Authority, Email, Role, TokenId, TokenKind, UnknownWord, UserId};

use self::attempts::Attempts;
use self::password::Passwords;
use crate::call::{Actor, CallError};
use crate::master_key::KeyError;

pub use self::account::{CurrentPassword, password_change, totp_begin, totp_confirm, totp_end};
pub use self::link::{link_create, link_use, local_owner_link};
pub use self::password::{NewPassword, PasswordError, PasswordLength};
pub use self::sign_in::{SignIn, SignedIn, sign_in};
pub use self::tokens::{
    Expiry, NewToken, authenticate, local_owner_ensure, token_create, token_revoke,
};
pub use self::totp::Malformed as TotpMalformed;
pub use self::users::{Change, NewUser, invite, user_change, user_create};

/// What sign-ins share in one process. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Desk {
    passwords: Passwords,
    attempts: Attempts,
}

/// Whose token it is, and what it lets do.
#[derive(Clone, Debug)]
pub struct Caller {
    pub user: UserId,
    pub email: String,
    pub token: TokenId,
    pub kind: TokenKind,
    pub authority: Authority,
}

#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    #[error("there is no platform user '{0}'")]
    NoUser(String),
    #[error("there is no such token")]
    NoToken,
    #[error("'{0}' is a platform user already")]
    EmailTaken(Email),
    #[error("nobody else could manage the platform")]
    LastOwner,
    /// Nobody hands out what they have not.
    #[error("a token of role {0} would do more than its user may")]
    RoleTooHigh(Role),
    #[error("a token is good for 1 to {days_max} days")]
    Expiry { days_max: u16 },
    #[error("only an owner makes a token that never expires")]
    NeverExpires,
    /// Neither which of both was wrong, nor whether there is such a user.
    #[error("the e-mail or the password is wrong, or the user is disabled")]
    Refused,
    #[error("the password is right, and a one-time code is needed")]
    CodeNeeded,
    #[error("the one-time code is wrong, or was used before")]
    WrongCode,
    #[error("the current password is wrong")]
    WrongPassword,
    #[error("too many attempts; wait {seconds} s")]
    SlowDown { seconds: i64 },
    /// A restricted token speaks for its user, but does not become them.
    #[error("a token with a lesser role than its user's does not change the account")]
    Restricted,
    #[error("the second factor needs a password first")]
    NoPassword,
    #[error("the second factor is on already")]
    TotpOn,
    #[error("the second factor was not begun")]
    TotpNotBegun,
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Totp(#[from] totp::Malformed),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
    #[error("the control database was written by a newer version")]
    Newer(#[from] UnknownWord),
}

impl AccessError {
    /// A twin of the same call was faster: asked again, it is found.
    fn is_repeated(&self) -> bool {
        matches!(self, Self::Call(CallError::Repeated))
    }
}

impl Caller {
    pub fn actor(&self) -> Actor {
        Actor { id: self.user.0, name: self.email.clone() }
    }
}
