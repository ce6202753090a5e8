//! Throw-away clusters and template databases for tests.
