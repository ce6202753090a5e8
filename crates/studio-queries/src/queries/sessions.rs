// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct SessionInsertParams<T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql> {
    pub client_id: Option<uuid::Uuid>,
    pub title: T1,
    pub notes: T2,
    pub status: T3,
    pub starts_at: jiff::Timestamp,
    pub ends_at: jiff::Timestamp,
    pub hold_rank: Option<i16>,
    pub hold_expires_at: Option<jiff::Timestamp>,
    pub hourly_rate_cents: i64,
    pub deposit_required_cents: i64,
    pub created_by: Option<uuid::Uuid>,
    pub now: jiff::Timestamp,
}
#[derive(Clone, Copy, Debug)]
pub struct SessionSetSpanParams {
    pub starts_at: jiff::Timestamp,
    pub ends_at: jiff::Timestamp,
    pub hold_rank: Option<i16>,
    pub hourly_rate_cents: i64,
    pub id: uuid::Uuid,
}
#[derive(Debug)]
pub struct SessionEditParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub client_id: Option<uuid::Uuid>,
    pub title: T1,
    pub notes: T2,
    pub id: uuid::Uuid,
}
#[derive(Debug)]
pub struct SessionSetStatusParams<T1: crate::StringSql> {
    pub status: T1,
    pub hold_rank: Option<i16>,
    pub hold_expires_at: Option<jiff::Timestamp>,
    pub id: uuid::Uuid,
}
#[derive(Debug)]
pub struct SessionCancelParams<T1: crate::StringSql> {
    pub now: jiff::Timestamp,
    pub cancelled_by: Option<uuid::Uuid>,
    pub reason: T1,
    pub id: uuid::Uuid,
}
#[derive(Debug)]
pub struct SessionsLapseParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub now: jiff::Timestamp,
    pub resource_ids: T1,
    pub starts_at: jiff::Timestamp,
    pub ends_at: jiff::Timestamp,
}
#[derive(Debug, Clone, PartialEq)]
pub struct SessionDetail {
    pub id: uuid::Uuid,
    pub title: String,
    pub notes: String,
    pub status: String,
    pub starts_at: jiff::Timestamp,
    pub ends_at: jiff::Timestamp,
    pub client_id: Option<uuid::Uuid>,
    pub client_name: Option<String>,
    pub hold_rank: Option<i16>,
    pub hold_expires_at: Option<jiff::Timestamp>,
    pub hourly_rate_cents: i64,
    pub deposit_required_cents: i64,
    pub room_id: Option<uuid::Uuid>,
    pub room_name: Option<String>,
    pub crew_ids: Vec<uuid::Uuid>,
    pub crew_names: Vec<String>,
    pub created_by_name: Option<String>,
    pub created_at: jiff::Timestamp,
    pub cancelled_at: Option<jiff::Timestamp>,
    pub cancelled_by_name: Option<String>,
    pub cancel_reason: Option<String>,
    pub version: i32,
}
pub struct SessionDetailBorrowed<'a> {
    pub id: uuid::Uuid,
    pub title: &'a str,
    pub notes: &'a str,
    pub status: &'a str,
    pub starts_at: jiff::Timestamp,
    pub ends_at: jiff::Timestamp,
    pub client_id: Option<uuid::Uuid>,
    pub client_name: Option<&'a str>,
    pub hold_rank: Option<i16>,
    pub hold_expires_at: Option<jiff::Timestamp>,
    pub hourly_rate_cents: i64,
    pub deposit_required_cents: i64,
    pub room_id: Option<uuid::Uuid>,
    pub room_name: Option<&'a str>,
    pub crew_ids: crate::ArrayIterator<'a, uuid::Uuid>,
    pub crew_names: crate::ArrayIterator<'a, &'a str>,
    pub created_by_name: Option<&'a str>,
    pub created_at: jiff::Timestamp,
    pub cancelled_at: Option<jiff::Timestamp>,
    pub cancelled_by_name: Option<&'a str>,
    pub cancel_reason: Option<&'a str>,
    pub version: i32,
}
impl<'a> From<SessionDetailBorrowed<'a>> for SessionDetail {
    fn from(
        SessionDetailBorrowed {
            id,
            title,
            notes,
            status,
            starts_at,
            ends_at,
            client_id,
            client_name,
            hold_rank,
            hold_expires_at,
            hourly_rate_cents,
            deposit_required_cents,
            room_id,
            room_name,
            crew_ids,
            crew_names,
            created_by_name,
            created_at,
            cancelled_at,
            cancelled_by_name,
            cancel_reason,
            version,
        }: SessionDetailBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            title: title.into(),
            notes: notes.into(),
            status: status.into(),
            starts_at,
            ends_at,
            client_id,
            client_name: client_name.map(|v| v.into()),
            hold_rank,
            hold_expires_at,
            hourly_rate_cents,
            deposit_required_cents,
            room_id,
            room_name: room_name.map(|v| v.into()),
            crew_ids: crew_ids.map(|v| v).collect(),
            crew_names: crew_names.map(|v| v.into()).collect(),
            created_by_name: created_by_name.map(|v| v.into()),
            created_at,
            cancelled_at,
            cancelled_by_name: cancelled_by_name.map(|v| v.into()),
            cancel_reason: cancel_reason.map(|v| v.into()),
            version,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct SessionLock {
    pub status: String,
    pub version: i32,
    pub starts_at: jiff::Timestamp,
    pub ends_at: jiff::Timestamp,
    pub hold_rank: Option<i16>,
    pub hold_expires_at: Option<jiff::Timestamp>,
    pub hourly_rate_cents: i64,
    pub room_id: Option<uuid::Uuid>,
    pub resource_ids: Vec<uuid::Uuid>,
}
pub struct SessionLockBorrowed<'a> {
    pub status: &'a str,
    pub version: i32,
    pub starts_at: jiff::Timestamp,
    pub ends_at: jiff::Timestamp,
    pub hold_rank: Option<i16>,
    pub hold_expires_at: Option<jiff::Timestamp>,
    pub hourly_rate_cents: i64,
    pub room_id: Option<uuid::Uuid>,
    pub resource_ids: crate::ArrayIterator<'a, uuid::Uuid>,
}
impl<'a> From<SessionLockBorrowed<'a>> for SessionLock {
    fn from(
        SessionLockBorrowed {
            status,
            version,
            starts_at,
            ends_at,
            hold_rank,
            hold_expires_at,
            hourly_rate_cents,
            room_id,
            resource_ids,
        }: SessionLockBorrowed<'a>,
    ) -> Self {
        Self {
            status: status.into(),
            version,
            starts_at,
            ends_at,
            hold_rank,
            hold_expires_at,
            hourly_rate_cents,
            room_id,
            resource_ids: resource_ids.map(|v| v).collect(),
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct SessionDetailQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<SessionDetailBorrowed, tokio_postgres::Error>,
    mapper: fn(SessionDetailBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> SessionDetailQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(SessionDetailBorrowed) -> R,
    ) -> SessionDetailQuery<'c, 'a, 's, C, R, N> {
        SessionDetailQuery {
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
pub struct SessionLockQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<SessionLockBorrowed, tokio_postgres::Error>,
    mapper: fn(SessionLockBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> SessionLockQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(SessionLockBorrowed) -> R,
    ) -> SessionLockQuery<'c, 'a, 's, C, R, N> {
        SessionLockQuery {
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
pub struct I32Query<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<i32, tokio_postgres::Error>,
    mapper: fn(i32) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> I32Query<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(i32) -> R) -> I32Query<'c, 'a, 's, C, R, N> {
        I32Query {
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
pub struct SessionGetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn session_get() -> SessionGetStmt {
    SessionGetStmt(
        "select s.id, s.title, s.notes, s.status, s.starts_at, s.ends_at, s.client_id, c.display_name as client_name, s.hold_rank, s.hold_expires_at, s.hourly_rate_cents, s.deposit_required_cents, room.id as room_id, room.name as room_name, coalesce(crew.ids, '{}') as crew_ids, coalesce(crew.names, '{}') as crew_names, author.display_name as created_by_name, s.created_at, s.cancelled_at, canceller.display_name as cancelled_by_name, s.cancel_reason, s.version from sessions s left join clients c on c.id = s.client_id left join users author on author.id = s.created_by left join users canceller on canceller.id = s.cancelled_by left join lateral ( select r.id, r.name from allocations a join rooms r on r.id = a.resource_id where a.session_id = s.id order by r.position limit 1 ) room on true left join lateral ( select array_agg(m.id order by fold(u.display_name), m.id) as ids, array_agg(u.display_name order by fold(u.display_name), m.id) as names from allocations a join staff m on m.id = a.resource_id join users u on u.id = m.user_id where a.session_id = s.id ) crew on true where s.id = $1",
        None,
    )
}
impl SessionGetStmt {
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
    ) -> SessionDetailQuery<'c, 'a, 's, C, SessionDetail, 1> {
        SessionDetailQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<SessionDetailBorrowed, tokio_postgres::Error> {
                    Ok(SessionDetailBorrowed {
                        id: row.try_get(0)?,
                        title: row.try_get(1)?,
                        notes: row.try_get(2)?,
                        status: row.try_get(3)?,
                        starts_at: row.try_get(4)?,
                        ends_at: row.try_get(5)?,
                        client_id: row.try_get(6)?,
                        client_name: row.try_get(7)?,
                        hold_rank: row.try_get(8)?,
                        hold_expires_at: row.try_get(9)?,
                        hourly_rate_cents: row.try_get(10)?,
                        deposit_required_cents: row.try_get(11)?,
                        room_id: row.try_get(12)?,
                        room_name: row.try_get(13)?,
                        crew_ids: row.try_get(14)?,
                        crew_names: row.try_get(15)?,
                        created_by_name: row.try_get(16)?,
                        created_at: row.try_get(17)?,
                        cancelled_at: row.try_get(18)?,
                        cancelled_by_name: row.try_get(19)?,
                        cancel_reason: row.try_get(20)?,
                        version: row.try_get(21)?,
                    })
                },
            mapper: |it| SessionDetail::from(it),
        }
    }
}
pub struct SessionLockStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn session_lock() -> SessionLockStmt {
    SessionLockStmt(
        "select s.status, s.version, s.starts_at, s.ends_at, s.hold_rank, s.hold_expires_at, s.hourly_rate_cents, (select r.id from allocations a join rooms r on r.id = a.resource_id where a.session_id = s.id order by r.position limit 1) as room_id, array(select a.resource_id from allocations a where a.session_id = s.id order by a.resource_id) as resource_ids from sessions s where s.id = $1 for update of s",
        None,
    )
}
impl SessionLockStmt {
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
    ) -> SessionLockQuery<'c, 'a, 's, C, SessionLock, 1> {
        SessionLockQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<SessionLockBorrowed, tokio_postgres::Error> {
                    Ok(SessionLockBorrowed {
                        status: row.try_get(0)?,
                        version: row.try_get(1)?,
                        starts_at: row.try_get(2)?,
                        ends_at: row.try_get(3)?,
                        hold_rank: row.try_get(4)?,
                        hold_expires_at: row.try_get(5)?,
                        hourly_rate_cents: row.try_get(6)?,
                        room_id: row.try_get(7)?,
                        resource_ids: row.try_get(8)?,
                    })
                },
            mapper: |it| SessionLock::from(it),
        }
    }
}
pub struct SessionResourcesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn session_resources() -> SessionResourcesStmt {
    SessionResourcesStmt(
        "select a.resource_id from allocations a where a.session_id = $1 order by a.resource_id",
        None,
    )
}
impl SessionResourcesStmt {
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
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 1> {
        UuidUuidQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct SessionInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn session_insert() -> SessionInsertStmt {
    SessionInsertStmt(
        "insert into sessions (client_id, title, notes, status, starts_at, ends_at, hold_rank, hold_expires_at, hourly_rate_cents, deposit_required_cents, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id",
        None,
    )
}
impl SessionInsertStmt {
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
        client_id: &'a Option<uuid::Uuid>,
        title: &'a T1,
        notes: &'a T2,
        status: &'a T3,
        starts_at: &'a jiff::Timestamp,
        ends_at: &'a jiff::Timestamp,
        hold_rank: &'a Option<i16>,
        hold_expires_at: &'a Option<jiff::Timestamp>,
        hourly_rate_cents: &'a i64,
        deposit_required_cents: &'a i64,
        created_by: &'a Option<uuid::Uuid>,
        now: &'a jiff::Timestamp,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 12> {
        UuidUuidQuery {
            client,
            params: [
                client_id,
                title,
                notes,
                status,
                starts_at,
                ends_at,
                hold_rank,
                hold_expires_at,
                hourly_rate_cents,
                deposit_required_cents,
                created_by,
                now,
            ],
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
        SessionInsertParams<T1, T2, T3>,
        UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 12>,
        C,
    > for SessionInsertStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a SessionInsertParams<T1, T2, T3>,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 12> {
        self.bind(
            client,
            &params.client_id,
            &params.title,
            &params.notes,
            &params.status,
            &params.starts_at,
            &params.ends_at,
            &params.hold_rank,
            &params.hold_expires_at,
            &params.hourly_rate_cents,
            &params.deposit_required_cents,
            &params.created_by,
            &params.now,
        )
    }
}
pub struct SessionSetSpanStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn session_set_span() -> SessionSetSpanStmt {
    SessionSetSpanStmt(
        "update sessions set starts_at = $1, ends_at = $2, hold_rank = $3, hourly_rate_cents = $4, version = version + 1 where id = $5 returning version",
        None,
    )
}
impl SessionSetSpanStmt {
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
        starts_at: &'a jiff::Timestamp,
        ends_at: &'a jiff::Timestamp,
        hold_rank: &'a Option<i16>,
        hourly_rate_cents: &'a i64,
        id: &'a uuid::Uuid,
    ) -> I32Query<'c, 'a, 's, C, i32, 5> {
        I32Query {
            client,
            params: [starts_at, ends_at, hold_rank, hourly_rate_cents, id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        SessionSetSpanParams,
        I32Query<'c, 'a, 's, C, i32, 5>,
        C,
    > for SessionSetSpanStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a SessionSetSpanParams,
    ) -> I32Query<'c, 'a, 's, C, i32, 5> {
        self.bind(
            client,
            &params.starts_at,
            &params.ends_at,
            &params.hold_rank,
            &params.hourly_rate_cents,
            &params.id,
        )
    }
}
pub struct SessionEditStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn session_edit() -> SessionEditStmt {
    SessionEditStmt(
        "update sessions set client_id = $1, title = $2, notes = $3, version = version + 1 where id = $4 returning version",
        None,
    )
}
impl SessionEditStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>(
        &'s self,
        client: &'c C,
        client_id: &'a Option<uuid::Uuid>,
        title: &'a T1,
        notes: &'a T2,
        id: &'a uuid::Uuid,
    ) -> I32Query<'c, 'a, 's, C, i32, 4> {
        I32Query {
            client,
            params: [client_id, title, notes, id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        SessionEditParams<T1, T2>,
        I32Query<'c, 'a, 's, C, i32, 4>,
        C,
    > for SessionEditStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a SessionEditParams<T1, T2>,
    ) -> I32Query<'c, 'a, 's, C, i32, 4> {
        self.bind(client, &params.client_id, &params.title, &params.notes, &params.id)
    }
}
pub struct SessionSetStatusStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn session_set_status() -> SessionSetStatusStmt {
    SessionSetStatusStmt(
        "update sessions set status = $1, hold_rank = $2, hold_expires_at = $3, version = version + 1 where id = $4 returning version",
        None,
    )
}
impl SessionSetStatusStmt {
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
        status: &'a T1,
        hold_rank: &'a Option<i16>,
        hold_expires_at: &'a Option<jiff::Timestamp>,
        id: &'a uuid::Uuid,
    ) -> I32Query<'c, 'a, 's, C, i32, 4> {
        I32Query {
            client,
            params: [status, hold_rank, hold_expires_at, id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        SessionSetStatusParams<T1>,
        I32Query<'c, 'a, 's, C, i32, 4>,
        C,
    > for SessionSetStatusStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a SessionSetStatusParams<T1>,
    ) -> I32Query<'c, 'a, 's, C, i32, 4> {
        self.bind(client, &params.status, &params.hold_rank, &params.hold_expires_at, &params.id)
    }
}
pub struct SessionCancelStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn session_cancel() -> SessionCancelStmt {
    SessionCancelStmt(
        "update sessions set status = 'CANCELLED', hold_rank = null, cancelled_at = $1, cancelled_by = $2, cancel_reason = $3, version = version + 1 where id = $4 returning version",
        None,
    )
}
impl SessionCancelStmt {
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
        now: &'a jiff::Timestamp,
        cancelled_by: &'a Option<uuid::Uuid>,
        reason: &'a T1,
        id: &'a uuid::Uuid,
    ) -> I32Query<'c, 'a, 's, C, i32, 4> {
        I32Query {
            client,
            params: [now, cancelled_by, reason, id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        SessionCancelParams<T1>,
        I32Query<'c, 'a, 's, C, i32, 4>,
        C,
    > for SessionCancelStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a SessionCancelParams<T1>,
    ) -> I32Query<'c, 'a, 's, C, i32, 4> {
        self.bind(client, &params.now, &params.cancelled_by, &params.reason, &params.id)
    }
}
pub struct SessionsLapseStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn sessions_lapse() -> SessionsLapseStmt {
    SessionsLapseStmt(
        "with stale as ( select s.id from sessions s where s.status in ('HOLD', 'PENDING_DEPOSIT') and s.hold_expires_at <= $1 and s.id in ( select a.session_id from allocations a join resources b on b.id = a.resource_id where a.active and a.resource_id = any ($2) and a.busy && tstzrange($3::timestamptz - make_interval(mins => b.setup_minutes), $4::timestamptz + make_interval(mins => b.teardown_minutes), '[)') ) order by s.id for update of s ) update sessions s set status = 'EXPIRED', hold_rank = null, version = s.version + 1 from stale where s.id = stale.id",
        None,
    )
}
impl SessionsLapseStmt {
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
        now: &'a jiff::Timestamp,
        resource_ids: &'a T1,
        starts_at: &'a jiff::Timestamp,
        ends_at: &'a jiff::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[now, resource_ids, starts_at, ends_at]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::ArraySql<Item = uuid::Uuid>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SessionsLapseParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for SessionsLapseStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SessionsLapseParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.now,
            &params.resource_ids,
            &params.starts_at,
            &params.ends_at,
        ))
    }
}
