//! Why no connection could be had, by what the caller can do about it.
//!
//! The texts are for operators: they name other tenants and server addresses, and must not be
//! shown to a visitor.

use std::fmt;
use std::time::Duration;

use cloison_model::Subdomain;
use http::StatusCode;

/// No connection to the tenant's database could be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AcquireError {
    /// No seat came free in time. Try again later.
    #[error("no connection for '{tenant}' within {} ms: {load}", waited.as_millis())]
    Timeout {
        /// Who asked.
        tenant: Subdomain,
        /// For how long.
        waited: Duration,
        /// What the server's pool looked like at the end.
        load: Load,
    },
    /// Too many are waiting already; this one was turned away at once. Try again later.
    #[error("no connection for '{tenant}', turned away since the queue is full: {load}")]
    QueueFull {
        /// Who asked.
        tenant: Subdomain,
        /// What the server's pool looked like.
        load: Load,
    },
    /// The server has let nobody in for longer than a request would wait. Try again later.
    #[error(
        "no connection for '{tenant}': its server has let nobody in for {} ms, and is tried again \
         in {} ms",
        since.as_millis(), next_try.as_millis()
    )]
    ServerDown {
        /// Who asked.
        tenant: Subdomain,
        /// For how long.
        since: Duration,
        /// When the next attempt is made.
        next_try: Duration,
    },
    /// The tenant is paused ([`crate::Router::pause`]), as for the last moment of a move, or its database
    /// is just exchanged for another ([`crate::Phase::Restoring`]). Try again soon.
    #[error("no connection for '{tenant}': it has been paused for {} ms or more, or too many wait", waited.as_millis())]
    Paused {
        /// Who asked.
        tenant: Subdomain,
        /// For how long the request waited.
        waited: Duration,
    },
    /// There was a seat, but the server could not be reached or refused. Try again later.
    #[error("cannot connect '{tenant}' to its database")]
    Connect {
        /// Who asked.
        tenant: Subdomain,
        /// What the server or the network said.
        source: ConnectError,
    },
    /// The tenant is not served any more: erased, archived, or never there.
    #[error("'{tenant}' is not served any more")]
    Gone {
        /// Who asked.
        tenant: Subdomain,
    },
}

/// Why a server could not be connected to.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// The server refused, or the connection broke.
    #[error("the server refused or the connection broke")]
    Postgres(#[source] tokio_postgres::Error),
    /// The server's address could not be reached.
    #[error("{address} cannot be reached; is the server running there?")]
    Unreachable {
        /// Host and port, or socket.
        address: String,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The server took too long.
    #[error("{address} has not answered within {} ms", waited.as_millis())]
    Slow {
        /// Host and port, or socket.
        address: String,
        /// The limit.
        waited: Duration,
    },
    /// The server is on another machine. A password and a customer's data would cross the network
    /// in the clear, so nothing is sent.
    #[error(
        "{address} is on another machine, and TLS to remote servers is not built yet; \
         give the server a loopback address or a socket directory"
    )]
    NotLocal {
        /// Host and port.
        address: String,
    },
}

/// How full a server's pool was, for an operator who wants to know whom to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Load {
    /// Seats on the server in all.
    pub budget: usize,
    /// How many seats this tenant may hold.
    pub share: usize,
    /// How many this tenant holds.
    pub held: usize,
    /// How many are waiting for the server.
    pub waiting: usize,
    /// The tenants that hold the most seats, the greediest first.
    pub holders: Vec<(Subdomain, usize)>,
}

impl AcquireError {
    /// The HTTP status that says the same.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Timeout { .. }
            | Self::QueueFull { .. }
            | Self::ServerDown { .. }
            | Self::Paused { .. }
            | Self::Connect { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Gone { .. } => StatusCode::NOT_FOUND,
        }
    }

    /// The value for `Retry-After`, where trying again makes sense.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Paused { .. } => Some(Duration::from_secs(1)),
            Self::Timeout { .. } => Some(Duration::from_secs(2)),
            Self::ServerDown { next_try, .. } => Some((*next_try).max(Duration::from_secs(1))),
            Self::QueueFull { .. } | Self::Connect { .. } => Some(Duration::from_secs(5)),
            Self::Gone { .. } => None,
        }
    }
}

impl fmt::Display for Load {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "it holds {} of the {} seats it may, the server has {}, {} waiting, held by",
            self.held, self.share, self.budget, self.waiting
        )?;
        if self.holders.is_empty() {
            return write!(f, " nobody");
        }
        for (position, (tenant, seats)) in self.holders.iter().enumerate() {
            let comma = if position == 0 { "" } else { "," };
            write!(f, "{comma} {tenant}: {seats}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_says_who_how_many_and_whom_to_blame() {
        let load = Load {
            budget: 8,
            share: 2,
            held: 1,
            waiting: 12,
            holders: vec![("demo".parse().unwrap(), 5), ("azur".parse().unwrap(), 2)],
        };
        let tenant = "blue".parse().unwrap();
        let error = AcquireError::Timeout { tenant, waited: Duration::from_secs(5), load };
        assert_eq!(
            error.to_string(),
            "no connection for 'blue' within 5000 ms: it holds 1 of the 2 seats it may, the server \
             has 8, 12 waiting, held by demo: 5, azur: 2"
        );
        assert_eq!(error.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(error.retry_after(), Some(Duration::from_secs(2)));
    }
}
