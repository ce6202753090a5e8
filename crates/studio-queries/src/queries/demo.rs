// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct DemoSettingsParams<T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql> {
    pub name: T1,
    pub time_zone: T2,
    pub locale: T3,
}
#[derive(Debug)]
pub struct DemoRoomUpdateParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub setup_minutes: i32,
    pub teardown_minutes: i32,
    pub id: uuid::Uuid,
    pub name: T1,
    pub description: T2,
    pub position: i16,
    pub colour: i16,
    pub hourly_rate_cents: i64,
}
#[derive(Debug)]
pub struct DemoRoomInsertParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub id: uuid::Uuid,
    pub setup_minutes: i32,
    pub teardown_minutes: i32,
    pub name: T1,
    pub description: T2,
    pub position: i16,
    pub colour: i16,
    pub hourly_rate_cents: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct DemoStaffInsertParams {
    pub id: uuid::Uuid,
    pub user_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct DemoEquipmentInsertParams<T1: crate::StringSql> {
    pub id: uuid::Uuid,
    pub name: T1,
}
#[derive(Debug)]
pub struct DemoIssueParams<
    T1: crate::StringSql,
    T2: crate::BytesSql,
    T3: crate::ArraySql<Item = uuid::Uuid>,
    T4: crate::StringSql,
    T5: crate::ArraySql<Item = T4>,
    T6: crate::ArraySql<Item = jiff::civil::Date>,
> {
    pub key_id: T1,
    pub key: T2,
    pub ids: T3,
    pub series: T5,
    pub dates: T6,
}
#[derive(Debug)]
pub struct DemoPaymentsParams<
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::ArraySql<Item = i64>,
    T3: crate::StringSql,
    T4: crate::ArraySql<Item = T3>,
> {
    pub ids: T1,
    pub paid_cents: T2,
    pub statuses: T4,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct BoolQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<bool, tokio_postgres::Error>,
    mapper: fn(bool) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> BoolQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(bool) -> R) -> BoolQuery<'c, 'a, 's, C, R, N> {
        BoolQuery {
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
pub struct DemoIsWantedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn demo_is_wanted() -> DemoIsWantedStmt {
    DemoIsWantedStmt(
        "select not exists (select from sessions) and not exists (select from clients) as wanted",
        None,
    )
}
impl DemoIsWantedStmt {
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
    ) -> BoolQuery<'c, 'a, 's, C, bool, 0> {
        BoolQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct DemoSettingsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn demo_settings() -> DemoSettingsStmt {
    DemoSettingsStmt(
        "update studio_settings set name = $1, time_zone = $2, locale = $3, version = version + 1",
        None,
    )
}
impl DemoSettingsStmt {
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
        name: &'a T1,
        time_zone: &'a T2,
        locale: &'a T3,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[name, time_zone, locale]).await
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
        DemoSettingsParams<T1, T2, T3>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DemoSettingsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DemoSettingsParams<T1, T2, T3>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.name, &params.time_zone, &params.locale))
    }
}
pub struct DemoOwnerStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn demo_owner() -> DemoOwnerStmt {
    DemoOwnerStmt(
        "update users set display_name = $1, version = version + 1 where role = 'OWNER' and status = 'INVITED'",
        None,
    )
}
impl DemoOwnerStmt {
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
        display_name: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[display_name]).await
    }
}
pub struct DemoRoomUpdateStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn demo_room_update() -> DemoRoomUpdateStmt {
    DemoRoomUpdateStmt(
        "with resource as ( update resources set setup_minutes = $1, teardown_minutes = $2 where id = $3 ) update rooms set name = $4, description = $5, position = $6, colour = $7, hourly_rate_cents = $8, version = version + 1 where id = $3",
        None,
    )
}
impl DemoRoomUpdateStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>(
        &'s self,
        client: &'c C,
        setup_minutes: &'a i32,
        teardown_minutes: &'a i32,
        id: &'a uuid::Uuid,
        name: &'a T1,
        description: &'a T2,
        position: &'a i16,
        colour: &'a i16,
        hourly_rate_cents: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    setup_minutes,
                    teardown_minutes,
                    id,
                    name,
                    description,
                    position,
                    colour,
                    hourly_rate_cents,
                ],
            )
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DemoRoomUpdateParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DemoRoomUpdateStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DemoRoomUpdateParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.setup_minutes,
            &params.teardown_minutes,
            &params.id,
            &params.name,
            &params.description,
            &params.position,
            &params.colour,
            &params.hourly_rate_cents,
        ))
    }
}
pub struct DemoRoomInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn demo_room_insert() -> DemoRoomInsertStmt {
    DemoRoomInsertStmt(
        "with resource as ( insert into resources (id, kind, setup_minutes, teardown_minutes) values ($1, 'ROOM', $2, $3) ) insert into rooms (id, name, description, position, colour, hourly_rate_cents) values ($1, $4, $5, $6, $7, $8)",
        None,
    )
}
impl DemoRoomInsertStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
        setup_minutes: &'a i32,
        teardown_minutes: &'a i32,
        name: &'a T1,
        description: &'a T2,
        position: &'a i16,
        colour: &'a i16,
        hourly_rate_cents: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    id,
                    setup_minutes,
                    teardown_minutes,
                    name,
                    description,
                    position,
                    colour,
                    hourly_rate_cents,
                ],
            )
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DemoRoomInsertParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DemoRoomInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DemoRoomInsertParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.id,
            &params.setup_minutes,
            &params.teardown_minutes,
            &params.name,
            &params.description,
            &params.position,
            &params.colour,
            &params.hourly_rate_cents,
        ))
    }
}
pub struct DemoStaffInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn demo_staff_insert() -> DemoStaffInsertStmt {
    DemoStaffInsertStmt(
        "with resource as ( insert into resources (id, kind) values ($1, 'STAFF') ) insert into staff (id, user_id) values ($1, $2)",
        None,
    )
}
impl DemoStaffInsertStmt {
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
        user_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id, user_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DemoStaffInsertParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DemoStaffInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DemoStaffInsertParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.id, &params.user_id))
    }
}
pub struct DemoEquipmentInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn demo_equipment_insert() -> DemoEquipmentInsertStmt {
    DemoEquipmentInsertStmt(
        "with resource as ( insert into resources (id, kind) values ($1, 'EQUIPMENT') ) insert into equipment (id, name) values ($1, $2)",
        None,
    )
}
impl DemoEquipmentInsertStmt {
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
        id: &'a uuid::Uuid,
        name: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[id, name]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DemoEquipmentInsertParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DemoEquipmentInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DemoEquipmentInsertParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.id, &params.name))
    }
}
pub struct DemoIssueStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn demo_issue() -> DemoIssueStmt {
    DemoIssueStmt(
        "select count(issue_invoice(d.id, d.series, d.issue_date, $1, $2)) as issued from unnest($3::uuid[], $4::text[], $5::date[]) as d (id, series, issue_date)",
        None,
    )
}
impl DemoIssueStmt {
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
        T2: crate::BytesSql,
        T3: crate::ArraySql<Item = uuid::Uuid>,
        T4: crate::StringSql,
        T5: crate::ArraySql<Item = T4>,
        T6: crate::ArraySql<Item = jiff::civil::Date>,
    >(
        &'s self,
        client: &'c C,
        key_id: &'a T1,
        key: &'a T2,
        ids: &'a T3,
        series: &'a T5,
        dates: &'a T6,
    ) -> I64Query<'c, 'a, 's, C, i64, 5> {
        I64Query {
            client,
            params: [key_id, key, ids, series, dates],
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
    T2: crate::BytesSql,
    T3: crate::ArraySql<Item = uuid::Uuid>,
    T4: crate::StringSql,
    T5: crate::ArraySql<Item = T4>,
    T6: crate::ArraySql<Item = jiff::civil::Date>,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        DemoIssueParams<T1, T2, T3, T4, T5, T6>,
        I64Query<'c, 'a, 's, C, i64, 5>,
        C,
    > for DemoIssueStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a DemoIssueParams<T1, T2, T3, T4, T5, T6>,
    ) -> I64Query<'c, 'a, 's, C, i64, 5> {
        self.bind(client, &params.key_id, &params.key, &params.ids, &params.series, &params.dates)
    }
}
pub struct DemoPaymentsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn demo_payments() -> DemoPaymentsStmt {
    DemoPaymentsStmt(
        "update invoices i set paid_cents = d.paid_cents, payment_status = d.payment_status from unnest($1::uuid[], $2::bigint[], $3::text[]) as d (id, paid_cents, payment_status) where i.id = d.id",
        None,
    )
}
impl DemoPaymentsStmt {
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
        T1: crate::ArraySql<Item = uuid::Uuid>,
        T2: crate::ArraySql<Item = i64>,
        T3: crate::StringSql,
        T4: crate::ArraySql<Item = T3>,
    >(
        &'s self,
        client: &'c C,
        ids: &'a T1,
        paid_cents: &'a T2,
        statuses: &'a T4,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[ids, paid_cents, statuses]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::ArraySql<Item = i64>,
    T3: crate::StringSql,
    T4: crate::ArraySql<Item = T3>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DemoPaymentsParams<T1, T2, T3, T4>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DemoPaymentsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DemoPaymentsParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.ids, &params.paid_cents, &params.statuses))
    }
}
pub struct DemoAnalyzeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn demo_analyze() -> DemoAnalyzeStmt {
    DemoAnalyzeStmt(
        "analyze users, clients, resources, rooms, staff, equipment, sessions, allocations, invoices, invoice_lines, audio_files",
        None,
    )
}
impl DemoAnalyzeStmt {
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
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[]).await
    }
}
