// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct DomainInsertParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub id: uuid::Uuid,
    pub hostname: T1,
    pub organization_id: uuid::Uuid,
    pub verification_token: T2,
}
#[derive(Debug)]
pub struct DomainNamedParams<T1: crate::StringSql> {
    pub organization_id: uuid::Uuid,
    pub hostname: T1,
}
#[derive(Clone, Copy, Debug)]
pub struct DomainListParams {
    pub organization_id: uuid::Uuid,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct DomainPageParams<T1: crate::StringSql> {
    pub after: Option<uuid::Uuid>,
    pub state: Option<T1>,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct DomainsClaimParams {
    pub row_limit: i64,
    pub lease_seconds: f64,
}
#[derive(Clone, Copy, Debug)]
pub struct DomainClaimParams {
    pub lease_seconds: f64,
    pub id: uuid::Uuid,
}
#[derive(Debug)]
pub struct DomainCheckedParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub looked_at: jiff::Timestamp,
    pub problem: Option<T1>,
    pub found: Option<T2>,
    pub wait_seconds: f64,
    pub id: uuid::Uuid,
}
#[derive(Debug)]
pub struct DomainCertificateParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub certificate_from: Option<jiff::Timestamp>,
    pub certificate_until: Option<jiff::Timestamp>,
    pub problem: Option<T1>,
    pub found: Option<T2>,
    pub id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct DomainVerifyParams {
    pub looked_at: jiff::Timestamp,
    pub id: uuid::Uuid,
}
#[derive(Debug)]
pub struct DomainLoseParams<T1: crate::StringSql> {
    pub found: T1,
    pub id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct DomainPrimaryClearParams {
    pub organization_id: uuid::Uuid,
    pub id: uuid::Uuid,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Domain {
    pub id: uuid::Uuid,
    pub hostname: String,
    pub organization_id: uuid::Uuid,
    pub subdomain: String,
    pub is_primary: bool,
    pub verification_token: String,
    pub verified_at: Option<jiff::Timestamp>,
    pub last_checked_at: Option<jiff::Timestamp>,
    pub created_at: jiff::Timestamp,
    pub problem: Option<String>,
    pub found: Option<String>,
    pub failing_since: Option<jiff::Timestamp>,
    pub certificate_from: Option<jiff::Timestamp>,
    pub certificate_until: Option<jiff::Timestamp>,
    pub certificate_problem: Option<String>,
    pub certificate_found: Option<String>,
    pub certificate_failing_since: Option<jiff::Timestamp>,
    pub due_at: jiff::Timestamp,
}
pub struct DomainBorrowed<'a> {
    pub id: uuid::Uuid,
    pub hostname: &'a str,
    pub organization_id: uuid::Uuid,
    pub subdomain: &'a str,
    pub is_primary: bool,
    pub verification_token: &'a str,
    pub verified_at: Option<jiff::Timestamp>,
    pub last_checked_at: Option<jiff::Timestamp>,
    pub created_at: jiff::Timestamp,
    pub problem: Option<&'a str>,
    pub found: Option<&'a str>,
    pub failing_since: Option<jiff::Timestamp>,
    pub certificate_from: Option<jiff::Timestamp>,
    pub certificate_until: Option<jiff::Timestamp>,
    pub certificate_problem: Option<&'a str>,
    pub certificate_found: Option<&'a str>,
    pub certificate_failing_since: Option<jiff::Timestamp>,
    pub due_at: jiff::Timestamp,
}
impl<'a> From<DomainBorrowed<'a>> for Domain {
    fn from(
        DomainBorrowed {
            id,
            hostname,
            organization_id,
            subdomain,
            is_primary,
            verification_token,
            verified_at,
            last_checked_at,
            created_at,
            problem,
            found,
            failing_since,
            certificate_from,
            certificate_until,
            certificate_problem,
            certificate_found,
            certificate_failing_since,
            due_at,
        }: DomainBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            hostname: hostname.into(),
            organization_id,
            subdomain: subdomain.into(),
            is_primary,
            verification_token: verification_token.into(),
            verified_at,
            last_checked_at,
            created_at,
            problem: problem.map(|v| v.into()),
            found: found.map(|v| v.into()),
            failing_since,
            certificate_from,
            certificate_until,
            certificate_problem: certificate_problem.map(|v| v.into()),
            certificate_found: certificate_found.map(|v| v.into()),
            certificate_failing_since,
            due_at,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct DomainPrimaries {
    pub organization_id: uuid::Uuid,
    pub hostname: String,
}
pub struct DomainPrimariesBorrowed<'a> {
    pub organization_id: uuid::Uuid,
    pub hostname: &'a str,
}
impl<'a> From<DomainPrimariesBorrowed<'a>> for DomainPrimaries {
    fn from(
        DomainPrimariesBorrowed { organization_id, hostname }: DomainPrimariesBorrowed<'a>,
    ) -> Self {
        Self { organization_id, hostname: hostname.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Claimed {
    pub id: uuid::Uuid,
    pub hostname: String,
    pub verification_token: String,
    pub is_verified: bool,
    pub looked_at: jiff::Timestamp,
}
pub struct ClaimedBorrowed<'a> {
    pub id: uuid::Uuid,
    pub hostname: &'a str,
    pub verification_token: &'a str,
    pub is_verified: bool,
    pub looked_at: jiff::Timestamp,
}
impl<'a> From<ClaimedBorrowed<'a>> for Claimed {
    fn from(
        ClaimedBorrowed {
            id,
            hostname,
            verification_token,
            is_verified,
            looked_at,
        }: ClaimedBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            hostname: hostname.into(),
            verification_token: verification_token.into(),
            is_verified,
            looked_at,
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
pub struct DomainQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<DomainBorrowed, tokio_postgres::Error>,
    mapper: fn(DomainBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DomainQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(DomainBorrowed) -> R) -> DomainQuery<'c, 'a, 's, C, R, N> {
        DomainQuery {
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
pub struct DomainPrimariesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<DomainPrimariesBorrowed, tokio_postgres::Error>,
    mapper: fn(DomainPrimariesBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DomainPrimariesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(DomainPrimariesBorrowed) -> R,
    ) -> DomainPrimariesQuery<'c, 'a, 's, C, R, N> {
        DomainPrimariesQuery {
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
pub struct ClaimedQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ClaimedBorrowed, tokio_postgres::Error>,
    mapper: fn(ClaimedBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ClaimedQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ClaimedBorrowed) -> R) -> ClaimedQuery<'c, 'a, 's, C, R, N> {
        ClaimedQuery {
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
pub struct DomainsCountStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn domains_count() -> DomainsCountStmt {
    DomainsCountStmt("select count(*) as domains from domains where organization_id = $1", None)
}
impl DomainsCountStmt {
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
    ) -> I64Query<'c, 'a, 's, C, i64, 1> {
        I64Query {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct DomainInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn domain_insert() -> DomainInsertStmt {
    DomainInsertStmt(
        "insert into domains (id, hostname, organization_id, verification_token) values ($1, $2::text::citext, $3, $4) on conflict (organization_id, hostname) do nothing",
        None,
    )
}
impl DomainInsertStmt {
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
        hostname: &'a T1,
        organization_id: &'a uuid::Uuid,
        verification_token: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id, hostname, organization_id, verification_token]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DomainInsertParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DomainInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DomainInsertParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.id,
            &params.hostname,
            &params.organization_id,
            &params.verification_token,
        ))
    }
}
pub struct DomainFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn domain_fetch() -> DomainFetchStmt {
    DomainFetchStmt(
        "select domains.id, domains.hostname::text as hostname, domains.organization_id, organizations.subdomain::text as subdomain, domains.is_primary, domains.verification_token, domains.verified_at, domains.last_checked_at, domains.created_at, domains.problem, domains.found, domains.failing_since, domains.certificate_from, domains.certificate_until, domains.certificate_problem, domains.certificate_found, domains.certificate_failing_since, domains.due_at from domains join organizations on organizations.id = domains.organization_id where domains.id = $1",
        None,
    )
}
impl DomainFetchStmt {
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
    ) -> DomainQuery<'c, 'a, 's, C, Domain, 1> {
        DomainQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<DomainBorrowed, tokio_postgres::Error> {
                    Ok(DomainBorrowed {
                        id: row.try_get(0)?,
                        hostname: row.try_get(1)?,
                        organization_id: row.try_get(2)?,
                        subdomain: row.try_get(3)?,
                        is_primary: row.try_get(4)?,
                        verification_token: row.try_get(5)?,
                        verified_at: row.try_get(6)?,
                        last_checked_at: row.try_get(7)?,
                        created_at: row.try_get(8)?,
                        problem: row.try_get(9)?,
                        found: row.try_get(10)?,
                        failing_since: row.try_get(11)?,
                        certificate_from: row.try_get(12)?,
                        certificate_until: row.try_get(13)?,
                        certificate_problem: row.try_get(14)?,
                        certificate_found: row.try_get(15)?,
                        certificate_failing_since: row.try_get(16)?,
                        due_at: row.try_get(17)?,
                    })
                },
            mapper: |it| Domain::from(it),
        }
    }
}
pub struct DomainNamedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn domain_named() -> DomainNamedStmt {
    DomainNamedStmt(
        "select domains.id, domains.hostname::text as hostname, domains.organization_id, organizations.subdomain::text as subdomain, domains.is_primary, domains.verification_token, domains.verified_at, domains.last_checked_at, domains.created_at, domains.problem, domains.found, domains.failing_since, domains.certificate_from, domains.certificate_until, domains.certificate_problem, domains.certificate_found, domains.certificate_failing_since, domains.due_at from domains join organizations on organizations.id = domains.organization_id where domains.organization_id = $1 and domains.hostname = $2::text::citext",
        None,
    )
}
impl DomainNamedStmt {
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
        organization_id: &'a uuid::Uuid,
        hostname: &'a T1,
    ) -> DomainQuery<'c, 'a, 's, C, Domain, 2> {
        DomainQuery {
            client,
            params: [organization_id, hostname],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<DomainBorrowed, tokio_postgres::Error> {
                    Ok(DomainBorrowed {
                        id: row.try_get(0)?,
                        hostname: row.try_get(1)?,
                        organization_id: row.try_get(2)?,
                        subdomain: row.try_get(3)?,
                        is_primary: row.try_get(4)?,
                        verification_token: row.try_get(5)?,
                        verified_at: row.try_get(6)?,
                        last_checked_at: row.try_get(7)?,
                        created_at: row.try_get(8)?,
                        problem: row.try_get(9)?,
                        found: row.try_get(10)?,
                        failing_since: row.try_get(11)?,
                        certificate_from: row.try_get(12)?,
                        certificate_until: row.try_get(13)?,
                        certificate_problem: row.try_get(14)?,
                        certificate_found: row.try_get(15)?,
                        certificate_failing_since: row.try_get(16)?,
                        due_at: row.try_get(17)?,
                    })
                },
            mapper: |it| Domain::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        DomainNamedParams<T1>,
        DomainQuery<'c, 'a, 's, C, Domain, 2>,
        C,
    > for DomainNamedStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a DomainNamedParams<T1>,
    ) -> DomainQuery<'c, 'a, 's, C, Domain, 2> {
        self.bind(client, &params.organization_id, &params.hostname)
    }
}
pub struct DomainListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn domain_list() -> DomainListStmt {
    DomainListStmt(
        "select domains.id, domains.hostname::text as hostname, domains.organization_id, organizations.subdomain::text as subdomain, domains.is_primary, domains.verification_token, domains.verified_at, domains.last_checked_at, domains.created_at, domains.problem, domains.found, domains.failing_since, domains.certificate_from, domains.certificate_until, domains.certificate_problem, domains.certificate_found, domains.certificate_failing_since, domains.due_at from domains join organizations on organizations.id = domains.organization_id where domains.organization_id = $1 order by domains.hostname limit $2",
        None,
    )
}
impl DomainListStmt {
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
        row_limit: &'a i64,
    ) -> DomainQuery<'c, 'a, 's, C, Domain, 2> {
        DomainQuery {
            client,
            params: [organization_id, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<DomainBorrowed, tokio_postgres::Error> {
                    Ok(DomainBorrowed {
                        id: row.try_get(0)?,
                        hostname: row.try_get(1)?,
                        organization_id: row.try_get(2)?,
                        subdomain: row.try_get(3)?,
                        is_primary: row.try_get(4)?,
                        verification_token: row.try_get(5)?,
                        verified_at: row.try_get(6)?,
                        last_checked_at: row.try_get(7)?,
                        created_at: row.try_get(8)?,
                        problem: row.try_get(9)?,
                        found: row.try_get(10)?,
                        failing_since: row.try_get(11)?,
                        certificate_from: row.try_get(12)?,
                        certificate_until: row.try_get(13)?,
                        certificate_problem: row.try_get(14)?,
                        certificate_found: row.try_get(15)?,
                        certificate_failing_since: row.try_get(16)?,
                        due_at: row.try_get(17)?,
                    })
                },
            mapper: |it| Domain::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        DomainListParams,
        DomainQuery<'c, 'a, 's, C, Domain, 2>,
        C,
    > for DomainListStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a DomainListParams,
    ) -> DomainQuery<'c, 'a, 's, C, Domain, 2> {
        self.bind(client, &params.organization_id, &params.row_limit)
    }
}
pub struct DomainPageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn domain_page() -> DomainPageStmt {
    DomainPageStmt(
        "select domains.id, domains.hostname::text as hostname, domains.organization_id, organizations.subdomain::text as subdomain, domains.is_primary, domains.verification_token, domains.verified_at, domains.last_checked_at, domains.created_at, domains.problem, domains.found, domains.failing_since, domains.certificate_from, domains.certificate_until, domains.certificate_problem, domains.certificate_found, domains.certificate_failing_since, domains.due_at from domains join organizations on organizations.id = domains.organization_id join domain_states on domain_states.id = domains.id where ($1::uuid is null or domains.id > $1::uuid) and ($2::text is null or domain_states.state = $2::text) order by domains.id limit $3",
        None,
    )
}
impl DomainPageStmt {
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
        after: &'a Option<uuid::Uuid>,
        state: &'a Option<T1>,
        row_limit: &'a i64,
    ) -> DomainQuery<'c, 'a, 's, C, Domain, 3> {
        DomainQuery {
            client,
            params: [after, state, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<DomainBorrowed, tokio_postgres::Error> {
                    Ok(DomainBorrowed {
                        id: row.try_get(0)?,
                        hostname: row.try_get(1)?,
                        organization_id: row.try_get(2)?,
                        subdomain: row.try_get(3)?,
                        is_primary: row.try_get(4)?,
                        verification_token: row.try_get(5)?,
                        verified_at: row.try_get(6)?,
                        last_checked_at: row.try_get(7)?,
                        created_at: row.try_get(8)?,
                        problem: row.try_get(9)?,
                        found: row.try_get(10)?,
                        failing_since: row.try_get(11)?,
                        certificate_from: row.try_get(12)?,
                        certificate_until: row.try_get(13)?,
                        certificate_problem: row.try_get(14)?,
                        certificate_found: row.try_get(15)?,
                        certificate_failing_since: row.try_get(16)?,
                        due_at: row.try_get(17)?,
                    })
                },
            mapper: |it| Domain::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        DomainPageParams<T1>,
        DomainQuery<'c, 'a, 's, C, Domain, 3>,
        C,
    > for DomainPageStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a DomainPageParams<T1>,
    ) -> DomainQuery<'c, 'a, 's, C, Domain, 3> {
        self.bind(client, &params.after, &params.state, &params.row_limit)
    }
}
pub struct DomainPrimaryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn domain_primary() -> DomainPrimaryStmt {
    DomainPrimaryStmt(
        "select domains.hostname::text as hostname from domains join organizations on organizations.id = domains.organization_id where organizations.subdomain = $1::text::citext and domains.is_primary and domains.verified_at is not null and domains.problem is null",
        None,
    )
}
impl DomainPrimaryStmt {
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
    ) -> StringQuery<'c, 'a, 's, C, String, 1> {
        StringQuery {
            client,
            params: [subdomain],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
pub struct DomainPrimariesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn domain_primaries() -> DomainPrimariesStmt {
    DomainPrimariesStmt(
        "select organization_id, hostname::text as hostname from domains where organization_id = any ($1::uuid[]) and is_primary and verified_at is not null and problem is null",
        None,
    )
}
impl DomainPrimariesStmt {
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
        organization_ids: &'a T1,
    ) -> DomainPrimariesQuery<'c, 'a, 's, C, DomainPrimaries, 1> {
        DomainPrimariesQuery {
            client,
            params: [organization_ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<DomainPrimariesBorrowed, tokio_postgres::Error> {
                Ok(DomainPrimariesBorrowed {
                    organization_id: row.try_get(0)?,
                    hostname: row.try_get(1)?,
                })
            },
            mapper: |it| DomainPrimaries::from(it),
        }
    }
}
pub struct DomainsClaimStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn domains_claim() -> DomainsClaimStmt {
    DomainsClaimStmt(
        "with due as ( select domains.id from domains join tenants on tenants.organization_id = domains.organization_id where domains.due_at <= now() and tenants.phase not in ('ERASING', 'ERASED') order by domains.due_at limit $1 for update of domains skip locked ) update domains set due_at = now() + make_interval(secs => $2) from due where domains.id = due.id returning domains.id, domains.hostname::text as hostname, domains.verification_token, domains.verified_at is not null as is_verified, now() as looked_at",
        None,
    )
}
impl DomainsClaimStmt {
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
        lease_seconds: &'a f64,
    ) -> ClaimedQuery<'c, 'a, 's, C, Claimed, 2> {
        ClaimedQuery {
            client,
            params: [row_limit, lease_seconds],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ClaimedBorrowed, tokio_postgres::Error> {
                    Ok(ClaimedBorrowed {
                        id: row.try_get(0)?,
                        hostname: row.try_get(1)?,
                        verification_token: row.try_get(2)?,
                        is_verified: row.try_get(3)?,
                        looked_at: row.try_get(4)?,
                    })
                },
            mapper: |it| Claimed::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        DomainsClaimParams,
        ClaimedQuery<'c, 'a, 's, C, Claimed, 2>,
        C,
    > for DomainsClaimStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a DomainsClaimParams,
    ) -> ClaimedQuery<'c, 'a, 's, C, Claimed, 2> {
        self.bind(client, &params.row_limit, &params.lease_seconds)
    }
}
pub struct DomainClaimStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn domain_claim() -> DomainClaimStmt {
    DomainClaimStmt(
        "update domains set due_at = now() + make_interval(secs => $1) where id = $2 returning id, hostname::text as hostname, verification_token, verified_at is not null as is_verified, now() as looked_at",
        None,
    )
}
impl DomainClaimStmt {
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
        lease_seconds: &'a f64,
        id: &'a uuid::Uuid,
    ) -> ClaimedQuery<'c, 'a, 's, C, Claimed, 2> {
        ClaimedQuery {
            client,
            params: [lease_seconds, id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ClaimedBorrowed, tokio_postgres::Error> {
                    Ok(ClaimedBorrowed {
                        id: row.try_get(0)?,
                        hostname: row.try_get(1)?,
                        verification_token: row.try_get(2)?,
                        is_verified: row.try_get(3)?,
                        looked_at: row.try_get(4)?,
                    })
                },
            mapper: |it| Claimed::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        DomainClaimParams,
        ClaimedQuery<'c, 'a, 's, C, Claimed, 2>,
        C,
    > for DomainClaimStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a DomainClaimParams,
    ) -> ClaimedQuery<'c, 'a, 's, C, Claimed, 2> {
        self.bind(client, &params.lease_seconds, &params.id)
    }
}
pub struct DomainsOfHostnameLockedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn domains_of_hostname_locked() -> DomainsOfHostnameLockedStmt {
    DomainsOfHostnameLockedStmt(
        "select domains.id, domains.hostname::text as hostname, domains.organization_id, organizations.subdomain::text as subdomain, domains.is_primary, domains.verification_token, domains.verified_at, domains.last_checked_at, domains.created_at, domains.problem, domains.found, domains.failing_since, domains.certificate_from, domains.certificate_until, domains.certificate_problem, domains.certificate_found, domains.certificate_failing_since, domains.due_at from domains join organizations on organizations.id = domains.organization_id where domains.hostname = $1::text::citext order by domains.id for update of domains",
        None,
    )
}
impl DomainsOfHostnameLockedStmt {
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
    ) -> DomainQuery<'c, 'a, 's, C, Domain, 1> {
        DomainQuery {
            client,
            params: [hostname],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<DomainBorrowed, tokio_postgres::Error> {
                    Ok(DomainBorrowed {
                        id: row.try_get(0)?,
                        hostname: row.try_get(1)?,
                        organization_id: row.try_get(2)?,
                        subdomain: row.try_get(3)?,
                        is_primary: row.try_get(4)?,
                        verification_token: row.try_get(5)?,
                        verified_at: row.try_get(6)?,
                        last_checked_at: row.try_get(7)?,
                        created_at: row.try_get(8)?,
                        problem: row.try_get(9)?,
                        found: row.try_get(10)?,
                        failing_since: row.try_get(11)?,
                        certificate_from: row.try_get(12)?,
                        certificate_until: row.try_get(13)?,
                        certificate_problem: row.try_get(14)?,
                        certificate_found: row.try_get(15)?,
                        certificate_failing_since: row.try_get(16)?,
                        due_at: row.try_get(17)?,
                    })
                },
            mapper: |it| Domain::from(it),
        }
    }
}
pub struct DomainCheckedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn domain_checked() -> DomainCheckedStmt {
    DomainCheckedStmt(
        "update domains set last_checked_at = $1, problem = $2, found = $3, failing_since = case when $2::text is not null then coalesce(failing_since, now()) end, due_at = now() + make_interval(secs => $4) where id = $5",
        None,
    )
}
impl DomainCheckedStmt {
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
        looked_at: &'a jiff::Timestamp,
        problem: &'a Option<T1>,
        found: &'a Option<T2>,
        wait_seconds: &'a f64,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[looked_at, problem, found, wait_seconds, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DomainCheckedParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DomainCheckedStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DomainCheckedParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.looked_at,
            &params.problem,
            &params.found,
            &params.wait_seconds,
            &params.id,
        ))
    }
}
pub struct DomainCertificateStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn domain_certificate() -> DomainCertificateStmt {
    DomainCertificateStmt(
        "update domains set certificate_from = $1, certificate_until = $2, certificate_problem = $3, certificate_found = $4, certificate_failing_since = case when $3::text is not null then coalesce(certificate_failing_since, now()) end where id = $5",
        None,
    )
}
impl DomainCertificateStmt {
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
        certificate_from: &'a Option<jiff::Timestamp>,
        certificate_until: &'a Option<jiff::Timestamp>,
        problem: &'a Option<T1>,
        found: &'a Option<T2>,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[certificate_from, certificate_until, problem, found, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DomainCertificateParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DomainCertificateStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DomainCertificateParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.certificate_from,
            &params.certificate_until,
            &params.problem,
            &params.found,
            &params.id,
        ))
    }
}
pub struct DomainVerifyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn domain_verify() -> DomainVerifyStmt {
    DomainVerifyStmt(
        "update domains set verified_at = $1 where id = $2 and verified_at is null",
        None,
    )
}
impl DomainVerifyStmt {
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
        looked_at: &'a jiff::Timestamp,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[looked_at, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DomainVerifyParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DomainVerifyStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DomainVerifyParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.looked_at, &params.id))
    }
}
pub struct DomainLoseStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn domain_lose() -> DomainLoseStmt {
    DomainLoseStmt(
        "update domains set verified_at = null, is_primary = false, problem = 'UNPROVEN', found = $1, failing_since = now(), certificate_from = null, certificate_until = null, certificate_problem = null, certificate_found = null, certificate_failing_since = null, due_at = now() where id = $2",
        None,
    )
}
impl DomainLoseStmt {
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
        found: &'a T1,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[found, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DomainLoseParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DomainLoseStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DomainLoseParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.found, &params.id))
    }
}
pub struct DomainPrimaryClearStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn domain_primary_clear() -> DomainPrimaryClearStmt {
    DomainPrimaryClearStmt(
        "update domains set is_primary = false where organization_id = $1 and is_primary and id <> $2",
        None,
    )
}
impl DomainPrimaryClearStmt {
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
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[organization_id, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DomainPrimaryClearParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DomainPrimaryClearStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DomainPrimaryClearParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.organization_id, &params.id))
    }
}
pub struct DomainPrimarySetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn domain_primary_set() -> DomainPrimarySetStmt {
    DomainPrimarySetStmt(
        "update domains set is_primary = true where id = $1 and verified_at is not null",
        None,
    )
}
impl DomainPrimarySetStmt {
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
pub struct DomainDeleteStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn domain_delete() -> DomainDeleteStmt {
    DomainDeleteStmt("delete from domains where id = $1", None)
}
impl DomainDeleteStmt {
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
pub struct DomainsDeleteOfStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn domains_delete_of() -> DomainsDeleteOfStmt {
    DomainsDeleteOfStmt("delete from domains where organization_id = $1 returning id", None)
}
impl DomainsDeleteOfStmt {
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
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 1> {
        UuidUuidQuery {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
