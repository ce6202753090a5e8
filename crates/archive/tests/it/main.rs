//! Archives beside what they live on: folders, a real S3 server, and networks that fail.

mod store;
