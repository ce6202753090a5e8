//! Drives pgBackRest: the continuous archive of a whole server, and one database of it as it was at any second.
//!
//! A server is known here by its data directory and its socket. What its databases mean to anybody, where servers are
//! registered and when something is to be restored is the caller's business.
//!
//! *Invariant:* a live server's data is touched by pgBackRest's own backup and archive commands alone. What is restored is
//! restored into a [`Scratch`], a private server on the side that takes no TCP connection and archives nothing.

mod archive_now;
mod command;
mod config;
mod error;
mod found;
mod info;
mod program;
mod restore;
mod schedule;
mod stanza;
mod verify;
mod wal;

pub use cloison_local_postgres::{Installation, NotFound as NoInstallation};

pub use archive_now::{ArchiveError, archive_now, archived};
pub use config::{Server, Settings};
pub use error::Error;
pub use info::{Archive, Backup, DatabaseRef, Info, Kind};
pub use program::{NotFound, Program, Version};
pub use restore::{
    Found, Moment, Order, Replay, RestoreError, Scope, Scratch, Wanted, clear_leftovers, restore,
};
pub use schedule::{Due, Policy, due};
pub use stanza::{Stanza, StanzaName, StanzaNameError};
pub use verify::Verified;
pub use wal::{Segment, SegmentError};
