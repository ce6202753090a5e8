// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct RolloutInsertParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
    T4: crate::ArraySql<Item = i16>,
> {
    pub operation_id: uuid::Uuid,
    pub direction: T1,
    pub from_version: i64,
    pub to_version: i64,
    pub rolls_back: Option<i64>,
    pub canaries: T3,
    pub waves: T4,
    pub max_failures: i32,
    pub per_server: i32,
    pub in_total: i32,
    pub lazy_until: Option<jiff::Timestamp>,
    pub skip_shadow: bool,
}
#[derive(Clone, Copy, Debug)]
pub struct RolloutPageParams {
    pub before: Option<i64>,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct RolloutPauseParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub paused_by: T1,
    pub paused_why: T2,
    pub number: i64,
}
#[derive(Debug)]
pub struct RolloutHaltParams<T1: crate::StringSql> {
    pub paused_why: T1,
    pub number: i64,
    pub max_failures: i32,
}
#[derive(Clone, Copy, Debug)]
pub struct RolloutResumeParams {
    pub max_failures: Option<i32>,
    pub number: i64,
}
#[derive(Debug)]
pub struct RolloutKeepShadowParams<T1: crate::JsonSql> {
    pub shadow: T1,
    pub number: i64,
}
#[derive(Debug)]
pub struct RolloutCandidatesParams<T1: crate::StringSql, T2: crate::ArraySql<Item = T1>> {
    pub canaries: T2,
    pub goes_up: bool,
    pub to_version: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct RolloutPendingParams {
    pub goes_up: bool,
    pub to_version: i64,
    pub server_id: uuid::Uuid,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct RouterNodesOlderParams {
    pub version: i64,
    pub seconds: f64,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct RolloutSeedParams<
    T1: crate::ArraySql<Item = i64>,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
> {
    pub rollout: i64,
    pub wave_sizes: T1,
    pub canaries: T3,
    pub goes_up: bool,
    pub to_version: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct RolloutRecentParams {
    pub rollout: i64,
    pub seconds: f64,
}
#[derive(Clone, Copy, Debug)]
pub struct RolloutServersPendingParams {
    pub rollout: i64,
    pub wave: i16,
}
#[derive(Debug)]
pub struct RolloutTenantsClaimParams<
    T1: crate::JsonSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::ArraySql<Item = uuid::Uuid>,
> {
    pub rollout: i64,
    pub server_id: uuid::Uuid,
    pub wave: i16,
    pub row_limit: i64,
    pub input: T1,
    pub actor: T2,
    pub lease_seconds: f64,
    pub lease_token: i64,
    pub worker: T3,
    pub trace_parent: Option<T4>,
    pub ids: T5,
}
#[derive(Clone, Copy, Debug)]
pub struct MigrationsExtendParams {
    pub lease_seconds: f64,
    pub lease_token: i64,
}
#[derive(Debug)]
pub struct MigrationsUnclaimParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub operation_ids: T1,
    pub lease_token: i64,
    pub rollout: i64,
}
#[derive(Debug)]
pub struct MigrationsEndParams<
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::ArraySql<Item = i64>,
    T3: crate::StringSql,
    T4: crate::ArraySql<Item = T3>,
> {
    pub operation_ids: T1,
    pub versions: T2,
    pub messages: T4,
    pub lease_token: i64,
    pub rollout: i64,
}
#[derive(Debug)]
pub struct RolloutTenantEndParams<T1: crate::StringSql> {
    pub state: T1,
    pub rollout: i64,
    pub organization_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct RolloutTenantBeginParams {
    pub rollout: i64,
    pub organization_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct RolloutOpenLazilyParams {
    pub to_version: i64,
    pub rollout: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct RolloutHasParams {
    pub rollout: i64,
    pub organization_id: uuid::Uuid,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Rollout {
    pub number: i64,
    pub operation_id: uuid::Uuid,
    pub direction: String,
    pub from_version: i64,
    pub to_version: i64,
    pub rolls_back: Option<i64>,
    pub canaries: Vec<String>,
    pub waves: Vec<i16>,
    pub max_failures: i32,
    pub per_server: i32,
    pub in_total: i32,
    pub lazy_until: Option<jiff::Timestamp>,
    pub skip_shadow: bool,
    pub paused_by: Option<String>,
    pub paused_why: Option<String>,
    pub shadow: Option<serde_json::Value>,
    pub templates_moved: bool,
    pub created_at: jiff::Timestamp,
    pub started_at: Option<jiff::Timestamp>,
    pub state: String,
    pub step: String,
    pub actor: String,
    pub finished_at: Option<jiff::Timestamp>,
    pub cancelled_by: Option<String>,
    pub error: Option<String>,
    pub waiting: Option<String>,
}
pub struct RolloutBorrowed<'a> {
    pub number: i64,
    pub operation_id: uuid::Uuid,
    pub direction: &'a str,
    pub from_version: i64,
    pub to_version: i64,
    pub rolls_back: Option<i64>,
    pub canaries: crate::ArrayIterator<'a, &'a str>,
    pub waves: crate::ArrayIterator<'a, i16>,
    pub max_failures: i32,
    pub per_server: i32,
    pub in_total: i32,
    pub lazy_until: Option<jiff::Timestamp>,
    pub skip_shadow: bool,
    pub paused_by: Option<&'a str>,
    pub paused_why: Option<&'a str>,
    pub shadow: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
    pub templates_moved: bool,
    pub created_at: jiff::Timestamp,
    pub started_at: Option<jiff::Timestamp>,
    pub state: &'a str,
    pub step: &'a str,
    pub actor: &'a str,
    pub finished_at: Option<jiff::Timestamp>,
    pub cancelled_by: Option<&'a str>,
    pub error: Option<&'a str>,
    pub waiting: Option<&'a str>,
}
impl<'a> From<RolloutBorrowed<'a>> for Rollout {
    fn from(
        RolloutBorrowed {
            number,
            operation_id,
            direction,
            from_version,
            to_version,
            rolls_back,
            canaries,
            waves,
            max_failures,
            per_server,
            in_total,
            lazy_until,
            skip_shadow,
            paused_by,
            paused_why,
            shadow,
            templates_moved,
            created_at,
            started_at,
            state,
            step,
            actor,
            finished_at,
            cancelled_by,
            error,
            waiting,
        }: RolloutBorrowed<'a>,
    ) -> Self {
        Self {
            number,
            operation_id,
            direction: direction.into(),
            from_version,
            to_version,
            rolls_back,
            canaries: canaries.map(|v| v.into()).collect(),
            waves: waves.map(|v| v).collect(),
            max_failures,
            per_server,
            in_total,
            lazy_until,
            skip_shadow,
            paused_by: paused_by.map(|v| v.into()),
            paused_why: paused_why.map(|v| v.into()),
            shadow: shadow.map(|v| serde_json::from_str(v.0.get()).unwrap()),
            templates_moved,
            created_at,
            started_at,
            state: state.into(),
            step: step.into(),
            actor: actor.into(),
            finished_at,
            cancelled_by: cancelled_by.map(|v| v.into()),
            error: error.map(|v| v.into()),
            waiting: waiting.map(|v| v.into()),
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct RolloutCandidates {
    pub canaries: i64,
    pub others: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct RolloutPending {
    pub subdomain: String,
    pub number: i64,
    pub database_name: String,
    pub schema_version: i64,
}
pub struct RolloutPendingBorrowed<'a> {
    pub subdomain: &'a str,
    pub number: i64,
    pub database_name: &'a str,
    pub schema_version: i64,
}
impl<'a> From<RolloutPendingBorrowed<'a>> for RolloutPending {
    fn from(
        RolloutPendingBorrowed {
            subdomain,
            number,
            database_name,
            schema_version,
        }: RolloutPendingBorrowed<'a>,
    ) -> Self {
        Self {
            subdomain: subdomain.into(),
            number,
            database_name: database_name.into(),
            schema_version,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct RouterNodesOlder {
    pub name: String,
    pub schema_newest: i64,
}
pub struct RouterNodesOlderBorrowed<'a> {
    pub name: &'a str,
    pub schema_newest: i64,
}
impl<'a> From<RouterNodesOlderBorrowed<'a>> for RouterNodesOlder {
    fn from(
        RouterNodesOlderBorrowed { name, schema_newest }: RouterNodesOlderBorrowed<'a>,
    ) -> Self {
        Self { name: name.into(), schema_newest }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct RolloutCounts {
    pub wave: i16,
    pub state: String,
    pub tenants: i64,
}
pub struct RolloutCountsBorrowed<'a> {
    pub wave: i16,
    pub state: &'a str,
    pub tenants: i64,
}
impl<'a> From<RolloutCountsBorrowed<'a>> for RolloutCounts {
    fn from(RolloutCountsBorrowed { wave, state, tenants }: RolloutCountsBorrowed<'a>) -> Self {
        Self { wave, state: state.into(), tenants }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimedTenant {
    pub operation_id: Option<uuid::Uuid>,
    pub organization_id: uuid::Uuid,
    pub subdomain: String,
    pub database_name: String,
}
pub struct ClaimedTenantBorrowed<'a> {
    pub operation_id: Option<uuid::Uuid>,
    pub organization_id: uuid::Uuid,
    pub subdomain: &'a str,
    pub database_name: &'a str,
}
impl<'a> From<ClaimedTenantBorrowed<'a>> for ClaimedTenant {
    fn from(
        ClaimedTenantBorrowed {
            operation_id,
            organization_id,
            subdomain,
            database_name,
        }: ClaimedTenantBorrowed<'a>,
    ) -> Self {
        Self {
            operation_id,
            organization_id,
            subdomain: subdomain.into(),
            database_name: database_name.into(),
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
pub struct RolloutQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<RolloutBorrowed, tokio_postgres::Error>,
    mapper: fn(RolloutBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RolloutQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(RolloutBorrowed) -> R) -> RolloutQuery<'c, 'a, 's, C, R, N> {
        RolloutQuery {
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
pub struct RolloutCandidatesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<RolloutCandidates, tokio_postgres::Error>,
    mapper: fn(RolloutCandidates) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RolloutCandidatesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(RolloutCandidates) -> R,
    ) -> RolloutCandidatesQuery<'c, 'a, 's, C, R, N> {
        RolloutCandidatesQuery {
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
pub struct RolloutPendingQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<RolloutPendingBorrowed, tokio_postgres::Error>,
    mapper: fn(RolloutPendingBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RolloutPendingQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(RolloutPendingBorrowed) -> R,
    ) -> RolloutPendingQuery<'c, 'a, 's, C, R, N> {
        RolloutPendingQuery {
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
pub struct RouterNodesOlderQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<RouterNodesOlderBorrowed, tokio_postgres::Error>,
    mapper: fn(RouterNodesOlderBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RouterNodesOlderQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(RouterNodesOlderBorrowed) -> R,
    ) -> RouterNodesOlderQuery<'c, 'a, 's, C, R, N> {
        RouterNodesOlderQuery {
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
pub struct RolloutCountsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<RolloutCountsBorrowed, tokio_postgres::Error>,
    mapper: fn(RolloutCountsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RolloutCountsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(RolloutCountsBorrowed) -> R,
    ) -> RolloutCountsQuery<'c, 'a, 's, C, R, N> {
        RolloutCountsQuery {
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
pub struct ClaimedTenantQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ClaimedTenantBorrowed, tokio_postgres::Error>,
    mapper: fn(ClaimedTenantBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ClaimedTenantQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ClaimedTenantBorrowed) -> R,
    ) -> ClaimedTenantQuery<'c, 'a, 's, C, R, N> {
        ClaimedTenantQuery {
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
pub struct RolloutInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_insert() -> RolloutInsertStmt {
    RolloutInsertStmt(
        "insert into rollouts (operation_id, direction, from_version, to_version, rolls_back, canaries, waves, max_failures, per_server, in_total, lazy_until, skip_shadow) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning number",
        None,
    )
}
impl RolloutInsertStmt {
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
        T4: crate::ArraySql<Item = i16>,
    >(
        &'s self,
        client: &'c C,
        operation_id: &'a uuid::Uuid,
        direction: &'a T1,
        from_version: &'a i64,
        to_version: &'a i64,
        rolls_back: &'a Option<i64>,
        canaries: &'a T3,
        waves: &'a T4,
        max_failures: &'a i32,
        per_server: &'a i32,
        in_total: &'a i32,
        lazy_until: &'a Option<jiff::Timestamp>,
        skip_shadow: &'a bool,
    ) -> I64Query<'c, 'a, 's, C, i64, 12> {
        I64Query {
            client,
            params: [
                operation_id,
                direction,
                from_version,
                to_version,
                rolls_back,
                canaries,
                waves,
                max_failures,
                per_server,
                in_total,
                lazy_until,
                skip_shadow,
            ],
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
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
    T4: crate::ArraySql<Item = i16>,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        RolloutInsertParams<T1, T2, T3, T4>,
        I64Query<'c, 'a, 's, C, i64, 12>,
        C,
    > for RolloutInsertStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RolloutInsertParams<T1, T2, T3, T4>,
    ) -> I64Query<'c, 'a, 's, C, i64, 12> {
        self.bind(
            client,
            &params.operation_id,
            &params.direction,
            &params.from_version,
            &params.to_version,
            &params.rolls_back,
            &params.canaries,
            &params.waves,
            &params.max_failures,
            &params.per_server,
            &params.in_total,
            &params.lazy_until,
            &params.skip_shadow,
        )
    }
}
pub struct RolloutFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_fetch() -> RolloutFetchStmt {
    RolloutFetchStmt(
        "select rollouts.number, operation_id, rollouts.direction, from_version, to_version, rolls_back, canaries, waves, max_failures, per_server, in_total, lazy_until, skip_shadow, paused_by, paused_why, shadow, templates_moved, rollouts.created_at, started_at, operations.state, operations.step, operations.actor, operations.finished_at, operations.cancelled_by, operations.error, operations.waiting from rollouts join operations on operations.id = rollouts.operation_id where rollouts.number = $1",
        None,
    )
}
impl RolloutFetchStmt {
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
        number: &'a i64,
    ) -> RolloutQuery<'c, 'a, 's, C, Rollout, 1> {
        RolloutQuery {
            client,
            params: [number],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<RolloutBorrowed, tokio_postgres::Error> {
                    Ok(RolloutBorrowed {
                        number: row.try_get(0)?,
                        operation_id: row.try_get(1)?,
                        direction: row.try_get(2)?,
                        from_version: row.try_get(3)?,
                        to_version: row.try_get(4)?,
                        rolls_back: row.try_get(5)?,
                        canaries: row.try_get(6)?,
                        waves: row.try_get(7)?,
                        max_failures: row.try_get(8)?,
                        per_server: row.try_get(9)?,
                        in_total: row.try_get(10)?,
                        lazy_until: row.try_get(11)?,
                        skip_shadow: row.try_get(12)?,
                        paused_by: row.try_get(13)?,
                        paused_why: row.try_get(14)?,
                        shadow: row.try_get(15)?,
                        templates_moved: row.try_get(16)?,
                        created_at: row.try_get(17)?,
                        started_at: row.try_get(18)?,
                        state: row.try_get(19)?,
                        step: row.try_get(20)?,
                        actor: row.try_get(21)?,
                        finished_at: row.try_get(22)?,
                        cancelled_by: row.try_get(23)?,
                        error: row.try_get(24)?,
                        waiting: row.try_get(25)?,
                    })
                },
            mapper: |it| Rollout::from(it),
        }
    }
}
pub struct RolloutOfOperationStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_of_operation() -> RolloutOfOperationStmt {
    RolloutOfOperationStmt(
        "select rollouts.number, operation_id, rollouts.direction, from_version, to_version, rolls_back, canaries, waves, max_failures, per_server, in_total, lazy_until, skip_shadow, paused_by, paused_why, shadow, templates_moved, rollouts.created_at, started_at, operations.state, operations.step, operations.actor, operations.finished_at, operations.cancelled_by, operations.error, operations.waiting from rollouts join operations on operations.id = rollouts.operation_id where rollouts.operation_id = $1",
        None,
    )
}
impl RolloutOfOperationStmt {
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
    ) -> RolloutQuery<'c, 'a, 's, C, Rollout, 1> {
        RolloutQuery {
            client,
            params: [operation_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<RolloutBorrowed, tokio_postgres::Error> {
                    Ok(RolloutBorrowed {
                        number: row.try_get(0)?,
                        operation_id: row.try_get(1)?,
                        direction: row.try_get(2)?,
                        from_version: row.try_get(3)?,
                        to_version: row.try_get(4)?,
                        rolls_back: row.try_get(5)?,
                        canaries: row.try_get(6)?,
                        waves: row.try_get(7)?,
                        max_failures: row.try_get(8)?,
                        per_server: row.try_get(9)?,
                        in_total: row.try_get(10)?,
                        lazy_until: row.try_get(11)?,
                        skip_shadow: row.try_get(12)?,
                        paused_by: row.try_get(13)?,
                        paused_why: row.try_get(14)?,
                        shadow: row.try_get(15)?,
                        templates_moved: row.try_get(16)?,
                        created_at: row.try_get(17)?,
                        started_at: row.try_get(18)?,
                        state: row.try_get(19)?,
                        step: row.try_get(20)?,
                        actor: row.try_get(21)?,
                        finished_at: row.try_get(22)?,
                        cancelled_by: row.try_get(23)?,
                        error: row.try_get(24)?,
                        waiting: row.try_get(25)?,
                    })
                },
            mapper: |it| Rollout::from(it),
        }
    }
}
pub struct RolloutLiveStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_live() -> RolloutLiveStmt {
    RolloutLiveStmt(
        "select rollouts.number, operation_id, rollouts.direction, from_version, to_version, rolls_back, canaries, waves, max_failures, per_server, in_total, lazy_until, skip_shadow, paused_by, paused_why, shadow, templates_moved, rollouts.created_at, started_at, operations.state, operations.step, operations.actor, operations.finished_at, operations.cancelled_by, operations.error, operations.waiting from rollouts join operations on operations.id = rollouts.operation_id where operations.kind = 'rollout' and operations.state = 'RUNNING'",
        None,
    )
}
impl RolloutLiveStmt {
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
    ) -> RolloutQuery<'c, 'a, 's, C, Rollout, 0> {
        RolloutQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<RolloutBorrowed, tokio_postgres::Error> {
                    Ok(RolloutBorrowed {
                        number: row.try_get(0)?,
                        operation_id: row.try_get(1)?,
                        direction: row.try_get(2)?,
                        from_version: row.try_get(3)?,
                        to_version: row.try_get(4)?,
                        rolls_back: row.try_get(5)?,
                        canaries: row.try_get(6)?,
                        waves: row.try_get(7)?,
                        max_failures: row.try_get(8)?,
                        per_server: row.try_get(9)?,
                        in_total: row.try_get(10)?,
                        lazy_until: row.try_get(11)?,
                        skip_shadow: row.try_get(12)?,
                        paused_by: row.try_get(13)?,
                        paused_why: row.try_get(14)?,
                        shadow: row.try_get(15)?,
                        templates_moved: row.try_get(16)?,
                        created_at: row.try_get(17)?,
                        started_at: row.try_get(18)?,
                        state: row.try_get(19)?,
                        step: row.try_get(20)?,
                        actor: row.try_get(21)?,
                        finished_at: row.try_get(22)?,
                        cancelled_by: row.try_get(23)?,
                        error: row.try_get(24)?,
                        waiting: row.try_get(25)?,
                    })
                },
            mapper: |it| Rollout::from(it),
        }
    }
}
pub struct RolloutPageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_page() -> RolloutPageStmt {
    RolloutPageStmt(
        "select rollouts.number, operation_id, rollouts.direction, from_version, to_version, rolls_back, canaries, waves, max_failures, per_server, in_total, lazy_until, skip_shadow, paused_by, paused_why, shadow, templates_moved, rollouts.created_at, started_at, operations.state, operations.step, operations.actor, operations.finished_at, operations.cancelled_by, operations.error, operations.waiting from rollouts join operations on operations.id = rollouts.operation_id where $1::bigint is null or rollouts.number < $1::bigint order by rollouts.number desc limit $2",
        None,
    )
}
impl RolloutPageStmt {
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
        before: &'a Option<i64>,
        row_limit: &'a i64,
    ) -> RolloutQuery<'c, 'a, 's, C, Rollout, 2> {
        RolloutQuery {
            client,
            params: [before, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<RolloutBorrowed, tokio_postgres::Error> {
                    Ok(RolloutBorrowed {
                        number: row.try_get(0)?,
                        operation_id: row.try_get(1)?,
                        direction: row.try_get(2)?,
                        from_version: row.try_get(3)?,
                        to_version: row.try_get(4)?,
                        rolls_back: row.try_get(5)?,
                        canaries: row.try_get(6)?,
                        waves: row.try_get(7)?,
                        max_failures: row.try_get(8)?,
                        per_server: row.try_get(9)?,
                        in_total: row.try_get(10)?,
                        lazy_until: row.try_get(11)?,
                        skip_shadow: row.try_get(12)?,
                        paused_by: row.try_get(13)?,
                        paused_why: row.try_get(14)?,
                        shadow: row.try_get(15)?,
                        templates_moved: row.try_get(16)?,
                        created_at: row.try_get(17)?,
                        started_at: row.try_get(18)?,
                        state: row.try_get(19)?,
                        step: row.try_get(20)?,
                        actor: row.try_get(21)?,
                        finished_at: row.try_get(22)?,
                        cancelled_by: row.try_get(23)?,
                        error: row.try_get(24)?,
                        waiting: row.try_get(25)?,
                    })
                },
            mapper: |it| Rollout::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        RolloutPageParams,
        RolloutQuery<'c, 'a, 's, C, Rollout, 2>,
        C,
    > for RolloutPageStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RolloutPageParams,
    ) -> RolloutQuery<'c, 'a, 's, C, Rollout, 2> {
        self.bind(client, &params.before, &params.row_limit)
    }
}
pub struct RolloutPauseStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_pause() -> RolloutPauseStmt {
    RolloutPauseStmt(
        "update rollouts set paused_by = $1, paused_why = $2 where number = $3 and paused_by is null",
        None,
    )
}
impl RolloutPauseStmt {
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
        paused_by: &'a T1,
        paused_why: &'a T2,
        number: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[paused_by, paused_why, number]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RolloutPauseParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for RolloutPauseStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RolloutPauseParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.paused_by, &params.paused_why, &params.number))
    }
}
pub struct RolloutHaltStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_halt() -> RolloutHaltStmt {
    RolloutHaltStmt(
        "update rollouts set paused_by = 'cloison', paused_why = $1 where number = $2 and paused_by is null and max_failures = $3",
        None,
    )
}
impl RolloutHaltStmt {
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
        paused_why: &'a T1,
        number: &'a i64,
        max_failures: &'a i32,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[paused_why, number, max_failures]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RolloutHaltParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for RolloutHaltStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RolloutHaltParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.paused_why, &params.number, &params.max_failures))
    }
}
pub struct RolloutResumeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_resume() -> RolloutResumeStmt {
    RolloutResumeStmt(
        "update rollouts set paused_by = null, paused_why = null, max_failures = coalesce($1, max_failures) where number = $2 and paused_by is not null",
        None,
    )
}
impl RolloutResumeStmt {
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
        max_failures: &'a Option<i32>,
        number: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[max_failures, number]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RolloutResumeParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for RolloutResumeStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RolloutResumeParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.max_failures, &params.number))
    }
}
pub struct RolloutKeepShadowStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_keep_shadow() -> RolloutKeepShadowStmt {
    RolloutKeepShadowStmt("update rollouts set shadow = $1 where number = $2", None)
}
impl RolloutKeepShadowStmt {
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
        shadow: &'a T1,
        number: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[shadow, number]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::JsonSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RolloutKeepShadowParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for RolloutKeepShadowStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RolloutKeepShadowParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.shadow, &params.number))
    }
}
pub struct RolloutMoveTemplatesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_move_templates() -> RolloutMoveTemplatesStmt {
    RolloutMoveTemplatesStmt("update rollouts set templates_moved = true where number = $1", None)
}
impl RolloutMoveTemplatesStmt {
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
        number: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[number]).await
    }
}
pub struct RolloutHurryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_hurry() -> RolloutHurryStmt {
    RolloutHurryStmt(
        "update operations set due_at = now() where kind = 'rollout' and state = 'RUNNING' and worker is null",
        None,
    )
}
impl RolloutHurryStmt {
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
pub struct RolloutBeginStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_begin() -> RolloutBeginStmt {
    RolloutBeginStmt(
        "update rollouts set started_at = now() where number = $1 and started_at is null",
        None,
    )
}
impl RolloutBeginStmt {
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
        number: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[number]).await
    }
}
pub struct RolloutCandidatesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_candidates() -> RolloutCandidatesStmt {
    RolloutCandidatesStmt(
        "select count(*) filter (where subdomain = any ($1::text[])) as canaries, count(*) filter (where subdomain <> all ($1::text[])) as others from rollout_candidates($2, $3)",
        None,
    )
}
impl RolloutCandidatesStmt {
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
        canaries: &'a T2,
        goes_up: &'a bool,
        to_version: &'a i64,
    ) -> RolloutCandidatesQuery<'c, 'a, 's, C, RolloutCandidates, 3> {
        RolloutCandidatesQuery {
            client,
            params: [canaries, goes_up, to_version],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<RolloutCandidates, tokio_postgres::Error> {
                    Ok(RolloutCandidates { canaries: row.try_get(0)?, others: row.try_get(1)? })
                },
            mapper: |it| RolloutCandidates::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        RolloutCandidatesParams<T1, T2>,
        RolloutCandidatesQuery<'c, 'a, 's, C, RolloutCandidates, 3>,
        C,
    > for RolloutCandidatesStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RolloutCandidatesParams<T1, T2>,
    ) -> RolloutCandidatesQuery<'c, 'a, 's, C, RolloutCandidates, 3> {
        self.bind(client, &params.canaries, &params.goes_up, &params.to_version)
    }
}
pub struct RolloutPendingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_pending() -> RolloutPendingStmt {
    RolloutPendingStmt(
        "select subdomain, number, database_name, schema_version from rollout_candidates($1, $2) where server_id = $3 order by number limit $4",
        None,
    )
}
impl RolloutPendingStmt {
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
        goes_up: &'a bool,
        to_version: &'a i64,
        server_id: &'a uuid::Uuid,
        row_limit: &'a i64,
    ) -> RolloutPendingQuery<'c, 'a, 's, C, RolloutPending, 4> {
        RolloutPendingQuery {
            client,
            params: [goes_up, to_version, server_id, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<RolloutPendingBorrowed, tokio_postgres::Error> {
                Ok(RolloutPendingBorrowed {
                    subdomain: row.try_get(0)?,
                    number: row.try_get(1)?,
                    database_name: row.try_get(2)?,
                    schema_version: row.try_get(3)?,
                })
            },
            mapper: |it| RolloutPending::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        RolloutPendingParams,
        RolloutPendingQuery<'c, 'a, 's, C, RolloutPending, 4>,
        C,
    > for RolloutPendingStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RolloutPendingParams,
    ) -> RolloutPendingQuery<'c, 'a, 's, C, RolloutPending, 4> {
        self.bind(client, &params.goes_up, &params.to_version, &params.server_id, &params.row_limit)
    }
}
pub struct RouterNodesOlderStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn router_nodes_older() -> RouterNodesOlderStmt {
    RouterNodesOlderStmt(
        "select name, schema_newest from router_nodes where schema_newest < $1 and seen_at > now() - make_interval(secs => $2) order by started_at, id limit $3",
        None,
    )
}
impl RouterNodesOlderStmt {
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
        seconds: &'a f64,
        row_limit: &'a i64,
    ) -> RouterNodesOlderQuery<'c, 'a, 's, C, RouterNodesOlder, 3> {
        RouterNodesOlderQuery {
            client,
            params: [version, seconds, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<RouterNodesOlderBorrowed, tokio_postgres::Error> {
                Ok(RouterNodesOlderBorrowed {
                    name: row.try_get(0)?,
                    schema_newest: row.try_get(1)?,
                })
            },
            mapper: |it| RouterNodesOlder::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        RouterNodesOlderParams,
        RouterNodesOlderQuery<'c, 'a, 's, C, RouterNodesOlder, 3>,
        C,
    > for RouterNodesOlderStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RouterNodesOlderParams,
    ) -> RouterNodesOlderQuery<'c, 'a, 's, C, RouterNodesOlder, 3> {
        self.bind(client, &params.version, &params.seconds, &params.row_limit)
    }
}
pub struct RolloutSeedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_seed() -> RolloutSeedStmt {
    RolloutSeedStmt(
        "insert into rollout_tenants (rollout, organization_id, wave, server_id, from_version) select $1, ranked.id, case when ranked.is_canary then 0 else least( 1 + (select count(*) from unnest($2::bigint[]) as size where size < ranked.place), cardinality($2::bigint[]) ) end, ranked.server_id, ranked.schema_version from ( select id, subdomain = any ($3::text[]) as is_canary, server_id, schema_version, row_number() over ( partition by subdomain = any ($3::text[]) order by md5(id::text) ) as place from rollout_candidates($4, $5) ) as ranked on conflict on constraint rollout_tenants_pkey do nothing",
        None,
    )
}
impl RolloutSeedStmt {
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
        T1: crate::ArraySql<Item = i64>,
        T2: crate::StringSql,
        T3: crate::ArraySql<Item = T2>,
    >(
        &'s self,
        client: &'c C,
        rollout: &'a i64,
        wave_sizes: &'a T1,
        canaries: &'a T3,
        goes_up: &'a bool,
        to_version: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[rollout, wave_sizes, canaries, goes_up, to_version]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::ArraySql<Item = i64>,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RolloutSeedParams<T1, T2, T3>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for RolloutSeedStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RolloutSeedParams<T1, T2, T3>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.rollout,
            &params.wave_sizes,
            &params.canaries,
            &params.goes_up,
            &params.to_version,
        ))
    }
}
pub struct RolloutCountsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_counts() -> RolloutCountsStmt {
    RolloutCountsStmt(
        "select wave, state, count(*) as tenants from rollout_tenants where rollout = $1 group by wave, state order by wave, state",
        None,
    )
}
impl RolloutCountsStmt {
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
        rollout: &'a i64,
    ) -> RolloutCountsQuery<'c, 'a, 's, C, RolloutCounts, 1> {
        RolloutCountsQuery {
            client,
            params: [rollout],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<RolloutCountsBorrowed, tokio_postgres::Error> {
                    Ok(RolloutCountsBorrowed {
                        wave: row.try_get(0)?,
                        state: row.try_get(1)?,
                        tenants: row.try_get(2)?,
                    })
                },
            mapper: |it| RolloutCounts::from(it),
        }
    }
}
pub struct RolloutRecentStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_recent() -> RolloutRecentStmt {
    RolloutRecentStmt(
        "select count(*) as tenants from rollout_tenants where rollout = $1 and finished_at > now() - make_interval(secs => $2)",
        None,
    )
}
impl RolloutRecentStmt {
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
        rollout: &'a i64,
        seconds: &'a f64,
    ) -> I64Query<'c, 'a, 's, C, i64, 2> {
        I64Query {
            client,
            params: [rollout, seconds],
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
        RolloutRecentParams,
        I64Query<'c, 'a, 's, C, i64, 2>,
        C,
    > for RolloutRecentStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RolloutRecentParams,
    ) -> I64Query<'c, 'a, 's, C, i64, 2> {
        self.bind(client, &params.rollout, &params.seconds)
    }
}
pub struct RolloutServersPendingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_servers_pending() -> RolloutServersPendingStmt {
    RolloutServersPendingStmt(
        "select id as server_id from servers where exists ( select from rollout_tenants where rollout_tenants.rollout = $1 and rollout_tenants.server_id = servers.id and rollout_tenants.wave = $2 and rollout_tenants.state = 'PENDING' ) order by id",
        None,
    )
}
impl RolloutServersPendingStmt {
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
        rollout: &'a i64,
        wave: &'a i16,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        UuidUuidQuery {
            client,
            params: [rollout, wave],
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
        RolloutServersPendingParams,
        UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2>,
        C,
    > for RolloutServersPendingStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RolloutServersPendingParams,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        self.bind(client, &params.rollout, &params.wave)
    }
}
pub struct RolloutTenantsClaimStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_tenants_claim() -> RolloutTenantsClaimStmt {
    RolloutTenantsClaimStmt(
        "with picked as ( select organization_id, server_id from rollout_tenants where rollout = $1 and server_id = $2 and wave = $3 and state = 'PENDING' limit $4 for update skip locked ), listed as ( select picked.organization_id, organizations.subdomain::text as subdomain, tenants.database_name, tenants.phase = 'READY' and tenants.server_id = picked.server_id as is_ready, tenants.phase in ('READY', 'MOVING', 'RESTORING') and tenants.server_id = picked.server_id as is_there, row_number() over (order by picked.organization_id) as place from picked join organizations on organizations.id = picked.organization_id join tenants on tenants.organization_id = picked.organization_id ), begun as ( insert into operations (id, kind, step, organization_id, subdomain, input, actor, due_at, lease_token, worker, trace_parent) select ids.id, 'migrate', 'migrate_tenant', listed.organization_id, listed.subdomain, $5, $6, now() + make_interval(secs => $7), $8, $9, $10 from listed join unnest($11::uuid[]) with ordinality as ids (id, place) on ids.place = listed.place where listed.is_ready on conflict do nothing returning id, organization_id ) update rollout_tenants set state = case when begun.id is not null then 'RUNNING' when rollout_tenants.wave = 0 and listed.is_there then 'PENDING' else 'SKIPPED' end, started_at = case when begun.id is not null then now() end from listed left join begun on begun.organization_id = listed.organization_id where rollout_tenants.rollout = $1 and rollout_tenants.organization_id = listed.organization_id returning begun.id as operation_id, listed.organization_id, listed.subdomain, listed.database_name",
        None,
    )
}
impl RolloutTenantsClaimStmt {
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
        T1: crate::JsonSql,
        T2: crate::StringSql,
        T3: crate::StringSql,
        T4: crate::StringSql,
        T5: crate::ArraySql<Item = uuid::Uuid>,
    >(
        &'s self,
        client: &'c C,
        rollout: &'a i64,
        server_id: &'a uuid::Uuid,
        wave: &'a i16,
        row_limit: &'a i64,
        input: &'a T1,
        actor: &'a T2,
        lease_seconds: &'a f64,
        lease_token: &'a i64,
        worker: &'a T3,
        trace_parent: &'a Option<T4>,
        ids: &'a T5,
    ) -> ClaimedTenantQuery<'c, 'a, 's, C, ClaimedTenant, 11> {
        ClaimedTenantQuery {
            client,
            params: [
                rollout,
                server_id,
                wave,
                row_limit,
                input,
                actor,
                lease_seconds,
                lease_token,
                worker,
                trace_parent,
                ids,
            ],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ClaimedTenantBorrowed, tokio_postgres::Error> {
                    Ok(ClaimedTenantBorrowed {
                        operation_id: row.try_get(0)?,
                        organization_id: row.try_get(1)?,
                        subdomain: row.try_get(2)?,
                        database_name: row.try_get(3)?,
                    })
                },
            mapper: |it| ClaimedTenant::from(it),
        }
    }
}
impl<
    'c,
    'a,
    's,
    C: GenericClient,
    T1: crate::JsonSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::ArraySql<Item = uuid::Uuid>,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        RolloutTenantsClaimParams<T1, T2, T3, T4, T5>,
        ClaimedTenantQuery<'c, 'a, 's, C, ClaimedTenant, 11>,
        C,
    > for RolloutTenantsClaimStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RolloutTenantsClaimParams<T1, T2, T3, T4, T5>,
    ) -> ClaimedTenantQuery<'c, 'a, 's, C, ClaimedTenant, 11> {
        self.bind(
            client,
            &params.rollout,
            &params.server_id,
            &params.wave,
            &params.row_limit,
            &params.input,
            &params.actor,
            &params.lease_seconds,
            &params.lease_token,
            &params.worker,
            &params.trace_parent,
            &params.ids,
        )
    }
}
pub struct MigrationsExtendStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn migrations_extend() -> MigrationsExtendStmt {
    MigrationsExtendStmt(
        "update operations set due_at = now() + make_interval(secs => $1) where kind = 'migrate' and lease_token = $2 and state = 'RUNNING'",
        None,
    )
}
impl MigrationsExtendStmt {
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
        lease_seconds: &'a f64,
        lease_token: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[lease_seconds, lease_token]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        MigrationsExtendParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for MigrationsExtendStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a MigrationsExtendParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.lease_seconds, &params.lease_token))
    }
}
pub struct MigrationsUnclaimStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn migrations_unclaim() -> MigrationsUnclaimStmt {
    MigrationsUnclaimStmt(
        "with gone as ( delete from operations where id = any ($1::uuid[]) and lease_token = $2 and state = 'RUNNING' returning organization_id ) update rollout_tenants set state = 'PENDING', started_at = null from gone where rollout_tenants.rollout = $3 and rollout_tenants.organization_id = gone.organization_id",
        None,
    )
}
impl MigrationsUnclaimStmt {
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
        operation_ids: &'a T1,
        lease_token: &'a i64,
        rollout: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[operation_ids, lease_token, rollout]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::ArraySql<Item = uuid::Uuid>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        MigrationsUnclaimParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for MigrationsUnclaimStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a MigrationsUnclaimParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.operation_ids, &params.lease_token, &params.rollout))
    }
}
pub struct MigrationsEndStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn migrations_end() -> MigrationsEndStmt {
    MigrationsEndStmt(
        "with ended as ( update operations set state = 'DONE', finished_at = now(), worker = null, waiting = null from unnest($1::uuid[], $2::bigint[], $3::text[]) as done (id, version, message) where operations.id = done.id and operations.lease_token = $4 and operations.state = 'RUNNING' returning operations.id, operations.organization_id, done.version, done.message ), told as ( insert into operation_events (operation_id, sequence, message) select ended.id, 1, ended.message from ended ), counted as ( update rollout_tenants set state = 'DONE', finished_at = now() from ended where rollout_tenants.rollout = $5 and rollout_tenants.organization_id = ended.organization_id ), lifted as ( delete from quarantines using ended where quarantines.organization_id = ended.organization_id ) update tenants set schema_version = ended.version, awaits_version = null from ended where tenants.organization_id = ended.organization_id",
        None,
    )
}
impl MigrationsEndStmt {
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
        T2: crate::ArraySql<Item = i64>,
        T3: crate::StringSql,
        T4: crate::ArraySql<Item = T3>,
    >(
        &'s self,
        client: &'c C,
        operation_ids: &'a T1,
        versions: &'a T2,
        messages: &'a T4,
        lease_token: &'a i64,
        rollout: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[operation_ids, versions, messages, lease_token, rollout]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::ArraySql<Item = i64>,
    T3: crate::StringSql,
    T4: crate::ArraySql<Item = T3>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        MigrationsEndParams<T1, T2, T3, T4>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for MigrationsEndStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a MigrationsEndParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.operation_ids,
            &params.versions,
            &params.messages,
            &params.lease_token,
            &params.rollout,
        ))
    }
}
pub struct RolloutTenantEndStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_tenant_end() -> RolloutTenantEndStmt {
    RolloutTenantEndStmt(
        "update rollout_tenants set state = $1, started_at = coalesce(started_at, now()), finished_at = now() where rollout = $2 and organization_id = $3",
        None,
    )
}
impl RolloutTenantEndStmt {
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
        state: &'a T1,
        rollout: &'a i64,
        organization_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[state, rollout, organization_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RolloutTenantEndParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for RolloutTenantEndStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RolloutTenantEndParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.state, &params.rollout, &params.organization_id))
    }
}
pub struct RolloutTenantBeginStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_tenant_begin() -> RolloutTenantBeginStmt {
    RolloutTenantBeginStmt(
        "update rollout_tenants set state = 'RUNNING', started_at = now(), finished_at = null where rollout = $1 and organization_id = $2",
        None,
    )
}
impl RolloutTenantBeginStmt {
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
        rollout: &'a i64,
        organization_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[rollout, organization_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RolloutTenantBeginParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for RolloutTenantBeginStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RolloutTenantBeginParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.rollout, &params.organization_id))
    }
}
pub struct RolloutOpenLazilyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_open_lazily() -> RolloutOpenLazilyStmt {
    RolloutOpenLazilyStmt(
        "update tenants set awaits_version = $1 from rollout_tenants where rollout_tenants.rollout = $2 and rollout_tenants.state = 'PENDING' and tenants.organization_id = rollout_tenants.organization_id and tenants.awaits_version is distinct from $1",
        None,
    )
}
impl RolloutOpenLazilyStmt {
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
        to_version: &'a i64,
        rollout: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[to_version, rollout]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RolloutOpenLazilyParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for RolloutOpenLazilyStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RolloutOpenLazilyParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.to_version, &params.rollout))
    }
}
pub struct RolloutCloseLazilyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_close_lazily() -> RolloutCloseLazilyStmt {
    RolloutCloseLazilyStmt(
        "update tenants set awaits_version = null where awaits_version is not null",
        None,
    )
}
impl RolloutCloseLazilyStmt {
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
pub struct RolloutAwaitingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_awaiting() -> RolloutAwaitingStmt {
    RolloutAwaitingStmt(
        "select count(*) as tenants from rollout_tenants join tenants on tenants.organization_id = rollout_tenants.organization_id where rollout_tenants.rollout = $1 and rollout_tenants.state = 'PENDING' and tenants.awaits_version is not null",
        None,
    )
}
impl RolloutAwaitingStmt {
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
        rollout: &'a i64,
    ) -> I64Query<'c, 'a, 's, C, i64, 1> {
        I64Query {
            client,
            params: [rollout],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct RolloutHasStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rollout_has() -> RolloutHasStmt {
    RolloutHasStmt(
        "select exists ( select from rollout_tenants where rollout = $1 and organization_id = $2 ) as has",
        None,
    )
}
impl RolloutHasStmt {
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
        rollout: &'a i64,
        organization_id: &'a uuid::Uuid,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 2> {
        BoolQuery {
            client,
            params: [rollout, organization_id],
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
        RolloutHasParams,
        BoolQuery<'c, 'a, 's, C, bool, 2>,
        C,
    > for RolloutHasStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RolloutHasParams,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 2> {
        self.bind(client, &params.rollout, &params.organization_id)
    }
}
