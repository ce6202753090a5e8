//! Where backups go, and who keeps the keys.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use cloison_archive::{
    BackupError, Created, Keystore, ObjectKey, ProgramPlaces, Signer, Store, VerifyingKey,
};
use cloison_model::{NightWindow, RetentionPolicy, ScheduleCaps};
use tokio::sync::OnceCell;

/// The signing key, wrapped by the keystore: whoever can write into the store cannot put another there that would open.
const SIGNING_KEY: &str = "signing/key";
const SIGNING_KEY_BYTES_MAX: u64 = 4_096;

/// What a process needs to make and to read backups. Cheap to clone.
#[derive(Clone)]
pub struct Backups {
    pub store: Store,
    pub keystore: Arc<dyn Keystore>,
    pub programs: ProgramPlaces,
    pub window: NightWindow,
    pub caps: ScheduleCaps,
    pub retention: RetentionPolicy,
    /// Between two backups of the control database.
    pub control_every: Duration,
    /// For how long the servers' own archives reach back, where they have some; an erasure's certificate says until when that is.
    pub point_in_time_days: Option<u16>,
    signer: Arc<OnceCell<Arc<Signer>>>,
}

/// There is no object store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "this process has no object store for backups, so none are made and none can be restored; say where it is: backups.store in cloison.toml, or CLOISON_BACKUPS_STORE"
)]
pub struct NotConfigured;

impl Backups {
    pub fn new(store: Store, keystore: Arc<dyn Keystore>) -> Self {
        Self {
            store,
            keystore,
            programs: ProgramPlaces::default(),
            window: NightWindow::default(),
            caps: ScheduleCaps::default(),
            retention: RetentionPolicy::default(),
            control_every: Duration::from_hours(1),
            point_in_time_days: None,
            signer: Arc::default(),
        }
    }

    /// The platform's signature. Made at the first use, by whoever comes first; all that share a store share it.
    pub async fn signer(&self) -> Result<Arc<Signer>, BackupError> {
        let signer =
            self.signer.get_or_try_init(|| async { self.load_signer().await.map(Arc::new) });
        signer.await.cloned()
    }

    /// Who signs in the store that is there now, which may be another than it was; nothing if nobody ever has. Makes none.
    pub async fn known_signer(&self) -> Result<Option<VerifyingKey>, BackupError> {
        Ok(self.stored_signer().await?.map(|it| it.verifying_key()))
    }

    async fn stored_signer(&self) -> Result<Option<Signer>, BackupError> {
        let place: ObjectKey = SIGNING_KEY.parse().expect("it is a name");
        match self.store.get_small(&place, SIGNING_KEY_BYTES_MAX).await? {
            Some(wrapped) => Ok(Some(Signer::open(self.keystore.as_ref(), &wrapped).await?)),
            None => Ok(None),
        }
    }

    async fn load_signer(&self) -> Result<Signer, BackupError> {
        if let Some(signer) = self.stored_signer().await? {
            return Ok(signer);
        }
        let place: ObjectKey = SIGNING_KEY.parse().expect("it is a name");
        let (signer, wrapped) = Signer::make(self.keystore.as_ref()).await?;
        match self.store.create(&place, wrapped.into()).await? {
            Created::New | Created::Same => Ok(signer),
            // Another process was faster.
            Created::Other => self.stored_signer().await?.ok_or(BackupError::NoManifest),
        }
    }
}

impl fmt::Debug for Backups {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Backups")
            .field("store", &self.store)
            .field("keystore", &self.keystore)
            .finish_non_exhaustive()
    }
}
