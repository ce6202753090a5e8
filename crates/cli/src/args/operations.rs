//! What can be asked about operations.

use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum OperationsCommand {
    /// The newest first
    #[command(after_help = "Example:\n  cloison operations list")]
    List,

    /// One operation with its steps
    #[command(
        after_help = "Example:\n  cloison operations show 0192f0c1-2a3b-7c4d-8e5f-60718293a4b5"
    )]
    Show { id: uuid::Uuid },
}
