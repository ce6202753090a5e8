//! What the console draws: a line of figures a minute in the control database, for two weeks.
//!
//! Each process that serves writes what it has answered; of the fleet and the servers, one process writes what it sees: whoever wrote the last
//! minute's line goes first, and if its line is missing some seconds later, anybody else steps in. Nobody holds a lock for that, and the
//! primary key has one line of each minute. A process that is down leaves a gap.

mod keep;
mod read;
mod tally;

pub use self::keep::{keep, record, record_requests, thin};
pub use self::read::{Drawn, FleetLine, RequestLine, ServerLine, Span, answered_lately, read};
pub use self::tally::{DURATION_SECONDS, Tally, Totals};
