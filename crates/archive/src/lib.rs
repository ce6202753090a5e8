//! From a tenant's database to an object store and back: archives that are encrypted, signed, and prove what they hold.
//!
//! Deliberately absent: the control database, operations, tenants' states. What is here can be done with an object store and a
//! keystore alone, which is what is left after the worst day.

mod backup;
pub mod bundle;
mod certificate;
mod export;
mod keystore;
mod moment;
mod pipe;
mod programs;
mod records;
mod seal;
mod signing;
mod store;
mod stored_pair;
pub mod tables;
mod tenant_key;

pub use backup::{
    BackupError, BackupOrder, BackupPlace, BackupSource, DumpFacts, KeyFacts, Manifest, Meter,
    Subject, Tools, Written, folder_of_tenant, manifest, place_of, place_of_tenant, restore,
    verify, write,
};
pub use certificate::{
    CERTIFICATE_BYTES_MAX, CertificateFormat, CertificateLanguage, DeletedCount, Done,
    ErasureCertificate, FileKind, Holder, Kept, KeptKind, KeyDestroyed, PdfError,
    VerifiedCertificate, verify_file,
};
pub use export::{
    ExportError, ExportOrder, ExportWritten, folder_of_export, folder_of_files, read_export,
    write_export,
};
pub use keystore::{
    Destroyed, DirectoryKeystore, KeyName, Keystore, KeystoreError, SecretBytes, UnknownKeyName,
    VaultKeystore, VaultSettings, destroyed_at,
};
pub use moment::{Moment, MomentError, parse_moment};
pub use programs::{NoPrograms, ProgramFailure, ProgramPlaces, Programs, ended, pass_on};
pub use records::{
    Held, KeptFile, RecordsError, RecordsOrder, delete_records, find_records, folder_of_records,
    has_records, keep_records, object_of_records, open_records,
};
pub use seal::{Identity, OpenError, open, seal};
pub use signing::{MalformedKey, SignatureError, Signed, Signer, SignerError, VerifyingKey};
pub use store::{
    BucketName, Created, Deleted, History, LocationError, ObjectKey, ObjectKeyError, ObjectReader,
    Patience, S3Credentials, S3Options, Store, StoreError, StoreLocation, StoreSettings, Stored,
    StoredObject,
};
pub use stored_pair::pair_in_store;
pub use tables::{DatabaseFacts, Snapshot, facts};
pub use tenant_key::{TenantKey, TenantKeyError};
