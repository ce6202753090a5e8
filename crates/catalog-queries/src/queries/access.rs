// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct PlatformUserEnsureParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
> {
    pub id: uuid::Uuid,
    pub email: T1,
    pub display_name: T2,
    pub role: T3,
}
#[derive(Debug)]
pub struct ApiTokenInsertParams<T1: crate::StringSql, T2: crate::BytesSql, T3: crate::StringSql> {
    pub id: uuid::Uuid,
    pub platform_user_id: uuid::Uuid,
    pub name: T1,
    pub token_hash: T2,
    pub role: T3,
    pub expires_at: Option<jiff::Timestamp>,
}
#[derive(Debug, Clone, PartialEq)]
pub struct ApiTokenFetch {
    pub id: uuid::Uuid,
    pub role: String,
    pub email: String,
}
pub struct ApiTokenFetchBorrowed<'a> {
    pub id: uuid::Uuid,
    pub role: &'a str,
    pub email: &'a str,
}
impl<'a> From<ApiTokenFetchBorrowed<'a>> for ApiTokenFetch {
    fn from(ApiTokenFetchBorrowed { id, role, email }: ApiTokenFetchBorrowed<'a>) -> Self {
        Self { id, role: role.into(), email: email.into() }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
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
pub struct ApiTokenFetchQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ApiTokenFetchBorrowed, tokio_postgres::Error>,
    mapper: fn(ApiTokenFetchBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ApiTokenFetchQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ApiTokenFetchBorrowed) -> R,
    ) -> ApiTokenFetchQuery<'c, 'a, 's, C, R, N> {
        ApiTokenFetchQuery {
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
pub struct PlatformUserEnsureStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn platform_user_ensure() -> PlatformUserEnsureStmt {
    PlatformUserEnsureStmt(
        "insert into platform_users (id, email, display_name, role) values ($1, $2::text::citext, $3, $4) on conflict on constraint platform_users_email_key do update set email = excluded.email returning id",
        None,
    )
}
impl PlatformUserEnsureStmt {
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
    >(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
        email: &'a T1,
        display_name: &'a T2,
        role: &'a T3,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 4> {
        UuidUuidQuery {
            client,
            params: [id, email, display_name, role],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        PlatformUserEnsureParams<T1, T2, T3>,
        UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 4>,
        C,
    > for PlatformUserEnsureStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a PlatformUserEnsureParams<T1, T2, T3>,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 4> {
        self.bind(client, &params.id, &params.email, &params.display_name, &params.role)
    }
}
pub struct ApiTokenInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn api_token_insert() -> ApiTokenInsertStmt {
    ApiTokenInsertStmt(
        "insert into api_tokens (id, platform_user_id, name, token_hash, role, expires_at) values ($1, $2, $3, $4, $5, $6)",
        None,
    )
}
impl ApiTokenInsertStmt {
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
    >(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
        platform_user_id: &'a uuid::Uuid,
        name: &'a T1,
        token_hash: &'a T2,
        role: &'a T3,
        expires_at: &'a Option<jiff::Timestamp>,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id, platform_user_id, name, token_hash, role, expires_at]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::BytesSql,
    T3: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ApiTokenInsertParams<T1, T2, T3>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ApiTokenInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ApiTokenInsertParams<T1, T2, T3>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.id,
            &params.platform_user_id,
            &params.name,
            &params.token_hash,
            &params.role,
            &params.expires_at,
        ))
    }
}
pub struct ApiTokenFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn api_token_fetch() -> ApiTokenFetchStmt {
    ApiTokenFetchStmt(
        "select api_tokens.id, api_tokens.role, platform_users.email::text as email from api_tokens join platform_users on platform_users.id = api_tokens.platform_user_id where api_tokens.token_hash = $1 and api_tokens.revoked_at is null and (api_tokens.expires_at is null or api_tokens.expires_at > now()) and platform_users.disabled_at is null",
        None,
    )
}
impl ApiTokenFetchStmt {
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
    ) -> ApiTokenFetchQuery<'c, 'a, 's, C, ApiTokenFetch, 1> {
        ApiTokenFetchQuery {
            client,
            params: [token_hash],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ApiTokenFetchBorrowed, tokio_postgres::Error> {
                    Ok(ApiTokenFetchBorrowed {
                        id: row.try_get(0)?,
                        role: row.try_get(1)?,
                        email: row.try_get(2)?,
                    })
                },
            mapper: |it| ApiTokenFetch::from(it),
        }
    }
}
pub struct ApiTokenTouchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn api_token_touch() -> ApiTokenTouchStmt {
    ApiTokenTouchStmt(
        "update api_tokens set last_used_at = now() where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')",
        None,
    )
}
impl ApiTokenTouchStmt {
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
