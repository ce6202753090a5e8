// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct ClientsSearchParams<
    T1: crate::StringSql,
    T2: crate::ArraySql<Item = T1>,
    T3: crate::StringSql,
    T4: crate::StringSql,
> {
    pub terms: T2,
    pub query: T3,
    pub archived: bool,
    pub prefix: T4,
    pub limit: i64,
    pub now: jiff::Timestamp,
}
#[derive(Debug)]
pub struct ClientsSearchCountParams<
    T1: crate::StringSql,
    T2: crate::ArraySql<Item = T1>,
    T3: crate::StringSql,
> {
    pub terms: T2,
    pub query: T3,
    pub archived: bool,
}
#[derive(Clone, Copy, Debug)]
pub struct ClientsListParams {
    pub archived: bool,
    pub limit: i64,
    pub offset: i64,
    pub now: jiff::Timestamp,
}
#[derive(Debug)]
pub struct ClientInsertParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::StringSql,
    T7: crate::StringSql,
    T8: crate::StringSql,
    T9: crate::StringSql,
    T10: crate::StringSql,
> {
    pub kind: T1,
    pub display_name: T2,
    pub legal_name: Option<T3>,
    pub email: Option<T4>,
    pub phone: Option<T5>,
    pub siren: Option<T6>,
    pub vat_number: Option<T7>,
    pub is_vat_taxable: bool,
    pub country: T8,
    pub locale: T9,
    pub payment_terms_days: i32,
    pub notes: T10,
}
#[derive(Debug)]
pub struct ClientUpdateParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::StringSql,
    T7: crate::StringSql,
    T8: crate::StringSql,
    T9: crate::StringSql,
    T10: crate::StringSql,
> {
    pub kind: T1,
    pub display_name: T2,
    pub legal_name: Option<T3>,
    pub email: Option<T4>,
    pub phone: Option<T5>,
    pub siren: Option<T6>,
    pub vat_number: Option<T7>,
    pub is_vat_taxable: bool,
    pub country: T8,
    pub locale: T9,
    pub payment_terms_days: i32,
    pub notes: T10,
    pub id: uuid::Uuid,
    pub version: i32,
}
#[derive(Clone, Copy, Debug)]
pub struct ClientSetArchivedParams {
    pub archived: bool,
    pub id: uuid::Uuid,
    pub version: i32,
}
#[derive(Clone, Copy, Debug)]
pub struct ClientSessionsParams {
    pub client_id: uuid::Uuid,
    pub limit: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct ClientRow {
    pub id: uuid::Uuid,
    pub kind: String,
    pub display_name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub status: String,
    pub last_session_at: Option<jiff::Timestamp>,
    pub next_session_at: Option<jiff::Timestamp>,
}
pub struct ClientRowBorrowed<'a> {
    pub id: uuid::Uuid,
    pub kind: &'a str,
    pub display_name: &'a str,
    pub email: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub status: &'a str,
    pub last_session_at: Option<jiff::Timestamp>,
    pub next_session_at: Option<jiff::Timestamp>,
}
impl<'a> From<ClientRowBorrowed<'a>> for ClientRow {
    fn from(
        ClientRowBorrowed {
            id,
            kind,
            display_name,
            email,
            phone,
            status,
            last_session_at,
            next_session_at,
        }: ClientRowBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            kind: kind.into(),
            display_name: display_name.into(),
            email: email.map(|v| v.into()),
            phone: phone.map(|v| v.into()),
            status: status.into(),
            last_session_at,
            next_session_at,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ClientDetail {
    pub id: uuid::Uuid,
    pub kind: String,
    pub display_name: String,
    pub legal_name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub siren: Option<String>,
    pub vat_number: Option<String>,
    pub is_vat_taxable: bool,
    pub country: String,
    pub locale: String,
    pub payment_terms_days: i32,
    pub notes: String,
    pub status: String,
    pub created_at: jiff::Timestamp,
    pub version: i32,
    pub owed_cents: i64,
}
pub struct ClientDetailBorrowed<'a> {
    pub id: uuid::Uuid,
    pub kind: &'a str,
    pub display_name: &'a str,
    pub legal_name: Option<&'a str>,
    pub email: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub siren: Option<&'a str>,
    pub vat_number: Option<&'a str>,
    pub is_vat_taxable: bool,
    pub country: &'a str,
    pub locale: &'a str,
    pub payment_terms_days: i32,
    pub notes: &'a str,
    pub status: &'a str,
    pub created_at: jiff::Timestamp,
    pub version: i32,
    pub owed_cents: i64,
}
impl<'a> From<ClientDetailBorrowed<'a>> for ClientDetail {
    fn from(
        ClientDetailBorrowed {
            id,
            kind,
            display_name,
            legal_name,
            email,
            phone,
            siren,
            vat_number,
            is_vat_taxable,
            country,
            locale,
            payment_terms_days,
            notes,
            status,
            created_at,
            version,
            owed_cents,
        }: ClientDetailBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            kind: kind.into(),
            display_name: display_name.into(),
            legal_name: legal_name.map(|v| v.into()),
            email: email.map(|v| v.into()),
            phone: phone.map(|v| v.into()),
            siren: siren.map(|v| v.into()),
            vat_number: vat_number.map(|v| v.into()),
            is_vat_taxable,
            country: country.into(),
            locale: locale.into(),
            payment_terms_days,
            notes: notes.into(),
            status: status.into(),
            created_at,
            version,
            owed_cents,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ClientSession {
    pub id: uuid::Uuid,
    pub title: String,
    pub status: String,
    pub starts_at: jiff::Timestamp,
    pub ends_at: jiff::Timestamp,
    pub room_name: Option<String>,
}
pub struct ClientSessionBorrowed<'a> {
    pub id: uuid::Uuid,
    pub title: &'a str,
    pub status: &'a str,
    pub starts_at: jiff::Timestamp,
    pub ends_at: jiff::Timestamp,
    pub room_name: Option<&'a str>,
}
impl<'a> From<ClientSessionBorrowed<'a>> for ClientSession {
    fn from(
        ClientSessionBorrowed {
            id,
            title,
            status,
            starts_at,
            ends_at,
            room_name,
        }: ClientSessionBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            title: title.into(),
            status: status.into(),
            starts_at,
            ends_at,
            room_name: room_name.map(|v| v.into()),
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct ClientRowQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ClientRowBorrowed, tokio_postgres::Error>,
    mapper: fn(ClientRowBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ClientRowQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ClientRowBorrowed) -> R) -> ClientRowQuery<'c, 'a, 's, C, R, N> {
        ClientRowQuery {
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
pub struct ClientDetailQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ClientDetailBorrowed, tokio_postgres::Error>,
    mapper: fn(ClientDetailBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ClientDetailQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ClientDetailBorrowed) -> R,
    ) -> ClientDetailQuery<'c, 'a, 's, C, R, N> {
        ClientDetailQuery {
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
pub struct ClientSessionQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ClientSessionBorrowed, tokio_postgres::Error>,
    mapper: fn(ClientSessionBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ClientSessionQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ClientSessionBorrowed) -> R,
    ) -> ClientSessionQuery<'c, 'a, 's, C, R, N> {
        ClientSessionQuery {
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
pub struct ClientsSearchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn clients_search() -> ClientsSearchStmt {
    ClientsSearchStmt(
        "with typed as ( select '%' || fold(($1::text[])[1]) || '%' as longest, array(select '%' || fold(term) || '%' from unnest($1::text[]) term) as patterns, fold($2) as query ), exact as ( select c.id, c.sort_name, c.search_text, 1::real as likeness from clients c where c.search_text like (select longest from typed) and c.search_text like all ((select patterns from typed)::text[]) and (c.status = 'ACTIVE' or ($3 and c.status = 'ARCHIVED')) ), alike as ( select c.id, c.sort_name, c.search_text, near.likeness from clients_alike((select query from typed)) near join clients c on c.id = near.id where not exists (select from exact) and (c.status = 'ACTIVE' or ($3 and c.status = 'ARCHIVED')) ), best as ( select either.id, either.sort_name, either.likeness, either.search_text like (select fold($4) || '%') as begins from (select * from exact union all select * from alike) either order by begins desc, either.likeness desc, either.sort_name, either.id limit $5 ) select c.id, c.kind, c.display_name, c.email, c.phone, c.status, past.at as last_session_at, coming.at as next_session_at from best join clients c on c.id = best.id left join lateral ( select max(s.starts_at) as at from sessions s where s.client_id = c.id and s.starts_at <= $6 and s.status not in ('CANCELLED', 'EXPIRED') ) past on true left join lateral ( select min(s.starts_at) as at from sessions s where s.client_id = c.id and s.starts_at > $6 and s.status not in ('CANCELLED', 'EXPIRED') ) coming on true order by best.begins desc, best.likeness desc, best.sort_name, best.id",
        None,
    )
}
impl ClientsSearchStmt {
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
        T3: crate::StringSql,
        T4: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        terms: &'a T2,
        query: &'a T3,
        archived: &'a bool,
        prefix: &'a T4,
        limit: &'a i64,
        now: &'a jiff::Timestamp,
    ) -> ClientRowQuery<'c, 'a, 's, C, ClientRow, 6> {
        ClientRowQuery {
            client,
            params: [terms, query, archived, prefix, limit, now],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ClientRowBorrowed, tokio_postgres::Error> {
                    Ok(ClientRowBorrowed {
                        id: row.try_get(0)?,
                        kind: row.try_get(1)?,
                        display_name: row.try_get(2)?,
                        email: row.try_get(3)?,
                        phone: row.try_get(4)?,
                        status: row.try_get(5)?,
                        last_session_at: row.try_get(6)?,
                        next_session_at: row.try_get(7)?,
                    })
                },
            mapper: |it| ClientRow::from(it),
        }
    }
}
impl<
    'c,
    'a,
    's,
    C: GenericClient,
    T1: crate::StringSql,
    T2: crate::ArraySql<Item = T1>,
    T3: crate::StringSql,
    T4: crate::StringSql,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ClientsSearchParams<T1, T2, T3, T4>,
        ClientRowQuery<'c, 'a, 's, C, ClientRow, 6>,
        C,
    > for ClientsSearchStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ClientsSearchParams<T1, T2, T3, T4>,
    ) -> ClientRowQuery<'c, 'a, 's, C, ClientRow, 6> {
        self.bind(
            client,
            &params.terms,
            &params.query,
            &params.archived,
            &params.prefix,
            &params.limit,
            &params.now,
        )
    }
}
pub struct ClientsSearchCountStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn clients_search_count() -> ClientsSearchCountStmt {
    ClientsSearchCountStmt(
        "with typed as ( select '%' || fold(($1::text[])[1]) || '%' as longest, array(select '%' || fold(term) || '%' from unnest($1::text[]) term) as patterns, fold($2) as query ), exact as ( select c.id from clients c where c.search_text like (select longest from typed) and c.search_text like all ((select patterns from typed)::text[]) and (c.status = 'ACTIVE' or ($3 and c.status = 'ARCHIVED')) ), alike as ( select c.id from clients_alike((select query from typed)) near join clients c on c.id = near.id where not exists (select from exact) and (c.status = 'ACTIVE' or ($3 and c.status = 'ARCHIVED')) ) select (select count(*) from exact) + (select count(*) from alike) as count",
        None,
    )
}
impl ClientsSearchCountStmt {
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
        T3: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        terms: &'a T2,
        query: &'a T3,
        archived: &'a bool,
    ) -> I64Query<'c, 'a, 's, C, i64, 3> {
        I64Query {
            client,
            params: [terms, query, archived],
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
    T2: crate::ArraySql<Item = T1>,
    T3: crate::StringSql,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ClientsSearchCountParams<T1, T2, T3>,
        I64Query<'c, 'a, 's, C, i64, 3>,
        C,
    > for ClientsSearchCountStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ClientsSearchCountParams<T1, T2, T3>,
    ) -> I64Query<'c, 'a, 's, C, i64, 3> {
        self.bind(client, &params.terms, &params.query, &params.archived)
    }
}
pub struct ClientsListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn clients_list() -> ClientsListStmt {
    ClientsListStmt(
        "select c.id, c.kind, c.display_name, c.email, c.phone, c.status, past.at as last_session_at, coming.at as next_session_at from ( select listed.* from clients listed where listed.status = 'ACTIVE' or ($1 and listed.status = 'ARCHIVED') order by listed.sort_name, listed.id limit $2 offset $3 ) c left join lateral ( select max(s.starts_at) as at from sessions s where s.client_id = c.id and s.starts_at <= $4 and s.status not in ('CANCELLED', 'EXPIRED') ) past on true left join lateral ( select min(s.starts_at) as at from sessions s where s.client_id = c.id and s.starts_at > $4 and s.status not in ('CANCELLED', 'EXPIRED') ) coming on true order by c.sort_name, c.id",
        None,
    )
}
impl ClientsListStmt {
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
        archived: &'a bool,
        limit: &'a i64,
        offset: &'a i64,
        now: &'a jiff::Timestamp,
    ) -> ClientRowQuery<'c, 'a, 's, C, ClientRow, 4> {
        ClientRowQuery {
            client,
            params: [archived, limit, offset, now],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ClientRowBorrowed, tokio_postgres::Error> {
                    Ok(ClientRowBorrowed {
                        id: row.try_get(0)?,
                        kind: row.try_get(1)?,
                        display_name: row.try_get(2)?,
                        email: row.try_get(3)?,
                        phone: row.try_get(4)?,
                        status: row.try_get(5)?,
                        last_session_at: row.try_get(6)?,
                        next_session_at: row.try_get(7)?,
                    })
                },
            mapper: |it| ClientRow::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ClientsListParams,
        ClientRowQuery<'c, 'a, 's, C, ClientRow, 4>,
        C,
    > for ClientsListStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ClientsListParams,
    ) -> ClientRowQuery<'c, 'a, 's, C, ClientRow, 4> {
        self.bind(client, &params.archived, &params.limit, &params.offset, &params.now)
    }
}
pub struct ClientsCountStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn clients_count() -> ClientsCountStmt {
    ClientsCountStmt(
        "select count(*) from clients where status = 'ACTIVE' or ($1 and status = 'ARCHIVED')",
        None,
    )
}
impl ClientsCountStmt {
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
        archived: &'a bool,
    ) -> I64Query<'c, 'a, 's, C, i64, 1> {
        I64Query {
            client,
            params: [archived],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct ClientGetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn client_get() -> ClientGetStmt {
    ClientGetStmt(
        "select c.id, c.kind, c.display_name, c.legal_name, c.email, c.phone, c.siren, c.vat_number, c.is_vat_taxable, c.country, c.locale, c.payment_terms_days, c.notes, c.status, c.created_at, c.version, owed.cents as owed_cents from clients c cross join lateral ( select coalesce(sum(i.gross_cents - i.paid_cents), 0)::bigint as cents from invoices i where i.client_id = c.id and i.status = 'ISSUED' and i.payment_status in ('UNPAID', 'PARTIAL') ) owed where c.id = $1",
        None,
    )
}
impl ClientGetStmt {
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
    ) -> ClientDetailQuery<'c, 'a, 's, C, ClientDetail, 1> {
        ClientDetailQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ClientDetailBorrowed, tokio_postgres::Error> {
                    Ok(ClientDetailBorrowed {
                        id: row.try_get(0)?,
                        kind: row.try_get(1)?,
                        display_name: row.try_get(2)?,
                        legal_name: row.try_get(3)?,
                        email: row.try_get(4)?,
                        phone: row.try_get(5)?,
                        siren: row.try_get(6)?,
                        vat_number: row.try_get(7)?,
                        is_vat_taxable: row.try_get(8)?,
                        country: row.try_get(9)?,
                        locale: row.try_get(10)?,
                        payment_terms_days: row.try_get(11)?,
                        notes: row.try_get(12)?,
                        status: row.try_get(13)?,
                        created_at: row.try_get(14)?,
                        version: row.try_get(15)?,
                        owed_cents: row.try_get(16)?,
                    })
                },
            mapper: |it| ClientDetail::from(it),
        }
    }
}
pub struct ClientInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn client_insert() -> ClientInsertStmt {
    ClientInsertStmt(
        "insert into clients (kind, display_name, legal_name, email, phone, siren, vat_number, is_vat_taxable, country, locale, payment_terms_days, notes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id",
        None,
    )
}
impl ClientInsertStmt {
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
        T4: crate::StringSql,
        T5: crate::StringSql,
        T6: crate::StringSql,
        T7: crate::StringSql,
        T8: crate::StringSql,
        T9: crate::StringSql,
        T10: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        kind: &'a T1,
        display_name: &'a T2,
        legal_name: &'a Option<T3>,
        email: &'a Option<T4>,
        phone: &'a Option<T5>,
        siren: &'a Option<T6>,
        vat_number: &'a Option<T7>,
        is_vat_taxable: &'a bool,
        country: &'a T8,
        locale: &'a T9,
        payment_terms_days: &'a i32,
        notes: &'a T10,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 12> {
        UuidUuidQuery {
            client,
            params: [
                kind,
                display_name,
                legal_name,
                email,
                phone,
                siren,
                vat_number,
                is_vat_taxable,
                country,
                locale,
                payment_terms_days,
                notes,
            ],
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
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::StringSql,
    T7: crate::StringSql,
    T8: crate::StringSql,
    T9: crate::StringSql,
    T10: crate::StringSql,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ClientInsertParams<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>,
        UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 12>,
        C,
    > for ClientInsertStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ClientInsertParams<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 12> {
        self.bind(
            client,
            &params.kind,
            &params.display_name,
            &params.legal_name,
            &params.email,
            &params.phone,
            &params.siren,
            &params.vat_number,
            &params.is_vat_taxable,
            &params.country,
            &params.locale,
            &params.payment_terms_days,
            &params.notes,
        )
    }
}
pub struct ClientUpdateStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn client_update() -> ClientUpdateStmt {
    ClientUpdateStmt(
        "update clients set kind = $1, display_name = $2, legal_name = $3, email = $4, phone = $5, siren = $6, vat_number = $7, is_vat_taxable = $8, country = $9, locale = $10, payment_terms_days = $11, notes = $12, version = version + 1 where id = $13 and version = $14 and status in ('ACTIVE', 'ARCHIVED')",
        None,
    )
}
impl ClientUpdateStmt {
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
        T5: crate::StringSql,
        T6: crate::StringSql,
        T7: crate::StringSql,
        T8: crate::StringSql,
        T9: crate::StringSql,
        T10: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        kind: &'a T1,
        display_name: &'a T2,
        legal_name: &'a Option<T3>,
        email: &'a Option<T4>,
        phone: &'a Option<T5>,
        siren: &'a Option<T6>,
        vat_number: &'a Option<T7>,
        is_vat_taxable: &'a bool,
        country: &'a T8,
        locale: &'a T9,
        payment_terms_days: &'a i32,
        notes: &'a T10,
        id: &'a uuid::Uuid,
        version: &'a i32,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    kind,
                    display_name,
                    legal_name,
                    email,
                    phone,
                    siren,
                    vat_number,
                    is_vat_taxable,
                    country,
                    locale,
                    payment_terms_days,
                    notes,
                    id,
                    version,
                ],
            )
            .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::StringSql,
    T7: crate::StringSql,
    T8: crate::StringSql,
    T9: crate::StringSql,
    T10: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ClientUpdateParams<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ClientUpdateStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ClientUpdateParams<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.kind,
            &params.display_name,
            &params.legal_name,
            &params.email,
            &params.phone,
            &params.siren,
            &params.vat_number,
            &params.is_vat_taxable,
            &params.country,
            &params.locale,
            &params.payment_terms_days,
            &params.notes,
            &params.id,
            &params.version,
        ))
    }
}
pub struct ClientSetArchivedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn client_set_archived() -> ClientSetArchivedStmt {
    ClientSetArchivedStmt(
        "update clients set status = case when $1 then 'ARCHIVED' else 'ACTIVE' end, version = version + 1 where id = $2 and version = $3 and status in ('ACTIVE', 'ARCHIVED')",
        None,
    )
}
impl ClientSetArchivedStmt {
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
        archived: &'a bool,
        id: &'a uuid::Uuid,
        version: &'a i32,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[archived, id, version]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ClientSetArchivedParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ClientSetArchivedStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ClientSetArchivedParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.archived, &params.id, &params.version))
    }
}
pub struct ClientSessionsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn client_sessions() -> ClientSessionsStmt {
    ClientSessionsStmt(
        "select s.id, s.title, s.status, s.starts_at, s.ends_at, room.name as room_name from sessions s left join lateral ( select r.name from allocations a join rooms r on r.id = a.resource_id where a.session_id = s.id order by r.position limit 1 ) room on true where s.client_id = $1 order by s.starts_at desc, s.id limit $2",
        None,
    )
}
impl ClientSessionsStmt {
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
        client_id: &'a uuid::Uuid,
        limit: &'a i64,
    ) -> ClientSessionQuery<'c, 'a, 's, C, ClientSession, 2> {
        ClientSessionQuery {
            client,
            params: [client_id, limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ClientSessionBorrowed, tokio_postgres::Error> {
                    Ok(ClientSessionBorrowed {
                        id: row.try_get(0)?,
                        title: row.try_get(1)?,
                        status: row.try_get(2)?,
                        starts_at: row.try_get(3)?,
                        ends_at: row.try_get(4)?,
                        room_name: row.try_get(5)?,
                    })
                },
            mapper: |it| ClientSession::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ClientSessionsParams,
        ClientSessionQuery<'c, 'a, 's, C, ClientSession, 2>,
        C,
    > for ClientSessionsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ClientSessionsParams,
    ) -> ClientSessionQuery<'c, 'a, 's, C, ClientSession, 2> {
        self.bind(client, &params.client_id, &params.limit)
    }
}
