//! Operations and all effects on servers.
