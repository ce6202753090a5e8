//! Real PostgreSQL for tests: a server shared by all test processes, private ones, and databases that go away.
//!
//! Everything here panics where a test could do nothing but fail, and knows nothing of our schemas: a test brings its
//! own. There is no mock of a database.

mod database;
mod dns;
mod folder;
mod numbers;
mod outage;
mod port;
mod private;
mod proxy;
mod server;
mod shared;
mod small_disk;
mod template;

#[cfg(feature = "browser")]
pub mod browser;

pub use database::Database;
pub use dns::{Dns, Mood};
pub use folder::program;
pub use outage::Outage;
pub use port::free_port;
pub use private::Options;
pub use proxy::{Flow, Proxy};
pub use server::Server;
pub use shared::{Stopped, stop as shared_stop};
pub use small_disk::{Filler, SmallDisk};
pub use template::Template;
