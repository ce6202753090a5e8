//! A reader of what a future writes.
//!
//! A plain pipe ends when its writer goes away, also when that has failed, and whoever reads then takes half for the
//! whole. This one ends only once the future has said that all is well.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::future::BoxFuture;
use tokio::io::{AsyncRead, DuplexStream, ReadBuf, duplex};

/// Between writer and reader: some pieces of the largest that either works with.
const BUFFER_BYTES: usize = 256 << 10;

/// The reading end. The future runs whenever it is read, and dies with it.
pub(crate) struct Produced<'a> {
    work: Option<BoxFuture<'a, io::Result<()>>>,
    written: DuplexStream,
}

/// `work` makes the future from the end that it writes to; what it writes is there once it has flushed or ended.
pub(crate) fn produced<'a, F>(work: impl FnOnce(DuplexStream) -> F) -> Produced<'a>
where
    F: Future<Output = io::Result<()>> + Send + 'a,
{
    let (to, from) = duplex(BUFFER_BYTES);
    Produced { work: Some(Box::pin(work(to))), written: from }
}

impl AsyncRead for Produced<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Some(work) = &mut self.work
            && let Poll::Ready(ended) = work.as_mut().poll(context)
        {
            self.work = None;
            ended?;
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.written).poll_read(context, buffer))?;
        let is_at_end = buffer.filled().len() == before && buffer.remaining() > 0;
        if is_at_end && self.work.is_some() {
            // The writing end has been dropped, and the future is still to say how it went.
            return match self.work.as_mut().map(|it| it.as_mut().poll(context)) {
                Some(Poll::Pending) => Poll::Pending,
                Some(Poll::Ready(ended)) => {
                    self.work = None;
                    Poll::Ready(ended)
                }
                None => Poll::Ready(Ok(())),
            };
        }
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    #[tokio::test]
    async fn all_that_was_written_is_read_and_then_it_ends() {
        let whole = vec![7; 3 * BUFFER_BYTES + 5];
        let text = whole.clone();
        let mut read = Vec::new();
        let mut pipe = produced(async move |mut to| to.write_all(&text).await);
        pipe.read_to_end(&mut read).await.unwrap();
        assert!(read == whole);
    }

    #[tokio::test]
    async fn half_of_it_is_no_whole() {
        let failing = async |mut to: DuplexStream| {
            to.write_all(b"half").await?;
            drop(to);
            tokio::task::yield_now().await;
            Err(io::Error::other("the disk has gone"))
        };
        let mut read = Vec::new();
        let error = produced(failing).read_to_end(&mut read).await.unwrap_err();
        assert_eq!(error.to_string(), "the disk has gone");
    }
}
