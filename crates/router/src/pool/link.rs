//! One open connection: how it is opened, and how it is closed so that its seat is truly free.
//!
//! Not here: who may use it. That is the seats' decision.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::sync::{Notify, oneshot};
use tokio::task::{AbortHandle, JoinHandle};
use tokio::time::{Instant, sleep, timeout};
use tokio_postgres::config::SslMode;
use tokio_postgres::{CancelToken, Client, NoTls};

use super::address::{Address, Stream};
use super::server::SeatHold;
use super::statements::Statements;
use super::wire::{Rest, Watched, Wire, end_of};
use crate::error::ConnectError;
use crate::route::{Limits, Route};
use crate::spawner::Spawner;

pub(crate) struct Link {
    pub(crate) client: Client,
    pub(crate) wire: Arc<Wire>,
    pub(crate) statements: Mutex<Statements>,
    address: Address,
    /// When it was last lent or given back.
    pub(crate) used: Instant,
    /// What the server was told at the start; `None` is no limit.
    pub(crate) statement_timeout: Option<Duration>,
    /// Whether the session's transactions are read-only now.
    pub(crate) is_read_only: AtomicBool,
    /// Whether a request has left it in the middle of a call.
    pub(crate) is_abandoned: bool,
    /// Ends when the server has closed the connection; the seat is given up then.
    driver: JoinHandle<()>,
    /// Tells the driver to stop at once.
    quit: Arc<Notify>,
}

/// How to end a connection that somebody else uses.
pub(crate) struct Cutter {
    address: Address,
    token: CancelToken,
    driver: AbortHandle,
    quit: Arc<Notify>,
}

/// How long a connection that nobody has abandoned may take to close before it is cancelled. It is at
/// rest, so it only needs its turn on the server's processors, and a cancel request is one more
/// process there.
const CLOSE_PATIENCE: Duration = Duration::from_secs(1);

/// A cancel request is lost if it arrives between two statements, so it is repeated.
const CANCEL_AGAIN: Duration = Duration::from_millis(250);

/// After this time the seat is given up even if the server has not said that the connection is
/// closed: a server that hangs must not take the seats with it for ever. The role's CONNECTION
/// LIMIT still holds.
///
/// With the second that it takes to notice that an idle connection is dead, it is less than an acquire may
/// take: a tenant with a single seat gets it back in time.
const CLOSE_MAX: Duration = Duration::from_secs(3);

/// `NAMEDATALEN - 1`: PostgreSQL cuts longer names, and says so in its log each time.
const APPLICATION_BYTES_MAX: usize = 63;

impl Link {
    /// Opens a connection as the tenant's role. The seat is held by the connection's driver, for
    /// as long as the server has the connection; if there is none, by what is left of the attempt.
    pub(crate) async fn open(
        route: &Route,
        limit: Duration,
        spawner: &Spawner,
        seat: SeatHold,
    ) -> Result<Self, (ConnectError, Leaving)> {
        let (heir, left) = oneshot::channel();
        let connecting = async {
            let (address, stream) = Address::connect(&route.host, route.port).await?;
            let (stream, wire) = Watched::new(stream, heir);
            let (client, connection) =
                config(route).connect_raw(stream, NoTls).await.map_err(ConnectError::Postgres)?;
            Ok((address, wire, client, connection))
        };
        let opened = timeout(limit, connecting).await.unwrap_or_else(|_elapsed| {
            let address = format!("{}:{}", route.host, route.port);
            Err(ConnectError::Slow { address, waited: limit })
        });
        let leaving = Leaving { application: application_name(route), stream: left, seat };
        let (address, wire, client, connection) = match opened {
            Ok(opened) => opened,
            Err(error) => return Err((error, leaving)),
        };
        let quit = Arc::new(Notify::new());
        let driver = spawner.spawn({
            let quit = Arc::clone(&quit);
            async move {
                tokio::select! {
                    ended = connection => if let Err(error) = ended {
                        let application = &leaving.application;
                        tracing::debug!(application, %error, "a connection ended");
                    },
                    () = quit.notified() => {}
                }
                leaving.left().await;
            }
        });
        Ok(Self {
            client,
            wire,
            statements: Mutex::new(Statements::new()),
            address,
            used: Instant::now(),
            statement_timeout: Some(route.limits.statement_timeout).filter(|it| !it.is_zero()),
            is_read_only: AtomicBool::new(false),
            is_abandoned: false,
            driver,
            quit,
        })
    }

    /// Whether the connection is of no use any more.
    pub(crate) fn is_closed(&self) -> bool {
        self.client.is_closed() || self.wire.rest() == Some(Rest::Closed)
    }

    /// Ends the connection at once: the server does not answer any more.
    pub(crate) fn give_up(&self) {
        tracing::warn!(
            server = %self.address,
            "{} has not answered a statement long after its time limit; the connection is given up",
            self.address
        );
        self.quit.notify_one();
    }

    pub(crate) fn cutter(&self) -> Cutter {
        Cutter {
            address: self.address.clone(),
            token: self.client.cancel_token(),
            driver: self.driver.abort_handle(),
            quit: Arc::clone(&self.quit),
        }
    }

    /// Closes the connection and waits until the server has done so, too. What is still running
    /// is cancelled, what has not been sent never is; an open transaction is rolled back by the
    /// server.
    pub(crate) async fn close(self) {
        let token = self.client.cancel_token();
        // The client goes first: then no statement tells the server that it is not needed any more.
        drop(self.client);
        drop(self.statements);
        let mut driver = self.driver;
        if !self.is_abandoned && timeout(CLOSE_PATIENCE, &mut driver).await.is_ok() {
            return;
        }
        // From here on the driver takes `CLOSE_MAX` at most.
        self.quit.notify_one();
        while !driver.is_finished() {
            cancel(&self.address, &token).await;
            drop(timeout(CANCEL_AGAIN, &mut driver).await);
        }
    }
}

impl Cutter {
    /// What is running is cancelled. Takes [`CLOSE_MAX`] at most, and then the connection's seat is free.
    pub(crate) async fn cut(self) {
        self.quit.notify_one();
        while !self.driver.is_finished() {
            cancel(&self.address, &self.token).await;
            sleep(CANCEL_AGAIN).await;
        }
    }
}

/// A connection on its way out, with its seat.
pub(crate) struct Leaving {
    application: String,
    /// What the driver leaves, if it goes before the server does.
    stream: oneshot::Receiver<Box<dyn Stream>>,
    seat: SeatHold,
}

impl Leaving {
    /// Gives up the seat once the server has closed its end.
    ///
    /// The driver leaves before the server has if it was told to stop, perhaps in the middle of rows
    /// that nobody reads, or if the two did not understand each other.
    pub(crate) async fn left(self) {
        let Self { application, stream, seat } = self;
        let ending = async {
            if let Ok(mut stream) = stream.await {
                drop(stream.shutdown().await);
                end_of(stream).await;
            }
        };
        if timeout(CLOSE_MAX, ending).await.is_err() {
            tracing::warn!(
                application,
                "a connection does not close though asked to for {CLOSE_MAX:?}; its seat is given to \
                 others, so the server may have one more than its budget"
            );
        }
        drop(seat);
    }
}

async fn cancel(address: &Address, token: &CancelToken) {
    let cancelling = async {
        let stream = address.open().await?;
        token.cancel_query_raw(stream, NoTls).await.map_err(std::io::Error::other)
    };
    match timeout(CANCEL_AGAIN, cancelling).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!(%address, %error, "a cancel request did not arrive"),
        Err(_elapsed) => tracing::debug!(%address, "a cancel request did not arrive in time"),
    }
}

fn config(route: &Route) -> tokio_postgres::Config {
    let mut config = tokio_postgres::Config::new();
    config
        .user(route.role.as_str())
        .password(route.password.expose())
        .dbname(route.database.as_str())
        .application_name(application_name(route))
        .options(options(&route.limits))
        .ssl_mode(SslMode::Disable);
    config
}

fn application_name(route: &Route) -> String {
    let mut name = format!("cloison/{}", route.subdomain);
    // A subdomain is ASCII, so every byte is a place to cut.
    name.truncate(APPLICATION_BYTES_MAX);
    name
}

/// Settings of the start-up packet win over those of role and database.
///
/// The last one is for the seats of a process that was killed: the server sees within a second that nobody is there
/// any more, also while it works on a query. Others may take the seats after twenty.
fn options(limits: &Limits) -> String {
    let Limits {
        statement_timeout,
        lock_timeout,
        idle_in_transaction_timeout,
        connection_limit: _,
        weight: _,
    } = limits;
    format!(
        "-c statement_timeout={} -c lock_timeout={} -c idle_in_transaction_session_timeout={} \
         -c client_connection_check_interval=1000",
        statement_timeout.as_millis(),
        lock_timeout.as_millis(),
        idle_in_transaction_timeout.as_millis()
    )
}
