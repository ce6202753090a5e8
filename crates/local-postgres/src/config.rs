//! What a cluster is started with, and the three files of PostgreSQL's that say so.
//!
//! The files are rendered whole, from nothing but the configuration. So a running server can be compared with what
//! would be started now: by text.

use std::{fmt::Write as _, path::Path, path::PathBuf, time::Duration};

use crate::{SUPERUSER, account::Account, error::StartError};

/// Recovery after a crash replays up to `max_wal_size`; slower than this is a fault.
const READY_WITHIN: Duration = Duration::from_mins(5);

/// What the cluster's data is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// What is committed survives a power cut. Stopped by a checkpoint when dropped.
    Durable,
    /// For tests: nothing is flushed, and dropping it stops it at once.
    Disposable,
}

/// What to start, and where.
#[derive(Clone, Debug)]
pub struct ClusterConfig {
    /// Holds all of the cluster's state. Made if absent.
    pub data_dir: PathBuf,
    /// `None`: the port of the last time if it is free, else any.
    pub port: Option<u16>,
    /// Lines of `pg_hba.conf`, after the superuser's own: `host sameuser all 127.0.0.1/32 scram-sha-256`.
    pub hba: Vec<String>,
    /// Server settings by name, which win over what is set here.
    pub settings: Vec<(String, String)>,
    pub durability: Durability,
    /// A folder that keeps the files of a new cluster: the next one is copied from there, which is many times faster
    /// than making it. For tests.
    pub seeds: Option<PathBuf>,
    /// Who runs the server. `None`: the owner of the data that is there, else one that is chosen.
    pub account: Option<Account>,
    /// How long a start may take. A replay of archived WAL takes longer than any crash's.
    pub ready_within: Duration,
}

impl ClusterConfig {
    /// A durable cluster on any port, with access for the superuser alone.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            port: None,
            hba: Vec::new(),
            settings: Vec::new(),
            durability: Durability::Durable,
            seeds: None,
            account: None,
            ready_within: READY_WITHIN,
        }
    }
}

/// PostgreSQL's configuration files, by name.
pub(crate) type Files = [(&'static str, String); 3];

/// The text of all configuration files for this port and this socket directory.
pub(crate) fn render(
    config: &ClusterConfig,
    account: &Account,
    port: u16,
    socket_dir: &Path,
) -> Result<Files, StartError> {
    Ok([
        ("postgresql.conf", settings(config, port, socket_dir)?),
        ("pg_hba.conf", hba(&config.hba)?),
        ("pg_ident.conf", ident(account)),
    ])
}

fn settings(config: &ClusterConfig, port: u16, socket_dir: &Path) -> Result<String, StartError> {
    let port = port.to_string();
    let socket_dir = quoted_list_item(socket_dir)?;
    let always = [
        ("listen_addresses", "127.0.0.1"),
        ("port", &port),
        ("unix_socket_directories", &socket_dir),
        ("unix_socket_permissions", "0700"),
        ("password_encryption", "scram-sha-256"),
        ("timezone", "UTC"),
        ("log_timezone", "UTC"),
        // Messages are read by programs too: this crate's, when a start fails.
        ("lc_messages", "C"),
        ("log_line_prefix", "%m [%p] %q%u@%d %a "),
    ];
    let disposable: &[_] = match config.durability {
        Durability::Durable => &[],
        // Commits are still handed to the kernel, so whatever was acknowledged outlives the server's processes.
        Durability::Disposable => &[("fsync", "off"), ("full_page_writes", "off")],
    };
    let callers = config.settings.iter().map(|(name, value)| (name.as_str(), value.as_str()));

    let mut text =
        String::from("# Written at every start. To change a setting for good, use ALTER SYSTEM.\n");
    for (name, value) in always.iter().chain(disposable).copied().chain(callers) {
        let line = || format!("{name} = {value}");
        let name_is_plain =
            name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_' || it == b'.');
        if name.is_empty() || !name_is_plain || value.contains(char::is_control) {
            return Err(StartError::Setting { line: line() });
        }
        let value = value.replace('\\', "\\\\").replace('\'', "''");
        writeln!(text, "{name} = '{value}'").expect("a string takes any text");
    }
    Ok(text)
}

/// `unix_socket_directories` is a list: a comma or a space would end the item.
fn quoted_list_item(path: &Path) -> Result<String, StartError> {
    let text =
        path.to_str().ok_or_else(|| StartError::Setting { line: path.display().to_string() })?;
    Ok(format!("\"{}\"", text.replace('"', "\"\"")))
}

/// The superuser comes in by the socket, as the operating system's word for who is asking, and not otherwise. For
/// all others, no line means no.
fn hba(lines: &[String]) -> Result<String, StartError> {
    let mut text =
        format!("local all {SUPERUSER} peer map=cloison\nhost all {SUPERUSER} all reject\n");
    for line in lines {
        if line.contains(char::is_control) {
            return Err(StartError::Setting { line: line.clone() });
        }
        writeln!(text, "{line}").expect("a string takes any text");
    }
    Ok(text)
}

fn ident(account: &Account) -> String {
    let line = |name: &str| format!("cloison \"{}\" {SUPERUSER}\n", name.replace('"', "\"\""));
    let server = line(&account.name);
    if account.launcher == account.name { server } else { server + &line(&account.launcher) }
}
