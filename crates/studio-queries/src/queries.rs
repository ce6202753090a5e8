// This file was generated with `cornucopia`. Do not modify.

pub mod allocations;
pub mod calendar;
pub mod client_erasure;
pub mod clients;
pub mod demo;
pub mod rooms;
pub mod sessions;
pub mod settings;
pub mod sign_in_links;
pub mod sign_ins;
pub mod users;
