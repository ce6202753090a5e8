//! The options of what runs against PostgreSQL that runs already: `serve`, `work`, `config`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Args)]
pub(crate) struct ConfigFile {
    /// The configuration; `cloison.toml` in the current directory, if it is there
    #[arg(long, env = "CLOISON_CONFIG", value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct ServeOptions {
    #[command(flatten)]
    pub(crate) config: ConfigFile,

    /// The port for studios, console and API, instead of the configured one
    #[arg(long)]
    pub(crate) port: Option<u16>,

    /// The port for /healthz, /readyz and /metrics, instead of the configured one
    #[arg(long)]
    pub(crate) ops_port: Option<u16>,

    /// Stop when standard input is closed, as it is when the process that started this one ends
    #[arg(long, hide = true)]
    pub(crate) until_stdin_closes: bool,
}

#[derive(Args)]
pub(crate) struct WorkOptions {
    #[command(flatten)]
    pub(crate) config: ConfigFile,

    /// The port for /healthz, /readyz and /metrics; without, there is none
    #[arg(long)]
    pub(crate) ops_port: Option<u16>,

    /// Stop when standard input is closed, as it is when the process that started this one ends
    #[arg(long, hide = true)]
    pub(crate) until_stdin_closes: bool,
}

#[derive(Subcommand)]
pub(crate) enum ConfigCommand {
    /// Say what is wrong with it and where, or what is in force and who says so
    #[command(after_help = "\
Examples:
  cloison config check
  cloison config check --config /etc/cloison/cloison.toml --json")]
    Check(ConfigFile),
}
