//! A server that speaks as much of PostgreSQL's protocol as a test needs, and misbehaves when told to.
//!
//! It costs no process per connection, so thousands can be opened; and it can do what a real server does only
//! in bad moments. Not here: data.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

/// Gone when dropped.
pub(crate) struct Stub {
    pub(crate) port: u16,
    sessions: Arc<Sessions>,
    _stop: DropGuard,
}

/// How a role is treated that comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    Welcome,
    /// It is never answered.
    Silent,
    /// It is refused with this code.
    Refuse(&'static str),
    /// It is let in, and its connection ends at the next question.
    Fickle,
}

type Manners = dyn Fn(&str) -> Manner + Send + Sync;

struct Sessions {
    manners: Mutex<Arc<Manners>>,
    attempts: AtomicUsize,
    open: AtomicUsize,
    open_most: AtomicUsize,
}

impl Stub {
    pub(crate) async fn start(manners: impl Fn(&str) -> Manner + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let stop = CancellationToken::new();
        let sessions = Arc::new(Sessions {
            manners: Mutex::new(Arc::new(manners)),
            attempts: AtomicUsize::new(0),
            open: AtomicUsize::new(0),
            open_most: AtomicUsize::new(0),
        });
        let (tasks, serving) = (TaskTracker::new(), Arc::clone(&sessions));
        let (stopped, tracker) = (stop.clone(), tasks.clone());
        tasks.spawn(stop.clone().run_until_cancelled_owned(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                stream.set_nodelay(true).unwrap();
                let session = Arc::clone(&serving).serve(stream);
                tracker.spawn(stopped.clone().run_until_cancelled_owned(session));
            }
        }));
        Self { port, sessions, _stop: stop.drop_guard() }
    }

    pub(crate) fn treat(&self, manners: impl Fn(&str) -> Manner + Send + Sync + 'static) {
        *self.sessions.manners.lock().unwrap() = Arc::new(manners);
    }

    /// How often somebody has tried to come in.
    pub(crate) fn attempts(&self) -> usize {
        self.sessions.attempts.load(Ordering::Relaxed)
    }

    /// How many are in.
    pub(crate) fn open(&self) -> usize {
        self.sessions.open.load(Ordering::Relaxed)
    }

    pub(crate) fn open_most(&self) -> usize {
        self.sessions.open_most.load(Ordering::Relaxed)
    }
}

impl Sessions {
    async fn serve(self: Arc<Self>, mut stream: TcpStream) {
        let Some(start) = read(&mut stream, 0).await else { return };
        // A request to cancel has two numbers in its place.
        let Some(role) = role(&start) else { return };
        self.attempts.fetch_add(1, Ordering::Relaxed);
        let manner = self.manners.lock().unwrap().clone()(&role);
        match manner {
            Manner::Welcome | Manner::Fickle => {}
            Manner::Silent => {
                drop(read(&mut stream, 0).await);
                return;
            }
            Manner::Refuse(code) => {
                let fields = format!("SFATAL\0VFATAL\0C{code}\0Mrefused on purpose\0\0");
                drop(stream.write_all(&message(b'E', fields.as_bytes())).await);
                return;
            }
        }
        let open = self.open.fetch_add(1, Ordering::Relaxed) + 1;
        self.open_most.fetch_max(open, Ordering::Relaxed);
        let answers = talk(&mut stream, manner == Manner::Fickle);
        answers.await.unwrap_or_default();
        // The session ends before the connection does, as a backend's.
        self.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Until the other end says goodbye, or goes away.
async fn talk(stream: &mut TcpStream, is_fickle: bool) -> std::io::Result<()> {
    let mut status = b'I';
    let mut answer = message(b'R', &[0; 4]);
    answer.extend(message(b'K', &[0; 8]));
    answer.extend(message(b'Z', &[status]));
    stream.write_all(&answer).await?;
    while let Some(question) = read(stream, 1).await {
        if is_fickle {
            return Ok(());
        }
        let answer = match question[0] {
            b'Q' => {
                status = match &question[1..] {
                    b"begin\0" => b'T',
                    b"commit\0" | b"rollback\0" => b'I',
                    _ => status,
                };
                [message(b'C', b"DONE\0"), message(b'Z', &[status])].concat()
            }
            b'P' => message(b'1', &[]),
            b'D' => [message(b't', &[0; 2]), message(b'n', &[])].concat(),
            b'B' => message(b'2', &[]),
            b'E' => message(b'C', b"DONE\0"),
            b'C' => message(b'3', &[]),
            b'S' => message(b'Z', &[status]),
            _ => return Ok(()),
        };
        stream.write_all(&answer).await?;
    }
    Ok(())
}

/// One message: its kind, if it has one, and its body.
async fn read(stream: &mut TcpStream, kind: usize) -> Option<Vec<u8>> {
    let mut head = vec![0; kind + 4];
    stream.read_exact(&mut head).await.ok()?;
    let length = u32::from_be_bytes(head[kind..].try_into().unwrap());
    let mut body = vec![0; usize::try_from(length).unwrap() - 4];
    stream.read_exact(&mut body).await.ok()?;
    head.truncate(kind);
    head.extend(body);
    Some(head)
}

fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 4).unwrap();
    [&[kind], &length.to_be_bytes()[..], body].concat()
}

fn role(start: &[u8]) -> Option<String> {
    let mut words = start.get(4..)?.split(|it| *it == 0);
    words.find(|it| *it == b"user")?;
    Some(String::from_utf8(words.next()?.to_vec()).unwrap())
}
