// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct ServerUpsertParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::BytesSql,
> {
    pub id: uuid::Uuid,
    pub name: T1,
    pub region: T2,
    pub host: T3,
    pub port: i32,
    pub admin_host: T4,
    pub admin_role: T5,
    pub admin_password_sealed: Option<T6>,
    pub connection_budget: i32,
    pub capacity: i32,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    pub id: uuid::Uuid,
    pub name: String,
    pub region: String,
    pub host: String,
    pub port: i32,
    pub admin_host: String,
    pub admin_role: String,
    pub admin_password_sealed: Option<Vec<u8>>,
    pub state: String,
    pub connection_budget: i32,
    pub capacity: i32,
}
pub struct ServerBorrowed<'a> {
    pub id: uuid::Uuid,
    pub name: &'a str,
    pub region: &'a str,
    pub host: &'a str,
    pub port: i32,
    pub admin_host: &'a str,
    pub admin_role: &'a str,
    pub admin_password_sealed: Option<&'a [u8]>,
    pub state: &'a str,
    pub connection_budget: i32,
    pub capacity: i32,
}
impl<'a> From<ServerBorrowed<'a>> for Server {
    fn from(
        ServerBorrowed {
            id,
            name,
            region,
            host,
            port,
            admin_host,
            admin_role,
            admin_password_sealed,
            state,
            connection_budget,
            capacity,
        }: ServerBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            name: name.into(),
            region: region.into(),
            host: host.into(),
            port,
            admin_host: admin_host.into(),
            admin_role: admin_role.into(),
            admin_password_sealed: admin_password_sealed.map(|v| v.into()),
            state: state.into(),
            connection_budget,
            capacity,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ServerNames {
    pub id: uuid::Uuid,
    pub name: String,
}
pub struct ServerNamesBorrowed<'a> {
    pub id: uuid::Uuid,
    pub name: &'a str,
}
impl<'a> From<ServerNamesBorrowed<'a>> for ServerNames {
    fn from(ServerNamesBorrowed { id, name }: ServerNamesBorrowed<'a>) -> Self {
        Self { id, name: name.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ServerLoad {
    pub id: uuid::Uuid,
    pub name: String,
    pub region: String,
    pub state: String,
    pub tenants: i64,
    pub capacity: i64,
    pub connection_budget: i64,
}
pub struct ServerLoadBorrowed<'a> {
    pub id: uuid::Uuid,
    pub name: &'a str,
    pub region: &'a str,
    pub state: &'a str,
    pub tenants: i64,
    pub capacity: i64,
    pub connection_budget: i64,
}
impl<'a> From<ServerLoadBorrowed<'a>> for ServerLoad {
    fn from(
        ServerLoadBorrowed {
            id,
            name,
            region,
            state,
            tenants,
            capacity,
            connection_budget,
        }: ServerLoadBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            name: name.into(),
            region: region.into(),
            state: state.into(),
            tenants,
            capacity,
            connection_budget,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct ServerStock {
    pub server_id: uuid::Uuid,
    pub spares: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct PlanNewest {
    pub code: String,
    pub version: i32,
    pub name: String,
    pub price_cents: i64,
    pub currency: String,
    pub connection_limit: i32,
    pub statement_timeout_ms: i32,
    pub database_bytes_max: Option<i64>,
    pub requests_per_day_max: Option<i64>,
    pub ai_credits_per_month: Option<i64>,
}
pub struct PlanNewestBorrowed<'a> {
    pub code: &'a str,
    pub version: i32,
    pub name: &'a str,
    pub price_cents: i64,
    pub currency: &'a str,
    pub connection_limit: i32,
    pub statement_timeout_ms: i32,
    pub database_bytes_max: Option<i64>,
    pub requests_per_day_max: Option<i64>,
    pub ai_credits_per_month: Option<i64>,
}
impl<'a> From<PlanNewestBorrowed<'a>> for PlanNewest {
    fn from(
        PlanNewestBorrowed {
            code,
            version,
            name,
            price_cents,
            currency,
            connection_limit,
            statement_timeout_ms,
            database_bytes_max,
            requests_per_day_max,
            ai_credits_per_month,
        }: PlanNewestBorrowed<'a>,
    ) -> Self {
        Self {
            code: code.into(),
            version,
            name: name.into(),
            price_cents,
            currency: currency.into(),
            connection_limit,
            statement_timeout_ms,
            database_bytes_max,
            requests_per_day_max,
            ai_credits_per_month,
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct ServerQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ServerBorrowed, tokio_postgres::Error>,
    mapper: fn(ServerBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ServerQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ServerBorrowed) -> R) -> ServerQuery<'c, 'a, 's, C, R, N> {
        ServerQuery {
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
pub struct ServerNamesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ServerNamesBorrowed, tokio_postgres::Error>,
    mapper: fn(ServerNamesBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ServerNamesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ServerNamesBorrowed) -> R,
    ) -> ServerNamesQuery<'c, 'a, 's, C, R, N> {
        ServerNamesQuery {
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
pub struct ServerLoadQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ServerLoadBorrowed, tokio_postgres::Error>,
    mapper: fn(ServerLoadBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ServerLoadQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ServerLoadBorrowed) -> R,
    ) -> ServerLoadQuery<'c, 'a, 's, C, R, N> {
        ServerLoadQuery {
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
pub struct ServerStockQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ServerStock, tokio_postgres::Error>,
    mapper: fn(ServerStock) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ServerStockQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ServerStock) -> R) -> ServerStockQuery<'c, 'a, 's, C, R, N> {
        ServerStockQuery {
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
pub struct PlanNewestQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<PlanNewestBorrowed, tokio_postgres::Error>,
    mapper: fn(PlanNewestBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> PlanNewestQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(PlanNewestBorrowed) -> R,
    ) -> PlanNewestQuery<'c, 'a, 's, C, R, N> {
        PlanNewestQuery {
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
pub struct ServerUpsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn server_upsert() -> ServerUpsertStmt {
    ServerUpsertStmt(
        "insert into servers (id, name, region, host, port, admin_host, admin_role, admin_password_sealed, connection_budget, capacity) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict on constraint servers_name_key do update set region = excluded.region, host = excluded.host, port = excluded.port, admin_host = excluded.admin_host, admin_role = excluded.admin_role, admin_password_sealed = excluded.admin_password_sealed, connection_budget = excluded.connection_budget, capacity = excluded.capacity",
        None,
    )
}
impl ServerUpsertStmt {
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
        T6: crate::BytesSql,
    >(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
        name: &'a T1,
        region: &'a T2,
        host: &'a T3,
        port: &'a i32,
        admin_host: &'a T4,
        admin_role: &'a T5,
        admin_password_sealed: &'a Option<T6>,
        connection_budget: &'a i32,
        capacity: &'a i32,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    id,
                    name,
                    region,
                    host,
                    port,
                    admin_host,
                    admin_role,
                    admin_password_sealed,
                    connection_budget,
                    capacity,
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
    T6: crate::BytesSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ServerUpsertParams<T1, T2, T3, T4, T5, T6>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ServerUpsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ServerUpsertParams<T1, T2, T3, T4, T5, T6>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.id,
            &params.name,
            &params.region,
            &params.host,
            &params.port,
            &params.admin_host,
            &params.admin_role,
            &params.admin_password_sealed,
            &params.connection_budget,
            &params.capacity,
        ))
    }
}
pub struct ServerListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn server_list() -> ServerListStmt {
    ServerListStmt(
        "select id, name, region, host, port, admin_host, admin_role, admin_password_sealed, state, connection_budget, capacity from servers order by name limit $1",
        None,
    )
}
impl ServerListStmt {
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
    ) -> ServerQuery<'c, 'a, 's, C, Server, 1> {
        ServerQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ServerBorrowed, tokio_postgres::Error> {
                    Ok(ServerBorrowed {
                        id: row.try_get(0)?,
                        name: row.try_get(1)?,
                        region: row.try_get(2)?,
                        host: row.try_get(3)?,
                        port: row.try_get(4)?,
                        admin_host: row.try_get(5)?,
                        admin_role: row.try_get(6)?,
                        admin_password_sealed: row.try_get(7)?,
                        state: row.try_get(8)?,
                        connection_budget: row.try_get(9)?,
                        capacity: row.try_get(10)?,
                    })
                },
            mapper: |it| Server::from(it),
        }
    }
}
pub struct ServerNamesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn server_names() -> ServerNamesStmt {
    ServerNamesStmt("select id, name from servers order by name limit $1", None)
}
impl ServerNamesStmt {
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
    ) -> ServerNamesQuery<'c, 'a, 's, C, ServerNames, 1> {
        ServerNamesQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ServerNamesBorrowed, tokio_postgres::Error> {
                    Ok(ServerNamesBorrowed { id: row.try_get(0)?, name: row.try_get(1)? })
                },
            mapper: |it| ServerNames::from(it),
        }
    }
}
pub struct ServerFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn server_fetch() -> ServerFetchStmt {
    ServerFetchStmt(
        "select id, name, region, host, port, admin_host, admin_role, admin_password_sealed, state, connection_budget, capacity from servers where id = $1",
        None,
    )
}
impl ServerFetchStmt {
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
    ) -> ServerQuery<'c, 'a, 's, C, Server, 1> {
        ServerQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ServerBorrowed, tokio_postgres::Error> {
                    Ok(ServerBorrowed {
                        id: row.try_get(0)?,
                        name: row.try_get(1)?,
                        region: row.try_get(2)?,
                        host: row.try_get(3)?,
                        port: row.try_get(4)?,
                        admin_host: row.try_get(5)?,
                        admin_role: row.try_get(6)?,
                        admin_password_sealed: row.try_get(7)?,
                        state: row.try_get(8)?,
                        connection_budget: row.try_get(9)?,
                        capacity: row.try_get(10)?,
                    })
                },
            mapper: |it| Server::from(it),
        }
    }
}
pub struct ServerLoadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn server_load() -> ServerLoadStmt {
    ServerLoadStmt(
        "select servers.id, servers.name, servers.region, servers.state, count(tenants.organization_id) as tenants, servers.capacity::bigint as capacity, servers.connection_budget::bigint as connection_budget from servers left join tenants on tenants.server_id = servers.id and tenants.phase not in ('ARCHIVED', 'ERASED') group by servers.id order by servers.name limit $1",
        None,
    )
}
impl ServerLoadStmt {
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
    ) -> ServerLoadQuery<'c, 'a, 's, C, ServerLoad, 1> {
        ServerLoadQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ServerLoadBorrowed, tokio_postgres::Error> {
                    Ok(ServerLoadBorrowed {
                        id: row.try_get(0)?,
                        name: row.try_get(1)?,
                        region: row.try_get(2)?,
                        state: row.try_get(3)?,
                        tenants: row.try_get(4)?,
                        capacity: row.try_get(5)?,
                        connection_budget: row.try_get(6)?,
                    })
                },
            mapper: |it| ServerLoad::from(it),
        }
    }
}
pub struct ServerStockStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn server_stock() -> ServerStockStmt {
    ServerStockStmt(
        "select server_id, count(id) as spares from spares where state = 'READY' group by server_id order by server_id limit $1",
        None,
    )
}
impl ServerStockStmt {
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
    ) -> ServerStockQuery<'c, 'a, 's, C, ServerStock, 1> {
        ServerStockQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<ServerStock, tokio_postgres::Error> {
                Ok(ServerStock { server_id: row.try_get(0)?, spares: row.try_get(1)? })
            },
            mapper: |it| ServerStock::from(it),
        }
    }
}
pub struct PlanNewestStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn plan_newest() -> PlanNewestStmt {
    PlanNewestStmt(
        "select distinct on (code) code, version, name, price_cents, currency::text as currency, connection_limit, statement_timeout_ms, database_bytes_max, requests_per_day_max, ai_credits_per_month from plans order by code, version desc limit $1",
        None,
    )
}
impl PlanNewestStmt {
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
    ) -> PlanNewestQuery<'c, 'a, 's, C, PlanNewest, 1> {
        PlanNewestQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<PlanNewestBorrowed, tokio_postgres::Error> {
                    Ok(PlanNewestBorrowed {
                        code: row.try_get(0)?,
                        version: row.try_get(1)?,
                        name: row.try_get(2)?,
                        price_cents: row.try_get(3)?,
                        currency: row.try_get(4)?,
                        connection_limit: row.try_get(5)?,
                        statement_timeout_ms: row.try_get(6)?,
                        database_bytes_max: row.try_get(7)?,
                        requests_per_day_max: row.try_get(8)?,
                        ai_credits_per_month: row.try_get(9)?,
                    })
                },
            mapper: |it| PlanNewest::from(it),
        }
    }
}
