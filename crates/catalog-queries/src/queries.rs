// This file was generated with `cornucopia`. Do not modify.

pub mod access;
pub mod audit;
pub mod idempotency_keys;
pub mod operations;
pub mod routes;
pub mod servers;
pub mod spares;
pub mod tenants;
