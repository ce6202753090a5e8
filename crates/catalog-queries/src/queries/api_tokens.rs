// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct ApiTokenInsertParams<
    T1: crate::StringSql,
    T2: crate::BytesSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
> {
    pub id: uuid::Uuid,
    pub platform_user_id: uuid::Uuid,
    pub name: T1,
    pub token_hash: T2,
    pub role: T3,
    pub kind: T4,
    pub expires_at: Option<jiff::Timestamp>,
}
#[derive(Debug)]
pub struct ApiTokenEnsureParams<T1: crate::StringSql, T2: crate::BytesSql, T3: crate::StringSql> {
    pub id: uuid::Uuid,
    pub platform_user_id: uuid::Uuid,
    pub name: T1,
    pub token_hash: T2,
    pub role: T3,
}
#[derive(Clone, Copy, Debug)]
pub struct ApiTokenPageParams {
    pub platform_user_id: Option<uuid::Uuid>,
    pub before: Option<uuid::Uuid>,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct ApiTokenUseParams<T1: crate::BytesSql, T2: crate::StringSql> {
    pub token_hash: T1,
    pub kind: T2,
}
#[derive(Debug)]
pub struct ApiTokenRevokeKindParams<T1: crate::StringSql> {
    pub platform_user_id: uuid::Uuid,
    pub kind: T1,
    pub except: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct ApiTokenForgetParams {
    pub days: i32,
    pub row_limit: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct ApiTokenAuthenticate {
    pub id: uuid::Uuid,
    pub kind: String,
    pub role: String,
    pub platform_user_id: uuid::Uuid,
    pub email: String,
    pub user_role: String,
}
pub struct ApiTokenAuthenticateBorrowed<'a> {
    pub id: uuid::Uuid,
    pub kind: &'a str,
    pub role: &'a str,
    pub platform_user_id: uuid::Uuid,
    pub email: &'a str,
    pub user_role: &'a str,
}
impl<'a> From<ApiTokenAuthenticateBorrowed<'a>> for ApiTokenAuthenticate {
    fn from(
        ApiTokenAuthenticateBorrowed {
            id,
            kind,
            role,
            platform_user_id,
            email,
            user_role,
        }: ApiTokenAuthenticateBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            kind: kind.into(),
            role: role.into(),
            platform_user_id,
            email: email.into(),
            user_role: user_role.into(),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ApiToken {
    pub id: uuid::Uuid,
    pub platform_user_id: uuid::Uuid,
    pub email: String,
    pub name: String,
    pub role: String,
    pub kind: String,
    pub created_at: jiff::Timestamp,
    pub expires_at: Option<jiff::Timestamp>,
    pub last_used_at: Option<jiff::Timestamp>,
    pub revoked_at: Option<jiff::Timestamp>,
}
pub struct ApiTokenBorrowed<'a> {
    pub id: uuid::Uuid,
    pub platform_user_id: uuid::Uuid,
    pub email: &'a str,
    pub name: &'a str,
    pub role: &'a str,
    pub kind: &'a str,
    pub created_at: jiff::Timestamp,
    pub expires_at: Option<jiff::Timestamp>,
    pub last_used_at: Option<jiff::Timestamp>,
    pub revoked_at: Option<jiff::Timestamp>,
}
impl<'a> From<ApiTokenBorrowed<'a>> for ApiToken {
    fn from(
        ApiTokenBorrowed {
            id,
            platform_user_id,
            email,
            name,
            role,
            kind,
            created_at,
            expires_at,
            last_used_at,
            revoked_at,
        }: ApiTokenBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            platform_user_id,
            email: email.into(),
            name: name.into(),
            role: role.into(),
            kind: kind.into(),
            created_at,
            expires_at,
            last_used_at,
            revoked_at,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ApiTokenUse {
    pub id: uuid::Uuid,
    pub role: String,
    pub platform_user_id: uuid::Uuid,
    pub email: String,
}
pub struct ApiTokenUseBorrowed<'a> {
    pub id: uuid::Uuid,
    pub role: &'a str,
    pub platform_user_id: uuid::Uuid,
    pub email: &'a str,
}
impl<'a> From<ApiTokenUseBorrowed<'a>> for ApiTokenUse {
    fn from(
        ApiTokenUseBorrowed { id, role, platform_user_id, email }: ApiTokenUseBorrowed<'a>,
    ) -> Self {
        Self { id, role: role.into(), platform_user_id, email: email.into() }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct OptionjiffTimestampQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<Option<jiff::Timestamp>, tokio_postgres::Error>,
    mapper: fn(Option<jiff::Timestamp>) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> OptionjiffTimestampQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(Option<jiff::Timestamp>) -> R,
    ) -> OptionjiffTimestampQuery<'c, 'a, 's, C, R, N> {
        OptionjiffTimestampQuery {
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
pub struct ApiTokenAuthenticateQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor:
        fn(&tokio_postgres::Row) -> Result<ApiTokenAuthenticateBorrowed, tokio_postgres::Error>,
    mapper: fn(ApiTokenAuthenticateBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ApiTokenAuthenticateQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ApiTokenAuthenticateBorrowed) -> R,
    ) -> ApiTokenAuthenticateQuery<'c, 'a, 's, C, R, N> {
        ApiTokenAuthenticateQuery {
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
pub struct ApiTokenQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ApiTokenBorrowed, tokio_postgres::Error>,
    mapper: fn(ApiTokenBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ApiTokenQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ApiTokenBorrowed) -> R) -> ApiTokenQuery<'c, 'a, 's, C, R, N> {
        ApiTokenQuery {
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
pub struct ApiTokenUseQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ApiTokenUseBorrowed, tokio_postgres::Error>,
    mapper: fn(ApiTokenUseBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ApiTokenUseQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ApiTokenUseBorrowed) -> R,
    ) -> ApiTokenUseQuery<'c, 'a, 's, C, R, N> {
        ApiTokenUseQuery {
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
pub struct ApiTokenInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn api_token_insert() -> ApiTokenInsertStmt {
    ApiTokenInsertStmt(
        "insert into api_tokens (id, platform_user_id, name, token_hash, role, kind, expires_at) values ($1, $2, $3, $4, $5, $6, $7)",
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
        T4: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
        platform_user_id: &'a uuid::Uuid,
        name: &'a T1,
        token_hash: &'a T2,
        role: &'a T3,
        kind: &'a T4,
        expires_at: &'a Option<jiff::Timestamp>,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(self.0, &[id, platform_user_id, name, token_hash, role, kind, expires_at])
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
        ApiTokenInsertParams<T1, T2, T3, T4>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ApiTokenInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ApiTokenInsertParams<T1, T2, T3, T4>,
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
            &params.kind,
            &params.expires_at,
        ))
    }
}
pub struct ApiTokenEnsureStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn api_token_ensure() -> ApiTokenEnsureStmt {
    ApiTokenEnsureStmt(
        "insert into api_tokens (id, platform_user_id, name, token_hash, role) values ($1, $2, $3, $4, $5) on conflict on constraint api_tokens_token_hash_key do update set name = excluded.name returning revoked_at",
        None,
    )
}
impl ApiTokenEnsureStmt {
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
    ) -> OptionjiffTimestampQuery<'c, 'a, 's, C, Option<jiff::Timestamp>, 5> {
        OptionjiffTimestampQuery {
            client,
            params: [id, platform_user_id, name, token_hash, role],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::BytesSql, T3: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ApiTokenEnsureParams<T1, T2, T3>,
        OptionjiffTimestampQuery<'c, 'a, 's, C, Option<jiff::Timestamp>, 5>,
        C,
    > for ApiTokenEnsureStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ApiTokenEnsureParams<T1, T2, T3>,
    ) -> OptionjiffTimestampQuery<'c, 'a, 's, C, Option<jiff::Timestamp>, 5> {
        self.bind(
            client,
            &params.id,
            &params.platform_user_id,
            &params.name,
            &params.token_hash,
            &params.role,
        )
    }
}
pub struct ApiTokenAuthenticateStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn api_token_authenticate() -> ApiTokenAuthenticateStmt {
    ApiTokenAuthenticateStmt(
        "select api_tokens.id, api_tokens.kind, api_tokens.role, api_tokens.platform_user_id, platform_users.email::text as email, platform_users.role as user_role from api_tokens join platform_users on platform_users.id = api_tokens.platform_user_id where api_tokens.token_hash = $1 and api_tokens.revoked_at is null and (api_tokens.expires_at is null or api_tokens.expires_at > now()) and platform_users.disabled_at is null",
        None,
    )
}
impl ApiTokenAuthenticateStmt {
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
    ) -> ApiTokenAuthenticateQuery<'c, 'a, 's, C, ApiTokenAuthenticate, 1> {
        ApiTokenAuthenticateQuery {
            client,
            params: [token_hash],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<ApiTokenAuthenticateBorrowed, tokio_postgres::Error> {
                Ok(ApiTokenAuthenticateBorrowed {
                    id: row.try_get(0)?,
                    kind: row.try_get(1)?,
                    role: row.try_get(2)?,
                    platform_user_id: row.try_get(3)?,
                    email: row.try_get(4)?,
                    user_role: row.try_get(5)?,
                })
            },
            mapper: |it| ApiTokenAuthenticate::from(it),
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
pub struct ApiTokenFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn api_token_fetch() -> ApiTokenFetchStmt {
    ApiTokenFetchStmt(
        "select api_tokens.id, api_tokens.platform_user_id, platform_users.email::text as email, api_tokens.name, api_tokens.role, api_tokens.kind, api_tokens.created_at, api_tokens.expires_at, api_tokens.last_used_at, api_tokens.revoked_at from api_tokens join platform_users on platform_users.id = api_tokens.platform_user_id where api_tokens.id = $1",
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
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
    ) -> ApiTokenQuery<'c, 'a, 's, C, ApiToken, 1> {
        ApiTokenQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ApiTokenBorrowed, tokio_postgres::Error> {
                    Ok(ApiTokenBorrowed {
                        id: row.try_get(0)?,
                        platform_user_id: row.try_get(1)?,
                        email: row.try_get(2)?,
                        name: row.try_get(3)?,
                        role: row.try_get(4)?,
                        kind: row.try_get(5)?,
                        created_at: row.try_get(6)?,
                        expires_at: row.try_get(7)?,
                        last_used_at: row.try_get(8)?,
                        revoked_at: row.try_get(9)?,
                    })
                },
            mapper: |it| ApiToken::from(it),
        }
    }
}
pub struct ApiTokenPageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn api_token_page() -> ApiTokenPageStmt {
    ApiTokenPageStmt(
        "select api_tokens.id, api_tokens.platform_user_id, platform_users.email::text as email, api_tokens.name, api_tokens.role, api_tokens.kind, api_tokens.created_at, api_tokens.expires_at, api_tokens.last_used_at, api_tokens.revoked_at from api_tokens join platform_users on platform_users.id = api_tokens.platform_user_id where ($1::uuid is null or api_tokens.platform_user_id = $1::uuid) and ($2::uuid is null or api_tokens.id < $2::uuid) order by api_tokens.id desc limit $3",
        None,
    )
}
impl ApiTokenPageStmt {
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
        platform_user_id: &'a Option<uuid::Uuid>,
        before: &'a Option<uuid::Uuid>,
        row_limit: &'a i64,
    ) -> ApiTokenQuery<'c, 'a, 's, C, ApiToken, 3> {
        ApiTokenQuery {
            client,
            params: [platform_user_id, before, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ApiTokenBorrowed, tokio_postgres::Error> {
                    Ok(ApiTokenBorrowed {
                        id: row.try_get(0)?,
                        platform_user_id: row.try_get(1)?,
                        email: row.try_get(2)?,
                        name: row.try_get(3)?,
                        role: row.try_get(4)?,
                        kind: row.try_get(5)?,
                        created_at: row.try_get(6)?,
                        expires_at: row.try_get(7)?,
                        last_used_at: row.try_get(8)?,
                        revoked_at: row.try_get(9)?,
                    })
                },
            mapper: |it| ApiToken::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ApiTokenPageParams,
        ApiTokenQuery<'c, 'a, 's, C, ApiToken, 3>,
        C,
    > for ApiTokenPageStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ApiTokenPageParams,
    ) -> ApiTokenQuery<'c, 'a, 's, C, ApiToken, 3> {
        self.bind(client, &params.platform_user_id, &params.before, &params.row_limit)
    }
}
pub struct ApiTokenUseStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn api_token_use() -> ApiTokenUseStmt {
    ApiTokenUseStmt(
        "update api_tokens set revoked_at = now(), last_used_at = now() from platform_users where api_tokens.token_hash = $1 and api_tokens.kind = $2 and api_tokens.revoked_at is null and api_tokens.expires_at > now() and platform_users.id = api_tokens.platform_user_id and platform_users.disabled_at is null returning api_tokens.id, api_tokens.role, api_tokens.platform_user_id, platform_users.email::text as email",
        None,
    )
}
impl ApiTokenUseStmt {
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
        token_hash: &'a T1,
        kind: &'a T2,
    ) -> ApiTokenUseQuery<'c, 'a, 's, C, ApiTokenUse, 2> {
        ApiTokenUseQuery {
            client,
            params: [token_hash, kind],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ApiTokenUseBorrowed, tokio_postgres::Error> {
                    Ok(ApiTokenUseBorrowed {
                        id: row.try_get(0)?,
                        role: row.try_get(1)?,
                        platform_user_id: row.try_get(2)?,
                        email: row.try_get(3)?,
                    })
                },
            mapper: |it| ApiTokenUse::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ApiTokenUseParams<T1, T2>,
        ApiTokenUseQuery<'c, 'a, 's, C, ApiTokenUse, 2>,
        C,
    > for ApiTokenUseStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ApiTokenUseParams<T1, T2>,
    ) -> ApiTokenUseQuery<'c, 'a, 's, C, ApiTokenUse, 2> {
        self.bind(client, &params.token_hash, &params.kind)
    }
}
pub struct ApiTokenRevokeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn api_token_revoke() -> ApiTokenRevokeStmt {
    ApiTokenRevokeStmt(
        "update api_tokens set revoked_at = now() where id = $1 and revoked_at is null",
        None,
    )
}
impl ApiTokenRevokeStmt {
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
pub struct ApiTokenRevokeKindStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn api_token_revoke_kind() -> ApiTokenRevokeKindStmt {
    ApiTokenRevokeKindStmt(
        "update api_tokens set revoked_at = now() where platform_user_id = $1 and kind = $2 and id <> $3 and revoked_at is null",
        None,
    )
}
impl ApiTokenRevokeKindStmt {
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
        platform_user_id: &'a uuid::Uuid,
        kind: &'a T1,
        except: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[platform_user_id, kind, except]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ApiTokenRevokeKindParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ApiTokenRevokeKindStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ApiTokenRevokeKindParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.platform_user_id, &params.kind, &params.except))
    }
}
pub struct ApiTokenForgetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn api_token_forget() -> ApiTokenForgetStmt {
    ApiTokenForgetStmt(
        "delete from api_tokens where id in ( select old.id from api_tokens as old where old.kind <> 'api' and old.expires_at < now() - make_interval(days => $1) order by old.id limit $2 for update skip locked )",
        None,
    )
}
impl ApiTokenForgetStmt {
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
        ApiTokenForgetParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ApiTokenForgetStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ApiTokenForgetParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.days, &params.row_limit))
    }
}
