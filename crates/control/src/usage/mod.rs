//! What tenants use, a row for each of them and each day.
//!
//! It comes from two sides. Servers count what is done in databases; what came since the last look is added in the commit that moves
//! the marks (`collect`). Processes count the requests that they serve, and add them in numbered bundles (`requests`). Whatever is cut
//! off, nothing is added twice, and no visitor waits for any of it. Not here: what is a limit and who has reached it, which `model` says.

mod collect;
mod forget;
mod requests;
mod source;
mod tell;

pub use collect::{Booked, Claim, book, claim, collect};
pub use forget::{USAGE_DAYS, forget};
pub use requests::{RequestCounts, Requests};
pub use source::{Counters, DatabaseCounters, read};

pub(crate) use collect::keep_collected;

use cloison_model::{Day, UnixSeconds};
use jiff::Timestamp;

/// The day that a moment is counted to.
pub fn day_of(at: Timestamp) -> Day {
    UnixSeconds(at.as_second()).day()
}
