//! Servers and databases that are in the way.
