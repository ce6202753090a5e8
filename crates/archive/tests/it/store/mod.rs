//! The object store: one suite for a folder and for a bucket, then what only a bucket can suffer.

mod bucket;
mod cut;
mod erase;
mod faults;
mod folder;
mod suite;
mod versioned;
mod world;
