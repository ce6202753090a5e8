//! What can be asked about servers and plans.

use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum ServersCommand {
    /// All servers, with the room and the spares that they have
    #[command(after_help = "Example:\n  cloison servers list")]
    List,
}

#[derive(Subcommand)]
pub(crate) enum PlansCommand {
    /// All plans, each at its newest version
    #[command(after_help = "Example:\n  cloison plans list")]
    List,
}
