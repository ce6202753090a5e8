//! What can be asked about operations.

use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum OperationsCommand {
    /// The newest first
    #[command(after_help = "\
Examples:
  cloison operations list
  cloison operations list --tenant blue --state RUNNING")]
    List {
        /// Only those of this tenant
        #[arg(long, value_name = "SUBDOMAIN")]
        tenant: Option<String>,
        /// Only those that are RUNNING, DONE, FAILED or CANCELLED
        #[arg(long, ignore_case = true, value_parser = ["RUNNING", "DONE", "FAILED", "CANCELLED"])]
        state: Option<String>,
        /// Those that make and drop spares too
        #[arg(long)]
        spares: bool,
    },

    /// One operation with its steps
    #[command(
        after_help = "Example:\n  cloison operations show 0192f0c1-2a3b-7c4d-8e5f-60718293a4b5"
    )]
    Show { id: uuid::Uuid },

    /// One operation as it happens, until it has ended
    #[command(
        after_help = "Example:\n  cloison operations watch 0192f0c1-2a3b-7c4d-8e5f-60718293a4b5"
    )]
    Watch { id: uuid::Uuid },

    /// Take an operation back, if it is not too late
    #[command(
        after_help = "Example:\n  cloison operations cancel 0192f0c1-2a3b-7c4d-8e5f-60718293a4b5"
    )]
    Cancel {
        id: uuid::Uuid,
        #[command(flatten)]
        waiting: super::WaitOptions,
    },
}
