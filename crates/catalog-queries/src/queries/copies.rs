// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct CopyInsertParams<T1: crate::StringSql> {
    pub id: uuid::Uuid,
    pub database_name: T1,
    pub backup_id: Option<uuid::Uuid>,
    pub days: i32,
    pub organization_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct CopyListParams<T1: crate::StringSql> {
    pub subdomain: T1,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct CopyFilledParams {
    pub holds_at: jiff::Timestamp,
    pub schema_version: i64,
    pub id: uuid::Uuid,
}
#[derive(Debug)]
pub struct CopyClaimParams<T1: crate::StringSql> {
    pub state: T1,
    pub id: uuid::Uuid,
    pub outlived: bool,
}
#[derive(Debug)]
pub struct InspectionPutParams<
    T1: crate::StringSql,
    T2: crate::BytesSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
> {
    pub copy_id: uuid::Uuid,
    pub subdomain: T1,
    pub role_password_sealed: T2,
    pub role_password_verifier: T3,
    pub opened_by: T4,
    pub seconds: f64,
}
#[derive(Clone, Copy, Debug)]
pub struct CopyNamesParams {
    pub server_id: uuid::Uuid,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct CopyExchangeParams {
    pub id: uuid::Uuid,
    pub days: i32,
}
#[derive(Debug)]
pub struct OperationsBesideCancelParams<T1: crate::StringSql> {
    pub actor: T1,
    pub organization_id: uuid::Uuid,
    pub id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct OperationsBesideParams {
    pub organization_id: uuid::Uuid,
    pub id: uuid::Uuid,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct DrillInsertParams {
    pub id: uuid::Uuid,
    pub organization_id: uuid::Uuid,
    pub backup_id: Option<uuid::Uuid>,
}
#[derive(Debug)]
pub struct DrillNoteParams<T1: crate::StringSql> {
    pub failed_why: Option<T1>,
    pub id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct DrillMeasuredParams {
    pub holds_at: jiff::Timestamp,
    pub restore_seconds: f64,
    pub id: uuid::Uuid,
}
#[derive(Debug)]
pub struct DrillCheckedParams<T1: crate::JsonSql> {
    pub checked: T1,
    pub id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct CopiesOverdueParams {
    pub minutes: i32,
    pub row_limit: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Copy {
    pub id: uuid::Uuid,
    pub organization_id: uuid::Uuid,
    pub subdomain: String,
    pub number: i64,
    pub server_id: uuid::Uuid,
    pub server: String,
    pub database_name: String,
    pub state: String,
    pub backup_id: Option<uuid::Uuid>,
    pub holds_at: Option<jiff::Timestamp>,
    pub schema_version: Option<i64>,
    pub was_live: bool,
    pub lived_until: Option<jiff::Timestamp>,
    pub created_at: jiff::Timestamp,
    pub drop_after: jiff::Timestamp,
    pub open_until: Option<jiff::Timestamp>,
}
pub struct CopyBorrowed<'a> {
    pub id: uuid::Uuid,
    pub organization_id: uuid::Uuid,
    pub subdomain: &'a str,
    pub number: i64,
    pub server_id: uuid::Uuid,
    pub server: &'a str,
    pub database_name: &'a str,
    pub state: &'a str,
    pub backup_id: Option<uuid::Uuid>,
    pub holds_at: Option<jiff::Timestamp>,
    pub schema_version: Option<i64>,
    pub was_live: bool,
    pub lived_until: Option<jiff::Timestamp>,
    pub created_at: jiff::Timestamp,
    pub drop_after: jiff::Timestamp,
    pub open_until: Option<jiff::Timestamp>,
}
impl<'a> From<CopyBorrowed<'a>> for Copy {
    fn from(
        CopyBorrowed {
            id,
            organization_id,
            subdomain,
            number,
            server_id,
            server,
            database_name,
            state,
            backup_id,
            holds_at,
            schema_version,
            was_live,
            lived_until,
            created_at,
            drop_after,
            open_until,
        }: CopyBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            organization_id,
            subdomain: subdomain.into(),
            number,
            server_id,
            server: server.into(),
            database_name: database_name.into(),
            state: state.into(),
            backup_id,
            holds_at,
            schema_version,
            was_live,
            lived_until,
            created_at,
            drop_after,
            open_until,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct InspectionRole {
    pub role_password_verifier: String,
    pub open_until: jiff::Timestamp,
    pub connection_limit: i32,
    pub statement_timeout_ms: i32,
    pub lock_timeout_ms: i32,
    pub idle_in_transaction_timeout_ms: i32,
}
pub struct InspectionRoleBorrowed<'a> {
    pub role_password_verifier: &'a str,
    pub open_until: jiff::Timestamp,
    pub connection_limit: i32,
    pub statement_timeout_ms: i32,
    pub lock_timeout_ms: i32,
    pub idle_in_transaction_timeout_ms: i32,
}
impl<'a> From<InspectionRoleBorrowed<'a>> for InspectionRole {
    fn from(
        InspectionRoleBorrowed {
            role_password_verifier,
            open_until,
            connection_limit,
            statement_timeout_ms,
            lock_timeout_ms,
            idle_in_transaction_timeout_ms,
        }: InspectionRoleBorrowed<'a>,
    ) -> Self {
        Self {
            role_password_verifier: role_password_verifier.into(),
            open_until,
            connection_limit,
            statement_timeout_ms,
            lock_timeout_ms,
            idle_in_transaction_timeout_ms,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct InspectionsPast {
    pub id: uuid::Uuid,
    pub subdomain: String,
}
pub struct InspectionsPastBorrowed<'a> {
    pub id: uuid::Uuid,
    pub subdomain: &'a str,
}
impl<'a> From<InspectionsPastBorrowed<'a>> for InspectionsPast {
    fn from(InspectionsPastBorrowed { id, subdomain }: InspectionsPastBorrowed<'a>) -> Self {
        Self { id, subdomain: subdomain.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct OperationsBeside {
    pub id: uuid::Uuid,
    pub kind: String,
}
pub struct OperationsBesideBorrowed<'a> {
    pub id: uuid::Uuid,
    pub kind: &'a str,
}
impl<'a> From<OperationsBesideBorrowed<'a>> for OperationsBeside {
    fn from(OperationsBesideBorrowed { id, kind }: OperationsBesideBorrowed<'a>) -> Self {
        Self { id, kind: kind.into() }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct CopyQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<CopyBorrowed, tokio_postgres::Error>,
    mapper: fn(CopyBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> CopyQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(CopyBorrowed) -> R) -> CopyQuery<'c, 'a, 's, C, R, N> {
        CopyQuery {
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
pub struct InspectionRoleQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<InspectionRoleBorrowed, tokio_postgres::Error>,
    mapper: fn(InspectionRoleBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> InspectionRoleQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(InspectionRoleBorrowed) -> R,
    ) -> InspectionRoleQuery<'c, 'a, 's, C, R, N> {
        InspectionRoleQuery {
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
pub struct InspectionsPastQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<InspectionsPastBorrowed, tokio_postgres::Error>,
    mapper: fn(InspectionsPastBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> InspectionsPastQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(InspectionsPastBorrowed) -> R,
    ) -> InspectionsPastQuery<'c, 'a, 's, C, R, N> {
        InspectionsPastQuery {
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
pub struct OperationsBesideQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<OperationsBesideBorrowed, tokio_postgres::Error>,
    mapper: fn(OperationsBesideBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> OperationsBesideQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(OperationsBesideBorrowed) -> R,
    ) -> OperationsBesideQuery<'c, 'a, 's, C, R, N> {
        OperationsBesideQuery {
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
pub struct CopyInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn copy_insert() -> CopyInsertStmt {
    CopyInsertStmt(
        "insert into copies (id, organization_id, server_id, database_name, backup_id, drop_after) select $1, organizations.id, tenants.server_id, $2, $3, now() + make_interval(days => $4) from organizations join tenants on tenants.organization_id = organizations.id where organizations.id = $5",
        None,
    )
}
impl CopyInsertStmt {
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
        database_name: &'a T1,
        backup_id: &'a Option<uuid::Uuid>,
        days: &'a i32,
        organization_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id, database_name, backup_id, days, organization_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        CopyInsertParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for CopyInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a CopyInsertParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.id,
            &params.database_name,
            &params.backup_id,
            &params.days,
            &params.organization_id,
        ))
    }
}
pub struct CopyFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn copy_fetch() -> CopyFetchStmt {
    CopyFetchStmt(
        "select copies.id, copies.organization_id, organizations.subdomain::text as subdomain, organizations.number, copies.server_id, servers.name as server, copies.database_name, copies.state, copies.backup_id, copies.holds_at, copies.schema_version, copies.was_live, copies.lived_until, copies.created_at, copies.drop_after, inspections.open_until from copies left join inspections on inspections.copy_id = copies.id join organizations on organizations.id = copies.organization_id join servers on servers.id = copies.server_id where copies.id = $1",
        None,
    )
}
impl CopyFetchStmt {
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
    ) -> CopyQuery<'c, 'a, 's, C, Copy, 1> {
        CopyQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CopyBorrowed, tokio_postgres::Error> {
                Ok(CopyBorrowed {
                    id: row.try_get(0)?,
                    organization_id: row.try_get(1)?,
                    subdomain: row.try_get(2)?,
                    number: row.try_get(3)?,
                    server_id: row.try_get(4)?,
                    server: row.try_get(5)?,
                    database_name: row.try_get(6)?,
                    state: row.try_get(7)?,
                    backup_id: row.try_get(8)?,
                    holds_at: row.try_get(9)?,
                    schema_version: row.try_get(10)?,
                    was_live: row.try_get(11)?,
                    lived_until: row.try_get(12)?,
                    created_at: row.try_get(13)?,
                    drop_after: row.try_get(14)?,
                    open_until: row.try_get(15)?,
                })
            },
            mapper: |it| Copy::from(it),
        }
    }
}
pub struct CopyListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn copy_list() -> CopyListStmt {
    CopyListStmt(
        "select copies.id, copies.organization_id, organizations.subdomain::text as subdomain, organizations.number, copies.server_id, servers.name as server, copies.database_name, copies.state, copies.backup_id, copies.holds_at, copies.schema_version, copies.was_live, copies.lived_until, copies.created_at, copies.drop_after, inspections.open_until from copies left join inspections on inspections.copy_id = copies.id join organizations on organizations.id = copies.organization_id join servers on servers.id = copies.server_id where organizations.subdomain = $1::text::citext order by copies.created_at desc, copies.id limit $2",
        None,
    )
}
impl CopyListStmt {
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
        row_limit: &'a i64,
    ) -> CopyQuery<'c, 'a, 's, C, Copy, 2> {
        CopyQuery {
            client,
            params: [subdomain, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CopyBorrowed, tokio_postgres::Error> {
                Ok(CopyBorrowed {
                    id: row.try_get(0)?,
                    organization_id: row.try_get(1)?,
                    subdomain: row.try_get(2)?,
                    number: row.try_get(3)?,
                    server_id: row.try_get(4)?,
                    server: row.try_get(5)?,
                    database_name: row.try_get(6)?,
                    state: row.try_get(7)?,
                    backup_id: row.try_get(8)?,
                    holds_at: row.try_get(9)?,
                    schema_version: row.try_get(10)?,
                    was_live: row.try_get(11)?,
                    lived_until: row.try_get(12)?,
                    created_at: row.try_get(13)?,
                    drop_after: row.try_get(14)?,
                    open_until: row.try_get(15)?,
                })
            },
            mapper: |it| Copy::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        CopyListParams<T1>,
        CopyQuery<'c, 'a, 's, C, Copy, 2>,
        C,
    > for CopyListStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a CopyListParams<T1>,
    ) -> CopyQuery<'c, 'a, 's, C, Copy, 2> {
        self.bind(client, &params.subdomain, &params.row_limit)
    }
}
pub struct CopyFilledStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn copy_filled() -> CopyFilledStmt {
    CopyFilledStmt("update copies set holds_at = $1, schema_version = $2 where id = $3", None)
}
impl CopyFilledStmt {
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
        holds_at: &'a jiff::Timestamp,
        schema_version: &'a i64,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[holds_at, schema_version, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        CopyFilledParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for CopyFilledStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a CopyFilledParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.holds_at, &params.schema_version, &params.id))
    }
}
pub struct CopyKeepStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn copy_keep() -> CopyKeepStmt {
    CopyKeepStmt("update copies set state = 'READY' where id = $1 and state = 'MAKING'", None)
}
impl CopyKeepStmt {
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
pub struct CopyClaimStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn copy_claim() -> CopyClaimStmt {
    CopyClaimStmt(
        "update copies set state = $1 where id = $2 and state <> 'MAKING' and (not $3 or drop_after < now()) and not exists ( select from operations where operations.organization_id = copies.organization_id and operations.state = 'RUNNING' and operations.kind in ('swap', 'drop_copy', 'open_copy', 'close_copy') and operations.input ->> 'copy' = copies.id::text )",
        None,
    )
}
impl CopyClaimStmt {
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
        id: &'a uuid::Uuid,
        outlived: &'a bool,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[state, id, outlived]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        CopyClaimParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for CopyClaimStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a CopyClaimParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.state, &params.id, &params.outlived))
    }
}
pub struct CopyFreeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn copy_free() -> CopyFreeStmt {
    CopyFreeStmt(
        "update copies set state = case when exists (select from inspections where inspections.copy_id = copies.id) then 'OPEN' else 'READY' end where id = $1 and state = 'SWAPPING'",
        None,
    )
}
impl CopyFreeStmt {
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
pub struct InspectionPutStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn inspection_put() -> InspectionPutStmt {
    InspectionPutStmt(
        "insert into inspections (copy_id, subdomain, role_password_sealed, role_password_verifier, opened_by, open_until) values ($1, $2, $3, $4, $5, now() + make_interval(secs => $6)) on conflict (copy_id) do update set subdomain = excluded.subdomain, role_password_sealed = excluded.role_password_sealed, role_password_verifier = excluded.role_password_verifier, opened_by = excluded.opened_by, opened_at = now(), open_until = excluded.open_until",
        None,
    )
}
impl InspectionPutStmt {
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
        T2: crate::BytesSql,
        T3: crate::StringSql,
        T4: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        copy_id: &'a uuid::Uuid,
        subdomain: &'a T1,
        role_password_sealed: &'a T2,
        role_password_verifier: &'a T3,
        opened_by: &'a T4,
        seconds: &'a f64,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    copy_id,
                    subdomain,
                    role_password_sealed,
                    role_password_verifier,
                    opened_by,
                    seconds,
                ],
            )
            .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::BytesSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InspectionPutParams<T1, T2, T3, T4>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InspectionPutStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InspectionPutParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.copy_id,
            &params.subdomain,
            &params.role_password_sealed,
            &params.role_password_verifier,
            &params.opened_by,
            &params.seconds,
        ))
    }
}
pub struct InspectionRoleStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn inspection_role() -> InspectionRoleStmt {
    InspectionRoleStmt(
        "select inspections.role_password_verifier, inspections.open_until, routes.connection_limit, routes.statement_timeout_ms, routes.lock_timeout_ms, routes.idle_in_transaction_timeout_ms from inspections join inspection_routes as routes on routes.id = inspections.copy_id where inspections.copy_id = $1",
        None,
    )
}
impl InspectionRoleStmt {
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
        copy_id: &'a uuid::Uuid,
    ) -> InspectionRoleQuery<'c, 'a, 's, C, InspectionRole, 1> {
        InspectionRoleQuery {
            client,
            params: [copy_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<InspectionRoleBorrowed, tokio_postgres::Error> {
                Ok(InspectionRoleBorrowed {
                    role_password_verifier: row.try_get(0)?,
                    open_until: row.try_get(1)?,
                    connection_limit: row.try_get(2)?,
                    statement_timeout_ms: row.try_get(3)?,
                    lock_timeout_ms: row.try_get(4)?,
                    idle_in_transaction_timeout_ms: row.try_get(5)?,
                })
            },
            mapper: |it| InspectionRole::from(it),
        }
    }
}
pub struct InspectionOpenedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn inspection_opened() -> InspectionOpenedStmt {
    InspectionOpenedStmt(
        "update copies set state = 'OPEN' where id = $1 and state = 'OPENING'",
        None,
    )
}
impl InspectionOpenedStmt {
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
pub struct InspectionDeleteStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn inspection_delete() -> InspectionDeleteStmt {
    InspectionDeleteStmt("delete from inspections where copy_id = $1", None)
}
impl InspectionDeleteStmt {
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
        copy_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[copy_id]).await
    }
}
pub struct InspectionClosedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn inspection_closed() -> InspectionClosedStmt {
    InspectionClosedStmt(
        "update copies set state = 'READY' where id = $1 and state in ('OPENING', 'CLOSING')",
        None,
    )
}
impl InspectionClosedStmt {
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
pub struct InspectionsPastStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn inspections_past() -> InspectionsPastStmt {
    InspectionsPastStmt(
        "select copies.id, organizations.subdomain::text as subdomain from inspections join copies on copies.id = inspections.copy_id join organizations on organizations.id = copies.organization_id join tenants on tenants.organization_id = copies.organization_id where (inspections.open_until < now() or copies.state in ('OPENING', 'CLOSING')) and tenants.phase = 'READY' and not exists ( select from operations where operations.organization_id = copies.organization_id and operations.state = 'RUNNING' and operations.kind in ('swap', 'drop_copy', 'open_copy', 'close_copy') and operations.input ->> 'copy' = copies.id::text ) order by inspections.open_until, copies.id limit $1",
        None,
    )
}
impl InspectionsPastStmt {
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
    ) -> InspectionsPastQuery<'c, 'a, 's, C, InspectionsPast, 1> {
        InspectionsPastQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<InspectionsPastBorrowed, tokio_postgres::Error> {
                Ok(InspectionsPastBorrowed {
                    id: row.try_get(0)?,
                    subdomain: row.try_get(1)?,
                })
            },
            mapper: |it| InspectionsPast::from(it),
        }
    }
}
pub struct CopyDeleteStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn copy_delete() -> CopyDeleteStmt {
    CopyDeleteStmt("delete from copies where id = $1", None)
}
impl CopyDeleteStmt {
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
pub struct CopiesDeleteStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn copies_delete() -> CopiesDeleteStmt {
    CopiesDeleteStmt("delete from copies where organization_id = $1", None)
}
impl CopiesDeleteStmt {
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
pub struct CopyNamesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn copy_names() -> CopyNamesStmt {
    CopyNamesStmt(
        "select database_name from copies where server_id = $1 order by database_name limit $2",
        None,
    )
}
impl CopyNamesStmt {
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
        row_limit: &'a i64,
    ) -> StringQuery<'c, 'a, 's, C, String, 2> {
        StringQuery {
            client,
            params: [server_id, row_limit],
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
        CopyNamesParams,
        StringQuery<'c, 'a, 's, C, String, 2>,
        C,
    > for CopyNamesStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a CopyNamesParams,
    ) -> StringQuery<'c, 'a, 's, C, String, 2> {
        self.bind(client, &params.server_id, &params.row_limit)
    }
}
pub struct CopiesPastStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn copies_past() -> CopiesPastStmt {
    CopiesPastStmt(
        "select copies.id, copies.organization_id, organizations.subdomain::text as subdomain, organizations.number, copies.server_id, servers.name as server, copies.database_name, copies.state, copies.backup_id, copies.holds_at, copies.schema_version, copies.was_live, copies.lived_until, copies.created_at, copies.drop_after, inspections.open_until from copies left join inspections on inspections.copy_id = copies.id join organizations on organizations.id = copies.organization_id join servers on servers.id = copies.server_id join tenants on tenants.organization_id = copies.organization_id where copies.state <> 'MAKING' and copies.drop_after < now() and tenants.phase = 'READY' and not exists ( select from legal_holds where legal_holds.organization_id = copies.organization_id ) and not exists ( select from operations where operations.organization_id = copies.organization_id and operations.state = 'RUNNING' and operations.kind in ('swap', 'drop_copy', 'open_copy', 'close_copy') and operations.input ->> 'copy' = copies.id::text ) order by copies.drop_after, copies.id limit $1",
        None,
    )
}
impl CopiesPastStmt {
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
    ) -> CopyQuery<'c, 'a, 's, C, Copy, 1> {
        CopyQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CopyBorrowed, tokio_postgres::Error> {
                Ok(CopyBorrowed {
                    id: row.try_get(0)?,
                    organization_id: row.try_get(1)?,
                    subdomain: row.try_get(2)?,
                    number: row.try_get(3)?,
                    server_id: row.try_get(4)?,
                    server: row.try_get(5)?,
                    database_name: row.try_get(6)?,
                    state: row.try_get(7)?,
                    backup_id: row.try_get(8)?,
                    holds_at: row.try_get(9)?,
                    schema_version: row.try_get(10)?,
                    was_live: row.try_get(11)?,
                    lived_until: row.try_get(12)?,
                    created_at: row.try_get(13)?,
                    drop_after: row.try_get(14)?,
                    open_until: row.try_get(15)?,
                })
            },
            mapper: |it| Copy::from(it),
        }
    }
}
pub struct CopyExchangeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn copy_exchange() -> CopyExchangeStmt {
    CopyExchangeStmt(
        "with exchanged as ( select copies.id, copies.schema_version as copy_version, copies.was_live, tenants.schema_version as live_version, tenants.organization_id from copies join tenants on tenants.organization_id = copies.organization_id where copies.id = $1 ), renamed as ( update copies set state = 'READY', was_live = not copies.was_live, lived_until = now(), schema_version = exchanged.live_version, holds_at = now(), backup_id = null, drop_after = now() + make_interval(days => $2) from exchanged where copies.id = exchanged.id ) update tenants set schema_version = exchanged.copy_version from exchanged where tenants.organization_id = exchanged.organization_id",
        None,
    )
}
impl CopyExchangeStmt {
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
        days: &'a i32,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id, days]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        CopyExchangeParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for CopyExchangeStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a CopyExchangeParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.id, &params.days))
    }
}
pub struct CopyReplaceStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn copy_replace() -> CopyReplaceStmt {
    CopyReplaceStmt(
        "with replaced as ( delete from copies where id = $1 returning organization_id, schema_version ) update tenants set schema_version = replaced.schema_version from replaced where tenants.organization_id = replaced.organization_id",
        None,
    )
}
impl CopyReplaceStmt {
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
pub struct OperationsBesideCancelStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operations_beside_cancel() -> OperationsBesideCancelStmt {
    OperationsBesideCancelStmt(
        "update operations set cancelled_by = $1, due_at = case when worker is null then now() else due_at end where organization_id = $2 and state = 'RUNNING' and cancelled_by is null and id <> $3",
        None,
    )
}
impl OperationsBesideCancelStmt {
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
        actor: &'a T1,
        organization_id: &'a uuid::Uuid,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[actor, organization_id, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        OperationsBesideCancelParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for OperationsBesideCancelStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a OperationsBesideCancelParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.actor, &params.organization_id, &params.id))
    }
}
pub struct OperationsBesideStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn operations_beside() -> OperationsBesideStmt {
    OperationsBesideStmt(
        "select id, kind from operations where organization_id = $1 and state = 'RUNNING' and id <> $2 order by id limit $3",
        None,
    )
}
impl OperationsBesideStmt {
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
        id: &'a uuid::Uuid,
        row_limit: &'a i64,
    ) -> OperationsBesideQuery<'c, 'a, 's, C, OperationsBeside, 3> {
        OperationsBesideQuery {
            client,
            params: [organization_id, id, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<OperationsBesideBorrowed, tokio_postgres::Error> {
                Ok(OperationsBesideBorrowed {
                    id: row.try_get(0)?,
                    kind: row.try_get(1)?,
                })
            },
            mapper: |it| OperationsBeside::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        OperationsBesideParams,
        OperationsBesideQuery<'c, 'a, 's, C, OperationsBeside, 3>,
        C,
    > for OperationsBesideStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a OperationsBesideParams,
    ) -> OperationsBesideQuery<'c, 'a, 's, C, OperationsBeside, 3> {
        self.bind(client, &params.organization_id, &params.id, &params.row_limit)
    }
}
pub struct DrillInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn drill_insert() -> DrillInsertStmt {
    DrillInsertStmt("insert into drills (id, organization_id, backup_id) values ($1, $2, $3)", None)
}
impl DrillInsertStmt {
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
        organization_id: &'a uuid::Uuid,
        backup_id: &'a Option<uuid::Uuid>,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id, organization_id, backup_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DrillInsertParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DrillInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DrillInsertParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.id, &params.organization_id, &params.backup_id))
    }
}
pub struct DrillNoteStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn drill_note() -> DrillNoteStmt {
    DrillNoteStmt("update drills set finished_at = now(), failed_why = $1 where id = $2", None)
}
impl DrillNoteStmt {
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
        failed_why: &'a Option<T1>,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[failed_why, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DrillNoteParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DrillNoteStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DrillNoteParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.failed_why, &params.id))
    }
}
pub struct DrillMeasuredStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn drill_measured() -> DrillMeasuredStmt {
    DrillMeasuredStmt("update drills set holds_at = $1, restore_seconds = $2 where id = $3", None)
}
impl DrillMeasuredStmt {
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
        holds_at: &'a jiff::Timestamp,
        restore_seconds: &'a f64,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[holds_at, restore_seconds, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DrillMeasuredParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DrillMeasuredStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DrillMeasuredParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.holds_at, &params.restore_seconds, &params.id))
    }
}
pub struct DrillCheckedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn drill_checked() -> DrillCheckedStmt {
    DrillCheckedStmt("update drills set checked = $1 where id = $2", None)
}
impl DrillCheckedStmt {
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
        checked: &'a T1,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[checked, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::JsonSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DrillCheckedParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DrillCheckedStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DrillCheckedParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.checked, &params.id))
    }
}
pub struct CopiesOverdueStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn copies_overdue() -> CopiesOverdueStmt {
    CopiesOverdueStmt(
        "select copies.id, copies.organization_id, organizations.subdomain::text as subdomain, organizations.number, copies.server_id, servers.name as server, copies.database_name, copies.state, copies.backup_id, copies.holds_at, copies.schema_version, copies.was_live, copies.lived_until, copies.created_at, copies.drop_after, inspections.open_until from copies left join inspections on inspections.copy_id = copies.id join organizations on organizations.id = copies.organization_id join servers on servers.id = copies.server_id where copies.drop_after < now() - make_interval(mins => $1) and not exists ( select from legal_holds where legal_holds.organization_id = copies.organization_id ) order by copies.drop_after, copies.id limit $2",
        None,
    )
}
impl CopiesOverdueStmt {
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
    ) -> CopyQuery<'c, 'a, 's, C, Copy, 2> {
        CopyQuery {
            client,
            params: [minutes, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CopyBorrowed, tokio_postgres::Error> {
                Ok(CopyBorrowed {
                    id: row.try_get(0)?,
                    organization_id: row.try_get(1)?,
                    subdomain: row.try_get(2)?,
                    number: row.try_get(3)?,
                    server_id: row.try_get(4)?,
                    server: row.try_get(5)?,
                    database_name: row.try_get(6)?,
                    state: row.try_get(7)?,
                    backup_id: row.try_get(8)?,
                    holds_at: row.try_get(9)?,
                    schema_version: row.try_get(10)?,
                    was_live: row.try_get(11)?,
                    lived_until: row.try_get(12)?,
                    created_at: row.try_get(13)?,
                    drop_after: row.try_get(14)?,
                    open_until: row.try_get(15)?,
                })
            },
            mapper: |it| Copy::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        CopiesOverdueParams,
        CopyQuery<'c, 'a, 's, C, Copy, 2>,
        C,
    > for CopiesOverdueStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a CopiesOverdueParams,
    ) -> CopyQuery<'c, 'a, 's, C, Copy, 2> {
        self.bind(client, &params.minutes, &params.row_limit)
    }
}
