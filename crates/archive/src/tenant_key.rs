//! The key that one tenant's archives are encrypted with.
//!
//! It is a pair. The public half is an age recipient and no secret, so archives are made while the keystore is away. The private half
//! exists wrapped by the keystore alone, and is opened to restore: where the keystore's key is destroyed, no archive opens any more.

use age::secrecy::ExposeSecret;
use age::x25519::{Identity, Recipient};

use crate::keystore::{KeyName, Keystore, KeystoreError};

/// What is stored of the pair. Neither half is a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantKey {
    /// `age1..`: archives are encrypted to it, and any age program can do that.
    pub recipient: String,
    /// The identity, wrapped by the keystore.
    pub wrapped: Vec<u8>,
}

/// Why the pair cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TenantKeyError {
    /// The keystore does not open the private half.
    #[error(transparent)]
    Keystore(#[from] KeystoreError),
    /// What is stored as its public half is not one.
    #[error(
        "the stored recipient of the key '{0}' is not an age recipient: {damaged}",
        damaged = damaged(*.0)
    )]
    RecipientMalformed(KeyName),
    /// The keystore opens something else.
    #[error(
        "what the keystore opens for the key '{0}' is not an age identity: {damaged}",
        damaged = damaged(*.0)
    )]
    IdentityMalformed(KeyName),
    /// Two pairs are mixed up.
    #[error(
        "the two halves of the key '{0}' do not belong together: archives made with the stored recipient would not open with it; {damaged}",
        damaged = damaged(*.0)
    )]
    HalvesDiffer(KeyName),
}

/// By where it is stored.
fn damaged(name: KeyName) -> &'static str {
    match name {
        KeyName::Tenant(_) => "its row in the control database is damaged",
        KeyName::Control | KeyName::Fiscal(_) | KeyName::Signing => {
            "what lies in the object store was damaged, or somebody has put another there"
        }
    }
}

impl TenantKey {
    /// Makes a pair, and the keystore's key if there is none.
    pub async fn make(keystore: &dyn Keystore, name: KeyName) -> Result<Self, TenantKeyError> {
        keystore.ensure(name).await?;
        let identity = Identity::generate();
        let text = identity.to_string();
        let wrapped = keystore.wrap(name, text.expose_secret().as_bytes()).await?;
        Ok(Self { recipient: identity.to_public().to_string(), wrapped })
    }

    /// The public half, to encrypt to. Asks nobody.
    pub fn recipient(&self, name: KeyName) -> Result<Recipient, TenantKeyError> {
        self.recipient.parse().map_err(|_its_text| TenantKeyError::RecipientMalformed(name))
    }

    /// The private half, to decrypt with.
    pub async fn identity(
        &self,
        keystore: &dyn Keystore,
        name: KeyName,
    ) -> Result<Identity, TenantKeyError> {
        let opened = keystore.unwrap(name, &self.wrapped).await?;
        let identity: Identity = str::from_utf8(opened.expose())
            .ok()
            .and_then(|it| it.parse().ok())
            .ok_or(TenantKeyError::IdentityMalformed(name))?;
        if identity.to_public().to_string() != self.recipient {
            return Err(TenantKeyError::HalvesDiffer(name));
        }
        Ok(identity)
    }
}

#[cfg(test)]
mod tests {
    use age::x25519::Identity;

    use super::{TenantKey, TenantKeyError};
    use crate::keystore::tests::{Folder, tenant};
    use crate::keystore::{KeyName, Keystore, KeystoreError};

    #[tokio::test]
    async fn what_is_encrypted_to_the_recipient_opens_with_the_identity() {
        let folder = Folder::new();
        let keystore = folder.keystore();
        let key = TenantKey::make(&keystore, tenant(1)).await.unwrap();
        assert!(key.recipient.starts_with("age1"));
        let other = TenantKey::make(&keystore, KeyName::Control).await.unwrap();
        assert_ne!(key.recipient, other.recipient);

        let sealed = age::encrypt(&key.recipient(tenant(1)).unwrap(), b"rows").unwrap();
        let identity = key.identity(&keystore, tenant(1)).await.unwrap();
        assert_eq!(age::decrypt(&identity, &sealed).unwrap(), b"rows");
        let stranger = other.identity(&keystore, KeyName::Control).await.unwrap();
        assert!(age::decrypt(&stranger, &sealed).is_err());
        assert!(age::decrypt(&Identity::generate(), &sealed).is_err());
    }

    #[tokio::test]
    async fn nothing_opens_once_the_keystores_key_is_destroyed() {
        let folder = Folder::new();
        let keystore = folder.keystore();
        let key = TenantKey::make(&keystore, tenant(1)).await.unwrap();
        keystore.destroy(tenant(1)).await.unwrap();
        let opened = key.identity(&keystore, tenant(1)).await;
        assert!(matches!(opened, Err(TenantKeyError::Keystore(KeystoreError::Destroyed { .. }))));
        let made = TenantKey::make(&keystore, tenant(1)).await;
        assert!(matches!(made, Err(TenantKeyError::Keystore(KeystoreError::Destroyed { .. }))));
        // The public half works on, which is why a fenced tenant is not archived.
        assert!(key.recipient(tenant(1)).is_ok());
    }

    #[tokio::test]
    async fn a_damaged_row_is_told_from_a_wrong_keystore() {
        let folder = Folder::new();
        let keystore = folder.keystore();
        let name = tenant(1);
        let key = TenantKey::make(&keystore, name).await.unwrap();
        let other = TenantKey::make(&keystore, name).await.unwrap();
        let mixed = TenantKey { recipient: other.recipient, wrapped: key.wrapped.clone() };
        let opened = mixed.identity(&keystore, name).await;
        assert!(matches!(opened, Err(TenantKeyError::HalvesDiffer(it)) if it == name));

        let wrapped = keystore.wrap(name, b"hunter2").await.unwrap();
        let opened = TenantKey { wrapped, ..key.clone() }.identity(&keystore, name).await;
        assert!(matches!(opened, Err(TenantKeyError::IdentityMalformed(_))));
        let recipient = TenantKey { recipient: "age1".to_owned(), ..key }.recipient(name);
        assert!(matches!(recipient, Err(TenantKeyError::RecipientMalformed(_))));
    }
}
