//! What a keystore can answer instead, by what can be done about it.

use std::error::Error;

use jiff::Timestamp;

use super::KeyName;

/// Why a keystore does not do as it was asked.
#[derive(Debug, thiserror::Error)]
pub enum KeystoreError {
    /// Either the caller forgot to make it, or this is not the keystore where it was made.
    #[error(
        "the key '{name}' was never made in the keystore ({keystore}): if archives are encrypted with it, this is another keystore, or \
         an older copy of theirs; give back the right one"
    )]
    NeverMade {
        /// The key.
        name: KeyName,
        /// What [`super::Keystore::describe`] says.
        keystore: String,
    },
    /// There is nothing to be done, and that was the purpose.
    #[error(
        "the key '{name}' was destroyed at {at}: what it wrapped cannot be opened by anybody, and its name is never used again"
    )]
    Destroyed {
        /// The key.
        name: KeyName,
        /// When that was, or was begun.
        at: Timestamp,
    },
    /// The key is there and it is not the one, or the value is not as it was.
    #[error(
        "a wrapped value does not open with the key '{name}' of the keystore ({keystore}): it was wrapped with another key or for \
         another name, or it is damaged"
    )]
    DoesNotOpen {
        /// The key.
        name: KeyName,
        /// What [`super::Keystore::describe`] says.
        keystore: String,
    },
    /// Somebody has to set something right before it is worth asking again.
    #[error("the keystore ({keystore}) cannot be used: {why}")]
    Unusable {
        /// What [`super::Keystore::describe`] says.
        keystore: String,
        /// What is wrong, and what to do.
        why: String,
        /// What the system said.
        source: Option<Box<dyn Error + Send + Sync>>,
    },
    /// It may do it a moment later.
    #[error("the keystore ({keystore}) does not answer: {why}")]
    Away {
        /// What [`super::Keystore::describe`] says.
        keystore: String,
        /// What was tried.
        why: String,
        /// What the system said.
        source: Option<Box<dyn Error + Send + Sync>>,
    },
}

impl KeystoreError {
    /// Whether asking again later may help without anybody doing anything to us.
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Away { .. })
    }
}

impl KeystoreError {
    /// Whether it is about one key, so that the keystore itself answers.
    pub fn is_of_key(&self) -> bool {
        match self {
            Self::NeverMade { .. } | Self::Destroyed { .. } | Self::DoesNotOpen { .. } => true,
            Self::Unusable { .. } | Self::Away { .. } => false,
        }
    }
}
