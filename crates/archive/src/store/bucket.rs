//! A store that is a bucket of S3, or of something that speaks as S3 does.
//!
//! Not here: what takes requests of our own ([`super::erase`]), and what an answer means ([`super::verdict`]).

use std::pin::pin;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{self, BoxStream};
use futures_util::{StreamExt as _, TryStreamExt as _};
use jiff::Timestamp;
use object_store::aws::{AmazonS3, AmazonS3Builder, AwsCredential};
use object_store::path::Path;
use object_store::{
    BackoffConfig, GetOptions, ObjectMeta, ObjectStore as _, PutMode, PutMultipartOptions,
    PutOptions, RetryConfig,
};
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::time::sleep;
use tokio_util::io::StreamReader;
use tokio_util::task::TaskTracker;

use super::error::StoreError;
use super::key::ObjectKey;
use super::location::{BucketAddress, BucketName, LocationError};
use super::object::{Created, ObjectReader, Stored, StoredObject};
use super::reader::{Reading, Target};
use super::signed::Signed;
use super::upload::{Failure, Sum, Upload};
use super::verdict::{Verdict, verdict};
use super::wire::Wire;
use super::{Patience, StoreSettings};

/// Two who create the same object at once are told to try again.
const CREATE_TRIES_MAX: usize = 5;

/// Deletions on their way at the same time.
const DELETIONS_MAX: usize = 8;

#[derive(Debug)]
pub(super) struct Bucket {
    client: AmazonS3,
    pub(super) signed: Signed,
    prefix: Option<ObjectKey>,
    /// As it is shown.
    pub(super) store: Arc<str>,
    patience: Patience,
    tasks: TaskTracker,
}

impl Bucket {
    pub(super) fn open(
        bucket: &BucketName,
        prefix: Option<&ObjectKey>,
        settings: &StoreSettings,
        tasks: &TaskTracker,
    ) -> Result<Self, LocationError> {
        let address = BucketAddress::of(bucket, &settings.s3)?;
        let missing = LocationError::Credentials("a bucket needs an access key");
        let credentials = settings.credentials.as_ref().ok_or(missing)?;
        credentials.check()?;
        let token = credentials.session_token.as_ref().map(|it| it.expose().to_owned());
        let credential = AwsCredential {
            key_id: credentials.access_key_id.clone(),
            secret_key: credentials.secret_access_key.expose().to_owned(),
            token: token.clone(),
        };
        let patience = settings.patience;
        let wire = Wire::new(&address, patience.connect_max, patience.silence_max)?;
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(bucket.to_string())
            // What is before the object's name is known by now, whichever style it is.
            .with_virtual_hosted_style_request(true)
            .with_endpoint(&address.url)
            .with_region(&address.region)
            .with_access_key_id(&credential.key_id)
            .with_secret_access_key(&credential.secret_key)
            .with_http_connector(wire.clone())
            .with_retry(RetryConfig {
                backoff: BackoffConfig { init_backoff: patience.pause, ..BackoffConfig::default() },
                max_retries: patience.retries_max,
                retry_timeout: patience.retrying_max,
            });
        if let Some(token) = token {
            builder = builder.with_token(token);
        }
        let client = builder.build().map_err(|error| LocationError::Client(error.to_string()))?;
        let store = settings.location.to_string();
        let signed = Signed {
            wire,
            url: address.url,
            region: address.region,
            credential,
            patience,
            store: store.clone(),
        };
        let prefix = prefix.cloned();
        Ok(Self { client, signed, prefix, store: store.into(), patience, tasks: tasks.clone() })
    }

    pub(super) async fn put(
        &self,
        key: &ObjectKey,
        input: impl AsyncRead + Send,
    ) -> Result<Stored, StoreError> {
        let mut input = pin!(input);
        let sent = async {
            let path = self.path(key);
            let mut sum = Sum::new();
            let (first, ended) = sum.next_part(&mut input).await?;
            if ended {
                let put = self.client.put_opts(&path, first.into(), PutOptions::default());
                put.await.map_err(Failure::Store)?;
                return Ok(sum.stored());
            }
            let begun = self.client.put_multipart_opts(&path, PutMultipartOptions::default());
            let upload = Upload::new(begun.await.map_err(Failure::Store)?, self.tasks.clone());
            upload.send(first, sum, &mut input).await
        };
        sent.await.map_err(|failure| match failure {
            Failure::Input(source) => StoreError::Input { key: key.to_string(), source },
            Failure::Store(error) => match verdict(&self.store, error) {
                // Someone has ended the upload or given it up.
                Verdict::Absent => Verdict::Conflict.unexpected(&self.store, key.as_str()),
                other => other.unexpected(&self.store, key.as_str()),
            },
            Failure::TooLarge => StoreError::Unable {
                store: self.store.to_string(),
                what: "take an object of more than 78 GiB",
                advice: "keep so large a database's archives in a folder",
            },
        })
    }

    pub(super) async fn create(
        &self,
        key: &ObjectKey,
        bytes: Bytes,
    ) -> Result<Created, StoreError> {
        let path = self.path(key);
        let mut failed = Verdict::Conflict;
        let mut pause = self.patience.pause;
        for _ in 0..CREATE_TRIES_MAX {
            let options = PutOptions::from(PutMode::Create);
            let put = self.client.put_opts(&path, bytes.clone().into(), options).await;
            let Err(error) = put else { return Ok(Created::New) };
            failed = verdict(&self.store, error);
            match &failed {
                Verdict::Precondition => match self.is_same(key, &bytes).await? {
                    Some(true) => return Ok(Created::Same),
                    Some(false) => return Ok(Created::Other),
                    // It has been deleted in between.
                    None => failed = Verdict::Conflict,
                },
                Verdict::Unknown => {
                    return Err(StoreError::Unable {
                        store: self.store.to_string(),
                        what: "make an object only if there is none (a put with If-None-Match)",
                        advice: "use a store that can, or bring it up to date: without it two archives could overwrite each other",
                    });
                }
                // If only an answer was lost, the object is there: the next try tells.
                Verdict::Conflict | Verdict::Failed(StoreError::Unreachable { .. }) => {}
                Verdict::Absent | Verdict::BeyondEnd | Verdict::Failed(_) => break,
            }
            sleep(pause).await;
            pause *= 2;
        }
        Err(failed.unexpected(&self.store, key.as_str()))
    }

    /// None if there is nothing.
    async fn is_same(&self, key: &ObjectKey, bytes: &Bytes) -> Result<Option<bool>, StoreError> {
        let Some(mut there) = self.get(key, 0).await? else { return Ok(None) };
        if there.bytes() != bytes.len() as u64 {
            return Ok(Some(false));
        }
        let mut all = Vec::new();
        match there.read_to_end(&mut all).await {
            Ok(_) => Ok(Some(all == *bytes)),
            Err(error) => Err(StoreError::of_read(&self.store, key.as_str(), error)),
        }
    }

    pub(super) async fn get(
        &self,
        key: &ObjectKey,
        offset: u64,
    ) -> Result<Option<ObjectReader>, StoreError> {
        let target = Target {
            client: self.client.clone(),
            path: self.path(key),
            key: key.to_string(),
            store: Arc::clone(&self.store),
        };
        match Reading::begin(target, offset).await {
            Ok(reading) => {
                let bytes = reading.bytes();
                let chunks = reading.chunks();
                Ok(Some(ObjectReader::new(bytes, StreamReader::new(Box::pin(chunks)))))
            }
            Err(Verdict::Absent) => Ok(None),
            Err(other) => Err(other.unexpected(&self.store, key.as_str())),
        }
    }

    pub(super) async fn stat(&self, key: &ObjectKey) -> Result<Option<StoredObject>, StoreError> {
        let options = GetOptions { head: true, ..GetOptions::default() };
        match self.client.get_opts(&self.path(key), options).await {
            Ok(answer) => self.stored_object(&answer.meta).transpose(),
            Err(error) => match verdict(&self.store, error) {
                Verdict::Absent => Ok(None),
                other => Err(other.unexpected(&self.store, key.as_str())),
            },
        }
    }

    pub(super) fn list(
        self: &Arc<Self>,
        below: Option<&ObjectKey>,
    ) -> BoxStream<'static, Result<StoredObject, StoreError>> {
        let bucket = Arc::clone(self);
        let objects = self.list_all(below).filter_map(move |listed| {
            let object = listed.map_or_else(|it| Some(Err(it)), |it| bucket.stored_object(&it));
            std::future::ready(object)
        });
        objects.boxed()
    }

    /// Whatever their names are.
    pub(super) fn list_all(
        &self,
        below: Option<&ObjectKey>,
    ) -> BoxStream<'static, Result<ObjectMeta, StoreError>> {
        let prefix = || self.prefix.as_ref().map(|it| Path::from(it.as_str()));
        let below = below.map(|it| self.path(it)).or_else(prefix);
        let store = Arc::clone(&self.store);
        let objects = self
            .client
            .list(below.as_ref())
            .map_err(move |error| verdict(&store, error).unexpected(&store, "the list of objects"));
        objects.boxed()
    }

    pub(super) async fn delete(&self, keys: &[ObjectKey]) -> Result<(), StoreError> {
        let names: Vec<_> = keys.iter().map(|it| self.name(it)).collect();
        let deletions: Vec<_> = names.iter().map(|it| self.delete_one(it, &[])).collect();
        stream::iter(deletions).buffer_unordered(DELETIONS_MAX).try_collect().await
    }

    /// None if the name is none of ours.
    fn stored_object(&self, meta: &ObjectMeta) -> Option<Result<StoredObject, StoreError>> {
        let name = meta.location.as_ref();
        let name = match &self.prefix {
            Some(prefix) => name.strip_prefix(prefix.as_str())?.strip_prefix('/')?,
            None => name,
        };
        let key = name.parse().ok()?;
        let modified = Timestamp::from_second(meta.last_modified.timestamp());
        Some(match modified {
            Ok(modified) => Ok(StoredObject { key, bytes: meta.size, modified }),
            Err(error) => Err(StoreError::Other {
                store: self.store.to_string(),
                why: format!("the time of {name} is none"),
                source: Some(error.into()),
            }),
        })
    }

    pub(super) fn prefix(&self) -> Option<&ObjectKey> {
        self.prefix.as_ref()
    }

    /// With what all names in this store begin with.
    pub(super) fn name(&self, key: &ObjectKey) -> String {
        match &self.prefix {
            Some(prefix) => format!("{prefix}/{key}"),
            None => key.to_string(),
        }
    }

    fn path(&self, key: &ObjectKey) -> Path {
        Path::from(self.name(key))
    }
}
