//! What has come of a file so far: `FILE.part`, which becomes `FILE` once it is whole.

use std::io;
use std::path::{Path, PathBuf};

use cloison_model::hexadecimal;
use sha2::{Digest as _, Sha256};
use tokio::fs::{self, File, OpenOptions};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

const BUFFER_BYTES: usize = 256 << 10;

pub(super) struct Part {
    path: PathBuf,
    file: File,
    hash: Sha256,
    bytes: u64,
}

impl Part {
    /// Takes up what an earlier attempt has left. It is its owner's alone: a customer's data is in it.
    pub(super) async fn open(file: &Path) -> io::Result<Self> {
        let mut path = file.as_os_str().to_owned();
        path.push(".part");
        let path = PathBuf::from(path);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(0o600);
        let mut file = options.open(&path).await?;
        let (mut hash, mut bytes) = (Sha256::new(), 0);
        let mut buffer = vec![0; BUFFER_BYTES];
        loop {
            let read = file.read(&mut buffer).await?;
            if read == 0 {
                return Ok(Self { path, file, hash, bytes });
            }
            hash.update(&buffer[..read]);
            bytes += read as u64;
        }
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(super) async fn add(&mut self, chunk: &[u8]) -> io::Result<()> {
        self.file.write_all(chunk).await?;
        self.hash.update(chunk);
        self.bytes += chunk.len() as u64;
        Ok(())
    }

    /// What there is, is not of this export.
    pub(super) async fn begin_anew(self) -> io::Result<Self> {
        self.file.set_len(0).await?;
        let file = OpenOptions::new().read(true).write(true).open(&self.path).await?;
        Ok(Self { file, hash: Sha256::new(), bytes: 0, path: self.path })
    }

    /// Whether it is the whole, and the right one.
    pub(super) fn is(&self, sha256: &str) -> bool {
        hexadecimal(&self.hash.clone().finalize()) == sha256
    }

    /// It gets its name, and is on the disk by then.
    pub(super) async fn finish(mut self, file: &Path) -> io::Result<()> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        fs::rename(&self.path, file).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABCDEF: &str = "bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721";

    #[tokio::test]
    async fn what_was_left_is_taken_up() {
        let folder = std::env::temp_dir().join(format!("cloison-part-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir(&folder).unwrap();
        let file = folder.join("blue.zip");
        let mut part = Part::open(&file).await.unwrap();
        part.add(b"abc").await.unwrap();
        part.file.flush().await.unwrap();
        drop(part);
        let mut part = Part::open(&file).await.unwrap();
        assert_eq!(part.bytes(), 3);
        part.add(b"xyz").await.unwrap();
        assert!(!part.is(ABCDEF));
        let mut part = part.begin_anew().await.unwrap();
        assert_eq!(part.bytes(), 0);
        part.add(b"abcdef").await.unwrap();
        assert!(part.is(ABCDEF));
        part.finish(&file).await.unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), b"abcdef");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
