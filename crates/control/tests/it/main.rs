//! The control plane on real servers: a private cluster a test, with a small application's schema.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod access;
mod ai_credits;
mod audit;
mod backups;
mod bootstrap;
mod call;
mod cuts;
mod doctor;
mod domains;
mod drift;
mod engine;
mod erasures;
mod events;
mod history;
mod key_rotation;
mod lives;
mod migrate;
mod provision;
mod recover;
mod roles;
mod rollout;
mod routes;
mod schema;
mod seats;
mod shadow;
mod usage;
mod watch;
mod webhooks;
mod world;
