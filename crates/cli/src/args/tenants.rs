//! What can be asked about customers and their databases.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub(crate) enum TenantsCommand {
    /// Give an organization its own database, or many of them at once
    #[command(after_help = "\
Examples:
  cloison tenants create blue --name 'Blue Studio' --owner-email kim@example.com --region eu
  cloison tenants create --from studios.csv
  cloison tenants create --from - --json < studios.csv

The file is CSV with a header row. Columns: subdomain and owner_email, and as you like
name, region, plan, locale, time_zone. The same file sent twice makes nothing twice.")]
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

    /// Open psql on the tenant's database, as the tenant's own role
    #[command(after_help = "\
Examples:
  cloison tenants psql blue
  cloison tenants psql blue -- -c 'select count(*) from sessions'

On the machine of the tenant's server only: PostgreSQL listens nowhere else.
What is after -- goes to psql.")]
    Psql {
        subdomain: String,

        /// For psql, as they are
        #[arg(last = true, value_name = "ARGUMENTS")]
        arguments: Vec<OsString>,
    },
}

#[derive(Args)]
pub(crate) struct CreateOptions {
    /// The label under the base domain: a-z, 0-9 and hyphens
    #[arg(required_unless_present = "from")]
    pub(crate) subdomain: Option<String>,

    /// A list of them, a tenant a row; `-` is standard input
    #[arg(
        long,
        value_name = "FILE.csv",
        conflicts_with_all = [
            "subdomain", "name", "owner_email", "region", "plan", "locale", "time_zone",
            "idempotency_key", "no_wait",
        ]
    )]
    pub(crate) from: Option<PathBuf>,

    /// The organization's name; the subdomain by default
    #[arg(long)]
    pub(crate) name: Option<String>,

    /// Who gets the first sign-in link
    #[arg(long, value_name = "EMAIL", required_unless_present = "from")]
    pub(crate) owner_email: Option<String>,

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
