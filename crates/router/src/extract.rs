//! `Tenant` as an argument of axum handlers.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use http::StatusCode;
use http::request::Parts;

use crate::tenant::Tenant;

/// From the request's extensions, where whoever resolved the host has put it. A request that
/// belongs to no tenant is answered with 404.
impl<S: Send + Sync> FromRequestParts<S> for Tenant {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, StatusCode> {
        parts.extensions.get::<Self>().cloned().ok_or(StatusCode::NOT_FOUND)
    }
}

/// For pages that are served to tenants and to others.
impl<S: Send + Sync> OptionalFromRequestParts<S> for Tenant {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Option<Self>, StatusCode> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}
