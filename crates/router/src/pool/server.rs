//! One server's pool: does what the seats decide.
//!
//! One short lock; nothing is awaited, dropped or told under it.

use std::collections::HashMap;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cloison_model::{ServerId, TenantId};
use tokio::sync::{Notify, oneshot};
use tokio::time::{Instant, timeout_at};

use super::Refusal;
use super::link::{Cutter, Link};
use super::loan::{Loan, Pulse};
use super::seats::{Attempt, Decision, Request, SeatId, Seats, Step, Ticket};
use crate::error::ConnectError;
use crate::remedy::is_outage;
use crate::route::Route;
use crate::seat_leases::Usage;
use crate::spawner::Spawner;
use crate::stats::{Histogram, ServerStats, TenantStats};

#[cfg(test)]
mod tests;

pub(crate) struct ServerPool {
    server: ServerId,
    core: Mutex<Core>,
    patience: Patience,
    spawner: Spawner,
    /// Told whenever a connection has become idle or a seat free.
    changed: Notify,
    /// Told when there are too many connections for any to be opened still.
    cut: Notify,
}

/// How long the network may be silent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// While a connection is opened.
    pub(crate) connect: Duration,
    /// While it is idle; then it is asked whether it is still there.
    pub(crate) check_after: Duration,
}

struct Core {
    seats: Seats,
    parked: HashMap<SeatId, Box<Link>>,
    waiters: HashMap<Ticket, oneshot::Sender<Turn>>,
    /// How to end each connection, whoever uses it.
    cutters: HashMap<SeatId, Cutter>,
    /// The most seats in use and requests waiting at once, since [`ServerPool::usage`] was asked.
    peak: usize,
    /// When the first of the tasks that wait for it has the seats look again.
    looking_at: Option<Instant>,
    timeouts: u64,
    acquire: Histogram,
}

/// What a request gets when its turn has come. Dropped, it goes back where it came from.
enum Turn {
    Reuse(Loan),
    Connect(SeatHold),
    Resolve,
}

/// Holds a seat; dropped when the connection is gone for good.
pub(crate) struct SeatHold {
    server: Arc<ServerPool>,
    seat: SeatId,
}

impl Drop for SeatHold {
    fn drop(&mut self) {
        let mut core = self.server.lock();
        let parked = core.parked.remove(&self.seat);
        core.cutters.remove(&self.seat);
        let steps = core.seats.freed(self.seat, now());
        self.server.perform(core, steps);
        drop(parked);
        self.server.changed.notify_waiters();
    }
}

/// What is to be done once the lock is released.
enum Deed {
    Tell(Option<oneshot::Sender<Turn>>, Turn),
    Close(Box<Link>),
    LookAt(Instant),
}

impl ServerPool {
    pub(crate) fn new(
        server: ServerId,
        seats: Seats,
        patience: Patience,
        spawner: Spawner,
    ) -> Arc<Self> {
        let core = Core {
            seats,
            parked: HashMap::new(),
            waiters: HashMap::new(),
            cutters: HashMap::new(),
            peak: 0,
            looking_at: None,
            timeouts: 0,
            acquire: Histogram::default(),
        };
        Arc::new(Self {
            server,
            core: Mutex::new(core),
            patience,
            spawner,
            changed: Notify::new(),
            cut: Notify::new(),
        })
    }

    /// A connection for this route: its own idle one, a new one, or whichever comes free.
    pub(crate) async fn acquire(
        self: &Arc<Self>,
        route: &Arc<Route>,
        epoch: i64,
        deadline: Instant,
    ) -> Result<Loan, Refusal> {
        let begun = Instant::now();
        let request = Request {
            tenant: route.tenant,
            subdomain: &route.subdomain,
            epoch,
            limit: route.limits.connection_limit,
            weight: route.limits.weight,
        };
        let loan = loop {
            match self.turn(&request, deadline).await? {
                Turn::Reuse(loan) => match loan.pulse(self.patience.check_after, deadline).await {
                    Pulse::Alive => break loan,
                    // It has died in its sleep; its driver is about to give up the seat.
                    Pulse::Dead => loan.spoil(),
                    Pulse::Silent => {
                        loan.spoil();
                        // Whatever has befallen it, the tenant's others have slept through it, too.
                        self.change(|seats| seats.close_idle_of(request.tenant));
                    }
                },
                Turn::Connect(seat) => break self.connect(route, seat, deadline).await?,
                Turn::Resolve => return Err(Refusal::Outdated),
            }
        };
        self.lock().acquire.add(begun.elapsed());
        Ok(loan)
    }

    async fn turn(
        self: &Arc<Self>,
        request: &Request<'_>,
        deadline: Instant,
    ) -> Result<Turn, Refusal> {
        let (ticket, turn) = {
            let mut core = self.lock();
            let (decision, steps) = core.seats.decide(request, now());
            core.peak = core.peak.max(core.seats.wanted_count());
            let decided = match decision {
                Decision::Reuse(seat) => {
                    let link = core.parked.remove(&seat).expect("an idle seat's link is parked");
                    Ok(Ok(Turn::Reuse(Loan::new(Arc::clone(self), seat, link))))
                }
                Decision::Connect(seat) => Ok(Ok(Turn::Connect(self.hold(seat)))),
                Decision::Wait(ticket) => Err((ticket, core.wait(ticket))),
                Decision::Full => Ok(Err(Refusal::QueueFull(core.seats.load(request.tenant)))),
                Decision::Down { since, next_try } => {
                    Ok(Err(Refusal::ServerDown { since, next_try }))
                }
            };
            // Also for whoever is refused: the request may have brought news of the route.
            self.perform(core, steps);
            match decided {
                Ok(turn) => return turn,
                Err(waiting) => waiting,
            }
        };
        let waiting = Waiting { server: self, ticket };
        if let Ok(Ok(turn)) = timeout_at(deadline, turn).await {
            return Ok(turn);
        }
        // While it still counts among those that wait.
        let refusal = self.in_vain(request.tenant);
        drop(waiting);
        Err(refusal)
    }

    /// Opens the connection in a task of its own: if whoever asked goes away, the connection is
    /// there for the next.
    async fn connect(
        self: &Arc<Self>,
        route: &Arc<Route>,
        seat: SeatHold,
        deadline: Instant,
    ) -> Result<Loan, Refusal> {
        let (tell, told) = oneshot::channel();
        let (server, wanted) = (Arc::clone(self), Arc::clone(route));
        self.spawner.spawn(async move {
            let number = seat.seat;
            let opening = Link::open(&wanted, server.patience.connect, &server.spawner, seat);
            let opened = tokio::select! {
                opened = opening => opened,
                () = server.cut.notified() => return,
            };
            let attempt = match &opened {
                Ok(_) => Attempt::Opened,
                Err((ConnectError::Slow { .. }, _)) => Attempt::Silent,
                Err((error, _)) if is_outage(error) => Attempt::ServerDown,
                Err(_) => Attempt::Refused,
            };
            server.change(|seats| seats.attempted(number, attempt, now()));
            let loan = match opened {
                Ok(link) => {
                    server.note_cutter(number, &link);
                    Ok(Loan::new(server, number, Box::new(link)))
                }
                Err((error, leaving)) => {
                    // Only now may the seat be given up: who gets it must know of this failure.
                    server.spawner.spawn(leaving.left());
                    Err(error)
                }
            };
            // An answer that nobody waits for is dropped, and so given back.
            drop(tell.send(loan));
        });
        match timeout_at(deadline, told).await {
            Ok(Ok(opened)) => opened.map_err(Refusal::Connect),
            Ok(Err(_)) | Err(_) => Err(self.in_vain(route.tenant)),
        }
    }

    /// What to say to a request whose time is over.
    fn in_vain(&self, tenant: TenantId) -> Refusal {
        let mut core = self.lock();
        core.timeouts += 1;
        match core.seats.outage(now()) {
            Some((since, next_try)) => Refusal::ServerDown { since, next_try },
            None => Refusal::Timeout(core.seats.load(tenant)),
        }
    }

    /// A connection is not needed any more.
    pub(super) fn give_back(self: &Arc<Self>, seat: SeatId, link: Box<Link>, reusable: bool) {
        let mut core = self.lock();
        core.parked.insert(seat, link);
        let steps = core.seats.give_back(seat, reusable, now());
        // The seat may be free already, if the server has ended the connection.
        let gone = if core.seats.has(seat) { None } else { core.parked.remove(&seat) };
        self.perform(core, steps);
        drop(gone);
        self.changed.notify_waiters();
    }

    pub(crate) fn expire(self: &Arc<Self>, idle_timeout: Duration) {
        self.change(|seats| seats.expire(now(), idle_timeout));
    }

    pub(crate) fn resize(self: &Arc<Self>, budget: usize) {
        self.change(|seats| seats.resize(budget, now()));
    }

    /// Closes the tenant's connections, those in use when they are given back, and waits for that.
    /// Ends only if nobody acquires any more.
    pub(crate) async fn clear(self: &Arc<Self>, tenant: TenantId) {
        self.until(|seats| {
            let steps = seats.close_idle_of(tenant);
            (seats.is_without(tenant), steps)
        })
        .await;
    }

    pub(crate) fn change(self: &Arc<Self>, change: impl FnOnce(&mut Seats) -> Vec<Step>) {
        let mut core = self.lock();
        let steps = change(&mut core.seats);
        self.perform(core, steps);
    }

    /// Closes what there is over the budget, though it is in use.
    pub(crate) fn cut(&self) {
        let mut core = self.lock();
        let surplus = core.seats.surplus();
        if surplus.is_empty() {
            return;
        }
        let cutters: Vec<_> = surplus.iter().filter_map(|it| core.cutters.remove(it)).collect();
        drop(core);
        self.cut.notify_waiters();
        for cutter in cutters {
            self.spawner.spawn(cutter.cut());
        }
    }

    pub(crate) fn usage(&self) -> Usage {
        let mut core = self.lock();
        let (budget, taken) = (core.seats.budget(), core.seats.taken_count());
        let now = core.seats.wanted_count();
        let peak = mem::replace(&mut core.peak, now);
        Usage { budget, taken, wanted: peak.max(now) }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.lock().seats.is_empty()
    }

    fn note_cutter(&self, seat: SeatId, link: &Link) {
        let mut core = self.lock();
        // The connection may have ended already, and its seat with it.
        if core.seats.has(seat) {
            core.cutters.insert(seat, link.cutter());
        }
    }

    /// Waits until there is no connection left.
    pub(crate) async fn emptied(self: &Arc<Self>) {
        self.until(|seats| (seats.is_empty(), Vec::new())).await;
    }

    pub(crate) fn stats(&self) -> ServerStats {
        let core = self.lock();
        let (gauges, counts) = (core.seats.gauges(), core.seats.counts());
        ServerStats {
            server: self.server,
            budget: gauges.budget,
            in_use: gauges.busy,
            connecting: gauges.connecting,
            closing: gauges.closing,
            idle: gauges.idle,
            waiting: gauges.waiting,
            is_down: core.seats.is_down(now()),
            connects: counts.connects,
            connect_failures: counts.connect_failures,
            evictions: counts.evictions,
            waits: counts.waits,
            timeouts: core.timeouts,
            refused: counts.refused,
            acquire: core.acquire,
        }
    }

    pub(crate) fn tenant_stats(&self) -> Vec<TenantStats> {
        self.lock().seats.tenant_stats().collect()
    }

    pub(super) fn server(&self) -> ServerId {
        self.server
    }

    pub(super) fn spawner(&self) -> &Spawner {
        &self.spawner
    }

    /// Looks, and looks again after each change, until the answer is yes.
    async fn until(self: &Arc<Self>, mut look: impl FnMut(&mut Seats) -> (bool, Vec<Step>) + Send) {
        loop {
            // A change from here on is not missed.
            let changed = self.changed.notified();
            let is_so = {
                let mut core = self.lock();
                let (is_so, steps) = look(&mut core.seats);
                self.perform(core, steps);
                is_so
            };
            if is_so {
                return;
            }
            changed.await;
        }
    }

    /// Has the seats look again at that time, unless nobody waits any more.
    async fn look_at(self: Arc<Self>, time: Instant) {
        drop(timeout_at(time, self.emptied()).await);
        let mut core = self.lock();
        core.looking_at = None;
        let steps = core.seats.look(now());
        self.perform(core, steps);
    }

    fn hold(self: &Arc<Self>, seat: SeatId) -> SeatHold {
        SeatHold { server: Arc::clone(self), seat }
    }

    fn lock(&self) -> MutexGuard<'_, Core> {
        self.core.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn perform(self: &Arc<Self>, mut core: MutexGuard<'_, Core>, steps: Vec<Step>) {
        let deeds: Vec<_> = steps
            .into_iter()
            .filter_map(|step| match step {
                Step::Reuse(ticket, seat) => {
                    let link = core.parked.remove(&seat).expect("an idle seat's link is parked");
                    let loan = Loan::new(Arc::clone(self), seat, link);
                    Some(Deed::Tell(core.waiters.remove(&ticket), Turn::Reuse(loan)))
                }
                Step::Connect(ticket, seat) => {
                    Some(Deed::Tell(core.waiters.remove(&ticket), Turn::Connect(self.hold(seat))))
                }
                Step::Resolve(ticket) => {
                    Some(Deed::Tell(core.waiters.remove(&ticket), Turn::Resolve))
                }
                Step::Close(seat) => core.parked.remove(&seat).map(Deed::Close),
                Step::LookAt(time) => {
                    let time = Instant::from_std(time);
                    let is_sooner = core.looking_at.is_none_or(|it| time < it);
                    is_sooner.then(|| {
                        core.looking_at = Some(time);
                        Deed::LookAt(time)
                    })
                }
            })
            .collect();
        drop(core);
        for deed in deeds {
            match deed {
                Deed::Tell(Some(waiter), turn) => drop(waiter.send(turn)),
                Deed::Tell(None, turn) => drop(turn),
                Deed::Close(link) => drop(self.spawner.spawn(link.close())),
                Deed::LookAt(time) => drop(self.spawner.spawn(Arc::clone(self).look_at(time))),
            }
        }
    }
}

impl Core {
    /// How many could be in use now, were there seats for all.
    /// Where the ticket's turn will be told.
    fn wait(&mut self, ticket: Ticket) -> oneshot::Receiver<Turn> {
        let (tell, turn) = oneshot::channel();
        self.waiters.insert(ticket, tell);
        turn
    }
}

/// Leaves the queue when the request goes away or its time is over.
struct Waiting<'a> {
    server: &'a Arc<ServerPool>,
    ticket: Ticket,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut core = self.server.lock();
        core.seats.leave(self.ticket);
        let waiter = core.waiters.remove(&self.ticket);
        drop(core);
        // It may hold what it was given at the last moment.
        drop(waiter);
        self.server.changed.notify_waiters();
    }
}

fn now() -> std::time::Instant {
    Instant::now().into_std()
}
