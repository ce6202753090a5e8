//! What the router asks of whoever knows the tenants.
//!
//! Correctness does not rest on what is answered here: the server refuses whoever comes to a
//! place the tenant has left. The directory only has to be right soon.

use std::collections::HashMap;
use std::sync::Arc;

use cloison_model::{Hostname, ServerId, Subdomain, TenantId};
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;

use crate::route::Route;

mod fixed;
mod seats;

pub use fixed::FixedDirectory;
pub use seats::{OtherLease, SeatLease, SeatLeases, SeatRound, SilentLease, Taken};

/// Knows every tenant's route. Implemented by the control plane, and by [`FixedDirectory`].
///
/// Implementations may write the methods as `async fn`. A question that is not answered within
/// ten seconds (a snapshot: a minute) counts as failed; the router then goes on with what it knows.
///
/// [`crate::check_directory`] tries, in a test of yours, as much of the following as can be tried.
///
/// # What an implementation guarantees
///
/// 1. **Epochs are positive, and grow.** Every change of any field of a route gives it an epoch
///    higher than any that was ever given to any route. A route that is deleted and made again,
///    with the same id, gets a new one.
/// 2. **Epochs become visible in their order.** When an answer has a change with epoch 12, none
///    with epoch 11 can come up later. A sequence alone does not do: of two transactions, the
///    one with the lower number may commit last. Take the number under a lock that is held until the
///    commit.
/// 3. **An answer is not older than what was said before.** [`Self::snapshot`], [`Self::fetch`] and
///    [`Self::changed_since`] see every change that was visible when they were asked, and so
///    every change that has been told. A replica that lags behind cannot answer.
/// 4. **A tenant's id, its database's name and its role's password are never another tenant's.**
///    This is what a request that comes late runs into, and it is not the router's to check.
/// 5. **Who is to be served no more gets a change that says so** (an invisible phase, or
///    [`Change::Gone`]) before the row is deleted. Of a row that vanishes without a trace the
///    router hears only by [`Self::changes`], by the server's refusal, or by the next snapshot.
///
/// # What may be late, wrong or missing
///
/// - What [`Self::changes`] tells may be lost, come twice, late or in any order; the poll finds it
///   within [`crate::Config::poll_interval`]. It must not be told before [`Self::fetch`] sees it.
/// - The directory may be down for any time. Known tenants are served as they were.
/// - For a moment two tenants may have the same subdomain or hostname in different answers, as it
///   passes from one to the other. It belongs to whom has it with the higher epoch.
/// - Answers may be slow, and overtake each other.
pub trait Directory: Send + Sync + 'static {
    /// All routes. Asked for at the start, after each (re)connection of [`Self::changes`], and
    /// every few minutes.
    fn snapshot(&self) -> impl Future<Output = Result<Snapshot, DirectoryError>> + Send;

    /// The changes after `epoch`, in the order of their epochs; all, or a first part of them. The
    /// router asks again until none is left. Asked every two seconds, so it should be cheap.
    fn changed_since(
        &self,
        epoch: i64,
    ) -> impl Future<Output = Result<Vec<Change>, DirectoryError>> + Send;

    /// One route as it is now, whatever its phase. Asked for hosts that are not known, so for
    /// any that a visitor makes up: at most 16 at a time, and once in two seconds for each. Also asked,
    /// by id, before a second attempt to connect, and for tenants that [`Self::changes`] told of.
    fn fetch(
        &self,
        key: &Key,
    ) -> impl Future<Output = Result<Option<Route>, DirectoryError>> + Send;

    /// Opens a channel on which changes are told at once. The stream ends when the channel is
    /// lost; the router then takes a snapshot and opens another. [`crate::listen()`] makes one of
    /// PostgreSQL's notifications.
    ///
    /// A directory that never changes answers with a stream that never yields.
    fn changes(&self) -> impl Future<Output = Result<Changes, DirectoryError>> + Send;

    /// The tenant's server has refused the route's password (SQLSTATE 28P01): a role can change
    /// its own password, and nothing in PostgreSQL forbids it. Sets the known password anew and
    /// raises an alarm. Called at most once at a time for a tenant.
    fn heal(&self, tenant: TenantId)
    -> impl Future<Output = Result<Healed, DirectoryError>> + Send;

    /// Brings the schema of a tenant whose route [awaits](Route::awaits) it up to date, and answers when the
    /// database and the route are so. Fails if that cannot be done now.
    ///
    /// Called when the tenant's next request comes, once at a time for a tenant. Its requests wait for
    /// [`crate::Config::bring_up_timeout`] at most; the call goes on, an hour at the longest, since what is half
    /// done would have to be done again. After a failure it is not called again for
    /// [`crate::Config::bring_up_pause`]. How many tenants are brought up at once is for the directory to bound:
    /// a call may wait for its turn. On shutdown it is waited for, so it should end soon then.
    ///
    /// The default is for a directory none of whose routes awaits anything.
    fn bring_up(
        &self,
        _tenant: TenantId,
    ) -> impl Future<Output = Result<(), DirectoryError>> + Send {
        std::future::ready(Ok(()))
    }

    /// Makes one round of leasing, all of it or nothing, and whatever becomes of the answer: the rows of a server
    /// never add up to more than its budget. Asked every two seconds.
    ///
    /// The default is for a directory that one process alone uses: there is nothing to share, and
    /// [`Snapshot::budgets`] are all its own.
    fn lease_seats(
        &self,
        _round: &SeatRound,
    ) -> impl Future<Output = Result<Option<SeatLeases>, DirectoryError>> + Send {
        std::future::ready(Ok(None))
    }
}

/// Everything, at one moment.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// Every tenant's route, whatever its phase.
    pub routes: Vec<Arc<Route>>,
    /// How many connections this process may have to each server. If [`Directory::lease_seats`] leases, they say
    /// only which servers there are.
    pub budgets: HashMap<ServerId, usize>,
    /// Every change up to this epoch is in `routes`. When the routes are read in more than one
    /// statement, this is the last epoch *before* the first of them, or the routes are paged by
    /// epoch and it is that of the last row.
    pub epoch: i64,
}

/// One change of one tenant.
#[derive(Clone, Debug)]
pub enum Change {
    /// The tenant is new or its route has changed.
    Route(Arc<Route>),
    /// The tenant is no more.
    Gone {
        /// Which tenant.
        tenant: TenantId,
        /// The epoch of its going.
        epoch: i64,
    },
}

/// Told on [`Directory::changes`]: this tenant has this epoch now. A hint; the router fetches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Which tenant.
    pub tenant: TenantId,
    /// Its newest epoch.
    pub epoch: i64,
}

/// See [`Directory::changes`].
pub type Changes = BoxStream<'static, Changed>;

/// By what a route is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// By id.
    Tenant(TenantId),
    /// By the label under the base domain.
    Subdomain(Subdomain),
    /// By a verified custom domain.
    Hostname(Hostname),
}

/// What [`Directory::heal`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Healed {
    /// The password on the server was another; it is the known one again.
    Reset,
    /// The server has the known password. Whoever was refused had an old route.
    Intact,
}

/// The directory cannot be asked. The router goes on with what it knows.
#[derive(Debug, thiserror::Error)]
#[error("the directory of tenants cannot be asked")]
pub struct DirectoryError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl DirectoryError {
    /// Wraps the reason.
    pub fn new(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(source.into())
    }
}

/// [`Directory`] with its futures boxed, so that `Router` has no type parameter.
pub(crate) trait AnyDirectory: Send + Sync + 'static {
    fn snapshot(&self) -> BoxFuture<'_, Result<Snapshot, DirectoryError>>;
    fn changed_since(&self, epoch: i64) -> BoxFuture<'_, Result<Vec<Change>, DirectoryError>>;
    fn fetch<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<Option<Route>, DirectoryError>>;
    fn changes(&self) -> BoxFuture<'_, Result<Changes, DirectoryError>>;
    fn heal(&self, tenant: TenantId) -> BoxFuture<'_, Result<Healed, DirectoryError>>;
    fn bring_up(&self, tenant: TenantId) -> BoxFuture<'_, Result<(), DirectoryError>>;
    fn lease_seats<'a>(
        &'a self,
        round: &'a SeatRound,
    ) -> BoxFuture<'a, Result<Option<SeatLeases>, DirectoryError>>;
}

impl<D: Directory> AnyDirectory for D {
    fn snapshot(&self) -> BoxFuture<'_, Result<Snapshot, DirectoryError>> {
        Box::pin(Directory::snapshot(self))
    }

    fn changed_since(&self, epoch: i64) -> BoxFuture<'_, Result<Vec<Change>, DirectoryError>> {
        Box::pin(Directory::changed_since(self, epoch))
    }

    fn fetch<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<Option<Route>, DirectoryError>> {
        Box::pin(Directory::fetch(self, key))
    }

    fn changes(&self) -> BoxFuture<'_, Result<Changes, DirectoryError>> {
        Box::pin(Directory::changes(self))
    }

    fn heal(&self, tenant: TenantId) -> BoxFuture<'_, Result<Healed, DirectoryError>> {
        Box::pin(Directory::heal(self, tenant))
    }

    fn bring_up(&self, tenant: TenantId) -> BoxFuture<'_, Result<(), DirectoryError>> {
        Box::pin(Directory::bring_up(self, tenant))
    }

    fn lease_seats<'a>(
        &'a self,
        round: &'a SeatRound,
    ) -> BoxFuture<'a, Result<Option<SeatLeases>, DirectoryError>> {
        Box::pin(Directory::lease_seats(self, round))
    }
}
