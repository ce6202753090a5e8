//! The two ports, from the first bind to the last answer.

use std::future::IntoFuture;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use cloison_server::Platform;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::complaint::Complaint;

/// How long open requests and running operations get when we are told to stop.
const GRACE: Duration = Duration::from_secs(10);

pub(super) struct Listeners {
    public: TcpListener,
    ops: TcpListener,
}

/// Both servers, running.
pub(super) struct Web {
    public: JoinHandle<io::Result<()>>,
    ops: JoinHandle<io::Result<()>>,
}

/// Ctrl-C, what a service manager sends, or the end of standard input where that is agreed.
pub(super) struct StopSignal {
    interrupt: Signal,
    terminate: Signal,
    until_stdin_closes: bool,
}

impl Listeners {
    /// Taken before anything is started, so that a port in use costs nothing.
    pub(super) async fn bind(port: u16, ops_port: u16) -> Result<Self> {
        Ok(Self { public: bind(port, "--port").await?, ops: bind(ops_port, "--ops-port").await? })
    }

    /// The public port; where 0 was asked for, the one that was free.
    pub(super) fn port(&self) -> Result<u16> {
        Ok(self.public.local_addr().context("read the port")?.port())
    }

    pub(super) fn serve(
        self,
        platform: &Platform,
        studio: Router,
        tracker: &TaskTracker,
        shutdown: &CancellationToken,
    ) -> Web {
        let sites = cloison_server::sites(platform.clone(), studio);
        let ops = cloison_server::ops(platform.clone());
        let start = |listener, app: Router| {
            let stop = shutdown.clone().cancelled_owned();
            // Whoever limits attempts at a password wants to know where they come from.
            let app = app.into_make_service_with_connect_info::<SocketAddr>();
            tracker.spawn(axum::serve(listener, app).with_graceful_shutdown(stop).into_future())
        };
        Web { public: start(self.public, sites), ops: start(self.ops, ops) }
    }
}

impl Web {
    pub(super) async fn ended(self) -> Result<()> {
        let (public, ops) = tokio::try_join!(self.public, self.ops).context("serve")?;
        public.and(ops).context("serve")
    }
}

impl StopSignal {
    pub(super) fn listen(until_stdin_closes: bool) -> Result<Self> {
        let interrupt = signal(SignalKind::interrupt())?;
        Ok(Self { interrupt, terminate: signal(SignalKind::terminate())?, until_stdin_closes })
    }

    pub(super) async fn received(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            () = stdin_closed(), if self.until_stdin_closes => {}
        }
    }
}

/// Reads on a thread of its own: tokio's standard input would keep the runtime from ending.
async fn stdin_closed() {
    let (closed, heard) = oneshot::channel();
    std::thread::spawn(move || {
        drop(io::copy(&mut io::stdin(), &mut io::sink()));
        closed.send(())
    });
    drop(heard.await);
}

/// Waits for all that was spawned, as long as is decent.
pub(super) async fn wait_for(tracker: &TaskTracker) {
    tracker.close();
    if tokio::time::timeout(GRACE, tracker.wait()).await.is_err() {
        tracing::warn!(
            "{} tasks had not ended after {} s and were cut off",
            tracker.len(),
            GRACE.as_secs()
        );
    }
}

async fn bind(port: u16, option: &str) -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| {
        Complaint::new(
            format!("cannot listen on port {port}: {error}"),
            "another program has it, perhaps another `cloison up`",
            format!("stop that one, or choose another port with {option}"),
        )
        .into()
    })
}
