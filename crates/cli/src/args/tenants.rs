//! What can be asked about customers and their databases.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use uuid::Uuid;

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

    /// Who uses the most, and where that stands with their plans
    #[command(after_help = "\
Examples:
  cloison tenants top
  cloison tenants top --by bytes --days 30 --limit 5
  cloison tenants top --json | jq '.tenants[] | select(any(.limits[]; .standing == \"OVER\"))'

REQUESTS are those to the tenant's application; QUERY TIME, ROWS CHANGED and CONNECTIONS (the most at once) are its
server's own counters. TODAY/LIMIT and SIZE/LIMIT are parts of what the plan allows, whatever the days. A limit informs:
nothing is refused because of it.")]
    Top(UsageTopOptions),

    /// What a tenant uses, day by day
    #[command(after_help = "\
Examples:
  cloison tenants usage blue
  cloison tenants usage blue --days 365 --json")]
    Usage {
        subdomain: String,
        /// How many days, up to today in UTC
        #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=400))]
        days: u16,
    },

    /// Let a tenant do less: read, take its data away, or nothing
    #[command(after_help = "\
Examples:
  cloison tenants suspend blue --reason 'invoice 2026-113 is unpaid'
  cloison tenants suspend blue --access read-only

READ_ONLY is enforced by the database; signing in still works.")]
    Suspend {
        subdomain: String,
        /// What it may still do
        #[arg(long, value_enum, default_value_t = Access::Blocked)]
        access: Access,
        #[command(flatten)]
        options: ChangeOptions,
    },

    /// Let a suspended tenant do more again
    #[command(after_help = "Example:\n  cloison tenants resume blue")]
    Resume {
        subdomain: String,
        /// What it may do from now on
        #[arg(long, value_enum, default_value_t = Access::Full)]
        access: Access,
        #[command(flatten)]
        options: ChangeOptions,
    },

    /// End a tenant's subscription; its data stays, to be taken away
    #[command(
        after_help = "Example:\n  cloison tenants cancel blue --confirm blue --reason 'closes its doors'"
    )]
    Cancel {
        subdomain: String,
        /// The subdomain once more, since it cannot be undone here
        #[arg(long, value_name = "SUBDOMAIN")]
        confirm: String,
        #[command(flatten)]
        options: ChangeOptions,
    },

    /// Take a cancelled tenant off its server; a backup that was restored and compared is kept
    #[command(after_help = "Example:\n  cloison tenants archive blue")]
    Archive {
        subdomain: String,
        #[command(flatten)]
        waiting: WaitOptions,
    },

    /// Bring an archived tenant back to its server
    #[command(after_help = "Example:\n  cloison tenants unarchive blue")]
    Unarchive {
        subdomain: String,
        #[command(flatten)]
        waiting: WaitOptions,
    },

    /// Close a tenant, and after a grace period drop all of it but a tombstone and its certificate
    #[command(after_help = "\
Examples:
  cloison tenants erase blue --confirm blue --reason 'the contract has ended'
  cloison tenants erase blue --confirm blue --grace 14d
  cloison tenants erase blue --confirm blue --now

It is closed at once. Until its grace period ends it can be taken back: cloison operations cancel ID")]
    Erase {
        subdomain: String,
        /// The subdomain once more, since nothing brings it back
        #[arg(long, value_name = "SUBDOMAIN")]
        confirm: String,
        /// For how long it can be taken back: 0d to 21d
        #[arg(long, value_name = "DAYS", default_value = "7d", conflicts_with = "now")]
        grace: String,
        /// Without a grace period
        #[arg(long)]
        now: bool,
        /// Keep nothing for the tax office: there is nothing, or it is kept elsewhere
        #[arg(long)]
        without_fiscal_archive: bool,
        #[command(flatten)]
        options: ChangeOptions,
    },

    /// Keep a tenant's data, whatever else is asked for: it is not erased, not archived, its backups are not pruned
    #[command(after_help = "Example:\n  cloison tenants hold blue --reason 'lawsuit 12/345'")]
    Hold {
        subdomain: String,
        /// Why; whoever is refused an erasure reads it
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },

    /// A tenant's data need not be kept any longer; an erasure that has waited for this goes on
    #[command(after_help = "Example:\n  cloison tenants release-hold blue")]
    ReleaseHold { subdomain: String },

    /// Give a tenant's role another password; nobody notices
    #[command(after_help = "Example:\n  cloison tenants rotate-password blue")]
    RotatePassword {
        subdomain: String,
        #[command(flatten)]
        waiting: WaitOptions,
    },

    /// Pack all that a tenant has for its owner, and take it, or a link to it
    #[command(after_help = "\
Examples:
  cloison tenants export blue -o blue.zip
  cloison tenants export blue --link            for the studio's owner; good for seven days
  cloison tenants export blue --export 0193b7a2-6f3e-7c1d-9a54-2f1c8e0d7b66 -o blue.zip

A download that was broken off goes on where it was, with --export and the same file.")]
    Export(ExportOptions),

    /// A tenant's exports
    #[command(after_help = "Example:\n  cloison tenants exports blue")]
    Exports { subdomain: String },

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
pub(crate) struct UsageTopOptions {
    /// Of what the most
    #[arg(long, value_enum, default_value_t = UsageOrder::Requests)]
    pub(crate) by: UsageOrder,

    /// How many days, up to today in UTC
    #[arg(long, value_name = "DAYS", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=400))]
    pub(crate) days: u16,

    /// How many tenants to show
    #[arg(long, value_name = "TENANTS", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) limit: u16,
}

/// What tenants are put in order by.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum UsageOrder {
    Requests,
    QueryTime,
    Rows,
    Bytes,
    Connections,
}

impl UsageOrder {
    /// As the API has it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::QueryTime => "query-time",
            Self::Rows => "rows",
            Self::Bytes => "bytes",
            Self::Connections => "connections",
        }
    }
}

/// What a tenant may do.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum Access {
    Full,
    ReadOnly,
    ExportOnly,
    Blocked,
}

impl Access {
    /// As the API has it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Full => "FULL",
            Self::ReadOnly => "READ_ONLY",
            Self::ExportOnly => "EXPORT_ONLY",
            Self::Blocked => "BLOCKED",
        }
    }
}

#[derive(Args)]
pub(crate) struct ChangeOptions {
    /// For whoever reads the operation later
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,

    #[command(flatten)]
    pub(crate) waiting: WaitOptions,
}

/// Whether to stay until an operation has ended.
#[derive(Args, Clone, Copy)]
pub(crate) struct WaitOptions {
    /// Wait for the end so many seconds at most, and show the steps (as it does without saying so)
    #[arg(long, value_name = "SECONDS", default_value_t = 300, conflicts_with = "no_wait")]
    pub(crate) wait: u64,

    /// Return at once
    #[arg(long)]
    pub(crate) no_wait: bool,
}

#[derive(Args)]
pub(crate) struct ExportOptions {
    pub(crate) subdomain: String,

    /// Where it goes; <subdomain>-<day>.zip by default
    #[arg(short, long, value_name = "FILE", conflicts_with_all = ["link", "no_wait"])]
    pub(crate) output: Option<PathBuf>,

    /// Print a link to it, for whoever has no account here
    #[arg(long, conflicts_with = "no_wait")]
    pub(crate) link: bool,

    /// One that there is already
    #[arg(long, value_name = "ID", conflicts_with = "no_wait")]
    pub(crate) export: Option<Uuid>,

    /// Wait for it so many seconds at most
    #[arg(long, value_name = "SECONDS", default_value_t = 3_600, conflicts_with = "no_wait")]
    pub(crate) wait: u64,

    /// Return at once
    #[arg(long)]
    pub(crate) no_wait: bool,
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

    #[command(flatten)]
    pub(crate) waiting: WaitOptions,
}
