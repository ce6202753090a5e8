//! Reads an object of a bucket to its end, over as many connections as that takes.
//!
//! `object_store` takes a broken answer up again, too, but only within the time that it retries a request; a large archive
//! takes longer than that. Here it goes on as long as each connection brings something, and never beyond the object that it
//! began with, which its `ETag` tells.

use std::io;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{self, BoxStream, Stream};
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::aws::AmazonS3;
use object_store::path::Path;
use object_store::{GetOptions, GetRange, GetResult, ObjectStore as _};
use tracing::debug;

use super::error::StoreError;
use super::verdict::{Verdict, verdict};

/// Which object it is.
pub(super) struct Target {
    pub(super) client: AmazonS3,
    pub(super) path: Path,
    /// Both as they are shown.
    pub(super) key: String,
    pub(super) store: Arc<str>,
}

/// How far the reading has got.
pub(super) struct Reading {
    target: Target,
    offset: u64,
    /// Known from the first answer, as the `ETag`.
    end: u64,
    e_tag: Option<String>,
    chunks: Option<BoxStream<'static, object_store::Result<Bytes>>>,
    /// Whether this connection has brought anything.
    has_moved: bool,
}

impl Target {
    async fn ask(&self, offset: u64, if_match: Option<String>) -> Result<GetResult, Verdict> {
        // An empty object has no range.
        let range = (offset > 0).then_some(GetRange::Offset(offset));
        let options = GetOptions { range, if_match, ..GetOptions::default() };
        let asked = self.client.get_opts(&self.path, options).await;
        asked.map_err(|error| verdict(&self.store, error))
    }

    fn failed(&self, verdict: Verdict) -> StoreError {
        verdict.unexpected(&self.store, &self.key)
    }

    fn broken(&self, why: &str) -> StoreError {
        StoreError::Broken {
            store: self.store.to_string(),
            key: self.key.clone(),
            why: why.to_owned(),
        }
    }
}

impl Reading {
    /// Asks for the object from its `offset`-th byte.
    pub(super) async fn begin(target: Target, offset: u64) -> Result<Self, Verdict> {
        let answer = target.ask(offset, None).await?;
        let (end, e_tag) = (answer.meta.size, answer.meta.e_tag.clone());
        let chunks = Some(answer.into_stream());
        Ok(Self { target, offset, end, e_tag, chunks, has_moved: false })
    }

    /// Of the whole object.
    pub(super) fn bytes(&self) -> u64 {
        self.end
    }

    /// The rest of it, piece by piece.
    pub(super) fn chunks(self) -> impl Stream<Item = io::Result<Bytes>> + Send {
        let read = async |mut reading: Self| {
            let chunk = reading.next().await?;
            Ok(chunk.map(|it| (it, reading)))
        };
        stream::try_unfold(self, read).map_err(|error: StoreError| error.into())
    }

    async fn next(&mut self) -> Result<Option<Bytes>, StoreError> {
        loop {
            let Some(chunks) = &mut self.chunks else {
                self.resume().await?;
                continue;
            };
            let why = match chunks.next().await {
                Some(Ok(chunk)) => {
                    self.offset += chunk.len() as u64;
                    if self.offset > self.end {
                        return Err(self.target.broken("it is longer than it says"));
                    }
                    self.has_moved |= !chunk.is_empty();
                    return Ok(Some(chunk));
                }
                None if self.offset == self.end => return Ok(None),
                None => StoreError::Unreachable {
                    store: self.target.store.to_string(),
                    why: format!(
                        "{} ended after {} of {} bytes",
                        self.target.key, self.offset, self.end
                    ),
                    source: None,
                },
                Some(Err(error)) => self.target.failed(verdict(&self.target.store, error)),
            };
            if !self.has_moved || !why.is_passing() {
                return Err(why);
            }
            if self.e_tag.is_none() {
                return Err(self.target.broken(
                    "the connection broke, and the store gives no ETag by which to go on: read it anew",
                ));
            }
            debug!(
                key = self.target.key,
                offset = self.offset,
                "reading on over another connection"
            );
            self.chunks = None;
        }
    }

    async fn resume(&mut self) -> Result<(), StoreError> {
        let answer = self.target.ask(self.offset, self.e_tag.clone()).await;
        let answer = answer.map_err(|it| self.target.failed(it))?;
        if answer.meta.e_tag != self.e_tag || answer.meta.size != self.end {
            return Err(self.target.broken("it has been replaced in the meantime"));
        }
        self.chunks = Some(answer.into_stream());
        self.has_moved = false;
        Ok(())
    }
}
