//! What an application may ask the platform for, on behalf of the tenant that a request is for.
//!
//! The server puts it into the request's extensions, beside the tenant. It is bound to that tenant, so an application cannot even name
//! another. Who of the tenant's people may ask is the application's to decide.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::Stream;
use futures_util::future::BoxFuture;
use http::{HeaderMap, Method, Response};
use uuid::Uuid;

use crate::exports::Export;
use crate::problem::Problem;

/// A part of an export on its way. It breaks off if what lies in the store is not what was written.
pub type ContentStream = Pin<Box<dyn Stream<Item = std::io::Result<Bytes>> + Send>>;

/// The platform, as one tenant's application sees it.
pub trait TenantServices: Send + Sync {
    /// The newest first.
    fn exports(&self) -> BoxFuture<'_, Result<Vec<Export>, Problem>>;

    /// Begins one. It is made whether or not somebody waits for it.
    fn export_begin(&self) -> BoxFuture<'_, Result<(), Problem>>;

    /// The answer to a `GET` or `HEAD` with these headers: status, headers and all. It is written down that it was given out.
    fn export_content<'a>(
        &'a self,
        id: Uuid,
        method: &'a Method,
        headers: &'a HeaderMap,
    ) -> BoxFuture<'a, Result<Response<ContentStream>, Problem>>;
}

/// As it stands in the request's extensions.
#[derive(Clone)]
pub struct Services(pub Arc<dyn TenantServices>);

/// The trace that a request belongs to, in the request's extensions: what the log calls `trace_id`. A visitor who quotes it is found there.
#[derive(Clone, Debug)]
pub struct TraceId(pub String);

impl fmt::Debug for Services {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Services").finish_non_exhaustive()
    }
}
