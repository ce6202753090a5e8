// This file was generated with `cornucopia`. Do not modify.

#[derive(Clone, Copy, Debug)]
pub struct UsageClaimParams {
    pub every_seconds: f64,
    pub row_limit: i64,
    pub token: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct UsageCollectedParams {
    pub counts_statements: bool,
    pub server_id: uuid::Uuid,
    pub token: i64,
}
#[derive(Debug)]
pub struct UsageTenantsParams<T1: crate::StringSql> {
    pub day: T1,
    pub server_id: uuid::Uuid,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct UsageMarksOfParams<T1: crate::StringSql> {
    pub day: T1,
    pub server_id: uuid::Uuid,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct UsageBundleBeginParams {
    pub node_id: uuid::Uuid,
    pub number: i64,
}
#[derive(Debug)]
pub struct UsageRequestsToldParams<T1: crate::StringSql> {
    pub standing: T1,
    pub organization_id: uuid::Uuid,
    pub day: jiff::civil::Date,
}
#[derive(Clone, Copy, Debug)]
pub struct UsageForgetParams {
    pub days: i32,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct UsageBundlesForgetParams {
    pub days: i32,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct UsageTopParams<T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql> {
    pub today: T1,
    pub days: i32,
    pub subdomain: Option<T2>,
    pub by: T3,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct UsageDaysOfParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub subdomain: T1,
    pub today: T2,
    pub days: i32,
    pub row_limit: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct UsageTenants {
    pub organization_id: uuid::Uuid,
    pub database_name: String,
    pub subdomain: String,
    pub database_bytes_max: Option<i64>,
    pub database_told: String,
}
pub struct UsageTenantsBorrowed<'a> {
    pub organization_id: uuid::Uuid,
    pub database_name: &'a str,
    pub subdomain: &'a str,
    pub database_bytes_max: Option<i64>,
    pub database_told: &'a str,
}
impl<'a> From<UsageTenantsBorrowed<'a>> for UsageTenants {
    fn from(
        UsageTenantsBorrowed {
            organization_id,
            database_name,
            subdomain,
            database_bytes_max,
            database_told,
        }: UsageTenantsBorrowed<'a>,
    ) -> Self {
        Self {
            organization_id,
            database_name: database_name.into(),
            subdomain: subdomain.into(),
            database_bytes_max,
            database_told: database_told.into(),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    pub organization_id: uuid::Uuid,
    pub server_id: uuid::Uuid,
    pub database_oid: i64,
    pub reset_us: i64,
    pub commits: i64,
    pub rollbacks: i64,
    pub rows_written: i64,
    pub temp_bytes: i64,
    pub deadlocks: i64,
    pub sessions: i64,
    pub active_us: i64,
    pub statements: Option<i64>,
    pub statement_us: Option<i64>,
    pub statements_reset_us: Option<i64>,
    pub is_of_day: bool,
    pub database_bytes: Option<i64>,
    pub database_standing: String,
}
pub struct MarkBorrowed<'a> {
    pub organization_id: uuid::Uuid,
    pub server_id: uuid::Uuid,
    pub database_oid: i64,
    pub reset_us: i64,
    pub commits: i64,
    pub rollbacks: i64,
    pub rows_written: i64,
    pub temp_bytes: i64,
    pub deadlocks: i64,
    pub sessions: i64,
    pub active_us: i64,
    pub statements: Option<i64>,
    pub statement_us: Option<i64>,
    pub statements_reset_us: Option<i64>,
    pub is_of_day: bool,
    pub database_bytes: Option<i64>,
    pub database_standing: &'a str,
}
impl<'a> From<MarkBorrowed<'a>> for Mark {
    fn from(
        MarkBorrowed {
            organization_id,
            server_id,
            database_oid,
            reset_us,
            commits,
            rollbacks,
            rows_written,
            temp_bytes,
            deadlocks,
            sessions,
            active_us,
            statements,
            statement_us,
            statements_reset_us,
            is_of_day,
            database_bytes,
            database_standing,
        }: MarkBorrowed<'a>,
    ) -> Self {
        Self {
            organization_id,
            server_id,
            database_oid,
            reset_us,
            commits,
            rollbacks,
            rows_written,
            temp_bytes,
            deadlocks,
            sessions,
            active_us,
            statements,
            statement_us,
            statements_reset_us,
            is_of_day,
            database_bytes,
            database_standing: database_standing.into(),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct UsageRequestsAdd {
    pub organization_id: uuid::Uuid,
    pub subdomain: String,
    pub day: jiff::civil::Date,
    pub requests: i64,
    pub requests_told: String,
    pub requests_per_day_max: i64,
}
pub struct UsageRequestsAddBorrowed<'a> {
    pub organization_id: uuid::Uuid,
    pub subdomain: &'a str,
    pub day: jiff::civil::Date,
    pub requests: i64,
    pub requests_told: &'a str,
    pub requests_per_day_max: i64,
}
impl<'a> From<UsageRequestsAddBorrowed<'a>> for UsageRequestsAdd {
    fn from(
        UsageRequestsAddBorrowed {
            organization_id,
            subdomain,
            day,
            requests,
            requests_told,
            requests_per_day_max,
        }: UsageRequestsAddBorrowed<'a>,
    ) -> Self {
        Self {
            organization_id,
            subdomain: subdomain.into(),
            day,
            requests,
            requests_told: requests_told.into(),
            requests_per_day_max,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Used {
    pub subdomain: String,
    pub plan: String,
    pub connection_limit: i32,
    pub database_bytes_max: Option<i64>,
    pub requests_per_day_max: Option<i64>,
    pub server: String,
    pub requests: i64,
    pub requests_today: i64,
    pub busy_us: i64,
    pub sent_bytes: i64,
    pub transactions: i64,
    pub rows_changed: i64,
    pub query_us: i64,
    pub sessions: i64,
    pub temp_bytes: i64,
    pub deadlocks: i64,
    pub statements: Option<i64>,
    pub statement_us: Option<i64>,
    pub connections_max: i64,
    pub database_bytes: Option<i64>,
    pub tenants: i64,
}
pub struct UsedBorrowed<'a> {
    pub subdomain: &'a str,
    pub plan: &'a str,
    pub connection_limit: i32,
    pub database_bytes_max: Option<i64>,
    pub requests_per_day_max: Option<i64>,
    pub server: &'a str,
    pub requests: i64,
    pub requests_today: i64,
    pub busy_us: i64,
    pub sent_bytes: i64,
    pub transactions: i64,
    pub rows_changed: i64,
    pub query_us: i64,
    pub sessions: i64,
    pub temp_bytes: i64,
    pub deadlocks: i64,
    pub statements: Option<i64>,
    pub statement_us: Option<i64>,
    pub connections_max: i64,
    pub database_bytes: Option<i64>,
    pub tenants: i64,
}
impl<'a> From<UsedBorrowed<'a>> for Used {
    fn from(
        UsedBorrowed {
            subdomain,
            plan,
            connection_limit,
            database_bytes_max,
            requests_per_day_max,
            server,
            requests,
            requests_today,
            busy_us,
            sent_bytes,
            transactions,
            rows_changed,
            query_us,
            sessions,
            temp_bytes,
            deadlocks,
            statements,
            statement_us,
            connections_max,
            database_bytes,
            tenants,
        }: UsedBorrowed<'a>,
    ) -> Self {
        Self {
            subdomain: subdomain.into(),
            plan: plan.into(),
            connection_limit,
            database_bytes_max,
            requests_per_day_max,
            server: server.into(),
            requests,
            requests_today,
            busy_us,
            sent_bytes,
            transactions,
            rows_changed,
            query_us,
            sessions,
            temp_bytes,
            deadlocks,
            statements,
            statement_us,
            connections_max,
            database_bytes,
            tenants,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct UsedDay {
    pub day: jiff::civil::Date,
    pub requests: i64,
    pub busy_us: i64,
    pub sent_bytes: i64,
    pub transactions: i64,
    pub rows_changed: i64,
    pub query_us: i64,
    pub sessions: i64,
    pub temp_bytes: i64,
    pub deadlocks: i64,
    pub statements: Option<i64>,
    pub statement_us: Option<i64>,
    pub connections_max: i64,
    pub database_bytes: Option<i64>,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    pub server: String,
    pub collected_at: Option<jiff::Timestamp>,
    pub counts_statements: bool,
}
pub struct SourceBorrowed<'a> {
    pub server: &'a str,
    pub collected_at: Option<jiff::Timestamp>,
    pub counts_statements: bool,
}
impl<'a> From<SourceBorrowed<'a>> for Source {
    fn from(
        SourceBorrowed { server, collected_at, counts_statements }: SourceBorrowed<'a>,
    ) -> Self {
        Self { server: server.into(), collected_at, counts_statements }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
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
pub struct UsageTenantsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<UsageTenantsBorrowed, tokio_postgres::Error>,
    mapper: fn(UsageTenantsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> UsageTenantsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(UsageTenantsBorrowed) -> R,
    ) -> UsageTenantsQuery<'c, 'a, 's, C, R, N> {
        UsageTenantsQuery {
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
pub struct MarkQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<MarkBorrowed, tokio_postgres::Error>,
    mapper: fn(MarkBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> MarkQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(MarkBorrowed) -> R) -> MarkQuery<'c, 'a, 's, C, R, N> {
        MarkQuery {
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
pub struct UsageRequestsAddQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<UsageRequestsAddBorrowed, tokio_postgres::Error>,
    mapper: fn(UsageRequestsAddBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> UsageRequestsAddQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(UsageRequestsAddBorrowed) -> R,
    ) -> UsageRequestsAddQuery<'c, 'a, 's, C, R, N> {
        UsageRequestsAddQuery {
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
pub struct UsedQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<UsedBorrowed, tokio_postgres::Error>,
    mapper: fn(UsedBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> UsedQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(UsedBorrowed) -> R) -> UsedQuery<'c, 'a, 's, C, R, N> {
        UsedQuery {
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
pub struct UsedDayQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<UsedDay, tokio_postgres::Error>,
    mapper: fn(UsedDay) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> UsedDayQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(UsedDay) -> R) -> UsedDayQuery<'c, 'a, 's, C, R, N> {
        UsedDayQuery {
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
pub struct SourceQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<SourceBorrowed, tokio_postgres::Error>,
    mapper: fn(SourceBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> SourceQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(SourceBorrowed) -> R) -> SourceQuery<'c, 'a, 's, C, R, N> {
        SourceQuery {
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
pub struct UsageSourcesEnsureStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn usage_sources_ensure() -> UsageSourcesEnsureStmt {
    UsageSourcesEnsureStmt(
        "insert into usage_sources (server_id) select servers.id from servers where not exists ( select from usage_sources where usage_sources.server_id = servers.id ) on conflict do nothing",
        None,
    )
}
impl UsageSourcesEnsureStmt {
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
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[]).await
    }
}
pub struct UsageClaimStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn usage_claim() -> UsageClaimStmt {
    UsageClaimStmt(
        "with due as ( select usage_sources.server_id from usage_sources where usage_sources.due_at <= now() or usage_sources.due_at > now() + make_interval(secs => $1) order by usage_sources.due_at limit $2 for update skip locked ) update usage_sources set token = $3, due_at = now() + make_interval(secs => $1) from due where usage_sources.server_id = due.server_id returning usage_sources.server_id",
        None,
    )
}
impl UsageClaimStmt {
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
        every_seconds: &'a f64,
        row_limit: &'a i64,
        token: &'a i64,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 3> {
        UuidUuidQuery {
            client,
            params: [every_seconds, row_limit, token],
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
        UsageClaimParams,
        UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 3>,
        C,
    > for UsageClaimStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a UsageClaimParams,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 3> {
        self.bind(client, &params.every_seconds, &params.row_limit, &params.token)
    }
}
pub struct UsageCollectedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn usage_collected() -> UsageCollectedStmt {
    UsageCollectedStmt(
        "update usage_sources set collected_at = now(), counts_statements = $1 where server_id = $2 and token = $3",
        None,
    )
}
impl UsageCollectedStmt {
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
        counts_statements: &'a bool,
        server_id: &'a uuid::Uuid,
        token: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[counts_statements, server_id, token]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        UsageCollectedParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for UsageCollectedStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a UsageCollectedParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.counts_statements, &params.server_id, &params.token))
    }
}
pub struct UsageTenantsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn usage_tenants() -> UsageTenantsStmt {
    UsageTenantsStmt(
        "select tenants.organization_id, tenants.database_name, tenant_limits.subdomain, tenant_limits.database_bytes_max, coalesce(usage_days.database_told, 'WITHIN') as database_told from tenants join tenant_limits on tenant_limits.organization_id = tenants.organization_id left join usage_days on usage_days.organization_id = tenants.organization_id and usage_days.day = $1::text::date where tenants.server_id = $2 order by tenants.organization_id limit $3",
        None,
    )
}
impl UsageTenantsStmt {
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
        day: &'a T1,
        server_id: &'a uuid::Uuid,
        row_limit: &'a i64,
    ) -> UsageTenantsQuery<'c, 'a, 's, C, UsageTenants, 3> {
        UsageTenantsQuery {
            client,
            params: [day, server_id, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<UsageTenantsBorrowed, tokio_postgres::Error> {
                    Ok(UsageTenantsBorrowed {
                        organization_id: row.try_get(0)?,
                        database_name: row.try_get(1)?,
                        subdomain: row.try_get(2)?,
                        database_bytes_max: row.try_get(3)?,
                        database_told: row.try_get(4)?,
                    })
                },
            mapper: |it| UsageTenants::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        UsageTenantsParams<T1>,
        UsageTenantsQuery<'c, 'a, 's, C, UsageTenants, 3>,
        C,
    > for UsageTenantsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a UsageTenantsParams<T1>,
    ) -> UsageTenantsQuery<'c, 'a, 's, C, UsageTenants, 3> {
        self.bind(client, &params.day, &params.server_id, &params.row_limit)
    }
}
pub struct UsageMarksOfStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn usage_marks_of() -> UsageMarksOfStmt {
    UsageMarksOfStmt(
        "select organization_id, server_id, database_oid, reset_us, commits, rollbacks, rows_written, temp_bytes, deadlocks, sessions, active_us, statements, statement_us, statements_reset_us, day = $1::text::date as is_of_day, database_bytes, database_standing from usage_marks where server_id = $2 order by organization_id limit $3",
        None,
    )
}
impl UsageMarksOfStmt {
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
        day: &'a T1,
        server_id: &'a uuid::Uuid,
        row_limit: &'a i64,
    ) -> MarkQuery<'c, 'a, 's, C, Mark, 3> {
        MarkQuery {
            client,
            params: [day, server_id, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<MarkBorrowed, tokio_postgres::Error> {
                Ok(MarkBorrowed {
                    organization_id: row.try_get(0)?,
                    server_id: row.try_get(1)?,
                    database_oid: row.try_get(2)?,
                    reset_us: row.try_get(3)?,
                    commits: row.try_get(4)?,
                    rollbacks: row.try_get(5)?,
                    rows_written: row.try_get(6)?,
                    temp_bytes: row.try_get(7)?,
                    deadlocks: row.try_get(8)?,
                    sessions: row.try_get(9)?,
                    active_us: row.try_get(10)?,
                    statements: row.try_get(11)?,
                    statement_us: row.try_get(12)?,
                    statements_reset_us: row.try_get(13)?,
                    is_of_day: row.try_get(14)?,
                    database_bytes: row.try_get(15)?,
                    database_standing: row.try_get(16)?,
                })
            },
            mapper: |it| Mark::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        UsageMarksOfParams<T1>,
        MarkQuery<'c, 'a, 's, C, Mark, 3>,
        C,
    > for UsageMarksOfStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a UsageMarksOfParams<T1>,
    ) -> MarkQuery<'c, 'a, 's, C, Mark, 3> {
        self.bind(client, &params.day, &params.server_id, &params.row_limit)
    }
}
pub struct UsageOrganizationsLockedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn usage_organizations_locked() -> UsageOrganizationsLockedStmt {
    UsageOrganizationsLockedStmt(
        "select id from organizations where id = any ($1::uuid[]) order by id for key share",
        None,
    )
}
impl UsageOrganizationsLockedStmt {
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
        ids: &'a T1,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 1> {
        UuidUuidQuery {
            client,
            params: [ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct UsageActivityAddStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn usage_activity_add() -> UsageActivityAddStmt {
    UsageActivityAddStmt(
        "insert into usage_days ( organization_id, day, transactions, rows_changed, query_us, sessions, temp_bytes, deadlocks, statements, statement_us, connections_max, database_bytes, database_told ) select more.organization_id, more.day, more.transactions, more.rows_changed, more.query_us, more.sessions, more.temp_bytes, more.deadlocks, more.statements, more.statement_us, more.connections, more.database_bytes, more.database_told from jsonb_to_recordset($1::jsonb) as more ( organization_id uuid, day date, transactions bigint, rows_changed bigint, query_us bigint, sessions bigint, temp_bytes bigint, deadlocks bigint, statements bigint, statement_us bigint, connections bigint, database_bytes bigint, database_told text ) order by more.organization_id on conflict on constraint usage_days_pkey do update set transactions = usage_days.transactions + excluded.transactions, rows_changed = usage_days.rows_changed + excluded.rows_changed, query_us = usage_days.query_us + excluded.query_us, sessions = usage_days.sessions + excluded.sessions, temp_bytes = usage_days.temp_bytes + excluded.temp_bytes, deadlocks = usage_days.deadlocks + excluded.deadlocks, statements = coalesce(usage_days.statements + excluded.statements, usage_days.statements, excluded.statements), statement_us = coalesce(usage_days.statement_us + excluded.statement_us, usage_days.statement_us, excluded.statement_us), connections_max = greatest(usage_days.connections_max, excluded.connections_max), database_bytes = coalesce(excluded.database_bytes, usage_days.database_bytes), database_told = excluded.database_told",
        None,
    )
}
impl UsageActivityAddStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::JsonSql>(
        &'s self,
        client: &'c C,
        rows: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[rows]).await
    }
}
pub struct UsageMarksPutStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn usage_marks_put() -> UsageMarksPutStmt {
    UsageMarksPutStmt(
        "insert into usage_marks ( organization_id, server_id, database_oid, reset_us, commits, rollbacks, rows_written, temp_bytes, deadlocks, sessions, active_us, statements, statement_us, statements_reset_us, day, database_bytes, database_standing ) select organization_id, server_id, database_oid, reset_us, commits, rollbacks, rows_written, temp_bytes, deadlocks, sessions, active_us, statements, statement_us, statements_reset_us, day, database_bytes, database_standing from jsonb_to_recordset($1::jsonb) as mark ( organization_id uuid, server_id uuid, database_oid bigint, reset_us bigint, commits bigint, rollbacks bigint, rows_written bigint, temp_bytes bigint, deadlocks bigint, sessions bigint, active_us bigint, statements bigint, statement_us bigint, statements_reset_us bigint, day date, database_bytes bigint, database_standing text ) order by organization_id on conflict on constraint usage_marks_pkey do update set server_id = excluded.server_id, database_oid = excluded.database_oid, reset_us = excluded.reset_us, commits = excluded.commits, rollbacks = excluded.rollbacks, rows_written = excluded.rows_written, temp_bytes = excluded.temp_bytes, deadlocks = excluded.deadlocks, sessions = excluded.sessions, active_us = excluded.active_us, statements = excluded.statements, statement_us = excluded.statement_us, statements_reset_us = excluded.statements_reset_us, day = excluded.day, database_bytes = excluded.database_bytes, database_standing = excluded.database_standing",
        None,
    )
}
impl UsageMarksPutStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::JsonSql>(
        &'s self,
        client: &'c C,
        rows: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[rows]).await
    }
}
pub struct UsageBundleBeginStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn usage_bundle_begin() -> UsageBundleBeginStmt {
    UsageBundleBeginStmt(
        "insert into usage_bundles (node_id, number) values ($1, $2) on conflict on constraint usage_bundles_pkey do update set number = excluded.number, at = now() where usage_bundles.number < excluded.number",
        None,
    )
}
impl UsageBundleBeginStmt {
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
        node_id: &'a uuid::Uuid,
        number: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[node_id, number]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        UsageBundleBeginParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for UsageBundleBeginStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a UsageBundleBeginParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.node_id, &params.number))
    }
}
pub struct UsageRequestsAddStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn usage_requests_add() -> UsageRequestsAddStmt {
    UsageRequestsAddStmt(
        "with added as ( insert into usage_days (organization_id, day, requests, busy_us, sent_bytes) select more.organization_id, more.day, more.requests, more.busy_us, more.sent_bytes from jsonb_to_recordset($1::jsonb) as more ( organization_id uuid, day date, requests bigint, busy_us bigint, sent_bytes bigint ) order by more.organization_id, more.day on conflict on constraint usage_days_pkey do update set requests = usage_days.requests + excluded.requests, busy_us = usage_days.busy_us + excluded.busy_us, sent_bytes = usage_days.sent_bytes + excluded.sent_bytes returning organization_id, day, requests, requests_told ) select added.organization_id, tenant_limits.subdomain, added.day, added.requests, added.requests_told, tenant_limits.requests_per_day_max from added join tenant_limits on tenant_limits.organization_id = added.organization_id where tenant_limits.requests_per_day_max is not null order by added.organization_id, added.day",
        None,
    )
}
impl UsageRequestsAddStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::JsonSql>(
        &'s self,
        client: &'c C,
        rows: &'a T1,
    ) -> UsageRequestsAddQuery<'c, 'a, 's, C, UsageRequestsAdd, 1> {
        UsageRequestsAddQuery {
            client,
            params: [rows],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<UsageRequestsAddBorrowed, tokio_postgres::Error> {
                Ok(UsageRequestsAddBorrowed {
                    organization_id: row.try_get(0)?,
                    subdomain: row.try_get(1)?,
                    day: row.try_get(2)?,
                    requests: row.try_get(3)?,
                    requests_told: row.try_get(4)?,
                    requests_per_day_max: row.try_get(5)?,
                })
            },
            mapper: |it| UsageRequestsAdd::from(it),
        }
    }
}
pub struct UsageRequestsToldStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn usage_requests_told() -> UsageRequestsToldStmt {
    UsageRequestsToldStmt(
        "update usage_days set requests_told = $1 where organization_id = $2 and day = $3",
        None,
    )
}
impl UsageRequestsToldStmt {
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
        standing: &'a T1,
        organization_id: &'a uuid::Uuid,
        day: &'a jiff::civil::Date,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[standing, organization_id, day]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        UsageRequestsToldParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for UsageRequestsToldStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a UsageRequestsToldParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.standing, &params.organization_id, &params.day))
    }
}
pub struct UsageForgetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn usage_forget() -> UsageForgetStmt {
    UsageForgetStmt(
        "delete from usage_days where (organization_id, day) in ( select usage_days.organization_id, usage_days.day from usage_days where usage_days.day < (now() at time zone 'UTC')::date - $1::integer order by usage_days.day limit $2 )",
        None,
    )
}
impl UsageForgetStmt {
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
        UsageForgetParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for UsageForgetStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a UsageForgetParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.days, &params.row_limit))
    }
}
pub struct UsageBundlesForgetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn usage_bundles_forget() -> UsageBundlesForgetStmt {
    UsageBundlesForgetStmt(
        "delete from usage_bundles where node_id in ( select usage_bundles.node_id from usage_bundles where usage_bundles.at < now() - make_interval(days => $1::integer) order by usage_bundles.at limit $2 )",
        None,
    )
}
impl UsageBundlesForgetStmt {
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
        UsageBundlesForgetParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for UsageBundlesForgetStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a UsageBundlesForgetParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.days, &params.row_limit))
    }
}
pub struct UsageTopStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn usage_top() -> UsageTopStmt {
    UsageTopStmt(
        "select tenant_limits.subdomain, tenant_limits.plan, tenant_limits.connection_limit, tenant_limits.database_bytes_max, tenant_limits.requests_per_day_max, servers.name as server, used.requests, coalesce(today.requests, 0) as requests_today, used.busy_us, used.sent_bytes, used.transactions, used.rows_changed, used.query_us, used.sessions, used.temp_bytes, used.deadlocks, used.statements, used.statement_us, used.connections_max, usage_marks.database_bytes, count(*) over () as tenants from tenant_limits join tenants on tenants.organization_id = tenant_limits.organization_id join servers on servers.id = tenants.server_id left join usage_marks on usage_marks.organization_id = tenant_limits.organization_id left join usage_days as today on today.organization_id = tenant_limits.organization_id and today.day = $1::text::date cross join lateral ( select coalesce(sum(usage_days.requests), 0)::bigint as requests, coalesce(sum(usage_days.busy_us), 0)::bigint as busy_us, coalesce(sum(usage_days.sent_bytes), 0)::bigint as sent_bytes, coalesce(sum(usage_days.transactions), 0)::bigint as transactions, coalesce(sum(usage_days.rows_changed), 0)::bigint as rows_changed, coalesce(sum(usage_days.query_us), 0)::bigint as query_us, coalesce(sum(usage_days.sessions), 0)::bigint as sessions, coalesce(sum(usage_days.temp_bytes), 0)::bigint as temp_bytes, coalesce(sum(usage_days.deadlocks), 0)::bigint as deadlocks, sum(usage_days.statements)::bigint as statements, sum(usage_days.statement_us)::bigint as statement_us, coalesce(max(usage_days.connections_max), 0) as connections_max from usage_days where usage_days.organization_id = tenant_limits.organization_id and usage_days.day > $1::text::date - $2::integer ) as used where $3::text is null or tenant_limits.subdomain = $3::text order by case $4::text when 'requests' then used.requests when 'query-time' then used.query_us when 'rows' then used.rows_changed when 'bytes' then coalesce(usage_marks.database_bytes, 0) when 'connections' then used.connections_max else 0 end desc, tenant_limits.subdomain limit $5",
        None,
    )
}
impl UsageTopStmt {
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
        T3: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        today: &'a T1,
        days: &'a i32,
        subdomain: &'a Option<T2>,
        by: &'a T3,
        row_limit: &'a i64,
    ) -> UsedQuery<'c, 'a, 's, C, Used, 5> {
        UsedQuery {
            client,
            params: [today, days, subdomain, by, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<UsedBorrowed, tokio_postgres::Error> {
                Ok(UsedBorrowed {
                    subdomain: row.try_get(0)?,
                    plan: row.try_get(1)?,
                    connection_limit: row.try_get(2)?,
                    database_bytes_max: row.try_get(3)?,
                    requests_per_day_max: row.try_get(4)?,
                    server: row.try_get(5)?,
                    requests: row.try_get(6)?,
                    requests_today: row.try_get(7)?,
                    busy_us: row.try_get(8)?,
                    sent_bytes: row.try_get(9)?,
                    transactions: row.try_get(10)?,
                    rows_changed: row.try_get(11)?,
                    query_us: row.try_get(12)?,
                    sessions: row.try_get(13)?,
                    temp_bytes: row.try_get(14)?,
                    deadlocks: row.try_get(15)?,
                    statements: row.try_get(16)?,
                    statement_us: row.try_get(17)?,
                    connections_max: row.try_get(18)?,
                    database_bytes: row.try_get(19)?,
                    tenants: row.try_get(20)?,
                })
            },
            mapper: |it| Used::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        UsageTopParams<T1, T2, T3>,
        UsedQuery<'c, 'a, 's, C, Used, 5>,
        C,
    > for UsageTopStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a UsageTopParams<T1, T2, T3>,
    ) -> UsedQuery<'c, 'a, 's, C, Used, 5> {
        self.bind(
            client,
            &params.today,
            &params.days,
            &params.subdomain,
            &params.by,
            &params.row_limit,
        )
    }
}
pub struct UsageDaysOfStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn usage_days_of() -> UsageDaysOfStmt {
    UsageDaysOfStmt(
        "select usage_days.day, requests, busy_us, sent_bytes, transactions, rows_changed, query_us, sessions, temp_bytes, deadlocks, statements, statement_us, connections_max, database_bytes from usage_days join organizations on organizations.id = usage_days.organization_id where organizations.subdomain = $1::text::citext and usage_days.day > $2::text::date - $3::integer order by usage_days.day desc limit $4",
        None,
    )
}
impl UsageDaysOfStmt {
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
        subdomain: &'a T1,
        today: &'a T2,
        days: &'a i32,
        row_limit: &'a i64,
    ) -> UsedDayQuery<'c, 'a, 's, C, UsedDay, 4> {
        UsedDayQuery {
            client,
            params: [subdomain, today, days, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<UsedDay, tokio_postgres::Error> {
                Ok(UsedDay {
                    day: row.try_get(0)?,
                    requests: row.try_get(1)?,
                    busy_us: row.try_get(2)?,
                    sent_bytes: row.try_get(3)?,
                    transactions: row.try_get(4)?,
                    rows_changed: row.try_get(5)?,
                    query_us: row.try_get(6)?,
                    sessions: row.try_get(7)?,
                    temp_bytes: row.try_get(8)?,
                    deadlocks: row.try_get(9)?,
                    statements: row.try_get(10)?,
                    statement_us: row.try_get(11)?,
                    connections_max: row.try_get(12)?,
                    database_bytes: row.try_get(13)?,
                })
            },
            mapper: |it| UsedDay::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        UsageDaysOfParams<T1, T2>,
        UsedDayQuery<'c, 'a, 's, C, UsedDay, 4>,
        C,
    > for UsageDaysOfStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a UsageDaysOfParams<T1, T2>,
    ) -> UsedDayQuery<'c, 'a, 's, C, UsedDay, 4> {
        self.bind(client, &params.subdomain, &params.today, &params.days, &params.row_limit)
    }
}
pub struct UsageSourceListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn usage_source_list() -> UsageSourceListStmt {
    UsageSourceListStmt(
        "select servers.name as server, usage_sources.collected_at, coalesce(usage_sources.counts_statements, false) as counts_statements from servers left join usage_sources on usage_sources.server_id = servers.id order by servers.name limit $1",
        None,
    )
}
impl UsageSourceListStmt {
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
    ) -> SourceQuery<'c, 'a, 's, C, Source, 1> {
        SourceQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<SourceBorrowed, tokio_postgres::Error> {
                    Ok(SourceBorrowed {
                        server: row.try_get(0)?,
                        collected_at: row.try_get(1)?,
                        counts_statements: row.try_get(2)?,
                    })
                },
            mapper: |it| Source::from(it),
        }
    }
}
