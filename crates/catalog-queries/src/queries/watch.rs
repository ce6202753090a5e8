// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct WatchErasedParams<T1: crate::ArraySql<Item = i64>> {
    pub numbers: T1,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct WatchNamesParams<T1: crate::StringSql, T2: crate::ArraySql<Item = T1>> {
    pub database_names: T2,
    pub row_limit: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct WatchTenants {
    pub phase: String,
    pub access_mode: String,
    pub region: String,
    pub tenants: i64,
}
pub struct WatchTenantsBorrowed<'a> {
    pub phase: &'a str,
    pub access_mode: &'a str,
    pub region: &'a str,
    pub tenants: i64,
}
impl<'a> From<WatchTenantsBorrowed<'a>> for WatchTenants {
    fn from(
        WatchTenantsBorrowed { phase, access_mode, region, tenants }: WatchTenantsBorrowed<'a>,
    ) -> Self {
        Self {
            phase: phase.into(),
            access_mode: access_mode.into(),
            region: region.into(),
            tenants,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct WatchVersions {
    pub schema_version: i64,
    pub tenants: i64,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct WatchFleet {
    pub schema_version: Option<i64>,
    pub behind: i64,
    pub quarantined: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct WatchPhases {
    pub phase: String,
    pub seconds: f64,
}
pub struct WatchPhasesBorrowed<'a> {
    pub phase: &'a str,
    pub seconds: f64,
}
impl<'a> From<WatchPhasesBorrowed<'a>> for WatchPhases {
    fn from(WatchPhasesBorrowed { phase, seconds }: WatchPhasesBorrowed<'a>) -> Self {
        Self { phase: phase.into(), seconds }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct WatchOperations {
    pub kind: String,
    pub running: i64,
    pub waiting: i64,
    pub oldest_seconds: f64,
}
pub struct WatchOperationsBorrowed<'a> {
    pub kind: &'a str,
    pub running: i64,
    pub waiting: i64,
    pub oldest_seconds: f64,
}
impl<'a> From<WatchOperationsBorrowed<'a>> for WatchOperations {
    fn from(
        WatchOperationsBorrowed { kind, running, waiting, oldest_seconds }: WatchOperationsBorrowed<
            'a,
        >,
    ) -> Self {
        Self { kind: kind.into(), running, waiting, oldest_seconds }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct WatchDrills {
    pub restore_seconds: Option<f64>,
    pub data_age_seconds: Option<f64>,
}
#[derive(Debug, Clone, PartialEq)]
pub struct WatchNames {
    pub database_name: String,
    pub id: uuid::Uuid,
    pub subdomain: String,
}
pub struct WatchNamesBorrowed<'a> {
    pub database_name: &'a str,
    pub id: uuid::Uuid,
    pub subdomain: &'a str,
}
impl<'a> From<WatchNamesBorrowed<'a>> for WatchNames {
    fn from(WatchNamesBorrowed { database_name, id, subdomain }: WatchNamesBorrowed<'a>) -> Self {
        Self { database_name: database_name.into(), id, subdomain: subdomain.into() }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct WatchAiCredits {
    pub available: i64,
    pub held: i64,
    pub reservations: i64,
    pub oldest_seconds: f64,
    pub out_of_step: i64,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct WatchLimits {
    pub database_bytes: i64,
    pub requests_per_day: i64,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct WatchDomains {
    pub pending: i64,
    pub serving: i64,
    pub failing: i64,
    pub overdue_seconds: f64,
    pub certificates_good: i64,
    pub certificates_failing: i64,
    pub certificates_ending: i64,
    pub ends_seconds: Option<f64>,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct WatchTenantsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<WatchTenantsBorrowed, tokio_postgres::Error>,
    mapper: fn(WatchTenantsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> WatchTenantsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(WatchTenantsBorrowed) -> R,
    ) -> WatchTenantsQuery<'c, 'a, 's, C, R, N> {
        WatchTenantsQuery {
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
pub struct WatchVersionsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<WatchVersions, tokio_postgres::Error>,
    mapper: fn(WatchVersions) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> WatchVersionsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(WatchVersions) -> R) -> WatchVersionsQuery<'c, 'a, 's, C, R, N> {
        WatchVersionsQuery {
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
pub struct WatchFleetQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<WatchFleet, tokio_postgres::Error>,
    mapper: fn(WatchFleet) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> WatchFleetQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(WatchFleet) -> R) -> WatchFleetQuery<'c, 'a, 's, C, R, N> {
        WatchFleetQuery {
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
pub struct WatchPhasesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<WatchPhasesBorrowed, tokio_postgres::Error>,
    mapper: fn(WatchPhasesBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> WatchPhasesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(WatchPhasesBorrowed) -> R,
    ) -> WatchPhasesQuery<'c, 'a, 's, C, R, N> {
        WatchPhasesQuery {
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
pub struct WatchOperationsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<WatchOperationsBorrowed, tokio_postgres::Error>,
    mapper: fn(WatchOperationsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> WatchOperationsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(WatchOperationsBorrowed) -> R,
    ) -> WatchOperationsQuery<'c, 'a, 's, C, R, N> {
        WatchOperationsQuery {
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
pub struct WatchDrillsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<WatchDrills, tokio_postgres::Error>,
    mapper: fn(WatchDrills) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> WatchDrillsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(WatchDrills) -> R) -> WatchDrillsQuery<'c, 'a, 's, C, R, N> {
        WatchDrillsQuery {
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
pub struct WatchNamesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<WatchNamesBorrowed, tokio_postgres::Error>,
    mapper: fn(WatchNamesBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> WatchNamesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(WatchNamesBorrowed) -> R,
    ) -> WatchNamesQuery<'c, 'a, 's, C, R, N> {
        WatchNamesQuery {
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
pub struct WatchAiCreditsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<WatchAiCredits, tokio_postgres::Error>,
    mapper: fn(WatchAiCredits) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> WatchAiCreditsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(WatchAiCredits) -> R,
    ) -> WatchAiCreditsQuery<'c, 'a, 's, C, R, N> {
        WatchAiCreditsQuery {
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
pub struct WatchLimitsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<WatchLimits, tokio_postgres::Error>,
    mapper: fn(WatchLimits) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> WatchLimitsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(WatchLimits) -> R) -> WatchLimitsQuery<'c, 'a, 's, C, R, N> {
        WatchLimitsQuery {
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
pub struct WatchDomainsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<WatchDomains, tokio_postgres::Error>,
    mapper: fn(WatchDomains) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> WatchDomainsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(WatchDomains) -> R) -> WatchDomainsQuery<'c, 'a, 's, C, R, N> {
        WatchDomainsQuery {
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
pub struct WatchTenantsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn watch_tenants() -> WatchTenantsStmt {
    WatchTenantsStmt(
        "select tenants.phase, organizations.access_mode, organizations.region, count(*) as tenants from tenants join organizations on organizations.id = tenants.organization_id group by tenants.phase, organizations.access_mode, organizations.region order by tenants.phase, organizations.access_mode, organizations.region limit $1",
        None,
    )
}
impl WatchTenantsStmt {
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
    ) -> WatchTenantsQuery<'c, 'a, 's, C, WatchTenants, 1> {
        WatchTenantsQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<WatchTenantsBorrowed, tokio_postgres::Error> {
                    Ok(WatchTenantsBorrowed {
                        phase: row.try_get(0)?,
                        access_mode: row.try_get(1)?,
                        region: row.try_get(2)?,
                        tenants: row.try_get(3)?,
                    })
                },
            mapper: |it| WatchTenants::from(it),
        }
    }
}
pub struct WatchVersionsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn watch_versions() -> WatchVersionsStmt {
    WatchVersionsStmt(
        "select tenants.schema_version, count(*) as tenants from tenants where tenants.phase = 'READY' group by tenants.schema_version order by tenants.schema_version desc limit $1",
        None,
    )
}
impl WatchVersionsStmt {
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
    ) -> WatchVersionsQuery<'c, 'a, 's, C, WatchVersions, 1> {
        WatchVersionsQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<WatchVersions, tokio_postgres::Error> {
                Ok(WatchVersions { schema_version: row.try_get(0)?, tenants: row.try_get(1)? })
            },
            mapper: |it| WatchVersions::from(it),
        }
    }
}
pub struct WatchFleetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn watch_fleet() -> WatchFleetStmt {
    WatchFleetStmt(
        "select ( select fleet.schema_version from fleet ) as schema_version, ( select count(*) from tenants where tenants.phase = 'READY' and tenants.schema_version < (select fleet.schema_version from fleet) and not exists ( select from quarantines where quarantines.organization_id = tenants.organization_id ) ) as behind, ( select count(*) from quarantines ) as quarantined",
        None,
    )
}
impl WatchFleetStmt {
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
    ) -> WatchFleetQuery<'c, 'a, 's, C, WatchFleet, 0> {
        WatchFleetQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<WatchFleet, tokio_postgres::Error> {
                Ok(WatchFleet {
                    schema_version: row.try_get(0)?,
                    behind: row.try_get(1)?,
                    quarantined: row.try_get(2)?,
                })
            },
            mapper: |it| WatchFleet::from(it),
        }
    }
}
pub struct WatchPhasesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn watch_phases() -> WatchPhasesStmt {
    WatchPhasesStmt(
        "select tenants.phase, extract(epoch from max(now() - since.at))::double precision as seconds from tenants join organizations on organizations.id = tenants.organization_id left join erasure_requests on erasure_requests.organization_id = tenants.organization_id left join lateral ( select operations.created_at from operations where operations.organization_id = tenants.organization_id and operations.state = 'RUNNING' and operations.kind in ('provision', 'swap', 'move') order by operations.created_at limit 1 ) as running on true cross join lateral ( select case tenants.phase when 'ERASING' then coalesce(erasure_requests.grace_from, now()) + make_interval(secs => coalesce(erasure_requests.grace_seconds, 0)) else coalesce(running.created_at, organizations.created_at) end as at ) as since where tenants.phase in ('PROVISIONING', 'MOVING', 'RESTORING', 'ERASING') and not exists ( select from legal_holds where legal_holds.organization_id = tenants.organization_id ) group by tenants.phase order by tenants.phase limit $1",
        None,
    )
}
impl WatchPhasesStmt {
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
    ) -> WatchPhasesQuery<'c, 'a, 's, C, WatchPhases, 1> {
        WatchPhasesQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<WatchPhasesBorrowed, tokio_postgres::Error> {
                    Ok(WatchPhasesBorrowed { phase: row.try_get(0)?, seconds: row.try_get(1)? })
                },
            mapper: |it| WatchPhases::from(it),
        }
    }
}
pub struct WatchOperationsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn watch_operations() -> WatchOperationsStmt {
    WatchOperationsStmt(
        "select operations.kind, count(*) as running, count(*) filter (where operations.waiting is not null and operations.attempts > 0) as waiting, extract(epoch from max(now() - operations.created_at))::double precision as oldest_seconds from operations where operations.state = 'RUNNING' group by operations.kind order by operations.kind limit $1",
        None,
    )
}
impl WatchOperationsStmt {
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
    ) -> WatchOperationsQuery<'c, 'a, 's, C, WatchOperations, 1> {
        WatchOperationsQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<WatchOperationsBorrowed, tokio_postgres::Error> {
                Ok(WatchOperationsBorrowed {
                    kind: row.try_get(0)?,
                    running: row.try_get(1)?,
                    waiting: row.try_get(2)?,
                    oldest_seconds: row.try_get(3)?,
                })
            },
            mapper: |it| WatchOperations::from(it),
        }
    }
}
pub struct WatchUnbackedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn watch_unbacked() -> WatchUnbackedStmt {
    WatchUnbackedStmt(
        "select count(*) as tenants from tenants join organizations on organizations.id = tenants.organization_id where tenants.phase = 'READY' and organizations.created_at < now() - make_interval(mins => $1) and not exists ( select from newest_backups where newest_backups.organization_id = tenants.organization_id )",
        None,
    )
}
impl WatchUnbackedStmt {
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
        minutes: &'a i32,
    ) -> I64Query<'c, 'a, 's, C, i64, 1> {
        I64Query {
            client,
            params: [minutes],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct WatchDrillsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn watch_drills() -> WatchDrillsStmt {
    WatchDrillsStmt(
        "select max(newest.restore_seconds) as restore_seconds, extract(epoch from max(newest.began_at - newest.holds_at))::double precision as data_age_seconds from tenants join lateral ( select drills.restore_seconds, drills.began_at, drills.holds_at from drills where drills.organization_id = tenants.organization_id and drills.backup_id is not null and drills.finished_at is not null and drills.failed_why is null order by drills.finished_at desc limit 1 ) as newest on true where tenants.phase = 'READY'",
        None,
    )
}
impl WatchDrillsStmt {
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
    ) -> WatchDrillsQuery<'c, 'a, 's, C, WatchDrills, 0> {
        WatchDrillsQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<WatchDrills, tokio_postgres::Error> {
                Ok(WatchDrills {
                    restore_seconds: row.try_get(0)?,
                    data_age_seconds: row.try_get(1)?,
                })
            },
            mapper: |it| WatchDrills::from(it),
        }
    }
}
pub struct WatchErasedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn watch_erased() -> WatchErasedStmt {
    WatchErasedStmt(
        "select erasures.number from erasures where erasures.number = any ($1::bigint[]) order by erasures.number limit $2",
        None,
    )
}
impl WatchErasedStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = i64>>(
        &'s self,
        client: &'c C,
        numbers: &'a T1,
        row_limit: &'a i64,
    ) -> I64Query<'c, 'a, 's, C, i64, 2> {
        I64Query {
            client,
            params: [numbers, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = i64>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        WatchErasedParams<T1>,
        I64Query<'c, 'a, 's, C, i64, 2>,
        C,
    > for WatchErasedStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a WatchErasedParams<T1>,
    ) -> I64Query<'c, 'a, 's, C, i64, 2> {
        self.bind(client, &params.numbers, &params.row_limit)
    }
}
pub struct WatchWebhooksStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn watch_webhooks() -> WatchWebhooksStmt {
    WatchWebhooksStmt(
        "select count(*) as disabled from webhook_endpoints where state = 'DISABLED'",
        None,
    )
}
impl WatchWebhooksStmt {
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
pub struct WatchNamesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn watch_names() -> WatchNamesStmt {
    WatchNamesStmt(
        "select tenants.database_name, organizations.id, organizations.subdomain::text as subdomain from tenants join organizations on organizations.id = tenants.organization_id where tenants.database_name = any ($1::text[]) order by tenants.database_name limit $2",
        None,
    )
}
impl WatchNamesStmt {
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
        database_names: &'a T2,
        row_limit: &'a i64,
    ) -> WatchNamesQuery<'c, 'a, 's, C, WatchNames, 2> {
        WatchNamesQuery {
            client,
            params: [database_names, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<WatchNamesBorrowed, tokio_postgres::Error> {
                    Ok(WatchNamesBorrowed {
                        database_name: row.try_get(0)?,
                        id: row.try_get(1)?,
                        subdomain: row.try_get(2)?,
                    })
                },
            mapper: |it| WatchNames::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        WatchNamesParams<T1, T2>,
        WatchNamesQuery<'c, 'a, 's, C, WatchNames, 2>,
        C,
    > for WatchNamesStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a WatchNamesParams<T1, T2>,
    ) -> WatchNamesQuery<'c, 'a, 's, C, WatchNames, 2> {
        self.bind(client, &params.database_names, &params.row_limit)
    }
}
pub struct WatchAiCreditsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn watch_ai_credits() -> WatchAiCreditsStmt {
    WatchAiCreditsStmt(
        "select coalesce(sum(ai_credits_accounts.available), 0)::bigint as available, coalesce(sum(ai_credits_accounts.held), 0)::bigint as held, ( select count(*) from ai_credits_reservations where ai_credits_reservations.state = 'HELD' ) as reservations, ( select coalesce(extract(epoch from max(now() - ai_credits_reservations.reserved_at)), 0)::double precision from ai_credits_reservations where ai_credits_reservations.state = 'HELD' ) as oldest_seconds, ( select count(*) from ai_credits_out_of_step ) as out_of_step from ai_credits_accounts",
        None,
    )
}
impl WatchAiCreditsStmt {
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
    ) -> WatchAiCreditsQuery<'c, 'a, 's, C, WatchAiCredits, 0> {
        WatchAiCreditsQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<WatchAiCredits, tokio_postgres::Error> {
                    Ok(WatchAiCredits {
                        available: row.try_get(0)?,
                        held: row.try_get(1)?,
                        reservations: row.try_get(2)?,
                        oldest_seconds: row.try_get(3)?,
                        out_of_step: row.try_get(4)?,
                    })
                },
            mapper: |it| WatchAiCredits::from(it),
        }
    }
}
pub struct WatchLimitsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn watch_limits() -> WatchLimitsStmt {
    WatchLimitsStmt(
        "select ( select count(*) from usage_marks join tenant_limits on tenant_limits.organization_id = usage_marks.organization_id where usage_marks.database_bytes >= tenant_limits.database_bytes_max ) as database_bytes, ( select count(*) from usage_days join tenant_limits on tenant_limits.organization_id = usage_days.organization_id where usage_days.day = (now() at time zone 'UTC')::date and usage_days.requests >= tenant_limits.requests_per_day_max ) as requests_per_day",
        None,
    )
}
impl WatchLimitsStmt {
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
    ) -> WatchLimitsQuery<'c, 'a, 's, C, WatchLimits, 0> {
        WatchLimitsQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<WatchLimits, tokio_postgres::Error> {
                Ok(WatchLimits {
                    database_bytes: row.try_get(0)?,
                    requests_per_day: row.try_get(1)?,
                })
            },
            mapper: |it| WatchLimits::from(it),
        }
    }
}
pub struct WatchDomainsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn watch_domains() -> WatchDomainsStmt {
    WatchDomainsStmt(
        "select count(*) filter (where state = 'pending') as pending, count(*) filter (where state = 'serving') as serving, count(*) filter (where state = 'failing') as failing, coalesce(greatest(extract(epoch from max(now() - due_at)), 0), 0)::double precision as overdue_seconds, count(*) filter (where certificate = 'good') as certificates_good, count(*) filter (where certificate = 'failing') as certificates_failing, count(*) filter (where certificate = 'ending') as certificates_ending, extract( epoch from min(certificate_until) filter (where certificate in ('good', 'ending')) - now() )::double precision as ends_seconds from domain_states where is_checked",
        None,
    )
}
impl WatchDomainsStmt {
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
    ) -> WatchDomainsQuery<'c, 'a, 's, C, WatchDomains, 0> {
        WatchDomainsQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<WatchDomains, tokio_postgres::Error> {
                Ok(WatchDomains {
                    pending: row.try_get(0)?,
                    serving: row.try_get(1)?,
                    failing: row.try_get(2)?,
                    overdue_seconds: row.try_get(3)?,
                    certificates_good: row.try_get(4)?,
                    certificates_failing: row.try_get(5)?,
                    certificates_ending: row.try_get(6)?,
                    ends_seconds: row.try_get(7)?,
                })
            },
            mapper: |it| WatchDomains::from(it),
        }
    }
}
