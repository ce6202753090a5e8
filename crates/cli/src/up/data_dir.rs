//! The data directory: all state of `up`, secrets apart and readable by their owner alone.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cloison_control::{MasterKey, random_secret};
use cloison_model::Secret;

use super::server_spec::ServerSpec;
use crate::complaint::Complaint;
use crate::config::{self, Written};
use crate::profile::{self, Profile};
use crate::whole_file::write;

const MASTER_KEY: &str = "master.key";
const CONTROL_PASSWORD: &str = "control.password";
/// As a configuration in the data directory names them.
pub(super) const MASTER_KEY_FILE: &str = "secrets/master.key";
pub(super) const CONTROL_PASSWORD_FILE: &str = "secrets/control.password";
pub(super) const BACKUPS: &str = "backups";
/// Apart from the store, which is closed to the servers' user.
pub(super) const POINT_IN_TIME: &str = "point-in-time";
/// What opens them: to be copied elsewhere, and never together with them.
pub(super) const KEYS: &str = "keys";
const API_TOKEN: &str = "api.token";
const SERVERS: &str = "servers";

/// Absolute, since clusters run elsewhere.
pub(crate) struct DataDir(PathBuf);

impl DataDir {
    /// Makes it if it is not there. The directory itself may be read by all, as PostgreSQL may run as another
    /// user; what is secret lies in a directory of its own.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let refused = |error: io::Error| {
            Complaint::new(
                format!("cannot use {} as the data directory: {error}", path.display()),
                "everything that Cloison knows is kept there",
                "choose another with --data-dir",
            )
        };
        fs::create_dir_all(path).map_err(refused)?;
        let data = Self(path.canonicalize().map_err(refused)?);
        let mut private = DirBuilder::new();
        private.mode(0o700).recursive(true).create(data.secrets()).map_err(refused)?;
        Ok(data)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Where a cluster of this name lives.
    pub(super) fn cluster(&self, name: &str) -> PathBuf {
        self.0.join("clusters").join(name)
    }

    /// Holds a folder for the archive of each cluster.
    pub(super) fn archives(&self) -> PathBuf {
        self.0.join(POINT_IN_TIME)
    }

    /// The key that seals passwords in the control database. Made once; without it no tenant can be reached.
    pub(super) fn master_key(&self) -> Result<MasterKey> {
        let text = self.secret(MASTER_KEY, || MasterKey::generate().to_base64())?;
        let file = self.secrets().join(MASTER_KEY);
        MasterKey::parse(text.expose())
            .map(|it| it.kept_in(&file))
            .with_context(|| format!("read {}", self.secrets().join(MASTER_KEY).display()))
    }

    pub(super) fn control_password(&self) -> Result<Secret> {
        self.secret(CONTROL_PASSWORD, random_secret)
    }

    pub(super) fn api_token(&self) -> Result<Secret> {
        self.secret(API_TOKEN, random_secret)
    }

    /// In place of one that was revoked.
    pub(super) fn new_api_token(&self) -> Result<Secret> {
        let secret = random_secret();
        write(&self.secrets().join(API_TOKEN), secret.expose(), 0o600)?;
        Ok(secret)
    }

    /// The servers of earlier starts and the ones asked for now. A server once made has tenants; it
    /// is started again whether or not it is named.
    pub(super) fn servers(&self, asked: &[ServerSpec]) -> Result<Vec<ServerSpec>> {
        let file = self.0.join(SERVERS);
        let mut servers: Vec<ServerSpec> = Vec::new();
        for line in read(&file)?.unwrap_or_default().lines() {
            servers.push(
                line.parse()
                    .map_err(anyhow::Error::msg)
                    .with_context(|| format!("read {}", file.display()))?,
            );
        }
        for server in asked {
            match servers.iter().find(|it| it.name == server.name) {
                None => servers.push(server.clone()),
                Some(known) if known == server => {}
                Some(known) => {
                    return Err(Complaint::new(
                        format!(
                            "server {} is in region {}, not {}",
                            known.name, known.region, server.region
                        ),
                        "tenants were placed there because of its region",
                        format!("say {known}, or give the new one another name"),
                    )
                    .into());
                }
            }
        }
        let lines: Vec<String> = servers.iter().map(ToString::to_string).collect();
        let text = lines.join("\n");
        write(&file, &text, 0o644)?;
        Ok(servers)
    }

    /// How the other commands reach what runs here.
    pub(super) fn write_profile(&self, profile: &Profile) -> Result<()> {
        profile::write(&profile::path(&self.0), profile)
    }

    /// How another process runs beside this one.
    pub(super) fn write_config(&self, config: &Written<'_>) -> Result<()> {
        write(&self.0.join(config::FILE), &config.text()?, 0o644)
    }

    fn secrets(&self) -> PathBuf {
        self.0.join("secrets")
    }

    fn secret(&self, name: &str, make: impl FnOnce() -> Secret) -> Result<Secret> {
        let file = self.secrets().join(name);
        if let Some(text) = read(&file)? {
            return Ok(Secret::new(text.trim()));
        }
        let secret = make();
        write(&file, secret.expose(), 0o600)?;
        Ok(secret)
    }
}

fn read(file: &Path) -> Result<Option<String>> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("read {}", file.display())),
    }
}
