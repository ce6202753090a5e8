//! Finds installed PostgreSQL and runs private clusters.
