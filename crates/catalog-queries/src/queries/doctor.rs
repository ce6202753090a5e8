// This file was generated with `cornucopia`. Do not modify.

#[derive(Clone, Copy, Debug)]
pub struct DoctorTenantsBehindParams {
    pub minutes: i32,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct DoctorSchemasUnreadParams {
    pub hours: i32,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct DoctorSparesBehindParams {
    pub minutes: i32,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct DoctorSparesFailingParams {
    pub hours: i32,
    pub row_limit: i64,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct DoctorOrganizationsUnknown {
    pub id: uuid::Uuid,
    pub is_erased: bool,
}
#[derive(Debug, Clone, PartialEq)]
pub struct DoctorBackups {
    pub id: uuid::Uuid,
    pub subdomain: String,
    pub taken_at: jiff::Timestamp,
}
pub struct DoctorBackupsBorrowed<'a> {
    pub id: uuid::Uuid,
    pub subdomain: &'a str,
    pub taken_at: jiff::Timestamp,
}
impl<'a> From<DoctorBackupsBorrowed<'a>> for DoctorBackups {
    fn from(DoctorBackupsBorrowed { id, subdomain, taken_at }: DoctorBackupsBorrowed<'a>) -> Self {
        Self { id, subdomain: subdomain.into(), taken_at }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct DoctorKeys {
    pub id: uuid::Uuid,
    pub subdomain: String,
    pub identity_wrapped: Vec<u8>,
}
pub struct DoctorKeysBorrowed<'a> {
    pub id: uuid::Uuid,
    pub subdomain: &'a str,
    pub identity_wrapped: &'a [u8],
}
impl<'a> From<DoctorKeysBorrowed<'a>> for DoctorKeys {
    fn from(
        DoctorKeysBorrowed { id, subdomain, identity_wrapped }: DoctorKeysBorrowed<'a>,
    ) -> Self {
        Self { id, subdomain: subdomain.into(), identity_wrapped: identity_wrapped.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct DoctorNodesGone {
    pub name: String,
    pub seen_at: jiff::Timestamp,
    pub seats: i64,
    pub servers: Vec<String>,
}
pub struct DoctorNodesGoneBorrowed<'a> {
    pub name: &'a str,
    pub seen_at: jiff::Timestamp,
    pub seats: i64,
    pub servers: crate::ArrayIterator<'a, &'a str>,
}
impl<'a> From<DoctorNodesGoneBorrowed<'a>> for DoctorNodesGone {
    fn from(
        DoctorNodesGoneBorrowed { name, seen_at, seats, servers }: DoctorNodesGoneBorrowed<'a>,
    ) -> Self {
        Self { name: name.into(), seen_at, seats, servers: servers.map(|v| v.into()).collect() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct DoctorTenantsBehind {
    pub subdomain: String,
    pub schema_version: i64,
    pub fleet: i64,
}
pub struct DoctorTenantsBehindBorrowed<'a> {
    pub subdomain: &'a str,
    pub schema_version: i64,
    pub fleet: i64,
}
impl<'a> From<DoctorTenantsBehindBorrowed<'a>> for DoctorTenantsBehind {
    fn from(
        DoctorTenantsBehindBorrowed {
            subdomain,
            schema_version,
            fleet,
        }: DoctorTenantsBehindBorrowed<'a>,
    ) -> Self {
        Self { subdomain: subdomain.into(), schema_version, fleet }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct DoctorSparesBehind {
    pub server: String,
    pub spares: i64,
    pub fleet: i64,
}
pub struct DoctorSparesBehindBorrowed<'a> {
    pub server: &'a str,
    pub spares: i64,
    pub fleet: i64,
}
impl<'a> From<DoctorSparesBehindBorrowed<'a>> for DoctorSparesBehind {
    fn from(
        DoctorSparesBehindBorrowed { server, spares, fleet }: DoctorSparesBehindBorrowed<'a>,
    ) -> Self {
        Self { server: server.into(), spares, fleet }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct DoctorSparesFailing {
    pub server: String,
    pub error: String,
}
pub struct DoctorSparesFailingBorrowed<'a> {
    pub server: &'a str,
    pub error: &'a str,
}
impl<'a> From<DoctorSparesFailingBorrowed<'a>> for DoctorSparesFailing {
    fn from(
        DoctorSparesFailingBorrowed { server, error }: DoctorSparesFailingBorrowed<'a>,
    ) -> Self {
        Self { server: server.into(), error: error.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct DoctorDomains {
    pub hostname: String,
    pub subdomain: String,
    pub is_failing: bool,
    pub failing_since: Option<jiff::Timestamp>,
    pub found: Option<String>,
    pub certificate: Option<String>,
    pub certificate_failing_since: Option<jiff::Timestamp>,
    pub certificate_found: Option<String>,
    pub certificate_until: Option<jiff::Timestamp>,
}
pub struct DoctorDomainsBorrowed<'a> {
    pub hostname: &'a str,
    pub subdomain: &'a str,
    pub is_failing: bool,
    pub failing_since: Option<jiff::Timestamp>,
    pub found: Option<&'a str>,
    pub certificate: Option<&'a str>,
    pub certificate_failing_since: Option<jiff::Timestamp>,
    pub certificate_found: Option<&'a str>,
    pub certificate_until: Option<jiff::Timestamp>,
}
impl<'a> From<DoctorDomainsBorrowed<'a>> for DoctorDomains {
    fn from(
        DoctorDomainsBorrowed {
            hostname,
            subdomain,
            is_failing,
            failing_since,
            found,
            certificate,
            certificate_failing_since,
            certificate_found,
            certificate_until,
        }: DoctorDomainsBorrowed<'a>,
    ) -> Self {
        Self {
            hostname: hostname.into(),
            subdomain: subdomain.into(),
            is_failing,
            failing_since,
            found: found.map(|v| v.into()),
            certificate: certificate.map(|v| v.into()),
            certificate_failing_since,
            certificate_found: certificate_found.map(|v| v.into()),
            certificate_until,
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct DoctorOrganizationsUnknownQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor:
        fn(&tokio_postgres::Row) -> Result<DoctorOrganizationsUnknown, tokio_postgres::Error>,
    mapper: fn(DoctorOrganizationsUnknown) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DoctorOrganizationsUnknownQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(DoctorOrganizationsUnknown) -> R,
    ) -> DoctorOrganizationsUnknownQuery<'c, 'a, 's, C, R, N> {
        DoctorOrganizationsUnknownQuery {
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
pub struct DoctorBackupsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<DoctorBackupsBorrowed, tokio_postgres::Error>,
    mapper: fn(DoctorBackupsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DoctorBackupsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(DoctorBackupsBorrowed) -> R,
    ) -> DoctorBackupsQuery<'c, 'a, 's, C, R, N> {
        DoctorBackupsQuery {
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
pub struct DoctorKeysQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<DoctorKeysBorrowed, tokio_postgres::Error>,
    mapper: fn(DoctorKeysBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DoctorKeysQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(DoctorKeysBorrowed) -> R,
    ) -> DoctorKeysQuery<'c, 'a, 's, C, R, N> {
        DoctorKeysQuery {
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
pub struct DoctorNodesGoneQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<DoctorNodesGoneBorrowed, tokio_postgres::Error>,
    mapper: fn(DoctorNodesGoneBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DoctorNodesGoneQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(DoctorNodesGoneBorrowed) -> R,
    ) -> DoctorNodesGoneQuery<'c, 'a, 's, C, R, N> {
        DoctorNodesGoneQuery {
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
pub struct DoctorTenantsBehindQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor:
        fn(&tokio_postgres::Row) -> Result<DoctorTenantsBehindBorrowed, tokio_postgres::Error>,
    mapper: fn(DoctorTenantsBehindBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DoctorTenantsBehindQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(DoctorTenantsBehindBorrowed) -> R,
    ) -> DoctorTenantsBehindQuery<'c, 'a, 's, C, R, N> {
        DoctorTenantsBehindQuery {
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
pub struct StringQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<&str, tokio_postgres::Error>,
    mapper: fn(&str) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> StringQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(&str) -> R) -> StringQuery<'c, 'a, 's, C, R, N> {
        StringQuery {
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
pub struct DoctorSparesBehindQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor:
        fn(&tokio_postgres::Row) -> Result<DoctorSparesBehindBorrowed, tokio_postgres::Error>,
    mapper: fn(DoctorSparesBehindBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DoctorSparesBehindQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(DoctorSparesBehindBorrowed) -> R,
    ) -> DoctorSparesBehindQuery<'c, 'a, 's, C, R, N> {
        DoctorSparesBehindQuery {
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
pub struct DoctorSparesFailingQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor:
        fn(&tokio_postgres::Row) -> Result<DoctorSparesFailingBorrowed, tokio_postgres::Error>,
    mapper: fn(DoctorSparesFailingBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DoctorSparesFailingQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(DoctorSparesFailingBorrowed) -> R,
    ) -> DoctorSparesFailingQuery<'c, 'a, 's, C, R, N> {
        DoctorSparesFailingQuery {
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
pub struct DoctorDomainsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<DoctorDomainsBorrowed, tokio_postgres::Error>,
    mapper: fn(DoctorDomainsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DoctorDomainsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(DoctorDomainsBorrowed) -> R,
    ) -> DoctorDomainsQuery<'c, 'a, 's, C, R, N> {
        DoctorDomainsQuery {
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
pub struct DoctorOrganizationsUnknownStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn doctor_organizations_unknown() -> DoctorOrganizationsUnknownStmt {
    DoctorOrganizationsUnknownStmt(
        "select there.id, exists ( select from erasures where erasures.organization_id = there.id ) as is_erased from unnest($1::uuid[]) as there (id) where not exists ( select from organizations where organizations.id = there.id )",
        None,
    )
}
impl DoctorOrganizationsUnknownStmt {
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
    ) -> DoctorOrganizationsUnknownQuery<'c, 'a, 's, C, DoctorOrganizationsUnknown, 1> {
        DoctorOrganizationsUnknownQuery {
            client,
            params: [ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<DoctorOrganizationsUnknown, tokio_postgres::Error> {
                Ok(DoctorOrganizationsUnknown {
                    id: row.try_get(0)?,
                    is_erased: row.try_get(1)?,
                })
            },
            mapper: |it| DoctorOrganizationsUnknown::from(it),
        }
    }
}
pub struct DoctorBackupsUnknownStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn doctor_backups_unknown() -> DoctorBackupsUnknownStmt {
    DoctorBackupsUnknownStmt(
        "select there.id from unnest($1::uuid[]) as there (id) where not exists ( select from backups where backups.id = there.id ) and not exists ( select from backups_going where backups_going.id = there.id )",
        None,
    )
}
impl DoctorBackupsUnknownStmt {
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
pub struct DoctorBackupsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn doctor_backups() -> DoctorBackupsStmt {
    DoctorBackupsStmt(
        "select backups.id, organizations.subdomain::text as subdomain, backups.taken_at from backups join organizations on organizations.id = backups.organization_id where backups.broken_why is null order by backups.taken_at desc, backups.id limit $1",
        None,
    )
}
impl DoctorBackupsStmt {
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
    ) -> DoctorBackupsQuery<'c, 'a, 's, C, DoctorBackups, 1> {
        DoctorBackupsQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<DoctorBackupsBorrowed, tokio_postgres::Error> {
                    Ok(DoctorBackupsBorrowed {
                        id: row.try_get(0)?,
                        subdomain: row.try_get(1)?,
                        taken_at: row.try_get(2)?,
                    })
                },
            mapper: |it| DoctorBackups::from(it),
        }
    }
}
pub struct DoctorKeysStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn doctor_keys() -> DoctorKeysStmt {
    DoctorKeysStmt(
        "select organizations.id, organizations.subdomain::text as subdomain, backup_keys.identity_wrapped from backup_keys join organizations on organizations.id = backup_keys.organization_id join tenants on tenants.organization_id = organizations.id where tenants.phase <> 'ERASING' order by organizations.number desc limit $1",
        None,
    )
}
impl DoctorKeysStmt {
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
    ) -> DoctorKeysQuery<'c, 'a, 's, C, DoctorKeys, 1> {
        DoctorKeysQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<DoctorKeysBorrowed, tokio_postgres::Error> {
                    Ok(DoctorKeysBorrowed {
                        id: row.try_get(0)?,
                        subdomain: row.try_get(1)?,
                        identity_wrapped: row.try_get(2)?,
                    })
                },
            mapper: |it| DoctorKeys::from(it),
        }
    }
}
pub struct DoctorErasedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn doctor_erased() -> DoctorErasedStmt {
    DoctorErasedStmt(
        "select erasures.organization_id as id from erasures where not exists ( select from organizations where organizations.id = erasures.organization_id ) order by erasures.number desc limit $1",
        None,
    )
}
impl DoctorErasedStmt {
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
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 1> {
        UuidUuidQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct DoctorNodesGoneStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn doctor_nodes_gone() -> DoctorNodesGoneStmt {
    DoctorNodesGoneStmt(
        "select router_nodes.name, router_nodes.seen_at, sum(seat_leases.seats) as seats, array_agg(servers.name order by servers.name) as servers from router_nodes join seat_leases on seat_leases.node_id = router_nodes.id join servers on servers.id = seat_leases.server_id where seat_leases.silent and seat_leases.seats > 0 group by router_nodes.id order by router_nodes.seen_at, router_nodes.id limit $1",
        None,
    )
}
impl DoctorNodesGoneStmt {
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
    ) -> DoctorNodesGoneQuery<'c, 'a, 's, C, DoctorNodesGone, 1> {
        DoctorNodesGoneQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<DoctorNodesGoneBorrowed, tokio_postgres::Error> {
                Ok(DoctorNodesGoneBorrowed {
                    name: row.try_get(0)?,
                    seen_at: row.try_get(1)?,
                    seats: row.try_get(2)?,
                    servers: row.try_get(3)?,
                })
            },
            mapper: |it| DoctorNodesGone::from(it),
        }
    }
}
pub struct DoctorTenantsBehindStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn doctor_tenants_behind() -> DoctorTenantsBehindStmt {
    DoctorTenantsBehindStmt(
        "select organizations.subdomain::text as subdomain, tenants.schema_version, fleet.schema_version as fleet from tenants join organizations on organizations.id = tenants.organization_id cross join fleet where tenants.phase = 'READY' and tenants.schema_version < fleet.schema_version and organizations.created_at < now() - make_interval(mins => $1) and not exists ( select from quarantines where quarantines.organization_id = tenants.organization_id ) and not exists ( select from operations where operations.organization_id = tenants.organization_id and operations.state = 'RUNNING' ) and not exists ( select from operations where operations.kind = 'rollout' and (operations.state = 'RUNNING' or operations.finished_at > now() - make_interval(mins => $1)) ) order by organizations.number limit $2",
        None,
    )
}
impl DoctorTenantsBehindStmt {
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
        row_limit: &'a i64,
    ) -> DoctorTenantsBehindQuery<'c, 'a, 's, C, DoctorTenantsBehind, 2> {
        DoctorTenantsBehindQuery {
            client,
            params: [minutes, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<DoctorTenantsBehindBorrowed, tokio_postgres::Error> {
                Ok(DoctorTenantsBehindBorrowed {
                    subdomain: row.try_get(0)?,
                    schema_version: row.try_get(1)?,
                    fleet: row.try_get(2)?,
                })
            },
            mapper: |it| DoctorTenantsBehind::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        DoctorTenantsBehindParams,
        DoctorTenantsBehindQuery<'c, 'a, 's, C, DoctorTenantsBehind, 2>,
        C,
    > for DoctorTenantsBehindStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a DoctorTenantsBehindParams,
    ) -> DoctorTenantsBehindQuery<'c, 'a, 's, C, DoctorTenantsBehind, 2> {
        self.bind(client, &params.minutes, &params.row_limit)
    }
}
pub struct DoctorSchemasUnreadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn doctor_schemas_unread() -> DoctorSchemasUnreadStmt {
    DoctorSchemasUnreadStmt(
        "select organizations.subdomain::text as subdomain from tenants join organizations on organizations.id = tenants.organization_id where tenants.phase = 'READY' and organizations.created_at < now() - make_interval(hours => $1) and ( tenants.schema_fingerprinted_at < now() - make_interval(hours => $1) or tenants.schema_fingerprint is null and not exists ( select from operations where operations.organization_id = tenants.organization_id and (operations.state = 'RUNNING' or operations.finished_at > now() - interval '1 hour') ) ) order by organizations.number limit $2",
        None,
    )
}
impl DoctorSchemasUnreadStmt {
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
        hours: &'a i32,
        row_limit: &'a i64,
    ) -> StringQuery<'c, 'a, 's, C, String, 2> {
        StringQuery {
            client,
            params: [hours, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        DoctorSchemasUnreadParams,
        StringQuery<'c, 'a, 's, C, String, 2>,
        C,
    > for DoctorSchemasUnreadStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a DoctorSchemasUnreadParams,
    ) -> StringQuery<'c, 'a, 's, C, String, 2> {
        self.bind(client, &params.hours, &params.row_limit)
    }
}
pub struct DoctorSparesBehindStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn doctor_spares_behind() -> DoctorSparesBehindStmt {
    DoctorSparesBehindStmt(
        "select servers.name as server, count(*) as spares, fleet.schema_version as fleet from spares join servers on servers.id = spares.server_id cross join fleet where spares.state = 'READY' and spares.schema_version <> fleet.schema_version and spares.created_at < now() - make_interval(mins => $1) and not exists ( select from operations where operations.kind = 'rollout' and (operations.state = 'RUNNING' or operations.finished_at > now() - make_interval(mins => $1)) ) group by servers.id, fleet.schema_version order by servers.name limit $2",
        None,
    )
}
impl DoctorSparesBehindStmt {
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
        row_limit: &'a i64,
    ) -> DoctorSparesBehindQuery<'c, 'a, 's, C, DoctorSparesBehind, 2> {
        DoctorSparesBehindQuery {
            client,
            params: [minutes, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<DoctorSparesBehindBorrowed, tokio_postgres::Error> {
                Ok(DoctorSparesBehindBorrowed {
                    server: row.try_get(0)?,
                    spares: row.try_get(1)?,
                    fleet: row.try_get(2)?,
                })
            },
            mapper: |it| DoctorSparesBehind::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        DoctorSparesBehindParams,
        DoctorSparesBehindQuery<'c, 'a, 's, C, DoctorSparesBehind, 2>,
        C,
    > for DoctorSparesBehindStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a DoctorSparesBehindParams,
    ) -> DoctorSparesBehindQuery<'c, 'a, 's, C, DoctorSparesBehind, 2> {
        self.bind(client, &params.minutes, &params.row_limit)
    }
}
pub struct DoctorSparesFailingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn doctor_spares_failing() -> DoctorSparesFailingStmt {
    DoctorSparesFailingStmt(
        "select servers.name as server, newest.error from servers cross join lateral ( select operations.state, operations.error, operations.finished_at from operations where operations.kind = 'make_spare' and operations.state in ('DONE', 'FAILED') and operations.input ->> 'server' = servers.id::text order by operations.id desc limit 1 ) as newest where newest.state = 'FAILED' and newest.error is not null and newest.finished_at > now() - make_interval(hours => $1) order by servers.name limit $2",
        None,
    )
}
impl DoctorSparesFailingStmt {
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
        hours: &'a i32,
        row_limit: &'a i64,
    ) -> DoctorSparesFailingQuery<'c, 'a, 's, C, DoctorSparesFailing, 2> {
        DoctorSparesFailingQuery {
            client,
            params: [hours, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<DoctorSparesFailingBorrowed, tokio_postgres::Error> {
                Ok(DoctorSparesFailingBorrowed {
                    server: row.try_get(0)?,
                    error: row.try_get(1)?,
                })
            },
            mapper: |it| DoctorSparesFailing::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        DoctorSparesFailingParams,
        DoctorSparesFailingQuery<'c, 'a, 's, C, DoctorSparesFailing, 2>,
        C,
    > for DoctorSparesFailingStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a DoctorSparesFailingParams,
    ) -> DoctorSparesFailingQuery<'c, 'a, 's, C, DoctorSparesFailing, 2> {
        self.bind(client, &params.hours, &params.row_limit)
    }
}
pub struct DoctorDomainsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn doctor_domains() -> DoctorDomainsStmt {
    DoctorDomainsStmt(
        "select hostname, subdomain, state = 'failing' as is_failing, failing_since, found, certificate, certificate_failing_since, certificate_found, certificate_until from domain_states where is_checked and (state = 'failing' or certificate in ('ending', 'failing')) order by hostname limit $1",
        None,
    )
}
impl DoctorDomainsStmt {
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
    ) -> DoctorDomainsQuery<'c, 'a, 's, C, DoctorDomains, 1> {
        DoctorDomainsQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<DoctorDomainsBorrowed, tokio_postgres::Error> {
                    Ok(DoctorDomainsBorrowed {
                        hostname: row.try_get(0)?,
                        subdomain: row.try_get(1)?,
                        is_failing: row.try_get(2)?,
                        failing_since: row.try_get(3)?,
                        found: row.try_get(4)?,
                        certificate: row.try_get(5)?,
                        certificate_failing_since: row.try_get(6)?,
                        certificate_found: row.try_get(7)?,
                        certificate_until: row.try_get(8)?,
                    })
                },
            mapper: |it| DoctorDomains::from(it),
        }
    }
}
