//! The HTTP contract: types, error codes, typed client.
