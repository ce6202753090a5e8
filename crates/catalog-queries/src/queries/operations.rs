// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct OperationInsertParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::JsonSql,
    T5: crate::StringSql,
    T6: crate::BytesSql,
    T7: crate::StringSql,
> {
    pub id: uuid::Uuid,
    pub kind: T1,
    pub step: T2,
    pub organization_id: Option<uuid::Uuid>,
    pub spare_id: Option<uuid::Uuid>,
    pub subdomain: Option<T3>,
    pub input: T4,
    pub actor: T5,
    pub secret_sealed: Option<T6>,
    pub trace_parent: Option<T7>,
}
#[derive(Debug)]
pub struct OperationsClaimParams<T1: crate::StringSql> {
    pub beside: bool,
    pub row_limit: i64,
    pub lease_token: i64,
    pub worker: T1,
    pub lease_seconds: f64,
}
#[derive(Clone, Copy, Debug)]
pub struct OperationExtendParams {
    pub lease_seconds: f64,
    pub id: uuid::Uuid,
    pub lease_token: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct OperationReleaseParams {
    pub id: uuid::Uuid,
    pub lease_token: i64,
}
#[derive(Debug)]
pub struct OperationStepParams<T1: crate::StringSql> {
    pub step: T1,
    pub lease_seconds: f64,
    pub id: uuid::Uuid,
    pub lease_token: i64,
}
#[derive(Debug)]
pub struct OperationTurnBackParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub step: T1,
    pub error: Option<T2>,
    pub lease_seconds: f64,
    pub id: uuid::Uuid,
    pub lease_token: i64,
}
#[derive(Debug)]
pub struct OperationWaitParams<T1: crate::StringSql> {
    pub seconds: f64,
    pub attempts: i32,
    pub waiting: T1,
    pub id: uuid::Uuid,
    pub lease_token: i64,
}
#[derive(Debug)]
pub struct OperationEndParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub state: T1,
    pub error: Option<T2>,
    pub id: uuid::Uuid,
    pub lease_token: i64,
}
#[derive(Debug)]
pub struct OperationCancelParams<T1: crate::StringSql> {
    pub actor: T1,
    pub id: uuid::Uuid,
}
#[derive(Debug)]
pub struct OperationPageParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub before: Option<uuid::Uuid>,
    pub subdomain: Option<T1>,
    pub with_spares: bool,
    pub state: Option<T2>,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct OperationEventInsertParams<T1: crate::StringSql> {
    pub operation_id: uuid::Uuid,
    pub message: T1,
}
#[derive(Clone, Copy, Debug)]
pub struct OperationEventsParams {
    pub operation_id: uuid::Uuid,
    pub after: i32,
    pub row_limit: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    pub id: uuid::Uuid,
    pub kind: String,
    pub step: String,
    pub direction: String,
    pub organization_id: Option<uuid::Uuid>,
    pub spare_id: Option<uuid::Uuid>,
    pub subdomain: Option<String>,
    pub state: String,
    pub input: serde_json::Value,
    pub error: Option<String>,
    pub actor: String,
    pub worker: Option<String>,
    pub attempts: i32,
    pub waiting: Option<String>,
    pub cancelled_by: Option<String>,
    pub secret_sealed: Option<Vec<u8>>,
    pub lease_token: i64,
    pub due_at: jiff::Timestamp,
    pub created_at: jiff::Timestamp,
    pub finished_at: Option<jiff::Timestamp>,
    pub trace_parent: Option<String>,
}
pub struct OperationBorrowed<'a> {
    pub id: uuid::Uuid,
    pub kind: &'a str,
    pub step: &'a str,
    pub direction: &'a str,
    pub organization_id: Option<uuid::Uuid>,
    pub spare_id: Option<uuid::Uuid>,
    pub subdomain: Option<&'a str>,
    pub state: &'a str,
    pub input: postgres_types::Json<&'a serde_json::value::RawValue>,
    pub error: Option<&'a str>,
    pub actor: &'a str,
    pub worker: Option<&'a str>,
    pub attempts: i32,
    pub waiting: Option<&'a str>,
    pub cancelled_by: Option<&'a str>,
    pub secret_sealed: Option<&'a [u8]>,
    pub lease_token: i64,
    pub due_at: jiff::Timestamp,
    pub created_at: jiff::Timestamp,
    pub finished_at: Option<jiff::Timestamp>,
    pub trace_parent: Option<&'a str>,
}
impl<'a> From<OperationBorrowed<'a>> for Operation {
    fn from(
        OperationBorrowed {
            id,
            kind,
            step,
            direction,
            organization_id,
            spare_id,
            subdomain,
            state,
            input,
            error,
            actor,
            worker,
            attempts,
            waiting,
            cancelled_by,
            secret_sealed,
            lease_token,
            due_at,
            created_at,
            finished_at,
            trace_parent,
        }: OperationBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            kind: kind.into(),
            step: step.into(),
            direction: direction.into(),
            organization_id,
            spare_id,
            subdomain: subdomain.map(|v| v.into()),
            state: state.into(),
            input: serde_json::from_str(input.0.get()).unwrap(),
            error: error.map(|v| v.into()),
            actor: actor.into(),
            worker: worker.map(|v| v.into()),
            attempts,
            waiting: waiting.map(|v| v.into()),
            cancelled_by: cancelled_by.map(|v| v.into()),
            secret_sealed: secret_sealed.map(|v| v.into()),
            lease_token,
            due_at,
            created_at,
            finished_at,
            trace_parent: trace_parent.map(|v| v.into()),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ProvisionInput {
    pub input: serde_json::Value,
    pub database_name: String,
    pub server_id: uuid::Uuid,
}
pub struct ProvisionInputBorrowed<'a> {
    pub input: postgres_types::Json<&'a serde_json::value::RawValue>,
    pub database_name: &'a str,
    pub server_id: uuid::Uuid,
}
impl<'a> From<ProvisionInputBorrowed<'a>> for ProvisionInput {
    fn from(
        ProvisionInputBorrowed { input, database_name, server_id }: ProvisionInputBorrowed<'a>,
    ) -> Self {
        Self {
            input: serde_json::from_str(input.0.get()).unwrap(),
            database_name: database_name.into(),
            server_id,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub sequence: i32,
    pub at: jiff::Timestamp,
    pub message: String,
}
pub struct EventBorrowed<'a> {
    pub sequence: i32,
    pub at: jiff::Timestamp,
    pub message: &'a str,
}
impl<'a> From<EventBorrowed<'a>> for Event {
    fn from(EventBorrowed { sequence, at, message }: EventBorrowed<'a>) -> Self {
        Self { sequence, at, message: message.into() }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct OperationQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<OperationBorrowed, tokio_postgres::Error>,
    mapper: fn(OperationBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> OperationQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(OperationBorrowed) -> R) -> OperationQuery<'c, 'a, 's, C, R, N> {
        OperationQuery {
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
pub struct Optionf64Query<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<Option<f64>, tokio_postgres::Error>,
    mapper: fn(Option<f64>) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> Optionf64Query<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(Option<f64>) -> R) -> Optionf64Query<'c, 'a, 's, C, R, N> {
        Optionf64Query {
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
pub struct ProvisionInputQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ProvisionInputBorrowed, tokio_postgres::Error>,
    mapper: fn(ProvisionInputBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ProvisionInputQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ProvisionInputBorrowed) -> R,
    ) -> ProvisionInputQuery<'c, 'a, 's, C, R, N> {
        ProvisionInputQuery {
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
pub struct EventQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<EventBorrowed, tokio_postgres::Error>,
    mapper: fn(EventBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> EventQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(EventBorrowed) -> R) -> EventQuery<'c, 'a, 's, C, R, N> {
        EventQuery {
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
pub struct I64Query<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<i64, tokio_postgres::Error>,
    mapper: fn(i64) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> I64Query<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(i64) -> R) -> I64Query<'c, 'a, 's, C, R, N> {
        I64Query {
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
pub struct OperationInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_insert() -> OperationInsertStmt {
    OperationInsertStmt(
        "insert into operations (id, kind, step, organization_id, spare_id, subdomain, input, actor, secret_sealed, trace_parent) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        None,
    )
}
impl OperationInsertStmt {
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
        T4: crate::JsonSql,
        T5: crate::StringSql,
        T6: crate::BytesSql,
        T7: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
        kind: &'a T1,
        step: &'a T2,
        organization_id: &'a Option<uuid::Uuid>,
        spare_id: &'a Option<uuid::Uuid>,
        subdomain: &'a Option<T3>,
        input: &'a T4,
        actor: &'a T5,
        secret_sealed: &'a Option<T6>,
        trace_parent: &'a Option<T7>,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    id,
                    kind,
                    step,
                    organization_id,
                    spare_id,
                    subdomain,
                    input,
                    actor,
                    secret_sealed,
                    trace_parent,
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
    T4: crate::JsonSql,
    T5: crate::StringSql,
    T6: crate::BytesSql,
    T7: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        OperationInsertParams<T1, T2, T3, T4, T5, T6, T7>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for OperationInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a OperationInsertParams<T1, T2, T3, T4, T5, T6, T7>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.id,
            &params.kind,
            &params.step,
            &params.organization_id,
            &params.spare_id,
            &params.subdomain,
            &params.input,
            &params.actor,
            &params.secret_sealed,
            &params.trace_parent,
        ))
    }
}
pub struct OperationsClaimStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operations_claim() -> OperationsClaimStmt {
    OperationsClaimStmt(
        "with due as ( select id from operations where state = 'RUNNING' and due_at <= now() and ($1 or kind not in ('backup', 'verify_backup', 'restore', 'drop_copy', 'drill', 'export')) order by due_at limit $2 for update skip locked ) update operations set lease_token = $3, worker = $4, due_at = now() + make_interval(secs => $5) from due where operations.id = due.id and set_config('synchronous_commit', 'off', true) = 'off' returning operations.id, kind, step, direction, organization_id, spare_id, subdomain, state, input, error, actor, worker, attempts, waiting, cancelled_by, secret_sealed, lease_token, due_at, created_at, finished_at, trace_parent",
        None,
    )
}
impl OperationsClaimStmt {
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
        beside: &'a bool,
        row_limit: &'a i64,
        lease_token: &'a i64,
        worker: &'a T1,
        lease_seconds: &'a f64,
    ) -> OperationQuery<'c, 'a, 's, C, Operation, 5> {
        OperationQuery {
            client,
            params: [beside, row_limit, lease_token, worker, lease_seconds],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<OperationBorrowed, tokio_postgres::Error> {
                    Ok(OperationBorrowed {
                        id: row.try_get(0)?,
                        kind: row.try_get(1)?,
                        step: row.try_get(2)?,
                        direction: row.try_get(3)?,
                        organization_id: row.try_get(4)?,
                        spare_id: row.try_get(5)?,
                        subdomain: row.try_get(6)?,
                        state: row.try_get(7)?,
                        input: row.try_get(8)?,
                        error: row.try_get(9)?,
                        actor: row.try_get(10)?,
                        worker: row.try_get(11)?,
                        attempts: row.try_get(12)?,
                        waiting: row.try_get(13)?,
                        cancelled_by: row.try_get(14)?,
                        secret_sealed: row.try_get(15)?,
                        lease_token: row.try_get(16)?,
                        due_at: row.try_get(17)?,
                        created_at: row.try_get(18)?,
                        finished_at: row.try_get(19)?,
                        trace_parent: row.try_get(20)?,
                    })
                },
            mapper: |it| Operation::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        OperationsClaimParams<T1>,
        OperationQuery<'c, 'a, 's, C, Operation, 5>,
        C,
    > for OperationsClaimStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a OperationsClaimParams<T1>,
    ) -> OperationQuery<'c, 'a, 's, C, Operation, 5> {
        self.bind(
            client,
            &params.beside,
            &params.row_limit,
            &params.lease_token,
            &params.worker,
            &params.lease_seconds,
        )
    }
}
pub struct OperationsNextDueStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operations_next_due() -> OperationsNextDueStmt {
    OperationsNextDueStmt(
        "select extract(epoch from min(due_at) - now())::double precision as seconds from operations where state = 'RUNNING' and ($1 or kind not in ('backup', 'verify_backup', 'restore', 'drop_copy', 'drill', 'export'))",
        None,
    )
}
impl OperationsNextDueStmt {
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
        beside: &'a bool,
    ) -> Optionf64Query<'c, 'a, 's, C, Option<f64>, 1> {
        Optionf64Query {
            client,
            params: [beside],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct OperationExtendStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_extend() -> OperationExtendStmt {
    OperationExtendStmt(
        "update operations set due_at = now() + make_interval(secs => $1) where id = $2 and lease_token = $3 and state = 'RUNNING'",
        None,
    )
}
impl OperationExtendStmt {
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
        lease_seconds: &'a f64,
        id: &'a uuid::Uuid,
        lease_token: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[lease_seconds, id, lease_token]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        OperationExtendParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for OperationExtendStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a OperationExtendParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.lease_seconds, &params.id, &params.lease_token))
    }
}
pub struct OperationReleaseStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_release() -> OperationReleaseStmt {
    OperationReleaseStmt(
        "update operations set due_at = now(), worker = null where id = $1 and lease_token = $2 and state = 'RUNNING'",
        None,
    )
}
impl OperationReleaseStmt {
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
        lease_token: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id, lease_token]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        OperationReleaseParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for OperationReleaseStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a OperationReleaseParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.id, &params.lease_token))
    }
}
pub struct OperationStepStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_step() -> OperationStepStmt {
    OperationStepStmt(
        "update operations set step = $1, attempts = 0, waiting = null, due_at = now() + make_interval(secs => $2) where id = $3 and lease_token = $4 and state = 'RUNNING'",
        None,
    )
}
impl OperationStepStmt {
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
        step: &'a T1,
        lease_seconds: &'a f64,
        id: &'a uuid::Uuid,
        lease_token: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[step, lease_seconds, id, lease_token]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        OperationStepParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for OperationStepStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a OperationStepParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.step,
            &params.lease_seconds,
            &params.id,
            &params.lease_token,
        ))
    }
}
pub struct CommitLazilyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn commit_lazily() -> CommitLazilyStmt {
    CommitLazilyStmt("select set_config('synchronous_commit', 'off', true) as setting", None)
}
impl CommitLazilyStmt {
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
    ) -> StringQuery<'c, 'a, 's, C, String, 0> {
        StringQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
pub struct OperationTurnBackStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_turn_back() -> OperationTurnBackStmt {
    OperationTurnBackStmt(
        "update operations set step = $1, direction = 'UNDO', error = $2, attempts = 0, waiting = null, due_at = now() + make_interval(secs => $3) where id = $4 and lease_token = $5 and state = 'RUNNING'",
        None,
    )
}
impl OperationTurnBackStmt {
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
        step: &'a T1,
        error: &'a Option<T2>,
        lease_seconds: &'a f64,
        id: &'a uuid::Uuid,
        lease_token: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[step, error, lease_seconds, id, lease_token]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        OperationTurnBackParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for OperationTurnBackStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a OperationTurnBackParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.step,
            &params.error,
            &params.lease_seconds,
            &params.id,
            &params.lease_token,
        ))
    }
}
pub struct OperationWaitStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_wait() -> OperationWaitStmt {
    OperationWaitStmt(
        "update operations set due_at = case when cancelled_by is null then now() + make_interval(secs => $1) else now() end, attempts = $2, waiting = $3, worker = null where id = $4 and lease_token = $5 and state = 'RUNNING'",
        None,
    )
}
impl OperationWaitStmt {
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
        seconds: &'a f64,
        attempts: &'a i32,
        waiting: &'a T1,
        id: &'a uuid::Uuid,
        lease_token: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[seconds, attempts, waiting, id, lease_token]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        OperationWaitParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for OperationWaitStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a OperationWaitParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.seconds,
            &params.attempts,
            &params.waiting,
            &params.id,
            &params.lease_token,
        ))
    }
}
pub struct OperationHurryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_hurry() -> OperationHurryStmt {
    OperationHurryStmt(
        "update operations set due_at = now(), waiting = null where id = $1 and state = 'RUNNING' and worker is null",
        None,
    )
}
impl OperationHurryStmt {
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
pub struct OperationEndStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_end() -> OperationEndStmt {
    OperationEndStmt(
        "update operations set state = $1, error = $2, finished_at = now(), worker = null, waiting = null where id = $3 and lease_token = $4 and state = 'RUNNING'",
        None,
    )
}
impl OperationEndStmt {
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
        state: &'a T1,
        error: &'a Option<T2>,
        id: &'a uuid::Uuid,
        lease_token: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[state, error, id, lease_token]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        OperationEndParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for OperationEndStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a OperationEndParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.state, &params.error, &params.id, &params.lease_token))
    }
}
pub struct OperationCancelStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_cancel() -> OperationCancelStmt {
    OperationCancelStmt(
        "update operations set cancelled_by = $1, due_at = case when worker is null then now() else due_at end where id = $2 and state = 'RUNNING' and cancelled_by is null",
        None,
    )
}
impl OperationCancelStmt {
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
        actor: &'a T1,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[actor, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        OperationCancelParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for OperationCancelStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a OperationCancelParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.actor, &params.id))
    }
}
pub struct OperationStateStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_state() -> OperationStateStmt {
    OperationStateStmt("select state from operations where id = $1", None)
}
impl OperationStateStmt {
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
    ) -> StringQuery<'c, 'a, 's, C, String, 1> {
        StringQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
pub struct OperationWishStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_wish() -> OperationWishStmt {
    OperationWishStmt("select cancelled_by from operations where id = $1", None)
}
impl OperationWishStmt {
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
pub struct OperationFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_fetch() -> OperationFetchStmt {
    OperationFetchStmt(
        "select id, kind, step, direction, organization_id, spare_id, subdomain, state, input, error, actor, worker, attempts, waiting, cancelled_by, secret_sealed, lease_token, due_at, created_at, finished_at, trace_parent from operations where id = $1",
        None,
    )
}
impl OperationFetchStmt {
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
    ) -> OperationQuery<'c, 'a, 's, C, Operation, 1> {
        OperationQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<OperationBorrowed, tokio_postgres::Error> {
                    Ok(OperationBorrowed {
                        id: row.try_get(0)?,
                        kind: row.try_get(1)?,
                        step: row.try_get(2)?,
                        direction: row.try_get(3)?,
                        organization_id: row.try_get(4)?,
                        spare_id: row.try_get(5)?,
                        subdomain: row.try_get(6)?,
                        state: row.try_get(7)?,
                        input: row.try_get(8)?,
                        error: row.try_get(9)?,
                        actor: row.try_get(10)?,
                        worker: row.try_get(11)?,
                        attempts: row.try_get(12)?,
                        waiting: row.try_get(13)?,
                        cancelled_by: row.try_get(14)?,
                        secret_sealed: row.try_get(15)?,
                        lease_token: row.try_get(16)?,
                        due_at: row.try_get(17)?,
                        created_at: row.try_get(18)?,
                        finished_at: row.try_get(19)?,
                        trace_parent: row.try_get(20)?,
                    })
                },
            mapper: |it| Operation::from(it),
        }
    }
}
pub struct OperationPageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_page() -> OperationPageStmt {
    OperationPageStmt(
        "select id, kind, step, direction, organization_id, spare_id, subdomain, state, input, error, actor, worker, attempts, waiting, cancelled_by, secret_sealed, lease_token, due_at, created_at, finished_at, trace_parent from operations where ($1::uuid is null or id < $1::uuid) and ($2::text is null or subdomain = $2::text) and ($3 or spare_id is null) and ($4::text is null or state = $4::text) order by id desc limit $5",
        None,
    )
}
impl OperationPageStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>(
        &'s self,
        client: &'c C,
        before: &'a Option<uuid::Uuid>,
        subdomain: &'a Option<T1>,
        with_spares: &'a bool,
        state: &'a Option<T2>,
        row_limit: &'a i64,
    ) -> OperationQuery<'c, 'a, 's, C, Operation, 5> {
        OperationQuery {
            client,
            params: [before, subdomain, with_spares, state, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<OperationBorrowed, tokio_postgres::Error> {
                    Ok(OperationBorrowed {
                        id: row.try_get(0)?,
                        kind: row.try_get(1)?,
                        step: row.try_get(2)?,
                        direction: row.try_get(3)?,
                        organization_id: row.try_get(4)?,
                        spare_id: row.try_get(5)?,
                        subdomain: row.try_get(6)?,
                        state: row.try_get(7)?,
                        input: row.try_get(8)?,
                        error: row.try_get(9)?,
                        actor: row.try_get(10)?,
                        worker: row.try_get(11)?,
                        attempts: row.try_get(12)?,
                        waiting: row.try_get(13)?,
                        cancelled_by: row.try_get(14)?,
                        secret_sealed: row.try_get(15)?,
                        lease_token: row.try_get(16)?,
                        due_at: row.try_get(17)?,
                        created_at: row.try_get(18)?,
                        finished_at: row.try_get(19)?,
                        trace_parent: row.try_get(20)?,
                    })
                },
            mapper: |it| Operation::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        OperationPageParams<T1, T2>,
        OperationQuery<'c, 'a, 's, C, Operation, 5>,
        C,
    > for OperationPageStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a OperationPageParams<T1, T2>,
    ) -> OperationQuery<'c, 'a, 's, C, Operation, 5> {
        self.bind(
            client,
            &params.before,
            &params.subdomain,
            &params.with_spares,
            &params.state,
            &params.row_limit,
        )
    }
}
pub struct OperationRunningOfStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_running_of() -> OperationRunningOfStmt {
    OperationRunningOfStmt(
        "select operations.id from operations join organizations on organizations.id = operations.organization_id where organizations.subdomain = $1::text::citext and operations.state = 'RUNNING'",
        None,
    )
}
impl OperationRunningOfStmt {
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
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 1> {
        UuidUuidQuery {
            client,
            params: [subdomain],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct OperationsStuckStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operations_stuck() -> OperationsStuckStmt {
    OperationsStuckStmt(
        "select id, kind, step, direction, organization_id, spare_id, subdomain, state, input, error, actor, worker, attempts, waiting, cancelled_by, secret_sealed, lease_token, due_at, created_at, finished_at, trace_parent from operations where state = 'RUNNING' and (waiting is not null or due_at < now() - interval '1 minute') and not (step = 'await_grace' and attempts = 0 and due_at > now() - interval '1 minute') order by id limit $1",
        None,
    )
}
impl OperationsStuckStmt {
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
    ) -> OperationQuery<'c, 'a, 's, C, Operation, 1> {
        OperationQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<OperationBorrowed, tokio_postgres::Error> {
                    Ok(OperationBorrowed {
                        id: row.try_get(0)?,
                        kind: row.try_get(1)?,
                        step: row.try_get(2)?,
                        direction: row.try_get(3)?,
                        organization_id: row.try_get(4)?,
                        spare_id: row.try_get(5)?,
                        subdomain: row.try_get(6)?,
                        state: row.try_get(7)?,
                        input: row.try_get(8)?,
                        error: row.try_get(9)?,
                        actor: row.try_get(10)?,
                        worker: row.try_get(11)?,
                        attempts: row.try_get(12)?,
                        waiting: row.try_get(13)?,
                        cancelled_by: row.try_get(14)?,
                        secret_sealed: row.try_get(15)?,
                        lease_token: row.try_get(16)?,
                        due_at: row.try_get(17)?,
                        created_at: row.try_get(18)?,
                        finished_at: row.try_get(19)?,
                        trace_parent: row.try_get(20)?,
                    })
                },
            mapper: |it| Operation::from(it),
        }
    }
}
pub struct ProvisionInputStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn provision_input() -> ProvisionInputStmt {
    ProvisionInputStmt(
        "select operations.input, tenants.database_name, tenants.server_id from organizations join tenants on tenants.organization_id = organizations.id and tenants.phase = 'READY' join operations on operations.organization_id = organizations.id and operations.kind = 'provision' and operations.state = 'DONE' where organizations.subdomain = $1::text::citext order by operations.id limit 1",
        None,
    )
}
impl ProvisionInputStmt {
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
    ) -> ProvisionInputQuery<'c, 'a, 's, C, ProvisionInput, 1> {
        ProvisionInputQuery {
            client,
            params: [subdomain],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<ProvisionInputBorrowed, tokio_postgres::Error> {
                Ok(ProvisionInputBorrowed {
                    input: row.try_get(0)?,
                    database_name: row.try_get(1)?,
                    server_id: row.try_get(2)?,
                })
            },
            mapper: |it| ProvisionInput::from(it),
        }
    }
}
pub struct OperationsScrubStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operations_scrub() -> OperationsScrubStmt {
    OperationsScrubStmt(
        "update operations set input = '{}', secret_sealed = null where organization_id = $1",
        None,
    )
}
impl OperationsScrubStmt {
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
pub struct OperationEventInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_event_insert() -> OperationEventInsertStmt {
    OperationEventInsertStmt(
        "insert into operation_events (operation_id, sequence, message) select $1, coalesce(max(operation_events.sequence), 0) + 1, $2 from operation_events where operation_events.operation_id = $1",
        None,
    )
}
impl OperationEventInsertStmt {
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
        operation_id: &'a uuid::Uuid,
        message: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[operation_id, message]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        OperationEventInsertParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for OperationEventInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a OperationEventInsertParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.operation_id, &params.message))
    }
}
pub struct OperationEventsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_events() -> OperationEventsStmt {
    OperationEventsStmt(
        "select sequence, at, message from operation_events where operation_id = $1 and sequence > $2 order by sequence limit $3",
        None,
    )
}
impl OperationEventsStmt {
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
        after: &'a i32,
        row_limit: &'a i64,
    ) -> EventQuery<'c, 'a, 's, C, Event, 3> {
        EventQuery {
            client,
            params: [operation_id, after, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<EventBorrowed, tokio_postgres::Error> {
                Ok(EventBorrowed {
                    sequence: row.try_get(0)?,
                    at: row.try_get(1)?,
                    message: row.try_get(2)?,
                })
            },
            mapper: |it| Event::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        OperationEventsParams,
        EventQuery<'c, 'a, 's, C, Event, 3>,
        C,
    > for OperationEventsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a OperationEventsParams,
    ) -> EventQuery<'c, 'a, 's, C, Event, 3> {
        self.bind(client, &params.operation_id, &params.after, &params.row_limit)
    }
}
pub struct OperationsTellStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operations_tell() -> OperationsTellStmt {
    OperationsTellStmt(
        "select count(pg_notify('cloison_operations', change)) as told from unnest($1::text[]) as change",
        None,
    )
}
impl OperationsTellStmt {
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
        changes: &'a T2,
    ) -> I64Query<'c, 'a, 's, C, i64, 1> {
        I64Query {
            client,
            params: [changes],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
