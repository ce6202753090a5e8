//! What can be done with webhooks.

use clap::Subcommand;
use uuid::Uuid;

#[derive(Subcommand)]
pub(crate) enum WebhooksCommand {
    /// List where events are sent, and how that goes
    #[command(after_help = "Example:\n  cloison webhooks list")]
    List,

    /// Have events sent somewhere, from now on, and show the secret that they are signed with, this once
    #[command(after_help = "\
Examples:
  cloison webhooks create https://billing.example.com/hooks --events tenant.created,tenant.erased
  cloison webhooks create https://chat.example.com/hooks/7f3 --description 'the team'")]
    Create {
        /// `https://`, or `http://` to this machine
        #[arg(value_name = "URL")]
        to: String,

        /// Only these types, with commas between; else all of them
        #[arg(long, value_delimiter = ',', value_name = "TYPES")]
        events: Vec<String>,

        /// Whose it is and what for
        #[arg(long, default_value = "")]
        description: String,
    },

    /// Show one webhook
    #[command(
        after_help = "Example:\n  cloison webhooks show 0193b7a2-6f3e-7c1d-9a54-2f1c8e0d7b66"
    )]
    Show {
        /// As `cloison webhooks list` has it
        id: Uuid,
    },

    /// Send to it again, beginning with what it has missed
    #[command(
        after_help = "Example:\n  cloison webhooks enable 0193b7a2-6f3e-7c1d-9a54-2f1c8e0d7b66"
    )]
    Enable { id: Uuid },

    /// Send nothing to it until it is enabled again
    #[command(
        after_help = "Example:\n  cloison webhooks disable 0193b7a2-6f3e-7c1d-9a54-2f1c8e0d7b66"
    )]
    Disable { id: Uuid },

    /// Send nothing to it any more
    #[command(
        after_help = "Example:\n  cloison webhooks delete 0193b7a2-6f3e-7c1d-9a54-2f1c8e0d7b66"
    )]
    Delete { id: Uuid },

    /// Make another secret and show it, this once; the one before signs, too, for a day
    #[command(
        after_help = "Example:\n  cloison webhooks rotate-secret 0193b7a2-6f3e-7c1d-9a54-2f1c8e0d7b66"
    )]
    RotateSecret { id: Uuid },

    /// Send again what came after an event, under the same ids
    #[command(
        after_help = "Example:\n  cloison webhooks replay 0193b7a2-6f3e-7c1d-9a54-2f1c8e0d7b66 --after 1041"
    )]
    Replay {
        id: Uuid,

        /// The event's number, as `cloison events list` has it
        #[arg(long)]
        after: i64,
    },

    /// Send `webhook.test` now, and say what came back
    #[command(
        after_help = "Example:\n  cloison webhooks test 0193b7a2-6f3e-7c1d-9a54-2f1c8e0d7b66"
    )]
    Test { id: Uuid },

    /// List the last requests to it, the newest first
    #[command(
        after_help = "Example:\n  cloison webhooks deliveries 0193b7a2-6f3e-7c1d-9a54-2f1c8e0d7b66"
    )]
    Deliveries { id: Uuid },
}
