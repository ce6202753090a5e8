//! The secrets in cookies and links: 256 random bits. The database holds their SHA-256 alone, so
//! reading it signs nobody in; no salt or slow hash is needed for what cannot be guessed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A token as it travels, and its hash as it is kept.
pub(super) struct Token {
    pub(super) text: String,
    pub(super) hash: [u8; 32],
}

impl Token {
    /// A new one. Fails only when the operating system has no randomness to give.
    pub(super) fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        let text = URL_SAFE_NO_PAD.encode(bytes);
        Ok(Self { hash: hash(&text), text })
    }
}

/// The hash under which the token with this text is kept. The text is hashed as it is written, so
/// that whoever makes links need not know how it was encoded.
pub(super) fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}
