//! One call of the API: who asked, written into the audit log, and done once however often it is sent.
//!
//! A caller [`begin`]s. If nothing was made yet, it makes its effect in the transaction that it is given, whose first
//! statement has kept the key, and [`Kept::record`]s it as the last one before the commit: the order keeps a twin of the
//! request waiting in the right place, and the audit log's lock short.
//!
//! Not here: who may make the call, and what a repetition answers.

use cloison_catalog::queries::idempotency_keys;
use cloison_catalog::{Client, GenericClient, Transaction};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::audit;

/// A retry comes within seconds, a queue that was stuck within days.
const KEPT_DAYS: i32 = 7;
/// Each new key takes a few old ones away, so that the table does not grow and no call pays for many.
const FORGOTTEN_AT_ONCE: i64 = 10;
const KEY_BYTES_MAX: usize = 200;

/// Who asked, and how a repetition of the request is recognised.
#[derive(Clone, Debug)]
pub struct Call {
    pub actor: Actor,
    pub key: Option<IdempotencyKey>,
}

/// As the audit log names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The platform user; nil for the platform's own work.
    pub id: Uuid,
    /// The platform user's e-mail, or what the platform was doing.
    pub name: String,
}

/// Invariant: 1 to 200 visible ASCII characters, and the request that they came with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    text: String,
    request_hash: [u8; 32],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an idempotency key has 1 to 200 visible ASCII characters")]
pub struct MalformedKey;

#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The caller's mistake: choose another key.
    #[error("the idempotency key was used before, for another request")]
    KeyReused,
    /// The same request came twice at once and the other one was first: ask [`repeated`] what it has made.
    #[error("the same request is being made by another call")]
    Repeated,
    #[error("the control database refused")]
    Database(#[from] tokio_postgres::Error),
}

/// What a call has come to before its effect.
pub enum Begun<'client, 'call> {
    /// It was made before, or by a twin just now, and this is what it made; it can be looked at in the transaction.
    Before(Transaction<'client>, Uuid),
    /// It is made now, in this transaction.
    Now(Transaction<'client>, Kept<'call>),
}

/// Proof that the key, if there is one, is kept in this transaction.
#[derive(Debug)]
#[must_use = "a call that is not recorded leaves no trace of who made it"]
pub struct Kept<'a>(&'a Call);

impl Call {
    /// Work that nobody asked for over HTTP, and that knows by itself whether it has been done.
    pub fn internal(name: &str) -> Self {
        Self { actor: Actor { id: Uuid::nil(), name: name.to_owned() }, key: None }
    }
}

impl IdempotencyKey {
    /// What makes a request the same: its method, its path without the query (which says how long to
    /// wait, and not what for) and its body, byte by byte.
    pub fn new(text: &str, method: &str, path: &str, body: &[u8]) -> Result<Self, MalformedKey> {
        let is_well_formed = (1..=KEY_BYTES_MAX).contains(&text.len())
            && text.bytes().all(|it| it.is_ascii_graphic() || it == b' ');
        if !is_well_formed {
            return Err(MalformedKey);
        }
        let mut hash = Sha256::new();
        for part in [method.as_bytes(), path.as_bytes(), body] {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
        Ok(Self { text: text.to_owned(), request_hash: hash.finalize().into() })
    }
}

/// What the same request with the same key has made before, if anything.
pub async fn repeated(client: &impl GenericClient, call: &Call) -> Result<Option<Uuid>, CallError> {
    let Some(key) = &call.key else { return Ok(None) };
    let earlier = idempotency_keys::idempotency_key_fetch()
        .bind(client, &call.actor.id, &key.text)
        .opt()
        .await?;
    match earlier {
        None => Ok(None),
        Some(it) if it.request_hash == key.request_hash => Ok(Some(it.subject_id)),
        Some(_) => Err(CallError::KeyReused),
    }
}

/// A transaction for a call that makes `made`, unless the same call has made something.
pub async fn begin<'client, 'call>(
    client: &'client mut Client,
    call: &'call Call,
    made: Uuid,
) -> Result<Begun<'client, 'call>, CallError> {
    let txn = client.transaction().await?;
    if let Some(before) = repeated(&txn, call).await? {
        return Ok(Begun::Before(txn, before));
    }
    match keep(&txn, call, made).await {
        Err(CallError::Repeated) => {
            let before = repeated(&txn, call).await?;
            Ok(Begun::Before(txn, before.ok_or(CallError::Repeated)?))
        }
        kept => Ok(Begun::Now(txn, kept?)),
    }
}

/// Keeps the key beside what the call is about to make: an operation, a token, a user. The first
/// statement of the transaction that makes it.
///
/// Of two same calls at once the second waits here for the first, and gets [`CallError::Repeated`]
/// if that one has committed.
pub async fn keep<'a>(
    txn: &Transaction<'_>,
    call: &'a Call,
    made: Uuid,
) -> Result<Kept<'a>, CallError> {
    if let Some(key) = &call.key {
        let new = idempotency_keys::idempotency_key_insert()
            .bind(txn, &call.actor.id, &key.text, &key.request_hash.as_slice(), &made)
            .await?;
        if new == 0 {
            return Err(CallError::Repeated);
        }
        idempotency_keys::idempotency_key_forget()
            .bind(txn, &KEPT_DAYS, &FORGOTTEN_AT_ONCE)
            .await?;
    }
    Ok(Kept(call))
}

impl Kept<'_> {
    /// Who makes the call.
    pub fn actor(&self) -> &Actor {
        &self.0.actor
    }

    /// Writes the call into the audit log. The last statement of the transaction: from here to the
    /// commit every other writer of the log waits.
    ///
    /// `detail` holds no secret and nothing about a person: the log can never be cleaned.
    pub async fn record(
        self,
        txn: &Transaction<'_>,
        action: &str,
        subject: &str,
        detail: &Value,
    ) -> Result<(), CallError> {
        Ok(audit::append(txn, &self.0.actor.name, action, subject, detail).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_visible_and_bounded() {
        let key = |text: &str| IdempotencyKey::new(text, "POST", "/v1/tenants", b"{}");
        for good in ["a", "2f1d 7", &"x".repeat(200)] {
            assert!(key(good).is_ok(), "{good}");
        }
        for bad in ["", "é", "a\n", &"x".repeat(201)] {
            assert_eq!(key(bad), Err(MalformedKey), "{bad}");
        }
    }

    #[test]
    fn another_method_path_or_body_is_another_request() {
        let key = |method, path, body| IdempotencyKey::new("k", method, path, body).unwrap();
        let one = key("POST", "/a", b"b");
        assert_eq!(one, key("POST", "/a", b"b"));
        for other in [key("PUT", "/a", b"b"), key("POST", "/ab", b""), key("POST", "/a", b"c")] {
            assert_ne!(one, other);
        }
    }
}
