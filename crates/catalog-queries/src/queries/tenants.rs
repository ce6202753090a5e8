// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct OrganizationInsertParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
> {
    pub id: uuid::Uuid,
    pub number: Option<i64>,
    pub subdomain: T1,
    pub name: T2,
    pub region: T3,
    pub locale: T4,
}
#[derive(Debug)]
pub struct TenantInsertParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::BytesSql,
    T4: crate::StringSql,
> {
    pub organization_id: uuid::Uuid,
    pub server_id: uuid::Uuid,
    pub database_name: T1,
    pub role_name: T2,
    pub database_password_sealed: T3,
    pub database_password_verifier: T4,
}
#[derive(Clone, Copy, Debug)]
pub struct TenantAdmitParams {
    pub schema_version: i64,
    pub organization_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct TenantSetPhaseParams<T1: crate::StringSql> {
    pub phase: T1,
    pub organization_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct OrganizationSetAccessParams<T1: crate::StringSql> {
    pub access_mode: T1,
    pub organization_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct SubscriptionCancelParams<T1: crate::StringSql> {
    pub organization_id: uuid::Uuid,
    pub reason: T1,
}
#[derive(Debug)]
pub struct TenantPreparePasswordParams<T1: crate::BytesSql, T2: crate::StringSql> {
    pub next_password_sealed: T1,
    pub next_password_verifier: T2,
    pub organization_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct TenantPromotePasswordParams<T1: crate::StringSql> {
    pub organization_id: uuid::Uuid,
    pub next_password_verifier: T1,
}
#[derive(Clone, Copy, Debug)]
pub struct TenantSetSchemaVersionParams {
    pub schema_version: i64,
    pub organization_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct TenantSummaryPageParams<T1: crate::StringSql> {
    pub after: Option<T1>,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct TenantPlacePageParams {
    pub server_id: uuid::Uuid,
    pub after: Option<uuid::Uuid>,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct TenantBehindParams {
    pub schema_version: i64,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct TenantRolePageParams {
    pub server_id: uuid::Uuid,
    pub with_fenced: bool,
    pub after: Option<uuid::Uuid>,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct SubscriptionInsertParams<T1: crate::StringSql> {
    pub id: uuid::Uuid,
    pub organization_id: uuid::Uuid,
    pub plan_code: T1,
}
#[derive(Debug, Clone, PartialEq)]
pub struct TenantStateLocked {
    pub billing: String,
    pub access: String,
    pub phase: String,
}
pub struct TenantStateLockedBorrowed<'a> {
    pub billing: &'a str,
    pub access: &'a str,
    pub phase: &'a str,
}
impl<'a> From<TenantStateLockedBorrowed<'a>> for TenantStateLocked {
    fn from(
        TenantStateLockedBorrowed { billing, access, phase }: TenantStateLockedBorrowed<'a>,
    ) -> Self {
        Self { billing: billing.into(), access: access.into(), phase: phase.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    pub id: uuid::Uuid,
    pub number: i64,
    pub subdomain: String,
    pub name: String,
    pub region: String,
    pub created_at: jiff::Timestamp,
    pub server: String,
    pub database_name: String,
    pub schema_version: i64,
    pub billing: String,
    pub access: String,
    pub infrastructure: String,
    pub plan: String,
}
pub struct SummaryBorrowed<'a> {
    pub id: uuid::Uuid,
    pub number: i64,
    pub subdomain: &'a str,
    pub name: &'a str,
    pub region: &'a str,
    pub created_at: jiff::Timestamp,
    pub server: &'a str,
    pub database_name: &'a str,
    pub schema_version: i64,
    pub billing: &'a str,
    pub access: &'a str,
    pub infrastructure: &'a str,
    pub plan: &'a str,
}
impl<'a> From<SummaryBorrowed<'a>> for Summary {
    fn from(
        SummaryBorrowed {
            id,
            number,
            subdomain,
            name,
            region,
            created_at,
            server,
            database_name,
            schema_version,
            billing,
            access,
            infrastructure,
            plan,
        }: SummaryBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            number,
            subdomain: subdomain.into(),
            name: name.into(),
            region: region.into(),
            created_at,
            server: server.into(),
            database_name: database_name.into(),
            schema_version,
            billing: billing.into(),
            access: access.into(),
            infrastructure: infrastructure.into(),
            plan: plan.into(),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct TenantPlacePage {
    pub id: uuid::Uuid,
    pub subdomain: String,
    pub database_name: String,
    pub phase: String,
}
pub struct TenantPlacePageBorrowed<'a> {
    pub id: uuid::Uuid,
    pub subdomain: &'a str,
    pub database_name: &'a str,
    pub phase: &'a str,
}
impl<'a> From<TenantPlacePageBorrowed<'a>> for TenantPlacePage {
    fn from(
        TenantPlacePageBorrowed { id, subdomain, database_name, phase }: TenantPlacePageBorrowed<
            'a,
        >,
    ) -> Self {
        Self {
            id,
            subdomain: subdomain.into(),
            database_name: database_name.into(),
            phase: phase.into(),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct TenantsAdrift {
    pub subdomain: String,
    pub phase: String,
}
pub struct TenantsAdriftBorrowed<'a> {
    pub subdomain: &'a str,
    pub phase: &'a str,
}
impl<'a> From<TenantsAdriftBorrowed<'a>> for TenantsAdrift {
    fn from(TenantsAdriftBorrowed { subdomain, phase }: TenantsAdriftBorrowed<'a>) -> Self {
        Self { subdomain: subdomain.into(), phase: phase.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct TenantBehind {
    pub id: uuid::Uuid,
    pub subdomain: String,
    pub server_id: uuid::Uuid,
    pub database_name: String,
    pub schema_version: i64,
}
pub struct TenantBehindBorrowed<'a> {
    pub id: uuid::Uuid,
    pub subdomain: &'a str,
    pub server_id: uuid::Uuid,
    pub database_name: &'a str,
    pub schema_version: i64,
}
impl<'a> From<TenantBehindBorrowed<'a>> for TenantBehind {
    fn from(
        TenantBehindBorrowed {
            id,
            subdomain,
            server_id,
            database_name,
            schema_version,
        }: TenantBehindBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            subdomain: subdomain.into(),
            server_id,
            database_name: database_name.into(),
            schema_version,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    pub id: uuid::Uuid,
    pub number: i64,
    pub subdomain: String,
    pub server_id: uuid::Uuid,
    pub database_name: String,
    pub role_name: String,
    pub phase: String,
    pub access_mode: String,
    pub password_verifier: String,
    pub next_password_verifier: Option<String>,
    pub connection_limit: i32,
    pub statement_timeout_ms: i32,
    pub lock_timeout_ms: i32,
    pub idle_in_transaction_timeout_ms: i32,
}
pub struct RoleBorrowed<'a> {
    pub id: uuid::Uuid,
    pub number: i64,
    pub subdomain: &'a str,
    pub server_id: uuid::Uuid,
    pub database_name: &'a str,
    pub role_name: &'a str,
    pub phase: &'a str,
    pub access_mode: &'a str,
    pub password_verifier: &'a str,
    pub next_password_verifier: Option<&'a str>,
    pub connection_limit: i32,
    pub statement_timeout_ms: i32,
    pub lock_timeout_ms: i32,
    pub idle_in_transaction_timeout_ms: i32,
}
impl<'a> From<RoleBorrowed<'a>> for Role {
    fn from(
        RoleBorrowed {
            id,
            number,
            subdomain,
            server_id,
            database_name,
            role_name,
            phase,
            access_mode,
            password_verifier,
            next_password_verifier,
            connection_limit,
            statement_timeout_ms,
            lock_timeout_ms,
            idle_in_transaction_timeout_ms,
        }: RoleBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            number,
            subdomain: subdomain.into(),
            server_id,
            database_name: database_name.into(),
            role_name: role_name.into(),
            phase: phase.into(),
            access_mode: access_mode.into(),
            password_verifier: password_verifier.into(),
            next_password_verifier: next_password_verifier.map(|v| v.into()),
            connection_limit,
            statement_timeout_ms,
            lock_timeout_ms,
            idle_in_transaction_timeout_ms,
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
pub struct TenantStateLockedQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<TenantStateLockedBorrowed, tokio_postgres::Error>,
    mapper: fn(TenantStateLockedBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> TenantStateLockedQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(TenantStateLockedBorrowed) -> R,
    ) -> TenantStateLockedQuery<'c, 'a, 's, C, R, N> {
        TenantStateLockedQuery {
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
pub struct SummaryQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<SummaryBorrowed, tokio_postgres::Error>,
    mapper: fn(SummaryBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> SummaryQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(SummaryBorrowed) -> R) -> SummaryQuery<'c, 'a, 's, C, R, N> {
        SummaryQuery {
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
pub struct TenantPlacePageQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<TenantPlacePageBorrowed, tokio_postgres::Error>,
    mapper: fn(TenantPlacePageBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> TenantPlacePageQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(TenantPlacePageBorrowed) -> R,
    ) -> TenantPlacePageQuery<'c, 'a, 's, C, R, N> {
        TenantPlacePageQuery {
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
pub struct TenantsAdriftQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<TenantsAdriftBorrowed, tokio_postgres::Error>,
    mapper: fn(TenantsAdriftBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> TenantsAdriftQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(TenantsAdriftBorrowed) -> R,
    ) -> TenantsAdriftQuery<'c, 'a, 's, C, R, N> {
        TenantsAdriftQuery {
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
pub struct TenantBehindQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<TenantBehindBorrowed, tokio_postgres::Error>,
    mapper: fn(TenantBehindBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> TenantBehindQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(TenantBehindBorrowed) -> R,
    ) -> TenantBehindQuery<'c, 'a, 's, C, R, N> {
        TenantBehindQuery {
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
pub struct RoleQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<RoleBorrowed, tokio_postgres::Error>,
    mapper: fn(RoleBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RoleQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(RoleBorrowed) -> R) -> RoleQuery<'c, 'a, 's, C, R, N> {
        RoleQuery {
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
pub struct OrganizationInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn organization_insert() -> OrganizationInsertStmt {
    OrganizationInsertStmt(
        "insert into organizations (id, number, subdomain, name, region, locale) values ( $1, coalesce($2, nextval('organizations_number_seq')), $3::text::citext, $4, $5, $6 ) returning number",
        None,
    )
}
impl OrganizationInsertStmt {
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
        T4: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
        number: &'a Option<i64>,
        subdomain: &'a T1,
        name: &'a T2,
        region: &'a T3,
        locale: &'a T4,
    ) -> I64Query<'c, 'a, 's, C, i64, 6> {
        I64Query {
            client,
            params: [id, number, subdomain, name, region, locale],
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
    T3: crate::StringSql,
    T4: crate::StringSql,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        OrganizationInsertParams<T1, T2, T3, T4>,
        I64Query<'c, 'a, 's, C, i64, 6>,
        C,
    > for OrganizationInsertStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a OrganizationInsertParams<T1, T2, T3, T4>,
    ) -> I64Query<'c, 'a, 's, C, i64, 6> {
        self.bind(
            client,
            &params.id,
            &params.number,
            &params.subdomain,
            &params.name,
            &params.region,
            &params.locale,
        )
    }
}
pub struct OrganizationDeleteUnadmittedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn organization_delete_unadmitted() -> OrganizationDeleteUnadmittedStmt {
    OrganizationDeleteUnadmittedStmt(
        "delete from organizations using tenants where organizations.id = $1 and tenants.organization_id = organizations.id and tenants.phase = 'PROVISIONING'",
        None,
    )
}
impl OrganizationDeleteUnadmittedStmt {
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
pub struct TenantInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenant_insert() -> TenantInsertStmt {
    TenantInsertStmt(
        "insert into tenants (organization_id, server_id, database_name, role_name, database_password_sealed, database_password_verifier) values ($1, $2, $3, $4, $5, $6)",
        None,
    )
}
impl TenantInsertStmt {
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
        T3: crate::BytesSql,
        T4: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        organization_id: &'a uuid::Uuid,
        server_id: &'a uuid::Uuid,
        database_name: &'a T1,
        role_name: &'a T2,
        database_password_sealed: &'a T3,
        database_password_verifier: &'a T4,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    organization_id,
                    server_id,
                    database_name,
                    role_name,
                    database_password_sealed,
                    database_password_verifier,
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
    T3: crate::BytesSql,
    T4: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        TenantInsertParams<T1, T2, T3, T4>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for TenantInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a TenantInsertParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.organization_id,
            &params.server_id,
            &params.database_name,
            &params.role_name,
            &params.database_password_sealed,
            &params.database_password_verifier,
        ))
    }
}
pub struct TenantOfSubdomainStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenant_of_subdomain() -> TenantOfSubdomainStmt {
    TenantOfSubdomainStmt("select id from organizations where subdomain = $1::text::citext", None)
}
impl TenantOfSubdomainStmt {
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
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 1> {
        UuidUuidQuery {
            client,
            params: [subdomain],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct TenantStateLockedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenant_state_locked() -> TenantStateLockedStmt {
    TenantStateLockedStmt(
        "select newest.status as billing, organizations.access_mode as access, tenants.phase from organizations join tenants on tenants.organization_id = organizations.id join lateral ( select subscriptions.status from subscriptions where subscriptions.organization_id = organizations.id order by subscriptions.created_at desc limit 1 ) as newest on true where organizations.id = $1 for update of organizations, tenants",
        None,
    )
}
impl TenantStateLockedStmt {
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
    ) -> TenantStateLockedQuery<'c, 'a, 's, C, TenantStateLocked, 1> {
        TenantStateLockedQuery {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<TenantStateLockedBorrowed, tokio_postgres::Error> {
                Ok(TenantStateLockedBorrowed {
                    billing: row.try_get(0)?,
                    access: row.try_get(1)?,
                    phase: row.try_get(2)?,
                })
            },
            mapper: |it| TenantStateLocked::from(it),
        }
    }
}
pub struct TenantAdmitStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenant_admit() -> TenantAdmitStmt {
    TenantAdmitStmt(
        "update tenants set phase = 'READY', schema_version = $1 where organization_id = $2 and phase = 'PROVISIONING'",
        None,
    )
}
impl TenantAdmitStmt {
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
        TenantAdmitParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for TenantAdmitStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a TenantAdmitParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.schema_version, &params.organization_id))
    }
}
pub struct TenantSetPhaseStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenant_set_phase() -> TenantSetPhaseStmt {
    TenantSetPhaseStmt(
        "update tenants set phase = $1 where organization_id = $2 and phase <> $1",
        None,
    )
}
impl TenantSetPhaseStmt {
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
        phase: &'a T1,
        organization_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[phase, organization_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        TenantSetPhaseParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for TenantSetPhaseStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a TenantSetPhaseParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.phase, &params.organization_id))
    }
}
pub struct OrganizationSetAccessStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn organization_set_access() -> OrganizationSetAccessStmt {
    OrganizationSetAccessStmt(
        "update organizations set access_mode = $1 where id = $2 and access_mode <> $1",
        None,
    )
}
impl OrganizationSetAccessStmt {
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
        access_mode: &'a T1,
        organization_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[access_mode, organization_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        OrganizationSetAccessParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for OrganizationSetAccessStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a OrganizationSetAccessParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.access_mode, &params.organization_id))
    }
}
pub struct SubscriptionCancelStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn subscription_cancel() -> SubscriptionCancelStmt {
    SubscriptionCancelStmt(
        "with cancelled as ( update subscriptions set status = 'CANCELLED', cancelled_at = now() where organization_id = $1 and status <> 'CANCELLED' returning id ) insert into subscription_events (subscription_id, to_status, reason) select cancelled.id, 'CANCELLED', $2 from cancelled",
        None,
    )
}
impl SubscriptionCancelStmt {
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
        organization_id: &'a uuid::Uuid,
        reason: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[organization_id, reason]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SubscriptionCancelParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for SubscriptionCancelStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SubscriptionCancelParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.organization_id, &params.reason))
    }
}
pub struct TenantPreparePasswordStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenant_prepare_password() -> TenantPreparePasswordStmt {
    TenantPreparePasswordStmt(
        "update tenants set next_password_sealed = $1, next_password_verifier = $2 where organization_id = $3",
        None,
    )
}
impl TenantPreparePasswordStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql, T2: crate::StringSql>(
        &'s self,
        client: &'c C,
        next_password_sealed: &'a T1,
        next_password_verifier: &'a T2,
        organization_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(self.0, &[next_password_sealed, next_password_verifier, organization_id])
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::BytesSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        TenantPreparePasswordParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for TenantPreparePasswordStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a TenantPreparePasswordParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.next_password_sealed,
            &params.next_password_verifier,
            &params.organization_id,
        ))
    }
}
pub struct TenantPromotePasswordStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenant_promote_password() -> TenantPromotePasswordStmt {
    TenantPromotePasswordStmt(
        "update tenants set database_password_sealed = next_password_sealed, database_password_verifier = next_password_verifier, next_password_sealed = null, next_password_verifier = null where organization_id = $1 and next_password_verifier = $2",
        None,
    )
}
impl TenantPromotePasswordStmt {
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
        organization_id: &'a uuid::Uuid,
        next_password_verifier: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[organization_id, next_password_verifier]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        TenantPromotePasswordParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for TenantPromotePasswordStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a TenantPromotePasswordParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.organization_id, &params.next_password_verifier))
    }
}
pub struct OrganizationDeleteErasingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn organization_delete_erasing() -> OrganizationDeleteErasingStmt {
    OrganizationDeleteErasingStmt(
        "delete from organizations using tenants where organizations.id = $1 and tenants.organization_id = organizations.id and tenants.phase = 'ERASING'",
        None,
    )
}
impl OrganizationDeleteErasingStmt {
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
pub struct TenantSetSchemaVersionStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenant_set_schema_version() -> TenantSetSchemaVersionStmt {
    TenantSetSchemaVersionStmt(
        "update tenants set schema_version = $1 where organization_id = $2",
        None,
    )
}
impl TenantSetSchemaVersionStmt {
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
        TenantSetSchemaVersionParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for TenantSetSchemaVersionStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a TenantSetSchemaVersionParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.schema_version, &params.organization_id))
    }
}
pub struct TenantSummaryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenant_summary() -> TenantSummaryStmt {
    TenantSummaryStmt(
        "select id, number, subdomain, name, region, created_at, server, database_name, schema_version, billing, access, infrastructure, plan from tenant_summaries where subdomain = $1",
        None,
    )
}
impl TenantSummaryStmt {
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
    ) -> SummaryQuery<'c, 'a, 's, C, Summary, 1> {
        SummaryQuery {
            client,
            params: [subdomain],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<SummaryBorrowed, tokio_postgres::Error> {
                    Ok(SummaryBorrowed {
                        id: row.try_get(0)?,
                        number: row.try_get(1)?,
                        subdomain: row.try_get(2)?,
                        name: row.try_get(3)?,
                        region: row.try_get(4)?,
                        created_at: row.try_get(5)?,
                        server: row.try_get(6)?,
                        database_name: row.try_get(7)?,
                        schema_version: row.try_get(8)?,
                        billing: row.try_get(9)?,
                        access: row.try_get(10)?,
                        infrastructure: row.try_get(11)?,
                        plan: row.try_get(12)?,
                    })
                },
            mapper: |it| Summary::from(it),
        }
    }
}
pub struct TenantSummaryPageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenant_summary_page() -> TenantSummaryPageStmt {
    TenantSummaryPageStmt(
        "select id, number, subdomain, name, region, created_at, server, database_name, schema_version, billing, access, infrastructure, plan from tenant_summaries where $1::text is null or subdomain > $1::text order by subdomain limit $2",
        None,
    )
}
impl TenantSummaryPageStmt {
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
        after: &'a Option<T1>,
        row_limit: &'a i64,
    ) -> SummaryQuery<'c, 'a, 's, C, Summary, 2> {
        SummaryQuery {
            client,
            params: [after, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<SummaryBorrowed, tokio_postgres::Error> {
                    Ok(SummaryBorrowed {
                        id: row.try_get(0)?,
                        number: row.try_get(1)?,
                        subdomain: row.try_get(2)?,
                        name: row.try_get(3)?,
                        region: row.try_get(4)?,
                        created_at: row.try_get(5)?,
                        server: row.try_get(6)?,
                        database_name: row.try_get(7)?,
                        schema_version: row.try_get(8)?,
                        billing: row.try_get(9)?,
                        access: row.try_get(10)?,
                        infrastructure: row.try_get(11)?,
                        plan: row.try_get(12)?,
                    })
                },
            mapper: |it| Summary::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        TenantSummaryPageParams<T1>,
        SummaryQuery<'c, 'a, 's, C, Summary, 2>,
        C,
    > for TenantSummaryPageStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a TenantSummaryPageParams<T1>,
    ) -> SummaryQuery<'c, 'a, 's, C, Summary, 2> {
        self.bind(client, &params.after, &params.row_limit)
    }
}
pub struct TenantPlacePageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenant_place_page() -> TenantPlacePageStmt {
    TenantPlacePageStmt(
        "select organizations.id, organizations.subdomain::text as subdomain, tenants.database_name, tenants.phase from tenants join organizations on organizations.id = tenants.organization_id where tenants.server_id = $1 and ($2::uuid is null or organizations.id > $2::uuid) order by organizations.id limit $3",
        None,
    )
}
impl TenantPlacePageStmt {
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
        server_id: &'a uuid::Uuid,
        after: &'a Option<uuid::Uuid>,
        row_limit: &'a i64,
    ) -> TenantPlacePageQuery<'c, 'a, 's, C, TenantPlacePage, 3> {
        TenantPlacePageQuery {
            client,
            params: [server_id, after, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<TenantPlacePageBorrowed, tokio_postgres::Error> {
                Ok(TenantPlacePageBorrowed {
                    id: row.try_get(0)?,
                    subdomain: row.try_get(1)?,
                    database_name: row.try_get(2)?,
                    phase: row.try_get(3)?,
                })
            },
            mapper: |it| TenantPlacePage::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        TenantPlacePageParams,
        TenantPlacePageQuery<'c, 'a, 's, C, TenantPlacePage, 3>,
        C,
    > for TenantPlacePageStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a TenantPlacePageParams,
    ) -> TenantPlacePageQuery<'c, 'a, 's, C, TenantPlacePage, 3> {
        self.bind(client, &params.server_id, &params.after, &params.row_limit)
    }
}
pub struct TenantsAdriftStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenants_adrift() -> TenantsAdriftStmt {
    TenantsAdriftStmt(
        "select organizations.subdomain::text as subdomain, tenants.phase from tenants join organizations on organizations.id = tenants.organization_id where ( tenants.phase in ('PROVISIONING', 'ERASING') or tenants.phase = 'ARCHIVED' and ( select operations.state from operations where operations.organization_id = tenants.organization_id and operations.kind = 'archive' order by operations.id desc limit 1 ) = 'FAILED' ) and not exists ( select from operations where operations.organization_id = tenants.organization_id and operations.state = 'RUNNING' ) order by organizations.number limit $1",
        None,
    )
}
impl TenantsAdriftStmt {
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
    ) -> TenantsAdriftQuery<'c, 'a, 's, C, TenantsAdrift, 1> {
        TenantsAdriftQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<TenantsAdriftBorrowed, tokio_postgres::Error> {
                    Ok(TenantsAdriftBorrowed { subdomain: row.try_get(0)?, phase: row.try_get(1)? })
                },
            mapper: |it| TenantsAdrift::from(it),
        }
    }
}
pub struct TenantBehindStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenant_behind() -> TenantBehindStmt {
    TenantBehindStmt(
        "select organizations.id, organizations.subdomain::text as subdomain, tenants.server_id, tenants.database_name, tenants.schema_version from tenants join organizations on organizations.id = tenants.organization_id where tenants.phase = 'READY' and tenants.schema_version < $1 order by tenants.schema_version, organizations.number limit $2",
        None,
    )
}
impl TenantBehindStmt {
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
        schema_version: &'a i64,
        row_limit: &'a i64,
    ) -> TenantBehindQuery<'c, 'a, 's, C, TenantBehind, 2> {
        TenantBehindQuery {
            client,
            params: [schema_version, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<TenantBehindBorrowed, tokio_postgres::Error> {
                    Ok(TenantBehindBorrowed {
                        id: row.try_get(0)?,
                        subdomain: row.try_get(1)?,
                        server_id: row.try_get(2)?,
                        database_name: row.try_get(3)?,
                        schema_version: row.try_get(4)?,
                    })
                },
            mapper: |it| TenantBehind::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        TenantBehindParams,
        TenantBehindQuery<'c, 'a, 's, C, TenantBehind, 2>,
        C,
    > for TenantBehindStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a TenantBehindParams,
    ) -> TenantBehindQuery<'c, 'a, 's, C, TenantBehind, 2> {
        self.bind(client, &params.schema_version, &params.row_limit)
    }
}
pub struct TenantRoleStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenant_role() -> TenantRoleStmt {
    TenantRoleStmt(
        "select id, number, subdomain, server_id, database_name, role_name, phase, access_mode, password_verifier, next_password_verifier, connection_limit, statement_timeout_ms, lock_timeout_ms, idle_in_transaction_timeout_ms from tenant_roles where id = $1",
        None,
    )
}
impl TenantRoleStmt {
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
    ) -> RoleQuery<'c, 'a, 's, C, Role, 1> {
        RoleQuery {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<RoleBorrowed, tokio_postgres::Error> {
                Ok(RoleBorrowed {
                    id: row.try_get(0)?,
                    number: row.try_get(1)?,
                    subdomain: row.try_get(2)?,
                    server_id: row.try_get(3)?,
                    database_name: row.try_get(4)?,
                    role_name: row.try_get(5)?,
                    phase: row.try_get(6)?,
                    access_mode: row.try_get(7)?,
                    password_verifier: row.try_get(8)?,
                    next_password_verifier: row.try_get(9)?,
                    connection_limit: row.try_get(10)?,
                    statement_timeout_ms: row.try_get(11)?,
                    lock_timeout_ms: row.try_get(12)?,
                    idle_in_transaction_timeout_ms: row.try_get(13)?,
                })
            },
            mapper: |it| Role::from(it),
        }
    }
}
pub struct TenantRolePageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn tenant_role_page() -> TenantRolePageStmt {
    TenantRolePageStmt(
        "select id, number, subdomain, server_id, database_name, role_name, phase, access_mode, password_verifier, next_password_verifier, connection_limit, statement_timeout_ms, lock_timeout_ms, idle_in_transaction_timeout_ms from tenant_roles where server_id = $1 and phase in ('READY', 'MOVING', 'RESTORING') and ( $2::bool or phase = 'READY' or not exists ( select from operations where operations.organization_id = tenant_roles.id and operations.state = 'RUNNING' ) ) and ($3::uuid is null or id > $3::uuid) order by id limit $4",
        None,
    )
}
impl TenantRolePageStmt {
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
        server_id: &'a uuid::Uuid,
        with_fenced: &'a bool,
        after: &'a Option<uuid::Uuid>,
        row_limit: &'a i64,
    ) -> RoleQuery<'c, 'a, 's, C, Role, 4> {
        RoleQuery {
            client,
            params: [server_id, with_fenced, after, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<RoleBorrowed, tokio_postgres::Error> {
                Ok(RoleBorrowed {
                    id: row.try_get(0)?,
                    number: row.try_get(1)?,
                    subdomain: row.try_get(2)?,
                    server_id: row.try_get(3)?,
                    database_name: row.try_get(4)?,
                    role_name: row.try_get(5)?,
                    phase: row.try_get(6)?,
                    access_mode: row.try_get(7)?,
                    password_verifier: row.try_get(8)?,
                    next_password_verifier: row.try_get(9)?,
                    connection_limit: row.try_get(10)?,
                    statement_timeout_ms: row.try_get(11)?,
                    lock_timeout_ms: row.try_get(12)?,
                    idle_in_transaction_timeout_ms: row.try_get(13)?,
                })
            },
            mapper: |it| Role::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        TenantRolePageParams,
        RoleQuery<'c, 'a, 's, C, Role, 4>,
        C,
    > for TenantRolePageStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a TenantRolePageParams,
    ) -> RoleQuery<'c, 'a, 's, C, Role, 4> {
        self.bind(client, &params.server_id, &params.with_fenced, &params.after, &params.row_limit)
    }
}
pub struct SubscriptionInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn subscription_insert() -> SubscriptionInsertStmt {
    SubscriptionInsertStmt(
        "insert into subscriptions (id, organization_id, plan_code, plan_version, status, period_starts_at, period_ends_at) select $1, $2, plans.code, plans.version, 'TRIALING', now(), now() + interval '30 days' from plans where plans.code = $3 order by plans.version desc limit 1",
        None,
    )
}
impl SubscriptionInsertStmt {
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
        id: &'a uuid::Uuid,
        organization_id: &'a uuid::Uuid,
        plan_code: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id, organization_id, plan_code]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SubscriptionInsertParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for SubscriptionInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SubscriptionInsertParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.id, &params.organization_id, &params.plan_code))
    }
}
