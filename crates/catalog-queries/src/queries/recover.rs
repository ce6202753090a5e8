// This file was generated with `cornucopia`. Do not modify.

#[derive(Clone, Copy, Debug)]
pub struct RecoveredOrganizationsParams {
    pub after: Option<uuid::Uuid>,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct RecoveredBackupsParams {
    pub after: Option<uuid::Uuid>,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct RecoveredOperationsGoOnParams<T1: crate::StringSql, T2: crate::ArraySql<Item = T1>> {
    pub kinds_to_wait: T2,
    pub seconds: f64,
    pub token: i64,
}
#[derive(Debug)]
pub struct RecoveredOperationsWaitingParams<T1: crate::StringSql, T2: crate::ArraySql<Item = T1>> {
    pub kinds_to_wait: T2,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct RecoveredNodeInsertParams<T1: crate::StringSql> {
    pub id: uuid::Uuid,
    pub name: T1,
}
#[derive(Debug)]
pub struct RecoveredServerMoveParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
> {
    pub host: T1,
    pub port: i32,
    pub admin_host: T2,
    pub admin_role: T3,
    pub name: T4,
}
#[derive(Debug, Clone, PartialEq)]
pub struct RecoveredOrganizations {
    pub id: uuid::Uuid,
    pub number: i64,
    pub subdomain: String,
    pub server_id: Option<uuid::Uuid>,
    pub database_name: Option<String>,
    pub phase: Option<String>,
    pub schema_version: Option<i64>,
}
pub struct RecoveredOrganizationsBorrowed<'a> {
    pub id: uuid::Uuid,
    pub number: i64,
    pub subdomain: &'a str,
    pub server_id: Option<uuid::Uuid>,
    pub database_name: Option<&'a str>,
    pub phase: Option<&'a str>,
    pub schema_version: Option<i64>,
}
impl<'a> From<RecoveredOrganizationsBorrowed<'a>> for RecoveredOrganizations {
    fn from(
        RecoveredOrganizationsBorrowed {
            id,
            number,
            subdomain,
            server_id,
            database_name,
            phase,
            schema_version,
        }: RecoveredOrganizationsBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            number,
            subdomain: subdomain.into(),
            server_id,
            database_name: database_name.map(|v| v.into()),
            phase: phase.map(|v| v.into()),
            schema_version,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct RecoveredBackups {
    pub id: uuid::Uuid,
    pub organization_id: uuid::Uuid,
}
#[derive(Debug, Clone, PartialEq)]
pub struct RecoveredGraceRenew {
    pub operation_id: uuid::Uuid,
    pub subdomain: String,
    pub ends_at: jiff::Timestamp,
}
pub struct RecoveredGraceRenewBorrowed<'a> {
    pub operation_id: uuid::Uuid,
    pub subdomain: &'a str,
    pub ends_at: jiff::Timestamp,
}
impl<'a> From<RecoveredGraceRenewBorrowed<'a>> for RecoveredGraceRenew {
    fn from(
        RecoveredGraceRenewBorrowed {
            operation_id,
            subdomain,
            ends_at,
        }: RecoveredGraceRenewBorrowed<'a>,
    ) -> Self {
        Self { operation_id, subdomain: subdomain.into(), ends_at }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct RecoveredOperationsWaiting {
    pub id: uuid::Uuid,
    pub kind: String,
    pub step: String,
    pub direction: String,
    pub subdomain: Option<String>,
}
pub struct RecoveredOperationsWaitingBorrowed<'a> {
    pub id: uuid::Uuid,
    pub kind: &'a str,
    pub step: &'a str,
    pub direction: &'a str,
    pub subdomain: Option<&'a str>,
}
impl<'a> From<RecoveredOperationsWaitingBorrowed<'a>> for RecoveredOperationsWaiting {
    fn from(
        RecoveredOperationsWaitingBorrowed {
            id,
            kind,
            step,
            direction,
            subdomain,
        }: RecoveredOperationsWaitingBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            kind: kind.into(),
            step: step.into(),
            direction: direction.into(),
            subdomain: subdomain.map(|v| v.into()),
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct RecoveredOrganizationsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor:
        fn(&tokio_postgres::Row) -> Result<RecoveredOrganizationsBorrowed, tokio_postgres::Error>,
    mapper: fn(RecoveredOrganizationsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RecoveredOrganizationsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(RecoveredOrganizationsBorrowed) -> R,
    ) -> RecoveredOrganizationsQuery<'c, 'a, 's, C, R, N> {
        RecoveredOrganizationsQuery {
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
pub struct RecoveredBackupsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<RecoveredBackups, tokio_postgres::Error>,
    mapper: fn(RecoveredBackups) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RecoveredBackupsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(RecoveredBackups) -> R,
    ) -> RecoveredBackupsQuery<'c, 'a, 's, C, R, N> {
        RecoveredBackupsQuery {
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
pub struct RecoveredGraceRenewQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor:
        fn(&tokio_postgres::Row) -> Result<RecoveredGraceRenewBorrowed, tokio_postgres::Error>,
    mapper: fn(RecoveredGraceRenewBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RecoveredGraceRenewQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(RecoveredGraceRenewBorrowed) -> R,
    ) -> RecoveredGraceRenewQuery<'c, 'a, 's, C, R, N> {
        RecoveredGraceRenewQuery {
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
pub struct RecoveredOperationsWaitingQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(
        &tokio_postgres::Row,
    ) -> Result<RecoveredOperationsWaitingBorrowed, tokio_postgres::Error>,
    mapper: fn(RecoveredOperationsWaitingBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RecoveredOperationsWaitingQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(RecoveredOperationsWaitingBorrowed) -> R,
    ) -> RecoveredOperationsWaitingQuery<'c, 'a, 's, C, R, N> {
        RecoveredOperationsWaitingQuery {
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
pub struct RecoveredOrganizationsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_organizations() -> RecoveredOrganizationsStmt {
    RecoveredOrganizationsStmt(
        "select organizations.id, organizations.number, organizations.subdomain::text as subdomain, tenants.server_id, tenants.database_name, tenants.phase, tenants.schema_version from organizations left join tenants on tenants.organization_id = organizations.id where $1::uuid is null or organizations.id > $1::uuid order by organizations.id limit $2",
        None,
    )
}
impl RecoveredOrganizationsStmt {
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
        after: &'a Option<uuid::Uuid>,
        row_limit: &'a i64,
    ) -> RecoveredOrganizationsQuery<'c, 'a, 's, C, RecoveredOrganizations, 2> {
        RecoveredOrganizationsQuery {
            client,
            params: [after, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<RecoveredOrganizationsBorrowed, tokio_postgres::Error> {
                Ok(RecoveredOrganizationsBorrowed {
                    id: row.try_get(0)?,
                    number: row.try_get(1)?,
                    subdomain: row.try_get(2)?,
                    server_id: row.try_get(3)?,
                    database_name: row.try_get(4)?,
                    phase: row.try_get(5)?,
                    schema_version: row.try_get(6)?,
                })
            },
            mapper: |it| RecoveredOrganizations::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        RecoveredOrganizationsParams,
        RecoveredOrganizationsQuery<'c, 'a, 's, C, RecoveredOrganizations, 2>,
        C,
    > for RecoveredOrganizationsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RecoveredOrganizationsParams,
    ) -> RecoveredOrganizationsQuery<'c, 'a, 's, C, RecoveredOrganizations, 2> {
        self.bind(client, &params.after, &params.row_limit)
    }
}
pub struct RecoveredBackupsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_backups() -> RecoveredBackupsStmt {
    RecoveredBackupsStmt(
        "select id, organization_id from backups where $1::uuid is null or id > $1::uuid order by id limit $2",
        None,
    )
}
impl RecoveredBackupsStmt {
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
        after: &'a Option<uuid::Uuid>,
        row_limit: &'a i64,
    ) -> RecoveredBackupsQuery<'c, 'a, 's, C, RecoveredBackups, 2> {
        RecoveredBackupsQuery {
            client,
            params: [after, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<RecoveredBackups, tokio_postgres::Error> {
                    Ok(RecoveredBackups { id: row.try_get(0)?, organization_id: row.try_get(1)? })
                },
            mapper: |it| RecoveredBackups::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        RecoveredBackupsParams,
        RecoveredBackupsQuery<'c, 'a, 's, C, RecoveredBackups, 2>,
        C,
    > for RecoveredBackupsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RecoveredBackupsParams,
    ) -> RecoveredBackupsQuery<'c, 'a, 's, C, RecoveredBackups, 2> {
        self.bind(client, &params.after, &params.row_limit)
    }
}
pub struct RecoveredOperationsEndStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_operations_end() -> RecoveredOperationsEndStmt {
    RecoveredOperationsEndStmt(
        "update operations set state = case kind when 'erase' then 'DONE' else 'FAILED' end, error = case kind when 'erase' then null else 'its tenant was erased after the backup that the control database was recovered from' end, finished_at = now(), worker = null, waiting = null, cancelled_by = null where organization_id = $1 and state = 'RUNNING'",
        None,
    )
}
impl RecoveredOperationsEndStmt {
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
pub struct RecoveredSpareOperationsEndStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_spare_operations_end() -> RecoveredSpareOperationsEndStmt {
    RecoveredSpareOperationsEndStmt(
        "update operations set state = 'FAILED', error = 'the control database was recovered, and its spare could not be told from a tenant''s database', finished_at = now(), worker = null, waiting = null where spare_id = $1 and state = 'RUNNING'",
        None,
    )
}
impl RecoveredSpareOperationsEndStmt {
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
        spare_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[spare_id]).await
    }
}
pub struct RecoveredErasuresThinkAgainStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_erasures_think_again() -> RecoveredErasuresThinkAgainStmt {
    RecoveredErasuresThinkAgainStmt(
        "update operations set step = case step when 'close_tenant' then step else 'await_grace' end, attempts = 0, waiting = null where kind = 'erase' and state = 'RUNNING' and direction = 'FORWARD' and step in ('close_tenant', 'await_grace', 'fence', 'make_fiscal_archive')",
        None,
    )
}
impl RecoveredErasuresThinkAgainStmt {
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
pub struct RecoveredGraceRenewStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_grace_renew() -> RecoveredGraceRenewStmt {
    RecoveredGraceRenewStmt(
        "update erasure_requests set grace_from = now(), grace_seconds = greatest(grace_seconds, $1) from operations, organizations where organizations.id = erasure_requests.organization_id and operations.organization_id = erasure_requests.organization_id and operations.kind = 'erase' and operations.state = 'RUNNING' and operations.direction = 'FORWARD' and operations.step in ('close_tenant', 'await_grace') returning operations.id as operation_id, organizations.subdomain::text as subdomain, now() + make_interval(secs => erasure_requests.grace_seconds) as ends_at",
        None,
    )
}
impl RecoveredGraceRenewStmt {
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
        grace_seconds_min: &'a i32,
    ) -> RecoveredGraceRenewQuery<'c, 'a, 's, C, RecoveredGraceRenew, 1> {
        RecoveredGraceRenewQuery {
            client,
            params: [grace_seconds_min],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<RecoveredGraceRenewBorrowed, tokio_postgres::Error> {
                Ok(RecoveredGraceRenewBorrowed {
                    operation_id: row.try_get(0)?,
                    subdomain: row.try_get(1)?,
                    ends_at: row.try_get(2)?,
                })
            },
            mapper: |it| RecoveredGraceRenew::from(it),
        }
    }
}
pub struct RecoveredOperationsGoOnStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_operations_go_on() -> RecoveredOperationsGoOnStmt {
    RecoveredOperationsGoOnStmt(
        "update operations set due_at = case when kind = any($1::text[]) then now() + make_interval(secs => $2) else now() end, worker = null, lease_token = lease_token # $3 where state = 'RUNNING'",
        None,
    )
}
impl RecoveredOperationsGoOnStmt {
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
        T2: crate::ArraySql<Item = T1>,
    >(
        &'s self,
        client: &'c C,
        kinds_to_wait: &'a T2,
        seconds: &'a f64,
        token: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[kinds_to_wait, seconds, token]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RecoveredOperationsGoOnParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for RecoveredOperationsGoOnStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RecoveredOperationsGoOnParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.kinds_to_wait, &params.seconds, &params.token))
    }
}
pub struct RecoveredOperationsWaitingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_operations_waiting() -> RecoveredOperationsWaitingStmt {
    RecoveredOperationsWaitingStmt(
        "select id, kind, step, direction, subdomain from operations where state = 'RUNNING' and kind = any($1::text[]) order by id limit $2",
        None,
    )
}
impl RecoveredOperationsWaitingStmt {
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
        kinds_to_wait: &'a T2,
        row_limit: &'a i64,
    ) -> RecoveredOperationsWaitingQuery<'c, 'a, 's, C, RecoveredOperationsWaiting, 2> {
        RecoveredOperationsWaitingQuery {
            client,
            params: [kinds_to_wait, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<RecoveredOperationsWaitingBorrowed, tokio_postgres::Error> {
                Ok(RecoveredOperationsWaitingBorrowed {
                    id: row.try_get(0)?,
                    kind: row.try_get(1)?,
                    step: row.try_get(2)?,
                    direction: row.try_get(3)?,
                    subdomain: row.try_get(4)?,
                })
            },
            mapper: |it| RecoveredOperationsWaiting::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::ArraySql<Item = T1>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        RecoveredOperationsWaitingParams<T1, T2>,
        RecoveredOperationsWaitingQuery<'c, 'a, 's, C, RecoveredOperationsWaiting, 2>,
        C,
    > for RecoveredOperationsWaitingStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RecoveredOperationsWaitingParams<T1, T2>,
    ) -> RecoveredOperationsWaitingQuery<'c, 'a, 's, C, RecoveredOperationsWaiting, 2> {
        self.bind(client, &params.kinds_to_wait, &params.row_limit)
    }
}
pub struct RecoveredOrganizationDeleteStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_organization_delete() -> RecoveredOrganizationDeleteStmt {
    RecoveredOrganizationDeleteStmt("delete from organizations where id = $1", None)
}
impl RecoveredOrganizationDeleteStmt {
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
pub struct RecoveredErasuresNumberMaxStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_erasures_number_max() -> RecoveredErasuresNumberMaxStmt {
    RecoveredErasuresNumberMaxStmt("select coalesce(max(number), 0) as number from erasures", None)
}
impl RecoveredErasuresNumberMaxStmt {
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
pub struct RecoveredNumberLastStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_number_last() -> RecoveredNumberLastStmt {
    RecoveredNumberLastStmt("select last_value as number from organizations_number_seq", None)
}
impl RecoveredNumberLastStmt {
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
pub struct RecoveredNumberRaiseStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_number_raise() -> RecoveredNumberRaiseStmt {
    RecoveredNumberRaiseStmt(
        "select setval('organizations_number_seq', greatest($1, last_value)) as number from organizations_number_seq",
        None,
    )
}
impl RecoveredNumberRaiseStmt {
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
    ) -> I64Query<'c, 'a, 's, C, i64, 1> {
        I64Query {
            client,
            params: [number],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct RecoveredEpochStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_epoch() -> RecoveredEpochStmt {
    RecoveredEpochStmt("select last_value as epoch from route_epoch", None)
}
impl RecoveredEpochStmt {
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
pub struct RecoveredEpochRaiseStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_epoch_raise() -> RecoveredEpochRaiseStmt {
    RecoveredEpochRaiseStmt(
        "select setval('route_epoch', greatest($1, last_value)) as epoch from route_epoch",
        None,
    )
}
impl RecoveredEpochRaiseStmt {
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
        epoch: &'a i64,
    ) -> I64Query<'c, 'a, 's, C, i64, 1> {
        I64Query {
            client,
            params: [epoch],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct RecoveredEventStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_event() -> RecoveredEventStmt {
    RecoveredEventStmt("select last_value as sequence from events_sequence_seq", None)
}
impl RecoveredEventStmt {
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
pub struct RecoveredEventRaiseStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_event_raise() -> RecoveredEventRaiseStmt {
    RecoveredEventRaiseStmt(
        "select setval('events_sequence_seq', greatest($1, last_value)) as sequence from events_sequence_seq",
        None,
    )
}
impl RecoveredEventRaiseStmt {
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
        sequence: &'a i64,
    ) -> I64Query<'c, 'a, 's, C, i64, 1> {
        I64Query {
            client,
            params: [sequence],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct RecoveredRoutesTouchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_routes_touch() -> RecoveredRoutesTouchStmt {
    RecoveredRoutesTouchStmt(
        "select count(route_changed(organization_id)) as routes from tenants",
        None,
    )
}
impl RecoveredRoutesTouchStmt {
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
pub struct RecoveredNodesClearStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_nodes_clear() -> RecoveredNodesClearStmt {
    RecoveredNodesClearStmt("delete from router_nodes", None)
}
impl RecoveredNodesClearStmt {
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
pub struct RecoveredNodeInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_node_insert() -> RecoveredNodeInsertStmt {
    RecoveredNodeInsertStmt("insert into router_nodes (id, name, round) values ($1, $2, 0)", None)
}
impl RecoveredNodeInsertStmt {
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
        name: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id, name]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RecoveredNodeInsertParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for RecoveredNodeInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RecoveredNodeInsertParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.id, &params.name))
    }
}
pub struct RecoveredSeatsReserveStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_seats_reserve() -> RecoveredSeatsReserveStmt {
    RecoveredSeatsReserveStmt(
        "insert into seat_leases (server_id, node_id, seats, kept, wanted, renewals, silent) select id, $1, (connection_budget + 1) / 2, (connection_budget + 1) / 2, 0, 0, true from servers",
        None,
    )
}
impl RecoveredSeatsReserveStmt {
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
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[node_id]).await
    }
}
pub struct RecoveredTenantsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_tenants() -> RecoveredTenantsStmt {
    RecoveredTenantsStmt("select count(*) as tenants from tenants", None)
}
impl RecoveredTenantsStmt {
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
pub struct RecoveredServerMoveStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recovered_server_move() -> RecoveredServerMoveStmt {
    RecoveredServerMoveStmt(
        "update servers set host = $1, port = $2, admin_host = $3, admin_role = $4 where name = $5",
        None,
    )
}
impl RecoveredServerMoveStmt {
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
    >(
        &'s self,
        client: &'c C,
        host: &'a T1,
        port: &'a i32,
        admin_host: &'a T2,
        admin_role: &'a T3,
        name: &'a T4,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[host, port, admin_host, admin_role, name]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RecoveredServerMoveParams<T1, T2, T3, T4>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for RecoveredServerMoveStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RecoveredServerMoveParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.host,
            &params.port,
            &params.admin_host,
            &params.admin_role,
            &params.name,
        ))
    }
}
