//! Ids, names that parse, states and pure plans.
