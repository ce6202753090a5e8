//! The key outside the control database: it seals what must not be read there, and derives what
//! need not be stored.
//!
//! A sealed value is bound to its place (tenant and column), so that a value copied into another
//! row does not open.

use std::fmt;

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

/// Invariant: 256 bits from the system's random source.
#[derive(Clone)]
pub struct MasterKey([u8; KEY_BYTES]);

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
        Self(random_bytes())
    }

    /// Reads the base64 form.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let Ok(bytes) = STANDARD.decode(text.trim()) else { return Err(KeyError::Malformed) };
        let Ok(key) = bytes.try_into() else { return Err(KeyError::Malformed) };
        Ok(Self(key))
    }

    /// The form that [`Self::parse`] reads; for the key file and nothing else.
    pub fn to_base64(&self) -> Secret {
        Secret::new(STANDARD.encode(self.0))
    }

    /// Encrypts for one place. `column` names what it is, `id` whose.
    pub fn seal(&self, column: &str, id: Uuid, secret: &Secret) -> Vec<u8> {
        let nonce: [u8; NONCE_BYTES] = random_bytes();
        let payload = Payload { msg: secret.expose().as_bytes(), aad: &place(column, id) };
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .expect("a password is far shorter than the cipher's limit");
        [&[FORMAT], &nonce[..], &sealed].concat()
    }

    pub fn open(&self, column: &str, id: Uuid, sealed: &[u8]) -> Result<Secret, KeyError> {
        let Some((&[FORMAT], rest)) = sealed.split_first_chunk::<1>() else {
            return Err(KeyError::Wrong);
        };
        let Some((nonce, text)) = rest.split_first_chunk::<NONCE_BYTES>() else {
            return Err(KeyError::Wrong);
        };
        let payload = Payload { msg: text, aad: &place(column, id) };
        let Ok(opened) = self.cipher().decrypt(&XNonce::from(*nonce), payload) else {
            return Err(KeyError::Wrong);
        };
        String::from_utf8(opened).map(Secret::new).map_err(|_not_utf8| KeyError::Wrong)
    }

    /// A token that follows from the key and `id`: the same each time, so it is stored nowhere and
    /// a step that runs twice gives the same one. 256 bits, URL-safe.
    pub fn derive_token(&self, purpose: &str, id: Uuid) -> Secret {
        Secret::new(URL_SAFE_NO_PAD.encode(self.derive(&[
            b"token",
            purpose.as_bytes(),
            id.as_bytes(),
        ])))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(self.derive(&[b"seal"])))
    }

    fn derive(&self, parts: &[&[u8]]) -> [u8; KEY_BYTES] {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        for part in parts {
            mac.update(part);
            mac.update(&[0]);
        }
        mac.finalize().into_bytes().into()
    }
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
}
