//! Real servers, real pgBackRest: what is archived can be had back, and what cannot be had back is said to be so.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod disk_lost;
mod holes;
mod invalid_pages;
mod latecomers;
mod left_over;
mod moment;
mod names;
mod repository;
mod world;
