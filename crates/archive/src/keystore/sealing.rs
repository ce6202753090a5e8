//! How a key in a file wraps a secret: XChaCha20-Poly1305, with the key's name as associated data.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::{KeyName, SecretBytes};

pub(super) const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;
/// First byte of a wrapped value: how it was wrapped.
const FORMAT: u8 = 1;

/// A key in memory, overwritten when dropped.
pub(super) type KeyBytes = Zeroizing<[u8; KEY_BYTES]>;

/// The format, the nonce, and what the cipher gives.
pub(super) fn seal(key: &KeyBytes, name: KeyName, secret: &[u8]) -> Vec<u8> {
    let nonce: [u8; NONCE_BYTES] = random_bytes();
    let place = name.to_string();
    let payload = Payload { msg: secret, aad: place.as_bytes() };
    let sealed = cipher(key)
        .encrypt(&XNonce::from(nonce), payload)
        .expect("a secret is far shorter than the cipher's limit");
    [&[FORMAT], &nonce[..], &sealed].concat()
}

pub(super) fn open(key: &KeyBytes, name: KeyName, wrapped: &[u8]) -> Option<SecretBytes> {
    let rest = wrapped.strip_prefix(&[FORMAT])?;
    let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>()?;
    let place = name.to_string();
    let payload = Payload { msg: sealed, aad: place.as_bytes() };
    cipher(key).decrypt(&XNonce::from(*nonce), payload).ok().map(SecretBytes::new)
}

pub(super) fn random_key() -> KeyBytes {
    Zeroizing::new(random_bytes())
}

pub(super) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system has a random source");
    bytes
}

fn cipher(key: &KeyBytes) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(**key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flipped_bit_is_found() {
        let key = random_key();
        let wrapped = seal(&key, KeyName::Control, b"a secret");
        assert_eq!(open(&key, KeyName::Control, &wrapped).unwrap().expose(), b"a secret");
        for bit in 0..wrapped.len() * 8 {
            let mut altered = wrapped.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            assert!(open(&key, KeyName::Control, &altered).is_none(), "bit {bit}");
        }
    }

    #[test]
    fn wrapping_twice_does_not_show_that_two_secrets_are_the_same() {
        let key = random_key();
        let wrap = || seal(&key, KeyName::Control, b"x");
        assert_ne!(wrap(), wrap());
    }
}
