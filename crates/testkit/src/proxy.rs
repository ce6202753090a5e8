//! A network between a client and a server, which a test can cut, block and look at.
#![expect(clippy::unwrap_used, reason = "a test whose network fails, fails")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

/// Forwards connections to a port; gone when dropped.
pub struct Proxy {
    pub port: u16,
    traffic: Arc<Traffic>,
    _stop: DropGuard,
}

struct Traffic {
    server: u16,
    /// Of the connections that are there, and of those to come.
    flow: watch::Sender<Flow>,
    /// When each connection was opened, but for those that cancel.
    opened: Mutex<Vec<Instant>>,
    /// Connections that have not been let in yet, and the most there have been.
    starting: AtomicUsize,
    starting_most: AtomicUsize,
    /// What has come from clients.
    said: Mutex<Vec<u8>>,
}

/// What passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    Everything,
    /// What the server says is kept back.
    Questions,
    /// Nothing, and no connection is closed.
    Nothing,
    /// Nothing on the connections that are there now, everything on those to come.
    NothingOld {
        opened: usize,
    },
}

/// `ReadyForQuery`, with no transaction open.
const READY: &[u8] = b"Z\0\0\0\x05I";

impl Proxy {
    pub async fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let stop = CancellationToken::new();
        let traffic = Arc::new(Traffic {
            server,
            flow: watch::Sender::new(Flow::Everything),
            opened: Mutex::default(),
            starting: AtomicUsize::new(0),
            starting_most: AtomicUsize::new(0),
            said: Mutex::default(),
        });
        let (tasks, forwarding) = (TaskTracker::new(), Arc::clone(&traffic));
        let (stopped, tracker) = (stop.clone(), tasks.clone());
        tasks.spawn(stop.clone().run_until_cancelled_owned(async move {
            loop {
                let (client, _) = listener.accept().await.unwrap();
                client.set_nodelay(true).unwrap();
                let forward = Arc::clone(&forwarding).forward(client);
                tracker.spawn(stopped.clone().run_until_cancelled_owned(forward));
            }
        }));
        Self { port, traffic, _stop: stop.drop_guard() }
    }

    pub fn let_through(&self, flow: Flow) {
        self.traffic.flow.send_replace(flow);
    }

    /// Connections that are there now go dead without being closed.
    pub fn freeze(&self) {
        self.let_through(Flow::NothingOld { opened: self.opened().len() });
    }

    /// When each connection was opened.
    pub fn opened(&self) -> Vec<Instant> {
        self.traffic.opened.lock().unwrap().clone()
    }

    /// How many connections were being started at the same time, at most.
    pub fn starting_most(&self) -> usize {
        self.traffic.starting_most.load(Ordering::Relaxed)
    }

    /// All that has come from clients.
    pub fn said(&self) -> String {
        String::from_utf8_lossy(&self.traffic.said.lock().unwrap()).into_owned()
    }
}

impl Traffic {
    async fn forward(self: Arc<Self>, mut client: TcpStream) {
        let mut first = [0; 8];
        if client.read_exact(&mut first).await.is_err() {
            return;
        }
        let is_cancel = first == [0, 0, 0, 16, 4, 210, 22, 46];
        let number = {
            let mut opened = self.opened.lock().unwrap();
            if !is_cancel {
                opened.push(Instant::now());
            }
            opened.len()
        };
        let starting = (!is_cancel).then(|| Starting::new(Arc::clone(&self)));
        // If nobody is there, the client's connection is closed at once.
        let Ok(mut server) = TcpStream::connect(("127.0.0.1", self.server)).await else { return };
        server.set_nodelay(true).unwrap();
        self.passes(number, true).await;
        if server.write_all(&first).await.is_err() {
            return;
        }
        let (from_client, to_client) = client.into_split();
        let (from_server, to_server) = server.into_split();
        tokio::join!(
            self.copy(from_client, to_server, number, None, true),
            self.copy(from_server, to_client, number, starting, false),
        );
    }

    async fn copy(
        &self,
        mut from: OwnedReadHalf,
        mut to: OwnedWriteHalf,
        number: usize,
        mut starting: Option<Starting>,
        is_question: bool,
    ) {
        let mut bytes = vec![0; 16 * 1024];
        loop {
            let read = from.read(&mut bytes).await.unwrap_or(0);
            if is_question {
                self.said.lock().unwrap().extend(&bytes[..read]);
            }
            self.passes(number, is_question).await;
            // Let in or refused: noted before the client can know.
            if read == 0 || bytes[0] == b'E' || bytes[..read].windows(6).any(|it| it == READY) {
                starting = None;
            }
            if read == 0 || to.write_all(&bytes[..read]).await.is_err() {
                drop((to.shutdown().await, starting));
                return;
            }
        }
    }

    async fn passes(&self, number: usize, is_question: bool) {
        let may_pass = |flow: &Flow| match *flow {
            Flow::Everything => true,
            Flow::Questions => is_question,
            Flow::Nothing => false,
            Flow::NothingOld { opened } => number > opened,
        };
        self.flow.subscribe().wait_for(may_pass).await.unwrap();
    }
}

/// A connection that has not been let in yet.
struct Starting {
    traffic: Arc<Traffic>,
}

impl Starting {
    fn new(traffic: Arc<Traffic>) -> Self {
        let starting = traffic.starting.fetch_add(1, Ordering::Relaxed) + 1;
        traffic.starting_most.fetch_max(starting, Ordering::Relaxed);
        Self { traffic }
    }
}

impl Drop for Starting {
    fn drop(&mut self) {
        self.traffic.starting.fetch_sub(1, Ordering::Relaxed);
    }
}
