//! Argon2id, off the request threads and a few at a time: each hash takes 19 MiB and a core, and
//! a burst of sign-ins must not take the machine.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use cloison_model::Secret;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Hashes at the same time.
const PARALLEL_MAX: usize = 2;
/// How long a person waits for their turn before being asked to try again.
const TURN_WAIT_MAX: Duration = Duration::from_secs(5);
/// Characters of a password, at least: it opens every customer's data.
const CHARS_MIN: usize = 12;
/// Bytes at most; hashing a novel is not our job.
const BYTES_MAX: usize = 200;

/// A password that somebody chooses. Invariant: 12 characters or more, 200 bytes or fewer.
#[derive(Clone, Debug)]
pub struct NewPassword(Secret);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a password has at least 12 characters and at most 200 bytes")]
pub struct PasswordLength;

impl NewPassword {
    pub fn new(password: Secret) -> Result<Self, PasswordLength> {
        let text = password.expose();
        if text.chars().count() < CHARS_MIN || text.len() > BYTES_MAX {
            return Err(PasswordLength);
        }
        Ok(Self(password))
    }
}

/// Why no hash was made or compared.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too many at once: try again.
    #[error("too many passwords are being checked")]
    Busy,
    /// A stored hash that is none, or no randomness: not the person's doing.
    #[error("hash a password")]
    Hash(#[source] argon2::password_hash::Error),
    /// The hashing thread died.
    #[error("wait for a password hash")]
    Thread(#[from] tokio::task::JoinError),
}

/// Stands in for the hash of an account that does not exist, so that asking takes as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    hash_now("a password that nobody has").expect("the default parameters are valid")
});

/// The permission to hash.
#[derive(Debug, Clone)]
pub(crate) struct Passwords(Arc<Semaphore>);

impl Default for Passwords {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(PARALLEL_MAX)))
    }
}

impl Passwords {
    /// A hash to store, with its own salt and parameters in it.
    pub(crate) async fn hash(&self, password: NewPassword) -> Result<String, PasswordError> {
        let turn = self.turn().await?;
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            hash_now(password.0.expose()).map_err(PasswordError::Hash)
        })
        .await?
    }

    /// Whether the password belongs to the stored hash. Without one (no such account, or no password
    /// chosen yet) the answer is no, after the same work.
    pub(crate) async fn verify(
        &self,
        password: Secret,
        stored: Option<String>,
    ) -> Result<bool, PasswordError> {
        let turn = self.turn().await?;
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            // A guess longer than any password is wrong; its hash need not be made to say so.
            let known = stored.is_some() && password.expose().len() <= BYTES_MAX;
            let stored = stored.unwrap_or_else(|| NOBODY.clone());
            let hash =
                PasswordHash::new(&stored).map_err(|error| PasswordError::Hash(error.into()))?;
            let matches =
                Argon2::default().verify_password(password.expose().as_bytes(), &hash).is_ok();
            Ok(known && matches)
        })
        .await?
    }

    /// Held by the hashing thread and not by the request: a browser that goes away mid-hash does not
    /// make room for another.
    async fn turn(&self) -> Result<OwnedSemaphorePermit, PasswordError> {
        match tokio::time::timeout(TURN_WAIT_MAX, self.0.clone().acquire_owned()).await {
            Ok(permit) => Ok(permit.expect("the semaphore is never closed")),
            Err(_elapsed) => Err(PasswordError::Busy),
        }
    }
}

fn hash_now(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(password.as_bytes())?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(password: &str) -> Result<NewPassword, PasswordLength> {
        NewPassword::new(Secret::new(password))
    }

    #[tokio::test]
    async fn only_the_right_password_matches() {
        let passwords = Passwords::default();
        let stored = passwords.hash(new("trois petits chats").unwrap()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$"));
        for (guess, matches) in [("trois petits chats", true), ("trois petits chiens", false)] {
            let verified = passwords.verify(Secret::new(guess), Some(stored.clone())).await;
            assert_eq!(verified.unwrap(), matches, "{guess}");
        }
    }

    #[tokio::test]
    async fn an_account_without_a_password_matches_nothing() {
        let passwords = Passwords::default();
        for guess in ["", "a password that nobody has", &"x".repeat(10_000)] {
            assert!(!passwords.verify(Secret::new(guess), None).await.unwrap());
        }
    }

    #[test]
    fn lengths() {
        assert!(new("x".repeat(12).as_str()).is_ok());
        for bad in ["", "elevenchars", &"x".repeat(201)] {
            assert_eq!(new(bad).unwrap_err(), PasswordLength, "{bad}");
        }
    }
}
