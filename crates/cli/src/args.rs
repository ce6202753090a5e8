//! The command line, and the environment variables that stand in for it. Read once, here.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use cloison_api::Client;
use cloison_model::BaseDomain;

use crate::profile::{self, Profile};
use crate::up::ServerSpec;

/// Warnings, but not the drivers' own: who uses a connection says once what its loss means.
const LOG_DEFAULT: &str = "warn,deadpool.postgres=off";

/// Gives every customer of a SaaS its own PostgreSQL database, and runs the whole fleet of them.
#[derive(Parser)]
#[command(
    name = "cloison",
    version,
    arg_required_else_help = true,
    after_help = "\
Examples:
  cloison up --demo                      start everything here, with two studios to look at
  cloison tenants create blue --name 'Blue Studio' --owner-email kim@example.com
  cloison tenants list --json
  cloison doctor --fix"
)]
pub(crate) struct Arguments {
    /// Print one JSON object and nothing else
    #[arg(long, global = true)]
    pub(crate) json: bool,

    #[command(flatten)]
    pub(crate) connection: Connection,

    /// What to log to stderr, as in `info` or `warn,cloison_control=debug`
    #[arg(
        long,
        global = true,
        env = "CLOISON_LOG",
        default_value = LOG_DEFAULT,
        hide_default_value = true,
        value_name = "FILTER"
    )]
    pub(crate) log: String,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Args)]
pub(crate) struct Connection {
    /// Where `up` keeps its state, and where the other commands find how to reach it
    #[arg(long, global = true, env = "CLOISON_DATA_DIR", value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,

    /// The console's URL, instead of the one that `up` wrote down
    #[arg(long, global = true, env = "CLOISON_URL")]
    url: Option<String>,

    /// An API token, instead of the one that `up` wrote down
    #[arg(long, global = true, env = "CLOISON_TOKEN", hide_env_values = true)]
    token: Option<String>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Start private PostgreSQL clusters, the control database and the web server, here
    #[command(after_help = "\
Examples:
  cloison up --demo
  cloison up --data-dir /srv/cloison --servers eu-1:eu,us-1:us --port 8080

Ctrl-C stops everything; a second `up` picks up where it was.")]
    Up(UpOptions),

    /// Customers and their databases
    Tenants {
        #[command(subcommand)]
        command: TenantsCommand,
    },

    /// What was done to tenants
    Operations {
        #[command(subcommand)]
        command: OperationsCommand,
    },

    /// Say what is not as it was set, and with --fix set it back
    #[command(after_help = "Example:\n  cloison doctor --fix")]
    Doctor {
        /// Set back what is safe to set back
        #[arg(long)]
        fix: bool,
    },
}

#[derive(Args)]
pub(crate) struct UpOptions {
    /// Make two studios with believable data, unless they are there
    #[arg(long)]
    pub(crate) demo: bool,

    /// How much data: small is a year of one small studio, busy of a large one
    #[arg(long, value_enum, default_value_t = DemoSize::Small, requires = "demo")]
    pub(crate) demo_size: DemoSize,

    /// The seed of the demo data
    #[arg(long, default_value_t = 1, requires = "demo")]
    pub(crate) demo_seed: u64,

    /// The clusters for tenants, name:region each
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "eu-1:eu",
        env = "CLOISON_SERVERS",
        value_name = "NAME:REGION"
    )]
    pub(crate) servers: Vec<ServerSpec>,

    /// The domain under which every tenant has a label
    #[arg(long, default_value = "localhost", env = "CLOISON_BASE_DOMAIN")]
    pub(crate) base_domain: BaseDomain,

    /// The port for studios, console and API
    #[arg(long, default_value_t = 8080, env = "CLOISON_PORT")]
    pub(crate) port: u16,

    /// The port for /healthz and /readyz
    #[arg(long, default_value_t = 9090, env = "CLOISON_OPS_PORT")]
    pub(crate) ops_port: u16,

    /// Stop when standard input is closed, as it is when the process that started this one ends
    #[arg(long, hide = true)]
    pub(crate) until_stdin_closes: bool,

    /// The folder of PostgreSQL's programs, instead of the newest found
    #[arg(long, env = "CLOISON_PG_BIN", value_name = "DIR")]
    pub(crate) pg_bin: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum DemoSize {
    Small,
    Busy,
}

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

impl Connection {
    /// The API as told by the options, the environment, or the profile that `up` wrote.
    pub(crate) fn client(&self) -> anyhow::Result<Client> {
        let profile = match (&self.url, &self.token) {
            (Some(url), Some(token)) => Profile { url: url.clone(), token: token.clone() },
            (url, token) => {
                let written = profile::find(self.data_dir.as_deref())?;
                Profile {
                    url: url.clone().unwrap_or(written.url),
                    token: token.clone().unwrap_or(written.token),
                }
            }
        };
        Ok(Client::new(&profile.url, &profile.token)?)
    }
}
