//! The options of `cloison recover`.

use std::path::PathBuf;

use clap::Args;
use uuid::Uuid;

#[derive(Args)]
pub(crate) struct RecoverOptions {
    /// The configuration of an installation with PostgreSQL of its own; without, the data directory of `up`
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// A superuser of the server that is to hold the control database, as in 'host=127.0.0.1 port=5432 user=postgres' or a URL
    #[arg(long, requires = "config", value_name = "URL")]
    pub(crate) admin_url: Option<String>,

    /// Say which backups of the control database there are, and do nothing
    #[arg(long)]
    pub(crate) list: bool,

    /// Another backup than the newest that is good
    #[arg(long, value_name = "ID", conflicts_with = "list")]
    pub(crate) backup: Option<Uuid>,

    /// Put it in the place of a control database that has tenants; that one is kept under another name
    #[arg(long, requires = "confirm", conflicts_with = "list")]
    pub(crate) replace: bool,

    /// The name of the control database, to say that you mean it
    #[arg(long, requires = "replace", value_name = "NAME")]
    pub(crate) confirm: Option<String>,

    /// Every process of this installation has ended: no connections are set aside for those that may still serve
    #[arg(long)]
    pub(crate) all_stopped: bool,

    /// The folder of PostgreSQL's programs, instead of the newest found
    #[arg(long, env = "CLOISON_PG_BIN", value_name = "DIR")]
    pub(crate) pg_bin: Option<PathBuf>,
}
