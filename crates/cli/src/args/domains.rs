//! What can be done with customers' own domains.

use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum DomainsCommand {
    /// List domains, of all tenants or of one
    #[command(after_help = "\
Examples:
  cloison domains list
  cloison domains list --state failing
  cloison domains list blue")]
    List {
        /// Only this tenant's
        subdomain: Option<String>,

        /// Only those that are pending, serving or failing
        #[arg(long, value_parser = ["pending", "serving", "failing"])]
        state: Option<String>,
    },

    /// Claim a domain for a tenant, and show the records to create in its DNS
    #[command(after_help = "Example:\n  cloison domains add blue booking.example.com")]
    Add {
        subdomain: String,
        /// As in `booking.example.com`
        hostname: String,
    },

    /// Show a domain: its records, how it stands, and what is still wrong
    #[command(after_help = "Example:\n  cloison domains show blue booking.example.com")]
    Show { subdomain: String, hostname: String },

    /// Look at the DNS now, and say what was found; the exit code is not 0 if something is wrong
    #[command(after_help = "Example:\n  cloison domains check blue booking.example.com")]
    Check { subdomain: String, hostname: String },

    /// Have links to the tenant name this domain
    #[command(after_help = "Example:\n  cloison domains primary blue booking.example.com")]
    Primary { subdomain: String, hostname: String },

    /// Serve nobody there any more
    #[command(
        after_help = "Example:\n  cloison domains remove blue booking.example.com --confirm blue"
    )]
    Remove {
        subdomain: String,
        hostname: String,
        /// The subdomain once more, since visitors are turned away at once
        #[arg(long, value_name = "SUBDOMAIN")]
        confirm: String,
    },
}
