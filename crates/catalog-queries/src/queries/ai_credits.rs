// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct AiCreditsBookParams<T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql> {
    pub kind: T1,
    pub available_change: i64,
    pub held_change: i64,
    pub organization_id: uuid::Uuid,
    pub at: jiff::Timestamp,
    pub grant_id: Option<uuid::Uuid>,
    pub reservation_id: Option<uuid::Uuid>,
    pub key: T2,
    pub actor: T3,
}
#[derive(Debug)]
pub struct AiCreditsPeriodBeginParams<T1: crate::StringSql> {
    pub period: T1,
    pub organization_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct AiCreditsTellParams {
    pub low: bool,
    pub exhausted: bool,
    pub organization_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct AiCreditsDueSetParams {
    pub period_ends_at: jiff::Timestamp,
    pub organization_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct AiCreditsMonthlyParams<T1: crate::StringSql> {
    pub organization_id: uuid::Uuid,
    pub period: T1,
}
#[derive(Debug)]
pub struct AiCreditsGrantedByPlanParams<T1: crate::StringSql> {
    pub organization_id: uuid::Uuid,
    pub period: T1,
}
#[derive(Debug)]
pub struct AiCreditsGrantInsertParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
> {
    pub id: uuid::Uuid,
    pub organization_id: uuid::Uuid,
    pub source: T1,
    pub amount: i64,
    pub expires_at: Option<jiff::Timestamp>,
    pub period: Option<T2>,
    pub reason: T3,
    pub granted_by: T4,
    pub granted_at: jiff::Timestamp,
}
#[derive(Clone, Copy, Debug)]
pub struct AiCreditsGrantFetchParams {
    pub organization_id: uuid::Uuid,
    pub id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct AiCreditsGrantsRemainingParams {
    pub organization_id: uuid::Uuid,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct AiCreditsGrantsExpiredParams {
    pub organization_id: uuid::Uuid,
    pub now: jiff::Timestamp,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct AiCreditsGrantsMoveParams<
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::ArraySql<Item = i64>,
> {
    pub grant_ids: T1,
    pub credits: T2,
}
#[derive(Debug)]
pub struct AiCreditsGrantEndParams<T1: crate::StringSql> {
    pub ended: T1,
    pub ended_at: jiff::Timestamp,
    pub id: uuid::Uuid,
}
#[derive(Debug)]
pub struct AiCreditsReservationInsertParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub id: uuid::Uuid,
    pub organization_id: uuid::Uuid,
    pub request_id: T1,
    pub feature: T2,
    pub amount: i64,
    pub reserved_at: jiff::Timestamp,
    pub seconds: f64,
}
#[derive(Debug)]
pub struct AiCreditsPartsInsertParams<
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::ArraySql<Item = i64>,
> {
    pub reservation_id: uuid::Uuid,
    pub grant_ids: T1,
    pub credits: T2,
}
#[derive(Clone, Copy, Debug)]
pub struct AiCreditsPartsOfParams {
    pub reservation_id: uuid::Uuid,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct AiCreditsReservationOfRequestParams<T1: crate::StringSql> {
    pub organization_id: uuid::Uuid,
    pub request_id: T1,
}
#[derive(Clone, Copy, Debug)]
pub struct AiCreditsReservationFetchParams {
    pub organization_id: uuid::Uuid,
    pub id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct AiCreditsReservationsOverdueParams {
    pub organization_id: uuid::Uuid,
    pub now: jiff::Timestamp,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct AiCreditsReservationCloseParams<T1: crate::StringSql> {
    pub state: T1,
    pub spent: Option<i64>,
    pub closed_at: jiff::Timestamp,
    pub id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct AiCreditsFeaturesParams {
    pub organization_id: uuid::Uuid,
    pub since: jiff::Timestamp,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct AiCreditsLedgerPageParams {
    pub organization_id: uuid::Uuid,
    pub before: Option<i64>,
    pub row_limit: i64,
}
#[derive(Debug)]
pub struct AiCreditsTopParams<T1: crate::StringSql> {
    pub period: T1,
    pub row_limit: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct AiCreditsLedgerBrokenParams {
    pub days: i32,
    pub row_limit: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct AiAccount {
    pub subdomain: String,
    pub available: i64,
    pub held: i64,
    pub period: String,
    pub spent: i64,
    pub low_told: bool,
    pub exhausted_told: bool,
    pub is_due: bool,
    pub now: jiff::Timestamp,
}
pub struct AiAccountBorrowed<'a> {
    pub subdomain: &'a str,
    pub available: i64,
    pub held: i64,
    pub period: &'a str,
    pub spent: i64,
    pub low_told: bool,
    pub exhausted_told: bool,
    pub is_due: bool,
    pub now: jiff::Timestamp,
}
impl<'a> From<AiAccountBorrowed<'a>> for AiAccount {
    fn from(
        AiAccountBorrowed {
            subdomain,
            available,
            held,
            period,
            spent,
            low_told,
            exhausted_told,
            is_due,
            now,
        }: AiAccountBorrowed<'a>,
    ) -> Self {
        Self {
            subdomain: subdomain.into(),
            available,
            held,
            period: period.into(),
            spent,
            low_told,
            exhausted_told,
            is_due,
            now,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct AiCreditsBook {
    pub available_after: i64,
    pub held_after: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct AiGrant {
    pub id: uuid::Uuid,
    pub source: String,
    pub amount: i64,
    pub remaining: i64,
    pub expires_at: Option<jiff::Timestamp>,
    pub period: Option<String>,
    pub reason: String,
    pub granted_by: String,
    pub granted_at: jiff::Timestamp,
    pub ended: Option<String>,
    pub ended_at: Option<jiff::Timestamp>,
}
pub struct AiGrantBorrowed<'a> {
    pub id: uuid::Uuid,
    pub source: &'a str,
    pub amount: i64,
    pub remaining: i64,
    pub expires_at: Option<jiff::Timestamp>,
    pub period: Option<&'a str>,
    pub reason: &'a str,
    pub granted_by: &'a str,
    pub granted_at: jiff::Timestamp,
    pub ended: Option<&'a str>,
    pub ended_at: Option<jiff::Timestamp>,
}
impl<'a> From<AiGrantBorrowed<'a>> for AiGrant {
    fn from(
        AiGrantBorrowed {
            id,
            source,
            amount,
            remaining,
            expires_at,
            period,
            reason,
            granted_by,
            granted_at,
            ended,
            ended_at,
        }: AiGrantBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            source: source.into(),
            amount,
            remaining,
            expires_at,
            period: period.map(|v| v.into()),
            reason: reason.into(),
            granted_by: granted_by.into(),
            granted_at,
            ended: ended.map(|v| v.into()),
            ended_at,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct AiCreditsGrantsExpired {
    pub id: uuid::Uuid,
    pub remaining: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct AiCreditsPartsOf {
    pub grant_id: uuid::Uuid,
    pub amount: i64,
    pub source: String,
    pub expires_at: Option<jiff::Timestamp>,
    pub ended: Option<String>,
}
pub struct AiCreditsPartsOfBorrowed<'a> {
    pub grant_id: uuid::Uuid,
    pub amount: i64,
    pub source: &'a str,
    pub expires_at: Option<jiff::Timestamp>,
    pub ended: Option<&'a str>,
}
impl<'a> From<AiCreditsPartsOfBorrowed<'a>> for AiCreditsPartsOf {
    fn from(
        AiCreditsPartsOfBorrowed {
            grant_id,
            amount,
            source,
            expires_at,
            ended,
        }: AiCreditsPartsOfBorrowed<'a>,
    ) -> Self {
        Self { grant_id, amount, source: source.into(), expires_at, ended: ended.map(|v| v.into()) }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct AiReservation {
    pub id: uuid::Uuid,
    pub request_id: String,
    pub feature: String,
    pub amount: i64,
    pub state: String,
    pub spent: Option<i64>,
    pub reserved_at: jiff::Timestamp,
    pub expires_at: jiff::Timestamp,
    pub closed_at: Option<jiff::Timestamp>,
}
pub struct AiReservationBorrowed<'a> {
    pub id: uuid::Uuid,
    pub request_id: &'a str,
    pub feature: &'a str,
    pub amount: i64,
    pub state: &'a str,
    pub spent: Option<i64>,
    pub reserved_at: jiff::Timestamp,
    pub expires_at: jiff::Timestamp,
    pub closed_at: Option<jiff::Timestamp>,
}
impl<'a> From<AiReservationBorrowed<'a>> for AiReservation {
    fn from(
        AiReservationBorrowed {
            id,
            request_id,
            feature,
            amount,
            state,
            spent,
            reserved_at,
            expires_at,
            closed_at,
        }: AiReservationBorrowed<'a>,
    ) -> Self {
        Self {
            id,
            request_id: request_id.into(),
            feature: feature.into(),
            amount,
            state: state.into(),
            spent,
            reserved_at,
            expires_at,
            closed_at,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct AiCreditsAccountFetch {
    pub available: i64,
    pub held: i64,
    pub period: String,
    pub spent: i64,
}
pub struct AiCreditsAccountFetchBorrowed<'a> {
    pub available: i64,
    pub held: i64,
    pub period: &'a str,
    pub spent: i64,
}
impl<'a> From<AiCreditsAccountFetchBorrowed<'a>> for AiCreditsAccountFetch {
    fn from(
        AiCreditsAccountFetchBorrowed {
            available,
            held,
            period,
            spent,
        }: AiCreditsAccountFetchBorrowed<'a>,
    ) -> Self {
        Self { available, held, period: period.into(), spent }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct AiCreditsFeatures {
    pub feature: String,
    pub spent: i64,
    pub reservations: i64,
}
pub struct AiCreditsFeaturesBorrowed<'a> {
    pub feature: &'a str,
    pub spent: i64,
    pub reservations: i64,
}
impl<'a> From<AiCreditsFeaturesBorrowed<'a>> for AiCreditsFeatures {
    fn from(
        AiCreditsFeaturesBorrowed { feature, spent, reservations }: AiCreditsFeaturesBorrowed<'a>,
    ) -> Self {
        Self { feature: feature.into(), spent, reservations }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct AiEntry {
    pub number: i64,
    pub at: jiff::Timestamp,
    pub kind: String,
    pub available_change: i64,
    pub held_change: i64,
    pub available_after: i64,
    pub held_after: i64,
    pub grant_id: Option<uuid::Uuid>,
    pub reservation_id: Option<uuid::Uuid>,
    pub actor: String,
}
pub struct AiEntryBorrowed<'a> {
    pub number: i64,
    pub at: jiff::Timestamp,
    pub kind: &'a str,
    pub available_change: i64,
    pub held_change: i64,
    pub available_after: i64,
    pub held_after: i64,
    pub grant_id: Option<uuid::Uuid>,
    pub reservation_id: Option<uuid::Uuid>,
    pub actor: &'a str,
}
impl<'a> From<AiEntryBorrowed<'a>> for AiEntry {
    fn from(
        AiEntryBorrowed {
            number,
            at,
            kind,
            available_change,
            held_change,
            available_after,
            held_after,
            grant_id,
            reservation_id,
            actor,
        }: AiEntryBorrowed<'a>,
    ) -> Self {
        Self {
            number,
            at,
            kind: kind.into(),
            available_change,
            held_change,
            available_after,
            held_after,
            grant_id,
            reservation_id,
            actor: actor.into(),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct AiSpender {
    pub subdomain: String,
    pub plan: String,
    pub ai_credits_per_month: Option<i64>,
    pub available: i64,
    pub held: i64,
    pub spent: i64,
    pub tenants: i64,
}
pub struct AiSpenderBorrowed<'a> {
    pub subdomain: &'a str,
    pub plan: &'a str,
    pub ai_credits_per_month: Option<i64>,
    pub available: i64,
    pub held: i64,
    pub spent: i64,
    pub tenants: i64,
}
impl<'a> From<AiSpenderBorrowed<'a>> for AiSpender {
    fn from(
        AiSpenderBorrowed {
            subdomain,
            plan,
            ai_credits_per_month,
            available,
            held,
            spent,
            tenants,
        }: AiSpenderBorrowed<'a>,
    ) -> Self {
        Self {
            subdomain: subdomain.into(),
            plan: plan.into(),
            ai_credits_per_month,
            available,
            held,
            spent,
            tenants,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct AiCreditsOutOfStep {
    pub subdomain: String,
    pub available: i64,
    pub held: i64,
    pub ledger_available: i64,
    pub ledger_held: i64,
    pub remaining: i64,
    pub reserved: i64,
}
pub struct AiCreditsOutOfStepBorrowed<'a> {
    pub subdomain: &'a str,
    pub available: i64,
    pub held: i64,
    pub ledger_available: i64,
    pub ledger_held: i64,
    pub remaining: i64,
    pub reserved: i64,
}
impl<'a> From<AiCreditsOutOfStepBorrowed<'a>> for AiCreditsOutOfStep {
    fn from(
        AiCreditsOutOfStepBorrowed {
            subdomain,
            available,
            held,
            ledger_available,
            ledger_held,
            remaining,
            reserved,
        }: AiCreditsOutOfStepBorrowed<'a>,
    ) -> Self {
        Self {
            subdomain: subdomain.into(),
            available,
            held,
            ledger_available,
            ledger_held,
            remaining,
            reserved,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct AiCreditsLedgerBroken {
    pub subdomain: String,
    pub number: i64,
}
pub struct AiCreditsLedgerBrokenBorrowed<'a> {
    pub subdomain: &'a str,
    pub number: i64,
}
impl<'a> From<AiCreditsLedgerBrokenBorrowed<'a>> for AiCreditsLedgerBroken {
    fn from(
        AiCreditsLedgerBrokenBorrowed { subdomain, number }: AiCreditsLedgerBrokenBorrowed<'a>,
    ) -> Self {
        Self { subdomain: subdomain.into(), number }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct AiAccountQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AiAccountBorrowed, tokio_postgres::Error>,
    mapper: fn(AiAccountBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AiAccountQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(AiAccountBorrowed) -> R) -> AiAccountQuery<'c, 'a, 's, C, R, N> {
        AiAccountQuery {
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
pub struct AiCreditsBookQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AiCreditsBook, tokio_postgres::Error>,
    mapper: fn(AiCreditsBook) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AiCreditsBookQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(AiCreditsBook) -> R) -> AiCreditsBookQuery<'c, 'a, 's, C, R, N> {
        AiCreditsBookQuery {
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
pub struct AiGrantQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AiGrantBorrowed, tokio_postgres::Error>,
    mapper: fn(AiGrantBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AiGrantQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(AiGrantBorrowed) -> R) -> AiGrantQuery<'c, 'a, 's, C, R, N> {
        AiGrantQuery {
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
pub struct AiCreditsGrantsExpiredQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AiCreditsGrantsExpired, tokio_postgres::Error>,
    mapper: fn(AiCreditsGrantsExpired) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AiCreditsGrantsExpiredQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(AiCreditsGrantsExpired) -> R,
    ) -> AiCreditsGrantsExpiredQuery<'c, 'a, 's, C, R, N> {
        AiCreditsGrantsExpiredQuery {
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
pub struct AiCreditsPartsOfQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AiCreditsPartsOfBorrowed, tokio_postgres::Error>,
    mapper: fn(AiCreditsPartsOfBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AiCreditsPartsOfQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(AiCreditsPartsOfBorrowed) -> R,
    ) -> AiCreditsPartsOfQuery<'c, 'a, 's, C, R, N> {
        AiCreditsPartsOfQuery {
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
pub struct AiReservationQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AiReservationBorrowed, tokio_postgres::Error>,
    mapper: fn(AiReservationBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AiReservationQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(AiReservationBorrowed) -> R,
    ) -> AiReservationQuery<'c, 'a, 's, C, R, N> {
        AiReservationQuery {
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
pub struct AiCreditsAccountFetchQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor:
        fn(&tokio_postgres::Row) -> Result<AiCreditsAccountFetchBorrowed, tokio_postgres::Error>,
    mapper: fn(AiCreditsAccountFetchBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AiCreditsAccountFetchQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(AiCreditsAccountFetchBorrowed) -> R,
    ) -> AiCreditsAccountFetchQuery<'c, 'a, 's, C, R, N> {
        AiCreditsAccountFetchQuery {
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
pub struct Optioni64Query<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<Option<i64>, tokio_postgres::Error>,
    mapper: fn(Option<i64>) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> Optioni64Query<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(Option<i64>) -> R) -> Optioni64Query<'c, 'a, 's, C, R, N> {
        Optioni64Query {
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
pub struct AiCreditsFeaturesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AiCreditsFeaturesBorrowed, tokio_postgres::Error>,
    mapper: fn(AiCreditsFeaturesBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AiCreditsFeaturesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(AiCreditsFeaturesBorrowed) -> R,
    ) -> AiCreditsFeaturesQuery<'c, 'a, 's, C, R, N> {
        AiCreditsFeaturesQuery {
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
pub struct AiEntryQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AiEntryBorrowed, tokio_postgres::Error>,
    mapper: fn(AiEntryBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AiEntryQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(AiEntryBorrowed) -> R) -> AiEntryQuery<'c, 'a, 's, C, R, N> {
        AiEntryQuery {
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
pub struct AiSpenderQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AiSpenderBorrowed, tokio_postgres::Error>,
    mapper: fn(AiSpenderBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AiSpenderQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(AiSpenderBorrowed) -> R) -> AiSpenderQuery<'c, 'a, 's, C, R, N> {
        AiSpenderQuery {
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
pub struct JiffTimestampQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<jiff::Timestamp, tokio_postgres::Error>,
    mapper: fn(jiff::Timestamp) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> JiffTimestampQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(jiff::Timestamp) -> R,
    ) -> JiffTimestampQuery<'c, 'a, 's, C, R, N> {
        JiffTimestampQuery {
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
pub struct AiCreditsOutOfStepQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor:
        fn(&tokio_postgres::Row) -> Result<AiCreditsOutOfStepBorrowed, tokio_postgres::Error>,
    mapper: fn(AiCreditsOutOfStepBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AiCreditsOutOfStepQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(AiCreditsOutOfStepBorrowed) -> R,
    ) -> AiCreditsOutOfStepQuery<'c, 'a, 's, C, R, N> {
        AiCreditsOutOfStepQuery {
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
pub struct AiCreditsLedgerBrokenQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor:
        fn(&tokio_postgres::Row) -> Result<AiCreditsLedgerBrokenBorrowed, tokio_postgres::Error>,
    mapper: fn(AiCreditsLedgerBrokenBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AiCreditsLedgerBrokenQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(AiCreditsLedgerBrokenBorrowed) -> R,
    ) -> AiCreditsLedgerBrokenQuery<'c, 'a, 's, C, R, N> {
        AiCreditsLedgerBrokenQuery {
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
pub struct AiCreditsAccountEnsureStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_account_ensure() -> AiCreditsAccountEnsureStmt {
    AiCreditsAccountEnsureStmt(
        "insert into ai_credits_accounts (organization_id) values ($1) on conflict on constraint ai_credits_accounts_pkey do nothing",
        None,
    )
}
impl AiCreditsAccountEnsureStmt {
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
        organization_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[organization_id]).await
    }
}
pub struct AiCreditsAccountLockStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_account_lock() -> AiCreditsAccountLockStmt {
    AiCreditsAccountLockStmt(
        "with locked as materialized ( select organization_id, available, held, period, spent, low_told, exhausted_told, due_at from ai_credits_accounts where organization_id = $1 for update ) select organizations.subdomain::text as subdomain, locked.available, locked.held, locked.period, locked.spent, locked.low_told, locked.exhausted_told, locked.due_at <= clock_timestamp() as is_due, clock_timestamp() as now from locked join organizations on organizations.id = locked.organization_id",
        None,
    )
}
impl AiCreditsAccountLockStmt {
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
        organization_id: &'a uuid::Uuid,
    ) -> AiAccountQuery<'c, 'a, 's, C, AiAccount, 1> {
        AiAccountQuery {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<AiAccountBorrowed, tokio_postgres::Error> {
                    Ok(AiAccountBorrowed {
                        subdomain: row.try_get(0)?,
                        available: row.try_get(1)?,
                        held: row.try_get(2)?,
                        period: row.try_get(3)?,
                        spent: row.try_get(4)?,
                        low_told: row.try_get(5)?,
                        exhausted_told: row.try_get(6)?,
                        is_due: row.try_get(7)?,
                        now: row.try_get(8)?,
                    })
                },
            mapper: |it| AiAccount::from(it),
        }
    }
}
pub struct AiCreditsAccountTryLockStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_account_try_lock() -> AiCreditsAccountTryLockStmt {
    AiCreditsAccountTryLockStmt(
        "select organization_id from ai_credits_accounts where organization_id = $1 for update skip locked",
        None,
    )
}
impl AiCreditsAccountTryLockStmt {
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
        organization_id: &'a uuid::Uuid,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 1> {
        UuidUuidQuery {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct AiCreditsBookStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_book() -> AiCreditsBookStmt {
    AiCreditsBookStmt(
        "with account as ( update ai_credits_accounts set available = ai_credits_accounts.available + entry.available_change, held = ai_credits_accounts.held + entry.held_change, spent = ai_credits_accounts.spent - case entry.kind when 'SETTLE' then entry.available_change + entry.held_change else 0 end, entries = ai_credits_accounts.entries + 1 from ( values ($1::text, $2::bigint, $3::bigint) ) as entry (kind, available_change, held_change) where ai_credits_accounts.organization_id = $4 returning ai_credits_accounts.organization_id, ai_credits_accounts.entries, ai_credits_accounts.available, ai_credits_accounts.held, entry.kind, entry.available_change, entry.held_change ) insert into ai_credits_ledger ( organization_id, number, at, kind, available_change, held_change, available_after, held_after, grant_id, reservation_id, key, actor ) select account.organization_id, account.entries, $5, account.kind, account.available_change, account.held_change, account.available, account.held, $6, $7, $8, $9 from account returning available_after, held_after",
        None,
    )
}
impl AiCreditsBookStmt {
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
        kind: &'a T1,
        available_change: &'a i64,
        held_change: &'a i64,
        organization_id: &'a uuid::Uuid,
        at: &'a jiff::Timestamp,
        grant_id: &'a Option<uuid::Uuid>,
        reservation_id: &'a Option<uuid::Uuid>,
        key: &'a T2,
        actor: &'a T3,
    ) -> AiCreditsBookQuery<'c, 'a, 's, C, AiCreditsBook, 9> {
        AiCreditsBookQuery {
            client,
            params: [
                kind,
                available_change,
                held_change,
                organization_id,
                at,
                grant_id,
                reservation_id,
                key,
                actor,
            ],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<AiCreditsBook, tokio_postgres::Error> {
                Ok(AiCreditsBook { available_after: row.try_get(0)?, held_after: row.try_get(1)? })
            },
            mapper: |it| AiCreditsBook::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql, T3: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AiCreditsBookParams<T1, T2, T3>,
        AiCreditsBookQuery<'c, 'a, 's, C, AiCreditsBook, 9>,
        C,
    > for AiCreditsBookStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AiCreditsBookParams<T1, T2, T3>,
    ) -> AiCreditsBookQuery<'c, 'a, 's, C, AiCreditsBook, 9> {
        self.bind(
            client,
            &params.kind,
            &params.available_change,
            &params.held_change,
            &params.organization_id,
            &params.at,
            &params.grant_id,
            &params.reservation_id,
            &params.key,
            &params.actor,
        )
    }
}
pub struct AiCreditsPeriodBeginStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_period_begin() -> AiCreditsPeriodBeginStmt {
    AiCreditsPeriodBeginStmt(
        "update ai_credits_accounts set period = $1, spent = 0, low_told = false, exhausted_told = false where organization_id = $2",
        None,
    )
}
impl AiCreditsPeriodBeginStmt {
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
        period: &'a T1,
        organization_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[period, organization_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AiCreditsPeriodBeginParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for AiCreditsPeriodBeginStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AiCreditsPeriodBeginParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.period, &params.organization_id))
    }
}
pub struct AiCreditsTellStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_tell() -> AiCreditsTellStmt {
    AiCreditsTellStmt(
        "update ai_credits_accounts set low_told = low_told or $1, exhausted_told = exhausted_told or $2 where organization_id = $3",
        None,
    )
}
impl AiCreditsTellStmt {
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
        low: &'a bool,
        exhausted: &'a bool,
        organization_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[low, exhausted, organization_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AiCreditsTellParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for AiCreditsTellStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AiCreditsTellParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.low, &params.exhausted, &params.organization_id))
    }
}
pub struct AiCreditsDueSetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_due_set() -> AiCreditsDueSetStmt {
    AiCreditsDueSetStmt(
        "update ai_credits_accounts set due_at = least( $1, ( select min(ai_credits_reservations.expires_at) from ai_credits_reservations where ai_credits_reservations.organization_id = $2 and ai_credits_reservations.state = 'HELD' ), ( select min(ai_credits_grants.expires_at) from ai_credits_grants where ai_credits_grants.organization_id = $2 and ai_credits_grants.remaining > 0 ) ) where ai_credits_accounts.organization_id = $2",
        None,
    )
}
impl AiCreditsDueSetStmt {
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
        period_ends_at: &'a jiff::Timestamp,
        organization_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[period_ends_at, organization_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AiCreditsDueSetParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for AiCreditsDueSetStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AiCreditsDueSetParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.period_ends_at, &params.organization_id))
    }
}
pub struct AiCreditsDueStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_due() -> AiCreditsDueStmt {
    AiCreditsDueStmt(
        "select ai_credits_accounts.organization_id from ai_credits_accounts where ai_credits_accounts.due_at <= now() or ai_credits_accounts.due_at > now() + interval '40 days' union select ai_credits_entitled.organization_id from ai_credits_entitled where not exists ( select from ai_credits_grants where ai_credits_grants.organization_id = ai_credits_entitled.organization_id and ai_credits_grants.period = to_char(now() at time zone 'UTC', 'YYYY-MM') ) order by organization_id limit $1",
        None,
    )
}
impl AiCreditsDueStmt {
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
        row_limit: &'a i64,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 1> {
        UuidUuidQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct AiCreditsMonthlyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_monthly() -> AiCreditsMonthlyStmt {
    AiCreditsMonthlyStmt(
        "select ai_credits_entitled.credits from ai_credits_entitled where ai_credits_entitled.organization_id = $1 and not exists ( select from ai_credits_grants where ai_credits_grants.organization_id = $1 and ai_credits_grants.period = $2 )",
        None,
    )
}
impl AiCreditsMonthlyStmt {
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
        organization_id: &'a uuid::Uuid,
        period: &'a T1,
    ) -> I64Query<'c, 'a, 's, C, i64, 2> {
        I64Query {
            client,
            params: [organization_id, period],
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
        AiCreditsMonthlyParams<T1>,
        I64Query<'c, 'a, 's, C, i64, 2>,
        C,
    > for AiCreditsMonthlyStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AiCreditsMonthlyParams<T1>,
    ) -> I64Query<'c, 'a, 's, C, i64, 2> {
        self.bind(client, &params.organization_id, &params.period)
    }
}
pub struct AiCreditsGrantedByPlanStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_granted_by_plan() -> AiCreditsGrantedByPlanStmt {
    AiCreditsGrantedByPlanStmt(
        "select amount from ai_credits_grants where organization_id = $1 and period = $2",
        None,
    )
}
impl AiCreditsGrantedByPlanStmt {
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
        organization_id: &'a uuid::Uuid,
        period: &'a T1,
    ) -> I64Query<'c, 'a, 's, C, i64, 2> {
        I64Query {
            client,
            params: [organization_id, period],
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
        AiCreditsGrantedByPlanParams<T1>,
        I64Query<'c, 'a, 's, C, i64, 2>,
        C,
    > for AiCreditsGrantedByPlanStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AiCreditsGrantedByPlanParams<T1>,
    ) -> I64Query<'c, 'a, 's, C, i64, 2> {
        self.bind(client, &params.organization_id, &params.period)
    }
}
pub struct AiCreditsGrantInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_grant_insert() -> AiCreditsGrantInsertStmt {
    AiCreditsGrantInsertStmt(
        "insert into ai_credits_grants ( id, organization_id, source, amount, remaining, expires_at, period, reason, granted_by, granted_at ) values ( $1, $2, $3, $4, $4, $5, $6, $7, $8, $9 )",
        None,
    )
}
impl AiCreditsGrantInsertStmt {
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
    >(
        &'s self,
        client: &'c C,
        id: &'a uuid::Uuid,
        organization_id: &'a uuid::Uuid,
        source: &'a T1,
        amount: &'a i64,
        expires_at: &'a Option<jiff::Timestamp>,
        period: &'a Option<T2>,
        reason: &'a T3,
        granted_by: &'a T4,
        granted_at: &'a jiff::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[
                    id,
                    organization_id,
                    source,
                    amount,
                    expires_at,
                    period,
                    reason,
                    granted_by,
                    granted_at,
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
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AiCreditsGrantInsertParams<T1, T2, T3, T4>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for AiCreditsGrantInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AiCreditsGrantInsertParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.id,
            &params.organization_id,
            &params.source,
            &params.amount,
            &params.expires_at,
            &params.period,
            &params.reason,
            &params.granted_by,
            &params.granted_at,
        ))
    }
}
pub struct AiCreditsGrantFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_grant_fetch() -> AiCreditsGrantFetchStmt {
    AiCreditsGrantFetchStmt(
        "select id, source, amount, remaining, expires_at, period, reason, granted_by, granted_at, ended, ended_at from ai_credits_grants where organization_id = $1 and id = $2",
        None,
    )
}
impl AiCreditsGrantFetchStmt {
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
        organization_id: &'a uuid::Uuid,
        id: &'a uuid::Uuid,
    ) -> AiGrantQuery<'c, 'a, 's, C, AiGrant, 2> {
        AiGrantQuery {
            client,
            params: [organization_id, id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<AiGrantBorrowed, tokio_postgres::Error> {
                    Ok(AiGrantBorrowed {
                        id: row.try_get(0)?,
                        source: row.try_get(1)?,
                        amount: row.try_get(2)?,
                        remaining: row.try_get(3)?,
                        expires_at: row.try_get(4)?,
                        period: row.try_get(5)?,
                        reason: row.try_get(6)?,
                        granted_by: row.try_get(7)?,
                        granted_at: row.try_get(8)?,
                        ended: row.try_get(9)?,
                        ended_at: row.try_get(10)?,
                    })
                },
            mapper: |it| AiGrant::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AiCreditsGrantFetchParams,
        AiGrantQuery<'c, 'a, 's, C, AiGrant, 2>,
        C,
    > for AiCreditsGrantFetchStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AiCreditsGrantFetchParams,
    ) -> AiGrantQuery<'c, 'a, 's, C, AiGrant, 2> {
        self.bind(client, &params.organization_id, &params.id)
    }
}
pub struct AiCreditsGrantsRemainingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_grants_remaining() -> AiCreditsGrantsRemainingStmt {
    AiCreditsGrantsRemainingStmt(
        "select id, source, amount, remaining, expires_at, period, reason, granted_by, granted_at, ended, ended_at from ai_credits_grants where organization_id = $1 and remaining > 0 order by granted_at, id limit $2",
        None,
    )
}
impl AiCreditsGrantsRemainingStmt {
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
        organization_id: &'a uuid::Uuid,
        row_limit: &'a i64,
    ) -> AiGrantQuery<'c, 'a, 's, C, AiGrant, 2> {
        AiGrantQuery {
            client,
            params: [organization_id, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<AiGrantBorrowed, tokio_postgres::Error> {
                    Ok(AiGrantBorrowed {
                        id: row.try_get(0)?,
                        source: row.try_get(1)?,
                        amount: row.try_get(2)?,
                        remaining: row.try_get(3)?,
                        expires_at: row.try_get(4)?,
                        period: row.try_get(5)?,
                        reason: row.try_get(6)?,
                        granted_by: row.try_get(7)?,
                        granted_at: row.try_get(8)?,
                        ended: row.try_get(9)?,
                        ended_at: row.try_get(10)?,
                    })
                },
            mapper: |it| AiGrant::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AiCreditsGrantsRemainingParams,
        AiGrantQuery<'c, 'a, 's, C, AiGrant, 2>,
        C,
    > for AiCreditsGrantsRemainingStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AiCreditsGrantsRemainingParams,
    ) -> AiGrantQuery<'c, 'a, 's, C, AiGrant, 2> {
        self.bind(client, &params.organization_id, &params.row_limit)
    }
}
pub struct AiCreditsGrantsExpiredStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_grants_expired() -> AiCreditsGrantsExpiredStmt {
    AiCreditsGrantsExpiredStmt(
        "select id, remaining from ai_credits_grants where organization_id = $1 and remaining > 0 and expires_at <= $2 order by expires_at, id limit $3",
        None,
    )
}
impl AiCreditsGrantsExpiredStmt {
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
        organization_id: &'a uuid::Uuid,
        now: &'a jiff::Timestamp,
        row_limit: &'a i64,
    ) -> AiCreditsGrantsExpiredQuery<'c, 'a, 's, C, AiCreditsGrantsExpired, 3> {
        AiCreditsGrantsExpiredQuery {
            client,
            params: [organization_id, now, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<AiCreditsGrantsExpired, tokio_postgres::Error> {
                Ok(AiCreditsGrantsExpired {
                    id: row.try_get(0)?,
                    remaining: row.try_get(1)?,
                })
            },
            mapper: |it| AiCreditsGrantsExpired::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AiCreditsGrantsExpiredParams,
        AiCreditsGrantsExpiredQuery<'c, 'a, 's, C, AiCreditsGrantsExpired, 3>,
        C,
    > for AiCreditsGrantsExpiredStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AiCreditsGrantsExpiredParams,
    ) -> AiCreditsGrantsExpiredQuery<'c, 'a, 's, C, AiCreditsGrantsExpired, 3> {
        self.bind(client, &params.organization_id, &params.now, &params.row_limit)
    }
}
pub struct AiCreditsGrantsCountStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_grants_count() -> AiCreditsGrantsCountStmt {
    AiCreditsGrantsCountStmt(
        "select count(*) as grants from ai_credits_grants where organization_id = $1 and remaining > 0",
        None,
    )
}
impl AiCreditsGrantsCountStmt {
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
        organization_id: &'a uuid::Uuid,
    ) -> I64Query<'c, 'a, 's, C, i64, 1> {
        I64Query {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct AiCreditsGrantsMoveStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_grants_move() -> AiCreditsGrantsMoveStmt {
    AiCreditsGrantsMoveStmt(
        "update ai_credits_grants set remaining = ai_credits_grants.remaining + change.credits from unnest($1::uuid[], $2::bigint[]) as change (grant_id, credits) where ai_credits_grants.id = change.grant_id",
        None,
    )
}
impl AiCreditsGrantsMoveStmt {
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
    >(
        &'s self,
        client: &'c C,
        grant_ids: &'a T1,
        credits: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[grant_ids, credits]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::ArraySql<Item = i64>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AiCreditsGrantsMoveParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for AiCreditsGrantsMoveStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AiCreditsGrantsMoveParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.grant_ids, &params.credits))
    }
}
pub struct AiCreditsGrantEndStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_grant_end() -> AiCreditsGrantEndStmt {
    AiCreditsGrantEndStmt(
        "update ai_credits_grants set remaining = 0, ended = $1, ended_at = $2 where id = $3 and ended is null",
        None,
    )
}
impl AiCreditsGrantEndStmt {
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
        ended: &'a T1,
        ended_at: &'a jiff::Timestamp,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[ended, ended_at, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AiCreditsGrantEndParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for AiCreditsGrantEndStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AiCreditsGrantEndParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.ended, &params.ended_at, &params.id))
    }
}
pub struct AiCreditsReservationInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_reservation_insert() -> AiCreditsReservationInsertStmt {
    AiCreditsReservationInsertStmt(
        "insert into ai_credits_reservations (id, organization_id, request_id, feature, amount, reserved_at, expires_at) values ( $1, $2, $3, $4, $5, $6::timestamptz, $6::timestamptz + make_interval(secs => $7::double precision) )",
        None,
    )
}
impl AiCreditsReservationInsertStmt {
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
        organization_id: &'a uuid::Uuid,
        request_id: &'a T1,
        feature: &'a T2,
        amount: &'a i64,
        reserved_at: &'a jiff::Timestamp,
        seconds: &'a f64,
    ) -> Result<u64, tokio_postgres::Error> {
        client
            .execute(
                self.0,
                &[id, organization_id, request_id, feature, amount, reserved_at, seconds],
            )
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AiCreditsReservationInsertParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for AiCreditsReservationInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AiCreditsReservationInsertParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.id,
            &params.organization_id,
            &params.request_id,
            &params.feature,
            &params.amount,
            &params.reserved_at,
            &params.seconds,
        ))
    }
}
pub struct AiCreditsPartsInsertStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_parts_insert() -> AiCreditsPartsInsertStmt {
    AiCreditsPartsInsertStmt(
        "insert into ai_credits_reservation_parts (reservation_id, grant_id, amount) select $1, part.grant_id, part.credits from unnest($2::uuid[], $3::bigint[]) as part (grant_id, credits)",
        None,
    )
}
impl AiCreditsPartsInsertStmt {
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
    >(
        &'s self,
        client: &'c C,
        reservation_id: &'a uuid::Uuid,
        grant_ids: &'a T1,
        credits: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[reservation_id, grant_ids, credits]).await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::ArraySql<Item = i64>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AiCreditsPartsInsertParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for AiCreditsPartsInsertStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AiCreditsPartsInsertParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.reservation_id, &params.grant_ids, &params.credits))
    }
}
pub struct AiCreditsPartsOfStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_parts_of() -> AiCreditsPartsOfStmt {
    AiCreditsPartsOfStmt(
        "select ai_credits_grants.id as grant_id, ai_credits_reservation_parts.amount, ai_credits_grants.source, ai_credits_grants.expires_at, ai_credits_grants.ended from ai_credits_reservation_parts join ai_credits_grants on ai_credits_grants.id = ai_credits_reservation_parts.grant_id where ai_credits_reservation_parts.reservation_id = $1 order by ai_credits_grants.id limit $2",
        None,
    )
}
impl AiCreditsPartsOfStmt {
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
        reservation_id: &'a uuid::Uuid,
        row_limit: &'a i64,
    ) -> AiCreditsPartsOfQuery<'c, 'a, 's, C, AiCreditsPartsOf, 2> {
        AiCreditsPartsOfQuery {
            client,
            params: [reservation_id, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<AiCreditsPartsOfBorrowed, tokio_postgres::Error> {
                Ok(AiCreditsPartsOfBorrowed {
                    grant_id: row.try_get(0)?,
                    amount: row.try_get(1)?,
                    source: row.try_get(2)?,
                    expires_at: row.try_get(3)?,
                    ended: row.try_get(4)?,
                })
            },
            mapper: |it| AiCreditsPartsOf::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AiCreditsPartsOfParams,
        AiCreditsPartsOfQuery<'c, 'a, 's, C, AiCreditsPartsOf, 2>,
        C,
    > for AiCreditsPartsOfStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AiCreditsPartsOfParams,
    ) -> AiCreditsPartsOfQuery<'c, 'a, 's, C, AiCreditsPartsOf, 2> {
        self.bind(client, &params.reservation_id, &params.row_limit)
    }
}
pub struct AiCreditsReservationOfRequestStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_reservation_of_request() -> AiCreditsReservationOfRequestStmt {
    AiCreditsReservationOfRequestStmt(
        "select id, request_id, feature, amount, state, spent, reserved_at, expires_at, closed_at from ai_credits_reservations where organization_id = $1 and request_id = $2",
        None,
    )
}
impl AiCreditsReservationOfRequestStmt {
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
        organization_id: &'a uuid::Uuid,
        request_id: &'a T1,
    ) -> AiReservationQuery<'c, 'a, 's, C, AiReservation, 2> {
        AiReservationQuery {
            client,
            params: [organization_id, request_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<AiReservationBorrowed, tokio_postgres::Error> {
                    Ok(AiReservationBorrowed {
                        id: row.try_get(0)?,
                        request_id: row.try_get(1)?,
                        feature: row.try_get(2)?,
                        amount: row.try_get(3)?,
                        state: row.try_get(4)?,
                        spent: row.try_get(5)?,
                        reserved_at: row.try_get(6)?,
                        expires_at: row.try_get(7)?,
                        closed_at: row.try_get(8)?,
                    })
                },
            mapper: |it| AiReservation::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AiCreditsReservationOfRequestParams<T1>,
        AiReservationQuery<'c, 'a, 's, C, AiReservation, 2>,
        C,
    > for AiCreditsReservationOfRequestStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AiCreditsReservationOfRequestParams<T1>,
    ) -> AiReservationQuery<'c, 'a, 's, C, AiReservation, 2> {
        self.bind(client, &params.organization_id, &params.request_id)
    }
}
pub struct AiCreditsReservationFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_reservation_fetch() -> AiCreditsReservationFetchStmt {
    AiCreditsReservationFetchStmt(
        "select id, request_id, feature, amount, state, spent, reserved_at, expires_at, closed_at from ai_credits_reservations where organization_id = $1 and id = $2",
        None,
    )
}
impl AiCreditsReservationFetchStmt {
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
        organization_id: &'a uuid::Uuid,
        id: &'a uuid::Uuid,
    ) -> AiReservationQuery<'c, 'a, 's, C, AiReservation, 2> {
        AiReservationQuery {
            client,
            params: [organization_id, id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<AiReservationBorrowed, tokio_postgres::Error> {
                    Ok(AiReservationBorrowed {
                        id: row.try_get(0)?,
                        request_id: row.try_get(1)?,
                        feature: row.try_get(2)?,
                        amount: row.try_get(3)?,
                        state: row.try_get(4)?,
                        spent: row.try_get(5)?,
                        reserved_at: row.try_get(6)?,
                        expires_at: row.try_get(7)?,
                        closed_at: row.try_get(8)?,
                    })
                },
            mapper: |it| AiReservation::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AiCreditsReservationFetchParams,
        AiReservationQuery<'c, 'a, 's, C, AiReservation, 2>,
        C,
    > for AiCreditsReservationFetchStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AiCreditsReservationFetchParams,
    ) -> AiReservationQuery<'c, 'a, 's, C, AiReservation, 2> {
        self.bind(client, &params.organization_id, &params.id)
    }
}
pub struct AiCreditsReservationsOverdueStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_reservations_overdue() -> AiCreditsReservationsOverdueStmt {
    AiCreditsReservationsOverdueStmt(
        "select id, request_id, feature, amount, state, spent, reserved_at, expires_at, closed_at from ai_credits_reservations where organization_id = $1 and state = 'HELD' and expires_at <= $2 order by expires_at, id limit $3",
        None,
    )
}
impl AiCreditsReservationsOverdueStmt {
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
        organization_id: &'a uuid::Uuid,
        now: &'a jiff::Timestamp,
        row_limit: &'a i64,
    ) -> AiReservationQuery<'c, 'a, 's, C, AiReservation, 3> {
        AiReservationQuery {
            client,
            params: [organization_id, now, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<AiReservationBorrowed, tokio_postgres::Error> {
                    Ok(AiReservationBorrowed {
                        id: row.try_get(0)?,
                        request_id: row.try_get(1)?,
                        feature: row.try_get(2)?,
                        amount: row.try_get(3)?,
                        state: row.try_get(4)?,
                        spent: row.try_get(5)?,
                        reserved_at: row.try_get(6)?,
                        expires_at: row.try_get(7)?,
                        closed_at: row.try_get(8)?,
                    })
                },
            mapper: |it| AiReservation::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AiCreditsReservationsOverdueParams,
        AiReservationQuery<'c, 'a, 's, C, AiReservation, 3>,
        C,
    > for AiCreditsReservationsOverdueStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AiCreditsReservationsOverdueParams,
    ) -> AiReservationQuery<'c, 'a, 's, C, AiReservation, 3> {
        self.bind(client, &params.organization_id, &params.now, &params.row_limit)
    }
}
pub struct AiCreditsReservationCloseStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_reservation_close() -> AiCreditsReservationCloseStmt {
    AiCreditsReservationCloseStmt(
        "update ai_credits_reservations set state = $1, spent = $2, closed_at = $3 where id = $4 and state = 'HELD'",
        None,
    )
}
impl AiCreditsReservationCloseStmt {
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
        state: &'a T1,
        spent: &'a Option<i64>,
        closed_at: &'a jiff::Timestamp,
        id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        client.execute(self.0, &[state, spent, closed_at, id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AiCreditsReservationCloseParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for AiCreditsReservationCloseStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AiCreditsReservationCloseParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.state, &params.spent, &params.closed_at, &params.id))
    }
}
pub struct AiCreditsAccountFetchStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_account_fetch() -> AiCreditsAccountFetchStmt {
    AiCreditsAccountFetchStmt(
        "select available, held, period, spent from ai_credits_accounts where organization_id = $1",
        None,
    )
}
impl AiCreditsAccountFetchStmt {
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
        organization_id: &'a uuid::Uuid,
    ) -> AiCreditsAccountFetchQuery<'c, 'a, 's, C, AiCreditsAccountFetch, 1> {
        AiCreditsAccountFetchQuery {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<AiCreditsAccountFetchBorrowed, tokio_postgres::Error> {
                Ok(AiCreditsAccountFetchBorrowed {
                    available: row.try_get(0)?,
                    held: row.try_get(1)?,
                    period: row.try_get(2)?,
                    spent: row.try_get(3)?,
                })
            },
            mapper: |it| AiCreditsAccountFetch::from(it),
        }
    }
}
pub struct AiCreditsOfPlanStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_of_plan() -> AiCreditsOfPlanStmt {
    AiCreditsOfPlanStmt(
        "select ai_credits_per_month from tenant_limits where organization_id = $1",
        None,
    )
}
impl AiCreditsOfPlanStmt {
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
        organization_id: &'a uuid::Uuid,
    ) -> Optioni64Query<'c, 'a, 's, C, Option<i64>, 1> {
        Optioni64Query {
            client,
            params: [organization_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct AiCreditsFeaturesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_features() -> AiCreditsFeaturesStmt {
    AiCreditsFeaturesStmt(
        "select feature, sum(spent)::bigint as spent, count(*) as reservations from ai_credits_reservations where organization_id = $1 and state = 'SETTLED' and closed_at >= $2 group by feature order by sum(spent) desc, feature limit $3",
        None,
    )
}
impl AiCreditsFeaturesStmt {
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
        organization_id: &'a uuid::Uuid,
        since: &'a jiff::Timestamp,
        row_limit: &'a i64,
    ) -> AiCreditsFeaturesQuery<'c, 'a, 's, C, AiCreditsFeatures, 3> {
        AiCreditsFeaturesQuery {
            client,
            params: [organization_id, since, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<AiCreditsFeaturesBorrowed, tokio_postgres::Error> {
                Ok(AiCreditsFeaturesBorrowed {
                    feature: row.try_get(0)?,
                    spent: row.try_get(1)?,
                    reservations: row.try_get(2)?,
                })
            },
            mapper: |it| AiCreditsFeatures::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AiCreditsFeaturesParams,
        AiCreditsFeaturesQuery<'c, 'a, 's, C, AiCreditsFeatures, 3>,
        C,
    > for AiCreditsFeaturesStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AiCreditsFeaturesParams,
    ) -> AiCreditsFeaturesQuery<'c, 'a, 's, C, AiCreditsFeatures, 3> {
        self.bind(client, &params.organization_id, &params.since, &params.row_limit)
    }
}
pub struct AiCreditsLedgerPageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_ledger_page() -> AiCreditsLedgerPageStmt {
    AiCreditsLedgerPageStmt(
        "select number, at, kind, available_change, held_change, available_after, held_after, grant_id, reservation_id, actor from ai_credits_ledger where organization_id = $1 and ($2::bigint is null or number < $2::bigint) order by number desc limit $3",
        None,
    )
}
impl AiCreditsLedgerPageStmt {
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
        organization_id: &'a uuid::Uuid,
        before: &'a Option<i64>,
        row_limit: &'a i64,
    ) -> AiEntryQuery<'c, 'a, 's, C, AiEntry, 3> {
        AiEntryQuery {
            client,
            params: [organization_id, before, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<AiEntryBorrowed, tokio_postgres::Error> {
                    Ok(AiEntryBorrowed {
                        number: row.try_get(0)?,
                        at: row.try_get(1)?,
                        kind: row.try_get(2)?,
                        available_change: row.try_get(3)?,
                        held_change: row.try_get(4)?,
                        available_after: row.try_get(5)?,
                        held_after: row.try_get(6)?,
                        grant_id: row.try_get(7)?,
                        reservation_id: row.try_get(8)?,
                        actor: row.try_get(9)?,
                    })
                },
            mapper: |it| AiEntry::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AiCreditsLedgerPageParams,
        AiEntryQuery<'c, 'a, 's, C, AiEntry, 3>,
        C,
    > for AiCreditsLedgerPageStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AiCreditsLedgerPageParams,
    ) -> AiEntryQuery<'c, 'a, 's, C, AiEntry, 3> {
        self.bind(client, &params.organization_id, &params.before, &params.row_limit)
    }
}
pub struct AiCreditsTopStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_top() -> AiCreditsTopStmt {
    AiCreditsTopStmt(
        "select tenant_limits.subdomain, tenant_limits.plan, tenant_limits.ai_credits_per_month, ai_credits_accounts.available, ai_credits_accounts.held, case ai_credits_accounts.period when $1::text then ai_credits_accounts.spent else 0 end as spent, count(*) over () as tenants from ai_credits_accounts join tenant_limits on tenant_limits.organization_id = ai_credits_accounts.organization_id order by 6 desc, 1 limit $2",
        None,
    )
}
impl AiCreditsTopStmt {
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
        period: &'a T1,
        row_limit: &'a i64,
    ) -> AiSpenderQuery<'c, 'a, 's, C, AiSpender, 2> {
        AiSpenderQuery {
            client,
            params: [period, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<AiSpenderBorrowed, tokio_postgres::Error> {
                    Ok(AiSpenderBorrowed {
                        subdomain: row.try_get(0)?,
                        plan: row.try_get(1)?,
                        ai_credits_per_month: row.try_get(2)?,
                        available: row.try_get(3)?,
                        held: row.try_get(4)?,
                        spent: row.try_get(5)?,
                        tenants: row.try_get(6)?,
                    })
                },
            mapper: |it| AiSpender::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AiCreditsTopParams<T1>,
        AiSpenderQuery<'c, 'a, 's, C, AiSpender, 2>,
        C,
    > for AiCreditsTopStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AiCreditsTopParams<T1>,
    ) -> AiSpenderQuery<'c, 'a, 's, C, AiSpender, 2> {
        self.bind(client, &params.period, &params.row_limit)
    }
}
pub struct AiCreditsNowStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_now() -> AiCreditsNowStmt {
    AiCreditsNowStmt("select clock_timestamp() as now", None)
}
impl AiCreditsNowStmt {
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
    ) -> JiffTimestampQuery<'c, 'a, 's, C, jiff::Timestamp, 0> {
        JiffTimestampQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct AiCreditsOutOfStepStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_out_of_step() -> AiCreditsOutOfStepStmt {
    AiCreditsOutOfStepStmt(
        "select subdomain, available, held, ledger_available, ledger_held, remaining, reserved from ai_credits_out_of_step order by subdomain limit $1",
        None,
    )
}
impl AiCreditsOutOfStepStmt {
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
        row_limit: &'a i64,
    ) -> AiCreditsOutOfStepQuery<'c, 'a, 's, C, AiCreditsOutOfStep, 1> {
        AiCreditsOutOfStepQuery {
            client,
            params: [row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<AiCreditsOutOfStepBorrowed, tokio_postgres::Error> {
                Ok(AiCreditsOutOfStepBorrowed {
                    subdomain: row.try_get(0)?,
                    available: row.try_get(1)?,
                    held: row.try_get(2)?,
                    ledger_available: row.try_get(3)?,
                    ledger_held: row.try_get(4)?,
                    remaining: row.try_get(5)?,
                    reserved: row.try_get(6)?,
                })
            },
            mapper: |it| AiCreditsOutOfStep::from(it),
        }
    }
}
pub struct AiCreditsLedgerBrokenStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ai_credits_ledger_broken() -> AiCreditsLedgerBrokenStmt {
    AiCreditsLedgerBrokenStmt(
        "select subdomain, min(number)::bigint as number from ai_credits_ledger_broken where at > now() - make_interval(days => $1) group by subdomain order by subdomain limit $2",
        None,
    )
}
impl AiCreditsLedgerBrokenStmt {
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
        days: &'a i32,
        row_limit: &'a i64,
    ) -> AiCreditsLedgerBrokenQuery<'c, 'a, 's, C, AiCreditsLedgerBroken, 2> {
        AiCreditsLedgerBrokenQuery {
            client,
            params: [days, row_limit],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<AiCreditsLedgerBrokenBorrowed, tokio_postgres::Error> {
                Ok(AiCreditsLedgerBrokenBorrowed {
                    subdomain: row.try_get(0)?,
                    number: row.try_get(1)?,
                })
            },
            mapper: |it| AiCreditsLedgerBroken::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AiCreditsLedgerBrokenParams,
        AiCreditsLedgerBrokenQuery<'c, 'a, 's, C, AiCreditsLedgerBroken, 2>,
        C,
    > for AiCreditsLedgerBrokenStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AiCreditsLedgerBrokenParams,
    ) -> AiCreditsLedgerBrokenQuery<'c, 'a, 's, C, AiCreditsLedgerBroken, 2> {
        self.bind(client, &params.days, &params.row_limit)
    }
}
