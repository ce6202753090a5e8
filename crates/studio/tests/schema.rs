//! The studio's data on a real PostgreSQL: the schema's rules and privileges, booking through the router, the demo
//! studios. One binary, since linking is what takes the time.

#![expect(clippy::unwrap_used, reason = "a test can do nothing but fail")]

#[path = "schema/booking.rs"]
mod booking;
#[path = "schema/bookings.rs"]
mod bookings;
#[path = "schema/calendar.rs"]
mod calendar;
#[path = "schema/changes.rs"]
mod changes;
#[path = "schema/clients.rs"]
mod clients;
#[path = "schema/demo.rs"]
mod demo;
#[path = "schema/first_data.rs"]
mod first_data;
#[path = "schema/invoices.rs"]
mod invoices;
#[path = "schema/journal.rs"]
mod journal;
#[path = "schema/oldest.rs"]
mod oldest;
#[path = "schema/plans.rs"]
mod plans;
#[path = "schema/privileges.rs"]
mod privileges;
#[path = "schema/statements.rs"]
mod statements;
#[path = "schema/studio.rs"]
mod studio;
