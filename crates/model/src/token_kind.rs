//! What a token is for.

use std::fmt;
use std::str::FromStr;

use crate::words::UnknownWord;

/// What a token is for, beside its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A program's, made by hand.
    Api,
    /// A person's, for half a day.
    SignIn,
    /// A new user's, good for choosing a password and nothing else.
    Invitation,
}

impl TokenKind {
    const ALL: [Self; 3] = [Self::Api, Self::SignIn, Self::Invitation];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::SignIn => "sign_in",
            Self::Invitation => "invitation",
        }
    }
}

impl FromStr for TokenKind {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|it| it.as_str() == word).ok_or_else(|| UnknownWord::new(word))
    }
}

impl fmt::Display for TokenKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
