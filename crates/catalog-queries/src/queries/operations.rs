// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct OperationInsertParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::JsonSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
> {
    pub id: uuid::Uuid,
    pub kind: T1,
    pub organization_id: uuid::Uuid,
    pub subdomain: T2,
    pub input: T3,
    pub actor: T4,
    pub idempotency_key: Option<T5>,
}
#[derive(Debug)]
pub struct OperationFailedParams<T1: crate::StringSql> {
    pub error: T1,
    pub id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct OperationPageParams {
    pub before: Option<uuid::Uuid>,
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
    pub row_limit: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    pub id: uuid::Uuid,
    pub kind: String,
    pub organization_id: Option<uuid::Uuid>,
    pub subdomain: String,
    pub state: String,
    pub input: serde_json::Value,
    pub error: Option<String>,
    pub actor: String,
    pub created_at: jiff::Timestamp,
    pub finished_at: Option<jiff::Timestamp>,
}
pub struct OperationBorrowed<'a> {
    pub id: uuid::Uuid,
    pub kind: &'a str,
    pub organization_id: Option<uuid::Uuid>,
    pub subdomain: &'a str,
    pub state: &'a str,
    pub input: postgres_types::Json<&'a serde_json::value::RawValue>,
    pub error: Option<&'a str>,
    pub actor: &'a str,
    pub created_at: jiff::Timestamp,
    pub finished_at: Option<jiff::Timestamp>,
}
impl<'a> From<OperationBorrowed<'a>> for Operation {
    fn from(
        OperationBorrowed {
            id,
            kind,
            organization_id,
            subdomain,
            state,
            input,
            error,
            actor,
            created_at,
            finished_at,
        }: OperationBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            kind: kind.into(),
            organization_id,
            subdomain: subdomain.into(),
            state: state.into(),
            input: serde_json::from_str(input.0.get()).unwrap(),
            error: error.map(|v| v.into()),
            actor: actor.into(),
            created_at,
            finished_at,
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
pub struct OperationEvents {
    pub sequence: i32,
    pub at: jiff::Timestamp,
    pub message: String,
}
pub struct OperationEventsBorrowed<'a> {
    pub sequence: i32,
    pub at: jiff::Timestamp,
    pub message: &'a str,
}
impl<'a> From<OperationEventsBorrowed<'a>> for OperationEvents {
    fn from(
        OperationEventsBorrowed { sequence, at, message }: OperationEventsBorrowed<'a>,
    ) -> Self {
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
pub struct OperationEventsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<OperationEventsBorrowed, tokio_postgres::Error>,
    mapper: fn(OperationEventsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> OperationEventsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(OperationEventsBorrowed) -> R,
    ) -> OperationEventsQuery<'c, 'a, 's, C, R, N> {
        OperationEventsQuery {
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
        "insert into operations (id, kind, organization_id, subdomain, input, actor, idempotency_key) values ($1, $2, $3, $4, $5, $6, $7)",
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
        T3: crate::JsonSql,
        T4: crate::StringSql,
        T5: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
        kind: &'a T1,
        organization_id: &'a uuid::Uuid,
        subdomain: &'a T2,
        input: &'a T3,
        actor: &'a T4,
        idempotency_key: &'a Option<T5>,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(self.0, &[id, kind, organization_id, subdomain, input, actor, idempotency_key])
            .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::JsonSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        OperationInsertParams<T1, T2, T3, T4, T5>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for OperationInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a OperationInsertParams<T1, T2, T3, T4, T5>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.id,
            &params.kind,
            &params.organization_id,
            &params.subdomain,
            &params.input,
            &params.actor,
            &params.idempotency_key,
        ))
    }
}
pub struct OperationDoneStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_done() -> OperationDoneStmt {
    OperationDoneStmt(
        "update operations set state = 'DONE', finished_at = now() where id = $1 and state = 'RUNNING'",
        None,
    )
}
impl OperationDoneStmt {
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
pub struct OperationFailedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_failed() -> OperationFailedStmt {
    OperationFailedStmt(
        "update operations set state = 'FAILED', error = $1, finished_at = now() where id = $2 and state = 'RUNNING'",
        None,
    )
}
impl OperationFailedStmt {
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
        error: &'a T1,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[error, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        OperationFailedParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for OperationFailedStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a OperationFailedParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.error, &params.id))
    }
}
pub struct OperationFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_fetch() -> OperationFetchStmt {
    OperationFetchStmt(
        "select id, kind, organization_id, subdomain, state, input, error, actor, created_at, finished_at from operations where id = $1",
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
                        organization_id: row.try_get(2)?,
                        subdomain: row.try_get(3)?,
                        state: row.try_get(4)?,
                        input: row.try_get(5)?,
                        error: row.try_get(6)?,
                        actor: row.try_get(7)?,
                        created_at: row.try_get(8)?,
                        finished_at: row.try_get(9)?,
                    })
                },
            mapper: |it| Operation::from(it),
        }
    }
}
pub struct OperationOfKeyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_of_key() -> OperationOfKeyStmt {
    OperationOfKeyStmt(
        "select id, kind, organization_id, subdomain, state, input, error, actor, created_at, finished_at from operations where idempotency_key = $1",
        None,
    )
}
impl OperationOfKeyStmt {
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
        idempotency_key: &'a T1,
    ) -> OperationQuery<'c, 'a, 's, C, Operation, 1> {
        OperationQuery {
            client,
            params: [idempotency_key],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<OperationBorrowed, tokio_postgres::Error> {
                    Ok(OperationBorrowed {
                        id: row.try_get(0)?,
                        kind: row.try_get(1)?,
                        organization_id: row.try_get(2)?,
                        subdomain: row.try_get(3)?,
                        state: row.try_get(4)?,
                        input: row.try_get(5)?,
                        error: row.try_get(6)?,
                        actor: row.try_get(7)?,
                        created_at: row.try_get(8)?,
                        finished_at: row.try_get(9)?,
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
pub struct OperationPageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_page() -> OperationPageStmt {
    OperationPageStmt(
        "select id, kind, organization_id, subdomain, state, input, error, actor, created_at, finished_at from operations where $1::uuid is null or id < $1::uuid order by id desc limit $2",
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
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        before: &'a Option<uuid::Uuid>,
        row_limit: &'a i64,
    ) -> OperationQuery<'c, 'a, 's, C, Operation, 2> {
        OperationQuery {
            client,
            params: [before, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<OperationBorrowed, tokio_postgres::Error> {
                    Ok(OperationBorrowed {
                        id: row.try_get(0)?,
                        kind: row.try_get(1)?,
                        organization_id: row.try_get(2)?,
                        subdomain: row.try_get(3)?,
                        state: row.try_get(4)?,
                        input: row.try_get(5)?,
                        error: row.try_get(6)?,
                        actor: row.try_get(7)?,
                        created_at: row.try_get(8)?,
                        finished_at: row.try_get(9)?,
                    })
                },
            mapper: |it| Operation::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        OperationPageParams,
        OperationQuery<'c, 'a, 's, C, Operation, 2>,
        C,
    > for OperationPageStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a OperationPageParams,
    ) -> OperationQuery<'c, 'a, 's, C, Operation, 2> {
        self.bind(client, &params.before, &params.row_limit)
    }
}
pub struct OperationUnfinishedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operation_unfinished() -> OperationUnfinishedStmt {
    OperationUnfinishedStmt(
        "select id, kind, organization_id, subdomain, state, input, error, actor, created_at, finished_at from operations where state = 'RUNNING' order by id limit $1",
        None,
    )
}
impl OperationUnfinishedStmt {
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
                        organization_id: row.try_get(2)?,
                        subdomain: row.try_get(3)?,
                        state: row.try_get(4)?,
                        input: row.try_get(5)?,
                        error: row.try_get(6)?,
                        actor: row.try_get(7)?,
                        created_at: row.try_get(8)?,
                        finished_at: row.try_get(9)?,
                    })
                },
            mapper: |it| Operation::from(it),
        }
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
        "select sequence, at, message from operation_events where operation_id = $1 order by sequence limit $2",
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
        row_limit: &'a i64,
    ) -> OperationEventsQuery<'c, 'a, 's, C, OperationEvents, 2> {
        OperationEventsQuery {
            client,
            params: [operation_id, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<OperationEventsBorrowed, tokio_postgres::Error> {
                Ok(OperationEventsBorrowed {
                    sequence: row.try_get(0)?,
                    at: row.try_get(1)?,
                    message: row.try_get(2)?,
                })
            },
            mapper: |it| OperationEvents::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        OperationEventsParams,
        OperationEventsQuery<'c, 'a, 's, C, OperationEvents, 2>,
        C,
    > for OperationEventsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a OperationEventsParams,
    ) -> OperationEventsQuery<'c, 'a, 's, C, OperationEvents, 2> {
        self.bind(client, &params.operation_id, &params.row_limit)
    }
}
