// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct SettingsUpdateParams<T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql> {
    pub name: T1,
    pub time_zone: T2,
    pub locale: T3,
    pub version: i32,
}
#[derive(Debug, Clone, PartialEq)]
pub struct SettingsGet {
    pub name: String,
    pub time_zone: String,
    pub locale: String,
    pub currency: String,
    pub hold_hours: i32,
    pub version: i32,
}
pub struct SettingsGetBorrowed<'a> {
    pub name: &'a str,
    pub time_zone: &'a str,
    pub locale: &'a str,
    pub currency: &'a str,
    pub hold_hours: i32,
    pub version: i32,
}
impl<'a> From<SettingsGetBorrowed<'a>> for SettingsGet {
    fn from(
        SettingsGetBorrowed {
            name,
            time_zone,
            locale,
            currency,
            hold_hours,
            version,
        }: SettingsGetBorrowed<'a>,
    ) -> Self {
        Self {
            name: name.into(),
            time_zone: time_zone.into(),
            locale: locale.into(),
            currency: currency.into(),
            hold_hours,
            version,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct OpeningRulesList {
    pub weekday: i16,
    pub opens_minute: i32,
    pub duration_minutes: i32,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct SettingsGetQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<SettingsGetBorrowed, tokio_postgres::Error>,
    mapper: fn(SettingsGetBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> SettingsGetQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(SettingsGetBorrowed) -> R,
    ) -> SettingsGetQuery<'c, 'a, 's, C, R, N> {
        SettingsGetQuery {
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
pub struct OpeningRulesListQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<OpeningRulesList, tokio_postgres::Error>,
    mapper: fn(OpeningRulesList) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> OpeningRulesListQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(OpeningRulesList) -> R,
    ) -> OpeningRulesListQuery<'c, 'a, 's, C, R, N> {
        OpeningRulesListQuery {
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
pub struct SettingsGetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn settings_get() -> SettingsGetStmt {
    SettingsGetStmt(
        "select name, time_zone, locale, currency, hold_hours, version from studio_settings",
        None,
    )
}
impl SettingsGetStmt {
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
    ) -> SettingsGetQuery<'c, 'a, 's, C, SettingsGet, 0> {
        SettingsGetQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<SettingsGetBorrowed, tokio_postgres::Error> {
                    Ok(SettingsGetBorrowed {
                        name: row.try_get(0)?,
                        time_zone: row.try_get(1)?,
                        locale: row.try_get(2)?,
                        currency: row.try_get(3)?,
                        hold_hours: row.try_get(4)?,
                        version: row.try_get(5)?,
                    })
                },
            mapper: |it| SettingsGet::from(it),
        }
    }
}
pub struct SettingsUpdateStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn settings_update() -> SettingsUpdateStmt {
    SettingsUpdateStmt(
        "update studio_settings set name = $1, time_zone = $2, locale = $3, version = version + 1 where version = $4",
        None,
    )
}
impl SettingsUpdateStmt {
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
        version: &'a i32,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[name, time_zone, locale, version]).await
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
        SettingsUpdateParams<T1, T2, T3>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for SettingsUpdateStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SettingsUpdateParams<T1, T2, T3>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.name,
            &params.time_zone,
            &params.locale,
            &params.version,
        ))
    }
}
pub struct OpeningRulesListStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn opening_rules_list() -> OpeningRulesListStmt {
    OpeningRulesListStmt(
        "select weekday, (extract(epoch from opens_at) / 60)::integer as opens_minute, duration_minutes from opening_rules order by weekday, opens_at limit 100",
        None,
    )
}
impl OpeningRulesListStmt {
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
    ) -> OpeningRulesListQuery<'c, 'a, 's, C, OpeningRulesList, 0> {
        OpeningRulesListQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<OpeningRulesList, tokio_postgres::Error> {
                    Ok(OpeningRulesList {
                        weekday: row.try_get(0)?,
                        opens_minute: row.try_get(1)?,
                        duration_minutes: row.try_get(2)?,
                    })
                },
            mapper: |it| OpeningRulesList::from(it),
        }
    }
}
