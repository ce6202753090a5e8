//! The product as a user runs it: the real binary, real clusters, HTTP by host name, a real browser.
//!
//! Not here: what one crate can be asked alone.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod access;
mod ai_credits;
mod alerts;
mod backups;
mod browser;
mod bulk;
mod collector;
mod command_line;
mod configuration;
mod console;
mod console_browser;
mod domains;
mod drift;
mod erasures;
mod event_log;
mod events;
mod exports;
mod faults;
mod fleet;
mod hosts;
mod http;
mod isolation;
mod kills;
mod left_behind;
mod life;
mod logged;
mod logs;
mod master_key;
mod metrics;
mod migrations;
mod output;
mod people;
mod pgbouncer;
mod planes;
mod point_in_time;
mod pooler;
mod products;
mod provisioning;
mod psql;
mod recover;
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
mod usage;
mod waiting;
mod webhooks;
