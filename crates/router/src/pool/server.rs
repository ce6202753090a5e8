//! One server's pool: does what the seats decide.
//!
//! One short lock; nothing is awaited, dropped or told under it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cloison_model::ServerId;
use tokio::sync::{Notify, Semaphore, oneshot};
use tokio::time::{Instant, timeout_at};

use super::link::Link;
use super::loan::Loan;
use super::seats::{Decision, Request, SeatId, Seats, Step, Ticket};
use super::{Limits, Refusal};
use crate::error::Load;
use crate::route::Route;
use crate::spawner::Spawner;
use crate::stats::ServerStats;

pub(crate) struct ServerPool {
    server: ServerId,
    core: Mutex<Core>,
    connecting: Semaphore,
    connect_timeout: Duration,
    spawner: Spawner,
    /// Told whenever a seat has come free.
    freed: Notify,
}

struct Core {
    seats: Seats,
    parked: HashMap<SeatId, Box<Link>>,
    waiters: HashMap<Ticket, oneshot::Sender<Turn>>,
}

/// What a request gets when its turn has come. Dropped, it goes back where it came from.
enum Turn {
    Reuse(Loan),
    Connect(SeatHold),
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
        let steps = core.seats.freed(self.seat);
        self.server.perform(core, steps);
        drop(parked);
        self.server.freed.notify_waiters();
    }
}

/// What is to be done once the lock is released.
enum Deed {
    Tell(Option<oneshot::Sender<Turn>>, Turn),
    Close(Box<Link>),
}

impl ServerPool {
    pub(crate) fn new(
        server: ServerId,
        budget: usize,
        limits: &Limits,
        spawner: Spawner,
        draining: bool,
    ) -> Arc<Self> {
        let mut seats = Seats::new(budget, limits.waiters_max);
        if draining {
            seats.drain();
        }
        Arc::new(Self {
            server,
            core: Mutex::new(Core { seats, parked: HashMap::new(), waiters: HashMap::new() }),
            connecting: Semaphore::new(limits.connecting_max),
            connect_timeout: limits.connect_timeout,
            spawner,
            freed: Notify::new(),
        })
    }

    /// A connection for this route: its own idle one, a new one, or whichever comes free.
    pub(crate) async fn acquire(
        self: &Arc<Self>,
        route: &Arc<Route>,
        deadline: Instant,
    ) -> Result<Loan, Refusal> {
        let request = Request {
            tenant: route.tenant,
            subdomain: route.subdomain.clone(),
            epoch: route.epoch,
            limit: route.limits.connection_limit,
        };
        loop {
            match self.turn(&request, deadline).await? {
                // It has died in its sleep; its driver is about to give up the seat.
                Turn::Reuse(loan) if loan.is_closed() => {}
                Turn::Reuse(loan) => return Ok(loan),
                Turn::Connect(seat) => return self.connect(route, seat, &request, deadline).await,
            }
        }
    }

    async fn turn(self: &Arc<Self>, request: &Request, deadline: Instant) -> Result<Turn, Refusal> {
        let (ticket, turn) = {
            let mut core = self.lock();
            match core.seats.decide(request.clone()) {
                Decision::Reuse(seat) => {
                    let link = core.parked.remove(&seat).expect("an idle seat's link is parked");
                    return Ok(Turn::Reuse(Loan::new(Arc::clone(self), seat, link)));
                }
                Decision::Connect(seat) => return Ok(Turn::Connect(self.hold(seat))),
                Decision::Close { victim, ticket } => {
                    let turn = core.wait(ticket);
                    self.perform(core, vec![Step::Close(victim)]);
                    (ticket, turn)
                }
                Decision::Wait(ticket) => (ticket, core.wait(ticket)),
                Decision::Refuse => return Err(Refusal::QueueFull(core.seats.load(request))),
            }
        };
        let waiting = Waiting { server: self, ticket };
        if let Ok(Ok(turn)) = timeout_at(deadline, turn).await {
            return Ok(turn);
        }
        // While it still counts among those that wait.
        let load = self.load(request);
        drop(waiting);
        Err(Refusal::Timeout(load))
    }

    /// Opens the connection in a task of its own: if whoever asked goes away, the connection is
    /// there for the next.
    async fn connect(
        self: &Arc<Self>,
        route: &Arc<Route>,
        seat: SeatHold,
        request: &Request,
        deadline: Instant,
    ) -> Result<Loan, Refusal> {
        let (tell, told) = oneshot::channel();
        let (server, route) = (Arc::clone(self), Arc::clone(route));
        self.spawner.spawn(async move {
            let number = seat.seat;
            let permit = server.connecting.acquire().await.expect("it is never closed");
            let opened = Link::open(&route, server.connect_timeout, &server.spawner, seat).await;
            drop(permit);
            let loan = opened.map(|link| Loan::new(server, number, Box::new(link)));
            // An answer that nobody waits for is dropped, and so given back.
            drop(tell.send(loan));
        });
        match timeout_at(deadline, told).await {
            Ok(Ok(opened)) => opened.map_err(Refusal::Connect),
            Ok(Err(_)) | Err(_) => Err(Refusal::Timeout(self.load(request))),
        }
    }

    /// A connection is not needed any more.
    pub(super) fn give_back(self: &Arc<Self>, seat: SeatId, link: Box<Link>, reusable: bool) {
        let mut core = self.lock();
        core.parked.insert(seat, link);
        let steps = core.seats.give_back(seat, reusable, Instant::now().into_std());
        // The seat may be free already, if the server has ended the connection.
        let gone = if core.seats.has(seat) { None } else { core.parked.remove(&seat) };
        self.perform(core, steps);
        drop(gone);
    }

    pub(crate) fn expire(self: &Arc<Self>, idle_timeout: Duration) {
        let now = Instant::now().into_std();
        self.change(|seats| seats.expire(now, idle_timeout));
    }

    pub(crate) fn change(self: &Arc<Self>, change: impl FnOnce(&mut Seats) -> Vec<Step>) {
        let mut core = self.lock();
        let steps = change(&mut core.seats);
        self.perform(core, steps);
    }

    /// Waits until there is no connection left.
    pub(crate) async fn emptied(&self) {
        loop {
            let mut freed = std::pin::pin!(self.freed.notified());
            freed.as_mut().enable();
            if self.lock().seats.is_empty() {
                return;
            }
            freed.await;
        }
    }

    pub(crate) fn stats(&self) -> ServerStats {
        let core = self.lock();
        ServerStats {
            server: self.server,
            budget: core.seats.budget(),
            in_use: core.seats.busy_count(),
            idle: core.seats.idle_count(),
            waiting: core.seats.waiting_count(),
            connects: core.seats.connects(),
            evictions: core.seats.evictions(),
        }
    }

    pub(super) fn spawner(&self) -> &Spawner {
        &self.spawner
    }

    fn load(&self, request: &Request) -> Load {
        self.lock().seats.load(request)
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
                Step::Close(seat) => core.parked.remove(&seat).map(Deed::Close),
            })
            .collect();
        drop(core);
        for deed in deeds {
            match deed {
                Deed::Tell(Some(waiter), turn) => drop(waiter.send(turn)),
                Deed::Tell(None, turn) => drop(turn),
                Deed::Close(link) => drop(self.spawner.spawn(link.close())),
            }
        }
    }
}

impl Core {
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
        let steps = core.seats.leave(self.ticket);
        let waiter = core.waiters.remove(&self.ticket);
        self.server.perform(core, steps);
        drop(waiter);
    }
}
