//! What can be asked about customers and their databases.

use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub(crate) enum TenantsCommand {
    /// Give an organization its own database
    #[command(after_help = "\
Example:
  cloison tenants create blue --name 'Blue Studio' --owner-email kim@example.com --region eu")]
    Create(CreateOptions),

    /// All tenants
    #[command(after_help = "Example:\n  cloison tenants list --json")]
    List,

    /// One tenant
    #[command(after_help = "Example:\n  cloison tenants show blue")]
    Show { subdomain: String },

    /// A fresh one-time link that signs in as the studio's owner
    #[command(after_help = "Example:\n  cloison tenants sign-in-link blue")]
    SignInLink { subdomain: String },
}

#[derive(Args)]
pub(crate) struct CreateOptions {
    /// The label under the base domain: a-z, 0-9 and hyphens
    pub(crate) subdomain: String,

    /// The organization's name; the subdomain by default
    #[arg(long)]
    pub(crate) name: Option<String>,

    /// Who gets the first sign-in link
    #[arg(long, value_name = "EMAIL")]
    pub(crate) owner_email: String,

    /// Where its data is to be
    #[arg(long)]
    pub(crate) region: Option<String>,

    /// What it pays for and is held to: standard or label
    #[arg(long)]
    pub(crate) plan: Option<String>,

    /// The studio's language, fr or en
    #[arg(long)]
    pub(crate) locale: Option<String>,

    /// The studio's time zone, as in Europe/Paris
    #[arg(long, value_name = "ZONE")]
    pub(crate) time_zone: Option<String>,

    /// Sent again with the same key, the same request does nothing twice
    #[arg(long, value_name = "KEY")]
    pub(crate) idempotency_key: Option<String>,

    /// Return at once instead of waiting until the tenant is ready
    #[arg(long)]
    pub(crate) no_wait: bool,
}
