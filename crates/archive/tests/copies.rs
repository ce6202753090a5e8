//! Copies of real databases: that facts tell them apart, and that what is exported is all there.

#![expect(clippy::unwrap_used, reason = "a test can do nothing but fail")]

#[path = "copies/bundle.rs"]
mod bundle;
#[path = "copies/facts.rs"]
mod facts;
#[path = "copies/failures.rs"]
mod failures;
#[path = "copies/restored.rs"]
mod restored;
#[path = "copies/snapshot.rs"]
mod snapshot;
#[path = "copies/world.rs"]
mod world;
