//! What can be asked about servers, plans and the master key.

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

#[derive(Subcommand)]
pub(crate) enum MasterKeyCommand {
    /// Seal everything with a new key, while everything runs; the old one still opens
    #[command(after_help = "\
Example:
  cloison master-key rotate

Where the key is in a file, as with `up`, a new one is written there beside the old one, and other processes find it.
Where it is in CLOISON_MASTER_KEY, first start every process with `<new>,<old>` there.")]
    Rotate,

    /// Forget the old key, once nothing is sealed with it
    #[command(after_help = "Example:\n  cloison master-key forget-old")]
    ForgetOld,
}
