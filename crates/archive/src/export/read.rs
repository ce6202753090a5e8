//! Reading an export, from any of its bytes on.

use std::io;

use age::x25519::Identity;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};

use super::error::ExportError;
use crate::pipe::produced;
use crate::seal::{OpenError, open};
use crate::store::{ObjectKey, Store, StoreError};

const BUFFER_BYTES: usize = 256 << 10;

/// The bundle without its first bytes. What comes before has to be decrypted as well, which is a matter of a second for each
/// gigabyte or so; memory does not grow with it.
///
/// If what lies there was changed or cut off, reading fails where it was.
///
/// # Errors
///
/// If it is not there, does not open, or has fewer bytes.
pub async fn read_export(
    store: &Store,
    object: &ObjectKey,
    identity: Identity,
    from: u64,
) -> Result<impl AsyncRead + Send + Unpin + 'static, ExportError> {
    let sealed = store.get(object).await?.ok_or(ExportError::Missing)?;
    let plain = produced(async move |mut to| {
        let mut plain = open(sealed, &identity).await.map_err(io::Error::other)?;
        tokio::io::copy(&mut plain, &mut to).await.map(drop)
    });
    let mut plain = BufReader::with_capacity(BUFFER_BYTES, plain);
    let mut left = from;
    // Also of the first byte: whoever is answered shall know before that there is something to read.
    loop {
        let there = plain.fill_buf().await.map_err(failed)?.len();
        if left == 0 {
            return Ok(plain);
        }
        if there == 0 {
            return Err(ExportError::Short(from));
        }
        let skipped = there.min(usize::try_from(left).unwrap_or(usize::MAX));
        plain.consume(skipped);
        left -= skipped as u64;
    }
}

/// The errors of readers below come through those above.
fn failed(error: io::Error) -> ExportError {
    match error.downcast::<OpenError>() {
        Ok(source) => source.into(),
        Err(error) => match error.downcast::<StoreError>() {
            Ok(source) => source.into(),
            Err(error) => ExportError::Read(error),
        },
    }
}
