//! A keystore that is a Vault (`HashiCorp`'s, or one that speaks its HTTP interface, such as `OpenBao`): the `transit` secrets engine.
//!
//! Keys are of type `aes256-gcm96` and never leave Vault. What is wrapped carries the key's name as associated data.
//!
//! **Tombstones.** Vault forgets a deleted key and would make it again. So each destroyed name has a second key beside it, `NAME.destroyed`,
//! which encrypts nothing and which Vault refuses to delete, since nobody ever allows that. Its first version says when destroying began, its
//! second when the key was gone. The same engine keeps both, so neither can be lost without the other, and no other engine has to be mounted.
//!
//! **What Vault keeps.** Deleting a key takes it out of Vault's storage at once; snapshots of that storage made before still hold it, under
//! Vault's own seal. Let them expire within the time that certificates promise.
//!
//! **What Vault would do unasked.** Encrypting with a key that is not there makes it, if the token may `create` there. The policy does
//! not let it (`vault write transit/config/keys disable_upsert=true` says so to all tokens), and this keystore looks first even so.
//!
//! What the token has to be allowed, [`VaultKeystore::policy`] says for any place of the engine; `docs/configuration.md` has it for `transit`.

mod answer;
mod http;
mod policy;

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cloison_model::Secret;
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use reqwest::Method;
use serde::Deserialize;
use serde_json::json;
use zeroize::Zeroizing;

use self::answer::{Answer, KeyAnswer};
use self::http::Http;
use super::{Destroyed, KeyName, Keystore, KeystoreError, SecretBytes};

const KEY_TYPE: &str = "aes256-gcm96";

/// How every value begins that Vault has encrypted.
const WRAPPED_PREFIX: &str = "vault:v";

/// Which Vault, and as whom.
#[derive(Clone, Debug)]
pub struct VaultSettings {
    /// `https://vault.example:8200`. Without TLS only on this machine, for the token goes with every call.
    pub address: String,
    /// Where the engine is mounted; `transit` if nobody has chosen.
    pub mount: String,
    /// For Vault Enterprise and `OpenBao`.
    pub namespace: Option<String>,
    /// What it has to be allowed, [`VaultKeystore::policy`] says.
    pub token: Secret,
}

/// How long it is tried.
#[derive(Clone, Debug)]
pub(super) struct Patience {
    /// For one call, connecting included.
    pub(super) timeout: Duration,
    /// Between one try and the next; there is one try more than waits.
    pub(super) waits: Vec<Duration>,
}

impl Default for Patience {
    /// A call takes Vault some milliseconds. Whoever waits for a keystore is an operation, which has its own, longer patience.
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(10),
            waits: [100, 400, 1600].map(Duration::from_millis).to_vec(),
        }
    }
}

/// Keys in a Vault.
#[derive(Debug)]
pub struct VaultKeystore {
    http: Http,
    mount: String,
}

#[derive(Deserialize)]
struct Encrypted {
    ciphertext: String,
}

#[derive(Deserialize)]
struct Decrypted {
    plaintext: String,
}

impl VaultKeystore {
    /// Asks nothing yet.
    pub fn new(settings: &VaultSettings) -> Result<Self, KeystoreError> {
        Self::with_patience(settings, Patience::default())
    }

    pub(super) fn with_patience(
        settings: &VaultSettings,
        patience: Patience,
    ) -> Result<Self, KeystoreError> {
        let mount = settings.mount.trim_matches('/').to_owned();
        Ok(Self { http: Http::new(settings, &mount, patience)?, mount })
    }

    /// What the token has to be allowed, in Vault's own language.
    pub fn policy(&self) -> String {
        policy::policy(&self.mount)
    }

    async fn ensure_now(&self, name: KeyName) -> Result<(), KeystoreError> {
        self.check_alive(name).await?;
        self.make_key(&name.to_string()).await?;
        let alive = self.check_alive(name).await;
        if alive.is_err() {
            // It was destroyed meanwhile, perhaps before we made it.
            self.delete_key(&name.to_string()).await?;
        }
        alive
    }

    async fn wrap_now(&self, name: KeyName, secret: &[u8]) -> Result<Vec<u8>, KeystoreError> {
        self.check_alive(name).await?;
        if self.key(&name.to_string()).await?.is_none() {
            return Err(self.never_made(name));
        }
        let body = json!({
            "plaintext": STANDARD.encode(secret),
            "associated_data": STANDARD.encode(name.to_string()),
        });
        let answer = self.http.call(Method::POST, &format!("encrypt/{name}"), Some(&body)).await?;
        let encrypted: Encrypted = self.http.data(self.expect_done(answer)?)?;
        Ok(encrypted.ciphertext.into_bytes())
    }

    async fn unwrap_now(
        &self,
        name: KeyName,
        wrapped: &[u8],
    ) -> Result<SecretBytes, KeystoreError> {
        self.check_alive(name).await?;
        let does_not_open = || KeystoreError::DoesNotOpen { name, keystore: self.describe() };
        let ciphertext = str::from_utf8(wrapped)
            .ok()
            .filter(|it| it.starts_with(WRAPPED_PREFIX))
            .ok_or_else(does_not_open)?;
        let body = json!({
            "ciphertext": ciphertext,
            "associated_data": STANDARD.encode(name.to_string()),
        });
        let answer = self.http.call(Method::POST, &format!("decrypt/{name}"), Some(&body)).await?;
        if let Answer::Invalid(_) = answer {
            // Vault says the same of a wrong key and of a missing one, in words that change.
            let key = self.key(&name.to_string()).await?;
            return Err(if key.is_none() { self.never_made(name) } else { does_not_open() });
        }
        let decrypted: Decrypted = self.http.data(self.expect_done(answer)?)?;
        let plaintext = Zeroizing::new(decrypted.plaintext);
        STANDARD
            .decode(plaintext.as_bytes())
            .map(SecretBytes::new)
            .map_err(|_not_base64| does_not_open())
    }

    async fn destroy_now(&self, name: KeyName) -> Result<Destroyed, KeystoreError> {
        let tombstone = tombstone_name(name);
        // The tombstone first: a key without it that is missing would be made anew.
        if self.key(&tombstone).await?.is_none() {
            self.make_key(&tombstone).await?;
        }
        self.delete_key(&name.to_string()).await?;
        if self.key(&tombstone).await?.is_none_or(|it| it.latest_version < 2) {
            self.post(&format!("keys/{tombstone}/rotate"), None).await?;
        }
        let gone_at = self.key(&tombstone).await?.and_then(|it| it.made_at(2));
        let gone_at =
            gone_at.ok_or_else(|| self.http.strange("it does not say when a key was made"))?;
        Ok(Destroyed { gone_at })
    }

    async fn check_alive(&self, name: KeyName) -> Result<(), KeystoreError> {
        match self.key(&tombstone_name(name)).await? {
            None => Ok(()),
            Some(tombstone) => {
                let at = tombstone.made_at(2).or_else(|| tombstone.made_at(1));
                Err(KeystoreError::Destroyed { name, at: at.unwrap_or(Timestamp::UNIX_EPOCH) })
            }
        }
    }

    async fn key(&self, key: &str) -> Result<Option<KeyAnswer>, KeystoreError> {
        match self.http.call(Method::GET, &format!("keys/{key}"), None).await? {
            Answer::Absent => Ok(None),
            answer => self.http.data(self.expect_done(answer)?).map(Some),
        }
    }

    /// Vault leaves a key that is there as it is.
    async fn make_key(&self, key: &str) -> Result<(), KeystoreError> {
        self.post(&format!("keys/{key}"), Some(json!({ "type": KEY_TYPE }))).await
    }

    /// Also where there is none. What Vault answers when the key goes away between two of these calls differs by its version, so only
    /// whether it is still there counts.
    async fn delete_key(&self, key: &str) -> Result<(), KeystoreError> {
        if self.key(key).await?.is_none() {
            return Ok(());
        }
        let allow = json!({ "deletion_allowed": true });
        let mut deleted = self.post(&format!("keys/{key}/config"), Some(allow)).await;
        if deleted.is_ok() {
            let answer = self.http.call(Method::DELETE, &format!("keys/{key}"), None).await;
            deleted = answer.and_then(|it| self.expect_done(it)).map(drop);
        }
        match self.key(key).await? {
            None => Ok(()),
            Some(_) => Err(deleted
                .err()
                .unwrap_or_else(|| self.http.strange("it keeps a key that it has deleted"))),
        }
    }

    async fn post(&self, path: &str, body: Option<serde_json::Value>) -> Result<(), KeystoreError> {
        let answer = self.http.call(Method::POST, path, body.as_ref()).await?;
        self.expect_done(answer).map(drop)
    }

    fn expect_done(&self, answer: Answer) -> Result<Vec<u8>, KeystoreError> {
        match answer {
            Answer::Done(body) => Ok(body),
            Answer::Absent => Err(self.http.strange("a key has gone while it was worked with")),
            Answer::Invalid(said) => Err(self.http.strange(&format!("it refuses a call: {said}"))),
        }
    }

    fn never_made(&self, name: KeyName) -> KeystoreError {
        KeystoreError::NeverMade { name, keystore: self.describe() }
    }
}

fn tombstone_name(name: KeyName) -> String {
    format!("{name}.destroyed")
}

impl Keystore for VaultKeystore {
    fn ensure(&self, name: KeyName) -> BoxFuture<'_, Result<(), KeystoreError>> {
        Box::pin(self.ensure_now(name))
    }

    fn wrap<'a>(
        &'a self,
        name: KeyName,
        secret: &'a [u8],
    ) -> BoxFuture<'a, Result<Vec<u8>, KeystoreError>> {
        Box::pin(self.wrap_now(name, secret))
    }

    fn unwrap<'a>(
        &'a self,
        name: KeyName,
        wrapped: &'a [u8],
    ) -> BoxFuture<'a, Result<SecretBytes, KeystoreError>> {
        Box::pin(self.unwrap_now(name, wrapped))
    }

    fn destroy(&self, name: KeyName) -> BoxFuture<'_, Result<Destroyed, KeystoreError>> {
        Box::pin(self.destroy_now(name))
    }

    fn describe(&self) -> String {
        self.http.describe().to_owned()
    }
}
