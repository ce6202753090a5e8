//! The options of `cloison up`.

use std::path::PathBuf;

use clap::{ArgAction, Args};
use cloison_model::BaseDomain;

use crate::up::ServerSpec;

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

    /// The folder of the tenants' migrations, if their program is not the studio; read anew at each rollout
    #[arg(long, env = "CLOISON_TENANT_MIGRATIONS", value_name = "DIR")]
    pub(crate) migrations: Option<PathBuf>,

    /// The domain under which every tenant has a label
    #[arg(long, default_value = "localhost", env = "CLOISON_BASE_DOMAIN")]
    pub(crate) base_domain: BaseDomain,

    /// The port for studios, console and API
    #[arg(long, default_value_t = 8080, env = "CLOISON_PORT")]
    pub(crate) port: u16,

    /// The port for /healthz and /readyz
    #[arg(long, default_value_t = 9090, env = "CLOISON_OPS_PORT")]
    pub(crate) ops_port: u16,

    /// Archive what is written, by pgBackRest if it is installed, so that a database can be taken back to any second
    #[arg(
        long,
        action = ArgAction::Set,
        default_value_t = true,
        env = "CLOISON_POINT_IN_TIME",
        value_name = "true|false"
    )]
    pub(crate) point_in_time: bool,

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
