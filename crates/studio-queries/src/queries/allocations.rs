// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct AllocationsInsertParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub session_id: uuid::Uuid,
    pub starts_at: jiff::Timestamp,
    pub ends_at: jiff::Timestamp,
    pub resource_ids: T1,
}
#[derive(Clone, Copy, Debug)]
pub struct AllocationsMoveParams {
    pub starts_at: jiff::Timestamp,
    pub ends_at: jiff::Timestamp,
    pub session_id: uuid::Uuid,
    pub room_from: uuid::Uuid,
    pub room_to: uuid::Uuid,
}
#[derive(Debug)]
pub struct AllocationsDeleteParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub session_id: uuid::Uuid,
    pub resource_ids: T1,
}
#[derive(Debug)]
pub struct ConflictsParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub resource_ids: T1,
    pub starts_at: jiff::Timestamp,
    pub ends_at: jiff::Timestamp,
    pub except_session: Option<uuid::Uuid>,
    pub now: jiff::Timestamp,
}
#[derive(Debug)]
pub struct BusyParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub resource_ids: T1,
    pub from: jiff::Timestamp,
    pub to: jiff::Timestamp,
    pub except_session: Option<uuid::Uuid>,
    pub now: jiff::Timestamp,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Bookable {
    pub id: uuid::Uuid,
    pub kind: String,
    pub name: String,
    pub hourly_rate_cents: i64,
    pub setup_minutes: i32,
    pub teardown_minutes: i32,
}
pub struct BookableBorrowed<'a> {
    pub id: uuid::Uuid,
    pub kind: &'a str,
    pub name: &'a str,
    pub hourly_rate_cents: i64,
    pub setup_minutes: i32,
    pub teardown_minutes: i32,
}
impl<'a> From<BookableBorrowed<'a>> for Bookable {
    fn from(
        BookableBorrowed {
            id,
            kind,
            name,
            hourly_rate_cents,
            setup_minutes,
            teardown_minutes,
        }: BookableBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            kind: kind.into(),
            name: name.into(),
            hourly_rate_cents,
            setup_minutes,
            teardown_minutes,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    pub resource_id: uuid::Uuid,
    pub resource_name: String,
    pub resource_kind: String,
    pub session_id: Option<uuid::Uuid>,
    pub title: String,
    pub client_name: Option<String>,
    pub status: Option<String>,
    pub starts_at: jiff::Timestamp,
    pub ends_at: jiff::Timestamp,
    pub busy_from: jiff::Timestamp,
    pub busy_to: jiff::Timestamp,
    pub lane: i16,
}
pub struct ConflictBorrowed<'a> {
    pub resource_id: uuid::Uuid,
    pub resource_name: &'a str,
    pub resource_kind: &'a str,
    pub session_id: Option<uuid::Uuid>,
    pub title: &'a str,
    pub client_name: Option<&'a str>,
    pub status: Option<&'a str>,
    pub starts_at: jiff::Timestamp,
    pub ends_at: jiff::Timestamp,
    pub busy_from: jiff::Timestamp,
    pub busy_to: jiff::Timestamp,
    pub lane: i16,
}
impl<'a> From<ConflictBorrowed<'a>> for Conflict {
    fn from(
        ConflictBorrowed {
            resource_id,
            resource_name,
            resource_kind,
            session_id,
            title,
            client_name,
            status,
            starts_at,
            ends_at,
            busy_from,
            busy_to,
            lane,
        }: ConflictBorrowed<'a>,
    ) -> Self {
        Self {
            resource_id,
            resource_name: resource_name.into(),
            resource_kind: resource_kind.into(),
            session_id,
            title: title.into(),
            client_name: client_name.map(|v| v.into()),
            status: status.map(|v| v.into()),
            starts_at,
            ends_at,
            busy_from,
            busy_to,
            lane,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct Busy {
    pub resource_id: uuid::Uuid,
    pub busy_from: jiff::Timestamp,
    pub busy_to: jiff::Timestamp,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
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
pub struct BookableQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<BookableBorrowed, tokio_postgres::Error>,
    mapper: fn(BookableBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> BookableQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(BookableBorrowed) -> R) -> BookableQuery<'c, 'a, 's, C, R, N> {
        BookableQuery {
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
pub struct ConflictQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ConflictBorrowed, tokio_postgres::Error>,
    mapper: fn(ConflictBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ConflictQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ConflictBorrowed) -> R) -> ConflictQuery<'c, 'a, 's, C, R, N> {
        ConflictQuery {
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
pub struct BusyQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<Busy, tokio_postgres::Error>,
    mapper: fn(Busy) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> BusyQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(Busy) -> R) -> BusyQuery<'c, 'a, 's, C, R, N> {
        BusyQuery {
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
pub struct ResourcesLockStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn resources_lock() -> ResourcesLockStmt {
    ResourcesLockStmt("select lock_resources($1) as locked", None)
}
impl ResourcesLockStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>(
        &'s self,
        client: &'c C,
        ids: &'a T1,
    ) -> I32Query<'c, 'a, 's, C, i32, 1> {
        I32Query {
            client,
            params: [ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct BookablesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn bookables() -> BookablesStmt {
    BookablesStmt(
        "select b.id, b.kind, coalesce(r.name, u.display_name, e.name) as name, coalesce(r.hourly_rate_cents, 0) as hourly_rate_cents, b.setup_minutes, b.teardown_minutes from resources b left join rooms r on r.id = b.id left join staff m on m.id = b.id left join users u on u.id = m.user_id left join equipment e on e.id = b.id where (b.kind = 'ROOM' and b.archived_at is null) or (b.kind <> 'ROOM' and b.id = any ($1)) order by r.position, b.id limit 200",
        None,
    )
}
impl BookablesStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>(
        &'s self,
        client: &'c C,
        crew_ids: &'a T1,
    ) -> BookableQuery<'c, 'a, 's, C, Bookable, 1> {
        BookableQuery {
            client,
            params: [crew_ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<BookableBorrowed, tokio_postgres::Error> {
                    Ok(BookableBorrowed {
                        id: row.try_get(0)?,
                        kind: row.try_get(1)?,
                        name: row.try_get(2)?,
                        hourly_rate_cents: row.try_get(3)?,
                        setup_minutes: row.try_get(4)?,
                        teardown_minutes: row.try_get(5)?,
                    })
                },
            mapper: |it| Bookable::from(it),
        }
    }
}
pub struct AllocationsInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn allocations_insert() -> AllocationsInsertStmt {
    AllocationsInsertStmt(
        "insert into allocations (session_id, resource_id, starts_at, ends_at, busy_from, busy_to) select $1, b.id, $2, $3, $2::timestamptz - make_interval(mins => b.setup_minutes), $3::timestamptz + make_interval(mins => b.teardown_minutes) from resources b where b.id = any ($4) and b.archived_at is null order by b.id",
        None,
    )
}
impl AllocationsInsertStmt {
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
        session_id: &'a uuid::Uuid,
        starts_at: &'a jiff::Timestamp,
        ends_at: &'a jiff::Timestamp,
        resource_ids: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[session_id, starts_at, ends_at, resource_ids]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::ArraySql<Item = uuid::Uuid>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AllocationsInsertParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for AllocationsInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AllocationsInsertParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.session_id,
            &params.starts_at,
            &params.ends_at,
            &params.resource_ids,
        ))
    }
}
pub struct AllocationsMoveStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn allocations_move() -> AllocationsMoveStmt {
    AllocationsMoveStmt(
        "update allocations a set resource_id = b.id, starts_at = $1, ends_at = $2, busy_from = $1::timestamptz - make_interval(mins => b.setup_minutes), busy_to = $2::timestamptz + make_interval(mins => b.teardown_minutes) from resources b where a.session_id = $3 and b.id = case when a.resource_id = $4 then $5 else a.resource_id end",
        None,
    )
}
impl AllocationsMoveStmt {
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
        starts_at: &'a jiff::Timestamp,
        ends_at: &'a jiff::Timestamp,
        session_id: &'a uuid::Uuid,
        room_from: &'a uuid::Uuid,
        room_to: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[starts_at, ends_at, session_id, room_from, room_to]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AllocationsMoveParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for AllocationsMoveStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AllocationsMoveParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.starts_at,
            &params.ends_at,
            &params.session_id,
            &params.room_from,
            &params.room_to,
        ))
    }
}
pub struct AllocationsDeleteStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn allocations_delete() -> AllocationsDeleteStmt {
    AllocationsDeleteStmt(
        "delete from allocations where session_id = $1 and resource_id = any ($2)",
        None,
    )
}
impl AllocationsDeleteStmt {
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
        session_id: &'a uuid::Uuid,
        resource_ids: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[session_id, resource_ids]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::ArraySql<Item = uuid::Uuid>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AllocationsDeleteParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for AllocationsDeleteStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AllocationsDeleteParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.session_id, &params.resource_ids))
    }
}
pub struct ConflictsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn conflicts() -> ConflictsStmt {
    ConflictsStmt(
        "select a.resource_id, coalesce(r.name, u.display_name, e.name) as resource_name, b.kind as resource_kind, a.session_id, coalesce(s.title, a.label) as title, c.display_name as client_name, s.status, a.starts_at, a.ends_at, a.busy_from, a.busy_to, a.lane from resources b join allocations a on a.resource_id = b.id left join rooms r on r.id = b.id left join staff m on m.id = b.id left join users u on u.id = m.user_id left join equipment e on e.id = b.id left join sessions s on s.id = a.session_id left join clients c on c.id = s.client_id where b.id = any ($1) and a.active and a.busy && tstzrange($2::timestamptz - make_interval(mins => b.setup_minutes), $3::timestamptz + make_interval(mins => b.teardown_minutes), '[)') and ($4::uuid is null or a.session_id is distinct from $4) and not coalesce(s.status in ('HOLD', 'PENDING_DEPOSIT') and s.hold_expires_at <= $5, false) order by b.kind = 'ROOM' desc, a.lane, a.starts_at, a.id limit 50",
        None,
    )
}
impl ConflictsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>(
        &'s self,
        client: &'c C,
        resource_ids: &'a T1,
        starts_at: &'a jiff::Timestamp,
        ends_at: &'a jiff::Timestamp,
        except_session: &'a Option<uuid::Uuid>,
        now: &'a jiff::Timestamp,
    ) -> ConflictQuery<'c, 'a, 's, C, Conflict, 5> {
        ConflictQuery {
            client,
            params: [resource_ids, starts_at, ends_at, except_session, now],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ConflictBorrowed, tokio_postgres::Error> {
                    Ok(ConflictBorrowed {
                        resource_id: row.try_get(0)?,
                        resource_name: row.try_get(1)?,
                        resource_kind: row.try_get(2)?,
                        session_id: row.try_get(3)?,
                        title: row.try_get(4)?,
                        client_name: row.try_get(5)?,
                        status: row.try_get(6)?,
                        starts_at: row.try_get(7)?,
                        ends_at: row.try_get(8)?,
                        busy_from: row.try_get(9)?,
                        busy_to: row.try_get(10)?,
                        lane: row.try_get(11)?,
                    })
                },
            mapper: |it| Conflict::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ConflictsParams<T1>,
        ConflictQuery<'c, 'a, 's, C, Conflict, 5>,
        C,
    > for ConflictsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ConflictsParams<T1>,
    ) -> ConflictQuery<'c, 'a, 's, C, Conflict, 5> {
        self.bind(
            client,
            &params.resource_ids,
            &params.starts_at,
            &params.ends_at,
            &params.except_session,
            &params.now,
        )
    }
}
pub struct BusyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn busy() -> BusyStmt {
    BusyStmt(
        "select a.resource_id, a.busy_from, a.busy_to from allocations a left join sessions s on s.id = a.session_id where a.active and a.resource_id = any ($1) and a.busy && tstzrange($2, $3, '[)') and ($4::uuid is null or a.session_id is distinct from $4) and not coalesce(s.status in ('HOLD', 'PENDING_DEPOSIT') and s.hold_expires_at <= $5, false) order by a.resource_id, a.busy_from limit 5000",
        None,
    )
}
impl BusyStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>(
        &'s self,
        client: &'c C,
        resource_ids: &'a T1,
        from: &'a jiff::Timestamp,
        to: &'a jiff::Timestamp,
        except_session: &'a Option<uuid::Uuid>,
        now: &'a jiff::Timestamp,
    ) -> BusyQuery<'c, 'a, 's, C, Busy, 5> {
        BusyQuery {
            client,
            params: [resource_ids, from, to, except_session, now],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<Busy, tokio_postgres::Error> {
                Ok(Busy {
                    resource_id: row.try_get(0)?,
                    busy_from: row.try_get(1)?,
                    busy_to: row.try_get(2)?,
                })
            },
            mapper: |it| Busy::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>
    crate::client::async_::Params<'c, 'a, 's, BusyParams<T1>, BusyQuery<'c, 'a, 's, C, Busy, 5>, C>
    for BusyStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a BusyParams<T1>,
    ) -> BusyQuery<'c, 'a, 's, C, Busy, 5> {
        self.bind(
            client,
            &params.resource_ids,
            &params.from,
            &params.to,
            &params.except_session,
            &params.now,
        )
    }
}
