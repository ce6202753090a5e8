//! What can be asked of the log of what became of tenants.

use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub(crate) enum EventsCommand {
    /// List what became of tenants and of the fleet, the oldest first
    #[command(after_help = "\
Examples:
  cloison events list --tenant blue
  cloison events list --type tenant.created,tenant.erased --after 1041")]
    List {
        #[command(flatten)]
        which: EventOptions,

        /// Only what comes after the event of this number
        #[arg(long, default_value_t = 0)]
        after: i64,
    },

    /// Print what happens from now on, until Ctrl-C; with --json, one object a line
    #[command(after_help = "\
Examples:
  cloison events follow
  cloison events follow --after 1041 --json | while read -r event; do ...; done")]
    Follow {
        #[command(flatten)]
        which: EventOptions,

        /// Begin with what comes after the event of this number
        #[arg(long)]
        after: Option<i64>,
    },
}

#[derive(Args)]
pub(crate) struct EventOptions {
    /// Only of this tenant
    #[arg(long, value_name = "SUBDOMAIN")]
    pub(crate) tenant: Option<String>,

    /// Only of these types, with commas between
    #[arg(long = "type", value_name = "TYPES")]
    pub(crate) types: Option<String>,
}
