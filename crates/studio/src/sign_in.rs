//! Who is at the desk: passwords, one-time links, and the browsers that are signed in.
//!
//! Everything is in the tenant's own database, so the cookie of one studio means nothing to
//! another. Not here: what a person may do; every user of a studio may do all of it as yet.

mod attempts;
mod form;
mod link;
mod password;
mod token;
mod visitor;

pub(crate) use attempts::Attempts;
pub(crate) use form::{enter, leave, show};
pub(crate) use link::{choose, open};
pub(crate) use password::Passwords;
pub(crate) use visitor::{MaybeVisitor, Visitor};
