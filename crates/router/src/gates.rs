//! A gate for each tenant, through which every acquire goes: closed while the tenant's database must be
//! left alone for a moment, as at the end of a move, or while its route says that there is none.
//!
//! A gate that nobody goes through and nobody has closed takes no memory. Not here: closing the
//! connections of those who are out; that is the pool's.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cloison_model::TenantId;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

pub(crate) struct Gates {
    waiters_max: usize,
    state: Mutex<State>,
    /// Told when a gate is closed or opened, when somebody comes out of a closed one, and when routes have changed.
    changed: Notify,
}

#[derive(Default)]
struct State {
    gates: HashMap<TenantId, Gate>,
    closings: u64,
}

#[derive(Default)]
struct Gate {
    /// Who has gone in and not come out.
    inside: usize,
    waiting: usize,
    closed: Option<Closed>,
}

struct Closed {
    number: u64,
    /// It opens by itself then: whoever closed it may have died.
    until: Instant,
}

/// Somebody is inside; dropped when they come out.
pub(crate) struct Pass {
    gates: Arc<Gates>,
    tenant: TenantId,
}

/// Keeps a gate closed; opens it when dropped.
pub(crate) struct Closing {
    gates: Arc<Gates>,
    tenant: TenantId,
    number: u64,
    /// It opens by itself then.
    pub(crate) until: Instant,
}

/// The gate is closed, and remained so until the deadline or too many wait already.
#[derive(Debug)]
pub(crate) struct Shut;

impl Gates {
    pub(crate) fn new(waiters_max: usize) -> Arc<Self> {
        Arc::new(Self { waiters_max, state: Mutex::default(), changed: Notify::new() })
    }

    /// Goes in, at once or when the gate is opened and the route does not hold the tenant's requests back any more.
    pub(crate) async fn enter(
        self: &Arc<Self>,
        tenant: TenantId,
        deadline: Instant,
        is_held_back: impl Fn() -> bool,
    ) -> Result<Pass, Shut> {
        let mut waiting = None;
        loop {
            // A change from here on is not missed.
            let changed = self.changed.notified();
            let held_until = is_held_back().then_some(deadline);
            let until = {
                let mut state = self.lock();
                let gate = state.gates.entry(tenant).or_default();
                match gate.closed_until().or(held_until) {
                    None => {
                        gate.inside += 1;
                        return Ok(Pass { gates: Arc::clone(self), tenant });
                    }
                    Some(_) if waiting.is_none() && gate.waiting >= self.waiters_max => {
                        return Err(Shut);
                    }
                    Some(until) => {
                        if waiting.is_none() {
                            gate.waiting += 1;
                            waiting = Some(Waiting { gates: self, tenant });
                        }
                        until
                    }
                }
            };
            let is_over = timeout_at(until.min(deadline), changed).await.is_err();
            if is_over && deadline <= Instant::now() {
                return Err(Shut);
            }
        }
    }

    /// Routes have changed: whoever was held back by one looks again.
    pub(crate) fn look_again(&self) {
        self.changed.notify_waiters();
    }

    /// Closes the gate for whoever comes from now on, until the answer is dropped or the time has
    /// come; `None` if somebody else keeps it closed.
    pub(crate) fn close(self: &Arc<Self>, tenant: TenantId, until: Instant) -> Option<Closing> {
        let mut state = self.lock();
        state.closings += 1;
        let number = state.closings;
        let gate = state.gates.entry(tenant).or_default();
        if gate.closed_until().is_some() {
            return None;
        }
        gate.closed = Some(Closed { number, until });
        drop(state);
        self.changed.notify_waiters();
        Some(Closing { gates: Arc::clone(self), tenant, number, until })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes a gate that is there, and forgets it if nothing is left of it. Answers whether it is
    /// closed.
    fn change(&self, tenant: TenantId, change: impl FnOnce(&mut Gate)) -> bool {
        let mut state = self.lock();
        let Some(gate) = state.gates.get_mut(&tenant) else { return false };
        change(gate);
        let is_closed = gate.closed_until().is_some();
        if gate.inside + gate.waiting == 0 && !is_closed {
            state.gates.remove(&tenant);
        }
        is_closed
    }
}

impl Gate {
    fn closed_until(&self) -> Option<Instant> {
        self.closed.as_ref().map(|it| it.until).filter(|it| *it > Instant::now())
    }
}

impl Pass {
    /// Waits until the gate is closed: whoever is inside and has nothing yet should come out.
    pub(crate) async fn recalled(&self) {
        loop {
            let changed = self.gates.changed.notified();
            let is_closed = self.gates.change(self.tenant, |_| {});
            if is_closed {
                return;
            }
            changed.await;
        }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let is_closed = self.gates.change(self.tenant, |it| it.inside -= 1);
        if is_closed {
            self.gates.changed.notify_waiters();
        }
    }
}

impl Closing {
    /// Waits until nobody is inside any more. That may be never once the gate is open again.
    pub(crate) async fn emptied(&self) {
        loop {
            let changed = self.gates.changed.notified();
            let mut inside = 0;
            self.gates.change(self.tenant, |it| inside = it.inside);
            if inside == 0 {
                return;
            }
            changed.await;
        }
    }

    /// Whether the gate is still closed by this.
    pub(crate) fn holds(&self) -> bool {
        let mut holds = false;
        self.gates.change(self.tenant, |it| {
            holds = it.closed_until().is_some()
                && it.closed.as_ref().is_some_and(|closed| closed.number == self.number);
        });
        holds
    }
}

impl Drop for Closing {
    fn drop(&mut self) {
        self.gates.change(self.tenant, |it| {
            it.closed = it.closed.take().filter(|closed| closed.number != self.number);
        });
        self.gates.changed.notify_waiters();
    }
}

struct Waiting<'a> {
    gates: &'a Gates,
    tenant: TenantId,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.gates.change(self.tenant, |it| it.waiting -= 1);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use futures_util::FutureExt;
    use tokio::time::advance;
    use uuid::Uuid;

    use super::*;

    const TENANT: TenantId = TenantId(Uuid::from_u128(1));
    const OTHER: TenantId = TenantId(Uuid::from_u128(2));

    /// No route holds anybody back.
    fn never() -> bool {
        false
    }

    fn far() -> Instant {
        Instant::now() + Duration::from_mins(1)
    }

    #[tokio::test(start_paused = true)]
    async fn closed_it_holds_back_its_own_tenant_and_nobody_else() {
        let gates = Gates::new(10);
        let pass = gates.enter(TENANT, far(), never).await.unwrap();
        let closing = gates.close(TENANT, far()).unwrap();
        assert!(gates.close(TENANT, far()).is_none(), "twice");
        assert!(gates.enter(TENANT, far(), never).now_or_never().is_none());
        assert!(gates.enter(OTHER, far(), never).now_or_never().is_some());
        assert!(pass.recalled().now_or_never().is_some());

        assert!(closing.emptied().now_or_never().is_none());
        drop(pass);
        assert!(closing.emptied().now_or_never().is_some());

        let (entered, ()) =
            tokio::join!(gates.enter(TENANT, far(), never), async { drop(closing) });
        drop(entered.unwrap());
        assert!(gates.lock().gates.is_empty(), "nothing is remembered");
    }

    #[tokio::test(start_paused = true)]
    async fn it_opens_by_itself_and_whoever_waits_has_a_deadline() {
        let gates = Gates::new(10);
        let closing = gates.close(TENANT, Instant::now() + Duration::from_secs(3)).unwrap();
        gates.enter(TENANT, Instant::now() + Duration::from_secs(1), never).await.err().unwrap();
        gates.enter(TENANT, Instant::now() + Duration::from_secs(3), never).await.unwrap();
        assert!(!closing.holds());
        let second = gates.close(TENANT, far()).unwrap();
        drop(closing);
        assert!(second.holds(), "the first does not open what the second has closed");
    }

    #[tokio::test(start_paused = true)]
    async fn a_route_holds_back_until_it_has_changed() {
        let (gates, is_held_back) = (Gates::new(1), AtomicBool::new(true));
        let held = || is_held_back.load(Ordering::Relaxed);
        let soon = Instant::now() + Duration::from_secs(1);
        assert!(gates.enter(TENANT, soon, held).await.is_err(), "no longer than that");
        let mut waiting = Box::pin(gates.enter(TENANT, far(), held));
        assert!((&mut waiting).now_or_never().is_none());
        assert!(gates.enter(TENANT, far(), held).await.is_err(), "not too many");
        gates.look_again();
        assert!((&mut waiting).now_or_never().is_none(), "of others");
        is_held_back.store(false, Ordering::Relaxed);
        gates.look_again();
        drop((&mut waiting).now_or_never().unwrap().unwrap());
        drop(waiting);
        assert!(gates.lock().gates.is_empty(), "nothing is remembered");
    }

    #[tokio::test(start_paused = true)]
    async fn not_too_many_wait_and_whoever_goes_away_makes_room() {
        let gates = Gates::new(1);
        let closing = gates.close(TENANT, far()).unwrap();
        let mut first = Box::pin(gates.enter(TENANT, far(), never));
        assert!((&mut first).now_or_never().is_none());
        assert!(gates.enter(TENANT, far(), never).await.is_err());
        drop(first);
        let mut next = Box::pin(gates.enter(TENANT, far(), never));
        assert!((&mut next).now_or_never().is_none());
        advance(Duration::from_millis(1)).await;
        drop(closing);
        next.await.unwrap();
    }
}
