//! axum composition: which host gets which application, the API, the pages of our own hosts.
//! Errors become answers here and nowhere else.
//!
//! Deliberately absent: SQL, and the tenant application, which comes in as a plain axum `Router` (`Application`).

mod access;
mod error;
mod exports;
mod extract;
mod metrics;
mod ops;
mod page;
mod platform;
mod sites;
mod timing;
mod traced;
mod usage;
mod v1;

pub use access::Needs;
pub use metrics::{HttpStats, Metrics, MetricsSettings};
pub use ops::{asked, ops};
pub use platform::{Platform, PublicUrl, Started};
pub use sites::{Application, WayOut, served_elsewhere, sites};
pub use v1::{Served, served};
