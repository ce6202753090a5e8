// This file was generated with `cornucopia`. Do not modify.

#[derive(Clone, Copy, Debug)]
pub struct DriftClaimParams {
    pub fresh_seconds: f64,
    pub retry_seconds: f64,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct DriftStoreParams<
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::ArraySql<Item = i64>,
    T3: crate::StringSql,
    T4: crate::ArraySql<Item = T3>,
> {
    pub ids: T1,
    pub schema_versions: T2,
    pub fingerprints: T4,
}
#[derive(Debug)]
pub struct SchemaPutParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub fingerprint: T1,
    pub lines: T2,
}
#[derive(Clone, Copy, Debug)]
pub struct TemplateDueParams {
    pub fresh_seconds: f64,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct TemplateStoreParams<T1: crate::StringSql> {
    pub server_id: uuid::Uuid,
    pub schema_version: i64,
    pub fingerprint: T1,
}
#[derive(Debug, Clone, PartialEq)]
pub struct DriftClaim {
    pub id: uuid::Uuid,
    pub subdomain: String,
    pub server_id: uuid::Uuid,
    pub database_name: String,
    pub schema_version: i64,
}
pub struct DriftClaimBorrowed<'a> {
    pub id: uuid::Uuid,
    pub subdomain: &'a str,
    pub server_id: uuid::Uuid,
    pub database_name: &'a str,
    pub schema_version: i64,
}
impl<'a> From<DriftClaimBorrowed<'a>> for DriftClaim {
    fn from(
        DriftClaimBorrowed {
            id,
            subdomain,
            server_id,
            database_name,
            schema_version,
        }: DriftClaimBorrowed<'a>,
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
pub struct Count {
    pub schema_version: i64,
    pub schema_fingerprint: Option<String>,
    pub tenants: i64,
    pub examples: Vec<String>,
}
pub struct CountBorrowed<'a> {
    pub schema_version: i64,
    pub schema_fingerprint: Option<&'a str>,
    pub tenants: i64,
    pub examples: crate::ArrayIterator<'a, &'a str>,
}
impl<'a> From<CountBorrowed<'a>> for Count {
    fn from(
        CountBorrowed { schema_version, schema_fingerprint, tenants, examples }: CountBorrowed<'a>,
    ) -> Self {
        Self {
            schema_version,
            schema_fingerprint: schema_fingerprint.map(|v| v.into()),
            tenants,
            examples: examples.map(|v| v.into()).collect(),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct SchemaFetch {
    pub fingerprint: String,
    pub lines: String,
}
pub struct SchemaFetchBorrowed<'a> {
    pub fingerprint: &'a str,
    pub lines: &'a str,
}
impl<'a> From<SchemaFetchBorrowed<'a>> for SchemaFetch {
    fn from(SchemaFetchBorrowed { fingerprint, lines }: SchemaFetchBorrowed<'a>) -> Self {
        Self { fingerprint: fingerprint.into(), lines: lines.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateDue {
    pub id: uuid::Uuid,
    pub name: String,
}
pub struct TemplateDueBorrowed<'a> {
    pub id: uuid::Uuid,
    pub name: &'a str,
}
impl<'a> From<TemplateDueBorrowed<'a>> for TemplateDue {
    fn from(TemplateDueBorrowed { id, name }: TemplateDueBorrowed<'a>) -> Self {
        Self { id, name: name.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateList {
    pub schema_version: i64,
    pub fingerprint: String,
}
pub struct TemplateListBorrowed<'a> {
    pub schema_version: i64,
    pub fingerprint: &'a str,
}
impl<'a> From<TemplateListBorrowed<'a>> for TemplateList {
    fn from(
        TemplateListBorrowed { schema_version, fingerprint }: TemplateListBorrowed<'a>,
    ) -> Self {
        Self { schema_version, fingerprint: fingerprint.into() }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct DriftClaimQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<DriftClaimBorrowed, tokio_postgres::Error>,
    mapper: fn(DriftClaimBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DriftClaimQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(DriftClaimBorrowed) -> R,
    ) -> DriftClaimQuery<'c, 'a, 's, C, R, N> {
        DriftClaimQuery {
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
pub struct CountQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<CountBorrowed, tokio_postgres::Error>,
    mapper: fn(CountBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> CountQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(CountBorrowed) -> R) -> CountQuery<'c, 'a, 's, C, R, N> {
        CountQuery {
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
pub struct SchemaFetchQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<SchemaFetchBorrowed, tokio_postgres::Error>,
    mapper: fn(SchemaFetchBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> SchemaFetchQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(SchemaFetchBorrowed) -> R,
    ) -> SchemaFetchQuery<'c, 'a, 's, C, R, N> {
        SchemaFetchQuery {
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
pub struct TemplateDueQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<TemplateDueBorrowed, tokio_postgres::Error>,
    mapper: fn(TemplateDueBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> TemplateDueQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(TemplateDueBorrowed) -> R,
    ) -> TemplateDueQuery<'c, 'a, 's, C, R, N> {
        TemplateDueQuery {
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
pub struct TemplateListQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<TemplateListBorrowed, tokio_postgres::Error>,
    mapper: fn(TemplateListBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> TemplateListQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(TemplateListBorrowed) -> R,
    ) -> TemplateListQuery<'c, 'a, 's, C, R, N> {
        TemplateListQuery {
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
pub struct DriftClaimStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn drift_claim() -> DriftClaimStmt {
    DriftClaimStmt(
        "with due as ( select tenants.organization_id from tenants where tenants.phase = 'READY' and ( tenants.schema_fingerprinted_at is null or tenants.schema_fingerprinted_at < now() - make_interval(secs => $1) or ( tenants.schema_fingerprint is null and tenants.schema_fingerprinted_at < now() - make_interval(secs => $2) ) ) and not exists ( select from operations where operations.organization_id = tenants.organization_id and operations.state = 'RUNNING' ) order by tenants.schema_fingerprinted_at nulls first, tenants.organization_id limit $3 for update skip locked ) update tenants set schema_fingerprinted_at = case when tenants.schema_fingerprint is null then now() else now() - make_interval(secs => $1 - $2) end from due join organizations on organizations.id = due.organization_id where tenants.organization_id = due.organization_id returning tenants.organization_id as id, organizations.subdomain::text as subdomain, tenants.server_id, tenants.database_name, tenants.schema_version",
        None,
    )
}
impl DriftClaimStmt {
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
        fresh_seconds: &'a f64,
        retry_seconds: &'a f64,
        row_limit: &'a i64,
    ) -> DriftClaimQuery<'c, 'a, 's, C, DriftClaim, 3> {
        DriftClaimQuery {
            client,
            params: [fresh_seconds, retry_seconds, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<DriftClaimBorrowed, tokio_postgres::Error> {
                    Ok(DriftClaimBorrowed {
                        id: row.try_get(0)?,
                        subdomain: row.try_get(1)?,
                        server_id: row.try_get(2)?,
                        database_name: row.try_get(3)?,
                        schema_version: row.try_get(4)?,
                    })
                },
            mapper: |it| DriftClaim::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        DriftClaimParams,
        DriftClaimQuery<'c, 'a, 's, C, DriftClaim, 3>,
        C,
    > for DriftClaimStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a DriftClaimParams,
    ) -> DriftClaimQuery<'c, 'a, 's, C, DriftClaim, 3> {
        self.bind(client, &params.fresh_seconds, &params.retry_seconds, &params.row_limit)
    }
}
pub struct DriftStoreStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn drift_store() -> DriftStoreStmt {
    DriftStoreStmt(
        "update tenants set schema_fingerprint = found.fingerprint, schema_fingerprinted_at = now() from unnest($1::uuid[], $2::bigint[], $3::text[]) as found (id, schema_version, fingerprint) where tenants.organization_id = found.id and tenants.schema_version = found.schema_version and not exists ( select from operations where operations.organization_id = tenants.organization_id and operations.state = 'RUNNING' )",
        None,
    )
}
impl DriftStoreStmt {
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
        ids: &'a T1,
        schema_versions: &'a T2,
        fingerprints: &'a T4,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[ids, schema_versions, fingerprints]).await
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
        DriftStoreParams<T1, T2, T3, T4>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DriftStoreStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DriftStoreParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.ids, &params.schema_versions, &params.fingerprints))
    }
}
pub struct DriftUnreadableStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn drift_unreadable() -> DriftUnreadableStmt {
    DriftUnreadableStmt(
        "update tenants set schema_fingerprint = null, schema_fingerprinted_at = now() where organization_id = any ($1::uuid[])",
        None,
    )
}
impl DriftUnreadableStmt {
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
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[ids]).await
    }
}
pub struct DriftForgetUnknownStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn drift_forget_unknown() -> DriftForgetUnknownStmt {
    DriftForgetUnknownStmt(
        "update tenants set schema_fingerprinted_at = null where phase = 'READY' and schema_fingerprint is null and schema_fingerprinted_at is not null",
        None,
    )
}
impl DriftForgetUnknownStmt {
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
pub struct DriftForgetAllStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn drift_forget_all() -> DriftForgetAllStmt {
    DriftForgetAllStmt(
        "update tenants set schema_fingerprint = null, schema_fingerprinted_at = null where phase = 'READY'",
        None,
    )
}
impl DriftForgetAllStmt {
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
pub struct DriftForgetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn drift_forget() -> DriftForgetStmt {
    DriftForgetStmt(
        "update tenants set schema_fingerprint = null, schema_fingerprinted_at = null from organizations where organizations.id = tenants.organization_id and organizations.subdomain = any ($1::text[]::citext[]) and tenants.phase = 'READY' returning organizations.subdomain::text as subdomain",
        None,
    )
}
impl DriftForgetStmt {
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
        subdomains: &'a T2,
    ) -> StringQuery<'c, 'a, 's, C, String, 1> {
        StringQuery {
            client,
            params: [subdomains],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
pub struct DriftCountsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn drift_counts() -> DriftCountsStmt {
    DriftCountsStmt(
        "select tenants.schema_version, tenants.schema_fingerprint, count(*) as tenants, (array_agg(organizations.subdomain::text order by organizations.subdomain))[1 : 5] as examples from tenants join organizations on organizations.id = tenants.organization_id where tenants.phase = 'READY' group by tenants.schema_version, tenants.schema_fingerprint order by tenants.schema_version desc, count(*) desc, tenants.schema_fingerprint limit $1",
        None,
    )
}
impl DriftCountsStmt {
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
    ) -> CountQuery<'c, 'a, 's, C, Count, 1> {
        CountQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CountBorrowed, tokio_postgres::Error> {
                Ok(CountBorrowed {
                    schema_version: row.try_get(0)?,
                    schema_fingerprint: row.try_get(1)?,
                    tenants: row.try_get(2)?,
                    examples: row.try_get(3)?,
                })
            },
            mapper: |it| Count::from(it),
        }
    }
}
pub struct SchemaPutStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn schema_put() -> SchemaPutStmt {
    SchemaPutStmt(
        "insert into schemas (fingerprint, lines) values ($1, $2) on conflict on constraint schemas_pkey do nothing",
        None,
    )
}
impl SchemaPutStmt {
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
        fingerprint: &'a T1,
        lines: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[fingerprint, lines]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SchemaPutParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for SchemaPutStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SchemaPutParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.fingerprint, &params.lines))
    }
}
pub struct SchemaKnownStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn schema_known() -> SchemaKnownStmt {
    SchemaKnownStmt("select fingerprint from schemas where fingerprint = any ($1::text[])", None)
}
impl SchemaKnownStmt {
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
        fingerprints: &'a T2,
    ) -> StringQuery<'c, 'a, 's, C, String, 1> {
        StringQuery {
            client,
            params: [fingerprints],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
pub struct SchemaFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn schema_fetch() -> SchemaFetchStmt {
    SchemaFetchStmt(
        "select fingerprint, lines from schemas where fingerprint = any ($1::text[])",
        None,
    )
}
impl SchemaFetchStmt {
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
        fingerprints: &'a T2,
    ) -> SchemaFetchQuery<'c, 'a, 's, C, SchemaFetch, 1> {
        SchemaFetchQuery {
            client,
            params: [fingerprints],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<SchemaFetchBorrowed, tokio_postgres::Error> {
                    Ok(SchemaFetchBorrowed { fingerprint: row.try_get(0)?, lines: row.try_get(1)? })
                },
            mapper: |it| SchemaFetch::from(it),
        }
    }
}
pub struct SchemaTellStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn schema_tell() -> SchemaTellStmt {
    SchemaTellStmt(
        "update schemas set told_at = now() where fingerprint = any ($1::text[]) and told_at is null returning fingerprint",
        None,
    )
}
impl SchemaTellStmt {
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
        fingerprints: &'a T2,
    ) -> StringQuery<'c, 'a, 's, C, String, 1> {
        StringQuery {
            client,
            params: [fingerprints],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
pub struct SchemaCleanStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn schema_clean() -> SchemaCleanStmt {
    SchemaCleanStmt(
        "delete from schemas where first_seen_at < now() - make_interval(days => $1) and not exists (select from tenants where tenants.schema_fingerprint = schemas.fingerprint) and not exists (select from server_templates where server_templates.fingerprint = schemas.fingerprint)",
        None,
    )
}
impl SchemaCleanStmt {
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
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[days]).await
    }
}
pub struct TemplateDueStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn template_due() -> TemplateDueStmt {
    TemplateDueStmt(
        "select servers.id, servers.name from servers left join server_templates on server_templates.server_id = servers.id where server_templates.server_id is null or server_templates.fingerprinted_at < now() - make_interval(secs => $1) or server_templates.schema_version <> (select fleet.schema_version from fleet) or server_templates.schema_version < ( select max(tenants.schema_version) from tenants where tenants.server_id = servers.id ) order by servers.name limit $2",
        None,
    )
}
impl TemplateDueStmt {
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
        fresh_seconds: &'a f64,
        row_limit: &'a i64,
    ) -> TemplateDueQuery<'c, 'a, 's, C, TemplateDue, 2> {
        TemplateDueQuery {
            client,
            params: [fresh_seconds, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<TemplateDueBorrowed, tokio_postgres::Error> {
                    Ok(TemplateDueBorrowed { id: row.try_get(0)?, name: row.try_get(1)? })
                },
            mapper: |it| TemplateDue::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        TemplateDueParams,
        TemplateDueQuery<'c, 'a, 's, C, TemplateDue, 2>,
        C,
    > for TemplateDueStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a TemplateDueParams,
    ) -> TemplateDueQuery<'c, 'a, 's, C, TemplateDue, 2> {
        self.bind(client, &params.fresh_seconds, &params.row_limit)
    }
}
pub struct TemplateStoreStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn template_store() -> TemplateStoreStmt {
    TemplateStoreStmt(
        "insert into server_templates (server_id, schema_version, fingerprint) values ($1, $2, $3) on conflict on constraint server_templates_pkey do update set schema_version = excluded.schema_version, fingerprint = excluded.fingerprint, fingerprinted_at = now()",
        None,
    )
}
impl TemplateStoreStmt {
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
        server_id: &'a uuid::Uuid,
        schema_version: &'a i64,
        fingerprint: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[server_id, schema_version, fingerprint]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        TemplateStoreParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for TemplateStoreStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a TemplateStoreParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.server_id, &params.schema_version, &params.fingerprint))
    }
}
pub struct TemplateForgetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn template_forget() -> TemplateForgetStmt {
    TemplateForgetStmt("delete from server_templates", None)
}
impl TemplateForgetStmt {
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
pub struct TemplateListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn template_list() -> TemplateListStmt {
    TemplateListStmt(
        "select distinct schema_version, fingerprint from server_templates order by schema_version desc, fingerprint limit $1",
        None,
    )
}
impl TemplateListStmt {
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
    ) -> TemplateListQuery<'c, 'a, 's, C, TemplateList, 1> {
        TemplateListQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<TemplateListBorrowed, tokio_postgres::Error> {
                    Ok(TemplateListBorrowed {
                        schema_version: row.try_get(0)?,
                        fingerprint: row.try_get(1)?,
                    })
                },
            mapper: |it| TemplateList::from(it),
        }
    }
}
