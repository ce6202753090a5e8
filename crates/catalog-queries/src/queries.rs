// This file was generated with `cornucopia`. Do not modify.

pub mod api_tokens;
pub mod audit;
pub mod backups;
pub mod copies;
pub mod doctor;
pub mod drift;
pub mod erasures;
pub mod events;
pub mod exports;
pub mod history;
pub mod idempotency_keys;
pub mod migrations;
pub mod operations;
pub mod platform_users;
pub mod recover;
pub mod rollouts;
pub mod routes;
pub mod seals;
pub mod seats;
pub mod servers;
pub mod shadows;
pub mod spares;
pub mod tenants;
pub mod usage;
pub mod watch;
pub mod webhooks;
