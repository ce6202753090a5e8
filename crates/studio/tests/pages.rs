//! The pages as a browser gets them, on a real PostgreSQL through the router: signing in, the calendar, booking, clients.

#![expect(clippy::unwrap_used, reason = "a test can do nothing but fail")]

#[path = "pages/booking.rs"]
mod booking;
#[path = "pages/browser.rs"]
mod browser;
#[path = "pages/clients.rs"]
mod clients;
#[path = "pages/erasure.rs"]
mod erasure;
#[path = "pages/html.rs"]
mod html;
#[path = "pages/read_only.rs"]
mod read_only;
#[path = "pages/rules.rs"]
mod rules;
#[path = "pages/sign_in.rs"]
mod sign_in;
#[path = "schema/studio.rs"]
#[expect(dead_code, reason = "the tests of the schema need more of it")]
mod studio;
