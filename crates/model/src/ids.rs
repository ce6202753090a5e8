//! One type per kind of id, so that a server's id never stands where a tenant's is meant.
//!
//! Any UUID is a valid id, hence the public field.

use std::fmt;

use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// An organization, and its tenant: the same row seen from the paying and from the data side.
///
/// Whoever knows tenants by numbers can have both ways with [`Uuid::from_u128`] and
/// [`Uuid::as_u128`], and whoever knows them by names, one way with [`TenantId::of_key`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TenantId(pub Uuid);

/// One PostgreSQL cluster that holds tenant databases.
///
/// [`ServerId::of_key`] makes one of any name, such as the server's host and port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ServerId(pub Uuid);

/// A database made ahead. The tenant that takes it gets its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SpareId(pub Uuid);

/// One durable piece of work on one tenant, or on one spare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperationId(pub Uuid);

/// Somebody who works on the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UserId(pub Uuid);

/// One API token, of whatever kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenId(pub Uuid);

/// One copy of one tenant's database, in the object store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArchiveId(pub Uuid);

/// One process that serves tenants, from its start to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub Uuid);

impl TenantId {
    /// The id of the tenant with this key. The same key has the same id, always and everywhere;
    /// there is no way back.
    pub fn of_key(key: &str) -> Self {
        Self(uuid_of("tenant", key))
    }
}

impl ServerId {
    /// The id of the server with this key. The same key has the same id, always and everywhere.
    pub fn of_key(key: &str) -> Self {
        Self(uuid_of("server", key))
    }
}

/// Version 8 (RFC 9562, section 5.8): half a hash, but for the bits that say so.
fn uuid_of(kind: &str, key: &str) -> Uuid {
    let hash = Sha256::new().chain_update(kind).chain_update([0]).chain_update(key).finalize();
    let mut half = [0; 16];
    half.copy_from_slice(&hash[..16]);
    Builder::from_custom_bytes(half).into_uuid()
}

impl fmt::Display for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for ServerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for SpareId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for OperationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for TokenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for ArchiveId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_one_id_for_ever() {
        // Stored by whoever uses it: must never change.
        let acme = TenantId::of_key("acme").to_string();
        assert_eq!(acme, "d2e79529-ba2c-86b2-b849-6511585b5ed5");
        assert_ne!(TenantId::of_key("acme"), TenantId::of_key("Acme"));
        assert_ne!(TenantId::of_key("acme").0, ServerId::of_key("acme").0);
    }
}
