//! What a backup says of itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::error::BackupError;
use crate::tables::DatabaseFacts;
use crate::tenant_key::TenantKey;

/// What a manifest is known by.
pub(super) const FORMAT: &str = "cloison backup 1";

/// The signed text beside a dump. With it and the keystore, the dump can be opened and judged when nothing else is left.
///
/// Names of new fields may come; none changes its meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: String,
    pub backup: Uuid,
    pub subject: Subject,
    /// What was committed before is in it.
    pub taken_at: Timestamp,
    pub schema_version: i64,
    /// SHA-256 of the schema's lines, in hexadecimal.
    pub schema_fingerprint: String,
    /// How the lines were read: read otherwise, the same schema has other lines. Earlier builds did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema_reading: Option<String>,
    pub tools: Tools,
    pub dump: DumpFacts,
    pub key: KeyFacts,
    pub facts: DatabaseFacts,
}

/// Whose database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Subject {
    Tenant {
        organization: Uuid,
        number: i64,
        subdomain: String,
        database: String,
    },
    /// The control database.
    Control {
        database: String,
    },
}

/// What it was made with, as the programs say it themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tools {
    pub cloison: String,
    pub pg_dump: String,
}

/// `pg_dump --format=custom`, then zstd, then age.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DumpFacts {
    /// Its name in the store.
    pub object: String,
    /// As it lies there.
    pub stored_bytes: u64,
    pub stored_sha256: String,
    /// As `pg_restore` reads it.
    pub dump_bytes: u64,
    pub dump_sha256: String,
}

/// What it is encrypted for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFacts {
    /// An age recipient.
    pub recipient: String,
    /// The identity, wrapped by the keystore, in base64.
    pub identity_wrapped: String,
    /// Which keystore.
    pub keystore: String,
}

impl KeyFacts {
    pub fn of(key: &TenantKey, keystore: String) -> Self {
        Self {
            recipient: key.recipient.clone(),
            identity_wrapped: STANDARD.encode(&key.wrapped),
            keystore,
        }
    }

    /// The pair of keys.
    pub fn to_tenant_key(&self) -> Result<TenantKey, BackupError> {
        let wrapped = STANDARD.decode(&self.identity_wrapped).map_err(|_not_base64| {
            BackupError::Broken("the manifest holds a wrapped key that is none".to_owned())
        })?;
        Ok(TenantKey { recipient: self.recipient.clone(), wrapped })
    }
}
