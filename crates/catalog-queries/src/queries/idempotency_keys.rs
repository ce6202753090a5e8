// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct IdempotencyKeyFetchParams<T1: crate::StringSql> {
    pub actor_id: uuid::Uuid,
    pub key: T1,
}
#[derive(Debug)]
pub struct IdempotencyKeyInsertParams<T1: crate::StringSql, T2: crate::BytesSql> {
    pub actor_id: uuid::Uuid,
    pub key: T1,
    pub request_hash: T2,
    pub subject_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct IdempotencyKeyForgetParams {
    pub days: i32,
    pub row_limit: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct IdempotencyKeyFetch {
    pub request_hash: Vec<u8>,
    pub subject_id: uuid::Uuid,
}
pub struct IdempotencyKeyFetchBorrowed<'a> {
    pub request_hash: &'a [u8],
    pub subject_id: uuid::Uuid,
}
impl<'a> From<IdempotencyKeyFetchBorrowed<'a>> for IdempotencyKeyFetch {
    fn from(
        IdempotencyKeyFetchBorrowed { request_hash, subject_id }: IdempotencyKeyFetchBorrowed<'a>,
    ) -> Self {
        Self { request_hash: request_hash.into(), subject_id }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct IdempotencyKeyFetchQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor:
        fn(&tokio_postgres::Row) -> Result<IdempotencyKeyFetchBorrowed, tokio_postgres::Error>,
    mapper: fn(IdempotencyKeyFetchBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> IdempotencyKeyFetchQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(IdempotencyKeyFetchBorrowed) -> R,
    ) -> IdempotencyKeyFetchQuery<'c, 'a, 's, C, R, N> {
        IdempotencyKeyFetchQuery {
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
pub struct IdempotencyKeyFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn idempotency_key_fetch() -> IdempotencyKeyFetchStmt {
    IdempotencyKeyFetchStmt(
        "select request_hash, subject_id from idempotency_keys where actor_id = $1 and key = $2",
        None,
    )
}
impl IdempotencyKeyFetchStmt {
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
        actor_id: &'a uuid::Uuid,
        key: &'a T1,
    ) -> IdempotencyKeyFetchQuery<'c, 'a, 's, C, IdempotencyKeyFetch, 2> {
        IdempotencyKeyFetchQuery {
            client,
            params: [actor_id, key],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<IdempotencyKeyFetchBorrowed, tokio_postgres::Error> {
                Ok(IdempotencyKeyFetchBorrowed {
                    request_hash: row.try_get(0)?,
                    subject_id: row.try_get(1)?,
                })
            },
            mapper: |it| IdempotencyKeyFetch::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        IdempotencyKeyFetchParams<T1>,
        IdempotencyKeyFetchQuery<'c, 'a, 's, C, IdempotencyKeyFetch, 2>,
        C,
    > for IdempotencyKeyFetchStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a IdempotencyKeyFetchParams<T1>,
    ) -> IdempotencyKeyFetchQuery<'c, 'a, 's, C, IdempotencyKeyFetch, 2> {
        self.bind(client, &params.actor_id, &params.key)
    }
}
pub struct IdempotencyKeyInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn idempotency_key_insert() -> IdempotencyKeyInsertStmt {
    IdempotencyKeyInsertStmt(
        "insert into idempotency_keys (actor_id, key, request_hash, subject_id) values ($1, $2, $3, $4) on conflict on constraint idempotency_keys_pkey do nothing",
        None,
    )
}
impl IdempotencyKeyInsertStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::BytesSql>(
        &'s self,
        client: &'c C,
        actor_id: &'a uuid::Uuid,
        key: &'a T1,
        request_hash: &'a T2,
        subject_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[actor_id, key, request_hash, subject_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::BytesSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        IdempotencyKeyInsertParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for IdempotencyKeyInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a IdempotencyKeyInsertParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.actor_id,
            &params.key,
            &params.request_hash,
            &params.subject_id,
        ))
    }
}
pub struct IdempotencyKeyForgetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn idempotency_key_forget() -> IdempotencyKeyForgetStmt {
    IdempotencyKeyForgetStmt(
        "delete from idempotency_keys where (actor_id, key) in ( select old.actor_id, old.key from idempotency_keys as old where old.created_at < now() - make_interval(days => $1) order by old.created_at limit $2 for update skip locked )",
        None,
    )
}
impl IdempotencyKeyForgetStmt {
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
        row_limit: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[days, row_limit]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        IdempotencyKeyForgetParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for IdempotencyKeyForgetStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a IdempotencyKeyForgetParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.days, &params.row_limit))
    }
}
