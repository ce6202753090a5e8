// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct AuditAppendParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::JsonSql,
> {
    pub actor: T1,
    pub action: T2,
    pub subject: T3,
    pub detail: T4,
}
#[derive(Clone, Copy, Debug)]
pub struct AuditPageParams {
    pub before: Option<i64>,
    pub row_limit: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct AuditPage {
    pub id: i64,
    pub at: jiff::Timestamp,
    pub actor: String,
    pub action: String,
    pub subject: String,
    pub detail: serde_json::Value,
}
pub struct AuditPageBorrowed<'a> {
    pub id: i64,
    pub at: jiff::Timestamp,
    pub actor: &'a str,
    pub action: &'a str,
    pub subject: &'a str,
    pub detail: postgres_types::Json<&'a serde_json::value::RawValue>,
}
impl<'a> From<AuditPageBorrowed<'a>> for AuditPage {
    fn from(
        AuditPageBorrowed { id, at, actor, action, subject, detail }: AuditPageBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            at,
            actor: actor.into(),
            action: action.into(),
            subject: subject.into(),
            detail: serde_json::from_str(detail.0.get()).unwrap(),
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
pub struct AuditPageQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AuditPageBorrowed, tokio_postgres::Error>,
    mapper: fn(AuditPageBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AuditPageQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(AuditPageBorrowed) -> R) -> AuditPageQuery<'c, 'a, 's, C, R, N> {
        AuditPageQuery {
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
pub struct AuditAppendStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn audit_append() -> AuditAppendStmt {
    AuditAppendStmt("select audit_append($1, $2, $3, $4) as id", None)
}
impl AuditAppendStmt {
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
        T4: crate::JsonSql,
    >(
        &'s self,
        client: &'c C,
        actor: &'a T1,
        action: &'a T2,
        subject: &'a T3,
        detail: &'a T4,
    ) -> I64Query<'c, 'a, 's, C, i64, 4> {
        I64Query {
            client,
            params: [actor, action, subject, detail],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<
    'c,
    'a,
    's,
    C: GenericClient,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::JsonSql,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AuditAppendParams<T1, T2, T3, T4>,
        I64Query<'c, 'a, 's, C, i64, 4>,
        C,
    > for AuditAppendStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AuditAppendParams<T1, T2, T3, T4>,
    ) -> I64Query<'c, 'a, 's, C, i64, 4> {
        self.bind(client, &params.actor, &params.action, &params.subject, &params.detail)
    }
}
pub struct AuditPageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn audit_page() -> AuditPageStmt {
    AuditPageStmt(
        "select id, at, actor, action, subject, detail from audit_log where $1::bigint is null or id < $1::bigint order by id desc limit $2",
        None,
    )
}
impl AuditPageStmt {
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
        before: &'a Option<i64>,
        row_limit: &'a i64,
    ) -> AuditPageQuery<'c, 'a, 's, C, AuditPage, 2> {
        AuditPageQuery {
            client,
            params: [before, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<AuditPageBorrowed, tokio_postgres::Error> {
                    Ok(AuditPageBorrowed {
                        id: row.try_get(0)?,
                        at: row.try_get(1)?,
                        actor: row.try_get(2)?,
                        action: row.try_get(3)?,
                        subject: row.try_get(4)?,
                        detail: row.try_get(5)?,
                    })
                },
            mapper: |it| AuditPage::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AuditPageParams,
        AuditPageQuery<'c, 'a, 's, C, AuditPage, 2>,
        C,
    > for AuditPageStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AuditPageParams,
    ) -> AuditPageQuery<'c, 'a, 's, C, AuditPage, 2> {
        self.bind(client, &params.before, &params.row_limit)
    }
}
