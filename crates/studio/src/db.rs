//! The tenant's database as a handler sees it: an extractor that is a client for the generated queries. Which
//! database, as whom, and out of which budget is the router's business.

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use cloison_router::{AcquireError, Connection, Intent, Tenant, Transaction};
use cloison_studio_queries::client::GenericClient;
use http::StatusCode;
use http::request::Parts;
use tokio_postgres::types::{BorrowToSql, ToSql};
use tokio_postgres::{Error, Row, RowStream, Statement, ToStatement};

/// A connection to the tenant's database, given back when dropped.
pub struct Db(Connection);

/// A transaction on it. Finish it with [`DbTransaction::commit`] or [`DbTransaction::rollback`]: when it is
/// dropped, the connection under it is thrown away.
pub struct DbTransaction<'a>(Transaction<'a>);

impl Db {
    pub async fn of(tenant: &Tenant) -> Result<Self, Unavailable> {
        tenant.acquire(Intent::ReadWrite).await.map(Self).map_err(Unavailable)
    }

    pub async fn begin(&mut self) -> Result<DbTransaction<'_>, Error> {
        self.0.begin().await.map(DbTransaction)
    }
}

impl DbTransaction<'_> {
    pub async fn commit(self) -> Result<(), Error> {
        self.0.commit().await
    }

    pub async fn rollback(self) -> Result<(), Error> {
        self.0.rollback().await
    }
}

/// There is no connection to be had now. Without a page around it, it is a bare status with Retry-After.
#[derive(Debug, thiserror::Error)]
#[error("the studio's database cannot be reached now")]
pub struct Unavailable(#[source] pub AcquireError);

impl Unavailable {
    pub fn status(&self) -> StatusCode {
        self.0.status()
    }
}

impl IntoResponse for Unavailable {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

/// No tenant on the request is 404: the host belongs to nobody.
#[derive(Debug, thiserror::Error)]
pub enum DbRejection {
    #[error("the request's host belongs to no studio")]
    NoTenant,
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

impl IntoResponse for DbRejection {
    fn into_response(self) -> Response {
        match self {
            Self::NoTenant => StatusCode::NOT_FOUND.into_response(),
            Self::Unavailable(unavailable) => unavailable.into_response(),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Db {
    type Rejection = DbRejection;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, DbRejection> {
        let tenant = parts.extensions.get::<Tenant>().cloned().ok_or(DbRejection::NoTenant)?;
        Ok(Self::of(&tenant).await?)
    }
}

/// The six calls of the generated queries, passed on as they are. Statements are prepared through the
/// connection's cache.
macro_rules! generic_client {
    ($($client:ty),+) => {$(
        impl GenericClient for $client {
            fn stmt_cache() -> bool {
                true
            }

            async fn prepare(&self, query: &str) -> Result<Statement, Error> {
                self.0.prepare_cached(query).await
            }

            async fn execute<T>(&self, query: &T, params: &[&(dyn ToSql + Sync)]) -> Result<u64, Error>
            where
                T: ?Sized + ToStatement + Sync + Send,
            {
                self.0.execute(query, params).await
            }

            async fn query_one<T>(&self, query: &T, params: &[&(dyn ToSql + Sync)]) -> Result<Row, Error>
            where
                T: ?Sized + ToStatement + Sync + Send,
            {
                self.0.query_one(query, params).await
            }

            async fn query_opt<T>(
                &self,
                query: &T,
                params: &[&(dyn ToSql + Sync)],
            ) -> Result<Option<Row>, Error>
            where
                T: ?Sized + ToStatement + Sync + Send,
            {
                self.0.query_opt(query, params).await
            }

            async fn query<T>(&self, query: &T, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Error>
            where
                T: ?Sized + ToStatement + Sync + Send,
            {
                self.0.query(query, params).await
            }

            async fn query_raw<T, I>(&self, query: &T, params: I) -> Result<RowStream, Error>
            where
                T: ?Sized + ToStatement + Sync + Send,
                I: IntoIterator + Sync + Send,
                I::IntoIter: ExactSizeIterator,
                I::Item: BorrowToSql,
            {
                self.0.query_raw(query, params).await
            }
        }
    )+};
}

generic_client!(Db, DbTransaction<'_>);
