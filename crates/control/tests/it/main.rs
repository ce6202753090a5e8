//! The control plane on real servers: a private cluster a test, with a small application's schema.

mod audit;
mod bootstrap;
mod provision;
mod roles;
mod routes;
mod world;
