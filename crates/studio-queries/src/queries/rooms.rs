// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug, Clone, PartialEq)]
pub struct Room {
    pub id: uuid::Uuid,
    pub name: String,
    pub description: String,
    pub position: i16,
    pub colour: i16,
    pub hourly_rate_cents: i64,
    pub setup_minutes: i32,
    pub teardown_minutes: i32,
    pub version: i32,
}
pub struct RoomBorrowed<'a> {
    pub id: uuid::Uuid,
    pub name: &'a str,
    pub description: &'a str,
    pub position: i16,
    pub colour: i16,
    pub hourly_rate_cents: i64,
    pub setup_minutes: i32,
    pub teardown_minutes: i32,
    pub version: i32,
}
impl<'a> From<RoomBorrowed<'a>> for Room {
    fn from(
        RoomBorrowed {
            id,
            name,
            description,
            position,
            colour,
            hourly_rate_cents,
            setup_minutes,
            teardown_minutes,
            version,
        }: RoomBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            name: name.into(),
            description: description.into(),
            position,
            colour,
            hourly_rate_cents,
            setup_minutes,
            teardown_minutes,
            version,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct StaffMember {
    pub id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub display_name: String,
    pub role: String,
}
pub struct StaffMemberBorrowed<'a> {
    pub id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub display_name: &'a str,
    pub role: &'a str,
}
impl<'a> From<StaffMemberBorrowed<'a>> for StaffMember {
    fn from(
        StaffMemberBorrowed { id, user_id, display_name, role }: StaffMemberBorrowed<'a>,
    ) -> Self {
        Self { id, user_id, display_name: display_name.into(), role: role.into() }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct RoomQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<RoomBorrowed, tokio_postgres::Error>,
    mapper: fn(RoomBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RoomQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(RoomBorrowed) -> R) -> RoomQuery<'c, 'a, 's, C, R, N> {
        RoomQuery {
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
pub struct StaffMemberQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<StaffMemberBorrowed, tokio_postgres::Error>,
    mapper: fn(StaffMemberBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> StaffMemberQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(StaffMemberBorrowed) -> R,
    ) -> StaffMemberQuery<'c, 'a, 's, C, R, N> {
        StaffMemberQuery {
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
pub struct RoomsListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rooms_list() -> RoomsListStmt {
    RoomsListStmt(
        "select r.id, r.name, r.description, r.position, r.colour, r.hourly_rate_cents, b.setup_minutes, b.teardown_minutes, r.version from rooms r join resources b on b.id = r.id where b.archived_at is null order by r.position, r.name limit 100",
        None,
    )
}
impl RoomsListStmt {
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
    ) -> RoomQuery<'c, 'a, 's, C, Room, 0> {
        RoomQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<RoomBorrowed, tokio_postgres::Error> {
                Ok(RoomBorrowed {
                    id: row.try_get(0)?,
                    name: row.try_get(1)?,
                    description: row.try_get(2)?,
                    position: row.try_get(3)?,
                    colour: row.try_get(4)?,
                    hourly_rate_cents: row.try_get(5)?,
                    setup_minutes: row.try_get(6)?,
                    teardown_minutes: row.try_get(7)?,
                    version: row.try_get(8)?,
                })
            },
            mapper: |it| Room::from(it),
        }
    }
}
pub struct RoomGetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn room_get() -> RoomGetStmt {
    RoomGetStmt(
        "select r.id, r.name, r.description, r.position, r.colour, r.hourly_rate_cents, b.setup_minutes, b.teardown_minutes, r.version from rooms r join resources b on b.id = r.id where r.id = $1 and b.archived_at is null",
        None,
    )
}
impl RoomGetStmt {
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
    ) -> RoomQuery<'c, 'a, 's, C, Room, 1> {
        RoomQuery {
            client,
            params: [id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<RoomBorrowed, tokio_postgres::Error> {
                Ok(RoomBorrowed {
                    id: row.try_get(0)?,
                    name: row.try_get(1)?,
                    description: row.try_get(2)?,
                    position: row.try_get(3)?,
                    colour: row.try_get(4)?,
                    hourly_rate_cents: row.try_get(5)?,
                    setup_minutes: row.try_get(6)?,
                    teardown_minutes: row.try_get(7)?,
                    version: row.try_get(8)?,
                })
            },
            mapper: |it| Room::from(it),
        }
    }
}
pub struct StaffListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn staff_list() -> StaffListStmt {
    StaffListStmt(
        "select m.id, m.user_id, u.display_name, u.role from staff m join resources b on b.id = m.id join users u on u.id = m.user_id where b.archived_at is null and u.status <> 'DISABLED' order by fold(u.display_name), m.id limit 200",
        None,
    )
}
impl StaffListStmt {
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
    ) -> StaffMemberQuery<'c, 'a, 's, C, StaffMember, 0> {
        StaffMemberQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<StaffMemberBorrowed, tokio_postgres::Error> {
                    Ok(StaffMemberBorrowed {
                        id: row.try_get(0)?,
                        user_id: row.try_get(1)?,
                        display_name: row.try_get(2)?,
                        role: row.try_get(3)?,
                    })
                },
            mapper: |it| StaffMember::from(it),
        }
    }
}
