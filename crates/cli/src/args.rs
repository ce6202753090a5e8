//! The command line, and the environment variables that stand in for it. Read once, here.

mod access;
mod ai_credits;
mod backups;
mod completions;
mod connection;
mod domains;
mod erasures;
mod events;
mod exports;
mod migrations;
mod operations;
mod pgbouncer;
mod recover;
mod router;
mod serve;
mod servers;
mod tenants;
mod up;
mod webhooks;

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};
use cloison_telemetry::LogFormat;

pub(crate) use self::access::{
    AuditCommand, CreateTokenOptions, LoginOptions, MeCommand, RoleWord, SecretSource,
    TokensCommand, TotpCommand, UsersCommand,
};
pub(crate) use self::ai_credits::{AiCreditsCommand, GrantOptions};
pub(crate) use self::backups::{
    BackupsCommand, CopyOptions, CreateBackupsOptions, LongWait, OpenOptions, Purpose,
    RestoreOptions,
};
pub(crate) use self::completions::Shell;
pub(crate) use self::connection::Connection;
pub(crate) use self::domains::DomainsCommand;
pub(crate) use self::erasures::ErasuresCommand;
pub(crate) use self::events::{EventOptions, EventsCommand};
pub(crate) use self::exports::ExportsCommand;
pub(crate) use self::migrations::{
    DriftOptions, LintOptions, MigrationsCommand, PolicyOptions, RollbackOptions, RolloutOptions,
    WhichRollout,
};
pub(crate) use self::operations::OperationsCommand;
pub(crate) use self::pgbouncer::{Entries, PgBouncerOptions};
pub(crate) use self::recover::RecoverOptions;
pub(crate) use self::router::{RouterCommand, TerminalOptions, TopOptions};
pub(crate) use self::serve::{ConfigCommand, ConfigFile, ServeOptions, WorkOptions};
pub(crate) use self::servers::{MasterKeyCommand, PlansCommand, ServersCommand};
pub(crate) use self::tenants::{
    ChangeOptions, CreateOptions, ExportOptions, TenantsCommand, UsageTopOptions, WaitOptions,
};
pub(crate) use self::up::{DemoSize, UpOptions};
pub(crate) use self::webhooks::WebhooksCommand;

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
  cloison doctor --fix
  cloison router top                     who uses the connections, as it happens"
)]
pub(crate) struct Arguments {
    /// Print one JSON object and nothing else
    #[arg(long, global = true)]
    pub(crate) json: bool,

    #[command(flatten)]
    pub(crate) connection: Connection,

    /// What to log to stderr, as in `info` or `warn,cloison_control=debug`
    #[arg(long, global = true, env = "CLOISON_LOG", value_name = "FILTER")]
    pub(crate) log: Option<String>,

    /// How the log looks: for people, or one JSON object a line
    #[arg(long, global = true, env = "CLOISON_LOG_FORMAT", value_name = "FORMAT", value_parser = log_format())]
    pub(crate) log_format: Option<LogFormat>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Its words, in the help and in completions too.
fn log_format() -> impl TypedValueParser<Value = LogFormat> {
    let words = [LogFormat::Text, LogFormat::Json].map(LogFormat::as_str);
    PossibleValuesParser::new(words).try_map(|it| it.parse())
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Start private PostgreSQL clusters, the control database and the web server, here
    #[command(after_help = "\
Examples:
  cloison up --demo
  cloison up --data-dir /srv/cloison --servers eu-1:eu,us-1:us --port 8080
  cloison up --migrations ./migrations        tenants of another program than the studio

Ctrl-C stops everything; a second `up` picks up where it was.")]
    Up(UpOptions),

    /// Serve studios, console and API against a control database that runs already
    #[command(after_help = "\
Examples:
  cloison serve --config /etc/cloison/cloison.toml
  cloison serve --config .cloison/cloison.toml --port 8081 --ops-port 9091   beside `cloison up`

Every setting can stand in the environment too; see: cloison config check")]
    Serve(ServeOptions),

    /// Work on operations, and serve nobody
    #[command(after_help = "Example:\n  cloison work --config /etc/cloison/cloison.toml")]
    Work(WorkOptions),

    /// The configuration of `serve` and `work`
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },

    /// Customers and their databases
    Tenants {
        #[command(subcommand)]
        command: TenantsCommand,
    },

    /// Hostnames of customers' own, under which they are served
    #[command(arg_required_else_help = true)]
    Domains {
        #[command(subcommand)]
        command: DomainsCommand,
    },

    /// What tenants can be brought back from, and bringing them back
    #[command(arg_required_else_help = true)]
    Backups {
        #[command(subcommand)]
        command: BackupsCommand,
    },

    /// Tenants that were erased, and the evidence of it
    Erasures {
        #[command(subcommand)]
        command: ErasuresCommand,
    },

    /// What was packed for customers to take away
    #[command(arg_required_else_help = true)]
    Exports {
        #[command(subcommand)]
        command: ExportsCommand,
    },

    /// What was done to tenants
    Operations {
        #[command(subcommand)]
        command: OperationsCommand,
    },

    /// What became of tenants and of the fleet, in order, for programs that follow it
    #[command(arg_required_else_help = true)]
    Events {
        #[command(subcommand)]
        command: EventsCommand,
    },

    /// Where events are sent, and how that goes
    #[command(arg_required_else_help = true)]
    Webhooks {
        #[command(subcommand)]
        command: WebhooksCommand,
    },

    /// What tenants may spend on AI, and what became of it
    #[command(arg_required_else_help = true)]
    AiCredits {
        #[command(subcommand)]
        command: AiCreditsCommand,
    },

    /// What tenants' databases are made of, and how that changes
    #[command(arg_required_else_help = true)]
    Migrations {
        #[command(subcommand)]
        command: MigrationsCommand,
    },

    /// Where tenants can be
    Servers {
        #[command(subcommand)]
        command: ServersCommand,
    },

    /// Who uses the servers' connections
    #[command(arg_required_else_help = true)]
    Router {
        #[command(subcommand)]
        command: RouterCommand,
    },

    /// What tenants can be held to
    Plans {
        #[command(subcommand)]
        command: PlansCommand,
    },

    /// Write the configuration of a PgBouncer in front of tenants, for applications that cannot embed the router
    #[command(after_help = "\
Examples:
  cloison pgbouncer-config                     show it
  cloison pgbouncer-config --dir /etc/pgbouncer/cloison
  cloison pgbouncer-config --dir pooler --entries tenants --server eu-1 --server us-1
  cloison pgbouncer-config --dir pooler --server eu-1 --shared-role app_pool --connections 30

With --dir it writes pgbouncer.ini, hba.conf and userlist.txt, which holds secrets and is closed to others (0600).")]
    #[command(name = "pgbouncer-config")]
    PgBouncerConfig(PgBouncerOptions),

    /// What seals passwords in the control database
    MasterKey {
        #[command(subcommand)]
        command: MasterKeyCommand,
    },

    /// Say what is wrong with the fleet, why it matters and what to do, and with --fix set back what is safe
    #[command(after_help = "\
Examples:
  cloison doctor
  cloison doctor --fix
  cloison doctor --json | jq '.findings[] | select(.severity == \"critical\")'

The exit code is not 0 while anything is left to do. What is looked for is in docs/doctor.md.")]
    Doctor {
        /// Set back what is safe to set back
        #[arg(long)]
        fix: bool,
    },

    /// Rebuild a control database that is lost, from its backup, the tenants' backups and the servers
    #[command(after_help = "\
Examples:
  cloison recover --list
  cloison recover --data-dir .cloison --all-stopped
  cloison recover --config /etc/cloison/cloison.toml --admin-url postgres://postgres@127.0.0.1:5432

The superuser's password is read from CLOISON_ADMIN_PASSWORD. Whatever ends it half-way, nothing has taken effect:
type it again.")]
    Recover(RecoverOptions),

    /// Sign in with e-mail and password, for twelve hours
    #[command(after_help = "\
Examples:
  cloison login --url https://console.example.com
  printf '%s\\n' \"$PASSWORD\" | cloison login --email kim@example.com --password-stdin

With a second factor the code is asked for too, or is the next line of standard input.")]
    Login(LoginOptions),

    /// Print a link that signs a browser in to the console, where plots and what is wrong are
    #[command(after_help = "\
Examples:
  cloison console
  xdg-open \"$(cloison console --json | jq -r .url)\"

The link works once, within the hour. Whoever has a password signs in at the console itself.")]
    Console,

    /// Who you are and what you may do
    #[command(after_help = "Example:\n  cloison me")]
    Me {
        #[command(subcommand)]
        command: Option<MeCommand>,
    },

    /// Who works on the platform
    Users {
        #[command(subcommand)]
        command: UsersCommand,
    },

    /// What programs come with
    Tokens {
        #[command(subcommand)]
        command: TokensCommand,
    },

    /// Who did what, and whether the log of it is intact
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },

    /// Write a script that completes commands and options in your shell
    #[command(after_help = "\
Examples:
  cloison completions bash > ~/.local/share/bash-completion/completions/cloison
  cloison completions zsh > \"${fpath[1]}/_cloison\"
  cloison completions fish > ~/.config/fish/completions/cloison.fish")]
    Completions { shell: Shell },

    /// Write the manual, a page for each command
    #[command(after_help = "\
Examples:
  cloison man | man -l -
  cloison man --dir ~/.local/share/man/man1")]
    Man {
        /// The folder for all pages; without it, the page of `cloison` goes to stdout
        #[arg(long)]
        dir: Option<PathBuf>,
    },
}
