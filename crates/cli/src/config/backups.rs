//! What the settings of `[backups]` mean. Pure: nothing is opened here, and no folder is looked at.
//!
//! Without a store nothing else is said of backups, and none are made.

use std::path::PathBuf;
use std::str::FromStr;

use cloison_archive::{S3Options, StoreLocation};
use cloison_model::{NightWindow, RetentionPolicy, ScheduleCaps};

use super::keys::{self, Key};
use super::mistake::{From, Mistake};
use super::reader::{Reader, SecretPlace, Wrong};
use super::settings::count;

/// More of one tier than anybody looks through.
const KEEP_MAX: u16 = 1_000;
/// Each reads a whole database; more of them on one server are felt by visitors.
const PER_SERVER_MAX: u16 = 32;
const VAULT_MOUNT: &str = "transit";

/// Where `up` puts both, unless it is told otherwise. Absolute.
#[derive(Clone, Copy)]
pub(crate) struct DefaultPlaces<'a> {
    pub(crate) store: &'a str,
    pub(crate) keystore: &'a str,
}

/// As it was said.
pub(super) struct Settings {
    pub(super) store: (StoreSaid, From),
    pub(super) s3: S3Options,
    /// Its id and its secret; a folder needs none.
    pub(super) access_key: Option<[(SecretPlace, From); 2]>,
    pub(super) keystore: (KeystoreSaid, From),
    pub(super) window: NightWindow,
    pub(super) caps: ScheduleCaps,
    pub(super) retention: RetentionPolicy,
}

pub(super) enum StoreSaid {
    Folder(PathBuf),
    Bucket(StoreLocation),
}

pub(super) enum KeystoreSaid {
    Folder(PathBuf),
    Vault { address: String, mount: String, namespace: Option<String>, token: (SecretPlace, From) },
}

pub(super) fn parse(
    reader: &mut Reader<'_>,
    defaults: Option<DefaultPlaces<'_>>,
) -> Result<Option<Settings>, Mistake> {
    let otherwise = defaults.map(|it| (it.store.to_owned(), From::Default));
    let Some((text, from)) = reader.find(&keys::BACKUPS_STORE).or(otherwise) else {
        nothing_else(reader)?;
        reader.show(&keys::BACKUPS_STORE, "(none, so no backups are made)", From::Default);
        return Ok(None);
    };
    let store = (store(&text, from)?, from);
    reader.show(&keys::BACKUPS_STORE, &text, from);
    let (s3, access_key) = match &store.0 {
        StoreSaid::Folder(_) => (S3Options::default(), None),
        StoreSaid::Bucket(_) => (s3(reader)?, Some(access_key(reader)?)),
    };
    let otherwise = defaults.map(|it| (it.keystore.to_owned(), From::Default));
    let Some((text, from)) = reader.find(&keys::BACKUPS_KEYSTORE).or(otherwise) else {
        return Err(Mistake {
            from,
            what: "nothing says where the keystore for backups is".to_owned(),
            meaning:
                "it keeps the keys that open backups, apart from them and from the control database"
                    .to_owned(),
            advice: format!(
                "set {} to a folder or to the address of a Vault, or {}",
                keys::BACKUPS_KEYSTORE.name,
                keys::BACKUPS_KEYSTORE.variable
            ),
        });
    };
    reader.show(&keys::BACKUPS_KEYSTORE, &text, from);
    let keystore = (keystore(reader, text)?, from);
    let (window, caps, retention) = policy(reader)?;
    Ok(Some(Settings { store, s3, access_key, keystore, window, caps, retention }))
}

/// A setting that nobody reads is a mistake; without a store that is all of them.
fn nothing_else(reader: &Reader<'_>) -> Result<(), Mistake> {
    let said = keys::ALL.iter().filter(|it| it.name.starts_with("backups."));
    for key in said {
        if let Some((_, from)) = reader.find(key) {
            return Err(Mistake {
                from,
                what: format!("{} is set, and {} is not", key.name, keys::BACKUPS_STORE.name),
                meaning: "without an object store no backups are made, and nobody reads it"
                    .to_owned(),
                advice: format!(
                    "set {}, as in /var/lib/cloison/backups or s3://bucket/prefix, or take it out",
                    keys::BACKUPS_STORE.name
                ),
            });
        }
    }
    Ok(())
}

fn store(text: &str, from: From) -> Result<StoreSaid, Mistake> {
    if !text.contains("://") {
        return Ok(StoreSaid::Folder(text.into()));
    }
    match text.parse::<StoreLocation>() {
        Ok(StoreLocation::Folder(folder)) => Ok(StoreSaid::Folder(folder)),
        Ok(bucket @ StoreLocation::Bucket { .. }) => Ok(StoreSaid::Bucket(bucket)),
        Err(error) => Err(Mistake {
            from,
            what: format!("{}: {error}", keys::BACKUPS_STORE.name),
            meaning: "backups are kept there".to_owned(),
            advice: "write a folder, as in /var/lib/cloison/backups, or s3://bucket/prefix"
                .to_owned(),
        }),
    }
}

fn s3(reader: &mut Reader<'_>) -> Result<S3Options, Mistake> {
    Ok(S3Options {
        endpoint: reader.take_if_said(&keys::BACKUPS_S3_ENDPOINT).map(|it| it.0),
        region: reader.take_if_said(&keys::BACKUPS_S3_REGION).map(|it| it.0),
        path_style: reader.take(&keys::BACKUPS_S3_PATH_STYLE, "false", |it| {
            it.parse().map_err(|_neither| Wrong {
                what: format!("'{it}' is neither true nor false"),
                meaning: "true puts the bucket's name into the path, and not before the host",
            })
        })?,
        allow_http: false,
    })
}

fn access_key(reader: &mut Reader<'_>) -> Result<[(SecretPlace, From); 2], Mistake> {
    let meaning = "without an access key the bucket lets nobody in";
    let id = reader.take_secret(
        &keys::BACKUPS_S3_ACCESS_KEY_ID,
        &keys::BACKUPS_S3_ACCESS_KEY_ID_FILE,
        "what the id of the bucket's access key is",
        meaning,
    )?;
    let secret = reader.take_secret(
        &keys::BACKUPS_S3_SECRET_ACCESS_KEY,
        &keys::BACKUPS_S3_SECRET_ACCESS_KEY_FILE,
        "what the secret of the bucket's access key is",
        meaning,
    )?;
    Ok([id, secret])
}

fn keystore(reader: &mut Reader<'_>, text: String) -> Result<KeystoreSaid, Mistake> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return Ok(KeystoreSaid::Folder(text.into()));
    }
    Ok(KeystoreSaid::Vault {
        address: text,
        mount: reader.take(&keys::BACKUPS_VAULT_MOUNT, VAULT_MOUNT, |it| Ok(it.to_owned()))?,
        namespace: reader.take_if_said(&keys::BACKUPS_VAULT_NAMESPACE).map(|it| it.0),
        token: reader.take_secret(
            &keys::BACKUPS_VAULT_TOKEN,
            &keys::BACKUPS_VAULT_TOKEN_FILE,
            "what the Vault's token is",
            "without it the Vault opens no key, and no backup can be made or restored",
        )?,
    })
}

fn policy(
    reader: &mut Reader<'_>,
) -> Result<(NightWindow, ScheduleCaps, RetentionPolicy), Mistake> {
    let window = reader.take(&keys::BACKUPS_WINDOW, &NightWindow::default().to_string(), |it| {
        NightWindow::from_str(it).map_err(|_not_one| Wrong {
            what: format!("'{it}' is no part of the day"),
            meaning: "it is when backups are made, from and to in UTC, as in 22:00-06:00",
        })
    })?;
    let usual = RetentionPolicy::default();
    let mut keep = |key: &'static Key, default: u16| {
        reader.take(key, &default.to_string(), |it| {
            count(it, 0, KEEP_MAX, "of each tier 0 to 1000 are kept")
        })
    };
    let retention = RetentionPolicy {
        daily: keep(&keys::BACKUPS_KEEP_DAILY, usual.daily)?,
        weekly: keep(&keys::BACKUPS_KEEP_WEEKLY, usual.weekly)?,
        monthly: keep(&keys::BACKUPS_KEEP_MONTHLY, usual.monthly)?,
    };
    let usual = ScheduleCaps::default();
    let per_server =
        reader.take(&keys::BACKUPS_PER_SERVER, &usual.per_server.to_string(), |it| {
            count(it, 1, PER_SERVER_MAX, "backups at once on a server are 1 to 32")
        })?;
    let caps = ScheduleCaps { per_server, in_total: usual.in_total.max(per_server) };
    Ok((window, caps, retention))
}
