//! Throw-away clusters and template databases for tests.

#[cfg(feature = "browser")]
pub mod browser;
