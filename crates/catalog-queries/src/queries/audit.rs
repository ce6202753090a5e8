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
#[derive(Debug)]
pub struct AuditPageParams<T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql> {
    pub before: Option<i64>,
    pub actor: Option<T1>,
    pub action: Option<T2>,
    pub subject: Option<T3>,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct AuditChainParams {
    pub after: i64,
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
#[derive(Debug, Clone, PartialEq)]
pub struct AuditChain {
    pub id: i64,
    pub format: i16,
    pub written: String,
    pub actor: String,
    pub action: String,
    pub subject: String,
    pub detail: String,
    pub previous_hash: Vec<u8>,
    pub hash: Vec<u8>,
}
pub struct AuditChainBorrowed<'a> {
    pub id: i64,
    pub format: i16,
    pub written: &'a str,
    pub actor: &'a str,
    pub action: &'a str,
    pub subject: &'a str,
    pub detail: &'a str,
    pub previous_hash: &'a [u8],
    pub hash: &'a [u8],
}
impl<'a> From<AuditChainBorrowed<'a>> for AuditChain {
    fn from(
        AuditChainBorrowed {
            id,
            format,
            written,
            actor,
            action,
            subject,
            detail,
            previous_hash,
            hash,
        }: AuditChainBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            format,
            written: written.into(),
            actor: actor.into(),
            action: action.into(),
            subject: subject.into(),
            detail: detail.into(),
            previous_hash: previous_hash.into(),
            hash: hash.into(),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct AuditHead {
    pub last_id: i64,
    pub last_hash: Vec<u8>,
}
pub struct AuditHeadBorrowed<'a> {
    pub last_id: i64,
    pub last_hash: &'a [u8],
}
impl<'a> From<AuditHeadBorrowed<'a>> for AuditHead {
    fn from(AuditHeadBorrowed { last_id, last_hash }: AuditHeadBorrowed<'a>) -> Self {
        Self { last_id, last_hash: last_hash.into() }
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
pub struct AuditChainQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AuditChainBorrowed, tokio_postgres::Error>,
    mapper: fn(AuditChainBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AuditChainQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(AuditChainBorrowed) -> R,
    ) -> AuditChainQuery<'c, 'a, 's, C, R, N> {
        AuditChainQuery {
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
pub struct AuditHeadQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AuditHeadBorrowed, tokio_postgres::Error>,
    mapper: fn(AuditHeadBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AuditHeadQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(AuditHeadBorrowed) -> R) -> AuditHeadQuery<'c, 'a, 's, C, R, N> {
        AuditHeadQuery {
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
        "select id, at, actor, action, subject, detail from audit_log where ($1::bigint is null or id < $1::bigint) and ($2::text is null or actor = $2::text) and ($3::text is null or action = $3::text) and ($4::text is null or subject = $4::text) order by id desc limit $5",
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
        before: &'a Option<i64>,
        actor: &'a Option<T1>,
        action: &'a Option<T2>,
        subject: &'a Option<T3>,
        row_limit: &'a i64,
    ) -> AuditPageQuery<'c, 'a, 's, C, AuditPage, 5> {
        AuditPageQuery {
            client,
            params: [before, actor, action, subject, row_limit],
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
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AuditPageParams<T1, T2, T3>,
        AuditPageQuery<'c, 'a, 's, C, AuditPage, 5>,
        C,
    > for AuditPageStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AuditPageParams<T1, T2, T3>,
    ) -> AuditPageQuery<'c, 'a, 's, C, AuditPage, 5> {
        self.bind(
            client,
            &params.before,
            &params.actor,
            &params.action,
            &params.subject,
            &params.row_limit,
        )
    }
}
pub struct AuditChainStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn audit_chain() -> AuditChainStmt {
    AuditChainStmt(
        "select id, format, to_char(at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') as written, actor, action, subject, detail::text as detail, previous_hash, hash from audit_log where id > $1 order by id limit $2",
        None,
    )
}
impl AuditChainStmt {
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
        after: &'a i64,
        row_limit: &'a i64,
    ) -> AuditChainQuery<'c, 'a, 's, C, AuditChain, 2> {
        AuditChainQuery {
            client,
            params: [after, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<AuditChainBorrowed, tokio_postgres::Error> {
                    Ok(AuditChainBorrowed {
                        id: row.try_get(0)?,
                        format: row.try_get(1)?,
                        written: row.try_get(2)?,
                        actor: row.try_get(3)?,
                        action: row.try_get(4)?,
                        subject: row.try_get(5)?,
                        detail: row.try_get(6)?,
                        previous_hash: row.try_get(7)?,
                        hash: row.try_get(8)?,
                    })
                },
            mapper: |it| AuditChain::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AuditChainParams,
        AuditChainQuery<'c, 'a, 's, C, AuditChain, 2>,
        C,
    > for AuditChainStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AuditChainParams,
    ) -> AuditChainQuery<'c, 'a, 's, C, AuditChain, 2> {
        self.bind(client, &params.after, &params.row_limit)
    }
}
pub struct AuditHeadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn audit_head() -> AuditHeadStmt {
    AuditHeadStmt("select last_id, last_hash from audit_head", None)
}
impl AuditHeadStmt {
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
    ) -> AuditHeadQuery<'c, 'a, 's, C, AuditHead, 0> {
        AuditHeadQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<AuditHeadBorrowed, tokio_postgres::Error> {
                    Ok(AuditHeadBorrowed { last_id: row.try_get(0)?, last_hash: row.try_get(1)? })
                },
            mapper: |it| AuditHead::from(it),
        }
    }
}
