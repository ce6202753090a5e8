// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct SignInInsertParams<T1: crate::BytesSql, T2: crate::StringSql> {
    pub token_hash: T1,
    pub user_id: uuid::Uuid,
    pub now: jiff::Timestamp,
    pub expires_at: jiff::Timestamp,
    pub user_agent: T2,
}
#[derive(Debug)]
pub struct SignInFindParams<T1: crate::BytesSql> {
    pub token_hash: T1,
    pub now: jiff::Timestamp,
}
#[derive(Debug)]
pub struct SignInTouchParams<T1: crate::BytesSql> {
    pub now: jiff::Timestamp,
    pub expires_at: jiff::Timestamp,
    pub token_hash: T1,
}
#[derive(Debug, Clone, PartialEq)]
pub struct SignIn {
    pub user_id: uuid::Uuid,
    pub email: String,
    pub display_name: String,
    pub role: String,
    pub locale: String,
    pub status: String,
    pub created_at: jiff::Timestamp,
    pub last_seen_at: jiff::Timestamp,
    pub expires_at: jiff::Timestamp,
}
pub struct SignInBorrowed<'a> {
    pub user_id: uuid::Uuid,
    pub email: &'a str,
    pub display_name: &'a str,
    pub role: &'a str,
    pub locale: &'a str,
    pub status: &'a str,
    pub created_at: jiff::Timestamp,
    pub last_seen_at: jiff::Timestamp,
    pub expires_at: jiff::Timestamp,
}
impl<'a> From<SignInBorrowed<'a>> for SignIn {
    fn from(
        SignInBorrowed {
            user_id,
            email,
            display_name,
            role,
            locale,
            status,
            created_at,
            last_seen_at,
            expires_at,
        }: SignInBorrowed<'a>,
    ) -> Self {
        Self {
            user_id,
            email: email.into(),
            display_name: display_name.into(),
            role: role.into(),
            locale: locale.into(),
            status: status.into(),
            created_at,
            last_seen_at,
            expires_at,
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct SignInQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<SignInBorrowed, tokio_postgres::Error>,
    mapper: fn(SignInBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> SignInQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(SignInBorrowed) -> R) -> SignInQuery<'c, 'a, 's, C, R, N> {
        SignInQuery {
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
pub struct SignInInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn sign_in_insert() -> SignInInsertStmt {
    SignInInsertStmt(
        "insert into sign_ins (token_hash, user_id, created_at, last_seen_at, expires_at, user_agent) values ($1, $2, $3, $3, $4, $5)",
        None,
    )
}
impl SignInInsertStmt {
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
        user_id: &'a uuid::Uuid,
        now: &'a jiff::Timestamp,
        expires_at: &'a jiff::Timestamp,
        user_agent: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[token_hash, user_id, now, expires_at, user_agent]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::BytesSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SignInInsertParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for SignInInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SignInInsertParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.token_hash,
            &params.user_id,
            &params.now,
            &params.expires_at,
            &params.user_agent,
        ))
    }
}
pub struct SignInFindStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn sign_in_find() -> SignInFindStmt {
    SignInFindStmt(
        "select u.id as user_id, u.email, u.display_name, u.role, u.locale, u.status, i.created_at, i.last_seen_at, i.expires_at from sign_ins i join users u on u.id = i.user_id where i.token_hash = $1 and i.expires_at > $2 and u.status <> 'DISABLED'",
        None,
    )
}
impl SignInFindStmt {
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
        now: &'a jiff::Timestamp,
    ) -> SignInQuery<'c, 'a, 's, C, SignIn, 2> {
        SignInQuery {
            client,
            params: [token_hash, now],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<SignInBorrowed, tokio_postgres::Error> {
                    Ok(SignInBorrowed {
                        user_id: row.try_get(0)?,
                        email: row.try_get(1)?,
                        display_name: row.try_get(2)?,
                        role: row.try_get(3)?,
                        locale: row.try_get(4)?,
                        status: row.try_get(5)?,
                        created_at: row.try_get(6)?,
                        last_seen_at: row.try_get(7)?,
                        expires_at: row.try_get(8)?,
                    })
                },
            mapper: |it| SignIn::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        SignInFindParams<T1>,
        SignInQuery<'c, 'a, 's, C, SignIn, 2>,
        C,
    > for SignInFindStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a SignInFindParams<T1>,
    ) -> SignInQuery<'c, 'a, 's, C, SignIn, 2> {
        self.bind(client, &params.token_hash, &params.now)
    }
}
pub struct SignInTouchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn sign_in_touch() -> SignInTouchStmt {
    SignInTouchStmt(
        "update sign_ins set last_seen_at = $1, expires_at = $2 where token_hash = $3",
        None,
    )
}
impl SignInTouchStmt {
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
        now: &'a jiff::Timestamp,
        expires_at: &'a jiff::Timestamp,
        token_hash: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[now, expires_at, token_hash]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::BytesSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SignInTouchParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for SignInTouchStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SignInTouchParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.now, &params.expires_at, &params.token_hash))
    }
}
pub struct SignInDeleteStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn sign_in_delete() -> SignInDeleteStmt {
    SignInDeleteStmt("delete from sign_ins where token_hash = $1", None)
}
impl SignInDeleteStmt {
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
        token_hash: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[token_hash]).await
    }
}
pub struct SignInsDeleteOfUserStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn sign_ins_delete_of_user() -> SignInsDeleteOfUserStmt {
    SignInsDeleteOfUserStmt("delete from sign_ins where user_id = $1", None)
}
impl SignInsDeleteOfUserStmt {
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
        user_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[user_id]).await
    }
}
pub struct SignInsDeleteExpiredStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn sign_ins_delete_expired() -> SignInsDeleteExpiredStmt {
    SignInsDeleteExpiredStmt(
        "delete from sign_ins where token_hash in ( select token_hash from sign_ins where expires_at <= $1 order by expires_at limit 1000 )",
        None,
    )
}
impl SignInsDeleteExpiredStmt {
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
        now: &'a jiff::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[now]).await
    }
}
