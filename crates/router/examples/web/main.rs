//! A web application whose customers have a database each.
//!
//! `psql control < customers.sql`, then `cargo run --example web -- "host=/run/postgresql dbname=control"`
mod customers;

use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response, Result as Answer};
use axum::{http::StatusCode, routing::get};
use cloison_router::tokio_postgres;
use cloison_router::tokio_util::{sync::CancellationToken, task::TaskTracker};
use cloison_router::{BaseDomain, Config, Intent, Resolution, Router, Tenant, host_of};
use tokio::net::TcpListener;

pub(crate) use customers::Customers;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Finds the customer by the request's host, for the handlers.
async fn find(
    State((router, base)): State<(Router, BaseDomain)>,
    mut request: Request,
    next: Next,
) -> Response {
    let Ok(host) = host_of(&request) else { return StatusCode::BAD_REQUEST.into_response() };
    match router.resolve(&base.site(&host)).await {
        Resolution::Found(tenant) => {
            request.extensions_mut().insert(tenant);
            next.run(request).await
        }
        refusal => refusal.into_response(),
    }
}

async fn notes(tenant: Tenant) -> Answer<String> {
    let connection = tenant.acquire(Intent::ANY_AGE).await?;
    let sql = connection.prepare_cached("select body from notes order by body limit 100").await;
    let rows = connection.query(&sql.map_err(failed)?, &[]).await.map_err(failed)?;
    Ok(rows.iter().map(|it| it.get::<_, String>(0) + "\n").collect())
}

fn failed(error: impl std::fmt::Display) -> StatusCode {
    tracing::error!(%error, "a query failed");
    StatusCode::INTERNAL_SERVER_ERROR
}

pub(crate) async fn serve(
    control: tokio_postgres::Config,
    base: BaseDomain,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Failure> {
    let (tasks, shutdown) = (TaskTracker::new(), CancellationToken::new());
    let customers = Customers { control, tasks: tasks.clone() };
    let config = Config::default();
    let router = Router::start(customers, config, tasks.clone(), shutdown.clone()).await?;
    let app =
        axum::Router::new().route("/", get(notes)).layer(from_fn_with_state((router, base), find));
    let stopping = async move {
        stop.await;
        shutdown.cancel();
    };
    axum::serve(listener, app).with_graceful_shutdown(stopping).await?;
    tasks.close();
    // Until every connection is closed.
    tasks.wait().await;
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let control = std::env::args().nth(1).ok_or("where is the database with the customers?")?;
    let listener = TcpListener::bind("127.0.0.1:8080").await?;
    let stop = async { drop(tokio::signal::ctrl_c().await) };
    serve(control.parse()?, "localhost".parse()?, listener, stop).await
}
