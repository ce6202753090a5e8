//! A connection lent to one request. What becomes of it afterwards is decided here, by what the
//! server said last and not by what the request meant to do.

use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, timeout, timeout_at};
use tokio_postgres::error::SqlState;

use super::link::Link;
use super::seats::SeatId;
use super::server::ServerPool;
use super::statements::Statements;
use super::wire::Rest;

pub(crate) struct Loan {
    /// There until it is dropped.
    link: Option<Box<Link>>,
    server: Arc<ServerPool>,
    seat: SeatId,
    /// Calls that have begun and not ended. A call whose future was dropped never ends.
    unfinished: AtomicUsize,
    /// Whether the connection must not be used by anybody else.
    spoilt: AtomicBool,
}

/// How long the end of an answer may take that the request did not wait for, such as the rows
/// after the first. Then it is cancelled.
const SETTLE_MAX: Duration = Duration::from_millis(500);

/// How long a connection may take to say that it is still there.
const CHECK_MAX: Duration = Duration::from_secs(1);

/// How much longer than the statement timeout an answer may take. The server keeps its own time, so if it
/// has said nothing by then, it will not.
const ANSWER_GRACE: Duration = Duration::from_secs(5);

/// Whether a connection can be lent, as far as can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pulse {
    Alive,
    /// The server has ended it, or the time is over.
    Dead,
    /// It does not answer.
    Silent,
}

impl Loan {
    pub(super) fn new(server: Arc<ServerPool>, seat: SeatId, link: Box<Link>) -> Self {
        Self {
            link: Some(link),
            server,
            seat,
            unfinished: AtomicUsize::new(0),
            spoilt: AtomicBool::new(false),
        }
    }

    pub(crate) fn link(&self) -> &Link {
        self.link.as_ref().expect("the link is taken by drop only")
    }

    /// Asks the connection whether it is still there, if it has been idle for so long.
    pub(super) async fn pulse(&self, check_after: Duration, deadline: Instant) -> Pulse {
        let link = self.link();
        if link.is_closed() {
            return Pulse::Dead;
        }
        if link.used.elapsed() < check_after {
            return Pulse::Alive;
        }
        let until = Instant::now() + CHECK_MAX;
        let checked = self.call(link.client.check_connection());
        match timeout_at(deadline.min(until), checked).await {
            Ok(Ok(())) => Pulse::Alive,
            // With less time than it may take, its silence says nothing of others.
            Err(_elapsed) if until <= deadline => Pulse::Silent,
            Ok(Err(_)) | Err(_) => Pulse::Dead,
        }
    }

    /// Makes one call. If its future is dropped before it ends, the connection is not used again.
    pub(crate) async fn call<T>(
        &self,
        call: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, tokio_postgres::Error> {
        let ahead = self.unfinished.fetch_add(1, Ordering::Relaxed);
        let answer = self.in_time(call, ahead).await;
        self.unfinished.fetch_sub(1, Ordering::Relaxed);
        if let Err(error) = &answer {
            // "cached plan must not change result type": the tables have changed since these
            // statements were prepared.
            if error.code() == Some(&SqlState::FEATURE_NOT_SUPPORTED) {
                self.statements(Statements::clear);
            }
        }
        answer
    }

    /// Gives up a server that has not answered long after it should have cancelled the statement, and
    /// those `ahead` of it on the same connection.
    async fn in_time<T>(&self, call: impl Future<Output = T>, ahead: usize) -> T {
        let link = self.link();
        let Some(limit) = link.statement_timeout else { return call.await };
        let limit =
            limit.saturating_mul(u32::try_from(ahead).unwrap_or(u32::MAX).saturating_add(1));
        let mut call = pin!(call);
        match timeout(limit.saturating_add(ANSWER_GRACE), &mut call).await {
            Ok(answer) => answer,
            Err(_elapsed) => {
                link.give_up();
                // Without its driver it ends with an error.
                call.await
            }
        }
    }

    /// Whether a call was left before its answer, besides the one that asks.
    pub(crate) fn has_left_a_call(&self) -> bool {
        self.unfinished.load(Ordering::Relaxed) > 1
    }

    /// From now on the connection must not be used by anybody else.
    pub(crate) fn spoil(&self) {
        self.spoilt.store(true, Ordering::Relaxed);
    }

    pub(crate) fn statements<T>(&self, look: impl FnOnce(&mut Statements) -> T) -> T {
        look(&mut self.link().statements.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        let Some(mut link) = self.link.take() else { return };
        let (server, seat) = (Arc::clone(&self.server), self.seat);
        link.used = Instant::now();
        link.is_abandoned = *self.unfinished.get_mut() > 0;
        if link.is_abandoned || *self.spoilt.get_mut() {
            return server.give_back(seat, link, false);
        }
        if let Some(rest) = link.wire.rest() {
            return server.give_back(seat, link, rest == Rest::Idle);
        }
        let spawner = server.spawner().clone();
        spawner.spawn(async move {
            let rest = timeout(SETTLE_MAX, link.wire.at_rest()).await;
            link.is_abandoned = rest.is_err();
            server.give_back(seat, link, matches!(rest, Ok(Rest::Idle)));
        });
    }
}
