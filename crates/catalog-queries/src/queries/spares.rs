// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct SpareInsertParams<T1: crate::BytesSql, T2: crate::StringSql> {
    pub id: uuid::Uuid,
    pub server_id: uuid::Uuid,
    pub database_password_sealed: T1,
    pub database_password_verifier: T2,
    pub schema_version: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct SpareTakeParams {
    pub server_id: uuid::Uuid,
    pub schema_version: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Spare {
    pub id: uuid::Uuid,
    pub number: i64,
    pub server_id: uuid::Uuid,
    pub database_password_sealed: Vec<u8>,
    pub database_password_verifier: String,
    pub schema_version: i64,
    pub state: String,
}
pub struct SpareBorrowed<'a> {
    pub id: uuid::Uuid,
    pub number: i64,
    pub server_id: uuid::Uuid,
    pub database_password_sealed: &'a [u8],
    pub database_password_verifier: &'a str,
    pub schema_version: i64,
    pub state: &'a str,
}
impl<'a> From<SpareBorrowed<'a>> for Spare {
    fn from(
        SpareBorrowed {
            id,
            number,
            server_id,
            database_password_sealed,
            database_password_verifier,
            schema_version,
            state,
        }: SpareBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            number,
            server_id,
            database_password_sealed: database_password_sealed.into(),
            database_password_verifier: database_password_verifier.into(),
            schema_version,
            state: state.into(),
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
pub struct SpareQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<SpareBorrowed, tokio_postgres::Error>,
    mapper: fn(SpareBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> SpareQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(SpareBorrowed) -> R) -> SpareQuery<'c, 'a, 's, C, R, N> {
        SpareQuery {
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
pub struct SpareInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn spare_insert() -> SpareInsertStmt {
    SpareInsertStmt(
        "insert into spares (id, server_id, database_password_sealed, database_password_verifier, schema_version) values ($1, $2, $3, $4, $5) returning number",
        None,
    )
}
impl SpareInsertStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql, T2: crate::StringSql>(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
        server_id: &'a uuid::Uuid,
        database_password_sealed: &'a T1,
        database_password_verifier: &'a T2,
        schema_version: &'a i64,
    ) -> I64Query<'c, 'a, 's, C, i64, 5> {
        I64Query {
            client,
            params: [
                id,
                server_id,
                database_password_sealed,
                database_password_verifier,
                schema_version,
            ],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        SpareInsertParams<T1, T2>,
        I64Query<'c, 'a, 's, C, i64, 5>,
        C,
    > for SpareInsertStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a SpareInsertParams<T1, T2>,
    ) -> I64Query<'c, 'a, 's, C, i64, 5> {
        self.bind(
            client,
            &params.id,
            &params.server_id,
            &params.database_password_sealed,
            &params.database_password_verifier,
            &params.schema_version,
        )
    }
}
pub struct SpareFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn spare_fetch() -> SpareFetchStmt {
    SpareFetchStmt(
        "select id, number, server_id, database_password_sealed, database_password_verifier, schema_version, state from spares where id = $1",
        None,
    )
}
impl SpareFetchStmt {
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
    ) -> SpareQuery<'c, 'a, 's, C, Spare, 1> {
        SpareQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<SpareBorrowed, tokio_postgres::Error> {
                Ok(SpareBorrowed {
                    id: row.try_get(0)?,
                    number: row.try_get(1)?,
                    server_id: row.try_get(2)?,
                    database_password_sealed: row.try_get(3)?,
                    database_password_verifier: row.try_get(4)?,
                    schema_version: row.try_get(5)?,
                    state: row.try_get(6)?,
                })
            },
            mapper: |it| Spare::from(it),
        }
    }
}
pub struct SpareTakeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn spare_take() -> SpareTakeStmt {
    SpareTakeStmt(
        "delete from spares where id = ( select id from spares where server_id = $1 and state = 'READY' and schema_version = $2 order by number limit 1 for update skip locked ) returning id, number, server_id, database_password_sealed, database_password_verifier, schema_version, state",
        None,
    )
}
impl SpareTakeStmt {
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
        schema_version: &'a i64,
    ) -> SpareQuery<'c, 'a, 's, C, Spare, 2> {
        SpareQuery {
            client,
            params: [server_id, schema_version],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<SpareBorrowed, tokio_postgres::Error> {
                Ok(SpareBorrowed {
                    id: row.try_get(0)?,
                    number: row.try_get(1)?,
                    server_id: row.try_get(2)?,
                    database_password_sealed: row.try_get(3)?,
                    database_password_verifier: row.try_get(4)?,
                    schema_version: row.try_get(5)?,
                    state: row.try_get(6)?,
                })
            },
            mapper: |it| Spare::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        SpareTakeParams,
        SpareQuery<'c, 'a, 's, C, Spare, 2>,
        C,
    > for SpareTakeStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a SpareTakeParams,
    ) -> SpareQuery<'c, 'a, 's, C, Spare, 2> {
        self.bind(client, &params.server_id, &params.schema_version)
    }
}
pub struct SpareKeepStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn spare_keep() -> SpareKeepStmt {
    SpareKeepStmt("update spares set state = 'READY' where id = $1 and state = 'MAKING'", None)
}
impl SpareKeepStmt {
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
pub struct SpareCondemnStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn spare_condemn() -> SpareCondemnStmt {
    SpareCondemnStmt("update spares set state = 'DROPPING' where id = $1 and state = 'READY'", None)
}
impl SpareCondemnStmt {
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
pub struct SpareDeleteStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn spare_delete() -> SpareDeleteStmt {
    SpareDeleteStmt("delete from spares where id = $1", None)
}
impl SpareDeleteStmt {
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
pub struct SpareListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn spare_list() -> SpareListStmt {
    SpareListStmt(
        "select id, number, server_id, database_password_sealed, database_password_verifier, schema_version, state from spares order by number limit $1",
        None,
    )
}
impl SpareListStmt {
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
    ) -> SpareQuery<'c, 'a, 's, C, Spare, 1> {
        SpareQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<SpareBorrowed, tokio_postgres::Error> {
                Ok(SpareBorrowed {
                    id: row.try_get(0)?,
                    number: row.try_get(1)?,
                    server_id: row.try_get(2)?,
                    database_password_sealed: row.try_get(3)?,
                    database_password_verifier: row.try_get(4)?,
                    schema_version: row.try_get(5)?,
                    state: row.try_get(6)?,
                })
            },
            mapper: |it| Spare::from(it),
        }
    }
}
pub struct SparesPlanAloneStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn spares_plan_alone() -> SparesPlanAloneStmt {
    SparesPlanAloneStmt(
        "select pg_try_advisory_xact_lock(hashtext('cloison spares')) as alone",
        None,
    )
}
impl SparesPlanAloneStmt {
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
    ) -> BoolQuery<'c, 'a, 's, C, bool, 0> {
        BoolQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct SpareFailuresStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn spare_failures() -> SpareFailuresStmt {
    SpareFailuresStmt(
        "select distinct input ->> 'server' as server from operations where id > $1 and kind = 'make_spare' and state = 'FAILED'",
        None,
    )
}
impl SpareFailuresStmt {
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
        after: &'a uuid::Uuid,
    ) -> StringQuery<'c, 'a, 's, C, String, 1> {
        StringQuery {
            client,
            params: [after],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
