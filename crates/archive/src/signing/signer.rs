//! The private half of what documents are signed with.

use std::fmt;

use ring::signature::{Ed25519KeyPair, KeyPair};
use zeroize::Zeroizing;

use super::VerifyingKey;
use crate::keystore::{KeyName, Keystore, KeystoreError};

const SEED_BYTES: usize = 32;
const SIGNATURE_BYTES: usize = 64;

/// Signs documents. Made once and kept wrapped, by whoever calls; a second one would sign what the first one's fingerprint does not vouch for.
pub struct Signer {
    pair: Ed25519KeyPair,
    key: VerifyingKey,
}

/// Why there is no signer.
#[derive(Debug, thiserror::Error)]
pub enum SignerError {
    /// The keystore does not open its seed.
    #[error(transparent)]
    Keystore(#[from] KeystoreError),
    /// The keystore opens something else.
    #[error(
        "what the keystore opens for the key 'signing' is not a seed of {SEED_BYTES} bytes: its row in the control database is damaged"
    )]
    Malformed,
}

impl Signer {
    /// Makes one, and the keystore's key if there is none. Gives the wrapped seed too, to be stored for [`Self::open`].
    pub async fn make(keystore: &dyn Keystore) -> Result<(Self, Vec<u8>), SignerError> {
        keystore.ensure(KeyName::Signing).await?;
        let mut seed = Zeroizing::new([0; SEED_BYTES]);
        getrandom::fill(seed.as_mut_slice()).expect("the system has a random source");
        let wrapped = keystore.wrap(KeyName::Signing, seed.as_slice()).await?;
        Ok((Self::of_seed(seed.as_slice())?, wrapped))
    }

    /// Opens one that was made before.
    pub async fn open(keystore: &dyn Keystore, wrapped: &[u8]) -> Result<Self, SignerError> {
        let seed = keystore.unwrap(KeyName::Signing, wrapped).await?;
        Self::of_seed(seed.expose())
    }

    /// Signs these bytes as they stand.
    pub fn sign(&self, bytes: &[u8]) -> [u8; SIGNATURE_BYTES] {
        let signature = self.pair.sign(bytes);
        signature.as_ref().try_into().expect("a signature of Ed25519 has 64 bytes")
    }

    /// The public half.
    pub fn verifying_key(&self) -> VerifyingKey {
        self.key
    }

    /// The first sixteen digits of its fingerprint.
    pub fn key_id(&self) -> String {
        self.key.key_id()
    }

    fn of_seed(seed: &[u8]) -> Result<Self, SignerError> {
        // The seed was authenticated by the keystore, so there is nothing to compare its public half with.
        let pair = Ed25519KeyPair::from_seed_unchecked(seed)
            .map_err(|_its_length| SignerError::Malformed)?;
        let key =
            VerifyingKey::of_bytes(pair.public_key().as_ref()).expect("a public key has 32 bytes");
        Ok(Self { pair, key })
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("key_id", &self.key_id()).finish_non_exhaustive()
    }
}
