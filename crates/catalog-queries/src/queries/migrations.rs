// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct MigrationProposeParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
> {
    pub version: i64,
    pub name: T1,
    pub phase: T2,
    pub checksum: T3,
    pub up_sql: T4,
    pub down_sql: Option<T5>,
}
#[derive(Clone, Copy, Debug)]
pub struct QuarantineListParams {
    pub rollout: Option<i64>,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct QuarantinePutParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
> {
    pub organization_id: uuid::Uuid,
    pub rollout: Option<i64>,
    pub version: Option<i64>,
    pub name: Option<T1>,
    pub sqlstate: Option<T2>,
    pub statement: Option<T3>,
    pub message: T4,
    pub hint: Option<T5>,
    pub at_version: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct TenantMigratedParams {
    pub schema_version: i64,
    pub organization_id: uuid::Uuid,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Migration {
    pub version: i64,
    pub name: String,
    pub phase: String,
    pub checksum: String,
    pub up_sql: String,
    pub down_sql: Option<String>,
    pub released_at: Option<jiff::Timestamp>,
}
pub struct MigrationBorrowed<'a> {
    pub version: i64,
    pub name: &'a str,
    pub phase: &'a str,
    pub checksum: &'a str,
    pub up_sql: &'a str,
    pub down_sql: Option<&'a str>,
    pub released_at: Option<jiff::Timestamp>,
}
impl<'a> From<MigrationBorrowed<'a>> for Migration {
    fn from(
        MigrationBorrowed {
            version,
            name,
            phase,
            checksum,
            up_sql,
            down_sql,
            released_at,
        }: MigrationBorrowed<'a>,
    ) -> Self {
        Self {
            version,
            name: name.into(),
            phase: phase.into(),
            checksum: checksum.into(),
            up_sql: up_sql.into(),
            down_sql: down_sql.map(|v| v.into()),
            released_at,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct FleetCounts {
    pub schema_version: i64,
    pub tenants: i64,
    pub quarantined: i64,
    pub under_way: i64,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct FleetEnds {
    pub oldest: Option<i64>,
    pub newest: Option<i64>,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Quarantine {
    pub subdomain: String,
    pub rollout: Option<i64>,
    pub version: Option<i64>,
    pub name: Option<String>,
    pub sqlstate: Option<String>,
    pub statement: Option<String>,
    pub message: String,
    pub hint: Option<String>,
    pub at_version: i64,
    pub quarantined_at: jiff::Timestamp,
}
pub struct QuarantineBorrowed<'a> {
    pub subdomain: &'a str,
    pub rollout: Option<i64>,
    pub version: Option<i64>,
    pub name: Option<&'a str>,
    pub sqlstate: Option<&'a str>,
    pub statement: Option<&'a str>,
    pub message: &'a str,
    pub hint: Option<&'a str>,
    pub at_version: i64,
    pub quarantined_at: jiff::Timestamp,
}
impl<'a> From<QuarantineBorrowed<'a>> for Quarantine {
    fn from(
        QuarantineBorrowed {
            subdomain,
            rollout,
            version,
            name,
            sqlstate,
            statement,
            message,
            hint,
            at_version,
            quarantined_at,
        }: QuarantineBorrowed<'a>,
    ) -> Self {
        Self {
            subdomain: subdomain.into(),
            rollout,
            version,
            name: name.map(|v| v.into()),
            sqlstate: sqlstate.map(|v| v.into()),
            statement: statement.map(|v| v.into()),
            message: message.into(),
            hint: hint.map(|v| v.into()),
            at_version,
            quarantined_at,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct TenantsStraggling {
    pub id: uuid::Uuid,
    pub subdomain: String,
    pub schema_version: i64,
}
pub struct TenantsStragglingBorrowed<'a> {
    pub id: uuid::Uuid,
    pub subdomain: &'a str,
    pub schema_version: i64,
}
impl<'a> From<TenantsStragglingBorrowed<'a>> for TenantsStraggling {
    fn from(
        TenantsStragglingBorrowed { id, subdomain, schema_version }: TenantsStragglingBorrowed<'a>,
    ) -> Self {
        Self { id, subdomain: subdomain.into(), schema_version }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct TenantSchema {
    pub id: uuid::Uuid,
    pub phase: String,
    pub schema_version: i64,
    pub awaits_version: Option<i64>,
    pub is_quarantined: bool,
}
pub struct TenantSchemaBorrowed<'a> {
    pub id: uuid::Uuid,
    pub phase: &'a str,
    pub schema_version: i64,
    pub awaits_version: Option<i64>,
    pub is_quarantined: bool,
}
impl<'a> From<TenantSchemaBorrowed<'a>> for TenantSchema {
    fn from(
        TenantSchemaBorrowed {
            id,
            phase,
            schema_version,
            awaits_version,
            is_quarantined,
        }: TenantSchemaBorrowed<'a>,
    ) -> Self {
        Self { id, phase: phase.into(), schema_version, awaits_version, is_quarantined }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct TenantSchemaOf {
    pub id: uuid::Uuid,
    pub subdomain: String,
    pub phase: String,
    pub schema_version: i64,
    pub awaits_version: Option<i64>,
}
pub struct TenantSchemaOfBorrowed<'a> {
    pub id: uuid::Uuid,
    pub subdomain: &'a str,
    pub phase: &'a str,
    pub schema_version: i64,
    pub awaits_version: Option<i64>,
}
impl<'a> From<TenantSchemaOfBorrowed<'a>> for TenantSchemaOf {
    fn from(
        TenantSchemaOfBorrowed {
            id,
            subdomain,
            phase,
            schema_version,
            awaits_version,
        }: TenantSchemaOfBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            subdomain: subdomain.into(),
            phase: phase.into(),
            schema_version,
            awaits_version,
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct MigrationQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<MigrationBorrowed, tokio_postgres::Error>,
    mapper: fn(MigrationBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> MigrationQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(MigrationBorrowed) -> R) -> MigrationQuery<'c, 'a, 's, C, R, N> {
        MigrationQuery {
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
pub struct FleetCountsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FleetCounts, tokio_postgres::Error>,
    mapper: fn(FleetCounts) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FleetCountsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(FleetCounts) -> R) -> FleetCountsQuery<'c, 'a, 's, C, R, N> {
        FleetCountsQuery {
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
pub struct FleetEndsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FleetEnds, tokio_postgres::Error>,
    mapper: fn(FleetEnds) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FleetEndsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(FleetEnds) -> R) -> FleetEndsQuery<'c, 'a, 's, C, R, N> {
        FleetEndsQuery {
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
pub struct QuarantineQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<QuarantineBorrowed, tokio_postgres::Error>,
    mapper: fn(QuarantineBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> QuarantineQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(QuarantineBorrowed) -> R,
    ) -> QuarantineQuery<'c, 'a, 's, C, R, N> {
        QuarantineQuery {
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
pub struct Optioni64Query<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<Option<i64>, tokio_postgres::Error>,
    mapper: fn(Option<i64>) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> Optioni64Query<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(Option<i64>) -> R) -> Optioni64Query<'c, 'a, 's, C, R, N> {
        Optioni64Query {
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
pub struct TenantsStragglingQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<TenantsStragglingBorrowed, tokio_postgres::Error>,
    mapper: fn(TenantsStragglingBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> TenantsStragglingQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(TenantsStragglingBorrowed) -> R,
    ) -> TenantsStragglingQuery<'c, 'a, 's, C, R, N> {
        TenantsStragglingQuery {
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
pub struct TenantSchemaQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<TenantSchemaBorrowed, tokio_postgres::Error>,
    mapper: fn(TenantSchemaBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> TenantSchemaQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(TenantSchemaBorrowed) -> R,
    ) -> TenantSchemaQuery<'c, 'a, 's, C, R, N> {
        TenantSchemaQuery {
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
pub struct TenantSchemaOfQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<TenantSchemaOfBorrowed, tokio_postgres::Error>,
    mapper: fn(TenantSchemaOfBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> TenantSchemaOfQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(TenantSchemaOfBorrowed) -> R,
    ) -> TenantSchemaOfQuery<'c, 'a, 's, C, R, N> {
        TenantSchemaOfQuery {
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
pub struct MigrationListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn migration_list() -> MigrationListStmt {
    MigrationListStmt(
        "select version, name, phase, checksum, up_sql, down_sql, released_at from migrations order by version limit $1",
        None,
    )
}
impl MigrationListStmt {
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
    ) -> MigrationQuery<'c, 'a, 's, C, Migration, 1> {
        MigrationQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<MigrationBorrowed, tokio_postgres::Error> {
                    Ok(MigrationBorrowed {
                        version: row.try_get(0)?,
                        name: row.try_get(1)?,
                        phase: row.try_get(2)?,
                        checksum: row.try_get(3)?,
                        up_sql: row.try_get(4)?,
                        down_sql: row.try_get(5)?,
                        released_at: row.try_get(6)?,
                    })
                },
            mapper: |it| Migration::from(it),
        }
    }
}
pub struct MigrationsWithdrawStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn migrations_withdraw() -> MigrationsWithdrawStmt {
    MigrationsWithdrawStmt("delete from migrations where released_at is null", None)
}
impl MigrationsWithdrawStmt {
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
pub struct MigrationsHeldStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn migrations_held() -> MigrationsHeldStmt {
    MigrationsHeldStmt(
        "select greatest( 0, (select max(schema_version) from fleet), (select max(schema_version) from tenants where phase <> 'ERASED'), (select max(schema_version) from spares where state <> 'DROPPING'), ( select max((input ->> 'to')::bigint) from operations where kind = 'migrate' and state = 'RUNNING' ) ) as version",
        None,
    )
}
impl MigrationsHeldStmt {
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
pub struct MigrationsRecallStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn migrations_recall() -> MigrationsRecallStmt {
    MigrationsRecallStmt(
        "update migrations set released_at = null where version > $1 and released_at is not null",
        None,
    )
}
impl MigrationsRecallStmt {
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
        version: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[version]).await
    }
}
pub struct MigrationProposeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn migration_propose() -> MigrationProposeStmt {
    MigrationProposeStmt(
        "insert into migrations (version, name, phase, checksum, up_sql, down_sql) values ($1, $2, $3, $4, $5, $6) on conflict on constraint migrations_pkey do update set down_sql = excluded.down_sql where migrations.checksum = excluded.checksum and migrations.down_sql is distinct from excluded.down_sql",
        None,
    )
}
impl MigrationProposeStmt {
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
        version: &'a i64,
        name: &'a T1,
        phase: &'a T2,
        checksum: &'a T3,
        up_sql: &'a T4,
        down_sql: &'a Option<T5>,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[version, name, phase, checksum, up_sql, down_sql]).await
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
        MigrationProposeParams<T1, T2, T3, T4, T5>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for MigrationProposeStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a MigrationProposeParams<T1, T2, T3, T4, T5>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.version,
            &params.name,
            &params.phase,
            &params.checksum,
            &params.up_sql,
            &params.down_sql,
        ))
    }
}
pub struct MigrationsReleaseStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn migrations_release() -> MigrationsReleaseStmt {
    MigrationsReleaseStmt(
        "update migrations set released_at = now() where released_at is null and version <= $1",
        None,
    )
}
impl MigrationsReleaseStmt {
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
        version: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[version]).await
    }
}
pub struct FleetVersionStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn fleet_version() -> FleetVersionStmt {
    FleetVersionStmt("select schema_version from fleet", None)
}
impl FleetVersionStmt {
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
pub struct FleetSetVersionStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn fleet_set_version() -> FleetSetVersionStmt {
    FleetSetVersionStmt(
        "insert into fleet (schema_version) values ($1) on conflict on constraint fleet_pkey do update set schema_version = excluded.schema_version",
        None,
    )
}
impl FleetSetVersionStmt {
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
        schema_version: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[schema_version]).await
    }
}
pub struct FleetCountsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn fleet_counts() -> FleetCountsStmt {
    FleetCountsStmt(
        "select tenants.schema_version, count(*) as tenants, count(quarantines.organization_id) as quarantined, count(operations.id) as under_way from tenants left join quarantines on quarantines.organization_id = tenants.organization_id left join operations on operations.organization_id = tenants.organization_id and operations.kind = 'migrate' and operations.state = 'RUNNING' where tenants.phase in ('READY', 'MOVING', 'RESTORING') group by tenants.schema_version order by tenants.schema_version limit $1",
        None,
    )
}
impl FleetCountsStmt {
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
    ) -> FleetCountsQuery<'c, 'a, 's, C, FleetCounts, 1> {
        FleetCountsQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<FleetCounts, tokio_postgres::Error> {
                Ok(FleetCounts {
                    schema_version: row.try_get(0)?,
                    tenants: row.try_get(1)?,
                    quarantined: row.try_get(2)?,
                    under_way: row.try_get(3)?,
                })
            },
            mapper: |it| FleetCounts::from(it),
        }
    }
}
pub struct FleetEndsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn fleet_ends() -> FleetEndsStmt {
    FleetEndsStmt(
        "select min(schema_version) as oldest, max(schema_version) as newest from tenants where phase in ('READY', 'MOVING', 'RESTORING')",
        None,
    )
}
impl FleetEndsStmt {
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
    ) -> FleetEndsQuery<'c, 'a, 's, C, FleetEnds, 0> {
        FleetEndsQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<FleetEnds, tokio_postgres::Error> {
                Ok(FleetEnds { oldest: row.try_get(0)?, newest: row.try_get(1)? })
            },
            mapper: |it| FleetEnds::from(it),
        }
    }
}
pub struct TenantsBelowStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenants_below() -> TenantsBelowStmt {
    TenantsBelowStmt(
        "select count(*) as tenants from tenants where phase in ('READY', 'MOVING', 'RESTORING') and schema_version < $1",
        None,
    )
}
impl TenantsBelowStmt {
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
        version: &'a i64,
    ) -> I64Query<'c, 'a, 's, C, i64, 1> {
        I64Query {
            client,
            params: [version],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct QuarantineListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn quarantine_list() -> QuarantineListStmt {
    QuarantineListStmt(
        "select organizations.subdomain::text as subdomain, quarantines.rollout, quarantines.version, quarantines.name, quarantines.sqlstate, quarantines.statement, quarantines.message, quarantines.hint, quarantines.at_version, quarantines.quarantined_at from quarantines join organizations on organizations.id = quarantines.organization_id where $1::bigint is null or quarantines.rollout = $1::bigint order by quarantines.quarantined_at, organizations.subdomain limit $2",
        None,
    )
}
impl QuarantineListStmt {
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
        rollout: &'a Option<i64>,
        row_limit: &'a i64,
    ) -> QuarantineQuery<'c, 'a, 's, C, Quarantine, 2> {
        QuarantineQuery {
            client,
            params: [rollout, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<QuarantineBorrowed, tokio_postgres::Error> {
                    Ok(QuarantineBorrowed {
                        subdomain: row.try_get(0)?,
                        rollout: row.try_get(1)?,
                        version: row.try_get(2)?,
                        name: row.try_get(3)?,
                        sqlstate: row.try_get(4)?,
                        statement: row.try_get(5)?,
                        message: row.try_get(6)?,
                        hint: row.try_get(7)?,
                        at_version: row.try_get(8)?,
                        quarantined_at: row.try_get(9)?,
                    })
                },
            mapper: |it| Quarantine::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        QuarantineListParams,
        QuarantineQuery<'c, 'a, 's, C, Quarantine, 2>,
        C,
    > for QuarantineListStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a QuarantineListParams,
    ) -> QuarantineQuery<'c, 'a, 's, C, Quarantine, 2> {
        self.bind(client, &params.rollout, &params.row_limit)
    }
}
pub struct QuarantinePutStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn quarantine_put() -> QuarantinePutStmt {
    QuarantinePutStmt(
        "insert into quarantines (organization_id, rollout, version, name, sqlstate, statement, message, hint, at_version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict on constraint quarantines_pkey do update set rollout = excluded.rollout, version = excluded.version, name = excluded.name, sqlstate = excluded.sqlstate, statement = excluded.statement, message = excluded.message, hint = excluded.hint, at_version = excluded.at_version, quarantined_at = now()",
        None,
    )
}
impl QuarantinePutStmt {
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
        rollout: &'a Option<i64>,
        version: &'a Option<i64>,
        name: &'a Option<T1>,
        sqlstate: &'a Option<T2>,
        statement: &'a Option<T3>,
        message: &'a T4,
        hint: &'a Option<T5>,
        at_version: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    organization_id,
                    rollout,
                    version,
                    name,
                    sqlstate,
                    statement,
                    message,
                    hint,
                    at_version,
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
        QuarantinePutParams<T1, T2, T3, T4, T5>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for QuarantinePutStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a QuarantinePutParams<T1, T2, T3, T4, T5>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.organization_id,
            &params.rollout,
            &params.version,
            &params.name,
            &params.sqlstate,
            &params.statement,
            &params.message,
            &params.hint,
            &params.at_version,
        ))
    }
}
pub struct QuarantineLiftStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn quarantine_lift() -> QuarantineLiftStmt {
    QuarantineLiftStmt("delete from quarantines where organization_id = $1 returning rollout", None)
}
impl QuarantineLiftStmt {
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
    ) -> Optioni64Query<'c, 'a, 's, C, Option<i64>, 1> {
        Optioni64Query {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct TenantsStragglingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenants_straggling() -> TenantsStragglingStmt {
    TenantsStragglingStmt(
        "select organizations.id, organizations.subdomain::text as subdomain, tenants.schema_version from tenants join organizations on organizations.id = tenants.organization_id join fleet on fleet.schema_version <> tenants.schema_version where tenants.phase = 'READY' and not exists ( select from quarantines where quarantines.organization_id = tenants.organization_id ) and not exists ( select from operations where operations.organization_id = tenants.organization_id and operations.state = 'RUNNING' ) and not exists ( select from rollout_tenants join rollouts on rollouts.number = rollout_tenants.rollout join operations on operations.id = rollouts.operation_id where rollout_tenants.organization_id = tenants.organization_id and operations.state <> 'DONE' and not exists ( select from rollout_tenants as later where later.organization_id = rollout_tenants.organization_id and later.rollout > rollout_tenants.rollout ) ) order by organizations.number limit $1",
        None,
    )
}
impl TenantsStragglingStmt {
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
    ) -> TenantsStragglingQuery<'c, 'a, 's, C, TenantsStraggling, 1> {
        TenantsStragglingQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<TenantsStragglingBorrowed, tokio_postgres::Error> {
                Ok(TenantsStragglingBorrowed {
                    id: row.try_get(0)?,
                    subdomain: row.try_get(1)?,
                    schema_version: row.try_get(2)?,
                })
            },
            mapper: |it| TenantsStraggling::from(it),
        }
    }
}
pub struct TenantMigratedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenant_migrated() -> TenantMigratedStmt {
    TenantMigratedStmt(
        "update tenants set schema_version = $1, awaits_version = null where organization_id = $2",
        None,
    )
}
impl TenantMigratedStmt {
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
        schema_version: &'a i64,
        organization_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[schema_version, organization_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        TenantMigratedParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for TenantMigratedStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a TenantMigratedParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.schema_version, &params.organization_id))
    }
}
pub struct TenantAwaitsNothingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenant_awaits_nothing() -> TenantAwaitsNothingStmt {
    TenantAwaitsNothingStmt(
        "update tenants set awaits_version = null where organization_id = $1 and awaits_version is not null",
        None,
    )
}
impl TenantAwaitsNothingStmt {
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
pub struct TenantSchemaStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenant_schema() -> TenantSchemaStmt {
    TenantSchemaStmt(
        "select organizations.id, tenants.phase, tenants.schema_version, tenants.awaits_version, exists ( select from quarantines where quarantines.organization_id = organizations.id ) as is_quarantined from organizations join tenants on tenants.organization_id = organizations.id where organizations.subdomain = $1::text::citext",
        None,
    )
}
impl TenantSchemaStmt {
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
    ) -> TenantSchemaQuery<'c, 'a, 's, C, TenantSchema, 1> {
        TenantSchemaQuery {
            client,
            params: [subdomain],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<TenantSchemaBorrowed, tokio_postgres::Error> {
                    Ok(TenantSchemaBorrowed {
                        id: row.try_get(0)?,
                        phase: row.try_get(1)?,
                        schema_version: row.try_get(2)?,
                        awaits_version: row.try_get(3)?,
                        is_quarantined: row.try_get(4)?,
                    })
                },
            mapper: |it| TenantSchema::from(it),
        }
    }
}
pub struct TenantSchemaOfStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenant_schema_of() -> TenantSchemaOfStmt {
    TenantSchemaOfStmt(
        "select organizations.id, organizations.subdomain::text as subdomain, tenants.phase, tenants.schema_version, tenants.awaits_version from organizations join tenants on tenants.organization_id = organizations.id where organizations.id = $1",
        None,
    )
}
impl TenantSchemaOfStmt {
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
    ) -> TenantSchemaOfQuery<'c, 'a, 's, C, TenantSchemaOf, 1> {
        TenantSchemaOfQuery {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<TenantSchemaOfBorrowed, tokio_postgres::Error> {
                Ok(TenantSchemaOfBorrowed {
                    id: row.try_get(0)?,
                    subdomain: row.try_get(1)?,
                    phase: row.try_get(2)?,
                    schema_version: row.try_get(3)?,
                    awaits_version: row.try_get(4)?,
                })
            },
            mapper: |it| TenantSchemaOf::from(it),
        }
    }
}
