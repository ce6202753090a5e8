//! Reading from the middle, and what is wrong with what lies there.

use std::fs;
use std::path::PathBuf;

use age::x25519::Identity;
use tokio::io::AsyncReadExt as _;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use super::*;
use crate::seal::seal;
use crate::store::{ObjectKey, Patience, S3Options, Store, StoreSettings};

/// A store in a folder with one sealed text in it; gone with the handle.
struct Kept {
    folder: PathBuf,
    store: Store,
    key: ObjectKey,
    identity: Identity,
    text: Vec<u8>,
}

impl Kept {
    /// Several of age's pieces, and of the buffers on the way.
    async fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("cloison-export-{}", Uuid::now_v7()));
        let settings = StoreSettings {
            location: folder.to_str().unwrap().parse().unwrap(),
            s3: S3Options::default(),
            credentials: None,
            patience: Patience::default(),
        };
        let store = Store::open(&settings, &TaskTracker::new()).unwrap();
        let (key, identity) = ("a/b".parse().unwrap(), Identity::generate());
        let text: Vec<u8> = (0..400_000_u32).flat_map(u32::to_be_bytes).collect();
        store.put(&key, seal(&text[..], &identity.to_public())).await.unwrap();
        Self { folder, store, key, identity, text }
    }

    async fn read(&self, from: u64) -> Result<Vec<u8>, ExportError> {
        let mut read = Vec::new();
        let mut plain = read_export(&self.store, &self.key, self.identity.clone(), from).await?;
        plain.read_to_end(&mut read).await.map_err(ExportError::Read)?;
        Ok(read)
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.folder));
    }
}

#[tokio::test]
async fn from_any_byte_on() {
    let kept = Kept::new().await;
    let end = kept.text.len();
    for from in [0, 1, 65_535, 65_536, 262_144, 262_145, end - 1, end] {
        assert!(kept.read(from as u64).await.unwrap() == kept.text[from..], "from {from}");
    }
    let beyond = kept.read(end as u64 + 1).await.unwrap_err();
    assert!(matches!(beyond, ExportError::Short(_)), "{beyond}");
}

#[tokio::test]
async fn what_is_wrong_is_known_before_the_first_byte_or_where_it_is() {
    let mut kept = Kept::new().await;
    let path = kept.folder.join("a/b");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    assert!(matches!(kept.read(0).await, Err(ExportError::Read(_))));
    fs::write(&path, &whole[..10]).unwrap();
    assert!(matches!(kept.read(0).await, Err(ExportError::Open(_))));
    fs::write(&path, &whole).unwrap();
    kept.identity = Identity::generate();
    let refused = kept.read(0).await.unwrap_err();
    assert_eq!(refused.to_string(), "the export does not open: it is encrypted for another key");
    fs::remove_file(&path).unwrap();
    assert!(matches!(kept.read(0).await, Err(ExportError::Missing)));
}
