// This file was generated with `cornucopia`. Do not modify.

#[derive(Clone, Copy, Debug)]
pub struct RouteAfterParams {
    pub epoch: i64,
    pub row_limit: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    pub id: uuid::Uuid,
    pub subdomain: String,
    pub access_mode: String,
    pub epoch: i64,
    pub phase: String,
    pub schema_version: i64,
    pub database_name: String,
    pub role_name: String,
    pub database_password_sealed: Vec<u8>,
    pub server_id: uuid::Uuid,
    pub host: String,
    pub port: i32,
    pub connection_limit: i32,
    pub statement_timeout_ms: i32,
    pub lock_timeout_ms: i32,
    pub idle_in_transaction_timeout_ms: i32,
    pub hostnames: Vec<String>,
    pub connection_weight: i16,
    pub schema_floor: i64,
    pub awaits_version: Option<i64>,
}
pub struct RouteBorrowed<'a> {
    pub id: uuid::Uuid,
    pub subdomain: &'a str,
    pub access_mode: &'a str,
    pub epoch: i64,
    pub phase: &'a str,
    pub schema_version: i64,
    pub database_name: &'a str,
    pub role_name: &'a str,
    pub database_password_sealed: &'a [u8],
    pub server_id: uuid::Uuid,
    pub host: &'a str,
    pub port: i32,
    pub connection_limit: i32,
    pub statement_timeout_ms: i32,
    pub lock_timeout_ms: i32,
    pub idle_in_transaction_timeout_ms: i32,
    pub hostnames: crate::ArrayIterator<'a, &'a str>,
    pub connection_weight: i16,
    pub schema_floor: i64,
    pub awaits_version: Option<i64>,
}
impl<'a> From<RouteBorrowed<'a>> for Route {
    fn from(
        RouteBorrowed {
            id,
            subdomain,
            access_mode,
            epoch,
            phase,
            schema_version,
            database_name,
            role_name,
            database_password_sealed,
            server_id,
            host,
            port,
            connection_limit,
            statement_timeout_ms,
            lock_timeout_ms,
            idle_in_transaction_timeout_ms,
            hostnames,
            connection_weight,
            schema_floor,
            awaits_version,
        }: RouteBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            subdomain: subdomain.into(),
            access_mode: access_mode.into(),
            epoch,
            phase: phase.into(),
            schema_version,
            database_name: database_name.into(),
            role_name: role_name.into(),
            database_password_sealed: database_password_sealed.into(),
            server_id,
            host: host.into(),
            port,
            connection_limit,
            statement_timeout_ms,
            lock_timeout_ms,
            idle_in_transaction_timeout_ms,
            hostnames: hostnames.map(|v| v.into()).collect(),
            connection_weight,
            schema_floor,
            awaits_version,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct ServerBudgets {
    pub id: uuid::Uuid,
    pub connection_budget: i32,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct RouteQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<RouteBorrowed, tokio_postgres::Error>,
    mapper: fn(RouteBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RouteQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(RouteBorrowed) -> R) -> RouteQuery<'c, 'a, 's, C, R, N> {
        RouteQuery {
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
pub struct ServerBudgetsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ServerBudgets, tokio_postgres::Error>,
    mapper: fn(ServerBudgets) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ServerBudgetsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ServerBudgets) -> R) -> ServerBudgetsQuery<'c, 'a, 's, C, R, N> {
        ServerBudgetsQuery {
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
pub struct RouteAfterStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn route_after() -> RouteAfterStmt {
    RouteAfterStmt(
        "( select id, subdomain, access_mode, epoch, phase, schema_version, database_name, role_name, database_password_sealed, server_id, host, port, connection_limit, statement_timeout_ms, lock_timeout_ms, idle_in_transaction_timeout_ms, hostnames, connection_weight, schema_floor, awaits_version from routes where epoch > $1 order by epoch limit $2 ) union all ( select id, subdomain, access_mode, epoch, phase, schema_version, database_name, role_name, database_password_sealed, server_id, host, port, connection_limit, statement_timeout_ms, lock_timeout_ms, idle_in_transaction_timeout_ms, hostnames, connection_weight, schema_floor, awaits_version from inspection_routes where epoch > $1 order by epoch limit $2 ) order by epoch limit $2",
        None,
    )
}
impl RouteAfterStmt {
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
        epoch: &'a i64,
        row_limit: &'a i64,
    ) -> RouteQuery<'c, 'a, 's, C, Route, 2> {
        RouteQuery {
            client,
            params: [epoch, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<RouteBorrowed, tokio_postgres::Error> {
                Ok(RouteBorrowed {
                    id: row.try_get(0)?,
                    subdomain: row.try_get(1)?,
                    access_mode: row.try_get(2)?,
                    epoch: row.try_get(3)?,
                    phase: row.try_get(4)?,
                    schema_version: row.try_get(5)?,
                    database_name: row.try_get(6)?,
                    role_name: row.try_get(7)?,
                    database_password_sealed: row.try_get(8)?,
                    server_id: row.try_get(9)?,
                    host: row.try_get(10)?,
                    port: row.try_get(11)?,
                    connection_limit: row.try_get(12)?,
                    statement_timeout_ms: row.try_get(13)?,
                    lock_timeout_ms: row.try_get(14)?,
                    idle_in_transaction_timeout_ms: row.try_get(15)?,
                    hostnames: row.try_get(16)?,
                    connection_weight: row.try_get(17)?,
                    schema_floor: row.try_get(18)?,
                    awaits_version: row.try_get(19)?,
                })
            },
            mapper: |it| Route::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        RouteAfterParams,
        RouteQuery<'c, 'a, 's, C, Route, 2>,
        C,
    > for RouteAfterStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RouteAfterParams,
    ) -> RouteQuery<'c, 'a, 's, C, Route, 2> {
        self.bind(client, &params.epoch, &params.row_limit)
    }
}
pub struct RouteOfTenantStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn route_of_tenant() -> RouteOfTenantStmt {
    RouteOfTenantStmt(
        "select id, subdomain, access_mode, epoch, phase, schema_version, database_name, role_name, database_password_sealed, server_id, host, port, connection_limit, statement_timeout_ms, lock_timeout_ms, idle_in_transaction_timeout_ms, hostnames, connection_weight, schema_floor, awaits_version from routes where id = $1 union all select id, subdomain, access_mode, epoch, phase, schema_version, database_name, role_name, database_password_sealed, server_id, host, port, connection_limit, statement_timeout_ms, lock_timeout_ms, idle_in_transaction_timeout_ms, hostnames, connection_weight, schema_floor, awaits_version from inspection_routes where id = $1",
        None,
    )
}
impl RouteOfTenantStmt {
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
    ) -> RouteQuery<'c, 'a, 's, C, Route, 1> {
        RouteQuery {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<RouteBorrowed, tokio_postgres::Error> {
                Ok(RouteBorrowed {
                    id: row.try_get(0)?,
                    subdomain: row.try_get(1)?,
                    access_mode: row.try_get(2)?,
                    epoch: row.try_get(3)?,
                    phase: row.try_get(4)?,
                    schema_version: row.try_get(5)?,
                    database_name: row.try_get(6)?,
                    role_name: row.try_get(7)?,
                    database_password_sealed: row.try_get(8)?,
                    server_id: row.try_get(9)?,
                    host: row.try_get(10)?,
                    port: row.try_get(11)?,
                    connection_limit: row.try_get(12)?,
                    statement_timeout_ms: row.try_get(13)?,
                    lock_timeout_ms: row.try_get(14)?,
                    idle_in_transaction_timeout_ms: row.try_get(15)?,
                    hostnames: row.try_get(16)?,
                    connection_weight: row.try_get(17)?,
                    schema_floor: row.try_get(18)?,
                    awaits_version: row.try_get(19)?,
                })
            },
            mapper: |it| Route::from(it),
        }
    }
}
pub struct RouteOfSubdomainStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn route_of_subdomain() -> RouteOfSubdomainStmt {
    RouteOfSubdomainStmt(
        "select id, subdomain, access_mode, epoch, phase, schema_version, database_name, role_name, database_password_sealed, server_id, host, port, connection_limit, statement_timeout_ms, lock_timeout_ms, idle_in_transaction_timeout_ms, hostnames, connection_weight, schema_floor, awaits_version from routes where subdomain = $1 union all select id, subdomain, access_mode, epoch, phase, schema_version, database_name, role_name, database_password_sealed, server_id, host, port, connection_limit, statement_timeout_ms, lock_timeout_ms, idle_in_transaction_timeout_ms, hostnames, connection_weight, schema_floor, awaits_version from inspection_routes where subdomain = $1",
        None,
    )
}
impl RouteOfSubdomainStmt {
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
    ) -> RouteQuery<'c, 'a, 's, C, Route, 1> {
        RouteQuery {
            client,
            params: [subdomain],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<RouteBorrowed, tokio_postgres::Error> {
                Ok(RouteBorrowed {
                    id: row.try_get(0)?,
                    subdomain: row.try_get(1)?,
                    access_mode: row.try_get(2)?,
                    epoch: row.try_get(3)?,
                    phase: row.try_get(4)?,
                    schema_version: row.try_get(5)?,
                    database_name: row.try_get(6)?,
                    role_name: row.try_get(7)?,
                    database_password_sealed: row.try_get(8)?,
                    server_id: row.try_get(9)?,
                    host: row.try_get(10)?,
                    port: row.try_get(11)?,
                    connection_limit: row.try_get(12)?,
                    statement_timeout_ms: row.try_get(13)?,
                    lock_timeout_ms: row.try_get(14)?,
                    idle_in_transaction_timeout_ms: row.try_get(15)?,
                    hostnames: row.try_get(16)?,
                    connection_weight: row.try_get(17)?,
                    schema_floor: row.try_get(18)?,
                    awaits_version: row.try_get(19)?,
                })
            },
            mapper: |it| Route::from(it),
        }
    }
}
pub struct RouteOfHostnameStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn route_of_hostname() -> RouteOfHostnameStmt {
    RouteOfHostnameStmt(
        "select id, subdomain, access_mode, epoch, phase, schema_version, database_name, role_name, database_password_sealed, server_id, host, port, connection_limit, statement_timeout_ms, lock_timeout_ms, idle_in_transaction_timeout_ms, hostnames, connection_weight, schema_floor, awaits_version from routes where id = ( select domains.organization_id from domains where domains.hostname = $1::text::citext and domains.verified_at is not null )",
        None,
    )
}
impl RouteOfHostnameStmt {
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
        hostname: &'a T1,
    ) -> RouteQuery<'c, 'a, 's, C, Route, 1> {
        RouteQuery {
            client,
            params: [hostname],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<RouteBorrowed, tokio_postgres::Error> {
                Ok(RouteBorrowed {
                    id: row.try_get(0)?,
                    subdomain: row.try_get(1)?,
                    access_mode: row.try_get(2)?,
                    epoch: row.try_get(3)?,
                    phase: row.try_get(4)?,
                    schema_version: row.try_get(5)?,
                    database_name: row.try_get(6)?,
                    role_name: row.try_get(7)?,
                    database_password_sealed: row.try_get(8)?,
                    server_id: row.try_get(9)?,
                    host: row.try_get(10)?,
                    port: row.try_get(11)?,
                    connection_limit: row.try_get(12)?,
                    statement_timeout_ms: row.try_get(13)?,
                    lock_timeout_ms: row.try_get(14)?,
                    idle_in_transaction_timeout_ms: row.try_get(15)?,
                    hostnames: row.try_get(16)?,
                    connection_weight: row.try_get(17)?,
                    schema_floor: row.try_get(18)?,
                    awaits_version: row.try_get(19)?,
                })
            },
            mapper: |it| Route::from(it),
        }
    }
}
pub struct ServerBudgetsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn server_budgets() -> ServerBudgetsStmt {
    ServerBudgetsStmt("select id, connection_budget from servers order by id limit $1", None)
}
impl ServerBudgetsStmt {
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
    ) -> ServerBudgetsQuery<'c, 'a, 's, C, ServerBudgets, 1> {
        ServerBudgetsQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<ServerBudgets, tokio_postgres::Error> {
                Ok(ServerBudgets { id: row.try_get(0)?, connection_budget: row.try_get(1)? })
            },
            mapper: |it| ServerBudgets::from(it),
        }
    }
}
