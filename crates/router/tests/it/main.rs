//! The router on real servers, with real tenants.
//!
//! Pure decisions are tested beside them; here is what only a server can answer.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod bring_up;
mod budget;
mod calls;
mod cancellation;
mod change;
mod chaos;
mod contention;
mod directory;
mod examples;
mod guard;
mod hammer;
mod intent;
mod lives;
mod migration;
mod outage;
mod pause;
mod place;
mod refusal;
mod silence;
mod start_up;
mod stub;
mod world;
