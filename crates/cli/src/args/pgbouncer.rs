//! How a PgBouncer is to stand in front of tenants.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Args)]
pub(crate) struct PgBouncerOptions {
    /// The servers it stands in front of, all by default; a wildcard and a shared role take one
    #[arg(long = "server", value_name = "NAME")]
    pub(crate) servers: Vec<String>,

    /// Write all files into this folder, and give PgBouncer its passwords; without it, only show the configuration
    #[arg(long)]
    pub(crate) dir: Option<PathBuf>,

    /// One line for all tenants, or one for each with a pool of its own size
    #[arg(long, value_enum, default_value_t = Entries::Wildcard)]
    pub(crate) entries: Entries,

    /// Work as this one role for all tenants, which makes a total limit possible; tenants still log in as themselves
    #[arg(long, value_name = "ROLE", requires = "connections")]
    pub(crate) shared_role: Option<String>,

    /// With a shared role: all connections that this PgBouncer may open on the server
    #[arg(long, value_name = "N", requires = "shared_role", value_parser = clap::value_parser!(u16).range(5..))]
    pub(crate) connections: Option<u16>,

    /// Keep tenants' verifiers in a file, to be written again after each change, instead of looking them up
    #[arg(long)]
    pub(crate) auth_file: bool,

    /// Where PgBouncer listens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:6432")]
    pub(crate) listen: SocketAddr,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Entries {
    /// `*`: a new tenant is there at once
    Wildcard,
    /// One entry a tenant: a pool for each plan, and more than one server
    Tenants,
}
