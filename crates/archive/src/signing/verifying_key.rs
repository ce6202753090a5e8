//! The public half of what documents are signed with.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cloison_model::hexadecimal;
use ring::signature::{ED25519, UnparsedPublicKey};
use sha2::{Digest, Sha256};

const KEY_BYTES: usize = 32;

/// Digits of the fingerprint that name a key among a few.
const ID_DIGITS: usize = 16;

/// What a public key of Ed25519 begins with where its kind has to be said (RFC 8410).
const DER_PREFIX: [u8; 12] =
    [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// A public key. Its text is 32 bytes in base64.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct VerifyingKey([u8; KEY_BYTES]);

/// A text that is not a public key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("that is not a public key: it is {KEY_BYTES} bytes in base64, 44 signs that end in =")]
pub struct MalformedKey;

impl VerifyingKey {
    pub(super) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Whether this key's other half has signed these bytes.
    pub fn has_signed(&self, bytes: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.0).verify(bytes, signature).is_ok()
    }

    /// The first sixteen digits of the fingerprint.
    pub fn key_id(&self) -> String {
        let mut fingerprint = self.fingerprint();
        fingerprint.truncate(ID_DIGITS);
        fingerprint
    }

    /// SHA-256 of the key, in hexadecimal: what is read out on the phone.
    pub fn fingerprint(&self) -> String {
        hexadecimal(&Sha256::digest(self.0))
    }

    /// The form that OpenSSL and its like read.
    pub fn to_pem(&self) -> String {
        let der = [&DER_PREFIX[..], &self.0].concat();
        format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(der))
    }
}

impl FromStr for VerifyingKey {
    type Err = MalformedKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = STANDARD.decode(text.trim()).map_err(|_its_text| MalformedKey)?;
        Self::of_bytes(&bytes).ok_or(MalformedKey)
    }
}

impl fmt::Display for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(self.0))
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifyingKey({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The third example of RFC 8032, section 7.1.
    const KEY: &str = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025";
    const SIGNATURE: &str = "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a";

    fn bytes(digits: &str) -> Vec<u8> {
        let pairs = digits.as_bytes().chunks(2).map(|it| str::from_utf8(it).unwrap());
        pairs.map(|it| u8::from_str_radix(it, 16).unwrap()).collect()
    }

    #[test]
    fn agrees_with_the_standards_example() {
        let key = VerifyingKey::of_bytes(&bytes(KEY)).unwrap();
        assert!(key.has_signed(&[0xaf, 0x82], &bytes(SIGNATURE)));
        assert!(!key.has_signed(&[0xaf, 0x83], &bytes(SIGNATURE)));
        assert!(!key.has_signed(&[0xaf, 0x82], &bytes(SIGNATURE)[..63]));
        assert!(!key.has_signed(&[0xaf, 0x82], b""));
    }

    #[test]
    fn the_text_reads_back_and_other_texts_do_not() {
        let key = VerifyingKey::of_bytes(&bytes(KEY)).unwrap();
        assert_eq!(key.to_string().parse(), Ok(key));
        assert_eq!(format!("{key}\n").parse(), Ok(key));
        for text in ["", "AAAA", KEY, &key.to_string()[1..], &key.to_pem()] {
            assert_eq!(text.parse::<VerifyingKey>(), Err(MalformedKey), "{text}");
        }
    }

    #[test]
    fn the_id_begins_the_fingerprint() {
        let key = VerifyingKey::of_bytes(&bytes(KEY)).unwrap();
        assert_eq!(key.key_id().len(), 16);
        assert!(key.fingerprint().starts_with(&key.key_id()));
        assert_eq!(key.fingerprint().len(), 64);
    }
}
