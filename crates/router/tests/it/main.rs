//! The router on real servers, with real tenants.
//!
//! Pure decisions are tested beside them; here is what only a server can answer.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod budget;
mod calls;
mod change;
mod chaos;
mod directory;
mod examples;
mod guard;
mod lives;
mod place;
mod refusal;
mod start_up;
mod world;
