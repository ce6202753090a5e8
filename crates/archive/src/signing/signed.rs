//! One document and its signature in a JSON object.

use std::fmt;
use std::marker::PhantomData;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Signer, VerifyingKey};

const ALGORITHM: &str = "Ed25519";

/// A document as it was signed: its exact text, so nobody has to agree on how JSON is written.
///
/// The same key signs documents of several kinds, so each kind says which it is, in a field that takes nothing else.
pub struct Signed<T> {
    envelope: Envelope,
    kind: PhantomData<fn() -> T>,
}

/// The order is that of the file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    payload: String,
    signature: Signature,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Signature {
    algorithm: String,
    key_id: String,
    public_key: String,
    value: String,
}

/// Why a document is not to be believed.
#[derive(Debug, thiserror::Error)]
pub enum SignatureError {
    /// It is something else, or cut off.
    #[error("this is not a signed document: {why}")]
    NotSuchADocument {
        /// What is not as it should be.
        why: String,
    },
    /// It is one, and says something else than when it was signed.
    #[error(
        "the document was altered after it was signed with the key {key_id}: do not believe what it says"
    )]
    Altered {
        /// The key that it names.
        key_id: String,
    },
    /// It is whole, and another's.
    #[error(
        "the document is signed with the key {found} and not with {expected}: it is unaltered, but nobody vouches for that key here; compare \
         its fingerprint with one that came another way"
    )]
    AnotherKey {
        /// The key that has signed.
        found: String,
        /// The key that should have.
        expected: String,
    },
}

impl<T> Signed<T> {
    /// What it is said to be signed with. Means nothing before [`Self::verify`].
    pub fn key(&self) -> Option<VerifyingKey> {
        self.envelope.signature.public_key.parse().ok()
    }

    /// The file.
    pub fn to_json(&self) -> Vec<u8> {
        let mut text =
            serde_json::to_vec_pretty(&self.envelope).expect("texts are written as JSON");
        text.push(b'\n');
        text
    }

    /// Reads a file of at most `bytes_max`; whether it is to be believed, [`Self::verify`] says.
    pub fn parse(bytes: &[u8], bytes_max: usize) -> Result<Self, SignatureError> {
        if bytes.len() > bytes_max {
            return Err(not_such(format!("it has more than {bytes_max} bytes")));
        }
        let envelope: Envelope =
            serde_json::from_slice(bytes).map_err(|error| not_such(error.to_string()))?;
        if envelope.signature.algorithm != ALGORITHM {
            return Err(not_such(format!("its signature is not of {ALGORITHM}")));
        }
        Ok(Self { envelope, kind: PhantomData })
    }
}

impl<T: Serialize> Signed<T> {
    /// Writes and signs a document.
    pub fn seal(document: &T, signer: &Signer) -> Result<Self, serde_json::Error> {
        // With line breaks, for whoever looks at it with a stock tool.
        let payload = serde_json::to_string_pretty(document)?;
        let signature = Signature {
            algorithm: ALGORITHM.to_owned(),
            key_id: signer.key_id(),
            public_key: signer.verifying_key().to_string(),
            value: STANDARD.encode(signer.sign(payload.as_bytes())),
        };
        Ok(Self { envelope: Envelope { payload, signature }, kind: PhantomData })
    }
}

impl<T: DeserializeOwned> Signed<T> {
    /// Gives the document if it is as it was signed, and by `expected` if somebody is. Without, it only says that the document belongs
    /// to its signature; show the reader [`Self::key`] then.
    pub fn verify(&self, expected: Option<&VerifyingKey>) -> Result<T, SignatureError> {
        let Envelope { payload, signature } = &self.envelope;
        let altered = || SignatureError::Altered { key_id: signature.key_id.clone() };
        let key = self.key().ok_or_else(altered)?;
        let value = STANDARD.decode(&signature.value).map_err(|_its_text| altered())?;
        if key.key_id() != signature.key_id || !key.has_signed(payload.as_bytes(), &value) {
            return Err(altered());
        }
        if let Some(expected) = expected.filter(|it| **it != key) {
            return Err(SignatureError::AnotherKey {
                found: key.key_id(),
                expected: expected.key_id(),
            });
        }
        serde_json::from_str(payload).map_err(|error| {
            not_such(format!("it is signed and of another kind, or of a newer version: {error}"))
        })
    }
}

fn not_such(why: String) -> SignatureError {
    SignatureError::NotSuchADocument { why }
}

impl<T> Clone for Signed<T> {
    fn clone(&self) -> Self {
        Self { envelope: self.envelope.clone(), kind: PhantomData }
    }
}

impl<T> fmt::Debug for Signed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signed")
            .field("key_id", &self.envelope.signature.key_id)
            .finish_non_exhaustive()
    }
}
