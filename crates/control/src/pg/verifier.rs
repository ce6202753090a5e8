//! SCRAM verifiers: what a server keeps instead of a password.
//!
//! They are computed here, so no plain password ever reaches a server's log.

use std::fmt;

use cloison_model::Secret;

/// Invariant: of the form `SCRAM-SHA-256$<iterations>:<salt>$<stored key>:<server key>` in base64,
/// so it holds no quote and can stand in DDL between quotes.
#[derive(Clone, PartialEq, Eq)]
pub struct Verifier(String);

#[derive(Debug, thiserror::Error)]
#[error("the control database holds a password verifier that is not one")]
pub struct NotAVerifier;

impl Verifier {
    /// Computes a verifier with a fresh salt.
    pub fn of(password: &Secret) -> Self {
        Self(postgres_protocol::password::scram_sha_256(password.expose().as_bytes()))
    }

    /// Reads one that was computed before.
    pub fn parse(text: &str) -> Result<Self, NotAVerifier> {
        let base64 =
            |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'/' | b'=' | b'$' | b':');
        match text.strip_prefix("SCRAM-SHA-256$") {
            Some(rest) if rest.bytes().all(base64) => Ok(Self(text.to_owned())),
            Some(_) | None => Err(NotAVerifier),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Verifier(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_computed_and_nothing_with_a_quote() {
        let verifier = Verifier::of(&Secret::new("p"));
        assert_eq!(Verifier::parse(verifier.as_str()).unwrap(), verifier);
        assert!(Verifier::parse("SCRAM-SHA-256$4096:a'; drop role x; --$b:c").is_err());
        assert!(Verifier::parse("md5abc").is_err());
    }
}
