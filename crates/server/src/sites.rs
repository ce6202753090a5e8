//! Which host gets which application.
//!
//! A request is read for its host once, here. No handler behind this looks at the header again.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use cloison_api::Code;
use cloison_model::{AccessMode, Site, TenantId};
use cloison_router::{Resolution, Tenant, Unavailable, host_of};
use http::{HeaderMap, StatusCode, header};
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;

use crate::error::ApiError;
use crate::exports::{OfTenant, by_link};
use crate::metrics;
use crate::page::{self, page};
use crate::platform::Platform;
use crate::traced;
use crate::usage::Serving;
use crate::v1;

struct Sites {
    platform: Arc<Platform>,
    base: Router,
    console: Router,
    application: Application,
}

/// What is served on tenants' hosts.
#[derive(Clone, Debug)]
pub struct Application {
    /// It finds its `cloison_router::Tenant` in the request's extensions, beside `cloison_api::Services` for that tenant, and is only asked
    /// where there is one.
    pub router: Router,
    /// What is left of it for a tenant that may only take its data away. Without, nothing is.
    pub way_out: Option<WayOut>,
}

/// The addresses of an application that lead a tenant's owner to the data.
#[derive(Clone, Copy, Debug)]
pub struct WayOut {
    /// Where whoever opens the tenant's first page is led.
    pub first: &'static str,
    /// Whether this path is among them.
    pub leads: fn(&str) -> bool,
}

/// The whole of the public port.
pub fn sites(platform: Platform, application: Application) -> Router {
    let counted = middleware::from_fn_with_state(platform.http.clone(), metrics::count);
    let named = |router: Router, app: &'static str| {
        router.layer(middleware::from_fn_with_state(app, metrics::name))
    };
    let application = Application { router: named(application.router, "studio"), ..application };
    let console = console(platform.clone()).layer(middleware::from_fn(traced::name_tenant));
    let console = named(console, "console");
    let base = named(base(), "base");
    let sites = Sites { base, console, platform: Arc::new(platform), application };
    Router::new()
        .fallback(dispatch)
        .with_state(Arc::new(sites))
        .layer(CatchPanicLayer::custom(apologise))
        .layer(counted)
        .layer(middleware::from_fn(traced::trace))
}

/// Where tenants' pages would be, for a product whose pages are another program's: it names nobody.
pub fn served_elsewhere() -> Application {
    let router = Router::new().fallback(async |headers: HeaderMap| {
        page(StatusCode::NOT_FOUND, page::SERVED_ELSEWHERE, &headers)
    });
    Application { router, way_out: None }
}

async fn dispatch(State(sites): State<Arc<Sites>>, request: Request) -> Response {
    let host = match host_of(&request) {
        Ok(host) => host,
        Err(_unreadable) => {
            return page(StatusCode::BAD_REQUEST, page::BAD_HOST, request.headers());
        }
    };
    match sites.platform.public_url.base.site(&host) {
        Site::Base => forward(&sites.base, request).await,
        Site::Console => forward(&sites.console, request).await,
        Site::Nobody => page(StatusCode::NOT_FOUND, page::UNKNOWN_HOST, request.headers()),
        site @ (Site::Subdomain(_) | Site::Custom(_)) => to_tenant(&sites, &site, request).await,
    }
}

async fn to_tenant(sites: &Sites, site: &Site, request: Request) -> Response {
    match sites.platform.router.resolve(site).await {
        Resolution::Found(tenant) => to_application(sites, tenant, request).await,
        Resolution::Unknown => page(StatusCode::NOT_FOUND, page::UNKNOWN_HOST, request.headers()),
        Resolution::Suspended { tenant, access: AccessMode::ExportOnly, .. } => {
            to_way_out(sites, tenant, request).await
        }
        Resolution::Suspended { .. } => {
            page(StatusCode::FORBIDDEN, page::SUSPENDED, request.headers())
        }
        Resolution::Unavailable(why) => unavailable(&why, request.headers()),
    }
}

/// A customer who has left gets no further than to the data.
async fn to_way_out(sites: &Sites, tenant: TenantId, request: Request) -> Response {
    let Some(way_out) = sites.application.way_out else {
        return page(StatusCode::FORBIDDEN, page::SUSPENDED, request.headers());
    };
    let path = request.uri().path();
    if path == "/" {
        return Redirect::to(way_out.first).into_response();
    }
    match sites.platform.router.tenant(tenant) {
        Some(tenant) if (way_out.leads)(path) => to_application(sites, tenant, request).await,
        Some(_) | None => page(StatusCode::FORBIDDEN, page::LEFT, request.headers()),
    }
}

async fn to_application(sites: &Sites, tenant: Tenant, mut request: Request) -> Response {
    traced::is_about(tenant.subdomain());
    let serving = Serving::begin(sites.platform.requests.clone(), tenant.id());
    let services = OfTenant::services(Arc::clone(&sites.platform), tenant.clone());
    request.extensions_mut().insert(services);
    request.extensions_mut().insert(tenant);
    serving.answered(forward(&sites.application.router, request).await)
}

async fn forward(app: &Router, request: Request) -> Response {
    app.clone().oneshot(request).await.into_response()
}

fn unavailable(why: &Unavailable, headers: &HeaderMap) -> Response {
    match why {
        // Said once by the router, when the directory went down.
        Unavailable::Directory => {}
        Unavailable::Schema { subdomain, why } => {
            tracing::warn!(%subdomain, "{subdomain} is not served: {why}");
        }
    }
    let mut response = page(StatusCode::SERVICE_UNAVAILABLE, page::UNAVAILABLE, headers);
    response.headers_mut().insert(header::RETRY_AFTER, why.retry_after().as_secs().into());
    response
}

fn base() -> Router {
    Router::new()
        .route("/", get(async |headers: HeaderMap| page(StatusCode::OK, page::PUBLIC, &headers)))
        .fallback(unknown_page)
}

fn console(platform: Platform) -> Router {
    let pages = cloison_console::Config {
        control: platform.control.clone(),
        watch: platform.watch.clone(),
        router: platform.router.clone(),
        spares_wanted: platform.spares_wanted,
    };
    Router::new()
        .route("/exports/{token}", get(by_link).with_state(platform.clone()))
        .fallback(unknown_page)
        .merge(cloison_console::router(pages))
        .merge(v1::v1(platform))
}

async fn unknown_page(headers: HeaderMap) -> Response {
    page(StatusCode::NOT_FOUND, page::UNKNOWN_PAGE, &headers)
}

/// A handler panicked: a defect of ours. The visitor learns only that.
#[expect(clippy::needless_pass_by_value, reason = "the signature is the layer's")]
fn apologise(panic: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    tracing::error!("a handler panicked: {text}");
    ApiError::new(Code::Internal, "Something went wrong on our side. It is in the log; try again.")
        .into_response()
}
