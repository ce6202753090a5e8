// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct BackupKeyKeepParams<T1: crate::StringSql, T2: crate::BytesSql> {
    pub organization_id: uuid::Uuid,
    pub recipient: T1,
    pub identity_wrapped: T2,
}
#[derive(Debug)]
pub struct BackupInsertParams<
    T1: crate::StringSql,
    T2: crate::BytesSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
> {
    pub id: uuid::Uuid,
    pub organization_id: uuid::Uuid,
    pub taken_at: jiff::Timestamp,
    pub seconds: f64,
    pub schema_version: i64,
    pub manifest_key: T1,
    pub manifest_hash: T2,
    pub signed_by: T3,
    pub stored_bytes: i64,
    pub dump_bytes: i64,
    pub tables: i32,
    pub total_rows: i64,
    pub change_mark: T4,
}
#[derive(Clone, Copy, Debug)]
pub struct BackupSucceededParams {
    pub taken_at: jiff::Timestamp,
    pub organization_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct BackupUnchangedParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub ids: T1,
    pub looked_at: jiff::Timestamp,
}
#[derive(Debug)]
pub struct BackupWantParams<T1: crate::StringSql, T2: crate::ArraySql<Item = T1>> {
    pub everybody: bool,
    pub subdomains: T2,
}
#[derive(Clone, Copy, Debug)]
pub struct BackupNeedsParams {
    pub everybody: bool,
    pub organization_id: uuid::Uuid,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct BackupListParams<T1: crate::StringSql> {
    pub subdomain: T1,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct BackupSetBrokenParams<T1: crate::StringSql> {
    pub why: T1,
    pub id: uuid::Uuid,
}
#[derive(Debug)]
pub struct BackupHoldParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub by: T1,
    pub why: T2,
    pub id: uuid::Uuid,
}
#[derive(Debug)]
pub struct BackupsReleaseParams<T1: crate::StringSql> {
    pub organization_id: uuid::Uuid,
    pub why: T1,
}
#[derive(Clone, Copy, Debug)]
pub struct BackupsGoingParams {
    pub organization_id: Option<uuid::Uuid>,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct BackupsToJudgeParams {
    pub organization_id: Option<uuid::Uuid>,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct DrillListParams<T1: crate::StringSql> {
    pub everybody: bool,
    pub subdomain: T1,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct PastDrillChoiceParams<T1: crate::StringSql> {
    pub server_id: uuid::Uuid,
    pub at: jiff::Timestamp,
    pub seed: T1,
}
#[derive(Debug)]
pub struct BackupsMissingParams<T1: crate::StringSql, T2: crate::ArraySql<Item = T1>> {
    pub subdomains: T2,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct BackupsBehindParams {
    pub minutes_without: i32,
    pub hours: i32,
    pub row_limit: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct BackupKeyFetch {
    pub recipient: String,
    pub identity_wrapped: Vec<u8>,
}
pub struct BackupKeyFetchBorrowed<'a> {
    pub recipient: &'a str,
    pub identity_wrapped: &'a [u8],
}
impl<'a> From<BackupKeyFetchBorrowed<'a>> for BackupKeyFetch {
    fn from(
        BackupKeyFetchBorrowed { recipient, identity_wrapped }: BackupKeyFetchBorrowed<'a>,
    ) -> Self {
        Self { recipient: recipient.into(), identity_wrapped: identity_wrapped.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct BackupKeyKeep {
    pub recipient: String,
    pub identity_wrapped: Vec<u8>,
}
pub struct BackupKeyKeepBorrowed<'a> {
    pub recipient: &'a str,
    pub identity_wrapped: &'a [u8],
}
impl<'a> From<BackupKeyKeepBorrowed<'a>> for BackupKeyKeep {
    fn from(
        BackupKeyKeepBorrowed { recipient, identity_wrapped }: BackupKeyKeepBorrowed<'a>,
    ) -> Self {
        Self { recipient: recipient.into(), identity_wrapped: identity_wrapped.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    pub id: uuid::Uuid,
    pub subdomain: String,
    pub server_id: uuid::Uuid,
    pub database_name: String,
    pub created_at: jiff::Timestamp,
    pub backup_id: Option<uuid::Uuid>,
    pub taken_at: Option<jiff::Timestamp>,
    pub unchanged_at: Option<jiff::Timestamp>,
    pub change_mark: Option<String>,
    pub wanted_at: Option<jiff::Timestamp>,
    pub failures: i32,
    pub failed_at: Option<jiff::Timestamp>,
    pub is_running: bool,
    pub is_waiting: bool,
}
pub struct NeedBorrowed<'a> {
    pub id: uuid::Uuid,
    pub subdomain: &'a str,
    pub server_id: uuid::Uuid,
    pub database_name: &'a str,
    pub created_at: jiff::Timestamp,
    pub backup_id: Option<uuid::Uuid>,
    pub taken_at: Option<jiff::Timestamp>,
    pub unchanged_at: Option<jiff::Timestamp>,
    pub change_mark: Option<&'a str>,
    pub wanted_at: Option<jiff::Timestamp>,
    pub failures: i32,
    pub failed_at: Option<jiff::Timestamp>,
    pub is_running: bool,
    pub is_waiting: bool,
}
impl<'a> From<NeedBorrowed<'a>> for Need {
    fn from(
        NeedBorrowed {
            id,
            subdomain,
            server_id,
            database_name,
            created_at,
            backup_id,
            taken_at,
            unchanged_at,
            change_mark,
            wanted_at,
            failures,
            failed_at,
            is_running,
            is_waiting,
        }: NeedBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            subdomain: subdomain.into(),
            server_id,
            database_name: database_name.into(),
            created_at,
            backup_id,
            taken_at,
            unchanged_at,
            change_mark: change_mark.map(|v| v.into()),
            wanted_at,
            failures,
            failed_at,
            is_running,
            is_waiting,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Backup {
    pub id: uuid::Uuid,
    pub subdomain: String,
    pub organization_id: uuid::Uuid,
    pub taken_at: jiff::Timestamp,
    pub finished_at: jiff::Timestamp,
    pub seconds: f64,
    pub schema_version: i64,
    pub manifest_key: String,
    pub manifest_hash: Vec<u8>,
    pub stored_bytes: i64,
    pub dump_bytes: i64,
    pub tables: i32,
    pub total_rows: i64,
    pub verified_at: Option<jiff::Timestamp>,
    pub broken_why: Option<String>,
    pub held_by: Option<String>,
    pub held_why: Option<String>,
}
pub struct BackupBorrowed<'a> {
    pub id: uuid::Uuid,
    pub subdomain: &'a str,
    pub organization_id: uuid::Uuid,
    pub taken_at: jiff::Timestamp,
    pub finished_at: jiff::Timestamp,
    pub seconds: f64,
    pub schema_version: i64,
    pub manifest_key: &'a str,
    pub manifest_hash: &'a [u8],
    pub stored_bytes: i64,
    pub dump_bytes: i64,
    pub tables: i32,
    pub total_rows: i64,
    pub verified_at: Option<jiff::Timestamp>,
    pub broken_why: Option<&'a str>,
    pub held_by: Option<&'a str>,
    pub held_why: Option<&'a str>,
}
impl<'a> From<BackupBorrowed<'a>> for Backup {
    fn from(
        BackupBorrowed {
            id,
            subdomain,
            organization_id,
            taken_at,
            finished_at,
            seconds,
            schema_version,
            manifest_key,
            manifest_hash,
            stored_bytes,
            dump_bytes,
            tables,
            total_rows,
            verified_at,
            broken_why,
            held_by,
            held_why,
        }: BackupBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            subdomain: subdomain.into(),
            organization_id,
            taken_at,
            finished_at,
            seconds,
            schema_version,
            manifest_key: manifest_key.into(),
            manifest_hash: manifest_hash.into(),
            stored_bytes,
            dump_bytes,
            tables,
            total_rows,
            verified_at,
            broken_why: broken_why.map(|v| v.into()),
            held_by: held_by.map(|v| v.into()),
            held_why: held_why.map(|v| v.into()),
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct BackupsGoing {
    pub id: uuid::Uuid,
    pub organization_id: uuid::Uuid,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct BackupsWanted {
    pub wanted: i64,
    pub running: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Judgeable {
    pub id: uuid::Uuid,
    pub subdomain: String,
    pub organization_id: uuid::Uuid,
    pub taken_at: jiff::Timestamp,
    pub stored_bytes: i64,
    pub broken_at: Option<jiff::Timestamp>,
    pub is_proven: bool,
    pub is_held: bool,
}
pub struct JudgeableBorrowed<'a> {
    pub id: uuid::Uuid,
    pub subdomain: &'a str,
    pub organization_id: uuid::Uuid,
    pub taken_at: jiff::Timestamp,
    pub stored_bytes: i64,
    pub broken_at: Option<jiff::Timestamp>,
    pub is_proven: bool,
    pub is_held: bool,
}
impl<'a> From<JudgeableBorrowed<'a>> for Judgeable {
    fn from(
        JudgeableBorrowed {
            id,
            subdomain,
            organization_id,
            taken_at,
            stored_bytes,
            broken_at,
            is_proven,
            is_held,
        }: JudgeableBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            subdomain: subdomain.into(),
            organization_id,
            taken_at,
            stored_bytes,
            broken_at,
            is_proven,
            is_held,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct DrillNeeds {
    pub id: uuid::Uuid,
    pub subdomain: String,
    pub server_id: uuid::Uuid,
    pub first_good_at: Option<jiff::Timestamp>,
    pub last_at: Option<jiff::Timestamp>,
    pub has_passed: Option<bool>,
    pub is_running: bool,
}
pub struct DrillNeedsBorrowed<'a> {
    pub id: uuid::Uuid,
    pub subdomain: &'a str,
    pub server_id: uuid::Uuid,
    pub first_good_at: Option<jiff::Timestamp>,
    pub last_at: Option<jiff::Timestamp>,
    pub has_passed: Option<bool>,
    pub is_running: bool,
}
impl<'a> From<DrillNeedsBorrowed<'a>> for DrillNeeds {
    fn from(
        DrillNeedsBorrowed {
            id,
            subdomain,
            server_id,
            first_good_at,
            last_at,
            has_passed,
            is_running,
        }: DrillNeedsBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            subdomain: subdomain.into(),
            server_id,
            first_good_at,
            last_at,
            has_passed,
            is_running,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct DrillList {
    pub id: uuid::Uuid,
    pub subdomain: String,
    pub backup_id: Option<uuid::Uuid>,
    pub holds_at: Option<jiff::Timestamp>,
    pub began_at: jiff::Timestamp,
    pub finished_at: Option<jiff::Timestamp>,
    pub restore_seconds: Option<f64>,
    pub failed_why: Option<String>,
}
pub struct DrillListBorrowed<'a> {
    pub id: uuid::Uuid,
    pub subdomain: &'a str,
    pub backup_id: Option<uuid::Uuid>,
    pub holds_at: Option<jiff::Timestamp>,
    pub began_at: jiff::Timestamp,
    pub finished_at: Option<jiff::Timestamp>,
    pub restore_seconds: Option<f64>,
    pub failed_why: Option<&'a str>,
}
impl<'a> From<DrillListBorrowed<'a>> for DrillList {
    fn from(
        DrillListBorrowed {
            id,
            subdomain,
            backup_id,
            holds_at,
            began_at,
            finished_at,
            restore_seconds,
            failed_why,
        }: DrillListBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            subdomain: subdomain.into(),
            backup_id,
            holds_at,
            began_at,
            finished_at,
            restore_seconds,
            failed_why: failed_why.map(|v| v.into()),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ArchiveNeeds {
    pub id: uuid::Uuid,
    pub subdomain: String,
    pub left_at: jiff::Timestamp,
    pub is_held: bool,
    pub is_running: bool,
    pub failed_at: Option<jiff::Timestamp>,
}
pub struct ArchiveNeedsBorrowed<'a> {
    pub id: uuid::Uuid,
    pub subdomain: &'a str,
    pub left_at: jiff::Timestamp,
    pub is_held: bool,
    pub is_running: bool,
    pub failed_at: Option<jiff::Timestamp>,
}
impl<'a> From<ArchiveNeedsBorrowed<'a>> for ArchiveNeeds {
    fn from(
        ArchiveNeedsBorrowed {
            id,
            subdomain,
            left_at,
            is_held,
            is_running,
            failed_at,
        }: ArchiveNeedsBorrowed<'a>,
    ) -> Self {
        Self { id, subdomain: subdomain.into(), left_at, is_held, is_running, failed_at }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct PastDrillNewest {
    pub server_id: uuid::Uuid,
    pub began_at: jiff::Timestamp,
    pub failed_why: Option<String>,
}
pub struct PastDrillNewestBorrowed<'a> {
    pub server_id: uuid::Uuid,
    pub began_at: jiff::Timestamp,
    pub failed_why: Option<&'a str>,
}
impl<'a> From<PastDrillNewestBorrowed<'a>> for PastDrillNewest {
    fn from(
        PastDrillNewestBorrowed { server_id, began_at, failed_why }: PastDrillNewestBorrowed<'a>,
    ) -> Self {
        Self { server_id, began_at, failed_why: failed_why.map(|v| v.into()) }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct DrillsFailing {
    pub subdomain: String,
    pub began_at: jiff::Timestamp,
    pub failed_why: Option<String>,
    pub how_many: i64,
}
pub struct DrillsFailingBorrowed<'a> {
    pub subdomain: &'a str,
    pub began_at: jiff::Timestamp,
    pub failed_why: Option<&'a str>,
    pub how_many: i64,
}
impl<'a> From<DrillsFailingBorrowed<'a>> for DrillsFailing {
    fn from(
        DrillsFailingBorrowed { subdomain, began_at, failed_why, how_many }: DrillsFailingBorrowed<
            'a,
        >,
    ) -> Self {
        Self {
            subdomain: subdomain.into(),
            began_at,
            failed_why: failed_why.map(|v| v.into()),
            how_many,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct BackupsStanding {
    pub tenants: i64,
    pub without_good: i64,
    pub broken: i64,
    pub failing: i64,
    pub oldest_seen_at: Option<jiff::Timestamp>,
}
#[derive(Debug, Clone, PartialEq)]
pub struct BackupsBehind {
    pub subdomain: String,
    pub taken_at: Option<jiff::Timestamp>,
    pub unchanged_at: Option<jiff::Timestamp>,
    pub how_many: i64,
}
pub struct BackupsBehindBorrowed<'a> {
    pub subdomain: &'a str,
    pub taken_at: Option<jiff::Timestamp>,
    pub unchanged_at: Option<jiff::Timestamp>,
    pub how_many: i64,
}
impl<'a> From<BackupsBehindBorrowed<'a>> for BackupsBehind {
    fn from(
        BackupsBehindBorrowed {
            subdomain,
            taken_at,
            unchanged_at,
            how_many,
        }: BackupsBehindBorrowed<'a>,
    ) -> Self {
        Self { subdomain: subdomain.into(), taken_at, unchanged_at, how_many }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct BackupsFailing {
    pub subdomain: String,
    pub failures: i32,
    pub failed_at: jiff::Timestamp,
    pub why: Option<String>,
}
pub struct BackupsFailingBorrowed<'a> {
    pub subdomain: &'a str,
    pub failures: i32,
    pub failed_at: jiff::Timestamp,
    pub why: Option<&'a str>,
}
impl<'a> From<BackupsFailingBorrowed<'a>> for BackupsFailing {
    fn from(
        BackupsFailingBorrowed { subdomain, failures, failed_at, why }: BackupsFailingBorrowed<'a>,
    ) -> Self {
        Self { subdomain: subdomain.into(), failures, failed_at, why: why.map(|v| v.into()) }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct BackupKeyFetchQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<BackupKeyFetchBorrowed, tokio_postgres::Error>,
    mapper: fn(BackupKeyFetchBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> BackupKeyFetchQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(BackupKeyFetchBorrowed) -> R,
    ) -> BackupKeyFetchQuery<'c, 'a, 's, C, R, N> {
        BackupKeyFetchQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct BackupKeyKeepQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<BackupKeyKeepBorrowed, tokio_postgres::Error>,
    mapper: fn(BackupKeyKeepBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> BackupKeyKeepQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(BackupKeyKeepBorrowed) -> R,
    ) -> BackupKeyKeepQuery<'c, 'a, 's, C, R, N> {
        BackupKeyKeepQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct UuidUuidQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<uuid::Uuid, tokio_postgres::Error>,
    mapper: fn(uuid::Uuid) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> UuidUuidQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(uuid::Uuid) -> R) -> UuidUuidQuery<'c, 'a, 's, C, R, N> {
        UuidUuidQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct NeedQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<NeedBorrowed, tokio_postgres::Error>,
    mapper: fn(NeedBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> NeedQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(NeedBorrowed) -> R) -> NeedQuery<'c, 'a, 's, C, R, N> {
        NeedQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct BackupQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<BackupBorrowed, tokio_postgres::Error>,
    mapper: fn(BackupBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> BackupQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(BackupBorrowed) -> R) -> BackupQuery<'c, 'a, 's, C, R, N> {
        BackupQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct OptionStringQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<Option<&str>, tokio_postgres::Error>,
    mapper: fn(Option<&str>) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> OptionStringQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(Option<&str>) -> R) -> OptionStringQuery<'c, 'a, 's, C, R, N> {
        OptionStringQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct BackupsGoingQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<BackupsGoing, tokio_postgres::Error>,
    mapper: fn(BackupsGoing) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> BackupsGoingQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(BackupsGoing) -> R) -> BackupsGoingQuery<'c, 'a, 's, C, R, N> {
        BackupsGoingQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct BoolQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<bool, tokio_postgres::Error>,
    mapper: fn(bool) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> BoolQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(bool) -> R) -> BoolQuery<'c, 'a, 's, C, R, N> {
        BoolQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct BackupsWantedQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<BackupsWanted, tokio_postgres::Error>,
    mapper: fn(BackupsWanted) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> BackupsWantedQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(BackupsWanted) -> R) -> BackupsWantedQuery<'c, 'a, 's, C, R, N> {
        BackupsWantedQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct JudgeableQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<JudgeableBorrowed, tokio_postgres::Error>,
    mapper: fn(JudgeableBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> JudgeableQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(JudgeableBorrowed) -> R) -> JudgeableQuery<'c, 'a, 's, C, R, N> {
        JudgeableQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct DrillNeedsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<DrillNeedsBorrowed, tokio_postgres::Error>,
    mapper: fn(DrillNeedsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DrillNeedsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(DrillNeedsBorrowed) -> R,
    ) -> DrillNeedsQuery<'c, 'a, 's, C, R, N> {
        DrillNeedsQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct DrillListQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<DrillListBorrowed, tokio_postgres::Error>,
    mapper: fn(DrillListBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DrillListQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(DrillListBorrowed) -> R) -> DrillListQuery<'c, 'a, 's, C, R, N> {
        DrillListQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct StringQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<&str, tokio_postgres::Error>,
    mapper: fn(&str) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> StringQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(&str) -> R) -> StringQuery<'c, 'a, 's, C, R, N> {
        StringQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct ArchiveNeedsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ArchiveNeedsBorrowed, tokio_postgres::Error>,
    mapper: fn(ArchiveNeedsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ArchiveNeedsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ArchiveNeedsBorrowed) -> R,
    ) -> ArchiveNeedsQuery<'c, 'a, 's, C, R, N> {
        ArchiveNeedsQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct OptionjiffTimestampQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<Option<jiff::Timestamp>, tokio_postgres::Error>,
    mapper: fn(Option<jiff::Timestamp>) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> OptionjiffTimestampQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(Option<jiff::Timestamp>) -> R,
    ) -> OptionjiffTimestampQuery<'c, 'a, 's, C, R, N> {
        OptionjiffTimestampQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct PastDrillNewestQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<PastDrillNewestBorrowed, tokio_postgres::Error>,
    mapper: fn(PastDrillNewestBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> PastDrillNewestQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(PastDrillNewestBorrowed) -> R,
    ) -> PastDrillNewestQuery<'c, 'a, 's, C, R, N> {
        PastDrillNewestQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct DrillsFailingQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<DrillsFailingBorrowed, tokio_postgres::Error>,
    mapper: fn(DrillsFailingBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DrillsFailingQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(DrillsFailingBorrowed) -> R,
    ) -> DrillsFailingQuery<'c, 'a, 's, C, R, N> {
        DrillsFailingQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct BackupsStandingQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<BackupsStanding, tokio_postgres::Error>,
    mapper: fn(BackupsStanding) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> BackupsStandingQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(BackupsStanding) -> R,
    ) -> BackupsStandingQuery<'c, 'a, 's, C, R, N> {
        BackupsStandingQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct BackupsBehindQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<BackupsBehindBorrowed, tokio_postgres::Error>,
    mapper: fn(BackupsBehindBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> BackupsBehindQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(BackupsBehindBorrowed) -> R,
    ) -> BackupsBehindQuery<'c, 'a, 's, C, R, N> {
        BackupsBehindQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct BackupsFailingQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<BackupsFailingBorrowed, tokio_postgres::Error>,
    mapper: fn(BackupsFailingBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> BackupsFailingQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(BackupsFailingBorrowed) -> R,
    ) -> BackupsFailingQuery<'c, 'a, 's, C, R, N> {
        BackupsFailingQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct JiffTimestampQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<jiff::Timestamp, tokio_postgres::Error>,
    mapper: fn(jiff::Timestamp) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> JiffTimestampQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(jiff::Timestamp) -> R,
    ) -> JiffTimestampQuery<'c, 'a, 's, C, R, N> {
        JiffTimestampQuery {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct BackupKeyFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_key_fetch() -> BackupKeyFetchStmt {
    BackupKeyFetchStmt(
        "select recipient, identity_wrapped from backup_keys where organization_id = $1",
        None,
    )
}
impl BackupKeyFetchStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        organization_id: &'a uuid::Uuid,
    ) -> BackupKeyFetchQuery<'c, 'a, 's, C, BackupKeyFetch, 1> {
        BackupKeyFetchQuery {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<BackupKeyFetchBorrowed, tokio_postgres::Error> {
                Ok(BackupKeyFetchBorrowed {
                    recipient: row.try_get(0)?,
                    identity_wrapped: row.try_get(1)?,
                })
            },
            mapper: |it| BackupKeyFetch::from(it),
        }
    }
}
pub struct BackupKeyKeepStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_key_keep() -> BackupKeyKeepStmt {
    BackupKeyKeepStmt(
        "with made as ( insert into backup_keys (organization_id, recipient, identity_wrapped) values ($1, $2, $3) on conflict on constraint backup_keys_pkey do nothing returning recipient, identity_wrapped ) select recipient, identity_wrapped from made union all select recipient, identity_wrapped from backup_keys where organization_id = $1",
        None,
    )
}
impl BackupKeyKeepStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::BytesSql>(
        &'s self,
        client: &'c C,
        organization_id: &'a uuid::Uuid,
        recipient: &'a T1,
        identity_wrapped: &'a T2,
    ) -> BackupKeyKeepQuery<'c, 'a, 's, C, BackupKeyKeep, 3> {
        BackupKeyKeepQuery {
            client,
            params: [organization_id, recipient, identity_wrapped],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<BackupKeyKeepBorrowed, tokio_postgres::Error> {
                    Ok(BackupKeyKeepBorrowed {
                        recipient: row.try_get(0)?,
                        identity_wrapped: row.try_get(1)?,
                    })
                },
            mapper: |it| BackupKeyKeep::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::BytesSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        BackupKeyKeepParams<T1, T2>,
        BackupKeyKeepQuery<'c, 'a, 's, C, BackupKeyKeep, 3>,
        C,
    > for BackupKeyKeepStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a BackupKeyKeepParams<T1, T2>,
    ) -> BackupKeyKeepQuery<'c, 'a, 's, C, BackupKeyKeep, 3> {
        self.bind(client, &params.organization_id, &params.recipient, &params.identity_wrapped)
    }
}
pub struct BackupInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_insert() -> BackupInsertStmt {
    BackupInsertStmt(
        "with again as ( delete from backups_going where id = $1 ) insert into backups (id, organization_id, taken_at, seconds, schema_version, manifest_key, manifest_hash, signed_by, stored_bytes, dump_bytes, tables, total_rows, change_mark) values ($1, $2, least($3, now()), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict on constraint backups_pkey do nothing",
        None,
    )
}
impl BackupInsertStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<
        'c,
        'a,
        's,
        C: GenericClient,
        T1: crate::StringSql,
        T2: crate::BytesSql,
        T3: crate::StringSql,
        T4: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
        organization_id: &'a uuid::Uuid,
        taken_at: &'a jiff::Timestamp,
        seconds: &'a f64,
        schema_version: &'a i64,
        manifest_key: &'a T1,
        manifest_hash: &'a T2,
        signed_by: &'a T3,
        stored_bytes: &'a i64,
        dump_bytes: &'a i64,
        tables: &'a i32,
        total_rows: &'a i64,
        change_mark: &'a T4,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    id,
                    organization_id,
                    taken_at,
                    seconds,
                    schema_version,
                    manifest_key,
                    manifest_hash,
                    signed_by,
                    stored_bytes,
                    dump_bytes,
                    tables,
                    total_rows,
                    change_mark,
                ],
            )
            .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::BytesSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        BackupInsertParams<T1, T2, T3, T4>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for BackupInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a BackupInsertParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.id,
            &params.organization_id,
            &params.taken_at,
            &params.seconds,
            &params.schema_version,
            &params.manifest_key,
            &params.manifest_hash,
            &params.signed_by,
            &params.stored_bytes,
            &params.dump_bytes,
            &params.tables,
            &params.total_rows,
            &params.change_mark,
        ))
    }
}
pub struct BackupSucceededStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_succeeded() -> BackupSucceededStmt {
    BackupSucceededStmt(
        "update backup_states set wanted_at = case when wanted_at > $1 then wanted_at end, failures = 0, failed_at = null where organization_id = $2",
        None,
    )
}
impl BackupSucceededStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        taken_at: &'a jiff::Timestamp,
        organization_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[taken_at, organization_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        BackupSucceededParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for BackupSucceededStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a BackupSucceededParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.taken_at, &params.organization_id))
    }
}
pub struct BackupFailedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_failed() -> BackupFailedStmt {
    BackupFailedStmt(
        "insert into backup_states (organization_id, failures, failed_at) values ($1, 1, now()) on conflict on constraint backup_states_pkey do update set failures = backup_states.failures + 1, failed_at = now(), wanted_at = null",
        None,
    )
}
impl BackupFailedStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        organization_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[organization_id]).await
    }
}
pub struct BackupUnchangedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_unchanged() -> BackupUnchangedStmt {
    BackupUnchangedStmt(
        "with seen as ( update backups set unchanged_at = now() where id = any ($1::uuid[]) returning organization_id ) update backup_states set wanted_at = case when wanted_at > $2 then wanted_at end, failures = 0, failed_at = null from seen where backup_states.organization_id = seen.organization_id",
        None,
    )
}
impl BackupUnchangedStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>(
        &'s self,
        client: &'c C,
        ids: &'a T1,
        looked_at: &'a jiff::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[ids, looked_at]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::ArraySql<Item = uuid::Uuid>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        BackupUnchangedParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for BackupUnchangedStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a BackupUnchangedParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.ids, &params.looked_at))
    }
}
pub struct BackupWantStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_want() -> BackupWantStmt {
    BackupWantStmt(
        "insert into backup_states (organization_id, wanted_at) select organizations.id, now() from organizations join tenants on tenants.organization_id = organizations.id where tenants.phase = 'READY' and ($1 or organizations.subdomain = any ($2::text[]::citext[])) on conflict on constraint backup_states_pkey do update set wanted_at = excluded.wanted_at returning organization_id as id",
        None,
    )
}
impl BackupWantStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<
        'c,
        'a,
        's,
        C: GenericClient,
        T1: crate::StringSql,
        T2: crate::ArraySql<Item = T1>,
    >(
        &'s self,
        client: &'c C,
        everybody: &'a bool,
        subdomains: &'a T2,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        UuidUuidQuery {
            client,
            params: [everybody, subdomains],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        BackupWantParams<T1, T2>,
        UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2>,
        C,
    > for BackupWantStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a BackupWantParams<T1, T2>,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        self.bind(client, &params.everybody, &params.subdomains)
    }
}
pub struct BackupNeedsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_needs() -> BackupNeedsStmt {
    BackupNeedsStmt(
        "select organizations.id, organizations.subdomain::text as subdomain, tenants.server_id, tenants.database_name, organizations.created_at, newest.id as backup_id, newest.taken_at, newest.unchanged_at, newest.change_mark, backup_states.wanted_at, coalesce(backup_states.failures, 0) as failures, backup_states.failed_at, running.id is not null as is_running, running.waiting is not null as is_waiting from tenants join organizations on organizations.id = tenants.organization_id left join backup_states on backup_states.organization_id = tenants.organization_id left join newest_backups as newest on newest.organization_id = tenants.organization_id left join lateral ( select operations.id, operations.waiting from operations where operations.organization_id = tenants.organization_id and operations.kind = 'backup' and operations.state = 'RUNNING' limit 1 ) as running on true where tenants.phase = 'READY' and ($1 or tenants.organization_id = $2) order by organizations.id limit $3",
        None,
    )
}
impl BackupNeedsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        everybody: &'a bool,
        organization_id: &'a uuid::Uuid,
        row_limit: &'a i64,
    ) -> NeedQuery<'c, 'a, 's, C, Need, 3> {
        NeedQuery {
            client,
            params: [everybody, organization_id, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<NeedBorrowed, tokio_postgres::Error> {
                Ok(NeedBorrowed {
                    id: row.try_get(0)?,
                    subdomain: row.try_get(1)?,
                    server_id: row.try_get(2)?,
                    database_name: row.try_get(3)?,
                    created_at: row.try_get(4)?,
                    backup_id: row.try_get(5)?,
                    taken_at: row.try_get(6)?,
                    unchanged_at: row.try_get(7)?,
                    change_mark: row.try_get(8)?,
                    wanted_at: row.try_get(9)?,
                    failures: row.try_get(10)?,
                    failed_at: row.try_get(11)?,
                    is_running: row.try_get(12)?,
                    is_waiting: row.try_get(13)?,
                })
            },
            mapper: |it| Need::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        BackupNeedsParams,
        NeedQuery<'c, 'a, 's, C, Need, 3>,
        C,
    > for BackupNeedsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a BackupNeedsParams,
    ) -> NeedQuery<'c, 'a, 's, C, Need, 3> {
        self.bind(client, &params.everybody, &params.organization_id, &params.row_limit)
    }
}
pub struct BackupListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_list() -> BackupListStmt {
    BackupListStmt(
        "select backups.id, organizations.subdomain::text as subdomain, backups.organization_id, taken_at, finished_at, seconds, schema_version, manifest_key, manifest_hash, stored_bytes, dump_bytes, tables, total_rows, verified_at, broken_why, held_by, held_why from backups join organizations on organizations.id = backups.organization_id where organizations.subdomain = $1::text::citext order by backups.taken_at desc, backups.id limit $2",
        None,
    )
}
impl BackupListStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>(
        &'s self,
        client: &'c C,
        subdomain: &'a T1,
        row_limit: &'a i64,
    ) -> BackupQuery<'c, 'a, 's, C, Backup, 2> {
        BackupQuery {
            client,
            params: [subdomain, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<BackupBorrowed, tokio_postgres::Error> {
                    Ok(BackupBorrowed {
                        id: row.try_get(0)?,
                        subdomain: row.try_get(1)?,
                        organization_id: row.try_get(2)?,
                        taken_at: row.try_get(3)?,
                        finished_at: row.try_get(4)?,
                        seconds: row.try_get(5)?,
                        schema_version: row.try_get(6)?,
                        manifest_key: row.try_get(7)?,
                        manifest_hash: row.try_get(8)?,
                        stored_bytes: row.try_get(9)?,
                        dump_bytes: row.try_get(10)?,
                        tables: row.try_get(11)?,
                        total_rows: row.try_get(12)?,
                        verified_at: row.try_get(13)?,
                        broken_why: row.try_get(14)?,
                        held_by: row.try_get(15)?,
                        held_why: row.try_get(16)?,
                    })
                },
            mapper: |it| Backup::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        BackupListParams<T1>,
        BackupQuery<'c, 'a, 's, C, Backup, 2>,
        C,
    > for BackupListStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a BackupListParams<T1>,
    ) -> BackupQuery<'c, 'a, 's, C, Backup, 2> {
        self.bind(client, &params.subdomain, &params.row_limit)
    }
}
pub struct BackupFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_fetch() -> BackupFetchStmt {
    BackupFetchStmt(
        "select backups.id, organizations.subdomain::text as subdomain, backups.organization_id, taken_at, finished_at, seconds, schema_version, manifest_key, manifest_hash, stored_bytes, dump_bytes, tables, total_rows, verified_at, broken_why, held_by, held_why from backups join organizations on organizations.id = backups.organization_id where backups.id = $1",
        None,
    )
}
impl BackupFetchStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
    ) -> BackupQuery<'c, 'a, 's, C, Backup, 1> {
        BackupQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<BackupBorrowed, tokio_postgres::Error> {
                    Ok(BackupBorrowed {
                        id: row.try_get(0)?,
                        subdomain: row.try_get(1)?,
                        organization_id: row.try_get(2)?,
                        taken_at: row.try_get(3)?,
                        finished_at: row.try_get(4)?,
                        seconds: row.try_get(5)?,
                        schema_version: row.try_get(6)?,
                        manifest_key: row.try_get(7)?,
                        manifest_hash: row.try_get(8)?,
                        stored_bytes: row.try_get(9)?,
                        dump_bytes: row.try_get(10)?,
                        tables: row.try_get(11)?,
                        total_rows: row.try_get(12)?,
                        verified_at: row.try_get(13)?,
                        broken_why: row.try_get(14)?,
                        held_by: row.try_get(15)?,
                        held_why: row.try_get(16)?,
                    })
                },
            mapper: |it| Backup::from(it),
        }
    }
}
pub struct BackupSetVerifiedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_set_verified() -> BackupSetVerifiedStmt {
    BackupSetVerifiedStmt(
        "update backups set verified_at = now(), broken_why = null, broken_at = null where id = $1",
        None,
    )
}
impl BackupSetVerifiedStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id]).await
    }
}
pub struct BackupSetBrokenStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_set_broken() -> BackupSetBrokenStmt {
    BackupSetBrokenStmt(
        "update backups set broken_why = $1, broken_at = coalesce(broken_at, now()) where id = $2",
        None,
    )
}
impl BackupSetBrokenStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>(
        &'s self,
        client: &'c C,
        why: &'a T1,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[why, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        BackupSetBrokenParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for BackupSetBrokenStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a BackupSetBrokenParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.why, &params.id))
    }
}
pub struct BackupSignedByStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_signed_by() -> BackupSignedByStmt {
    BackupSignedByStmt("select signed_by from backups where id = $1", None)
}
impl BackupSignedByStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
    ) -> OptionStringQuery<'c, 'a, 's, C, Option<String>, 1> {
        OptionStringQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.map(|v| v.into()),
        }
    }
}
pub struct BackupHoldStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_hold() -> BackupHoldStmt {
    BackupHoldStmt("update backups set held_by = $1, held_why = $2 where id = $3", None)
}
impl BackupHoldStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>(
        &'s self,
        client: &'c C,
        by: &'a T1,
        why: &'a T2,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[by, why, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        BackupHoldParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for BackupHoldStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a BackupHoldParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.by, &params.why, &params.id))
    }
}
pub struct BackupReleaseStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_release() -> BackupReleaseStmt {
    BackupReleaseStmt("update backups set held_by = null, held_why = null where id = $1", None)
}
impl BackupReleaseStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id]).await
    }
}
pub struct BackupsReleaseStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backups_release() -> BackupsReleaseStmt {
    BackupsReleaseStmt(
        "update backups set held_by = null, held_why = null where organization_id = $1 and held_why = $2",
        None,
    )
}
impl BackupsReleaseStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>(
        &'s self,
        client: &'c C,
        organization_id: &'a uuid::Uuid,
        why: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[organization_id, why]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        BackupsReleaseParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for BackupsReleaseStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a BackupsReleaseParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.organization_id, &params.why))
    }
}
pub struct BackupDeleteStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_delete() -> BackupDeleteStmt {
    BackupDeleteStmt("delete from backups where id = $1", None)
}
impl BackupDeleteStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id]).await
    }
}
pub struct BackupsLetGoStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backups_let_go() -> BackupsLetGoStmt {
    BackupsLetGoStmt(
        "with going as ( delete from backups where id = any ($1::uuid[]) returning id, organization_id ) insert into backups_going (id, organization_id) select going.id, going.organization_id from going",
        None,
    )
}
impl BackupsLetGoStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>(
        &'s self,
        client: &'c C,
        ids: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[ids]).await
    }
}
pub struct BackupsGoingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backups_going() -> BackupsGoingStmt {
    BackupsGoingStmt(
        "select id, organization_id from backups_going where $1::uuid is null or organization_id = $1::uuid order by since, id limit $2",
        None,
    )
}
impl BackupsGoingStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        organization_id: &'a Option<uuid::Uuid>,
        row_limit: &'a i64,
    ) -> BackupsGoingQuery<'c, 'a, 's, C, BackupsGoing, 2> {
        BackupsGoingQuery {
            client,
            params: [organization_id, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<BackupsGoing, tokio_postgres::Error> {
                Ok(BackupsGoing { id: row.try_get(0)?, organization_id: row.try_get(1)? })
            },
            mapper: |it| BackupsGoing::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        BackupsGoingParams,
        BackupsGoingQuery<'c, 'a, 's, C, BackupsGoing, 2>,
        C,
    > for BackupsGoingStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a BackupsGoingParams,
    ) -> BackupsGoingQuery<'c, 'a, 's, C, BackupsGoing, 2> {
        self.bind(client, &params.organization_id, &params.row_limit)
    }
}
pub struct BackupGoneStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_gone() -> BackupGoneStmt {
    BackupGoneStmt("delete from backups_going where id = $1", None)
}
impl BackupGoneStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id]).await
    }
}
pub struct BackupNewestGoodStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_newest_good() -> BackupNewestGoodStmt {
    BackupNewestGoodStmt(
        "select backups.id, organizations.subdomain::text as subdomain, backups.organization_id, backups.taken_at, finished_at, seconds, schema_version, manifest_key, manifest_hash, stored_bytes, dump_bytes, tables, total_rows, verified_at, broken_why, held_by, held_why from newest_backups as newest join backups on backups.id = newest.id join organizations on organizations.id = backups.organization_id where newest.organization_id = $1",
        None,
    )
}
impl BackupNewestGoodStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        organization_id: &'a uuid::Uuid,
    ) -> BackupQuery<'c, 'a, 's, C, Backup, 1> {
        BackupQuery {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<BackupBorrowed, tokio_postgres::Error> {
                    Ok(BackupBorrowed {
                        id: row.try_get(0)?,
                        subdomain: row.try_get(1)?,
                        organization_id: row.try_get(2)?,
                        taken_at: row.try_get(3)?,
                        finished_at: row.try_get(4)?,
                        seconds: row.try_get(5)?,
                        schema_version: row.try_get(6)?,
                        manifest_key: row.try_get(7)?,
                        manifest_hash: row.try_get(8)?,
                        stored_bytes: row.try_get(9)?,
                        dump_bytes: row.try_get(10)?,
                        tables: row.try_get(11)?,
                        total_rows: row.try_get(12)?,
                        verified_at: row.try_get(13)?,
                        broken_why: row.try_get(14)?,
                        held_by: row.try_get(15)?,
                        held_why: row.try_get(16)?,
                    })
                },
            mapper: |it| Backup::from(it),
        }
    }
}
pub struct BackupNewestStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_newest() -> BackupNewestStmt {
    BackupNewestStmt(
        "select backups.id, organizations.subdomain::text as subdomain, backups.organization_id, taken_at, finished_at, seconds, schema_version, manifest_key, manifest_hash, stored_bytes, dump_bytes, tables, total_rows, verified_at, broken_why, held_by, held_why from backups join organizations on organizations.id = backups.organization_id where backups.organization_id = $1 order by backups.taken_at desc, backups.id limit 1",
        None,
    )
}
impl BackupNewestStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        organization_id: &'a uuid::Uuid,
    ) -> BackupQuery<'c, 'a, 's, C, Backup, 1> {
        BackupQuery {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<BackupBorrowed, tokio_postgres::Error> {
                    Ok(BackupBorrowed {
                        id: row.try_get(0)?,
                        subdomain: row.try_get(1)?,
                        organization_id: row.try_get(2)?,
                        taken_at: row.try_get(3)?,
                        finished_at: row.try_get(4)?,
                        seconds: row.try_get(5)?,
                        schema_version: row.try_get(6)?,
                        manifest_key: row.try_get(7)?,
                        manifest_hash: row.try_get(8)?,
                        stored_bytes: row.try_get(9)?,
                        dump_bytes: row.try_get(10)?,
                        tables: row.try_get(11)?,
                        total_rows: row.try_get(12)?,
                        verified_at: row.try_get(13)?,
                        broken_why: row.try_get(14)?,
                        held_by: row.try_get(15)?,
                        held_why: row.try_get(16)?,
                    })
                },
            mapper: |it| Backup::from(it),
        }
    }
}
pub struct BackupsPlanAloneStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backups_plan_alone() -> BackupsPlanAloneStmt {
    BackupsPlanAloneStmt(
        "select pg_try_advisory_xact_lock(hashtext('cloison plan of backups')) as alone",
        None,
    )
}
impl BackupsPlanAloneStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 0> {
        BoolQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct BackupsWantedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backups_wanted() -> BackupsWantedStmt {
    BackupsWantedStmt(
        "select count(*) filter (where backup_states.wanted_at is not null) as wanted, ( select count(*) from operations where operations.state = 'RUNNING' and operations.kind = 'backup' ) as running from backup_states join tenants on tenants.organization_id = backup_states.organization_id where tenants.phase = 'READY'",
        None,
    )
}
impl BackupsWantedStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
    ) -> BackupsWantedQuery<'c, 'a, 's, C, BackupsWanted, 0> {
        BackupsWantedQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<BackupsWanted, tokio_postgres::Error> {
                Ok(BackupsWanted { wanted: row.try_get(0)?, running: row.try_get(1)? })
            },
            mapper: |it| BackupsWanted::from(it),
        }
    }
}
pub struct BackupsToJudgeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backups_to_judge() -> BackupsToJudgeStmt {
    BackupsToJudgeStmt(
        "select backups.id, organizations.subdomain::text as subdomain, backups.organization_id, backups.taken_at, backups.stored_bytes, case when backups.broken_why is not null then coalesce(backups.broken_at, backups.finished_at) end as broken_at, backups.verified_at is not null or exists ( select from drills where drills.organization_id = backups.organization_id and drills.backup_id = backups.id and drills.finished_at is not null and drills.failed_why is null ) as is_proven, backups.held_by is not null or exists ( select from legal_holds where legal_holds.organization_id = backups.organization_id ) as is_held from backups join organizations on organizations.id = backups.organization_id where ($1::uuid is null or backups.organization_id = $1::uuid) and not exists ( select from copies where copies.backup_id = backups.id and copies.state = 'MAKING' ) order by backups.organization_id, backups.taken_at desc, backups.id limit $2",
        None,
    )
}
impl BackupsToJudgeStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        organization_id: &'a Option<uuid::Uuid>,
        row_limit: &'a i64,
    ) -> JudgeableQuery<'c, 'a, 's, C, Judgeable, 2> {
        JudgeableQuery {
            client,
            params: [organization_id, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<JudgeableBorrowed, tokio_postgres::Error> {
                    Ok(JudgeableBorrowed {
                        id: row.try_get(0)?,
                        subdomain: row.try_get(1)?,
                        organization_id: row.try_get(2)?,
                        taken_at: row.try_get(3)?,
                        stored_bytes: row.try_get(4)?,
                        broken_at: row.try_get(5)?,
                        is_proven: row.try_get(6)?,
                        is_held: row.try_get(7)?,
                    })
                },
            mapper: |it| Judgeable::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        BackupsToJudgeParams,
        JudgeableQuery<'c, 'a, 's, C, Judgeable, 2>,
        C,
    > for BackupsToJudgeStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a BackupsToJudgeParams,
    ) -> JudgeableQuery<'c, 'a, 's, C, Judgeable, 2> {
        self.bind(client, &params.organization_id, &params.row_limit)
    }
}
pub struct DrillNeedsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn drill_needs() -> DrillNeedsStmt {
    DrillNeedsStmt(
        "select organizations.id, organizations.subdomain::text as subdomain, tenants.server_id, oldest.taken_at as first_good_at, newest.finished_at as last_at, newest.failed_why is null as has_passed, exists ( select from operations where operations.organization_id = organizations.id and operations.kind = 'drill' and operations.state = 'RUNNING' ) as is_running from tenants join organizations on organizations.id = tenants.organization_id left join lateral ( select backups.taken_at from backups where backups.organization_id = tenants.organization_id and backups.broken_why is null order by backups.taken_at limit 1 ) as oldest on true left join lateral ( select drills.finished_at, drills.failed_why from drills where drills.organization_id = tenants.organization_id and drills.backup_id is not null and drills.finished_at is not null order by drills.finished_at desc limit 1 ) as newest on true where tenants.phase = 'READY' order by organizations.id limit $1",
        None,
    )
}
impl DrillNeedsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        row_limit: &'a i64,
    ) -> DrillNeedsQuery<'c, 'a, 's, C, DrillNeeds, 1> {
        DrillNeedsQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<DrillNeedsBorrowed, tokio_postgres::Error> {
                    Ok(DrillNeedsBorrowed {
                        id: row.try_get(0)?,
                        subdomain: row.try_get(1)?,
                        server_id: row.try_get(2)?,
                        first_good_at: row.try_get(3)?,
                        last_at: row.try_get(4)?,
                        has_passed: row.try_get(5)?,
                        is_running: row.try_get(6)?,
                    })
                },
            mapper: |it| DrillNeeds::from(it),
        }
    }
}
pub struct DrillListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn drill_list() -> DrillListStmt {
    DrillListStmt(
        "select drills.id, organizations.subdomain::text as subdomain, drills.backup_id, drills.holds_at, drills.began_at, drills.finished_at, drills.restore_seconds, drills.failed_why from drills join organizations on organizations.id = drills.organization_id where $1 or organizations.subdomain = $2::text::citext order by drills.began_at desc, drills.id limit $3",
        None,
    )
}
impl DrillListStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>(
        &'s self,
        client: &'c C,
        everybody: &'a bool,
        subdomain: &'a T1,
        row_limit: &'a i64,
    ) -> DrillListQuery<'c, 'a, 's, C, DrillList, 3> {
        DrillListQuery {
            client,
            params: [everybody, subdomain, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<DrillListBorrowed, tokio_postgres::Error> {
                    Ok(DrillListBorrowed {
                        id: row.try_get(0)?,
                        subdomain: row.try_get(1)?,
                        backup_id: row.try_get(2)?,
                        holds_at: row.try_get(3)?,
                        began_at: row.try_get(4)?,
                        finished_at: row.try_get(5)?,
                        restore_seconds: row.try_get(6)?,
                        failed_why: row.try_get(7)?,
                    })
                },
            mapper: |it| DrillList::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        DrillListParams<T1>,
        DrillListQuery<'c, 'a, 's, C, DrillList, 3>,
        C,
    > for DrillListStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a DrillListParams<T1>,
    ) -> DrillListQuery<'c, 'a, 's, C, DrillList, 3> {
        self.bind(client, &params.everybody, &params.subdomain, &params.row_limit)
    }
}
pub struct ArchiveLastStateStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn archive_last_state() -> ArchiveLastStateStmt {
    ArchiveLastStateStmt(
        "select state from operations where organization_id = $1 and kind = 'archive' order by id desc limit 1",
        None,
    )
}
impl ArchiveLastStateStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        organization_id: &'a uuid::Uuid,
    ) -> StringQuery<'c, 'a, 's, C, String, 1> {
        StringQuery {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
pub struct ArchiveNeedsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn archive_needs() -> ArchiveNeedsStmt {
    ArchiveNeedsStmt(
        "select organizations.id, organizations.subdomain::text as subdomain, greatest(newest.cancelled_at, back.finished_at) as left_at, legal_holds.organization_id is not null as is_held, running.id is not null as is_running, failed.finished_at as failed_at from tenants join organizations on organizations.id = tenants.organization_id join lateral ( select subscriptions.status, subscriptions.cancelled_at from subscriptions where subscriptions.organization_id = organizations.id order by subscriptions.created_at desc limit 1 ) as newest on newest.status = 'CANCELLED' left join legal_holds on legal_holds.organization_id = organizations.id left join operations as running on running.organization_id = organizations.id and running.kind = 'archive' and running.state = 'RUNNING' left join lateral ( select max(operations.finished_at) as finished_at from operations where operations.organization_id = organizations.id and operations.kind = 'unarchive' and operations.state = 'DONE' ) as back on true left join lateral ( select max(operations.finished_at) as finished_at from operations where operations.organization_id = organizations.id and operations.kind = 'archive' and operations.state in ('FAILED', 'CANCELLED') ) as failed on true where tenants.phase = 'READY' or running.id is not null order by organizations.id limit $1",
        None,
    )
}
impl ArchiveNeedsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        row_limit: &'a i64,
    ) -> ArchiveNeedsQuery<'c, 'a, 's, C, ArchiveNeeds, 1> {
        ArchiveNeedsQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ArchiveNeedsBorrowed, tokio_postgres::Error> {
                    Ok(ArchiveNeedsBorrowed {
                        id: row.try_get(0)?,
                        subdomain: row.try_get(1)?,
                        left_at: row.try_get(2)?,
                        is_held: row.try_get(3)?,
                        is_running: row.try_get(4)?,
                        failed_at: row.try_get(5)?,
                    })
                },
            mapper: |it| ArchiveNeeds::from(it),
        }
    }
}
pub struct PastDrillLastStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn past_drill_last() -> PastDrillLastStmt {
    PastDrillLastStmt(
        "select max(drills.began_at) as last_at from drills join tenants on tenants.organization_id = drills.organization_id where tenants.server_id = $1 and drills.backup_id is null",
        None,
    )
}
impl PastDrillLastStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        server_id: &'a uuid::Uuid,
    ) -> OptionjiffTimestampQuery<'c, 'a, 's, C, Option<jiff::Timestamp>, 1> {
        OptionjiffTimestampQuery {
            client,
            params: [server_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct PastDrillNewestStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn past_drill_newest() -> PastDrillNewestStmt {
    PastDrillNewestStmt(
        "select distinct on (tenants.server_id) tenants.server_id, drills.began_at, drills.failed_why from drills join tenants on tenants.organization_id = drills.organization_id where drills.backup_id is null and drills.finished_at is not null order by tenants.server_id, drills.began_at desc limit $1",
        None,
    )
}
impl PastDrillNewestStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        row_limit: &'a i64,
    ) -> PastDrillNewestQuery<'c, 'a, 's, C, PastDrillNewest, 1> {
        PastDrillNewestQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<PastDrillNewestBorrowed, tokio_postgres::Error> {
                Ok(PastDrillNewestBorrowed {
                    server_id: row.try_get(0)?,
                    began_at: row.try_get(1)?,
                    failed_why: row.try_get(2)?,
                })
            },
            mapper: |it| PastDrillNewest::from(it),
        }
    }
}
pub struct DrillsFailingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn drills_failing() -> DrillsFailingStmt {
    DrillsFailingStmt(
        "select organizations.subdomain::text as subdomain, newest.began_at, newest.failed_why, count(*) over () as how_many from tenants join organizations on organizations.id = tenants.organization_id join lateral ( select drills.began_at, drills.failed_why from drills where drills.organization_id = tenants.organization_id and drills.backup_id is not null and drills.finished_at is not null order by drills.finished_at desc limit 1 ) as newest on newest.failed_why is not null where tenants.phase = 'READY' order by newest.began_at desc, organizations.subdomain limit $1",
        None,
    )
}
impl DrillsFailingStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        row_limit: &'a i64,
    ) -> DrillsFailingQuery<'c, 'a, 's, C, DrillsFailing, 1> {
        DrillsFailingQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<DrillsFailingBorrowed, tokio_postgres::Error> {
                    Ok(DrillsFailingBorrowed {
                        subdomain: row.try_get(0)?,
                        began_at: row.try_get(1)?,
                        failed_why: row.try_get(2)?,
                        how_many: row.try_get(3)?,
                    })
                },
            mapper: |it| DrillsFailing::from(it),
        }
    }
}
pub struct PastDrillChoiceStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn past_drill_choice() -> PastDrillChoiceStmt {
    PastDrillChoiceStmt(
        "select organizations.subdomain::text as subdomain from tenants join organizations on organizations.id = tenants.organization_id where tenants.server_id = $1 and tenants.phase = 'READY' and organizations.created_at < $2 order by md5(organizations.id::text || $3::text) limit 1",
        None,
    )
}
impl PastDrillChoiceStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>(
        &'s self,
        client: &'c C,
        server_id: &'a uuid::Uuid,
        at: &'a jiff::Timestamp,
        seed: &'a T1,
    ) -> StringQuery<'c, 'a, 's, C, String, 3> {
        StringQuery {
            client,
            params: [server_id, at, seed],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        PastDrillChoiceParams<T1>,
        StringQuery<'c, 'a, 's, C, String, 3>,
        C,
    > for PastDrillChoiceStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a PastDrillChoiceParams<T1>,
    ) -> StringQuery<'c, 'a, 's, C, String, 3> {
        self.bind(client, &params.server_id, &params.at, &params.seed)
    }
}
pub struct BackupUnderWayStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backup_under_way() -> BackupUnderWayStmt {
    BackupUnderWayStmt(
        "select id from operations where organization_id = $1 and kind = 'backup' and state = 'RUNNING' limit 1",
        None,
    )
}
impl BackupUnderWayStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        organization_id: &'a uuid::Uuid,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 1> {
        UuidUuidQuery {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct BackupsMissingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backups_missing() -> BackupsMissingStmt {
    BackupsMissingStmt(
        "select wanted.subdomain from unnest($1::text[]) as wanted (subdomain) where not exists ( select from organizations join tenants on tenants.organization_id = organizations.id where organizations.subdomain = wanted.subdomain::citext and tenants.phase = 'READY' ) order by wanted.subdomain limit $2",
        None,
    )
}
impl BackupsMissingStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<
        'c,
        'a,
        's,
        C: GenericClient,
        T1: crate::StringSql,
        T2: crate::ArraySql<Item = T1>,
    >(
        &'s self,
        client: &'c C,
        subdomains: &'a T2,
        row_limit: &'a i64,
    ) -> StringQuery<'c, 'a, 's, C, String, 2> {
        StringQuery {
            client,
            params: [subdomains, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        BackupsMissingParams<T1, T2>,
        StringQuery<'c, 'a, 's, C, String, 2>,
        C,
    > for BackupsMissingStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a BackupsMissingParams<T1, T2>,
    ) -> StringQuery<'c, 'a, 's, C, String, 2> {
        self.bind(client, &params.subdomains, &params.row_limit)
    }
}
pub struct BackupsStandingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backups_standing() -> BackupsStandingStmt {
    BackupsStandingStmt(
        "select count(*) as tenants, count(*) filter (where newest.taken_at is null) as without_good, ( select count(*) from backups where backups.broken_why is not null ) as broken, count(*) filter (where backup_states.failures > 0) as failing, min(newest.seen_at) as oldest_seen_at from tenants left join backup_states on backup_states.organization_id = tenants.organization_id left join newest_backups as newest on newest.organization_id = tenants.organization_id where tenants.phase = 'READY'",
        None,
    )
}
impl BackupsStandingStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
    ) -> BackupsStandingQuery<'c, 'a, 's, C, BackupsStanding, 0> {
        BackupsStandingQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<BackupsStanding, tokio_postgres::Error> {
                    Ok(BackupsStanding {
                        tenants: row.try_get(0)?,
                        without_good: row.try_get(1)?,
                        broken: row.try_get(2)?,
                        failing: row.try_get(3)?,
                        oldest_seen_at: row.try_get(4)?,
                    })
                },
            mapper: |it| BackupsStanding::from(it),
        }
    }
}
pub struct BackupsBehindStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backups_behind() -> BackupsBehindStmt {
    BackupsBehindStmt(
        "select organizations.subdomain::text as subdomain, newest.taken_at, newest.unchanged_at, count(*) over () as how_many from tenants join organizations on organizations.id = tenants.organization_id left join newest_backups as newest on newest.organization_id = tenants.organization_id where tenants.phase = 'READY' and case when newest.taken_at is null then organizations.created_at < now() - make_interval(mins => $1) else newest.seen_at < now() - make_interval(hours => $2) end order by newest.seen_at nulls first, organizations.subdomain limit $3",
        None,
    )
}
impl BackupsBehindStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        minutes_without: &'a i32,
        hours: &'a i32,
        row_limit: &'a i64,
    ) -> BackupsBehindQuery<'c, 'a, 's, C, BackupsBehind, 3> {
        BackupsBehindQuery {
            client,
            params: [minutes_without, hours, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<BackupsBehindBorrowed, tokio_postgres::Error> {
                    Ok(BackupsBehindBorrowed {
                        subdomain: row.try_get(0)?,
                        taken_at: row.try_get(1)?,
                        unchanged_at: row.try_get(2)?,
                        how_many: row.try_get(3)?,
                    })
                },
            mapper: |it| BackupsBehind::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        BackupsBehindParams,
        BackupsBehindQuery<'c, 'a, 's, C, BackupsBehind, 3>,
        C,
    > for BackupsBehindStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a BackupsBehindParams,
    ) -> BackupsBehindQuery<'c, 'a, 's, C, BackupsBehind, 3> {
        self.bind(client, &params.minutes_without, &params.hours, &params.row_limit)
    }
}
pub struct BackupsFailingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backups_failing() -> BackupsFailingStmt {
    BackupsFailingStmt(
        "select organizations.subdomain::text as subdomain, backup_states.failures, backup_states.failed_at, newest.error as why from backup_states join organizations on organizations.id = backup_states.organization_id left join lateral ( select operations.error from operations where operations.organization_id = backup_states.organization_id and operations.kind = 'backup' and operations.state = 'FAILED' order by operations.finished_at desc limit 1 ) as newest on true where backup_states.failures > 0 order by backup_states.failed_at desc, organizations.subdomain limit $1",
        None,
    )
}
impl BackupsFailingStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        row_limit: &'a i64,
    ) -> BackupsFailingQuery<'c, 'a, 's, C, BackupsFailing, 1> {
        BackupsFailingQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<BackupsFailingBorrowed, tokio_postgres::Error> {
                Ok(BackupsFailingBorrowed {
                    subdomain: row.try_get(0)?,
                    failures: row.try_get(1)?,
                    failed_at: row.try_get(2)?,
                    why: row.try_get(3)?,
                })
            },
            mapper: |it| BackupsFailing::from(it),
        }
    }
}
pub struct BackupsBrokenStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn backups_broken() -> BackupsBrokenStmt {
    BackupsBrokenStmt(
        "select backups.id, organizations.subdomain::text as subdomain, backups.organization_id, taken_at, finished_at, seconds, schema_version, manifest_key, manifest_hash, stored_bytes, dump_bytes, tables, total_rows, verified_at, broken_why, held_by, held_why from backups join organizations on organizations.id = backups.organization_id where backups.broken_why is not null order by backups.taken_at desc, backups.id limit $1",
        None,
    )
}
impl BackupsBrokenStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        row_limit: &'a i64,
    ) -> BackupQuery<'c, 'a, 's, C, Backup, 1> {
        BackupQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<BackupBorrowed, tokio_postgres::Error> {
                    Ok(BackupBorrowed {
                        id: row.try_get(0)?,
                        subdomain: row.try_get(1)?,
                        organization_id: row.try_get(2)?,
                        taken_at: row.try_get(3)?,
                        finished_at: row.try_get(4)?,
                        seconds: row.try_get(5)?,
                        schema_version: row.try_get(6)?,
                        manifest_key: row.try_get(7)?,
                        manifest_hash: row.try_get(8)?,
                        stored_bytes: row.try_get(9)?,
                        dump_bytes: row.try_get(10)?,
                        tables: row.try_get(11)?,
                        total_rows: row.try_get(12)?,
                        verified_at: row.try_get(13)?,
                        broken_why: row.try_get(14)?,
                        held_by: row.try_get(15)?,
                        held_why: row.try_get(16)?,
                    })
                },
            mapper: |it| Backup::from(it),
        }
    }
}
pub struct ServerClockStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn server_clock() -> ServerClockStmt {
    ServerClockStmt("select now() as now", None)
}
impl ServerClockStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
    ) -> JiffTimestampQuery<'c, 'a, 's, C, jiff::Timestamp, 0> {
        JiffTimestampQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
