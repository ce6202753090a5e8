// This file was generated with `cornucopia`. Do not modify.

#[derive(Clone, Copy, Debug)]
pub struct CalendarEntriesParams {
    pub now: jiff::Timestamp,
    pub from: jiff::Timestamp,
    pub to: jiff::Timestamp,
    pub room_id: Option<uuid::Uuid>,
    pub with_cancelled: bool,
}
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarEntry {
    pub allocation_id: uuid::Uuid,
    pub kind: String,
    pub label: Option<String>,
    pub room_id: uuid::Uuid,
    pub room_name: String,
    pub room_colour: i16,
    pub starts_at: jiff::Timestamp,
    pub ends_at: jiff::Timestamp,
    pub busy_from: jiff::Timestamp,
    pub busy_to: jiff::Timestamp,
    pub session_id: Option<uuid::Uuid>,
    pub title: Option<String>,
    pub status: Option<String>,
    pub client_id: Option<uuid::Uuid>,
    pub client_name: Option<String>,
    pub hold_rank: Option<i16>,
    pub hold_expires_at: Option<jiff::Timestamp>,
    pub version: Option<i32>,
    pub crew: Option<String>,
}
pub struct CalendarEntryBorrowed<'a> {
    pub allocation_id: uuid::Uuid,
    pub kind: &'a str,
    pub label: Option<&'a str>,
    pub room_id: uuid::Uuid,
    pub room_name: &'a str,
    pub room_colour: i16,
    pub starts_at: jiff::Timestamp,
    pub ends_at: jiff::Timestamp,
    pub busy_from: jiff::Timestamp,
    pub busy_to: jiff::Timestamp,
    pub session_id: Option<uuid::Uuid>,
    pub title: Option<&'a str>,
    pub status: Option<&'a str>,
    pub client_id: Option<uuid::Uuid>,
    pub client_name: Option<&'a str>,
    pub hold_rank: Option<i16>,
    pub hold_expires_at: Option<jiff::Timestamp>,
    pub version: Option<i32>,
    pub crew: Option<&'a str>,
}
impl<'a> From<CalendarEntryBorrowed<'a>> for CalendarEntry {
    fn from(
        CalendarEntryBorrowed {
            allocation_id,
            kind,
            label,
            room_id,
            room_name,
            room_colour,
            starts_at,
            ends_at,
            busy_from,
            busy_to,
            session_id,
            title,
            status,
            client_id,
            client_name,
            hold_rank,
            hold_expires_at,
            version,
            crew,
        }: CalendarEntryBorrowed<'a>,
    ) -> Self {
        Self {
            allocation_id,
            kind: kind.into(),
            label: label.map(|v| v.into()),
            room_id,
            room_name: room_name.into(),
            room_colour,
            starts_at,
            ends_at,
            busy_from,
            busy_to,
            session_id,
            title: title.map(|v| v.into()),
            status: status.map(|v| v.into()),
            client_id,
            client_name: client_name.map(|v| v.into()),
            hold_rank,
            hold_expires_at,
            version,
            crew: crew.map(|v| v.into()),
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct CalendarEntryQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<CalendarEntryBorrowed, tokio_postgres::Error>,
    mapper: fn(CalendarEntryBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> CalendarEntryQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(CalendarEntryBorrowed) -> R,
    ) -> CalendarEntryQuery<'c, 'a, 's, C, R, N> {
        CalendarEntryQuery {
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
pub struct CalendarEntriesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn calendar_entries() -> CalendarEntriesStmt {
    CalendarEntriesStmt(
        "select a.id as allocation_id, a.kind, a.label, r.id as room_id, r.name as room_name, r.colour as room_colour, a.starts_at, a.ends_at, a.busy_from, a.busy_to, s.id as session_id, s.title, now_at.status, s.client_id, c.display_name as client_name, s.hold_rank, s.hold_expires_at, s.version, crew.names as crew from allocations a join rooms r on r.id = a.resource_id left join sessions s on s.id = a.session_id left join clients c on c.id = s.client_id cross join lateral ( select case when s.status in ('HOLD', 'PENDING_DEPOSIT') and s.hold_expires_at <= $1 then 'EXPIRED' else s.status end as status ) now_at left join lateral ( select string_agg(u.display_name, ', ' order by u.display_name, u.id) as names from allocations p join staff m on m.id = p.resource_id join users u on u.id = m.user_id where p.session_id = s.id ) crew on true where tstzrange(a.starts_at, a.ends_at, '[)') && tstzrange($2, $3, '[)') and ($4::uuid is null or a.resource_id = $4) and ($5 or now_at.status is null or now_at.status not in ('CANCELLED', 'EXPIRED')) order by r.position, a.starts_at, a.id limit 2000",
        None,
    )
}
impl CalendarEntriesStmt {
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
        now: &'a jiff::Timestamp,
        from: &'a jiff::Timestamp,
        to: &'a jiff::Timestamp,
        room_id: &'a Option<uuid::Uuid>,
        with_cancelled: &'a bool,
    ) -> CalendarEntryQuery<'c, 'a, 's, C, CalendarEntry, 5> {
        CalendarEntryQuery {
            client,
            params: [now, from, to, room_id, with_cancelled],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<CalendarEntryBorrowed, tokio_postgres::Error> {
                    Ok(CalendarEntryBorrowed {
                        allocation_id: row.try_get(0)?,
                        kind: row.try_get(1)?,
                        label: row.try_get(2)?,
                        room_id: row.try_get(3)?,
                        room_name: row.try_get(4)?,
                        room_colour: row.try_get(5)?,
                        starts_at: row.try_get(6)?,
                        ends_at: row.try_get(7)?,
                        busy_from: row.try_get(8)?,
                        busy_to: row.try_get(9)?,
                        session_id: row.try_get(10)?,
                        title: row.try_get(11)?,
                        status: row.try_get(12)?,
                        client_id: row.try_get(13)?,
                        client_name: row.try_get(14)?,
                        hold_rank: row.try_get(15)?,
                        hold_expires_at: row.try_get(16)?,
                        version: row.try_get(17)?,
                        crew: row.try_get(18)?,
                    })
                },
            mapper: |it| CalendarEntry::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        CalendarEntriesParams,
        CalendarEntryQuery<'c, 'a, 's, C, CalendarEntry, 5>,
        C,
    > for CalendarEntriesStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a CalendarEntriesParams,
    ) -> CalendarEntryQuery<'c, 'a, 's, C, CalendarEntry, 5> {
        self.bind(
            client,
            &params.now,
            &params.from,
            &params.to,
            &params.room_id,
            &params.with_cancelled,
        )
    }
}
