// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct RouterNodeWriteParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub id: uuid::Uuid,
    pub name: T1,
    pub place: Option<T2>,
    pub schema_newest: Option<i64>,
    pub round: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct RouterNodeDeleteParams {
    pub id: uuid::Uuid,
    pub round: i64,
}
#[derive(Debug)]
pub struct RouterNodesDeleteEmptyParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub ids: T1,
    pub except: uuid::Uuid,
}
#[derive(Debug)]
pub struct SeatLeaseWriteParams<
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::ArraySql<Item = i32>,
    T3: crate::ArraySql<Item = i32>,
    T4: crate::ArraySql<Item = i32>,
> {
    pub node_id: uuid::Uuid,
    pub renewals: i64,
    pub server_ids: T1,
    pub seats: T2,
    pub kept: T3,
    pub wanted: T4,
}
#[derive(Debug)]
pub struct SeatLeaseSilenceParams<
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::ArraySql<Item = uuid::Uuid>,
    T3: crate::ArraySql<Item = i64>,
> {
    pub server_ids: T1,
    pub node_ids: T2,
    pub renewals: T3,
}
#[derive(Debug)]
pub struct SeatLeaseTakeParams<
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::ArraySql<Item = uuid::Uuid>,
    T3: crate::ArraySql<Item = i64>,
    T4: crate::ArraySql<Item = bool>,
> {
    pub server_ids: T1,
    pub node_ids: T2,
    pub renewals: T3,
    pub everything: T4,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct SeatBudgetsLock {
    pub id: uuid::Uuid,
    pub connection_budget: i32,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct SeatLeaseList {
    pub server_id: uuid::Uuid,
    pub node_id: uuid::Uuid,
    pub seats: i32,
    pub kept: i32,
    pub wanted: i32,
    pub renewals: i64,
    pub silent: bool,
}
#[derive(Debug, Clone, PartialEq)]
pub struct RouterNodeList {
    pub id: uuid::Uuid,
    pub name: String,
    pub started_at: jiff::Timestamp,
    pub seen_at: jiff::Timestamp,
    pub server: String,
    pub seats: i32,
    pub kept: i32,
    pub wanted: i32,
    pub silent: bool,
}
pub struct RouterNodeListBorrowed<'a> {
    pub id: uuid::Uuid,
    pub name: &'a str,
    pub started_at: jiff::Timestamp,
    pub seen_at: jiff::Timestamp,
    pub server: &'a str,
    pub seats: i32,
    pub kept: i32,
    pub wanted: i32,
    pub silent: bool,
}
impl<'a> From<RouterNodeListBorrowed<'a>> for RouterNodeList {
    fn from(
        RouterNodeListBorrowed {
            id,
            name,
            started_at,
            seen_at,
            server,
            seats,
            kept,
            wanted,
            silent,
        }: RouterNodeListBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            name: name.into(),
            started_at,
            seen_at,
            server: server.into(),
            seats,
            kept,
            wanted,
            silent,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct RouterNodePlaces {
    pub id: uuid::Uuid,
    pub place: String,
}
pub struct RouterNodePlacesBorrowed<'a> {
    pub id: uuid::Uuid,
    pub place: &'a str,
}
impl<'a> From<RouterNodePlacesBorrowed<'a>> for RouterNodePlaces {
    fn from(RouterNodePlacesBorrowed { id, place }: RouterNodePlacesBorrowed<'a>) -> Self {
        Self { id, place: place.into() }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct SeatBudgetsLockQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<SeatBudgetsLock, tokio_postgres::Error>,
    mapper: fn(SeatBudgetsLock) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> SeatBudgetsLockQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(SeatBudgetsLock) -> R,
    ) -> SeatBudgetsLockQuery<'c, 'a, 's, C, R, N> {
        SeatBudgetsLockQuery {
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
pub struct SeatLeaseListQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<SeatLeaseList, tokio_postgres::Error>,
    mapper: fn(SeatLeaseList) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> SeatLeaseListQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(SeatLeaseList) -> R) -> SeatLeaseListQuery<'c, 'a, 's, C, R, N> {
        SeatLeaseListQuery {
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
pub struct RouterNodeListQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<RouterNodeListBorrowed, tokio_postgres::Error>,
    mapper: fn(RouterNodeListBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RouterNodeListQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(RouterNodeListBorrowed) -> R,
    ) -> RouterNodeListQuery<'c, 'a, 's, C, R, N> {
        RouterNodeListQuery {
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
pub struct RouterNodePlacesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<RouterNodePlacesBorrowed, tokio_postgres::Error>,
    mapper: fn(RouterNodePlacesBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RouterNodePlacesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(RouterNodePlacesBorrowed) -> R,
    ) -> RouterNodePlacesQuery<'c, 'a, 's, C, R, N> {
        RouterNodePlacesQuery {
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
pub struct SeatBudgetsLockStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn seat_budgets_lock() -> SeatBudgetsLockStmt {
    SeatBudgetsLockStmt(
        "select id, connection_budget from servers order by id limit $1 for no key update",
        None,
    )
}
impl SeatBudgetsLockStmt {
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
    ) -> SeatBudgetsLockQuery<'c, 'a, 's, C, SeatBudgetsLock, 1> {
        SeatBudgetsLockQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<SeatBudgetsLock, tokio_postgres::Error> {
                    Ok(SeatBudgetsLock { id: row.try_get(0)?, connection_budget: row.try_get(1)? })
                },
            mapper: |it| SeatBudgetsLock::from(it),
        }
    }
}
pub struct RouterNodeWriteStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn router_node_write() -> RouterNodeWriteStmt {
    RouterNodeWriteStmt(
        "insert into router_nodes (id, name, place, schema_newest, round) values ($1, $2, $3, $4, $5) on conflict on constraint router_nodes_pkey do update set round = excluded.round, seen_at = now() where router_nodes.round < excluded.round",
        None,
    )
}
impl RouterNodeWriteStmt {
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
        id: &'a uuid::Uuid,
        name: &'a T1,
        place: &'a Option<T2>,
        schema_newest: &'a Option<i64>,
        round: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id, name, place, schema_newest, round]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RouterNodeWriteParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for RouterNodeWriteStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RouterNodeWriteParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.id,
            &params.name,
            &params.place,
            &params.schema_newest,
            &params.round,
        ))
    }
}
pub struct RouterNodeDeleteStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn router_node_delete() -> RouterNodeDeleteStmt {
    RouterNodeDeleteStmt("delete from router_nodes where id = $1 and round < $2", None)
}
impl RouterNodeDeleteStmt {
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
        round: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id, round]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RouterNodeDeleteParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for RouterNodeDeleteStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RouterNodeDeleteParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.id, &params.round))
    }
}
pub struct RouterNodesDeleteEmptyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn router_nodes_delete_empty() -> RouterNodesDeleteEmptyStmt {
    RouterNodesDeleteEmptyStmt(
        "delete from router_nodes where id = any ($1::uuid[]) and id <> $2 and not exists ( select from seat_leases where seat_leases.node_id = router_nodes.id )",
        None,
    )
}
impl RouterNodesDeleteEmptyStmt {
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
        except: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[ids, except]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::ArraySql<Item = uuid::Uuid>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RouterNodesDeleteEmptyParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for RouterNodesDeleteEmptyStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RouterNodesDeleteEmptyParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.ids, &params.except))
    }
}
pub struct SeatLeaseListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn seat_lease_list() -> SeatLeaseListStmt {
    SeatLeaseListStmt(
        "select server_id, node_id, seats, kept, wanted, renewals, silent from seat_leases order by server_id, node_id limit $1",
        None,
    )
}
impl SeatLeaseListStmt {
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
    ) -> SeatLeaseListQuery<'c, 'a, 's, C, SeatLeaseList, 1> {
        SeatLeaseListQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<SeatLeaseList, tokio_postgres::Error> {
                Ok(SeatLeaseList {
                    server_id: row.try_get(0)?,
                    node_id: row.try_get(1)?,
                    seats: row.try_get(2)?,
                    kept: row.try_get(3)?,
                    wanted: row.try_get(4)?,
                    renewals: row.try_get(5)?,
                    silent: row.try_get(6)?,
                })
            },
            mapper: |it| SeatLeaseList::from(it),
        }
    }
}
pub struct SeatLeaseWriteStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn seat_lease_write() -> SeatLeaseWriteStmt {
    SeatLeaseWriteStmt(
        "insert into seat_leases (node_id, renewals, server_id, seats, kept, wanted) select $1, $2, claims.server_id, claims.seats, claims.kept, claims.wanted from unnest($3::uuid[], $4::integer[], $5::integer[], $6::integer[]) as claims (server_id, seats, kept, wanted) on conflict on constraint seat_leases_pkey do update set renewals = excluded.renewals, seats = excluded.seats, kept = excluded.kept, wanted = excluded.wanted, silent = false",
        None,
    )
}
impl SeatLeaseWriteStmt {
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
        T1: crate::ArraySql<Item = uuid::Uuid>,
        T2: crate::ArraySql<Item = i32>,
        T3: crate::ArraySql<Item = i32>,
        T4: crate::ArraySql<Item = i32>,
    >(
        &'s self,
        client: &'c C,
        node_id: &'a uuid::Uuid,
        renewals: &'a i64,
        server_ids: &'a T1,
        seats: &'a T2,
        kept: &'a T3,
        wanted: &'a T4,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[node_id, renewals, server_ids, seats, kept, wanted]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::ArraySql<Item = i32>,
    T3: crate::ArraySql<Item = i32>,
    T4: crate::ArraySql<Item = i32>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SeatLeaseWriteParams<T1, T2, T3, T4>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for SeatLeaseWriteStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SeatLeaseWriteParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.node_id,
            &params.renewals,
            &params.server_ids,
            &params.seats,
            &params.kept,
            &params.wanted,
        ))
    }
}
pub struct SeatLeaseSilenceStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn seat_lease_silence() -> SeatLeaseSilenceStmt {
    SeatLeaseSilenceStmt(
        "update seat_leases set seats = kept, wanted = 0, silent = true from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as unheard (server_id, node_id, renewals) where seat_leases.server_id = unheard.server_id and seat_leases.node_id = unheard.node_id and seat_leases.renewals = unheard.renewals",
        None,
    )
}
impl SeatLeaseSilenceStmt {
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
        T1: crate::ArraySql<Item = uuid::Uuid>,
        T2: crate::ArraySql<Item = uuid::Uuid>,
        T3: crate::ArraySql<Item = i64>,
    >(
        &'s self,
        client: &'c C,
        server_ids: &'a T1,
        node_ids: &'a T2,
        renewals: &'a T3,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[server_ids, node_ids, renewals]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::ArraySql<Item = uuid::Uuid>,
    T3: crate::ArraySql<Item = i64>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SeatLeaseSilenceParams<T1, T2, T3>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for SeatLeaseSilenceStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SeatLeaseSilenceParams<T1, T2, T3>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.server_ids, &params.node_ids, &params.renewals))
    }
}
pub struct SeatLeaseTakeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn seat_lease_take() -> SeatLeaseTakeStmt {
    SeatLeaseTakeStmt(
        "delete from seat_leases using unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::boolean[]) as unheard (server_id, node_id, renewals, everything) where seat_leases.server_id = unheard.server_id and seat_leases.node_id = unheard.node_id and seat_leases.renewals = unheard.renewals and (unheard.everything or seat_leases.kept = 0)",
        None,
    )
}
impl SeatLeaseTakeStmt {
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
        T1: crate::ArraySql<Item = uuid::Uuid>,
        T2: crate::ArraySql<Item = uuid::Uuid>,
        T3: crate::ArraySql<Item = i64>,
        T4: crate::ArraySql<Item = bool>,
    >(
        &'s self,
        client: &'c C,
        server_ids: &'a T1,
        node_ids: &'a T2,
        renewals: &'a T3,
        everything: &'a T4,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[server_ids, node_ids, renewals, everything]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::ArraySql<Item = uuid::Uuid>,
    T3: crate::ArraySql<Item = i64>,
    T4: crate::ArraySql<Item = bool>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SeatLeaseTakeParams<T1, T2, T3, T4>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for SeatLeaseTakeStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SeatLeaseTakeParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.server_ids,
            &params.node_ids,
            &params.renewals,
            &params.everything,
        ))
    }
}
pub struct RouterNodeListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn router_node_list() -> RouterNodeListStmt {
    RouterNodeListStmt(
        "select router_nodes.id, router_nodes.name, router_nodes.started_at, router_nodes.seen_at, servers.name as server, seat_leases.seats, seat_leases.kept, seat_leases.wanted, seat_leases.silent from router_nodes join seat_leases on seat_leases.node_id = router_nodes.id join servers on servers.id = seat_leases.server_id order by router_nodes.started_at, router_nodes.id, servers.name limit $1",
        None,
    )
}
impl RouterNodeListStmt {
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
    ) -> RouterNodeListQuery<'c, 'a, 's, C, RouterNodeList, 1> {
        RouterNodeListQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<RouterNodeListBorrowed, tokio_postgres::Error> {
                Ok(RouterNodeListBorrowed {
                    id: row.try_get(0)?,
                    name: row.try_get(1)?,
                    started_at: row.try_get(2)?,
                    seen_at: row.try_get(3)?,
                    server: row.try_get(4)?,
                    seats: row.try_get(5)?,
                    kept: row.try_get(6)?,
                    wanted: row.try_get(7)?,
                    silent: row.try_get(8)?,
                })
            },
            mapper: |it| RouterNodeList::from(it),
        }
    }
}
pub struct RouterNodePlacesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn router_node_places() -> RouterNodePlacesStmt {
    RouterNodePlacesStmt(
        "select id, place from router_nodes where place is not null order by started_at, id limit $1",
        None,
    )
}
impl RouterNodePlacesStmt {
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
    ) -> RouterNodePlacesQuery<'c, 'a, 's, C, RouterNodePlaces, 1> {
        RouterNodePlacesQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<RouterNodePlacesBorrowed, tokio_postgres::Error> {
                Ok(RouterNodePlacesBorrowed {
                    id: row.try_get(0)?,
                    place: row.try_get(1)?,
                })
            },
            mapper: |it| RouterNodePlaces::from(it),
        }
    }
}
pub struct RouterNodeForgetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn router_node_forget() -> RouterNodeForgetStmt {
    RouterNodeForgetStmt("delete from router_nodes where id = $1", None)
}
impl RouterNodeForgetStmt {
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
