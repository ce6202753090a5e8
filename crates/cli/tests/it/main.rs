//! The product as a user runs it: the real binary, real clusters, HTTP by host name, a real browser.
//!
//! Not here: what one crate can be asked alone.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod access;
mod backups;
mod browser;
mod bulk;
mod command_line;
mod configuration;
mod drift;
mod events;
mod faults;
mod fleet;
mod hosts;
mod http;
mod isolation;
mod kills;
mod left_behind;
mod life;
mod master_key;
mod migrations;
mod output;
mod people;
mod pgbouncer;
mod planes;
mod pooler;
mod products;
mod provisioning;
mod psql;
mod roles;
mod rollouts;
mod router;
mod seats;
mod secrets;
mod serve;
mod start;
mod stops;
mod trail;
mod up;
mod waiting;
