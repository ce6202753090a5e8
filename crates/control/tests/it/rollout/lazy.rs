//! Tenants that are left to their first request.
