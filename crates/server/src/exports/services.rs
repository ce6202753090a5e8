//! What a tenant's application gets of the platform: its own tenant's exports.

use std::sync::Arc;

use cloison_api::{ContentStream, Export, Problem, Services, TenantServices};
use cloison_control::call::Call;
use cloison_control::exports::{self, ExportsError, export_fetch, exports_of};
use cloison_router::Tenant;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use http::{HeaderMap, Method, Response};
use uuid::Uuid;

use super::answer::{Asked, answer};
use super::refused::refuse;
use super::shown;
use crate::platform::Platform;

/// Bound to the tenant whose host was asked; the application names none.
pub(crate) struct OfTenant {
    platform: Arc<Platform>,
    tenant: Tenant,
}

impl OfTenant {
    pub(crate) fn services(platform: Arc<Platform>, tenant: Tenant) -> Services {
        Services(Arc::new(Self { platform, tenant }))
    }

    /// As the audit log names whoever uses the tenant's application; who of its people it was, the application knows.
    fn call(&self) -> Call {
        Call::internal(&format!("the owner of {}", self.tenant.subdomain()))
    }

    async fn content(
        &self,
        id: Uuid,
        asked: Asked<'_>,
    ) -> Result<Response<ContentStream>, ExportsError> {
        let export = export_fetch(&self.platform.control, id).await?;
        // Another's is none, as far as this tenant is concerned.
        if export.tenant != self.tenant.id() {
            return Err(ExportsError::NoExport);
        }
        answer(&self.platform, &self.call().actor, &export, asked).await
    }
}

impl TenantServices for OfTenant {
    fn exports(&self) -> BoxFuture<'_, Result<Vec<Export>, Problem>> {
        async {
            let exports = exports_of(&self.platform.control, self.tenant.id()).await;
            let exports = exports.map_err(|it| refuse(it).into_problem())?;
            Ok(exports.into_iter().map(shown).collect())
        }
        .boxed()
    }

    fn export_begin(&self) -> BoxFuture<'_, Result<(), Problem>> {
        async {
            let begun =
                exports::export(&self.platform.control, &self.call(), self.tenant.id()).await;
            begun.map(drop).map_err(|it| refuse(it).into_problem())
        }
        .boxed()
    }

    fn export_content<'a>(
        &'a self,
        id: Uuid,
        method: &'a Method,
        headers: &'a HeaderMap,
    ) -> BoxFuture<'a, Result<Response<ContentStream>, Problem>> {
        async move {
            let content = self.content(id, Asked { method, headers }).await;
            content.map_err(|it| refuse(it).into_problem())
        }
        .boxed()
    }
}
