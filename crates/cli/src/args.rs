//! The command line, and the environment variables that stand in for it. Read once, here.

mod connection;
mod operations;
mod tenants;
mod up;

use clap::{Parser, Subcommand};

pub(crate) use self::connection::Connection;
pub(crate) use self::operations::OperationsCommand;
pub(crate) use self::tenants::{CreateOptions, TenantsCommand};
pub(crate) use self::up::{DemoSize, UpOptions};

/// Warnings, but not the drivers' own: who uses a connection says once what its loss means.
const LOG_DEFAULT: &str = "warn,deadpool.postgres=off";

/// Gives every customer of a SaaS its own PostgreSQL database, and runs the whole fleet of them.
#[derive(Parser)]
#[command(
    name = "cloison",
    version,
    arg_required_else_help = true,
    after_help = "\
Examples:
  cloison up --demo                      start everything here, with two studios to look at
  cloison tenants create blue --name 'Blue Studio' --owner-email kim@example.com
  cloison tenants list --json
  cloison doctor --fix"
)]
pub(crate) struct Arguments {
    /// Print one JSON object and nothing else
    #[arg(long, global = true)]
    pub(crate) json: bool,

    #[command(flatten)]
    pub(crate) connection: Connection,

    /// What to log to stderr, as in `info` or `warn,cloison_control=debug`
    #[arg(
        long,
        global = true,
        env = "CLOISON_LOG",
        default_value = LOG_DEFAULT,
        hide_default_value = true,
        value_name = "FILTER"
    )]
    pub(crate) log: String,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Start private PostgreSQL clusters, the control database and the web server, here
    #[command(after_help = "\
Examples:
  cloison up --demo
  cloison up --data-dir /srv/cloison --servers eu-1:eu,us-1:us --port 8080

Ctrl-C stops everything; a second `up` picks up where it was.")]
    Up(UpOptions),

    /// Customers and their databases
    Tenants {
        #[command(subcommand)]
        command: TenantsCommand,
    },

    /// What was done to tenants
    Operations {
        #[command(subcommand)]
        command: OperationsCommand,
    },

    /// Say what is not as it was set, and with --fix set it back
    #[command(after_help = "Example:\n  cloison doctor --fix")]
    Doctor {
        /// Set back what is safe to set back
        #[arg(long)]
        fix: bool,
    },
}
