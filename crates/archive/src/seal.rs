//! What lies in the object store: zstd, and age around it.
//!
//! Both are formats with programs of their own (`age --decrypt`, `zstd --decompress`), so that a backup can be opened without us. age
//! cuts what it encrypts into pieces that are authenticated one by one, the last as the last: a changed byte and a missing end are errors of the
//! reader, whatever it is reading for. Who wrote it, age does not say; the manifest's signature does.

use std::io;

pub use age::x25519::Identity;
use age::x25519::Recipient;
use age::{Decryptor, Encryptor};
use async_compression::Level;
use async_compression::tokio::bufread::{ZstdDecoder, ZstdEncoder};
use futures_util::AsyncWriteExt as _;
use tokio::io::{AsyncBufRead, AsyncRead, BufReader};
use tokio_util::compat::{
    FuturesAsyncReadCompatExt as _, FuturesAsyncWriteCompatExt as _, TokioAsyncReadCompatExt as _,
    TokioAsyncWriteCompatExt as _,
};

use crate::pipe::produced;

/// zstd's own default: about a third of gzip's time at gzip's default, for less space.
const LEVEL: Level = Level::Precise(3);
/// What is read at a time, several of age's pieces of 64 KiB.
const BUFFER_BYTES: usize = 256 << 10;

/// Packs and encrypts. What is read ends only if `plain` has ended well.
pub fn seal<'a>(
    plain: impl AsyncBufRead + Send + Unpin + 'a,
    recipient: &'a Recipient,
) -> impl AsyncRead + Send + Unpin + 'a {
    produced(async move |to| {
        let mut packed = ZstdEncoder::with_quality(plain, LEVEL);
        let recipients = std::iter::once(recipient as &dyn age::Recipient);
        let encryptor = Encryptor::with_recipients(recipients).map_err(io::Error::other)?;
        let sealed = encryptor.wrap_async_output(to.compat_write()).await?;
        let mut sealed = sealed.compat_write();
        let mut reader = BufReader::with_capacity(BUFFER_BYTES, &mut packed);
        tokio::io::copy_buf(&mut reader, &mut sealed).await?;
        // Writes the last piece, without which nobody takes it for whole.
        sealed.into_inner().close().await
    })
}

/// Why something sealed does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("it is encrypted for another key")]
    WrongKey,
    #[error("it is not what was written: {0}")]
    Broken(String),
    #[error("read what is sealed")]
    Read(#[source] io::Error),
}

/// Decrypts and unpacks. Whatever was changed on the way is an error where it stands, and nothing behind it is read.
///
/// # Errors
///
/// If it does not begin as something that this identity opens.
pub async fn open<'a, R: AsyncRead + Send + Unpin + 'a>(
    sealed: R,
    identity: &Identity,
) -> Result<impl AsyncRead + Send + Unpin + 'a + use<'a, R>, OpenError> {
    let sealed = BufReader::with_capacity(BUFFER_BYTES, sealed).compat();
    let decryptor = Decryptor::new_async_buffered(sealed).await.map_err(refused)?;
    let identities = std::iter::once(identity as &dyn age::Identity);
    let packed = decryptor.decrypt_async(identities).map_err(refused)?;
    let packed = BufReader::with_capacity(BUFFER_BYTES, packed.compat());
    let mut plain = ZstdDecoder::new(packed);
    // Whatever stands behind the end of a frame is looked at.
    plain.multiple_members(true);
    // The decoder fills a buffer before it says that it has failed, which readers do not expect; copying takes it.
    Ok(produced(async move |mut to| tokio::io::copy(&mut plain, &mut to).await.map(|_bytes| ())))
}

fn refused(error: age::DecryptError) -> OpenError {
    match error {
        age::DecryptError::NoMatchingKeys | age::DecryptError::KeyDecryptionFailed => {
            OpenError::WrongKey
        }
        age::DecryptError::Io(source) if source.kind() == io::ErrorKind::UnexpectedEof => {
            OpenError::Broken("it ends in its first lines".to_owned())
        }
        age::DecryptError::Io(source) => OpenError::Read(source),
        other => OpenError::Broken(other.to_string()),
    }
}

#[cfg(test)]
mod tests;
