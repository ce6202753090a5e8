//! A network that breaks while a client is sending.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

/// Forwards connections to a port; gone when dropped.
pub(crate) struct Cutter {
    pub(crate) port: u16,
    broken: Arc<AtomicUsize>,
    _stop: DropGuard,
}

impl Cutter {
    /// Breaks connections when a client has sent so many bytes over one, as often as that.
    pub(crate) async fn before(server: u16, bytes: usize, times: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let broken = Arc::new(AtomicUsize::new(0));
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        let (stopped, tracker, breaks) = (stop.clone(), tasks.clone(), Arc::clone(&broken));
        tasks.spawn(stop.clone().run_until_cancelled_owned(async move {
            loop {
                let (client, _) = listener.accept().await.unwrap();
                let forward = forward(client, server, bytes, times, Arc::clone(&breaks));
                tracker.spawn(stopped.clone().run_until_cancelled_owned(forward));
            }
        }));
        Self { port, broken, _stop: stop.drop_guard() }
    }

    /// How many connections have been broken.
    pub(crate) fn broken(&self) -> usize {
        self.broken.load(Ordering::Relaxed)
    }
}

async fn forward(
    mut client: TcpStream,
    server: u16,
    bytes: usize,
    times: usize,
    broken: Arc<AtomicUsize>,
) {
    let Ok(mut server) = TcpStream::connect(("127.0.0.1", server)).await else { return };
    let (mut from_client, mut to_client) = client.split();
    let (mut from_server, mut to_server) = server.split();
    let questions = async {
        let mut sent = 0;
        let mut buffer = vec![0; 64 << 10];
        loop {
            let Ok(read @ 1..) = from_client.read(&mut buffer).await else { return };
            sent += read;
            let may_break = |it| (it < times).then_some(it + 1);
            if sent > bytes
                && broken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, may_break).is_ok()
            {
                return;
            }
            if to_server.write_all(&buffer[..read]).await.is_err() {
                return;
            }
        }
    };
    // Whoever is done first takes the connection with it.
    tokio::select! {
        () = questions => {}
        _ = copy(&mut from_server, &mut to_client) => {}
    }
}
