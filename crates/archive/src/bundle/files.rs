//! The files that a caller adds, such as recordings, and how what is read goes into an entry.

use std::fmt;
use std::io;

use tokio::io::{AsyncRead, AsyncReadExt as _};

use super::error::BundleError;
use super::zip::{CHUNK_BYTES, Entry, Packing, Zipper};

/// A file to add.
pub struct BundleFile {
    /// As its owner calls it; `/` makes folders. What is unsafe in it is replaced.
    pub name: String,
    /// How long it has to be.
    pub bytes: u64,
    pub content: Box<dyn AsyncRead + Send + Unpin>,
}

impl fmt::Debug for BundleFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BundleFile")
            .field("name", &self.name)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

/// Writes the file as `path`. Not a byte more is read than one beyond what it should have.
pub(super) async fn write_file(
    zipper: &mut Zipper,
    path: &str,
    file: BundleFile,
) -> Result<(), BundleError> {
    let BundleFile { name, bytes: said, content } = file;
    let mut entry = zipper.entry(path, Packing::Lightly, Some(said)).await?;
    let mut content = content.take(said.saturating_add(1));
    let read = pass_on(&mut content, &mut entry, |source| BundleError::File {
        name: name.clone(),
        source,
    })
    .await?;
    if read != said {
        let read = if read > said { "more".to_owned() } else { read.to_string() };
        return Err(BundleError::FileLength { name, said, read });
    }
    entry.end().await
}

/// Reads to the end, and answers how many bytes there were.
pub(super) async fn pass_on(
    mut from: impl AsyncRead + Unpin,
    entry: &mut Entry<'_>,
    failed: impl Fn(io::Error) -> BundleError,
) -> Result<u64, BundleError> {
    let mut chunk = Vec::with_capacity(CHUNK_BYTES);
    let mut bytes = 0;
    loop {
        chunk.clear();
        if from.read_buf(&mut chunk).await.map_err(&failed)? == 0 {
            return Ok(bytes);
        }
        bytes += chunk.len() as u64;
        entry.write(&chunk).await?;
    }
}
