// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct WebhookInsertParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::ArraySql<Item = T3>,
    T5: crate::BytesSql,
> {
    pub id: uuid::Uuid,
    pub url: T1,
    pub description: T2,
    pub event_types: T4,
    pub secret_sealed: T5,
}
#[derive(Debug)]
pub struct WebhookChangeParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::ArraySql<Item = T3>,
> {
    pub url: Option<T1>,
    pub description: Option<T2>,
    pub event_types: Option<T4>,
    pub id: uuid::Uuid,
}
#[derive(Debug)]
pub struct WebhookDisableParams<T1: crate::StringSql> {
    pub why: T1,
    pub id: uuid::Uuid,
}
#[derive(Debug)]
pub struct WebhookRotateParams<T1: crate::BytesSql> {
    pub hours: i32,
    pub secret_sealed: T1,
    pub id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct WebhookReplayParams {
    pub after: i64,
    pub id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct WebhooksClaimParams {
    pub row_limit: i64,
    pub lease_token: i64,
    pub lease_seconds: f64,
}
#[derive(Clone, Copy, Debug)]
pub struct WebhookDueParams {
    pub id: uuid::Uuid,
    pub lease_token: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct WebhookDeliveredParams {
    pub before: i64,
    pub sequence: i64,
    pub lease_seconds: f64,
    pub id: uuid::Uuid,
    pub lease_token: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct WebhookFailedParams {
    pub before: i64,
    pub seconds: f64,
    pub id: uuid::Uuid,
    pub lease_token: i64,
}
#[derive(Debug)]
pub struct WebhookGiveUpParams<T1: crate::StringSql> {
    pub why: T1,
    pub id: uuid::Uuid,
    pub lease_token: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct WebhookRestParams {
    pub before: i64,
    pub seen: i64,
    pub id: uuid::Uuid,
    pub lease_token: i64,
}
#[derive(Debug)]
pub struct WebhookDeliveryInsertParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub event_id: uuid::Uuid,
    pub sequence: Option<i64>,
    pub r#type: T1,
    pub status: Option<i32>,
    pub why: Option<T2>,
    pub milliseconds: i32,
    pub endpoint_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct WebhookDeliveriesForgetParams {
    pub endpoint_id: uuid::Uuid,
    pub kept: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct WebhookDeliveryListParams {
    pub endpoint_id: uuid::Uuid,
    pub row_limit: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Endpoint {
    pub id: uuid::Uuid,
    pub url: String,
    pub description: String,
    pub event_types: Vec<String>,
    pub state: String,
    pub disabled_why: Option<String>,
    pub cursor: i64,
    pub failures: i32,
    pub failing_since: Option<jiff::Timestamp>,
    pub due_at: jiff::Timestamp,
    pub leased_until: Option<jiff::Timestamp>,
    pub former_secret_until: Option<jiff::Timestamp>,
    pub created_at: jiff::Timestamp,
}
pub struct EndpointBorrowed<'a> {
    pub id: uuid::Uuid,
    pub url: &'a str,
    pub description: &'a str,
    pub event_types: crate::ArrayIterator<'a, &'a str>,
    pub state: &'a str,
    pub disabled_why: Option<&'a str>,
    pub cursor: i64,
    pub failures: i32,
    pub failing_since: Option<jiff::Timestamp>,
    pub due_at: jiff::Timestamp,
    pub leased_until: Option<jiff::Timestamp>,
    pub former_secret_until: Option<jiff::Timestamp>,
    pub created_at: jiff::Timestamp,
}
impl<'a> From<EndpointBorrowed<'a>> for Endpoint {
    fn from(
        EndpointBorrowed {
            id,
            url,
            description,
            event_types,
            state,
            disabled_why,
            cursor,
            failures,
            failing_since,
            due_at,
            leased_until,
            former_secret_until,
            created_at,
        }: EndpointBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            url: url.into(),
            description: description.into(),
            event_types: event_types.map(|v| v.into()).collect(),
            state: state.into(),
            disabled_why: disabled_why.map(|v| v.into()),
            cursor,
            failures,
            failing_since,
            due_at,
            leased_until,
            former_secret_until,
            created_at,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct WebhookSecrets {
    pub url: String,
    pub secret_sealed: Vec<u8>,
    pub former_secret_sealed: Option<Vec<u8>>,
}
pub struct WebhookSecretsBorrowed<'a> {
    pub url: &'a str,
    pub secret_sealed: &'a [u8],
    pub former_secret_sealed: Option<&'a [u8]>,
}
impl<'a> From<WebhookSecretsBorrowed<'a>> for WebhookSecrets {
    fn from(
        WebhookSecretsBorrowed { url, secret_sealed, former_secret_sealed }: WebhookSecretsBorrowed<
            'a,
        >,
    ) -> Self {
        Self {
            url: url.into(),
            secret_sealed: secret_sealed.into(),
            former_secret_sealed: former_secret_sealed.map(|v| v.into()),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Due {
    pub url: String,
    pub secret_sealed: Vec<u8>,
    pub former_secret_sealed: Option<Vec<u8>>,
    pub cursor: i64,
    pub failures: i32,
    pub failing_since: Option<jiff::Timestamp>,
    pub sequence: Option<i64>,
    pub event_id: Option<uuid::Uuid>,
    pub r#type: Option<String>,
    pub organization_id: Option<uuid::Uuid>,
    pub subdomain: Option<String>,
    pub at: Option<jiff::Timestamp>,
    pub data: Option<serde_json::Value>,
}
pub struct DueBorrowed<'a> {
    pub url: &'a str,
    pub secret_sealed: &'a [u8],
    pub former_secret_sealed: Option<&'a [u8]>,
    pub cursor: i64,
    pub failures: i32,
    pub failing_since: Option<jiff::Timestamp>,
    pub sequence: Option<i64>,
    pub event_id: Option<uuid::Uuid>,
    pub r#type: Option<&'a str>,
    pub organization_id: Option<uuid::Uuid>,
    pub subdomain: Option<&'a str>,
    pub at: Option<jiff::Timestamp>,
    pub data: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
}
impl<'a> From<DueBorrowed<'a>> for Due {
    fn from(
        DueBorrowed {
            url,
            secret_sealed,
            former_secret_sealed,
            cursor,
            failures,
            failing_since,
            sequence,
            event_id,
            r#type,
            organization_id,
            subdomain,
            at,
            data,
        }: DueBorrowed<'a>,
    ) -> Self {
        Self {
            url: url.into(),
            secret_sealed: secret_sealed.into(),
            former_secret_sealed: former_secret_sealed.map(|v| v.into()),
            cursor,
            failures,
            failing_since,
            sequence,
            event_id,
            r#type: r#type.map(|v| v.into()),
            organization_id,
            subdomain: subdomain.map(|v| v.into()),
            at,
            data: data.map(|v| serde_json::from_str(v.0.get()).unwrap()),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    pub event_id: uuid::Uuid,
    pub sequence: Option<i64>,
    pub r#type: String,
    pub at: jiff::Timestamp,
    pub status: Option<i32>,
    pub why: Option<String>,
    pub milliseconds: i32,
}
pub struct DeliveryBorrowed<'a> {
    pub event_id: uuid::Uuid,
    pub sequence: Option<i64>,
    pub r#type: &'a str,
    pub at: jiff::Timestamp,
    pub status: Option<i32>,
    pub why: Option<&'a str>,
    pub milliseconds: i32,
}
impl<'a> From<DeliveryBorrowed<'a>> for Delivery {
    fn from(
        DeliveryBorrowed {
            event_id,
            sequence,
            r#type,
            at,
            status,
            why,
            milliseconds,
        }: DeliveryBorrowed<'a>,
    ) -> Self {
        Self {
            event_id,
            sequence,
            r#type: r#type.into(),
            at,
            status,
            why: why.map(|v| v.into()),
            milliseconds,
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
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
pub struct EndpointQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<EndpointBorrowed, tokio_postgres::Error>,
    mapper: fn(EndpointBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> EndpointQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(EndpointBorrowed) -> R) -> EndpointQuery<'c, 'a, 's, C, R, N> {
        EndpointQuery {
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
pub struct WebhookSecretsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<WebhookSecretsBorrowed, tokio_postgres::Error>,
    mapper: fn(WebhookSecretsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> WebhookSecretsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(WebhookSecretsBorrowed) -> R,
    ) -> WebhookSecretsQuery<'c, 'a, 's, C, R, N> {
        WebhookSecretsQuery {
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
pub struct DueQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<DueBorrowed, tokio_postgres::Error>,
    mapper: fn(DueBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DueQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(DueBorrowed) -> R) -> DueQuery<'c, 'a, 's, C, R, N> {
        DueQuery {
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
pub struct DeliveryQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<DeliveryBorrowed, tokio_postgres::Error>,
    mapper: fn(DeliveryBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DeliveryQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(DeliveryBorrowed) -> R) -> DeliveryQuery<'c, 'a, 's, C, R, N> {
        DeliveryQuery {
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
pub struct WebhooksLockStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhooks_lock() -> WebhooksLockStmt {
    WebhooksLockStmt(
        "select count(pg_advisory_xact_lock(hashtext('cloison webhooks'))) as locked",
        None,
    )
}
impl WebhooksLockStmt {
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
    ) -> I64Query<'c, 'a, 's, C, i64, 0> {
        I64Query {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct WebhooksCountStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhooks_count() -> WebhooksCountStmt {
    WebhooksCountStmt("select count(*) as endpoints from webhook_endpoints", None)
}
impl WebhooksCountStmt {
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
    ) -> I64Query<'c, 'a, 's, C, i64, 0> {
        I64Query {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct WebhookInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhook_insert() -> WebhookInsertStmt {
    WebhookInsertStmt(
        "insert into webhook_endpoints (id, url, description, event_types, secret_sealed, cursor) select $1, $2, $3, $4, $5, coalesce(max(sequence), 0) from events",
        None,
    )
}
impl WebhookInsertStmt {
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
        T4: crate::ArraySql<Item = T3>,
        T5: crate::BytesSql,
    >(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
        url: &'a T1,
        description: &'a T2,
        event_types: &'a T4,
        secret_sealed: &'a T5,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id, url, description, event_types, secret_sealed]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::ArraySql<Item = T3>,
    T5: crate::BytesSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WebhookInsertParams<T1, T2, T3, T4, T5>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for WebhookInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WebhookInsertParams<T1, T2, T3, T4, T5>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.id,
            &params.url,
            &params.description,
            &params.event_types,
            &params.secret_sealed,
        ))
    }
}
pub struct WebhookListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhook_list() -> WebhookListStmt {
    WebhookListStmt(
        "select id, url, description, event_types, state, disabled_why, cursor, failures, failing_since, due_at, leased_until, former_secret_until, created_at from webhook_endpoints order by id limit $1",
        None,
    )
}
impl WebhookListStmt {
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
    ) -> EndpointQuery<'c, 'a, 's, C, Endpoint, 1> {
        EndpointQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<EndpointBorrowed, tokio_postgres::Error> {
                    Ok(EndpointBorrowed {
                        id: row.try_get(0)?,
                        url: row.try_get(1)?,
                        description: row.try_get(2)?,
                        event_types: row.try_get(3)?,
                        state: row.try_get(4)?,
                        disabled_why: row.try_get(5)?,
                        cursor: row.try_get(6)?,
                        failures: row.try_get(7)?,
                        failing_since: row.try_get(8)?,
                        due_at: row.try_get(9)?,
                        leased_until: row.try_get(10)?,
                        former_secret_until: row.try_get(11)?,
                        created_at: row.try_get(12)?,
                    })
                },
            mapper: |it| Endpoint::from(it),
        }
    }
}
pub struct WebhookFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhook_fetch() -> WebhookFetchStmt {
    WebhookFetchStmt(
        "select id, url, description, event_types, state, disabled_why, cursor, failures, failing_since, due_at, leased_until, former_secret_until, created_at from webhook_endpoints where id = $1",
        None,
    )
}
impl WebhookFetchStmt {
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
    ) -> EndpointQuery<'c, 'a, 's, C, Endpoint, 1> {
        EndpointQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<EndpointBorrowed, tokio_postgres::Error> {
                    Ok(EndpointBorrowed {
                        id: row.try_get(0)?,
                        url: row.try_get(1)?,
                        description: row.try_get(2)?,
                        event_types: row.try_get(3)?,
                        state: row.try_get(4)?,
                        disabled_why: row.try_get(5)?,
                        cursor: row.try_get(6)?,
                        failures: row.try_get(7)?,
                        failing_since: row.try_get(8)?,
                        due_at: row.try_get(9)?,
                        leased_until: row.try_get(10)?,
                        former_secret_until: row.try_get(11)?,
                        created_at: row.try_get(12)?,
                    })
                },
            mapper: |it| Endpoint::from(it),
        }
    }
}
pub struct WebhookSecretsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhook_secrets() -> WebhookSecretsStmt {
    WebhookSecretsStmt(
        "select url, secret_sealed, case when former_secret_until > now() then former_secret_sealed end as former_secret_sealed from webhook_endpoints where id = $1",
        None,
    )
}
impl WebhookSecretsStmt {
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
    ) -> WebhookSecretsQuery<'c, 'a, 's, C, WebhookSecrets, 1> {
        WebhookSecretsQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<WebhookSecretsBorrowed, tokio_postgres::Error> {
                Ok(WebhookSecretsBorrowed {
                    url: row.try_get(0)?,
                    secret_sealed: row.try_get(1)?,
                    former_secret_sealed: row.try_get(2)?,
                })
            },
            mapper: |it| WebhookSecrets::from(it),
        }
    }
}
pub struct WebhookChangeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhook_change() -> WebhookChangeStmt {
    WebhookChangeStmt(
        "update webhook_endpoints set url = coalesce($1, url), description = coalesce($2, description), event_types = coalesce($3, event_types) where id = $4",
        None,
    )
}
impl WebhookChangeStmt {
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
        T4: crate::ArraySql<Item = T3>,
    >(
        &'s self,
        client: &'c C,
        url: &'a Option<T1>,
        description: &'a Option<T2>,
        event_types: &'a Option<T4>,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[url, description, event_types, id]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::ArraySql<Item = T3>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WebhookChangeParams<T1, T2, T3, T4>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for WebhookChangeStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WebhookChangeParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.url,
            &params.description,
            &params.event_types,
            &params.id,
        ))
    }
}
pub struct WebhookEnableStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhook_enable() -> WebhookEnableStmt {
    WebhookEnableStmt(
        "update webhook_endpoints set state = 'ENABLED', disabled_why = null, failures = 0, failing_since = null, due_at = now() where id = $1 and state = 'DISABLED'",
        None,
    )
}
impl WebhookEnableStmt {
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
pub struct WebhookDisableStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhook_disable() -> WebhookDisableStmt {
    WebhookDisableStmt(
        "update webhook_endpoints set state = 'DISABLED', disabled_why = $1 where id = $2 and state = 'ENABLED'",
        None,
    )
}
impl WebhookDisableStmt {
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
        WebhookDisableParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for WebhookDisableStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WebhookDisableParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.why, &params.id))
    }
}
pub struct WebhookDeleteStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhook_delete() -> WebhookDeleteStmt {
    WebhookDeleteStmt("delete from webhook_endpoints where id = $1", None)
}
impl WebhookDeleteStmt {
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
pub struct WebhookRotateStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhook_rotate() -> WebhookRotateStmt {
    WebhookRotateStmt(
        "update webhook_endpoints set former_secret_sealed = secret_sealed, former_secret_until = now() + make_interval(hours => $1::integer), secret_sealed = $2 where id = $3",
        None,
    )
}
impl WebhookRotateStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql>(
        &'s self,
        client: &'c C,
        hours: &'a i32,
        secret_sealed: &'a T1,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[hours, secret_sealed, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::BytesSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WebhookRotateParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for WebhookRotateStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WebhookRotateParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.hours, &params.secret_sealed, &params.id))
    }
}
pub struct WebhookReplayStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhook_replay() -> WebhookReplayStmt {
    WebhookReplayStmt(
        "update webhook_endpoints set cursor = $1, failures = 0, failing_since = null, due_at = now() where id = $2",
        None,
    )
}
impl WebhookReplayStmt {
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
        after: &'a i64,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[after, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WebhookReplayParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for WebhookReplayStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WebhookReplayParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.after, &params.id))
    }
}
pub struct WebhooksClaimStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhooks_claim() -> WebhooksClaimStmt {
    WebhooksClaimStmt(
        "with due as ( select id from webhook_endpoints where state = 'ENABLED' and due_at <= now() and (leased_until is null or leased_until < now()) and exists ( select from events where events.sequence > webhook_endpoints.cursor ) order by due_at limit $1 for update skip locked ) update webhook_endpoints set lease_token = $2, leased_until = now() + make_interval(secs => $3) from due where webhook_endpoints.id = due.id returning webhook_endpoints.id",
        None,
    )
}
impl WebhooksClaimStmt {
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
        lease_token: &'a i64,
        lease_seconds: &'a f64,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 3> {
        UuidUuidQuery {
            client,
            params: [row_limit, lease_token, lease_seconds],
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
        WebhooksClaimParams,
        UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 3>,
        C,
    > for WebhooksClaimStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a WebhooksClaimParams,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 3> {
        self.bind(client, &params.row_limit, &params.lease_token, &params.lease_seconds)
    }
}
pub struct WebhookDueStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhook_due() -> WebhookDueStmt {
    WebhookDueStmt(
        "select webhook_endpoints.url, webhook_endpoints.secret_sealed, case when former_secret_until > now() then former_secret_sealed end as former_secret_sealed, webhook_endpoints.cursor, webhook_endpoints.failures, webhook_endpoints.failing_since, next_event.sequence, next_event.id as event_id, next_event.type, next_event.organization_id, next_event.subdomain, next_event.at, next_event.data from webhook_endpoints left join lateral ( select events.sequence, events.id, events.type, events.organization_id, events.subdomain, events.at, events.data from events where events.sequence > webhook_endpoints.cursor and (webhook_endpoints.event_types = '{}' or events.type = any (webhook_endpoints.event_types)) order by events.sequence limit 1 ) as next_event on true where webhook_endpoints.id = $1 and webhook_endpoints.lease_token = $2 and webhook_endpoints.state = 'ENABLED'",
        None,
    )
}
impl WebhookDueStmt {
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
        lease_token: &'a i64,
    ) -> DueQuery<'c, 'a, 's, C, Due, 2> {
        DueQuery {
            client,
            params: [id, lease_token],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<DueBorrowed, tokio_postgres::Error> {
                Ok(DueBorrowed {
                    url: row.try_get(0)?,
                    secret_sealed: row.try_get(1)?,
                    former_secret_sealed: row.try_get(2)?,
                    cursor: row.try_get(3)?,
                    failures: row.try_get(4)?,
                    failing_since: row.try_get(5)?,
                    sequence: row.try_get(6)?,
                    event_id: row.try_get(7)?,
                    r#type: row.try_get(8)?,
                    organization_id: row.try_get(9)?,
                    subdomain: row.try_get(10)?,
                    at: row.try_get(11)?,
                    data: row.try_get(12)?,
                })
            },
            mapper: |it| Due::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<'c, 'a, 's, WebhookDueParams, DueQuery<'c, 'a, 's, C, Due, 2>, C>
    for WebhookDueStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a WebhookDueParams,
    ) -> DueQuery<'c, 'a, 's, C, Due, 2> {
        self.bind(client, &params.id, &params.lease_token)
    }
}
pub struct WebhookDeliveredStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhook_delivered() -> WebhookDeliveredStmt {
    WebhookDeliveredStmt(
        "update webhook_endpoints set cursor = case when cursor = $1 then $2 else cursor end, failures = 0, failing_since = null, due_at = now(), leased_until = now() + make_interval(secs => $3) where id = $4 and lease_token = $5",
        None,
    )
}
impl WebhookDeliveredStmt {
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
        before: &'a i64,
        sequence: &'a i64,
        lease_seconds: &'a f64,
        id: &'a uuid::Uuid,
        lease_token: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[before, sequence, lease_seconds, id, lease_token]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WebhookDeliveredParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for WebhookDeliveredStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WebhookDeliveredParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.before,
            &params.sequence,
            &params.lease_seconds,
            &params.id,
            &params.lease_token,
        ))
    }
}
pub struct WebhookFailedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhook_failed() -> WebhookFailedStmt {
    WebhookFailedStmt(
        "update webhook_endpoints set failures = case when cursor = $1 then failures + 1 else 0 end, failing_since = case when cursor = $1 then coalesce(failing_since, now()) end, due_at = case when cursor = $1 then now() + make_interval(secs => $2) else now() end, leased_until = null where id = $3 and lease_token = $4",
        None,
    )
}
impl WebhookFailedStmt {
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
        before: &'a i64,
        seconds: &'a f64,
        id: &'a uuid::Uuid,
        lease_token: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[before, seconds, id, lease_token]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WebhookFailedParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for WebhookFailedStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WebhookFailedParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.before,
            &params.seconds,
            &params.id,
            &params.lease_token,
        ))
    }
}
pub struct WebhookGiveUpStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhook_give_up() -> WebhookGiveUpStmt {
    WebhookGiveUpStmt(
        "update webhook_endpoints set state = 'DISABLED', disabled_why = $1, failures = failures + 1, failing_since = coalesce(failing_since, now()), leased_until = null where id = $2 and lease_token = $3 and state = 'ENABLED'",
        None,
    )
}
impl WebhookGiveUpStmt {
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
        lease_token: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[why, id, lease_token]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WebhookGiveUpParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for WebhookGiveUpStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WebhookGiveUpParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.why, &params.id, &params.lease_token))
    }
}
pub struct WebhookRestStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhook_rest() -> WebhookRestStmt {
    WebhookRestStmt(
        "update webhook_endpoints set cursor = case when cursor = $1 then greatest(cursor, $2) else cursor end, leased_until = null where id = $3 and lease_token = $4",
        None,
    )
}
impl WebhookRestStmt {
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
        before: &'a i64,
        seen: &'a i64,
        id: &'a uuid::Uuid,
        lease_token: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[before, seen, id, lease_token]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WebhookRestParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for WebhookRestStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WebhookRestParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.before, &params.seen, &params.id, &params.lease_token))
    }
}
pub struct WebhookDeliveryInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhook_delivery_insert() -> WebhookDeliveryInsertStmt {
    WebhookDeliveryInsertStmt(
        "insert into webhook_deliveries (endpoint_id, event_id, sequence, type, status, why, milliseconds) select id, $1, $2, $3, $4, $5, $6 from webhook_endpoints where id = $7",
        None,
    )
}
impl WebhookDeliveryInsertStmt {
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
        event_id: &'a uuid::Uuid,
        sequence: &'a Option<i64>,
        r#type: &'a T1,
        status: &'a Option<i32>,
        why: &'a Option<T2>,
        milliseconds: &'a i32,
        endpoint_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(self.0, &[event_id, sequence, r#type, status, why, milliseconds, endpoint_id])
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WebhookDeliveryInsertParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for WebhookDeliveryInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WebhookDeliveryInsertParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.event_id,
            &params.sequence,
            &params.r#type,
            &params.status,
            &params.why,
            &params.milliseconds,
            &params.endpoint_id,
        ))
    }
}
pub struct WebhookDeliveriesForgetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhook_deliveries_forget() -> WebhookDeliveriesForgetStmt {
    WebhookDeliveriesForgetStmt(
        "delete from webhook_deliveries where endpoint_id = $1 and id <= ( select id from webhook_deliveries where endpoint_id = $1 order by id desc offset $2 limit 1 )",
        None,
    )
}
impl WebhookDeliveriesForgetStmt {
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
        endpoint_id: &'a uuid::Uuid,
        kept: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[endpoint_id, kept]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        WebhookDeliveriesForgetParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for WebhookDeliveriesForgetStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a WebhookDeliveriesForgetParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.endpoint_id, &params.kept))
    }
}
pub struct WebhookDeliveryListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn webhook_delivery_list() -> WebhookDeliveryListStmt {
    WebhookDeliveryListStmt(
        "select event_id, sequence, type, at, status, why, milliseconds from webhook_deliveries where endpoint_id = $1 order by id desc limit $2",
        None,
    )
}
impl WebhookDeliveryListStmt {
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
        endpoint_id: &'a uuid::Uuid,
        row_limit: &'a i64,
    ) -> DeliveryQuery<'c, 'a, 's, C, Delivery, 2> {
        DeliveryQuery {
            client,
            params: [endpoint_id, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<DeliveryBorrowed, tokio_postgres::Error> {
                    Ok(DeliveryBorrowed {
                        event_id: row.try_get(0)?,
                        sequence: row.try_get(1)?,
                        r#type: row.try_get(2)?,
                        at: row.try_get(3)?,
                        status: row.try_get(4)?,
                        why: row.try_get(5)?,
                        milliseconds: row.try_get(6)?,
                    })
                },
            mapper: |it| Delivery::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        WebhookDeliveryListParams,
        DeliveryQuery<'c, 'a, 's, C, Delivery, 2>,
        C,
    > for WebhookDeliveryListStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a WebhookDeliveryListParams,
    ) -> DeliveryQuery<'c, 'a, 's, C, Delivery, 2> {
        self.bind(client, &params.endpoint_id, &params.row_limit)
    }
}
