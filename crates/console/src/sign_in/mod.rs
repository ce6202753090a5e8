//! Who looks at the console: a password or a one-time link, and then a cookie that holds a sign-in's token.
//!
//! The cookie is read here and nowhere else: `/v1` takes a bearer token, so no page of another site can make a browser call it.

mod form;
mod link;
mod visitor;

pub(crate) use form::{enter, leave, show};
pub(crate) use link::{enter as enter_by_link, open};
pub(crate) use visitor::{Known, Visitor};
