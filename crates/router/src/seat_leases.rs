//! Shares each server's budget of connections with the other processes that serve the same tenants.
//!
//! A process has *seats*: so many connections it may have. It gets and keeps them by *rounds*, one every two seconds
//! for all servers, each of which the directory makes in one transaction.
//!
//! - **Nobody has what another has.** Seats are given out of those that are free, and a process first closes
//!   connections and then reports that it holds fewer. If an answer is lost, the process goes on with what it knew,
//!   and reports no less than that.
//! - **Who is not heard of** for 20 s by an observer's clock loses his seats to whoever needs them. By then he has
//!   closed his connections: by his own clock, which began before the observer's, he opens nothing new after 6 s and
//!   cuts off what is in use after 10 s. No process believes another's clock, or the database's.
//! - **The control database may be away.** Each process *keeps* a few seats, an eighth of the budget, all together at
//!   most half: these it uses for 20 hours without an answer, and others take them after 24 hours of silence, which
//!   count only while the observer itself is answered. So what a killed process kept is of no use for a day; that is
//!   the price for serving through a night in which the control database is down. After 20 hours nothing is served,
//!   though nobody else may be there: whoever cannot ask cannot know.
//! - **Fair shares** are the directory's to compute: `cloison_model::seat_shares`.
//!
//! What this cannot do: a process that is stopped (SIGSTOP, a suspended machine) for longer than ten seconds while it
//! has connections open, closes them when it wakes up, and until then they count on the server beside those of who
//! took its seats. What PostgreSQL itself enforces, each role's CONNECTION LIMIT and the server's `max_connections`,
//! still holds.

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use cloison_model::NodeId;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

use crate::directory::{DirectoryError, SeatLeases, SeatRound};
use crate::inner::Inner;

mod holder;
mod silence;
mod terms;

pub(crate) use holder::{Ceiling, Usage};
use holder::{Holder, Term};
use terms::{FIRST_ROUND_MAX, ROUND_MAX};

/// After shutdown, requests under way may still want a connection. When there has been none for so long, the seats
/// go.
const LINGER: Duration = Duration::from_millis(250);

/// Nothing changes by itself before that; any time would do.
const NEVER: Duration = Duration::from_hours(1);

/// A process's seats, from its first round on.
pub(crate) struct Tenure {
    router: Arc<Inner>,
    holder: Holder,
    term: Term,
}

impl Tenure {
    /// Makes the first round; without one, nothing can be served. `None` if there is nobody to share with.
    pub(crate) async fn begin(
        router: &Arc<Inner>,
        node: NodeId,
    ) -> Result<Option<Self>, DirectoryError> {
        let router = Arc::clone(router);
        let mut tenure = Self { router, holder: Holder::new(node), term: Term::Sure };
        let (sent, round) = tenure.next_round();
        let Some(leases) = ask(&tenure.router, &round, FIRST_ROUND_MAX).await? else {
            return Ok(None);
        };
        tenure.take_over(sent, leases);
        Ok(Some(tenure))
    }

    /// Makes rounds until shutdown, and then until there is no connection left; then gives everything back.
    pub(crate) async fn hold(mut self, shutdown: CancellationToken) {
        shutdown.run_until_cancelled(self.make_rounds()).await;
        let router = Arc::clone(&self.router);
        let emptied = async {
            loop {
                router.pool().emptied().await;
                sleep(LINGER).await;
                if router.pool().is_empty() {
                    return;
                }
            }
        };
        tokio::select! {
            () = emptied => {}
            () = self.make_rounds() => {}
        }
        let farewell = self.holder.farewell();
        router.pool().lease(&BTreeMap::new());
        if let Err(error) = ask(&self.router, &farewell, ROUND_MAX).await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "this process's seats cannot be given back; others have them when they have not \
                 heard of it for a while"
            );
        }
    }

    async fn make_rounds(&mut self) {
        loop {
            let pause = sleep(self.holder.pause());
            self.meanwhile(pause).await;
            let (sent, round) = self.next_round();
            let router = Arc::clone(&self.router);
            match self.meanwhile(ask(&router, &round, ROUND_MAX)).await {
                Ok(leases) => self.take_over(sent, leases.unwrap_or_default()),
                Err(error) => self.router.health.failed(&error),
            }
        }
    }

    /// The time comes first: what is said holds for whatever happens after it.
    fn next_round(&mut self) -> (Instant, SeatRound) {
        let sent = Instant::now();
        let usage = self.router.pool().usage();
        (sent, self.holder.round(sent.into_std(), &usage))
    }

    fn take_over(&mut self, sent: Instant, leases: SeatLeases) {
        self.holder.answered(sent.into_std(), Instant::now().into_std(), leases);
        self.keep_terms();
    }

    /// Waits for something, and gives up seats when their time is over.
    async fn meanwhile<T>(&mut self, something: impl Future<Output = T>) -> T {
        let mut something = pin!(something);
        loop {
            self.keep_terms();
            let now = Instant::now();
            let change =
                self.holder.next_change(now.into_std()).map_or(now + NEVER, Instant::from_std);
            tokio::select! {
                done = &mut something => return done,
                () = sleep_until(change) => {}
            }
        }
    }

    fn keep_terms(&mut self) {
        let now = Instant::now().into_std();
        let ceilings = self.holder.ceilings(now);
        self.router.pool().lease(&ceilings);
        let before = std::mem::replace(&mut self.term, self.holder.term(now));
        if before != self.term {
            self.say(ceilings.values().map(|it| it.seats).sum());
        }
    }

    fn say(&self, seats: usize) {
        match self.term {
            Term::Sure => {
                tracing::warn!("seats are leased again: this process uses all that it has");
            }
            Term::Doubt => tracing::warn!(
                seats,
                "no seats have been leased for a while: no connection is opened beyond the {seats} \
                 that this process keeps"
            ),
            Term::Cut => tracing::warn!(
                seats,
                "others may take this process's seats now: connections beyond the {seats} that it \
                 keeps are closed"
            ),
            Term::Over => tracing::error!(
                "others may take the seats that this process kept: nothing is served until the \
                 directory answers"
            ),
        }
    }
}

async fn ask(
    router: &Inner,
    round: &SeatRound,
    patience: Duration,
) -> Result<Option<SeatLeases>, DirectoryError> {
    let asked = timeout(patience, router.directory.lease_seats(round));
    asked.await.unwrap_or_else(|elapsed| Err(DirectoryError::new(elapsed)))
}
