// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct HoldInsertParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub organization_id: uuid::Uuid,
    pub held_by: T1,
    pub reason: T2,
}
#[derive(Debug)]
pub struct ErasureRequestPutParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
> {
    pub organization_id: uuid::Uuid,
    pub operation_id: uuid::Uuid,
    pub asked_by: T1,
    pub reason: Option<T2>,
    pub grace_seconds: i32,
    pub without_fiscal_archive: bool,
    pub former_billing: T3,
    pub former_access: T4,
    pub former_phase: T5,
}
#[derive(Debug)]
pub struct ErasureMadeParams<T1: crate::StringSql, T2: crate::JsonSql> {
    pub step: T1,
    pub made: T2,
    pub organization_id: uuid::Uuid,
    pub first_counts: bool,
}
#[derive(Debug)]
pub struct SubscriptionRestoreParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub status: T1,
    pub organization_id: uuid::Uuid,
    pub reason: T2,
}
#[derive(Debug)]
pub struct TombstoneInsertParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub operation_id: uuid::Uuid,
    pub actor: T1,
    pub certificate: Option<T2>,
    pub organization_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct TombstoneLearnParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
> {
    pub organization_id: uuid::Uuid,
    pub number: i64,
    pub server: T1,
    pub database_name: T2,
    pub operation_id: uuid::Uuid,
    pub actor: T3,
    pub erased_at: jiff::Timestamp,
    pub asked_at: jiff::Timestamp,
    pub certificate: T4,
}
#[derive(Clone, Copy, Debug)]
pub struct ErasurePageParams {
    pub before: Option<i64>,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct FiscalArchivePutParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub organization_id: uuid::Uuid,
    pub object_key: T1,
    pub bytes: i64,
    pub sha256: T2,
    pub tables: Option<i32>,
    pub total_rows: Option<i64>,
    pub keep_until: jiff::Timestamp,
}
#[derive(Debug)]
pub struct FiscalArchiveLearnParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub organization_id: uuid::Uuid,
    pub object_key: T1,
    pub bytes: i64,
    pub sha256: T2,
    pub made_at: jiff::Timestamp,
    pub keep_until: jiff::Timestamp,
}
#[derive(Clone, Copy, Debug)]
pub struct FiscalArchivesExpiredParams {
    pub now: jiff::Timestamp,
    pub row_limit: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Hold {
    pub held_by: String,
    pub reason: String,
    pub since: jiff::Timestamp,
}
pub struct HoldBorrowed<'a> {
    pub held_by: &'a str,
    pub reason: &'a str,
    pub since: jiff::Timestamp,
}
impl<'a> From<HoldBorrowed<'a>> for Hold {
    fn from(HoldBorrowed { held_by, reason, since }: HoldBorrowed<'a>) -> Self {
        Self { held_by: held_by.into(), reason: reason.into(), since }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct RemovalUnderWay {
    pub id: uuid::Uuid,
    pub kind: String,
    pub step: String,
    pub direction: String,
}
pub struct RemovalUnderWayBorrowed<'a> {
    pub id: uuid::Uuid,
    pub kind: &'a str,
    pub step: &'a str,
    pub direction: &'a str,
}
impl<'a> From<RemovalUnderWayBorrowed<'a>> for RemovalUnderWay {
    fn from(
        RemovalUnderWayBorrowed { id, kind, step, direction }: RemovalUnderWayBorrowed<'a>,
    ) -> Self {
        Self { id, kind: kind.into(), step: step.into(), direction: direction.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    pub asked_by: String,
    pub asked_at: jiff::Timestamp,
    pub reason: Option<String>,
    pub grace_from: Option<jiff::Timestamp>,
    pub grace_seconds: i32,
    pub without_fiscal_archive: bool,
    pub former_billing: String,
    pub former_access: String,
    pub former_phase: String,
    pub made: serde_json::Value,
}
pub struct RequestBorrowed<'a> {
    pub asked_by: &'a str,
    pub asked_at: jiff::Timestamp,
    pub reason: Option<&'a str>,
    pub grace_from: Option<jiff::Timestamp>,
    pub grace_seconds: i32,
    pub without_fiscal_archive: bool,
    pub former_billing: &'a str,
    pub former_access: &'a str,
    pub former_phase: &'a str,
    pub made: postgres_types::Json<&'a serde_json::value::RawValue>,
}
impl<'a> From<RequestBorrowed<'a>> for Request {
    fn from(
        RequestBorrowed {
            asked_by,
            asked_at,
            reason,
            grace_from,
            grace_seconds,
            without_fiscal_archive,
            former_billing,
            former_access,
            former_phase,
            made,
        }: RequestBorrowed<'a>,
    ) -> Self {
        Self {
            asked_by: asked_by.into(),
            asked_at,
            reason: reason.map(|v| v.into()),
            grace_from,
            grace_seconds,
            without_fiscal_archive,
            former_billing: former_billing.into(),
            former_access: former_access.into(),
            former_phase: former_phase.into(),
            made: serde_json::from_str(made.0.get()).unwrap(),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Erasure {
    pub organization_id: uuid::Uuid,
    pub number: i64,
    pub server: String,
    pub database_name: String,
    pub operation_id: uuid::Uuid,
    pub actor: String,
    pub erased_at: jiff::Timestamp,
    pub asked_at: Option<jiff::Timestamp>,
    pub certificate: Option<String>,
    pub published_at: Option<jiff::Timestamp>,
}
pub struct ErasureBorrowed<'a> {
    pub organization_id: uuid::Uuid,
    pub number: i64,
    pub server: &'a str,
    pub database_name: &'a str,
    pub operation_id: uuid::Uuid,
    pub actor: &'a str,
    pub erased_at: jiff::Timestamp,
    pub asked_at: Option<jiff::Timestamp>,
    pub certificate: Option<&'a str>,
    pub published_at: Option<jiff::Timestamp>,
}
impl<'a> From<ErasureBorrowed<'a>> for Erasure {
    fn from(
        ErasureBorrowed {
            organization_id,
            number,
            server,
            database_name,
            operation_id,
            actor,
            erased_at,
            asked_at,
            certificate,
            published_at,
        }: ErasureBorrowed<'a>,
    ) -> Self {
        Self {
            organization_id,
            number,
            server: server.into(),
            database_name: database_name.into(),
            operation_id,
            actor: actor.into(),
            erased_at,
            asked_at,
            certificate: certificate.map(|v| v.into()),
            published_at,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct OrganizationsBack {
    pub id: uuid::Uuid,
    pub subdomain: String,
    pub number: i64,
}
pub struct OrganizationsBackBorrowed<'a> {
    pub id: uuid::Uuid,
    pub subdomain: &'a str,
    pub number: i64,
}
impl<'a> From<OrganizationsBackBorrowed<'a>> for OrganizationsBack {
    fn from(
        OrganizationsBackBorrowed { id, subdomain, number }: OrganizationsBackBorrowed<'a>,
    ) -> Self {
        Self { id, subdomain: subdomain.into(), number }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct FiscalArchive {
    pub object_key: String,
    pub bytes: i64,
    pub sha256: String,
    pub tables: Option<i32>,
    pub total_rows: Option<i64>,
    pub made_at: jiff::Timestamp,
    pub keep_until: jiff::Timestamp,
}
pub struct FiscalArchiveBorrowed<'a> {
    pub object_key: &'a str,
    pub bytes: i64,
    pub sha256: &'a str,
    pub tables: Option<i32>,
    pub total_rows: Option<i64>,
    pub made_at: jiff::Timestamp,
    pub keep_until: jiff::Timestamp,
}
impl<'a> From<FiscalArchiveBorrowed<'a>> for FiscalArchive {
    fn from(
        FiscalArchiveBorrowed {
            object_key,
            bytes,
            sha256,
            tables,
            total_rows,
            made_at,
            keep_until,
        }: FiscalArchiveBorrowed<'a>,
    ) -> Self {
        Self {
            object_key: object_key.into(),
            bytes,
            sha256: sha256.into(),
            tables,
            total_rows,
            made_at,
            keep_until,
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct HoldQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<HoldBorrowed, tokio_postgres::Error>,
    mapper: fn(HoldBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> HoldQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(HoldBorrowed) -> R) -> HoldQuery<'c, 'a, 's, C, R, N> {
        HoldQuery {
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
pub struct RemovalUnderWayQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<RemovalUnderWayBorrowed, tokio_postgres::Error>,
    mapper: fn(RemovalUnderWayBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RemovalUnderWayQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(RemovalUnderWayBorrowed) -> R,
    ) -> RemovalUnderWayQuery<'c, 'a, 's, C, R, N> {
        RemovalUnderWayQuery {
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
pub struct RequestQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<RequestBorrowed, tokio_postgres::Error>,
    mapper: fn(RequestBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RequestQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(RequestBorrowed) -> R) -> RequestQuery<'c, 'a, 's, C, R, N> {
        RequestQuery {
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
pub struct ErasureQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ErasureBorrowed, tokio_postgres::Error>,
    mapper: fn(ErasureBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ErasureQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ErasureBorrowed) -> R) -> ErasureQuery<'c, 'a, 's, C, R, N> {
        ErasureQuery {
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
pub struct OrganizationsBackQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<OrganizationsBackBorrowed, tokio_postgres::Error>,
    mapper: fn(OrganizationsBackBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> OrganizationsBackQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(OrganizationsBackBorrowed) -> R,
    ) -> OrganizationsBackQuery<'c, 'a, 's, C, R, N> {
        OrganizationsBackQuery {
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
pub struct FiscalArchiveQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FiscalArchiveBorrowed, tokio_postgres::Error>,
    mapper: fn(FiscalArchiveBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FiscalArchiveQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(FiscalArchiveBorrowed) -> R,
    ) -> FiscalArchiveQuery<'c, 'a, 's, C, R, N> {
        FiscalArchiveQuery {
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
pub struct HoldInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn hold_insert() -> HoldInsertStmt {
    HoldInsertStmt(
        "insert into legal_holds (organization_id, held_by, reason) values ($1, $2, $3) on conflict (organization_id) do nothing",
        None,
    )
}
impl HoldInsertStmt {
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
        organization_id: &'a uuid::Uuid,
        held_by: &'a T1,
        reason: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[organization_id, held_by, reason]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        HoldInsertParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for HoldInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a HoldInsertParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.organization_id, &params.held_by, &params.reason))
    }
}
pub struct HoldDeleteStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn hold_delete() -> HoldDeleteStmt {
    HoldDeleteStmt("delete from legal_holds where organization_id = $1", None)
}
impl HoldDeleteStmt {
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
pub struct HoldFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn hold_fetch() -> HoldFetchStmt {
    HoldFetchStmt("select held_by, reason, since from legal_holds where organization_id = $1", None)
}
impl HoldFetchStmt {
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
    ) -> HoldQuery<'c, 'a, 's, C, Hold, 1> {
        HoldQuery {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<HoldBorrowed, tokio_postgres::Error> {
                Ok(HoldBorrowed {
                    held_by: row.try_get(0)?,
                    reason: row.try_get(1)?,
                    since: row.try_get(2)?,
                })
            },
            mapper: |it| Hold::from(it),
        }
    }
}
pub struct RemovalUnderWayStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn removal_under_way() -> RemovalUnderWayStmt {
    RemovalUnderWayStmt(
        "select id, kind, step, direction from operations where organization_id = $1 and kind in ('erase', 'archive') and state = 'RUNNING'",
        None,
    )
}
impl RemovalUnderWayStmt {
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
    ) -> RemovalUnderWayQuery<'c, 'a, 's, C, RemovalUnderWay, 1> {
        RemovalUnderWayQuery {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<RemovalUnderWayBorrowed, tokio_postgres::Error> {
                Ok(RemovalUnderWayBorrowed {
                    id: row.try_get(0)?,
                    kind: row.try_get(1)?,
                    step: row.try_get(2)?,
                    direction: row.try_get(3)?,
                })
            },
            mapper: |it| RemovalUnderWay::from(it),
        }
    }
}
pub struct ErasureRequestPutStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn erasure_request_put() -> ErasureRequestPutStmt {
    ErasureRequestPutStmt(
        "insert into erasure_requests ( organization_id, operation_id, asked_by, reason, grace_seconds, without_fiscal_archive, former_billing, former_access, former_phase ) values ( $1, $2, $3, $4, $5, $6, $7, $8, $9 ) on conflict (organization_id) do update set operation_id = excluded.operation_id, asked_by = excluded.asked_by, asked_at = excluded.asked_at, reason = excluded.reason, grace_seconds = excluded.grace_seconds, without_fiscal_archive = excluded.without_fiscal_archive, former_billing = excluded.former_billing, former_access = excluded.former_access, former_phase = excluded.former_phase, grace_from = null, made = '{}'",
        None,
    )
}
impl ErasureRequestPutStmt {
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
        T2: crate::StringSql,
        T3: crate::StringSql,
        T4: crate::StringSql,
        T5: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        organization_id: &'a uuid::Uuid,
        operation_id: &'a uuid::Uuid,
        asked_by: &'a T1,
        reason: &'a Option<T2>,
        grace_seconds: &'a i32,
        without_fiscal_archive: &'a bool,
        former_billing: &'a T3,
        former_access: &'a T4,
        former_phase: &'a T5,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    organization_id,
                    operation_id,
                    asked_by,
                    reason,
                    grace_seconds,
                    without_fiscal_archive,
                    former_billing,
                    former_access,
                    former_phase,
                ],
            )
            .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ErasureRequestPutParams<T1, T2, T3, T4, T5>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ErasureRequestPutStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ErasureRequestPutParams<T1, T2, T3, T4, T5>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.organization_id,
            &params.operation_id,
            &params.asked_by,
            &params.reason,
            &params.grace_seconds,
            &params.without_fiscal_archive,
            &params.former_billing,
            &params.former_access,
            &params.former_phase,
        ))
    }
}
pub struct ErasureRequestFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn erasure_request_fetch() -> ErasureRequestFetchStmt {
    ErasureRequestFetchStmt(
        "select asked_by, asked_at, reason, grace_from, grace_seconds, without_fiscal_archive, former_billing, former_access, former_phase, made from erasure_requests where organization_id = $1",
        None,
    )
}
impl ErasureRequestFetchStmt {
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
    ) -> RequestQuery<'c, 'a, 's, C, Request, 1> {
        RequestQuery {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<RequestBorrowed, tokio_postgres::Error> {
                    Ok(RequestBorrowed {
                        asked_by: row.try_get(0)?,
                        asked_at: row.try_get(1)?,
                        reason: row.try_get(2)?,
                        grace_from: row.try_get(3)?,
                        grace_seconds: row.try_get(4)?,
                        without_fiscal_archive: row.try_get(5)?,
                        former_billing: row.try_get(6)?,
                        former_access: row.try_get(7)?,
                        former_phase: row.try_get(8)?,
                        made: row.try_get(9)?,
                    })
                },
            mapper: |it| Request::from(it),
        }
    }
}
pub struct ErasureRequestDeleteStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn erasure_request_delete() -> ErasureRequestDeleteStmt {
    ErasureRequestDeleteStmt("delete from erasure_requests where organization_id = $1", None)
}
impl ErasureRequestDeleteStmt {
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
pub struct ErasureMadeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn erasure_made() -> ErasureMadeStmt {
    ErasureMadeStmt(
        "update erasure_requests set made = jsonb_set(made, array[$1::text], $2::jsonb || jsonb_build_object('at', now())) where organization_id = $3 and not ($4 and made ? $1::text)",
        None,
    )
}
impl ErasureMadeStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::JsonSql>(
        &'s self,
        client: &'c C,
        step: &'a T1,
        made: &'a T2,
        organization_id: &'a uuid::Uuid,
        first_counts: &'a bool,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[step, made, organization_id, first_counts]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::JsonSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ErasureMadeParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ErasureMadeStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ErasureMadeParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.step,
            &params.made,
            &params.organization_id,
            &params.first_counts,
        ))
    }
}
pub struct SubscriptionRestoreStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn subscription_restore() -> SubscriptionRestoreStmt {
    SubscriptionRestoreStmt(
        "with restored as ( update subscriptions set status = $1, cancelled_at = case when $1 = 'CANCELLED' then cancelled_at end where id = ( select subscriptions.id from subscriptions where subscriptions.organization_id = $2 order by subscriptions.created_at desc limit 1 ) and status <> $1 returning id ) insert into subscription_events (subscription_id, from_status, to_status, reason) select restored.id, 'CANCELLED', $1, $3 from restored",
        None,
    )
}
impl SubscriptionRestoreStmt {
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
        status: &'a T1,
        organization_id: &'a uuid::Uuid,
        reason: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[status, organization_id, reason]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SubscriptionRestoreParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for SubscriptionRestoreStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SubscriptionRestoreParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.status, &params.organization_id, &params.reason))
    }
}
pub struct TombstoneInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tombstone_insert() -> TombstoneInsertStmt {
    TombstoneInsertStmt(
        "insert into erasures (organization_id, number, server, database_name, operation_id, actor, asked_at, certificate) select organizations.id, organizations.number, servers.name, tenants.database_name, $1, coalesce(erasure_requests.asked_by, $2), erasure_requests.asked_at, $3 from organizations join tenants on tenants.organization_id = organizations.id join servers on servers.id = tenants.server_id left join erasure_requests on erasure_requests.organization_id = organizations.id where organizations.id = $4 on conflict do nothing",
        None,
    )
}
impl TombstoneInsertStmt {
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
        operation_id: &'a uuid::Uuid,
        actor: &'a T1,
        certificate: &'a Option<T2>,
        organization_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[operation_id, actor, certificate, organization_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        TombstoneInsertParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for TombstoneInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a TombstoneInsertParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.operation_id,
            &params.actor,
            &params.certificate,
            &params.organization_id,
        ))
    }
}
pub struct TombstoneLearnStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tombstone_learn() -> TombstoneLearnStmt {
    TombstoneLearnStmt(
        "insert into erasures ( organization_id, number, server, database_name, operation_id, actor, erased_at, asked_at, certificate, published_at ) values ( $1, $2, $3, $4, $5, $6, $7, $8, $9, now() ) on conflict do nothing",
        None,
    )
}
impl TombstoneLearnStmt {
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
        T2: crate::StringSql,
        T3: crate::StringSql,
        T4: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        organization_id: &'a uuid::Uuid,
        number: &'a i64,
        server: &'a T1,
        database_name: &'a T2,
        operation_id: &'a uuid::Uuid,
        actor: &'a T3,
        erased_at: &'a jiff::Timestamp,
        asked_at: &'a jiff::Timestamp,
        certificate: &'a T4,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    organization_id,
                    number,
                    server,
                    database_name,
                    operation_id,
                    actor,
                    erased_at,
                    asked_at,
                    certificate,
                ],
            )
            .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        TombstoneLearnParams<T1, T2, T3, T4>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for TombstoneLearnStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a TombstoneLearnParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.organization_id,
            &params.number,
            &params.server,
            &params.database_name,
            &params.operation_id,
            &params.actor,
            &params.erased_at,
            &params.asked_at,
            &params.certificate,
        ))
    }
}
pub struct ErasurePublishedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn erasure_published() -> ErasurePublishedStmt {
    ErasurePublishedStmt(
        "update erasures set published_at = now() where operation_id = $1 and certificate is not null and published_at is null",
        None,
    )
}
impl ErasurePublishedStmt {
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
        operation_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[operation_id]).await
    }
}
pub struct ErasureFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn erasure_fetch() -> ErasureFetchStmt {
    ErasureFetchStmt(
        "select organization_id, number, server, database_name, operation_id, actor, erased_at, asked_at, certificate, published_at from erasures where organization_id = $1",
        None,
    )
}
impl ErasureFetchStmt {
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
    ) -> ErasureQuery<'c, 'a, 's, C, Erasure, 1> {
        ErasureQuery {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ErasureBorrowed, tokio_postgres::Error> {
                    Ok(ErasureBorrowed {
                        organization_id: row.try_get(0)?,
                        number: row.try_get(1)?,
                        server: row.try_get(2)?,
                        database_name: row.try_get(3)?,
                        operation_id: row.try_get(4)?,
                        actor: row.try_get(5)?,
                        erased_at: row.try_get(6)?,
                        asked_at: row.try_get(7)?,
                        certificate: row.try_get(8)?,
                        published_at: row.try_get(9)?,
                    })
                },
            mapper: |it| Erasure::from(it),
        }
    }
}
pub struct ErasureOfOperationStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn erasure_of_operation() -> ErasureOfOperationStmt {
    ErasureOfOperationStmt(
        "select organization_id, number, server, database_name, operation_id, actor, erased_at, asked_at, certificate, published_at from erasures where operation_id = $1",
        None,
    )
}
impl ErasureOfOperationStmt {
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
        operation_id: &'a uuid::Uuid,
    ) -> ErasureQuery<'c, 'a, 's, C, Erasure, 1> {
        ErasureQuery {
            client,
            params: [operation_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ErasureBorrowed, tokio_postgres::Error> {
                    Ok(ErasureBorrowed {
                        organization_id: row.try_get(0)?,
                        number: row.try_get(1)?,
                        server: row.try_get(2)?,
                        database_name: row.try_get(3)?,
                        operation_id: row.try_get(4)?,
                        actor: row.try_get(5)?,
                        erased_at: row.try_get(6)?,
                        asked_at: row.try_get(7)?,
                        certificate: row.try_get(8)?,
                        published_at: row.try_get(9)?,
                    })
                },
            mapper: |it| Erasure::from(it),
        }
    }
}
pub struct ErasureOfNumberStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn erasure_of_number() -> ErasureOfNumberStmt {
    ErasureOfNumberStmt(
        "select organization_id, number, server, database_name, operation_id, actor, erased_at, asked_at, certificate, published_at from erasures where number = $1",
        None,
    )
}
impl ErasureOfNumberStmt {
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
        number: &'a i64,
    ) -> ErasureQuery<'c, 'a, 's, C, Erasure, 1> {
        ErasureQuery {
            client,
            params: [number],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ErasureBorrowed, tokio_postgres::Error> {
                    Ok(ErasureBorrowed {
                        organization_id: row.try_get(0)?,
                        number: row.try_get(1)?,
                        server: row.try_get(2)?,
                        database_name: row.try_get(3)?,
                        operation_id: row.try_get(4)?,
                        actor: row.try_get(5)?,
                        erased_at: row.try_get(6)?,
                        asked_at: row.try_get(7)?,
                        certificate: row.try_get(8)?,
                        published_at: row.try_get(9)?,
                    })
                },
            mapper: |it| Erasure::from(it),
        }
    }
}
pub struct ErasureOfDatabaseStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn erasure_of_database() -> ErasureOfDatabaseStmt {
    ErasureOfDatabaseStmt(
        "select organization_id, number, server, database_name, operation_id, actor, erased_at, asked_at, certificate, published_at from erasures where database_name = $1",
        None,
    )
}
impl ErasureOfDatabaseStmt {
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
        database_name: &'a T1,
    ) -> ErasureQuery<'c, 'a, 's, C, Erasure, 1> {
        ErasureQuery {
            client,
            params: [database_name],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ErasureBorrowed, tokio_postgres::Error> {
                    Ok(ErasureBorrowed {
                        organization_id: row.try_get(0)?,
                        number: row.try_get(1)?,
                        server: row.try_get(2)?,
                        database_name: row.try_get(3)?,
                        operation_id: row.try_get(4)?,
                        actor: row.try_get(5)?,
                        erased_at: row.try_get(6)?,
                        asked_at: row.try_get(7)?,
                        certificate: row.try_get(8)?,
                        published_at: row.try_get(9)?,
                    })
                },
            mapper: |it| Erasure::from(it),
        }
    }
}
pub struct ErasurePageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn erasure_page() -> ErasurePageStmt {
    ErasurePageStmt(
        "select organization_id, number, server, database_name, operation_id, actor, erased_at, asked_at, certificate, published_at from erasures where $1::bigint is null or number < $1::bigint order by number desc limit $2",
        None,
    )
}
impl ErasurePageStmt {
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
        before: &'a Option<i64>,
        row_limit: &'a i64,
    ) -> ErasureQuery<'c, 'a, 's, C, Erasure, 2> {
        ErasureQuery {
            client,
            params: [before, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ErasureBorrowed, tokio_postgres::Error> {
                    Ok(ErasureBorrowed {
                        organization_id: row.try_get(0)?,
                        number: row.try_get(1)?,
                        server: row.try_get(2)?,
                        database_name: row.try_get(3)?,
                        operation_id: row.try_get(4)?,
                        actor: row.try_get(5)?,
                        erased_at: row.try_get(6)?,
                        asked_at: row.try_get(7)?,
                        certificate: row.try_get(8)?,
                        published_at: row.try_get(9)?,
                    })
                },
            mapper: |it| Erasure::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ErasurePageParams,
        ErasureQuery<'c, 'a, 's, C, Erasure, 2>,
        C,
    > for ErasurePageStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ErasurePageParams,
    ) -> ErasureQuery<'c, 'a, 's, C, Erasure, 2> {
        self.bind(client, &params.before, &params.row_limit)
    }
}
pub struct ErasuresUnpublishedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn erasures_unpublished() -> ErasuresUnpublishedStmt {
    ErasuresUnpublishedStmt(
        "select organization_id, number, server, database_name, operation_id, actor, erased_at, asked_at, certificate, published_at from erasures where certificate is not null and published_at is null order by number limit $1",
        None,
    )
}
impl ErasuresUnpublishedStmt {
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
    ) -> ErasureQuery<'c, 'a, 's, C, Erasure, 1> {
        ErasureQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ErasureBorrowed, tokio_postgres::Error> {
                    Ok(ErasureBorrowed {
                        organization_id: row.try_get(0)?,
                        number: row.try_get(1)?,
                        server: row.try_get(2)?,
                        database_name: row.try_get(3)?,
                        operation_id: row.try_get(4)?,
                        actor: row.try_get(5)?,
                        erased_at: row.try_get(6)?,
                        asked_at: row.try_get(7)?,
                        certificate: row.try_get(8)?,
                        published_at: row.try_get(9)?,
                    })
                },
            mapper: |it| Erasure::from(it),
        }
    }
}
pub struct ErasureIsKnownStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn erasure_is_known() -> ErasureIsKnownStmt {
    ErasureIsKnownStmt(
        "select exists (select from erasures where erasures.organization_id = $1) as is_known",
        None,
    )
}
impl ErasureIsKnownStmt {
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
    ) -> BoolQuery<'c, 'a, 's, C, bool, 1> {
        BoolQuery {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct OrganizationsBackStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn organizations_back() -> OrganizationsBackStmt {
    OrganizationsBackStmt(
        "select organizations.id, organizations.subdomain::text as subdomain, organizations.number from organizations join erasures on erasures.organization_id = organizations.id or erasures.number = organizations.number order by organizations.number limit $1",
        None,
    )
}
impl OrganizationsBackStmt {
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
    ) -> OrganizationsBackQuery<'c, 'a, 's, C, OrganizationsBack, 1> {
        OrganizationsBackQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<OrganizationsBackBorrowed, tokio_postgres::Error> {
                Ok(OrganizationsBackBorrowed {
                    id: row.try_get(0)?,
                    subdomain: row.try_get(1)?,
                    number: row.try_get(2)?,
                })
            },
            mapper: |it| OrganizationsBack::from(it),
        }
    }
}
pub struct FiscalArchivePutStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn fiscal_archive_put() -> FiscalArchivePutStmt {
    FiscalArchivePutStmt(
        "insert into fiscal_archives (organization_id, object_key, bytes, sha256, tables, total_rows, keep_until) values ($1, $2, $3, $4, $5, $6, $7) on conflict (organization_id) do update set object_key = excluded.object_key, bytes = excluded.bytes, sha256 = excluded.sha256, tables = excluded.tables, total_rows = excluded.total_rows, made_at = excluded.made_at, keep_until = excluded.keep_until",
        None,
    )
}
impl FiscalArchivePutStmt {
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
        organization_id: &'a uuid::Uuid,
        object_key: &'a T1,
        bytes: &'a i64,
        sha256: &'a T2,
        tables: &'a Option<i32>,
        total_rows: &'a Option<i64>,
        keep_until: &'a jiff::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[organization_id, object_key, bytes, sha256, tables, total_rows, keep_until],
            )
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        FiscalArchivePutParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for FiscalArchivePutStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a FiscalArchivePutParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.organization_id,
            &params.object_key,
            &params.bytes,
            &params.sha256,
            &params.tables,
            &params.total_rows,
            &params.keep_until,
        ))
    }
}
pub struct FiscalArchiveLearnStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn fiscal_archive_learn() -> FiscalArchiveLearnStmt {
    FiscalArchiveLearnStmt(
        "insert into fiscal_archives (organization_id, object_key, bytes, sha256, made_at, keep_until) values ($1, $2, $3, $4, $5, $6) on conflict (organization_id) do nothing",
        None,
    )
}
impl FiscalArchiveLearnStmt {
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
        organization_id: &'a uuid::Uuid,
        object_key: &'a T1,
        bytes: &'a i64,
        sha256: &'a T2,
        made_at: &'a jiff::Timestamp,
        keep_until: &'a jiff::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(self.0, &[organization_id, object_key, bytes, sha256, made_at, keep_until])
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        FiscalArchiveLearnParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for FiscalArchiveLearnStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a FiscalArchiveLearnParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.organization_id,
            &params.object_key,
            &params.bytes,
            &params.sha256,
            &params.made_at,
            &params.keep_until,
        ))
    }
}
pub struct FiscalArchiveDeleteStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn fiscal_archive_delete() -> FiscalArchiveDeleteStmt {
    FiscalArchiveDeleteStmt("delete from fiscal_archives where organization_id = $1", None)
}
impl FiscalArchiveDeleteStmt {
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
pub struct FiscalArchiveFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn fiscal_archive_fetch() -> FiscalArchiveFetchStmt {
    FiscalArchiveFetchStmt(
        "select object_key, bytes, sha256, tables, total_rows, made_at, keep_until from fiscal_archives where organization_id = $1",
        None,
    )
}
impl FiscalArchiveFetchStmt {
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
    ) -> FiscalArchiveQuery<'c, 'a, 's, C, FiscalArchive, 1> {
        FiscalArchiveQuery {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<FiscalArchiveBorrowed, tokio_postgres::Error> {
                    Ok(FiscalArchiveBorrowed {
                        object_key: row.try_get(0)?,
                        bytes: row.try_get(1)?,
                        sha256: row.try_get(2)?,
                        tables: row.try_get(3)?,
                        total_rows: row.try_get(4)?,
                        made_at: row.try_get(5)?,
                        keep_until: row.try_get(6)?,
                    })
                },
            mapper: |it| FiscalArchive::from(it),
        }
    }
}
pub struct FiscalArchivesExpiredStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn fiscal_archives_expired() -> FiscalArchivesExpiredStmt {
    FiscalArchivesExpiredStmt(
        "select organization_id from fiscal_archives where keep_until < $1 order by keep_until limit $2",
        None,
    )
}
impl FiscalArchivesExpiredStmt {
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
        now: &'a jiff::Timestamp,
        row_limit: &'a i64,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        UuidUuidQuery {
            client,
            params: [now, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        FiscalArchivesExpiredParams,
        UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2>,
        C,
    > for FiscalArchivesExpiredStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a FiscalArchivesExpiredParams,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        self.bind(client, &params.now, &params.row_limit)
    }
}
