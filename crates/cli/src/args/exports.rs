//! What can be done with exports, whoever they are of.

use clap::Subcommand;
use uuid::Uuid;

#[derive(Subcommand)]
pub(crate) enum ExportsCommand {
    /// Take an export away at once, and with it all links to it
    #[command(
        after_help = "Example:\n  cloison exports delete 0193b7a2-6f3e-7c1d-9a54-2f1c8e0d7b66"
    )]
    Delete {
        /// As `cloison tenants exports` lists it
        id: Uuid,
    },
}
