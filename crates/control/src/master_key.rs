//! The key outside the control database: it seals what must not be read there, and derives what
//! need not be stored.
//!
//! A sealed value is bound to its place (tenant and column), so that a value copied into another
//! row does not open.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use cloison_model::Secret;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use uuid::Uuid;

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;
/// First byte of a sealed value: how it was sealed.
const FORMAT: u8 = 1;

/// Keys that a ring can hold: a new one and the one before it, and room for a rotation that was broken off.
const KEYS_MAX: usize = 4;

type KeyBytes = [u8; KEY_BYTES];

/// Seals with its newest key and opens with any of them, so that a key can be changed while everything runs. Cheap to
/// clone; all clones see a change.
///
/// Invariant: one to four keys of 256 bits, the newest first.
#[derive(Clone)]
pub struct MasterKey {
    keys: Arc<RwLock<Vec<KeyBytes>>>,
    /// Where the keys are kept, if another process may put a newer one there.
    file: Option<Arc<Path>>,
}

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the master key is not 32 bytes in base64")]
    Malformed,
    #[error(
        "the master key does not open a sealed value of the control database: it is another installation's key"
    )]
    Wrong,
}

impl MasterKey {
    pub fn generate() -> Self {
        Self::of(vec![random_bytes()])
    }

    /// Reads the base64 form: one key, or several by lines or commas, the newest first.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        Ok(Self::of(parse_keys(text)?))
    }

    /// Looks into this file when a value was sealed with a key that is not known yet, and before sealing.
    #[must_use]
    pub fn kept_in(self, file: &Path) -> Self {
        Self { file: Some(file.into()), ..self }
    }

    /// The form that [`Self::parse`] reads; for the key file and nothing else.
    pub fn to_base64(&self) -> Secret {
        let lines: Vec<String> = self.keys().iter().map(|it| STANDARD.encode(it)).collect();
        Secret::new(lines.join("\n"))
    }

    /// Encrypts for one place, with the newest key. `column` names what it is, `id` whose.
    pub fn seal(&self, column: &str, id: Uuid, secret: &Secret) -> Vec<u8> {
        self.reread();
        let nonce: [u8; NONCE_BYTES] = random_bytes();
        let payload = Payload { msg: secret.expose().as_bytes(), aad: &place(column, id) };
        let sealed = cipher(&self.newest())
            .encrypt(&XNonce::from(nonce), payload)
            .expect("a password is far shorter than the cipher's limit");
        [&[FORMAT], &nonce[..], &sealed].concat()
    }

    pub fn open(&self, column: &str, id: Uuid, sealed: &[u8]) -> Result<Secret, KeyError> {
        match self.open_known(column, id, sealed) {
            // Another process may have changed the key a moment ago.
            Err(KeyError::Wrong) if self.reread() => self.open_known(column, id, sealed),
            opened => opened,
        }
    }

    /// Whether the newest key has sealed it.
    pub(crate) fn is_newest(&self, column: &str, id: Uuid, sealed: &[u8]) -> bool {
        open_with(&self.newest(), column, id, sealed).is_ok()
    }

    /// Puts a new key in front and keeps the others. Where there is more than one already, an earlier change has not
    /// been taken to its end, and that one is gone on with.
    pub(crate) fn renew(&self) -> io::Result<()> {
        self.reread();
        let mut keys = self.keys().clone();
        if keys.len() == 1 {
            keys.insert(0, random_bytes());
        }
        self.replace(keys)
    }

    /// Keeps the newest alone.
    pub(crate) fn forget_older(&self) -> io::Result<()> {
        self.replace(vec![self.newest()])
    }

    /// How many it holds.
    pub(crate) fn count(&self) -> usize {
        self.keys().len()
    }

    pub(crate) fn is_kept_in_a_file(&self) -> bool {
        self.file.is_some()
    }

    fn of(keys: Vec<KeyBytes>) -> Self {
        Self { keys: Arc::new(RwLock::new(keys)), file: None }
    }

    /// The file first: a key that seals and is written nowhere would be lost with the process.
    fn replace(&self, keys: Vec<KeyBytes>) -> io::Result<()> {
        if let Some(file) = &self.file {
            write_keys(file, &Self::of(keys.clone()).to_base64())?;
        }
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
        Ok(())
    }

    /// Takes over what the file says; answers whether that is something new.
    fn reread(&self) -> bool {
        let Some(file) = &self.file else { return false };
        let Ok(text) = fs::read_to_string(file) else { return false };
        let Ok(keys) = parse_keys(&text) else { return false };
        let mut known = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        let is_new = *known != keys;
        *known = keys;
        is_new
    }

    fn open_known(&self, column: &str, id: Uuid, sealed: &[u8]) -> Result<Secret, KeyError> {
        let keys = self.keys().clone();
        keys.iter().find_map(|it| open_with(it, column, id, sealed).ok()).ok_or(KeyError::Wrong)
    }

    fn keys(&self) -> RwLockReadGuard<'_, Vec<KeyBytes>> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn newest(&self) -> KeyBytes {
        self.keys()[0]
    }

    /// A token that follows from the key and `id`: the same each time, so it is stored nowhere and
    /// a step that runs twice gives the same one. 256 bits, URL-safe.
    pub fn derive_token(&self, purpose: &str, id: Uuid) -> Secret {
        let derived = derive(&self.newest(), &[b"token", purpose.as_bytes(), id.as_bytes()]);
        Secret::new(URL_SAFE_NO_PAD.encode(derived))
    }
}

fn cipher(key: &KeyBytes) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(derive(key, &[b"seal"])))
}

fn derive(key: &KeyBytes, parts: &[&[u8]]) -> KeyBytes {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
        mac.update(&[0]);
    }
    mac.finalize().into_bytes().into()
}

fn open_with(key: &KeyBytes, column: &str, id: Uuid, sealed: &[u8]) -> Result<Secret, KeyError> {
    let Some((&[FORMAT], rest)) = sealed.split_first_chunk::<1>() else {
        return Err(KeyError::Wrong);
    };
    let Some((nonce, text)) = rest.split_first_chunk::<NONCE_BYTES>() else {
        return Err(KeyError::Wrong);
    };
    let payload = Payload { msg: text, aad: &place(column, id) };
    let Ok(opened) = cipher(key).decrypt(&XNonce::from(*nonce), payload) else {
        return Err(KeyError::Wrong);
    };
    String::from_utf8(opened).map(Secret::new).map_err(|_not_utf8| KeyError::Wrong)
}

fn parse_keys(text: &str) -> Result<Vec<KeyBytes>, KeyError> {
    let words = text.split(|it: char| it.is_whitespace() || it == ',').filter(|it| !it.is_empty());
    let key = |word| {
        let bytes = STANDARD.decode(word).ok()?;
        KeyBytes::try_from(bytes).ok()
    };
    let keys: Option<Vec<_>> = words.map(key).collect();
    keys.filter(|it| (1..=KEYS_MAX).contains(&it.len())).ok_or(KeyError::Malformed)
}

/// Whole or not at all: written beside and renamed, so a kill half-way leaves the old keys.
fn write_keys(file: &Path, text: &Secret) -> io::Result<()> {
    let beside = file.with_extension("new");
    let mut new =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    new.write_all(text.expose().as_bytes())?;
    new.sync_all()?;
    fs::rename(&beside, file)
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(..)")
    }
}

/// 256 random bits as text: a password, or a token.
pub fn random_secret() -> Secret {
    Secret::new(URL_SAFE_NO_PAD.encode(random_bytes::<32>()))
}

pub(crate) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system has a random source");
    bytes
}

fn place(column: &str, id: Uuid) -> Vec<u8> {
    [column.as_bytes(), &[0], id.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_only_in_its_place_and_with_its_key() {
        let key = MasterKey::generate();
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = key.seal("password", one, &Secret::new("hunter2"));

        assert_eq!(key.open("password", one, &sealed).unwrap().expose(), "hunter2");
        assert!(key.open("password", two, &sealed).is_err());
        assert!(key.open("other", one, &sealed).is_err());
        assert!(MasterKey::generate().open("password", one, &sealed).is_err());
        for length in 0..sealed.len() {
            assert!(key.open("password", one, &sealed[..length]).is_err());
        }
    }

    #[test]
    fn sealing_twice_does_not_show_that_two_secrets_are_the_same() {
        let key = MasterKey::generate();
        let seal = || key.seal("password", Uuid::nil(), &Secret::new("x"));
        assert_ne!(seal(), seal());
    }

    #[test]
    fn the_text_form_reads_back() {
        let key = MasterKey::generate();
        let again = MasterKey::parse(key.to_base64().expose()).unwrap();
        assert_eq!(key.derive_token("a", Uuid::nil()), again.derive_token("a", Uuid::nil()));
        assert_ne!(key.derive_token("a", Uuid::nil()), again.derive_token("b", Uuid::nil()));
        assert!(MasterKey::parse("c2hvcnQ=").is_err());
    }

    #[test]
    fn a_new_key_seals_and_the_old_one_still_opens() {
        let key = MasterKey::generate();
        let sealed = key.seal("password", Uuid::nil(), &Secret::new("x"));
        key.renew().unwrap();
        assert_eq!(key.open("password", Uuid::nil(), &sealed).unwrap().expose(), "x");
        assert!(!key.is_newest("password", Uuid::nil(), &sealed));
        let resealed = key.seal("password", Uuid::nil(), &Secret::new("x"));
        assert!(key.is_newest("password", Uuid::nil(), &resealed));
        // A change that was broken off is gone on with, and makes no third key.
        key.renew().unwrap();
        assert_eq!(key.count(), 2);
        assert!(key.is_newest("password", Uuid::nil(), &resealed));

        let both = MasterKey::parse(key.to_base64().expose()).unwrap();
        assert!(both.open("password", Uuid::nil(), &sealed).is_ok());
        key.forget_older().unwrap();
        assert!(key.open("password", Uuid::nil(), &sealed).is_err());
        assert!(key.open("password", Uuid::nil(), &resealed).is_ok());
    }

    #[test]
    fn another_process_finds_the_new_key_in_the_file() {
        let folder = std::env::temp_dir().join(format!("cloison-key-{}", Uuid::now_v7()));
        fs::create_dir(&folder).unwrap();
        let file = folder.join("master.key");
        let text = MasterKey::generate().to_base64();
        write_keys(&file, &text).unwrap();
        let process = || MasterKey::parse(text.expose()).unwrap().kept_in(&file);
        let (one, other) = (process(), process());

        one.renew().unwrap();
        let sealed = one.seal("password", Uuid::nil(), &Secret::new("x"));
        assert_eq!(other.open("password", Uuid::nil(), &sealed).unwrap().expose(), "x");
        assert!(other.is_newest("password", Uuid::nil(), &sealed));
        fs::remove_dir_all(folder).unwrap();
    }
}
