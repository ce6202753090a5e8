// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct EventAppendParams<T1: crate::StringSql, T2: crate::StringSql, T3: crate::JsonSql> {
    pub id: uuid::Uuid,
    pub r#type: T1,
    pub organization_id: Option<uuid::Uuid>,
    pub subdomain: Option<T2>,
    pub data: T3,
}
#[derive(Debug)]
pub struct EventsAppendMigratedParams<
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::ArraySql<Item = uuid::Uuid>,
    T3: crate::ArraySql<Item = i64>,
> {
    pub rollout: i64,
    pub operation_ids: T1,
    pub event_ids: T2,
    pub versions: T3,
    pub lease_token: i64,
}
#[derive(Debug)]
pub struct EventPageParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
> {
    pub after: i64,
    pub subdomain: Option<T1>,
    pub types: Option<T3>,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct EventsForgetParams {
    pub days: i32,
    pub row_limit: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct LoggedEvent {
    pub sequence: i64,
    pub id: uuid::Uuid,
    pub r#type: String,
    pub organization_id: Option<uuid::Uuid>,
    pub subdomain: Option<String>,
    pub at: jiff::Timestamp,
    pub data: serde_json::Value,
}
pub struct LoggedEventBorrowed<'a> {
    pub sequence: i64,
    pub id: uuid::Uuid,
    pub r#type: &'a str,
    pub organization_id: Option<uuid::Uuid>,
    pub subdomain: Option<&'a str>,
    pub at: jiff::Timestamp,
    pub data: postgres_types::Json<&'a serde_json::value::RawValue>,
}
impl<'a> From<LoggedEventBorrowed<'a>> for LoggedEvent {
    fn from(
        LoggedEventBorrowed {
            sequence,
            id,
            r#type,
            organization_id,
            subdomain,
            at,
            data,
        }: LoggedEventBorrowed<'a>,
    ) -> Self {
        Self {
            sequence,
            id,
            r#type: r#type.into(),
            organization_id,
            subdomain: subdomain.map(|v| v.into()),
            at,
            data: serde_json::from_str(data.0.get()).unwrap(),
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
pub struct LoggedEventQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<LoggedEventBorrowed, tokio_postgres::Error>,
    mapper: fn(LoggedEventBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> LoggedEventQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(LoggedEventBorrowed) -> R,
    ) -> LoggedEventQuery<'c, 'a, 's, C, R, N> {
        LoggedEventQuery {
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
pub struct EventAppendStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn event_append() -> EventAppendStmt {
    EventAppendStmt("select event_append($1, $2, $3, $4, $5) as sequence", None)
}
impl EventAppendStmt {
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
        T2: crate::StringSql,
        T3: crate::JsonSql,
    >(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
        r#type: &'a T1,
        organization_id: &'a Option<uuid::Uuid>,
        subdomain: &'a Option<T2>,
        data: &'a T3,
    ) -> I64Query<'c, 'a, 's, C, i64, 5> {
        I64Query {
            client,
            params: [id, r#type, organization_id, subdomain, data],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql, T3: crate::JsonSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        EventAppendParams<T1, T2, T3>,
        I64Query<'c, 'a, 's, C, i64, 5>,
        C,
    > for EventAppendStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a EventAppendParams<T1, T2, T3>,
    ) -> I64Query<'c, 'a, 's, C, i64, 5> {
        self.bind(
            client,
            &params.id,
            &params.r#type,
            &params.organization_id,
            &params.subdomain,
            &params.data,
        )
    }
}
pub struct EventsAppendMigratedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn events_append_migrated() -> EventsAppendMigratedStmt {
    EventsAppendMigratedStmt(
        "select event_append( done.event_id, 'tenant.migrated', operations.organization_id, operations.subdomain, jsonb_build_object( 'operation', operations.id, 'rollout', $1::bigint, 'from', rollout_tenants.from_version, 'to', done.version ) ) as sequence from unnest($2::uuid[], $3::uuid[], $4::bigint[]) as done (operation_id, event_id, version) join operations on operations.id = done.operation_id join rollout_tenants on rollout_tenants.rollout = $1::bigint and rollout_tenants.organization_id = operations.organization_id where operations.state = 'DONE' and operations.lease_token = $5 and operations.finished_at = now()",
        None,
    )
}
impl EventsAppendMigratedStmt {
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
        T1: crate::ArraySql<Item = uuid::Uuid>,
        T2: crate::ArraySql<Item = uuid::Uuid>,
        T3: crate::ArraySql<Item = i64>,
    >(
        &'s self,
        client: &'c C,
        rollout: &'a i64,
        operation_ids: &'a T1,
        event_ids: &'a T2,
        versions: &'a T3,
        lease_token: &'a i64,
    ) -> I64Query<'c, 'a, 's, C, i64, 5> {
        I64Query {
            client,
            params: [rollout, operation_ids, event_ids, versions, lease_token],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<
    'c,
    'a,
    's,
    C: GenericClient,
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::ArraySql<Item = uuid::Uuid>,
    T3: crate::ArraySql<Item = i64>,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        EventsAppendMigratedParams<T1, T2, T3>,
        I64Query<'c, 'a, 's, C, i64, 5>,
        C,
    > for EventsAppendMigratedStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a EventsAppendMigratedParams<T1, T2, T3>,
    ) -> I64Query<'c, 'a, 's, C, i64, 5> {
        self.bind(
            client,
            &params.rollout,
            &params.operation_ids,
            &params.event_ids,
            &params.versions,
            &params.lease_token,
        )
    }
}
pub struct EventPageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn event_page() -> EventPageStmt {
    EventPageStmt(
        "select sequence, id, type, organization_id, subdomain, at, data from events where sequence > $1 and ($2::text is null or subdomain = $2::text) and ($3::text[] is null or type = any ($3::text[])) order by sequence limit $4",
        None,
    )
}
impl EventPageStmt {
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
        T2: crate::StringSql,
        T3: crate::ArraySql<Item = T2>,
    >(
        &'s self,
        client: &'c C,
        after: &'a i64,
        subdomain: &'a Option<T1>,
        types: &'a Option<T3>,
        row_limit: &'a i64,
    ) -> LoggedEventQuery<'c, 'a, 's, C, LoggedEvent, 4> {
        LoggedEventQuery {
            client,
            params: [after, subdomain, types, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<LoggedEventBorrowed, tokio_postgres::Error> {
                    Ok(LoggedEventBorrowed {
                        sequence: row.try_get(0)?,
                        id: row.try_get(1)?,
                        r#type: row.try_get(2)?,
                        organization_id: row.try_get(3)?,
                        subdomain: row.try_get(4)?,
                        at: row.try_get(5)?,
                        data: row.try_get(6)?,
                    })
                },
            mapper: |it| LoggedEvent::from(it),
        }
    }
}
impl<
    'c,
    'a,
    's,
    C: GenericClient,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        EventPageParams<T1, T2, T3>,
        LoggedEventQuery<'c, 'a, 's, C, LoggedEvent, 4>,
        C,
    > for EventPageStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a EventPageParams<T1, T2, T3>,
    ) -> LoggedEventQuery<'c, 'a, 's, C, LoggedEvent, 4> {
        self.bind(client, &params.after, &params.subdomain, &params.types, &params.row_limit)
    }
}
pub struct EventLastStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn event_last() -> EventLastStmt {
    EventLastStmt("select coalesce(max(sequence), 0) as sequence from events", None)
}
impl EventLastStmt {
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
pub struct EventsForgetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn events_forget() -> EventsForgetStmt {
    EventsForgetStmt(
        "delete from events where sequence in ( select sequence from events where at < now() - make_interval(days => $1::integer) and not exists ( select from webhook_endpoints where webhook_endpoints.state = 'ENABLED' and webhook_endpoints.cursor < events.sequence and (webhook_endpoints.event_types = '{}' or events.type = any (webhook_endpoints.event_types)) ) order by at limit $2 )",
        None,
    )
}
impl EventsForgetStmt {
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
        days: &'a i32,
        row_limit: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[days, row_limit]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        EventsForgetParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for EventsForgetStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a EventsForgetParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.days, &params.row_limit))
    }
}
