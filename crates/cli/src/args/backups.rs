//! What can be asked about backups, copies and drills.

use clap::{Args, Subcommand, ValueEnum};
use uuid::Uuid;

use super::WaitOptions;

#[derive(Subcommand)]
pub(crate) enum BackupsCommand {
    /// A tenant's backups, the newest first, and why each of them stays
    #[command(after_help = "Example:\n  cloison backups list blue")]
    List { subdomain: String },

    /// Back tenants up now, except those that nothing was written to since their newest backup
    #[command(after_help = "\
Examples:
  cloison backups create blue
  cloison backups create blue red --force
  cloison backups create --all

It goes on by itself: Ctrl-C only ends the watching. Ends with 1 if any backup failed.")]
    Create(CreateBackupsOptions),

    /// The control database's own backups, which workers make every hour
    #[command(after_help = "\
Examples:
  cloison backups control
  cloison backups control --create

How it is brought back: cloison recover --help")]
    Control {
        /// Make one now
        #[arg(long)]
        create: bool,
    },

    /// Read a backup whole and compare it with what it says of itself
    #[command(after_help = "\
Examples:
  cloison backups verify blue
  cloison backups verify blue --backup 0192f0c1-2a3b-7c4d-8e5f-60718293a4b5

Whether it can be restored is shown by: cloison backups drill blue")]
    Verify {
        subdomain: String,
        /// Another than the newest
        #[arg(long, value_name = "ID")]
        backup: Option<Uuid>,
        #[command(flatten)]
        waiting: LongWait,
    },

    /// Delete backups whose place newer ones have taken, as workers do every hour
    #[command(after_help = "\
Examples:
  cloison backups prune --dry-run
  cloison backups prune --tenant blue

The newest good backup of a tenant is never deleted, nor one that is held.")]
    Prune {
        /// Say what would go, and delete nothing
        #[arg(long)]
        dry_run: bool,
        /// Only this one's
        #[arg(long, value_name = "SUBDOMAIN")]
        tenant: Option<String>,
    },

    /// Keep a backup until it is released
    #[command(
        after_help = "Example:\n  cloison backups hold blue --backup 0192f0c1-2a3b-7c4d-8e5f-60718293a4b5 --reason 'case 2026-113'"
    )]
    Hold {
        subdomain: String,
        #[arg(long, value_name = "ID")]
        backup: Uuid,
        /// For whoever finds it later
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },

    /// Keep a backup no longer than the others
    #[command(
        after_help = "Example:\n  cloison backups release blue --backup 0192f0c1-2a3b-7c4d-8e5f-60718293a4b5"
    )]
    Release {
        subdomain: String,
        #[arg(long, value_name = "ID")]
        backup: Uuid,
    },

    /// Make a copy of a tenant as it was, beside its database; with --swap, put it in its place
    #[command(after_help = "\
Examples:
  cloison backups restore blue                                  a copy of the newest backup; visitors notice nothing
  cloison backups restore blue --backup 0192f0c1-2a3b-7c4d-8e5f-60718293a4b5
  cloison backups restore blue --at '2026-11-22 14:32 Europe/Paris'
  cloison backups restore blue --as inspect                     and it can be looked at, read-only, for 24 hours
  cloison backups restore blue --swap --confirm blue            and visitors see it from then on
  cloison backups restore blue --undo --confirm blue            take the last swap back

What was the tenant's database until a swap is kept for 7 days.")]
    Restore(RestoreOptions),

    /// A tenant's copies, the newest first
    #[command(after_help = "Example:\n  cloison backups copies blue")]
    Copies { subdomain: String },

    /// Let a copy be looked at, read-only, under a host of its own, for 24 hours
    #[command(after_help = "\
Example:
  cloison backups open blue --copy 0192f0c1-2a3b-7c4d-8e5f-60718293a4b5

People get in with the passwords they had then, so tell its address to nobody who is not to see what is in it.
Swapping or dropping the copy closes it.")]
    Open(OpenOptions),

    /// Let a copy be looked at no longer
    #[command(
        after_help = "Example:\n  cloison backups close blue --copy 0192f0c1-2a3b-7c4d-8e5f-60718293a4b5"
    )]
    Close(OpenOptions),

    /// Put a copy in the place of a tenant's database, which becomes a copy itself for 7 days
    #[command(
        after_help = "Example:\n  cloison backups swap blue --copy 0192f0c1-2a3b-7c4d-8e5f-60718293a4b5 --confirm blue"
    )]
    Swap(CopyOptions),

    /// Drop a copy before its time
    #[command(
        after_help = "Example:\n  cloison backups drop blue --copy 0192f0c1-2a3b-7c4d-8e5f-60718293a4b5 --confirm blue"
    )]
    Drop(CopyOptions),

    /// Restore a tenant's newest backup for a trial, compare it with what was backed up, and throw it away
    #[command(after_help = "\
Examples:
  cloison backups drill blue
  cloison backups drill --status          what came of the last ones

Workers do so with each tenant in turn, at least once in 30 days.")]
    Drill {
        #[arg(required_unless_present = "status")]
        subdomain: Option<String>,
        /// What came of the last ones
        #[arg(long)]
        status: bool,
        #[command(flatten)]
        waiting: LongWait,
    },

    /// How the backups of the whole fleet stand
    #[command(after_help = "Example:\n  cloison backups status")]
    Status,
}

#[derive(Args)]
pub(crate) struct CreateBackupsOptions {
    #[arg(required_unless_present = "all", value_name = "SUBDOMAIN")]
    pub(crate) subdomains: Vec<String>,

    /// All tenants
    #[arg(long, conflicts_with = "subdomains")]
    pub(crate) all: bool,

    /// Even those that nothing was written to
    #[arg(long)]
    pub(crate) force: bool,

    #[command(flatten)]
    pub(crate) waiting: LongWait,
}

#[derive(Args)]
pub(crate) struct RestoreOptions {
    pub(crate) subdomain: String,

    /// Another backup than the newest
    #[arg(long, value_name = "ID", conflicts_with_all = ["at", "undo"])]
    pub(crate) backup: Option<Uuid>,

    /// A moment, with its time zone
    #[arg(long, value_name = "MOMENT", conflicts_with = "undo")]
    pub(crate) at: Option<String>,

    /// Open the copy to be looked at, once it has been compared
    #[arg(long = "as", value_name = "WHAT", conflicts_with_all = ["swap", "undo", "no_wait"])]
    pub(crate) purpose: Option<Purpose>,

    /// Put the copy in the place of the tenant's database, once it has been compared
    #[arg(long, requires = "confirm", conflicts_with = "undo")]
    pub(crate) swap: bool,

    /// Put back what was the tenant's database until the last swap
    #[arg(long, requires = "confirm")]
    pub(crate) undo: bool,

    /// The subdomain once more, since visitors see something else from then on
    #[arg(long, value_name = "SUBDOMAIN")]
    pub(crate) confirm: Option<String>,

    #[command(flatten)]
    pub(crate) waiting: LongWait,
}

/// What a copy is made for.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Purpose {
    /// To be looked at, read-only, under a host of its own
    Inspect,
}

#[derive(Args)]
pub(crate) struct OpenOptions {
    pub(crate) subdomain: String,

    #[arg(long, value_name = "ID")]
    pub(crate) copy: Uuid,

    #[command(flatten)]
    pub(crate) waiting: LongWait,
}

#[derive(Args)]
pub(crate) struct CopyOptions {
    pub(crate) subdomain: String,

    #[arg(long, value_name = "ID")]
    pub(crate) copy: Uuid,

    /// The subdomain once more, since something is taken away
    #[arg(long, value_name = "SUBDOMAIN")]
    pub(crate) confirm: String,

    #[command(flatten)]
    pub(crate) waiting: LongWait,
}

/// As [`WaitOptions`], for what takes as long as there is data.
#[derive(Args, Clone, Copy)]
pub(crate) struct LongWait {
    /// Wait for the end so many seconds at most, and show the steps (as it does without saying so)
    #[arg(long, value_name = "SECONDS", default_value_t = 86_400, conflicts_with = "no_wait")]
    pub(crate) wait: u64,

    /// Return at once
    #[arg(long)]
    pub(crate) no_wait: bool,
}

impl From<LongWait> for WaitOptions {
    fn from(LongWait { wait, no_wait }: LongWait) -> Self {
        Self { wait, no_wait }
    }
}
