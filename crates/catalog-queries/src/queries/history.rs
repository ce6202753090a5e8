// This file was generated with `cornucopia`. Do not modify.

#[derive(Clone, Copy, Debug)]
pub struct HistoryFleetInsertParams {
    pub at: jiff::Timestamp,
    pub node: uuid::Uuid,
    pub tenants: i64,
    pub behind: i64,
    pub quarantined: i64,
    pub operations: i64,
    pub oldest_backup_seconds: Option<f64>,
}
#[derive(Clone, Copy, Debug)]
pub struct HistoryServerInsertParams {
    pub at: jiff::Timestamp,
    pub server_id: uuid::Uuid,
    pub node: uuid::Uuid,
    pub connections: i64,
    pub database_bytes: Option<i64>,
    pub transactions: i64,
}
#[derive(Debug)]
pub struct HistoryRequestsInsertParams<T1: crate::ArraySql<Item = i64>> {
    pub at: jiff::Timestamp,
    pub node: uuid::Uuid,
    pub requests: i64,
    pub errors: i64,
    pub durations: T1,
}
#[derive(Clone, Copy, Debug)]
pub struct HistoryFleetPointsParams {
    pub seconds: f64,
    pub from: jiff::Timestamp,
    pub until: jiff::Timestamp,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct HistoryServerPointsParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub seconds: f64,
    pub from: jiff::Timestamp,
    pub until: jiff::Timestamp,
    pub server_ids: T1,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct HistoryRequestPointsParams {
    pub seconds: f64,
    pub from: jiff::Timestamp,
    pub until: jiff::Timestamp,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct HistoryThinParams {
    pub thin_before: jiff::Timestamp,
    pub seconds: f64,
}
#[derive(Clone, Copy, Debug)]
pub struct HistoryFleetForgetParams {
    pub before: jiff::Timestamp,
    pub after: jiff::Timestamp,
}
#[derive(Clone, Copy, Debug)]
pub struct HistoryServersForgetParams {
    pub before: jiff::Timestamp,
    pub after: jiff::Timestamp,
}
#[derive(Clone, Copy, Debug)]
pub struct HistoryRequestsForgetParams {
    pub before: jiff::Timestamp,
    pub after: jiff::Timestamp,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct FleetPoint {
    pub since: jiff::Timestamp,
    pub behind: i64,
    pub operations: i64,
    pub oldest_backup_seconds: Option<f64>,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct ServerPoint {
    pub server_id: uuid::Uuid,
    pub since: jiff::Timestamp,
    pub at: jiff::Timestamp,
    pub node: uuid::Uuid,
    pub connections: i64,
    pub database_bytes: Option<i64>,
    pub transactions: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryRequestPoints {
    pub node: uuid::Uuid,
    pub since: jiff::Timestamp,
    pub at: jiff::Timestamp,
    pub requests: i64,
    pub errors: i64,
    pub durations: Vec<i64>,
}
pub struct HistoryRequestPointsBorrowed<'a> {
    pub node: uuid::Uuid,
    pub since: jiff::Timestamp,
    pub at: jiff::Timestamp,
    pub requests: i64,
    pub errors: i64,
    pub durations: crate::ArrayIterator<'a, i64>,
}
impl<'a> From<HistoryRequestPointsBorrowed<'a>> for HistoryRequestPoints {
    fn from(
        HistoryRequestPointsBorrowed {
            node,
            since,
            at,
            requests,
            errors,
            durations,
        }: HistoryRequestPointsBorrowed<'a>,
    ) -> Self {
        Self { node, since, at, requests, errors, durations: durations.map(|v| v).collect() }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
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
pub struct FleetPointQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FleetPoint, tokio_postgres::Error>,
    mapper: fn(FleetPoint) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FleetPointQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(FleetPoint) -> R) -> FleetPointQuery<'c, 'a, 's, C, R, N> {
        FleetPointQuery {
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
pub struct ServerPointQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ServerPoint, tokio_postgres::Error>,
    mapper: fn(ServerPoint) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ServerPointQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ServerPoint) -> R) -> ServerPointQuery<'c, 'a, 's, C, R, N> {
        ServerPointQuery {
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
pub struct HistoryRequestPointsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor:
        fn(&tokio_postgres::Row) -> Result<HistoryRequestPointsBorrowed, tokio_postgres::Error>,
    mapper: fn(HistoryRequestPointsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> HistoryRequestPointsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(HistoryRequestPointsBorrowed) -> R,
    ) -> HistoryRequestPointsQuery<'c, 'a, 's, C, R, N> {
        HistoryRequestPointsQuery {
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
pub struct HistoryFleetHasStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn history_fleet_has() -> HistoryFleetHasStmt {
    HistoryFleetHasStmt("select exists ( select from history_fleet where at = $1 ) as found", None)
}
impl HistoryFleetHasStmt {
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
        at: &'a jiff::Timestamp,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 1> {
        BoolQuery {
            client,
            params: [at],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct HistoryFleetInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn history_fleet_insert() -> HistoryFleetInsertStmt {
    HistoryFleetInsertStmt(
        "insert into history_fleet (at, node, tenants, behind, quarantined, operations, oldest_backup_seconds) values ($1, $2, $3, $4, $5, $6, $7) on conflict on constraint history_fleet_pkey do nothing",
        None,
    )
}
impl HistoryFleetInsertStmt {
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
        at: &'a jiff::Timestamp,
        node: &'a uuid::Uuid,
        tenants: &'a i64,
        behind: &'a i64,
        quarantined: &'a i64,
        operations: &'a i64,
        oldest_backup_seconds: &'a Option<f64>,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[at, node, tenants, behind, quarantined, operations, oldest_backup_seconds],
            )
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        HistoryFleetInsertParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for HistoryFleetInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a HistoryFleetInsertParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.at,
            &params.node,
            &params.tenants,
            &params.behind,
            &params.quarantined,
            &params.operations,
            &params.oldest_backup_seconds,
        ))
    }
}
pub struct HistoryServerInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn history_server_insert() -> HistoryServerInsertStmt {
    HistoryServerInsertStmt(
        "insert into history_servers (at, server_id, node, connections, database_bytes, transactions) values ($1, $2, $3, $4, $5, $6) on conflict on constraint history_servers_pkey do nothing",
        None,
    )
}
impl HistoryServerInsertStmt {
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
        at: &'a jiff::Timestamp,
        server_id: &'a uuid::Uuid,
        node: &'a uuid::Uuid,
        connections: &'a i64,
        database_bytes: &'a Option<i64>,
        transactions: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(self.0, &[at, server_id, node, connections, database_bytes, transactions])
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        HistoryServerInsertParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for HistoryServerInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a HistoryServerInsertParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.at,
            &params.server_id,
            &params.node,
            &params.connections,
            &params.database_bytes,
            &params.transactions,
        ))
    }
}
pub struct HistoryRequestsInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn history_requests_insert() -> HistoryRequestsInsertStmt {
    HistoryRequestsInsertStmt(
        "insert into history_requests (at, node, requests, errors, durations) values ($1, $2, $3, $4, $5) on conflict on constraint history_requests_pkey do nothing",
        None,
    )
}
impl HistoryRequestsInsertStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = i64>>(
        &'s self,
        client: &'c C,
        at: &'a jiff::Timestamp,
        node: &'a uuid::Uuid,
        requests: &'a i64,
        errors: &'a i64,
        durations: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[at, node, requests, errors, durations]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::ArraySql<Item = i64>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        HistoryRequestsInsertParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for HistoryRequestsInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a HistoryRequestsInsertParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.at,
            &params.node,
            &params.requests,
            &params.errors,
            &params.durations,
        ))
    }
}
pub struct HistoryFleetPointsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn history_fleet_points() -> HistoryFleetPointsStmt {
    HistoryFleetPointsStmt(
        "select date_bin(make_interval(secs => $1), at, 'epoch') as since, max(behind + quarantined) as behind, max(operations) as operations, max(oldest_backup_seconds) as oldest_backup_seconds from history_fleet where at >= $2 and at < $3 group by since order by since limit $4",
        None,
    )
}
impl HistoryFleetPointsStmt {
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
        seconds: &'a f64,
        from: &'a jiff::Timestamp,
        until: &'a jiff::Timestamp,
        row_limit: &'a i64,
    ) -> FleetPointQuery<'c, 'a, 's, C, FleetPoint, 4> {
        FleetPointQuery {
            client,
            params: [seconds, from, until, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<FleetPoint, tokio_postgres::Error> {
                Ok(FleetPoint {
                    since: row.try_get(0)?,
                    behind: row.try_get(1)?,
                    operations: row.try_get(2)?,
                    oldest_backup_seconds: row.try_get(3)?,
                })
            },
            mapper: |it| FleetPoint::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        HistoryFleetPointsParams,
        FleetPointQuery<'c, 'a, 's, C, FleetPoint, 4>,
        C,
    > for HistoryFleetPointsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a HistoryFleetPointsParams,
    ) -> FleetPointQuery<'c, 'a, 's, C, FleetPoint, 4> {
        self.bind(client, &params.seconds, &params.from, &params.until, &params.row_limit)
    }
}
pub struct HistoryServerPointsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn history_server_points() -> HistoryServerPointsStmt {
    HistoryServerPointsStmt(
        "select distinct on (server_id, since) server_id, date_bin(make_interval(secs => $1), at, 'epoch') as since, at, node, max(connections) over stretch as connections, max(database_bytes) over stretch as database_bytes, transactions from history_servers where at >= $2 and at < $3 and server_id = any ($4::uuid[]) window stretch as (partition by server_id, date_bin(make_interval(secs => $1), at, 'epoch')) order by server_id, since, at desc limit $5",
        None,
    )
}
impl HistoryServerPointsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>(
        &'s self,
        client: &'c C,
        seconds: &'a f64,
        from: &'a jiff::Timestamp,
        until: &'a jiff::Timestamp,
        server_ids: &'a T1,
        row_limit: &'a i64,
    ) -> ServerPointQuery<'c, 'a, 's, C, ServerPoint, 5> {
        ServerPointQuery {
            client,
            params: [seconds, from, until, server_ids, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<ServerPoint, tokio_postgres::Error> {
                Ok(ServerPoint {
                    server_id: row.try_get(0)?,
                    since: row.try_get(1)?,
                    at: row.try_get(2)?,
                    node: row.try_get(3)?,
                    connections: row.try_get(4)?,
                    database_bytes: row.try_get(5)?,
                    transactions: row.try_get(6)?,
                })
            },
            mapper: |it| ServerPoint::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        HistoryServerPointsParams<T1>,
        ServerPointQuery<'c, 'a, 's, C, ServerPoint, 5>,
        C,
    > for HistoryServerPointsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a HistoryServerPointsParams<T1>,
    ) -> ServerPointQuery<'c, 'a, 's, C, ServerPoint, 5> {
        self.bind(
            client,
            &params.seconds,
            &params.from,
            &params.until,
            &params.server_ids,
            &params.row_limit,
        )
    }
}
pub struct HistoryRequestPointsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn history_request_points() -> HistoryRequestPointsStmt {
    HistoryRequestPointsStmt(
        "select distinct on (node, since) node, date_bin(make_interval(secs => $1), at, 'epoch') as since, at, requests, errors, durations from history_requests where at >= $2 and at < $3 order by node, since, at desc limit $4",
        None,
    )
}
impl HistoryRequestPointsStmt {
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
        seconds: &'a f64,
        from: &'a jiff::Timestamp,
        until: &'a jiff::Timestamp,
        row_limit: &'a i64,
    ) -> HistoryRequestPointsQuery<'c, 'a, 's, C, HistoryRequestPoints, 4> {
        HistoryRequestPointsQuery {
            client,
            params: [seconds, from, until, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<HistoryRequestPointsBorrowed, tokio_postgres::Error> {
                Ok(HistoryRequestPointsBorrowed {
                    node: row.try_get(0)?,
                    since: row.try_get(1)?,
                    at: row.try_get(2)?,
                    requests: row.try_get(3)?,
                    errors: row.try_get(4)?,
                    durations: row.try_get(5)?,
                })
            },
            mapper: |it| HistoryRequestPoints::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        HistoryRequestPointsParams,
        HistoryRequestPointsQuery<'c, 'a, 's, C, HistoryRequestPoints, 4>,
        C,
    > for HistoryRequestPointsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a HistoryRequestPointsParams,
    ) -> HistoryRequestPointsQuery<'c, 'a, 's, C, HistoryRequestPoints, 4> {
        self.bind(client, &params.seconds, &params.from, &params.until, &params.row_limit)
    }
}
pub struct HistoryThinStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn history_thin() -> HistoryThinStmt {
    HistoryThinStmt(
        "with thinned_fleet as ( delete from history_fleet where at < $1 and exists ( select from history_fleet as later where later.at > history_fleet.at and later.at < date_bin(make_interval(secs => $2), history_fleet.at, 'epoch') + make_interval(secs => $2) ) ), thinned_servers as ( delete from history_servers where at < $1 and exists ( select from history_servers as later where later.server_id = history_servers.server_id and later.node = history_servers.node and later.at > history_servers.at and later.at < date_bin(make_interval(secs => $2), history_servers.at, 'epoch') + make_interval(secs => $2) ) ) delete from history_requests where at < $1 and exists ( select from history_requests as later where later.node = history_requests.node and later.at > history_requests.at and later.at < date_bin(make_interval(secs => $2), history_requests.at, 'epoch') + make_interval(secs => $2) )",
        None,
    )
}
impl HistoryThinStmt {
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
        thin_before: &'a jiff::Timestamp,
        seconds: &'a f64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[thin_before, seconds]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        HistoryThinParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for HistoryThinStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a HistoryThinParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.thin_before, &params.seconds))
    }
}
pub struct HistoryFleetForgetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn history_fleet_forget() -> HistoryFleetForgetStmt {
    HistoryFleetForgetStmt("delete from history_fleet where at < $1 or at > $2", None)
}
impl HistoryFleetForgetStmt {
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
        before: &'a jiff::Timestamp,
        after: &'a jiff::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[before, after]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        HistoryFleetForgetParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for HistoryFleetForgetStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a HistoryFleetForgetParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.before, &params.after))
    }
}
pub struct HistoryServersForgetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn history_servers_forget() -> HistoryServersForgetStmt {
    HistoryServersForgetStmt("delete from history_servers where at < $1 or at > $2", None)
}
impl HistoryServersForgetStmt {
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
        before: &'a jiff::Timestamp,
        after: &'a jiff::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[before, after]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        HistoryServersForgetParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for HistoryServersForgetStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a HistoryServersForgetParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.before, &params.after))
    }
}
pub struct HistoryRequestsForgetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn history_requests_forget() -> HistoryRequestsForgetStmt {
    HistoryRequestsForgetStmt("delete from history_requests where at < $1 or at > $2", None)
}
impl HistoryRequestsForgetStmt {
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
        before: &'a jiff::Timestamp,
        after: &'a jiff::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[before, after]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        HistoryRequestsForgetParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for HistoryRequestsForgetStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a HistoryRequestsForgetParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.before, &params.after))
    }
}
