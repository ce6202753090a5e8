//! Where backups and their keys are kept, as folders of this machine and addresses that can be tried.
//!
//! Whoever gets hold of the backups must not get the keys with them, so the two are kept apart here, and both apart from databases.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cloison_archive::{
    Patience, S3Credentials, Store, StoreLocation, StoreSettings, VaultKeystore, VaultSettings,
};
use cloison_model::{NightWindow, RetentionPolicy, ScheduleCaps};
use tokio_util::task::TaskTracker;

use super::backups::{KeystoreSaid, Settings, StoreSaid};
use super::keys;
use super::mistake::{From, Mistake};
use super::secrets::{resolved, secret};

/// In every folder where PostgreSQL keeps a cluster.
const CLUSTER_MARK: &str = "PG_VERSION";

/// Backups as they are configured. It has no Debug: it holds secrets.
#[derive(Clone)]
pub(crate) struct BackupsConfig {
    pub(crate) store: StoreSettings,
    pub(crate) keystore: KeystorePlace,
    pub(crate) window: NightWindow,
    pub(crate) caps: ScheduleCaps,
    pub(crate) retention: RetentionPolicy,
}

#[derive(Clone)]
pub(crate) enum KeystorePlace {
    Folder(PathBuf),
    Vault(Arc<VaultKeystore>),
}

/// `control` is the host of the control database, and `file` the configuration file.
pub(super) fn places(
    settings: Settings,
    control: Option<&str>,
    file: Option<&Path>,
) -> anyhow::Result<BackupsConfig> {
    let Settings { store, s3, access_key, keystore, window, caps, retention } = settings;
    let explained = |it: Mistake| it.complaint(file);
    let location = location(store.0, store.1, file).map_err(explained)?;
    let credentials = match access_key {
        None => None,
        Some([id, key]) => Some(S3Credentials {
            access_key_id: secret(&id, file)?.expose().to_owned(),
            secret_access_key: secret(&key, file)?,
            session_token: None,
        }),
    };
    let from = store.1;
    let store = StoreSettings { location, s3, credentials, patience: Patience::default() };
    // It asks nobody yet.
    Store::open(&store, &TaskTracker::new()).map_err(|error| {
        explained(Mistake {
            from,
            what: format!("{}: {error}", keys::BACKUPS_STORE.name),
            meaning: "backups are to be kept there".to_owned(),
            advice: "correct it; backups.s3_endpoint, s3_region and s3_path_style say how a bucket is reached".to_owned(),
        })
    })?;
    let keystore = match keystore {
        (KeystoreSaid::Folder(folder), from) => {
            let folder = absolute(&resolved(&folder, from, file));
            apart(&folder, &store.location, control, from).map_err(explained)?;
            KeystorePlace::Folder(folder)
        }
        (KeystoreSaid::Vault { address, mount, namespace, token }, from) => {
            let token = secret(&token, file)?;
            let vault = VaultKeystore::new(&VaultSettings { address, mount, namespace, token });
            let vault = vault.map_err(|error| {
                explained(Mistake {
                    from,
                    what: format!("{}: {error}", keys::BACKUPS_KEYSTORE.name),
                    meaning: "the keys that open backups are to be kept there".to_owned(),
                    advice: "correct it, or name a folder".to_owned(),
                })
            })?;
            KeystorePlace::Vault(Arc::new(vault))
        }
    };
    Ok(BackupsConfig { store, keystore, window, caps, retention })
}

fn location(said: StoreSaid, from: From, file: Option<&Path>) -> Result<StoreLocation, Mistake> {
    let folder = match said {
        StoreSaid::Bucket(bucket) => return Ok(bucket),
        StoreSaid::Folder(folder) => absolute(&resolved(&folder, from, file)),
    };
    let parsed = folder.to_str().and_then(|it| it.parse().ok());
    let location = parsed.ok_or_else(|| Mistake {
        from,
        what: format!("{} '{}' is not a plain path", keys::BACKUPS_STORE.name, folder.display()),
        meaning: "what is below it has to have one name, whoever asks".to_owned(),
        advice: "write it in UTF-8 and without '..', as in /var/lib/cloison/backups".to_owned(),
    })?;
    match cluster_around(&folder) {
        None => Ok(location),
        Some(cluster) => Err(Mistake {
            from,
            what: format!(
                "the store {} lies in a data directory of PostgreSQL, {}",
                folder.display(),
                cluster.display()
            ),
            meaning: "whatever becomes of that would become of the backups too".to_owned(),
            advice: "choose a folder of its own, on another disk if there is one".to_owned(),
        }),
    }
}

/// The keystore is neither in the store nor around it, and not with a database.
fn apart(
    keystore: &Path,
    store: &StoreLocation,
    control: Option<&str>,
    from: From,
) -> Result<(), Mistake> {
    let real = real(keystore);
    let mistake = |what: String, meaning: &str| Mistake {
        from,
        what,
        meaning: meaning.to_owned(),
        advice: "choose a folder of its own, which no backup takes in".to_owned(),
    };
    let shown = keystore.display();
    if let StoreLocation::Folder(store) = store {
        let store_real = self::real(store);
        if real.starts_with(&store_real) || store_real.starts_with(&real) {
            return Err(mistake(
                format!(
                    "the keystore {shown} and the store {} lie in one another",
                    store.display()
                ),
                "whoever gets hold of the backups has the keys that open them too",
            ));
        }
    }
    let with_control =
        control.filter(|it| it.starts_with('/') && real == self::real(Path::new(it)));
    if let Some(database) = cluster_around(&real).or(with_control.map(PathBuf::from)) {
        return Err(mistake(
            format!("the keystore {shown} lies with a database, in {}", database.display()),
            "a copy of that folder would have the keys together with what they open",
        ));
    }
    Ok(())
}

/// The data directory of PostgreSQL that it is in or is, if there is one.
fn cluster_around(folder: &Path) -> Option<PathBuf> {
    let real = real(folder);
    real.ancestors().find(|it| it.join(CLUSTER_MARK).is_file()).map(Path::to_owned)
}

fn absolute(path: &Path) -> PathBuf {
    // An empty path alone has no absolute one, and is refused by whoever uses it.
    std::path::absolute(path).unwrap_or_else(|_empty| path.to_owned())
}

/// Without symbolic links, as far as it is there.
fn real(path: &Path) -> PathBuf {
    let there = path.ancestors().find_map(|above| Some((above, fs::canonicalize(above).ok()?)));
    match there {
        Some((above, real)) => match path.strip_prefix(above) {
            Ok(rest) if !rest.as_os_str().is_empty() => real.join(rest),
            Ok(_) | Err(_) => real,
        },
        None => path.to_owned(),
    }
}
