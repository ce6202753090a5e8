// This file was generated with `cornucopia`. Do not modify.

#[derive(Clone, Copy, Debug)]
pub struct ClientErasureCountsParams {
    pub id: uuid::Uuid,
    pub now: jiff::Timestamp,
}
#[derive(Debug)]
pub struct ClientEraseParams<T1: crate::StringSql, T2: crate::ArraySql<Item = uuid::Uuid>> {
    pub name: T1,
    pub now: jiff::Timestamp,
    pub ids: T2,
}
#[derive(Debug)]
pub struct ClientEraseSessionsParams<T1: crate::StringSql, T2: crate::ArraySql<Item = uuid::Uuid>> {
    pub title: T1,
    pub ids: T2,
}
#[derive(Debug)]
pub struct ClientEraseAudioParams<T1: crate::StringSql, T2: crate::ArraySql<Item = uuid::Uuid>> {
    pub title: T1,
    pub ids: T2,
}
#[derive(Debug)]
pub struct ClientEraseDraftLinesParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
> {
    pub redacted: T1,
    pub said: T3,
}
#[derive(Debug)]
pub struct ClientEraseSaidInSessionsParams<
    T1: crate::StringSql,
    T2: crate::ArraySql<Item = T1>,
    T3: crate::StringSql,
    T4: crate::StringSql,
> {
    pub said: T2,
    pub redacted: T3,
    pub title: T4,
}
#[derive(Debug)]
pub struct ClientEraseSaidOfOthersParams<
    T1: crate::StringSql,
    T2: crate::ArraySql<Item = T1>,
    T3: crate::StringSql,
> {
    pub said: T2,
    pub redacted: T3,
}
#[derive(Debug)]
pub struct ClientEraseSaidElsewhereParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
    T4: crate::StringSql,
> {
    pub redacted: T1,
    pub said: T3,
    pub title: T4,
}
#[derive(Debug, Clone, PartialEq)]
pub struct ErasedClient {
    pub id: uuid::Uuid,
    pub display_name: String,
    pub legal_name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub siren: Option<String>,
    pub vat_number: Option<String>,
    pub status: String,
    pub version: i32,
}
pub struct ErasedClientBorrowed<'a> {
    pub id: uuid::Uuid,
    pub display_name: &'a str,
    pub legal_name: Option<&'a str>,
    pub email: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub siren: Option<&'a str>,
    pub vat_number: Option<&'a str>,
    pub status: &'a str,
    pub version: i32,
}
impl<'a> From<ErasedClientBorrowed<'a>> for ErasedClient {
    fn from(
        ErasedClientBorrowed {
            id,
            display_name,
            legal_name,
            email,
            phone,
            siren,
            vat_number,
            status,
            version,
        }: ErasedClientBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            display_name: display_name.into(),
            legal_name: legal_name.map(|v| v.into()),
            email: email.map(|v| v.into()),
            phone: phone.map(|v| v.into()),
            siren: siren.map(|v| v.into()),
            vat_number: vat_number.map(|v| v.into()),
            status: status.into(),
            version,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct ClientErasureCounts {
    pub sessions: i64,
    pub coming: i64,
    pub audio_files: i64,
    pub invoices: i64,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct ErasedClientQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ErasedClientBorrowed, tokio_postgres::Error>,
    mapper: fn(ErasedClientBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ErasedClientQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ErasedClientBorrowed) -> R,
    ) -> ErasedClientQuery<'c, 'a, 's, C, R, N> {
        ErasedClientQuery {
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
pub struct ClientErasureCountsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ClientErasureCounts, tokio_postgres::Error>,
    mapper: fn(ClientErasureCounts) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ClientErasureCountsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ClientErasureCounts) -> R,
    ) -> ClientErasureCountsQuery<'c, 'a, 's, C, R, N> {
        ClientErasureCountsQuery {
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
pub struct ClientErasureLockStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn client_erasure_lock() -> ClientErasureLockStmt {
    ClientErasureLockStmt(
        "with recursive person as ( select c.id from clients c where c.id = $1 union select merged.id from clients merged join person on person.id = merged.merged_into_id ) select c.id, c.display_name, c.legal_name, c.email, c.phone, c.siren, c.vat_number, c.status, c.version from clients c where c.id in (select person.id from person) order by c.id for update of c",
        None,
    )
}
impl ClientErasureLockStmt {
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
    ) -> ErasedClientQuery<'c, 'a, 's, C, ErasedClient, 1> {
        ErasedClientQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ErasedClientBorrowed, tokio_postgres::Error> {
                    Ok(ErasedClientBorrowed {
                        id: row.try_get(0)?,
                        display_name: row.try_get(1)?,
                        legal_name: row.try_get(2)?,
                        email: row.try_get(3)?,
                        phone: row.try_get(4)?,
                        siren: row.try_get(5)?,
                        vat_number: row.try_get(6)?,
                        status: row.try_get(7)?,
                        version: row.try_get(8)?,
                    })
                },
            mapper: |it| ErasedClient::from(it),
        }
    }
}
pub struct ClientErasureCountsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn client_erasure_counts() -> ClientErasureCountsStmt {
    ClientErasureCountsStmt(
        "select (select count(*) from sessions s where s.client_id = $1) as sessions, (select count(*) from sessions s where s.client_id = $1 and s.ends_at > $2 and s.status not in ('CANCELLED', 'EXPIRED')) as coming, (select count(*) from audio_files f where f.client_id = $1) as audio_files, (select count(*) from invoices i where i.client_id = $1 and i.status = 'ISSUED') as invoices",
        None,
    )
}
impl ClientErasureCountsStmt {
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
        now: &'a jiff::Timestamp,
    ) -> ClientErasureCountsQuery<'c, 'a, 's, C, ClientErasureCounts, 2> {
        ClientErasureCountsQuery {
            client,
            params: [id, now],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ClientErasureCounts, tokio_postgres::Error> {
                    Ok(ClientErasureCounts {
                        sessions: row.try_get(0)?,
                        coming: row.try_get(1)?,
                        audio_files: row.try_get(2)?,
                        invoices: row.try_get(3)?,
                    })
                },
            mapper: |it| ClientErasureCounts::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ClientErasureCountsParams,
        ClientErasureCountsQuery<'c, 'a, 's, C, ClientErasureCounts, 2>,
        C,
    > for ClientErasureCountsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ClientErasureCountsParams,
    ) -> ClientErasureCountsQuery<'c, 'a, 's, C, ClientErasureCounts, 2> {
        self.bind(client, &params.id, &params.now)
    }
}
pub struct ClientEraseStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn client_erase() -> ClientEraseStmt {
    ClientEraseStmt(
        "update clients set display_name = $1, legal_name = null, email = null, phone = null, siren = null, vat_number = null, notes = '', status = case when status = 'MERGED' then status else 'ERASED' end, erased_at = case when status = 'MERGED' then null else $2::timestamptz end, version = version + 1 where id = any ($3)",
        None,
    )
}
impl ClientEraseStmt {
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
        T2: crate::ArraySql<Item = uuid::Uuid>,
    >(
        &'s self,
        client: &'c C,
        name: &'a T1,
        now: &'a jiff::Timestamp,
        ids: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[name, now, ids]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::ArraySql<Item = uuid::Uuid>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ClientEraseParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ClientEraseStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ClientEraseParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.name, &params.now, &params.ids))
    }
}
pub struct ClientEraseSessionsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn client_erase_sessions() -> ClientEraseSessionsStmt {
    ClientEraseSessionsStmt(
        "update sessions set title = $1, notes = '', cancel_reason = null, version = version + 1 where client_id = any ($2)",
        None,
    )
}
impl ClientEraseSessionsStmt {
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
        T2: crate::ArraySql<Item = uuid::Uuid>,
    >(
        &'s self,
        client: &'c C,
        title: &'a T1,
        ids: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[title, ids]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::ArraySql<Item = uuid::Uuid>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ClientEraseSessionsParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ClientEraseSessionsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ClientEraseSessionsParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.title, &params.ids))
    }
}
pub struct ClientEraseAudioStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn client_erase_audio() -> ClientEraseAudioStmt {
    ClientEraseAudioStmt("update audio_files set title = $1 where client_id = any ($2)", None)
}
impl ClientEraseAudioStmt {
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
        T2: crate::ArraySql<Item = uuid::Uuid>,
    >(
        &'s self,
        client: &'c C,
        title: &'a T1,
        ids: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[title, ids]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::ArraySql<Item = uuid::Uuid>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ClientEraseAudioParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ClientEraseAudioStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ClientEraseAudioParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.title, &params.ids))
    }
}
pub struct ClientEraseDraftsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn client_erase_drafts() -> ClientEraseDraftsStmt {
    ClientEraseDraftsStmt(
        "update invoices set buyer_snapshot = null where client_id = any ($1) and status = 'DRAFT'",
        None,
    )
}
impl ClientEraseDraftsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>(
        &'s self,
        client: &'c C,
        ids: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[ids]).await
    }
}
pub struct ClientErasurePatternsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn client_erasure_patterns() -> ClientErasurePatternsStmt {
    ClientErasurePatternsStmt(
        "select '(?<![[:alnum:]])' || regexp_replace(fold(word), '([^[:alnum:][:space:]])', '\\\\\\1', 'g') || '(?![[:alnum:]])' as pattern from unnest($1::text[]) as said (word) order by word",
        None,
    )
}
impl ClientErasurePatternsStmt {
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
        words: &'a T2,
    ) -> StringQuery<'c, 'a, 's, C, String, 1> {
        StringQuery {
            client,
            params: [words],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
pub struct ClientEraseDraftLinesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn client_erase_draft_lines() -> ClientEraseDraftLinesStmt {
    ClientEraseDraftLinesStmt(
        "update invoice_lines set label = $1 where invoice_id in (select i.id from invoices i where i.status = 'DRAFT') and fold(label) ~ any ($2::text[])",
        None,
    )
}
impl ClientEraseDraftLinesStmt {
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
        T3: crate::ArraySql<Item = T2>,
    >(
        &'s self,
        client: &'c C,
        redacted: &'a T1,
        said: &'a T3,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[redacted, said]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ClientEraseDraftLinesParams<T1, T2, T3>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ClientEraseDraftLinesStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ClientEraseDraftLinesParams<T1, T2, T3>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.redacted, &params.said))
    }
}
pub struct ClientEraseSaidInSessionsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn client_erase_said_in_sessions() -> ClientEraseSaidInSessionsStmt {
    ClientEraseSaidInSessionsStmt(
        "with mention as ( select s.id, fold(s.title) ~ any ($1::text[]) as in_title, coalesce(fold(s.cancel_reason) ~ any ($1::text[]), false) as in_reason, ( select string_agg( case when fold(line) ~ any ($1::text[]) then $2 else line end, e'\\n' order by place ) from string_to_table(s.notes, e'\\n') with ordinality lines (line, place) ) as notes from sessions s ) update sessions set title = case when mention.in_title then $3 else sessions.title end, notes = left(coalesce(mention.notes, ''), 2000), cancel_reason = case when mention.in_reason then $2 else sessions.cancel_reason end, version = version + 1 from mention where mention.id = sessions.id and (mention.in_title or mention.in_reason or coalesce(mention.notes, '') <> sessions.notes)",
        None,
    )
}
impl ClientEraseSaidInSessionsStmt {
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
        T3: crate::StringSql,
        T4: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        said: &'a T2,
        redacted: &'a T3,
        title: &'a T4,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[said, redacted, title]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::ArraySql<Item = T1>,
    T3: crate::StringSql,
    T4: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ClientEraseSaidInSessionsParams<T1, T2, T3, T4>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ClientEraseSaidInSessionsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ClientEraseSaidInSessionsParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.said, &params.redacted, &params.title))
    }
}
pub struct ClientEraseSaidOfOthersStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn client_erase_said_of_others() -> ClientEraseSaidOfOthersStmt {
    ClientEraseSaidOfOthersStmt(
        "with mention as ( select c.id, string_agg( case when fold(line) ~ any ($1::text[]) then $2 else line end, e'\\n' order by place ) as notes from clients c cross join lateral string_to_table(c.notes, e'\\n') with ordinality lines (line, place) where c.status <> 'ERASED' group by c.id ) update clients set notes = left(mention.notes, 4000), version = version + 1 from mention where mention.id = clients.id and mention.notes <> clients.notes",
        None,
    )
}
impl ClientEraseSaidOfOthersStmt {
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
        T3: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        said: &'a T2,
        redacted: &'a T3,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[said, redacted]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::ArraySql<Item = T1>,
    T3: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ClientEraseSaidOfOthersParams<T1, T2, T3>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ClientEraseSaidOfOthersStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ClientEraseSaidOfOthersParams<T1, T2, T3>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.said, &params.redacted))
    }
}
pub struct ClientEraseSaidElsewhereStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn client_erase_said_elsewhere() -> ClientEraseSaidElsewhereStmt {
    ClientEraseSaidElsewhereStmt(
        "with labels as ( update allocations set label = $1 where fold(label) ~ any ($2::text[]) returning id ), titles as ( update audio_files set title = $3 where fold(title) ~ any ($2::text[]) returning id ) select (select count(*) from labels) + (select count(*) from titles) as changed",
        None,
    )
}
impl ClientEraseSaidElsewhereStmt {
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
        T3: crate::ArraySql<Item = T2>,
        T4: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        redacted: &'a T1,
        said: &'a T3,
        title: &'a T4,
    ) -> I64Query<'c, 'a, 's, C, i64, 3> {
        I64Query {
            client,
            params: [redacted, said, title],
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
    T3: crate::ArraySql<Item = T2>,
    T4: crate::StringSql,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ClientEraseSaidElsewhereParams<T1, T2, T3, T4>,
        I64Query<'c, 'a, 's, C, i64, 3>,
        C,
    > for ClientEraseSaidElsewhereStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ClientEraseSaidElsewhereParams<T1, T2, T3, T4>,
    ) -> I64Query<'c, 'a, 's, C, i64, 3> {
        self.bind(client, &params.redacted, &params.said, &params.title)
    }
}
