//! The operators' console in a browser: what is wrong, then the fleet, with plots for whoever runs no Prometheus.
//!
//! Deliberately absent: changing anything but sign-ins, which is what commands are for; SQL; and the API, which takes no cookie.

mod assets;
mod format;
mod frame;
mod i18n;
mod notices;
mod overview;
mod plot;
mod preferences;
mod sign_in;

use axum::Router;
use axum::middleware::from_fn;
use axum::routing::{get, post};
use cloison_control::Control;
use cloison_control::watch::Watch;
use cloison_pages::{guarded, headed};

use self::sign_in::Known;

/// The same in every language.
const PRODUCT: &str = "Cloison";

/// What it is shown from.
#[derive(Clone, Debug)]
pub struct Config {
    pub control: Control,
    /// The process's own: all who look share what it sees.
    pub watch: Watch,
    pub router: cloison_router::Router,
    /// Spares that this process keeps on each server.
    pub spares_wanted: u16,
}

#[derive(Clone, Debug)]
struct Console {
    config: Config,
    known: Known,
}

/// The console's pages, on a host of their own.
pub fn router(config: Config) -> Router {
    let routes = Router::new()
        .route("/", get(overview::show))
        .route("/assets/{name}", get(assets::serve))
        .route("/sign-in", get(sign_in::show).post(sign_in::enter))
        .route("/sign-in/{token}", get(sign_in::open).post(sign_in::enter_by_link))
        .route("/sign-out", post(sign_in::leave))
        .route("/preferences", post(preferences::save));
    let routes = headed(guarded(routes).layer(from_fn(notices::layer)));
    routes.with_state(Console { config, known: Known::default() })
}
