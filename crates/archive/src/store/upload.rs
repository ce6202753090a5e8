//! Reads what is to be stored piece by piece, and sends the pieces with few of them in memory.

use std::io;
use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use object_store::MultipartUpload;
use ring::digest;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::runtime::Handle;
use tokio_util::task::TaskTracker;
use tracing::debug;

use super::object::Stored;

/// S3 wants 5 MiB at least, and some who speak as it does want all parts but the last to be alike.
pub(super) const PART_BYTES: usize = 8 << 20;

/// S3 takes no more.
const PARTS_MAX: usize = 10_000;

/// Parts that are on their way at the same time, each of them in memory, beside the one that is being filled.
const PARTS_IN_FLIGHT_MAX: usize = 3;

/// What is read at once, at least.
const READ_BYTES: usize = 64 << 10;

/// Why an upload did not come to its end.
#[derive(Debug)]
pub(super) enum Failure {
    Input(io::Error),
    Store(object_store::Error),
    TooLarge,
}

/// Fills `buffer` up to `max` bytes. True at the end of the input.
pub(super) async fn fill(
    input: &mut Pin<&mut (impl AsyncRead + Send)>,
    buffer: &mut BytesMut,
    max: usize,
) -> io::Result<bool> {
    while buffer.len() < max {
        // It grows with what is read: most objects are smaller than a part.
        if buffer.capacity() - buffer.len() < READ_BYTES {
            buffer.reserve(READ_BYTES);
        }
        let mut room = (&mut *input).take((max - buffer.len()) as u64);
        if room.read_buf(buffer).await? == 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What all that has been read amounts to.
pub(super) struct Sum {
    hash: digest::Context,
    bytes: u64,
}

impl Sum {
    pub(super) fn new() -> Self {
        Self { hash: digest::Context::new(&digest::SHA256), bytes: 0 }
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
    }

    pub(super) fn stored(self) -> Stored {
        let mut sha256 = [0; 32];
        sha256.copy_from_slice(self.hash.finish().as_ref());
        Stored { bytes: self.bytes, sha256 }
    }

    /// The next part, and whether it is the last.
    pub(super) async fn next_part(
        &mut self,
        input: &mut Pin<&mut (impl AsyncRead + Send)>,
    ) -> Result<(Bytes, bool), Failure> {
        let mut buffer = BytesMut::new();
        let ended = fill(input, &mut buffer, PART_BYTES).await.map_err(Failure::Input)?;
        self.add(&buffer);
        Ok((buffer.freeze(), ended))
    }
}

/// An upload that is given up when it is dropped before its end, as far as the store can be reached.
#[derive(Debug)]
pub(super) struct Upload {
    upload: Option<Box<dyn MultipartUpload>>,
    tasks: TaskTracker,
}

impl Upload {
    pub(super) fn new(upload: Box<dyn MultipartUpload>, tasks: TaskTracker) -> Self {
        Self { upload: Some(upload), tasks }
    }

    /// Sends `first`, then what else there is.
    pub(super) async fn send(
        mut self,
        first: Bytes,
        mut sum: Sum,
        input: &mut Pin<&mut (impl AsyncRead + Send)>,
    ) -> Result<Stored, Failure> {
        let upload = self.upload.as_mut().expect("it is taken when it is dropped");
        let mut in_flight = FuturesUnordered::new();
        in_flight.push(upload.put_part(first.into()));
        for _ in 1..PARTS_MAX {
            let (part, ended) = {
                let next = sum.next_part(input);
                tokio::pin!(next);
                loop {
                    tokio::select! {
                        part = &mut next => break part?,
                        Some(sent) = in_flight.next() => sent.map_err(Failure::Store)?,
                    }
                }
            };
            if !part.is_empty() {
                in_flight.push(upload.put_part(part.into()));
            }
            while ended || in_flight.len() >= PARTS_IN_FLIGHT_MAX {
                if let Some(sent) = in_flight.next().await {
                    sent.map_err(Failure::Store)?;
                } else {
                    upload.complete().await.map_err(Failure::Store)?;
                    self.upload = None;
                    return Ok(sum.stored());
                }
            }
        }
        Err(Failure::TooLarge)
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        let Some(mut upload) = self.upload.take() else { return };
        if let Ok(runtime) = Handle::try_current() {
            let given_up = async move {
                // What is left then is found by whoever deletes all that is below a name.
                if let Err(error) = upload.abort().await {
                    debug!(error = &error as &dyn std::error::Error, "an upload is left over");
                }
            };
            drop(self.tasks.spawn_on(given_up, &runtime));
        }
    }
}
