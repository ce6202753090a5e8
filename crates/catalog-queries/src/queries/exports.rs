// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct ExportInsertParams<T1: crate::StringSql> {
    pub id: uuid::Uuid,
    pub organization_id: uuid::Uuid,
    pub made_by: T1,
    pub days: i32,
}
#[derive(Debug)]
pub struct ExportMadeParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub taken_at: jiff::Timestamp,
    pub object_key: T1,
    pub bytes: i64,
    pub sha256: T2,
    pub tables: i32,
    pub total_rows: i64,
    pub files: i32,
    pub days: i32,
    pub id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct ExportListParams {
    pub organization_id: uuid::Uuid,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct ExportLinkInsertParams<T1: crate::BytesSql, T2: crate::StringSql> {
    pub token_hash: T1,
    pub made_by: T2,
    pub export_id: uuid::Uuid,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    pub id: uuid::Uuid,
    pub organization_id: uuid::Uuid,
    pub subdomain: String,
    pub title: String,
    pub made_by: String,
    pub asked_at: jiff::Timestamp,
    pub expires_at: jiff::Timestamp,
    pub is_expired: bool,
    pub taken_at: Option<jiff::Timestamp>,
    pub object_key: Option<String>,
    pub bytes: Option<i64>,
    pub sha256: Option<String>,
    pub tables: Option<i32>,
    pub total_rows: Option<i64>,
    pub files: Option<i32>,
    pub operation: Option<String>,
    pub error: Option<String>,
    pub is_withheld: bool,
}
pub struct ExportBorrowed<'a> {
    pub id: uuid::Uuid,
    pub organization_id: uuid::Uuid,
    pub subdomain: &'a str,
    pub title: &'a str,
    pub made_by: &'a str,
    pub asked_at: jiff::Timestamp,
    pub expires_at: jiff::Timestamp,
    pub is_expired: bool,
    pub taken_at: Option<jiff::Timestamp>,
    pub object_key: Option<&'a str>,
    pub bytes: Option<i64>,
    pub sha256: Option<&'a str>,
    pub tables: Option<i32>,
    pub total_rows: Option<i64>,
    pub files: Option<i32>,
    pub operation: Option<&'a str>,
    pub error: Option<&'a str>,
    pub is_withheld: bool,
}
impl<'a> From<ExportBorrowed<'a>> for Export {
    fn from(
        ExportBorrowed {
            id,
            organization_id,
            subdomain,
            title,
            made_by,
            asked_at,
            expires_at,
            is_expired,
            taken_at,
            object_key,
            bytes,
            sha256,
            tables,
            total_rows,
            files,
            operation,
            error,
            is_withheld,
        }: ExportBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            organization_id,
            subdomain: subdomain.into(),
            title: title.into(),
            made_by: made_by.into(),
            asked_at,
            expires_at,
            is_expired,
            taken_at,
            object_key: object_key.map(|v| v.into()),
            bytes,
            sha256: sha256.map(|v| v.into()),
            tables,
            total_rows,
            files,
            operation: operation.map(|v| v.into()),
            error: error.map(|v| v.into()),
            is_withheld,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ExportLinkFetch {
    pub export_id: uuid::Uuid,
    pub made_by: String,
}
pub struct ExportLinkFetchBorrowed<'a> {
    pub export_id: uuid::Uuid,
    pub made_by: &'a str,
}
impl<'a> From<ExportLinkFetchBorrowed<'a>> for ExportLinkFetch {
    fn from(ExportLinkFetchBorrowed { export_id, made_by }: ExportLinkFetchBorrowed<'a>) -> Self {
        Self { export_id, made_by: made_by.into() }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct ExportsPast {
    pub id: uuid::Uuid,
    pub organization_id: uuid::Uuid,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct ExportQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ExportBorrowed, tokio_postgres::Error>,
    mapper: fn(ExportBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ExportQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ExportBorrowed) -> R) -> ExportQuery<'c, 'a, 's, C, R, N> {
        ExportQuery {
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
pub struct ExportLinkFetchQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ExportLinkFetchBorrowed, tokio_postgres::Error>,
    mapper: fn(ExportLinkFetchBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ExportLinkFetchQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ExportLinkFetchBorrowed) -> R,
    ) -> ExportLinkFetchQuery<'c, 'a, 's, C, R, N> {
        ExportLinkFetchQuery {
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
pub struct ExportsPastQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ExportsPast, tokio_postgres::Error>,
    mapper: fn(ExportsPast) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ExportsPastQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ExportsPast) -> R) -> ExportsPastQuery<'c, 'a, 's, C, R, N> {
        ExportsPastQuery {
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
pub struct ExportInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn export_insert() -> ExportInsertStmt {
    ExportInsertStmt(
        "insert into exports (id, organization_id, made_by, expires_at) values ($1, $2, $3, now() + make_interval(days => $4))",
        None,
    )
}
impl ExportInsertStmt {
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
        made_by: &'a T1,
        days: &'a i32,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id, organization_id, made_by, days]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ExportInsertParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ExportInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ExportInsertParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.id,
            &params.organization_id,
            &params.made_by,
            &params.days,
        ))
    }
}
pub struct ExportMadeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn export_made() -> ExportMadeStmt {
    ExportMadeStmt(
        "update exports set taken_at = $1, object_key = $2, bytes = $3, sha256 = $4, tables = $5, total_rows = $6, files = $7, expires_at = now() + make_interval(days => $8) where id = $9",
        None,
    )
}
impl ExportMadeStmt {
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
        taken_at: &'a jiff::Timestamp,
        object_key: &'a T1,
        bytes: &'a i64,
        sha256: &'a T2,
        tables: &'a i32,
        total_rows: &'a i64,
        files: &'a i32,
        days: &'a i32,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[taken_at, object_key, bytes, sha256, tables, total_rows, files, days, id],
            )
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ExportMadeParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ExportMadeStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ExportMadeParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.taken_at,
            &params.object_key,
            &params.bytes,
            &params.sha256,
            &params.tables,
            &params.total_rows,
            &params.files,
            &params.days,
            &params.id,
        ))
    }
}
pub struct ExportFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn export_fetch() -> ExportFetchStmt {
    ExportFetchStmt(
        "select exports.id, exports.organization_id, organizations.subdomain::text as subdomain, organizations.name as title, exports.made_by, exports.asked_at, exports.expires_at, exports.expires_at <= now() as is_expired, exports.taken_at, exports.object_key, exports.bytes, exports.sha256, exports.tables, exports.total_rows, exports.files, operations.state as operation, operations.error, tenants.phase in ('ERASING', 'ERASED') as is_withheld from exports join organizations on organizations.id = exports.organization_id join tenants on tenants.organization_id = exports.organization_id left join operations on operations.id = exports.id where exports.id = $1",
        None,
    )
}
impl ExportFetchStmt {
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
    ) -> ExportQuery<'c, 'a, 's, C, Export, 1> {
        ExportQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ExportBorrowed, tokio_postgres::Error> {
                    Ok(ExportBorrowed {
                        id: row.try_get(0)?,
                        organization_id: row.try_get(1)?,
                        subdomain: row.try_get(2)?,
                        title: row.try_get(3)?,
                        made_by: row.try_get(4)?,
                        asked_at: row.try_get(5)?,
                        expires_at: row.try_get(6)?,
                        is_expired: row.try_get(7)?,
                        taken_at: row.try_get(8)?,
                        object_key: row.try_get(9)?,
                        bytes: row.try_get(10)?,
                        sha256: row.try_get(11)?,
                        tables: row.try_get(12)?,
                        total_rows: row.try_get(13)?,
                        files: row.try_get(14)?,
                        operation: row.try_get(15)?,
                        error: row.try_get(16)?,
                        is_withheld: row.try_get(17)?,
                    })
                },
            mapper: |it| Export::from(it),
        }
    }
}
pub struct ExportListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn export_list() -> ExportListStmt {
    ExportListStmt(
        "select exports.id, exports.organization_id, organizations.subdomain::text as subdomain, organizations.name as title, exports.made_by, exports.asked_at, exports.expires_at, exports.expires_at <= now() as is_expired, exports.taken_at, exports.object_key, exports.bytes, exports.sha256, exports.tables, exports.total_rows, exports.files, operations.state as operation, operations.error, tenants.phase in ('ERASING', 'ERASED') as is_withheld from exports join organizations on organizations.id = exports.organization_id join tenants on tenants.organization_id = exports.organization_id left join operations on operations.id = exports.id where exports.organization_id = $1 order by exports.asked_at desc, exports.id limit $2",
        None,
    )
}
impl ExportListStmt {
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
    ) -> ExportQuery<'c, 'a, 's, C, Export, 2> {
        ExportQuery {
            client,
            params: [organization_id, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ExportBorrowed, tokio_postgres::Error> {
                    Ok(ExportBorrowed {
                        id: row.try_get(0)?,
                        organization_id: row.try_get(1)?,
                        subdomain: row.try_get(2)?,
                        title: row.try_get(3)?,
                        made_by: row.try_get(4)?,
                        asked_at: row.try_get(5)?,
                        expires_at: row.try_get(6)?,
                        is_expired: row.try_get(7)?,
                        taken_at: row.try_get(8)?,
                        object_key: row.try_get(9)?,
                        bytes: row.try_get(10)?,
                        sha256: row.try_get(11)?,
                        tables: row.try_get(12)?,
                        total_rows: row.try_get(13)?,
                        files: row.try_get(14)?,
                        operation: row.try_get(15)?,
                        error: row.try_get(16)?,
                        is_withheld: row.try_get(17)?,
                    })
                },
            mapper: |it| Export::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ExportListParams,
        ExportQuery<'c, 'a, 's, C, Export, 2>,
        C,
    > for ExportListStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ExportListParams,
    ) -> ExportQuery<'c, 'a, 's, C, Export, 2> {
        self.bind(client, &params.organization_id, &params.row_limit)
    }
}
pub struct ExportsKeptStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn exports_kept() -> ExportsKeptStmt {
    ExportsKeptStmt(
        "select count(*) as kept from exports where organization_id = $1 and object_key is not null and expires_at > now()",
        None,
    )
}
impl ExportsKeptStmt {
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
pub struct ExportLinkInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn export_link_insert() -> ExportLinkInsertStmt {
    ExportLinkInsertStmt(
        "insert into export_links (token_hash, export_id, organization_id, made_by, expires_at) select $1, exports.id, exports.organization_id, $2, exports.expires_at from exports where exports.id = $3 on conflict on constraint export_links_pkey do nothing",
        None,
    )
}
impl ExportLinkInsertStmt {
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
        token_hash: &'a T1,
        made_by: &'a T2,
        export_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[token_hash, made_by, export_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::BytesSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ExportLinkInsertParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ExportLinkInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ExportLinkInsertParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.token_hash, &params.made_by, &params.export_id))
    }
}
pub struct ExportLinkFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn export_link_fetch() -> ExportLinkFetchStmt {
    ExportLinkFetchStmt("select export_id, made_by from export_links where token_hash = $1", None)
}
impl ExportLinkFetchStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql>(
        &'s self,
        client: &'c C,
        token_hash: &'a T1,
    ) -> ExportLinkFetchQuery<'c, 'a, 's, C, ExportLinkFetch, 1> {
        ExportLinkFetchQuery {
            client,
            params: [token_hash],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<ExportLinkFetchBorrowed, tokio_postgres::Error> {
                Ok(ExportLinkFetchBorrowed {
                    export_id: row.try_get(0)?,
                    made_by: row.try_get(1)?,
                })
            },
            mapper: |it| ExportLinkFetch::from(it),
        }
    }
}
pub struct ExportsPastStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn exports_past() -> ExportsPastStmt {
    ExportsPastStmt(
        "select exports.id, exports.organization_id from exports where ( exports.expires_at <= now() or (exports.object_key is null and exports.asked_at < now() - interval '1 day') ) and not exists ( select from operations where operations.id = exports.id and operations.state = 'RUNNING' ) order by exports.expires_at, exports.id limit $1",
        None,
    )
}
impl ExportsPastStmt {
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
    ) -> ExportsPastQuery<'c, 'a, 's, C, ExportsPast, 1> {
        ExportsPastQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<ExportsPast, tokio_postgres::Error> {
                Ok(ExportsPast { id: row.try_get(0)?, organization_id: row.try_get(1)? })
            },
            mapper: |it| ExportsPast::from(it),
        }
    }
}
pub struct ExportExpireStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn export_expire() -> ExportExpireStmt {
    ExportExpireStmt(
        "update exports set expires_at = now() where id = $1 and expires_at > now()",
        None,
    )
}
impl ExportExpireStmt {
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
pub struct ExportsWithoutRowStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn exports_without_row() -> ExportsWithoutRowStmt {
    ExportsWithoutRowStmt(
        "select there.id from unnest($1::uuid[]) as there (id) where not exists ( select from exports where exports.id = there.id )",
        None,
    )
}
impl ExportsWithoutRowStmt {
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
pub struct ExportDeleteStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn export_delete() -> ExportDeleteStmt {
    ExportDeleteStmt("delete from exports where id = $1", None)
}
impl ExportDeleteStmt {
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
pub struct ExportLinksForgetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn export_links_forget() -> ExportLinksForgetStmt {
    ExportLinksForgetStmt(
        "delete from export_links where expires_at < now() - make_interval(days => $1)",
        None,
    )
}
impl ExportLinksForgetStmt {
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
