//! `cloison.toml` and `CLOISON_*`: what a process needs to run against PostgreSQL that runs already.
//!
//! An option wins over the environment, the environment over the file. Read once, before anything starts.

mod backups;
mod domains;
mod environment;
mod keys;
mod mistake;
mod otlp;
mod places;
mod reader;
mod secrets;
mod settings;
#[cfg(test)]
mod tests;
mod text;
mod written;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::{Context, Result};
use cloison_control::MasterKey;
use cloison_control::domains::DomainSettings;
use cloison_control::releases::ReleaseSource;
use cloison_model::{Reach, Secret};
use cloison_server::{MetricsSettings, PublicUrl};
use cloison_telemetry::{LogFormat, OtlpSettings};

pub(crate) use self::backups::DefaultPlaces;
pub(crate) use self::environment::Environment;
pub(crate) use self::places::{BackupsConfig, KeystorePlace};
pub(crate) use self::reader::Shown;
pub(crate) use self::written::{Told, Written};

use self::keys::Key;
use self::mistake::Mistake;
use crate::complaint::Complaint;
use crate::platform::release_source;
use crate::work::WorkSettings;

/// Looked for in the current directory unless another is named.
pub(crate) const FILE: &str = "cloison.toml";

impl Config {
    pub(crate) fn metrics(&self) -> MetricsSettings {
        self.work.metrics(self.top_tenants)
    }
}

/// What the command line says beside the file.
#[derive(Clone, Copy, Default)]
pub(crate) struct Overrides {
    pub(crate) port: Option<u16>,
    pub(crate) ops_port: Option<u16>,
}

/// Everything that `serve` and `work` need, checked. It has no Debug: it holds secrets.
pub(crate) struct Config {
    pub(crate) control_host: String,
    pub(crate) control_port: u16,
    pub(crate) control_password: Secret,
    pub(crate) master_key: MasterKey,
    pub(crate) public_url: PublicUrl,
    pub(crate) web: SocketAddr,
    pub(crate) ops: SocketAddr,
    /// So many of the largest tenants and of the busiest are told of by name.
    pub(crate) top_tenants: u16,
    /// What tenants' schemas are made of.
    pub(crate) migrations: ReleaseSource,
    /// Where servers' pasts are, if anywhere.
    pub(crate) archives: Option<PathBuf>,
    pub(crate) work: WorkSettings,
    /// How far webhooks go.
    pub(crate) webhooks: Reach,
    /// How customers' own domains are looked at.
    pub(crate) domains: DomainSettings,
    /// Without, none are made.
    pub(crate) backups: Option<BackupsConfig>,
    pub(crate) log: String,
    pub(crate) log_format: LogFormat,
    /// Without, no spans are exported.
    pub(crate) otlp: Option<OtlpSettings>,
    /// The file that was read, if there was one.
    pub(crate) file: Option<PathBuf>,
    pub(crate) shown: Vec<Shown>,
}

impl Config {
    /// Where a line of the effective configuration comes from.
    pub(crate) fn origin(&self, shown: &Shown) -> String {
        shown.from.shown(self.file.as_deref())
    }
}

/// `named` must be there; the file in the current directory need not.
pub(crate) fn load(
    named: Option<&Path>,
    environment: &Environment,
    overrides: Overrides,
) -> Result<Config> {
    let (file, text) = read(named)?;
    let at = file.as_deref();
    let explained = |it: Mistake| it.complaint(at);
    let settings = settings::parse(&text, environment, overrides).map_err(explained)?;
    let master_key = secrets::master_key(&settings.master_key, at)?;
    let control_password = secrets::password(&settings.control_password, at)?;
    let migrations = migrations(settings.migrations, at)?;
    let control = Some(settings.control_host.as_str());
    let backups = settings.backups.map(|it| places::places(it, control, at)).transpose()?;
    Ok(Config {
        control_host: settings.control_host,
        control_port: settings.control_port,
        control_password,
        master_key,
        public_url: settings.public_url,
        web: settings.web,
        ops: settings.ops,
        top_tenants: settings.top_tenants,
        migrations,
        archives: settings.archives.map(|(folder, from)| secrets::resolved(&folder, from, at)),
        work: settings.work,
        webhooks: settings.webhooks,
        domains: settings.domains,
        backups,
        log: settings.log,
        log_format: settings.log_format,
        otlp: settings.otlp,
        shown: settings.shown,
        file,
    })
}

/// A folder that is no release is said at the start, and not when a rollout begins.
fn migrations(
    folder: Option<(PathBuf, mistake::From)>,
    file: Option<&Path>,
) -> Result<ReleaseSource, Complaint> {
    let Some((folder, from)) = folder else { return release_source(None) };
    let folder = secrets::resolved(&folder, from, file);
    release_source(Some(&folder)).map_err(|it| it.at(&from.shown(file)))
}

/// What the environment says of work, for `up`, which has no file.
pub(crate) fn work(environment: &Environment) -> Result<WorkSettings> {
    settings::work_alone(environment).map_err(|it| it.complaint(None).into())
}

/// What the environment says of metrics, for `up`.
pub(crate) fn top_tenants(environment: &Environment) -> Result<u16> {
    settings::top_tenants_alone(environment).map_err(|it| it.complaint(None).into())
}

/// How far webhooks go, as the environment says, for `up`.
pub(crate) fn webhooks(environment: &Environment) -> Result<Reach> {
    settings::webhooks_alone(environment).map_err(|it| it.complaint(None).into())
}

/// How domains are looked at, as the environment says, for `up`.
pub(crate) fn domains(environment: &Environment) -> Result<DomainSettings> {
    settings::domains_alone(environment).map_err(|it| it.complaint(None).into())
}

/// Where spans go, as the environment says, for `up`.
pub(crate) fn otlp(environment: &Environment) -> Result<Option<OtlpSettings>> {
    settings::otlp_alone(environment).map_err(|it| it.complaint(None).into())
}

/// What the environment says of backups, for `up`, and what another process beside it has to be told of that.
pub(crate) fn backups(
    environment: &Environment,
    defaults: DefaultPlaces<'_>,
) -> Result<(Option<BackupsConfig>, Vec<Told>)> {
    let (settings, shown) =
        settings::backups_alone(environment, defaults).map_err(|it| it.complaint(None))?;
    let config = settings.map(|it| places::places(it, None, None)).transpose()?;
    let told = shown.into_iter().filter_map(Told::of).collect();
    Ok((config, told))
}

fn read(named: Option<&Path>) -> Result<(Option<PathBuf>, String)> {
    let path = named.unwrap_or(Path::new(FILE));
    match fs::read_to_string(path) {
        Ok(text) => Ok((Some(path.to_owned()), text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound && named.is_none() => {
            Ok((None, String::new()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Complaint::new(
            format!("there is no {}", path.display()),
            "it says where the control database is",
            "give another with --config; `cloison up` writes one into its data directory",
        )
        .into()),
        Err(error) => Err(error).with_context(|| format!("read {}", path.display())),
    }
}

impl Overrides {
    fn of(self, key: &Key) -> Option<(&'static str, String)> {
        if key == &keys::WEB_PORT {
            return self.port.map(|it| ("--port", it.to_string()));
        }
        if key == &keys::OPS_PORT {
            return self.ops_port.map(|it| ("--ops-port", it.to_string()));
        }
        None
    }
}
