//! The `cloison.toml` that `up` writes, so that another process can run beside it.

use std::path::Path;

use cloison_model::BaseDomain;
use serde::Serialize;

use crate::work::WorkSettings;

const HEADING: &str = "\
# Written by `cloison up` at each start. A second process beside it:
#   cloison serve --config <this file> --port 8081 --ops-port 9091
# Paths count from this file's folder.

";

/// What `up` knows and another process needs.
pub(crate) struct Written<'a> {
    pub(crate) base_domain: &'a BaseDomain,
    pub(crate) control_port: u16,
    pub(crate) port: u16,
    pub(crate) ops_port: u16,
    /// The folder of tenant migrations, if they are not built in.
    pub(crate) migrations: Option<&'a Path>,
    pub(crate) work: WorkSettings,
    pub(crate) master_key_file: &'a str,
    pub(crate) password_file: &'a str,
}

#[derive(Serialize)]
struct Settings<'a> {
    base_domain: &'a str,
    master_key_file: &'a str,
    control: Control<'a>,
    public: Public,
    web: Port,
    ops: Port,
    #[serde(skip_serializing_if = "Option::is_none")]
    tenant: Option<Tenant<'a>>,
    work: Work,
}

#[derive(Serialize)]
struct Control<'a> {
    host: &'static str,
    port: u16,
    password_file: &'a str,
}

#[derive(Serialize)]
struct Public {
    scheme: &'static str,
    port: u16,
}

#[derive(Serialize)]
struct Port {
    port: u16,
}

#[derive(Serialize)]
struct Tenant<'a> {
    migrations: &'a Path,
}

#[derive(Serialize)]
struct Work {
    concurrency: usize,
    spares_per_server: u16,
}

impl Written<'_> {
    pub(crate) fn text(&self) -> Result<String, toml::ser::Error> {
        let settings = Settings {
            base_domain: self.base_domain.as_str(),
            master_key_file: self.master_key_file,
            control: Control {
                host: "127.0.0.1",
                port: self.control_port,
                password_file: self.password_file,
            },
            public: Public { scheme: "http", port: self.port },
            web: Port { port: self.port },
            ops: Port { port: self.ops_port },
            tenant: self.migrations.map(|migrations| Tenant { migrations }),
            work: Work {
                concurrency: self.work.concurrency,
                spares_per_server: self.work.spares_per_server,
            },
        };
        Ok(format!("{HEADING}{}", toml::to_string(&settings)?))
    }
}
