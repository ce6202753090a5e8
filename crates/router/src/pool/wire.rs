//! Watches a connection's bytes, so that it is known, not guessed, whether the server is done.
//!
//! The driver does not tell whether an answer is still on its way or a transaction is open; the
//! protocol does: each question ends in one `ReadyForQuery`, which carries the transaction's
//! status. Here is nothing but that count. Bodies of messages are skipped, never read.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::{Notify, oneshot};

use super::frames::Frames;

/// What the server said last, when nothing is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    /// No transaction is open.
    Idle,
    /// A transaction is open.
    Open,
    /// A transaction is open and has failed; a commit would roll back.
    Failed,
    /// There is no connection any more.
    Closed,
}

/// What is known of one connection's traffic.
#[derive(Debug, Default)]
pub(crate) struct Wire {
    traffic: Mutex<Traffic>,
    answered: Notify,
}

#[derive(Debug)]
struct Traffic {
    questions: u64,
    answers: u64,
    rest: Rest,
}

impl Default for Traffic {
    fn default() -> Self {
        // The start-up is a question, too.
        Self { questions: 1, answers: 0, rest: Rest::Idle }
    }
}

impl Wire {
    /// What the server said last, or `None` while an answer is on its way.
    pub(crate) fn rest(&self) -> Option<Rest> {
        let traffic = self.lock();
        let quiet = traffic.rest == Rest::Closed || traffic.questions == traffic.answers;
        quiet.then_some(traffic.rest)
    }

    /// Waits until nothing is on its way. Whoever calls it bounds it in time.
    pub(crate) async fn at_rest(&self) -> Rest {
        loop {
            let mut answered = std::pin::pin!(self.answered.notified());
            // From here on no answer is missed.
            answered.as_mut().enable();
            if let Some(rest) = self.rest() {
                return rest;
            }
            answered.await;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Traffic> {
        // The numbers are whole after each statement, so a panic elsewhere spoils nothing.
        self.traffic.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sent(&self, frames: &mut Frames, bytes: &[u8]) {
        let mut questions = 0;
        frames.read(bytes, |kind, _| {
            // Query and Sync; every other message is part of a question that a Sync ends.
            questions += u64::from(matches!(kind, b'Q' | b'S'));
        });
        self.lock().questions += questions;
    }

    fn received(&self, frames: &mut Frames, bytes: &[u8]) {
        let mut answers = 0;
        let mut rest = None;
        frames.read(bytes, |kind, body| {
            if kind == b'Z' {
                answers += 1;
                rest = Some(match body {
                    Some(b'T') => Rest::Open,
                    Some(b'E') => Rest::Failed,
                    _ => Rest::Idle,
                });
            }
        });
        if let Some(rest) = rest {
            let mut traffic = self.lock();
            traffic.answers += answers;
            traffic.rest = rest;
            drop(traffic);
            self.answered.notify_waiters();
        }
    }

    fn closed(&self) {
        self.lock().rest = Rest::Closed;
        self.answered.notify_waiters();
    }
}

/// A stream to a server under watch.
///
/// Its shutdown waits until the server has closed its end, which it does when the backend process
/// exits. So when the driver has ended, the connection no longer counts on the server. If the
/// driver is dropped before, the stream is left to whoever has the other end of `heir`.
pub(crate) struct Watched<S> {
    stream: Option<S>,
    heir: Option<oneshot::Sender<S>>,
    wire: Arc<Wire>,
    sent: Frames,
    received: Frames,
    is_shut: bool,
}

impl<S> Watched<S> {
    pub(crate) fn new(stream: S, heir: oneshot::Sender<S>) -> (Self, Arc<Wire>) {
        let wire = Arc::new(Wire::default());
        let watched = Self {
            stream: Some(stream),
            heir: Some(heir),
            wire: Arc::clone(&wire),
            sent: Frames::from_client(),
            received: Frames::from_server(),
            is_shut: false,
        };
        (watched, wire)
    }

    fn stream(&mut self) -> Pin<&mut S>
    where
        S: Unpin,
    {
        Pin::new(self.stream.as_mut().expect("the stream is taken by drop only"))
    }
}

impl<S> Drop for Watched<S> {
    fn drop(&mut self) {
        self.wire.closed();
        if let (Some(stream), Some(heir)) = (self.stream.take(), self.heir.take()) {
            // Without an heir the stream is closed here.
            drop(heir.send(stream));
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buf.filled().len();
        ready!(this.stream().poll_read(cx, buf))?;
        this.wire.received(&mut this.received, &buf.filled()[before..]);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = ready!(this.stream().poll_write(cx, buf))?;
        this.wire.sent(&mut this.sent, &buf[..written]);
        Poll::Ready(Ok(written))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.get_mut().stream().poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if !this.is_shut {
            ready!(this.stream().poll_shutdown(cx))?;
            this.is_shut = true;
        }
        poll_end(this.stream(), cx)
    }
}

/// Reads on until the server has closed its end, whatever it still says.
pub(crate) async fn end_of(mut stream: impl AsyncRead + Unpin) {
    // A stream that breaks has ended, too.
    drop(std::future::poll_fn(|cx| poll_end(Pin::new(&mut stream), cx)).await);
}

fn poll_end(mut stream: Pin<&mut impl AsyncRead>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
    loop {
        let mut last_words = [0; 4096];
        let mut buf = ReadBuf::new(&mut last_words);
        match ready!(stream.as_mut().poll_read(cx, &mut buf)) {
            Ok(()) if !buf.filled().is_empty() => {}
            Ok(()) | Err(_) => return Poll::Ready(Ok(())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One word a message: `>` is sent, `<` received, then its kind and, if any, its body.
    fn check(talk: &str) -> Option<Rest> {
        let wire = Wire::default();
        let (mut sent, mut received) = (Frames::from_server(), Frames::from_server());
        for word in talk.split_whitespace() {
            let (kind, body) = word[1..].split_at(1);
            let mut message = kind.as_bytes().to_vec();
            message.extend((4 + u32::try_from(body.len()).unwrap()).to_be_bytes());
            message.extend(body.as_bytes());
            if word.starts_with('>') {
                wire.sent(&mut sent, &message);
            } else {
                wire.received(&mut received, &message);
            }
        }
        wire.rest()
    }

    #[test]
    fn at_rest_is_what_the_server_says() {
        assert_eq!(check(""), None, "the start-up is not answered yet");
        assert_eq!(check("<Rxxxx <Saaaa <ZI"), Some(Rest::Idle));
        assert_eq!(check("<ZI >Pselect >D >S"), None);
        assert_eq!(check("<ZI >Pselect >D >S <1 <T >Bxx >E >S <ZI"), None);
        assert_eq!(
            check("<ZI >Pselect >D >S <1 <T >Bxx >E >S <ZI <2 <Dx <C <ZI"),
            Some(Rest::Idle)
        );
        assert_eq!(check("<ZI >Qbegin <C <ZT"), Some(Rest::Open));
        assert_eq!(check("<ZI >Qbegin <C <ZT >Qx <Eno <ZE"), Some(Rest::Failed));
        assert_eq!(check("<ZI >Qbegin <C <ZT >Qx <Eno"), None);
    }
}
