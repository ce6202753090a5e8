//! What a token is for.

use crate::words::words;

words! {
    /// What a token is for, beside its role.
    TokenKind {
        /// A program's, made by hand.
        Api = "api",
        /// A person's, for half a day.
        SignIn = "sign_in",
        /// A new user's, good for choosing a password and nothing else.
        Invitation = "invitation",
        /// What a browser comes in with, once.
        Link = "link",
    }
}
