//! From a tenant's database to an object store and back: archives that are encrypted, signed, and prove what they hold.
//!
//! Deliberately absent: the control database, operations, tenants' states. What is here can be done with an object store and a
//! keystore alone, which is what is left after the worst day.

mod certificate;
mod keystore;
mod signing;
mod tenant_key;

pub use certificate::{
    CERTIFICATE_BYTES_MAX, CertificateFormat, CertificateLanguage, Deleted, Done,
    ErasureCertificate, FileKind, Holder, Kept, KeptKind, KeyDestroyed, PdfError,
    VerifiedCertificate, verify_file,
};
pub use keystore::{
    Destroyed, DirectoryKeystore, KeyName, Keystore, KeystoreError, SecretBytes, UnknownKeyName,
    VaultKeystore, VaultSettings,
};
pub use signing::{MalformedKey, SignatureError, Signed, Signer, SignerError, VerifyingKey};
pub use tenant_key::{TenantKey, TenantKeyError};
