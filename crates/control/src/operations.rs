//! The operation engine: claims work that is due, takes it step by step, and leaves at every moment a row from which
//! anybody can go on.
//!
//! A step's effect runs outside any transaction; what it comes to is committed in one, together with the next step,
//! under the token of the lease. Which step comes next, whether a failure is tried again and whether a wish to
//! cancel comes in time are decisions, and are made in `model`.

mod claimed;
mod commit;
mod cut;
mod error;
mod feed;
mod first_data;
mod run;
mod start;
mod steps;
mod target;
mod worker;

pub use cut::{Cut, Cuts, Place};
pub use error::StepError;
pub use feed::Feed;
pub use run::Stopped;
pub use start::{CancelError, Hints, StartError, cancel, running_operation, wait_for_end};
pub use worker::{WorkerConfig, run_due, work};

pub(crate) use claimed::{Claimed, OPERATION_SECRET};
pub(crate) use error::{CONNECT_TO_TENANT, sentence};
pub(crate) use first_data::{Link, SIGN_IN_LINK_LIFE, first_data, link_put};
pub(crate) use run::{fail, outcome};
pub(crate) use start::{NewOperation, hurry, start};
pub(crate) use steps::Made;
pub(crate) use target::{Target, rights};
