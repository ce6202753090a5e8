//! What every process of Cloison that serves or works is made of, wherever its PostgreSQL comes from.
//!
//! Not here: starting clusters and bootstrapping them, which is `up`'s.

mod backups;
mod control;
mod exports;
mod process;
mod release;
mod stop;
mod web;

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use cloison_catalog::{Catalog, DATABASE, ROLE};
use cloison_control::usage::RequestCounts;
use cloison_control::watch::Watch;
use cloison_control::{Control, history, seats};
use cloison_model::Secret;
use cloison_router::{Router, SchemaSupport};
use cloison_server::{
    Application, HttpStats, Metrics, MetricsSettings, Platform, PublicUrl, Started, WayOut,
};
use cloison_studio::{Clock, StudioConfig};
use jiff::Timestamp;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub(crate) use self::backups::{backups, point_in_time, warn_of_none};
pub(crate) use self::control::control;
pub(crate) use self::exports::export_rules;
use self::process::this_process;
pub(crate) use self::release::{
    is_studio, release, release_complaint, release_folder, release_source,
};
pub(crate) use self::stop::{StopSignal, until_stopped};
pub(crate) use self::web::{Listeners, OpsListener, Web};

/// Connections to the control database: a handful, since requests of studios need none.
const CATALOG_CONNECTIONS_MAX: usize = 10;

/// The control database at a place on this machine: a loopback address, or a socket directory.
pub(crate) fn catalog(host: &str, port: u16, password: &Secret) -> Catalog {
    let mut config = tokio_postgres::Config::new();
    if host.starts_with('/') {
        config.host_path(Path::new(host));
    } else {
        config.host(host);
    }
    config
        .port(port)
        .dbname(DATABASE)
        .user(ROLE)
        .password(password.expose())
        .application_name("cloison");
    Catalog::new(config, CATALOG_CONNECTIONS_MAX)
}

/// Loads the routes and opens both ports to visitors. The role is what people read beside this process's seats.
pub(crate) async fn serve(
    control: Control,
    role: &str,
    public_url: PublicUrl,
    listeners: Listeners,
    settings: MetricsSettings,
    shutdown: &CancellationToken,
) -> Result<(Platform, Web)> {
    let served = control.source.load().map_err(release_complaint)?;
    let is_studio = is_studio(&served)?;
    let newest = release()?.version();
    // Of another program's pages it is not known what they can do with. What a folder adds to the studio's own migrations,
    // this build's pages do not know.
    let schema = is_studio.then_some(SchemaSupport { oldest: cloison_studio::SCHEMA_MIN, newest });
    let config = cloison_router::Config { schema, ..cloison_router::Config::default() };
    let control = control.of(this_process(role, is_studio.then_some(newest)));
    seats::forget_ended(&control).await.context("free the seats of processes that were killed")?;
    let tracker = control.tracker.clone();
    let started = Router::start(control.clone(), config, tracker.clone(), shutdown.clone());
    // On the heap: the callers' futures hold it, and are large already.
    let router = Box::pin(started).await.context("load the tenants' routes")?;
    let started = Started { at: Timestamp::now(), instant: Instant::now() };
    let http = HttpStats::default();
    let requests = RequestCounts::default();
    tracker.spawn(requests.clone().keep_added(control.clone(), shutdown.clone()));
    let watch = Watch::new(control.clone());
    let serving = Some((router.clone(), requests.clone()));
    let metrics = Metrics::new(settings, &control, watch.clone(), serving, &http);
    let (tally, until) = (http.tally.clone(), shutdown.clone());
    tracker.spawn(history::keep(control.clone(), watch.clone(), tally, until));
    let platform = Platform {
        control,
        router,
        public_url,
        started,
        http,
        requests,
        watch,
        spares_wanted: settings.spares_wanted,
        shutdown: shutdown.clone(),
    };
    let application = if is_studio {
        Application {
            router: cloison_studio::router(StudioConfig { clock: Clock::new(Timestamp::now) }),
            way_out: Some(WayOut {
                first: cloison_studio::WAY_OUT,
                leads: cloison_studio::is_way_out,
            }),
        }
    } else {
        cloison_server::served_elsewhere()
    };
    let web = listeners.serve(&platform, metrics, application, &tracker, shutdown);
    Ok((platform, web))
}

/// Runs until the ports are closed and the workers have ended, or until one of them fails.
pub(crate) async fn ended(web: Web, workers: JoinHandle<Result<()>>) -> Result<()> {
    let worked = async { workers.await.context("work on operations")? };
    tokio::try_join!(web.ended(), worked).map(|((), ())| ())
}
