//! The router's limits, each with the reason for its number.

use std::time::Duration;

use crate::schema::SchemaSupport;

/// What can be set about a [`crate::Router`]. [`Config::default`] fits a web application.
#[derive(Clone, Debug)]
pub struct Config {
    /// How long an acquire may wait for a seat and a connection: 5 s, after which a visitor has
    /// given up anyway. An outage of a server that is shorter than this is waited out.
    pub acquire_timeout: Duration,
    /// How many may wait for one server: 1,000, and half as many of one tenant. Whoever waits behind so
    /// many would run into the time limit; better to say so at once.
    pub waiters_max: usize,
    /// How many seats of a server one tenant may hold; `None` is a quarter of the server's budget, so
    /// that one greedy tenant leaves three quarters to the others. At least one, and never more than
    /// [`crate::Limits::connection_limit`].
    pub tenant_seats_max: Option<usize>,
    /// How many may wait while their tenant is paused ([`crate::Router::pause`]): 1,000 of one tenant.
    pub gate_waiters_max: usize,
    /// After how long an unused connection is closed: 60 s, a pause between two pages.
    pub idle_timeout: Duration,
    /// After how long an idle connection is asked whether it is still there before it is lent again: 10 s.
    /// A firewall or a dead machine on the way says nothing. It costs one round trip, for a tenant that has
    /// been quiet for a while.
    pub check_after: Duration,
    /// How long one attempt to connect may take: 3 s, so that a second one fits into an acquire.
    pub connect_timeout: Duration,
    /// How many connections to one server are opened at the same time: 4, half of them for one tenant at
    /// most. Each is some milliseconds of processor time on the server, so more at once are not
    /// sooner; meanwhile idle connections stay open, and may be what their tenants ask for next. A server
    /// that comes back must not be trampled down, and a tenant whose database does not answer leaves
    /// room to the others.
    pub connecting_max: usize,
    /// The budget of a server for which the directory has none (yet): 10.
    pub budget_default: usize,
    /// How often the directory is asked for changes, should its notification be lost: 2 s.
    pub poll_interval: Duration,
    /// The tenants' schemas that this build of the application works with; `None` is any. A tenant
    /// with another is answered with [`crate::Unavailable::Schema`], never with a wrong query.
    pub schema: Option<SchemaSupport>,
    /// How long a request waits while its tenant is brought up ([`crate::Directory::bring_up`]): 5 s, as
    /// for a connection. Counted from the first request that waits, so none of them waits longer.
    pub bring_up_timeout: Duration,
    /// For how long a tenant that could not be brought up, or not in time, is left as it is: 30 s. A
    /// tenant whose migration fails must not slow down each of its requests.
    pub bring_up_pause: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            acquire_timeout: Duration::from_secs(5),
            waiters_max: 1_000,
            tenant_seats_max: None,
            gate_waiters_max: 1_000,
            idle_timeout: Duration::from_mins(1),
            check_after: Duration::from_secs(10),
            connect_timeout: Duration::from_secs(3),
            connecting_max: 4,
            budget_default: 10,
            poll_interval: Duration::from_secs(2),
            schema: None,
            bring_up_timeout: Duration::from_secs(5),
            bring_up_pause: Duration::from_secs(30),
        }
    }
}
