//! Archives beside what they live on: folders, a real S3 server, and networks that fail.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod store;
