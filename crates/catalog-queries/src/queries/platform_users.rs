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
pub struct PlatformUserInsertParams<
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
pub struct PlatformUserPageParams<T1: crate::StringSql> {
    pub after: Option<T1>,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct PlatformUserSetRoleParams<T1: crate::StringSql> {
    pub role: T1,
    pub id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct PlatformUserSetDisabledParams {
    pub disabled: bool,
    pub id: uuid::Uuid,
}
#[derive(Debug)]
pub struct PlatformUserSetPasswordParams<T1: crate::StringSql> {
    pub password_hash: T1,
    pub id: uuid::Uuid,
}
#[derive(Debug)]
pub struct PlatformUserBeginTotpParams<T1: crate::BytesSql> {
    pub totp_secret_sealed: T1,
    pub id: uuid::Uuid,
}
#[derive(Debug)]
pub struct PlatformUserConfirmTotpParams<T1: crate::BytesSql> {
    pub id: uuid::Uuid,
    pub totp_secret_sealed: T1,
}
#[derive(Clone, Copy, Debug)]
pub struct PlatformUserSpendTotpParams {
    pub step: i64,
    pub id: uuid::Uuid,
}
#[derive(Debug, Clone, PartialEq)]
pub struct PlatformUser {
    pub id: uuid::Uuid,
    pub email: String,
    pub display_name: String,
    pub role: String,
    pub created_at: jiff::Timestamp,
    pub password_changed_at: Option<jiff::Timestamp>,
    pub totp_confirmed_at: Option<jiff::Timestamp>,
    pub disabled_at: Option<jiff::Timestamp>,
}
pub struct PlatformUserBorrowed<'a> {
    pub id: uuid::Uuid,
    pub email: &'a str,
    pub display_name: &'a str,
    pub role: &'a str,
    pub created_at: jiff::Timestamp,
    pub password_changed_at: Option<jiff::Timestamp>,
    pub totp_confirmed_at: Option<jiff::Timestamp>,
    pub disabled_at: Option<jiff::Timestamp>,
}
impl<'a> From<PlatformUserBorrowed<'a>> for PlatformUser {
    fn from(
        PlatformUserBorrowed {
            id,
            email,
            display_name,
            role,
            created_at,
            password_changed_at,
            totp_confirmed_at,
            disabled_at,
        }: PlatformUserBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            email: email.into(),
            display_name: display_name.into(),
            role: role.into(),
            created_at,
            password_changed_at,
            totp_confirmed_at,
            disabled_at,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Secrets {
    pub id: uuid::Uuid,
    pub email: String,
    pub role: String,
    pub password_hash: Option<String>,
    pub totp_secret_sealed: Option<Vec<u8>>,
    pub totp_confirmed_at: Option<jiff::Timestamp>,
    pub totp_last_step: i64,
    pub disabled_at: Option<jiff::Timestamp>,
}
pub struct SecretsBorrowed<'a> {
    pub id: uuid::Uuid,
    pub email: &'a str,
    pub role: &'a str,
    pub password_hash: Option<&'a str>,
    pub totp_secret_sealed: Option<&'a [u8]>,
    pub totp_confirmed_at: Option<jiff::Timestamp>,
    pub totp_last_step: i64,
    pub disabled_at: Option<jiff::Timestamp>,
}
impl<'a> From<SecretsBorrowed<'a>> for Secrets {
    fn from(
        SecretsBorrowed {
            id,
            email,
            role,
            password_hash,
            totp_secret_sealed,
            totp_confirmed_at,
            totp_last_step,
            disabled_at,
        }: SecretsBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            email: email.into(),
            role: role.into(),
            password_hash: password_hash.map(|v| v.into()),
            totp_secret_sealed: totp_secret_sealed.map(|v| v.into()),
            totp_confirmed_at,
            totp_last_step,
            disabled_at,
        }
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
pub struct PlatformUserQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<PlatformUserBorrowed, tokio_postgres::Error>,
    mapper: fn(PlatformUserBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> PlatformUserQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(PlatformUserBorrowed) -> R,
    ) -> PlatformUserQuery<'c, 'a, 's, C, R, N> {
        PlatformUserQuery {
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
pub struct SecretsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<SecretsBorrowed, tokio_postgres::Error>,
    mapper: fn(SecretsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> SecretsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(SecretsBorrowed) -> R) -> SecretsQuery<'c, 'a, 's, C, R, N> {
        SecretsQuery {
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
pub struct PlatformUserInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn platform_user_insert() -> PlatformUserInsertStmt {
    PlatformUserInsertStmt(
        "insert into platform_users (id, email, display_name, role) values ($1, $2::text::citext, $3, $4)",
        None,
    )
}
impl PlatformUserInsertStmt {
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
    >(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
        email: &'a T1,
        display_name: &'a T2,
        role: &'a T3,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id, email, display_name, role]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        PlatformUserInsertParams<T1, T2, T3>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for PlatformUserInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a PlatformUserInsertParams<T1, T2, T3>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.id, &params.email, &params.display_name, &params.role))
    }
}
pub struct PlatformUserFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn platform_user_fetch() -> PlatformUserFetchStmt {
    PlatformUserFetchStmt(
        "select id, email::text as email, display_name, role, created_at, password_changed_at, totp_confirmed_at, disabled_at from platform_users where email = $1::text::citext",
        None,
    )
}
impl PlatformUserFetchStmt {
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
        email: &'a T1,
    ) -> PlatformUserQuery<'c, 'a, 's, C, PlatformUser, 1> {
        PlatformUserQuery {
            client,
            params: [email],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<PlatformUserBorrowed, tokio_postgres::Error> {
                    Ok(PlatformUserBorrowed {
                        id: row.try_get(0)?,
                        email: row.try_get(1)?,
                        display_name: row.try_get(2)?,
                        role: row.try_get(3)?,
                        created_at: row.try_get(4)?,
                        password_changed_at: row.try_get(5)?,
                        totp_confirmed_at: row.try_get(6)?,
                        disabled_at: row.try_get(7)?,
                    })
                },
            mapper: |it| PlatformUser::from(it),
        }
    }
}
pub struct PlatformUserPageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn platform_user_page() -> PlatformUserPageStmt {
    PlatformUserPageStmt(
        "select id, email::text as email, display_name, role, created_at, password_changed_at, totp_confirmed_at, disabled_at from platform_users where $1::text is null or platform_users.email > $1::text::citext order by platform_users.email limit $2",
        None,
    )
}
impl PlatformUserPageStmt {
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
        after: &'a Option<T1>,
        row_limit: &'a i64,
    ) -> PlatformUserQuery<'c, 'a, 's, C, PlatformUser, 2> {
        PlatformUserQuery {
            client,
            params: [after, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<PlatformUserBorrowed, tokio_postgres::Error> {
                    Ok(PlatformUserBorrowed {
                        id: row.try_get(0)?,
                        email: row.try_get(1)?,
                        display_name: row.try_get(2)?,
                        role: row.try_get(3)?,
                        created_at: row.try_get(4)?,
                        password_changed_at: row.try_get(5)?,
                        totp_confirmed_at: row.try_get(6)?,
                        disabled_at: row.try_get(7)?,
                    })
                },
            mapper: |it| PlatformUser::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        PlatformUserPageParams<T1>,
        PlatformUserQuery<'c, 'a, 's, C, PlatformUser, 2>,
        C,
    > for PlatformUserPageStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a PlatformUserPageParams<T1>,
    ) -> PlatformUserQuery<'c, 'a, 's, C, PlatformUser, 2> {
        self.bind(client, &params.after, &params.row_limit)
    }
}
pub struct PlatformUserSecretsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn platform_user_secrets() -> PlatformUserSecretsStmt {
    PlatformUserSecretsStmt(
        "select id, email::text as email, role, password_hash, totp_secret_sealed, totp_confirmed_at, totp_last_step, disabled_at from platform_users where email = $1::text::citext",
        None,
    )
}
impl PlatformUserSecretsStmt {
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
        email: &'a T1,
    ) -> SecretsQuery<'c, 'a, 's, C, Secrets, 1> {
        SecretsQuery {
            client,
            params: [email],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<SecretsBorrowed, tokio_postgres::Error> {
                    Ok(SecretsBorrowed {
                        id: row.try_get(0)?,
                        email: row.try_get(1)?,
                        role: row.try_get(2)?,
                        password_hash: row.try_get(3)?,
                        totp_secret_sealed: row.try_get(4)?,
                        totp_confirmed_at: row.try_get(5)?,
                        totp_last_step: row.try_get(6)?,
                        disabled_at: row.try_get(7)?,
                    })
                },
            mapper: |it| Secrets::from(it),
        }
    }
}
pub struct PlatformUserSecretsOfIdStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn platform_user_secrets_of_id() -> PlatformUserSecretsOfIdStmt {
    PlatformUserSecretsOfIdStmt(
        "select id, email::text as email, role, password_hash, totp_secret_sealed, totp_confirmed_at, totp_last_step, disabled_at from platform_users where id = $1",
        None,
    )
}
impl PlatformUserSecretsOfIdStmt {
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
    ) -> SecretsQuery<'c, 'a, 's, C, Secrets, 1> {
        SecretsQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<SecretsBorrowed, tokio_postgres::Error> {
                    Ok(SecretsBorrowed {
                        id: row.try_get(0)?,
                        email: row.try_get(1)?,
                        role: row.try_get(2)?,
                        password_hash: row.try_get(3)?,
                        totp_secret_sealed: row.try_get(4)?,
                        totp_confirmed_at: row.try_get(5)?,
                        totp_last_step: row.try_get(6)?,
                        disabled_at: row.try_get(7)?,
                    })
                },
            mapper: |it| Secrets::from(it),
        }
    }
}
pub struct PlatformOwnerLockStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn platform_owner_lock() -> PlatformOwnerLockStmt {
    PlatformOwnerLockStmt(
        "select platform_users.id from platform_users where platform_users.role = 'owner' and platform_users.disabled_at is null and (platform_users.password_hash is not null or exists ( select from api_tokens where api_tokens.platform_user_id = platform_users.id and api_tokens.kind = 'api' and api_tokens.role = 'owner' and api_tokens.revoked_at is null and (api_tokens.expires_at is null or api_tokens.expires_at > now()) )) order by platform_users.id limit $1 for update of platform_users",
        None,
    )
}
impl PlatformOwnerLockStmt {
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
pub struct PlatformUserSetRoleStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn platform_user_set_role() -> PlatformUserSetRoleStmt {
    PlatformUserSetRoleStmt("update platform_users set role = $1 where id = $2", None)
}
impl PlatformUserSetRoleStmt {
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
        role: &'a T1,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[role, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        PlatformUserSetRoleParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for PlatformUserSetRoleStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a PlatformUserSetRoleParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.role, &params.id))
    }
}
pub struct PlatformUserSetDisabledStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn platform_user_set_disabled() -> PlatformUserSetDisabledStmt {
    PlatformUserSetDisabledStmt(
        "update platform_users set disabled_at = case when $1 then coalesce(disabled_at, now()) end where id = $2",
        None,
    )
}
impl PlatformUserSetDisabledStmt {
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
        disabled: &'a bool,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[disabled, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        PlatformUserSetDisabledParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for PlatformUserSetDisabledStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a PlatformUserSetDisabledParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.disabled, &params.id))
    }
}
pub struct PlatformUserSetPasswordStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn platform_user_set_password() -> PlatformUserSetPasswordStmt {
    PlatformUserSetPasswordStmt(
        "update platform_users set password_hash = $1, password_changed_at = now() where id = $2",
        None,
    )
}
impl PlatformUserSetPasswordStmt {
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
        password_hash: &'a T1,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[password_hash, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        PlatformUserSetPasswordParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for PlatformUserSetPasswordStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a PlatformUserSetPasswordParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.password_hash, &params.id))
    }
}
pub struct PlatformUserBeginTotpStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn platform_user_begin_totp() -> PlatformUserBeginTotpStmt {
    PlatformUserBeginTotpStmt(
        "update platform_users set totp_secret_sealed = $1 where id = $2 and totp_confirmed_at is null",
        None,
    )
}
impl PlatformUserBeginTotpStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql>(
        &'s self,
        client: &'c C,
        totp_secret_sealed: &'a T1,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[totp_secret_sealed, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::BytesSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        PlatformUserBeginTotpParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for PlatformUserBeginTotpStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a PlatformUserBeginTotpParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.totp_secret_sealed, &params.id))
    }
}
pub struct PlatformUserConfirmTotpStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn platform_user_confirm_totp() -> PlatformUserConfirmTotpStmt {
    PlatformUserConfirmTotpStmt(
        "update platform_users set totp_confirmed_at = now() where id = $1 and totp_secret_sealed = $2 and totp_confirmed_at is null",
        None,
    )
}
impl PlatformUserConfirmTotpStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql>(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
        totp_secret_sealed: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id, totp_secret_sealed]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::BytesSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        PlatformUserConfirmTotpParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for PlatformUserConfirmTotpStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a PlatformUserConfirmTotpParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.id, &params.totp_secret_sealed))
    }
}
pub struct PlatformUserSpendTotpStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn platform_user_spend_totp() -> PlatformUserSpendTotpStmt {
    PlatformUserSpendTotpStmt(
        "update platform_users set totp_last_step = $1 where id = $2 and totp_last_step < $1",
        None,
    )
}
impl PlatformUserSpendTotpStmt {
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
        step: &'a i64,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[step, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        PlatformUserSpendTotpParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for PlatformUserSpendTotpStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a PlatformUserSpendTotpParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.step, &params.id))
    }
}
pub struct PlatformUserClearTotpStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn platform_user_clear_totp() -> PlatformUserClearTotpStmt {
    PlatformUserClearTotpStmt(
        "update platform_users set totp_secret_sealed = null, totp_confirmed_at = null where id = $1",
        None,
    )
}
impl PlatformUserClearTotpStmt {
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
