//! The `cloison.toml` that `up` writes, so that another process can run beside it.

use std::collections::BTreeMap;
use std::path::{self, Path};

use cloison_control::domains::DomainSettings;
use cloison_model::{BaseDomain, Reach};
use serde::Serialize;

use super::domains;
use super::keys;
use super::mistake::From;
use super::reader::Shown;
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
    pub(crate) archives: Option<&'a str>,
    pub(crate) top_tenants: usize,
    pub(crate) work: WorkSettings,
    pub(crate) webhooks: Reach,
    pub(crate) domains: &'a DomainSettings,
    pub(crate) backups: &'a [Told],
    pub(crate) store: &'a str,
    pub(crate) keystore: &'a str,
    pub(crate) master_key_file: &'a str,
    pub(crate) password_file: &'a str,
}

/// A setting of backups that the environment of `up` has said. Never a secret, but perhaps where one is.
pub(crate) struct Told {
    name: &'static str,
    value: String,
}

#[derive(Serialize)]
struct Settings<'a> {
    base_domain: &'a str,
    master_key_file: &'a str,
    control: Control<'a>,
    public: Public,
    web: Port,
    ops: Ops,
    #[serde(skip_serializing_if = "Option::is_none")]
    tenant: Option<Tenant<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    point_in_time: Option<PointInTime<'a>>,
    work: Work,
    webhooks: Webhooks,
    domains: Domains,
    backups: BTreeMap<&'static str, &'a str>,
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
struct Ops {
    port: u16,
    top_tenants: usize,
}

#[derive(Serialize)]
struct Webhooks {
    private_addresses: bool,
}

#[derive(Serialize)]
struct Domains {
    resolver: String,
    target: String,
    certificates: bool,
}

#[derive(Serialize)]
struct Tenant<'a> {
    migrations: &'a Path,
}

#[derive(Serialize)]
struct PointInTime<'a> {
    archives: &'a str,
}

#[derive(Serialize)]
struct Work {
    concurrency: usize,
    spares_per_server: u16,
}

impl Written<'_> {
    pub(crate) fn text(&self) -> Result<String, toml::ser::Error> {
        let (resolver, target) = domains::said(self.domains);
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
            ops: Ops { port: self.ops_port, top_tenants: self.top_tenants },
            tenant: self.migrations.map(|migrations| Tenant { migrations }),
            point_in_time: self.archives.map(|archives| PointInTime { archives }),
            work: Work {
                concurrency: self.work.concurrency,
                spares_per_server: self.work.spares_per_server,
            },
            domains: Domains { resolver, target, certificates: self.domains.certificates },
            webhooks: Webhooks { private_addresses: self.webhooks == Reach::Private },
            backups: self.backups(),
        };
        Ok(format!("{HEADING}{}", toml::to_string(&settings)?))
    }

    /// What was said goes before where `up` puts things.
    fn backups(&self) -> BTreeMap<&'static str, &str> {
        let usual = [("store", self.store), ("keystore", self.keystore)];
        let told = self.backups.iter().map(|it| (it.name, it.value.as_str()));
        usual.into_iter().chain(told).collect()
    }
}

impl Told {
    /// Nothing of what nobody has said, and of secrets: those stay in the environment.
    pub(super) fn of(shown: Shown) -> Option<Self> {
        let key = keys::ALL.into_iter().find(|it| it.name == shown.name)?;
        if shown.from == From::Default || key.place == keys::Allowed::InEnvironment {
            return None;
        }
        let name = key.name.strip_prefix("backups.")?;
        // Where another process runs is not known, and its file counts paths from elsewhere.
        let is_path = name.ends_with("_file") || ["store", "keystore"].contains(&name);
        let value = match path::absolute(&shown.value) {
            Ok(path) if is_path && !shown.value.contains("://") => path.display().to_string(),
            Ok(_) | Err(_) => shown.value,
        };
        Some(Self { name, value })
    }
}
