//! The two ports, from the first bind to the last answer.

use std::future::IntoFuture;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use anyhow::{Context, Result};
use axum::Router;
use cloison_control::Control;
use cloison_server::{Application, Metrics, Platform};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::complaint::Complaint;

pub(crate) struct Listeners {
    public: TcpListener,
    ops: TcpListener,
}

/// Both servers, running.
pub(crate) struct Web {
    public: JoinHandle<io::Result<()>>,
    ops: JoinHandle<io::Result<()>>,
}

impl Listeners {
    /// Taken before anything is started, so that a port in use costs nothing.
    pub(crate) async fn bind(public: SocketAddr, ops: SocketAddr) -> Result<Self> {
        Ok(Self { public: bind(public, "--port").await?, ops: bind(ops, "--ops-port").await? })
    }

    /// The public port; where 0 was asked for, the one that was free.
    pub(crate) fn port(&self) -> Result<u16> {
        Ok(self.public.local_addr().context("read the port")?.port())
    }

    pub(crate) fn ops_port(&self) -> Result<u16> {
        Ok(self.ops.local_addr().context("read the port")?.port())
    }

    pub(crate) fn serve(
        self,
        platform: &Platform,
        metrics: Metrics,
        application: Application,
        tracker: &TaskTracker,
        shutdown: &CancellationToken,
    ) -> Web {
        let sites = cloison_server::sites(platform.clone(), application);
        let asked =
            cloison_server::asked(platform.public_url.base.clone(), platform.router.clone());
        let ops = cloison_server::ops(platform.control.clone(), metrics).merge(asked);
        let last = (platform.requests.clone(), platform.control.clone());
        let public = serving(self.public, sites, shutdown);
        // What was counted last is added when nobody is served any more.
        let public = async move {
            let served = public.await;
            last.0.add_last(&last.1).await;
            served
        };
        Web { public: tracker.spawn(public), ops: start(self.ops, ops, tracker, shutdown) }
    }
}

/// The operations port alone, of a process that serves nobody.
pub(crate) struct OpsListener(TcpListener);

impl OpsListener {
    pub(crate) async fn bind(ops: SocketAddr) -> Result<Self> {
        Ok(Self(bind(ops, "--ops-port").await?))
    }

    pub(crate) fn serve(
        self,
        control: Control,
        metrics: Metrics,
        tracker: &TaskTracker,
        shutdown: &CancellationToken,
    ) {
        drop(start(self.0, cloison_server::ops(control, metrics), tracker, shutdown));
    }
}

fn start(
    listener: TcpListener,
    app: Router,
    tracker: &TaskTracker,
    shutdown: &CancellationToken,
) -> JoinHandle<io::Result<()>> {
    tracker.spawn(serving(listener, app, shutdown))
}

fn serving(
    listener: TcpListener,
    app: Router,
    shutdown: &CancellationToken,
) -> impl Future<Output = io::Result<()>> + Send + 'static {
    let stop = shutdown.clone().cancelled_owned();
    // Whoever limits attempts at a password wants to know where they come from.
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, app).with_graceful_shutdown(stop).into_future()
}

impl Web {
    pub(crate) async fn ended(self) -> Result<()> {
        let (public, ops) = tokio::try_join!(self.public, self.ops).context("serve")?;
        public.and(ops).context("serve")
    }
}

async fn bind(address: SocketAddr, option: &str) -> Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| {
        let place = if address.ip() == IpAddr::V4(Ipv4Addr::LOCALHOST) {
            format!("port {}", address.port())
        } else {
            address.to_string()
        };
        let (meaning, advice) = reason(&error, option);
        Complaint::new(format!("cannot listen on {place}: {error}"), meaning, advice).into()
    })
}

/// What it means, and what to do.
fn reason(error: &io::Error, option: &str) -> (&'static str, String) {
    if error.kind() == io::ErrorKind::AddrNotAvailable {
        return ("this machine has no such address", "see: cloison config check".to_owned());
    }
    if error.kind() == io::ErrorKind::PermissionDenied {
        let advice = format!("choose another with {option}, and let a proxy listen on this one");
        return ("ports below 1024 are for root alone", advice);
    }
    (
        "another program has it, perhaps another Cloison",
        format!("stop that one, or choose another port with {option}"),
    )
}
