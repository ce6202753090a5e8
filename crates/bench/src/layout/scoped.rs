//! Shared tables, with the tenant in every statement: the product's code, whose statements are exchanged for those
//! with `tenant_id = $n`, and get the number as their last parameter.

use std::error::Error as StdError;
use std::{fmt, vec};

use anyhow::Result;
use cloison_studio_queries::client::GenericClient;
use deadpool_postgres::Object;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{BorrowToSql, IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Error, Row, RowStream, Statement, ToStatement};

use crate::answers::{Answer, book, read};
use crate::calls::Call;
use crate::statements::Statements;

pub(super) async fn call(
    client: Object,
    statements: &Statements,
    tenant: i64,
    call: &Call,
) -> Result<Answer> {
    let scoped = Scoped { client: &client, statements, tenant };
    let Call::Book(new) = call else { return read(&scoped, call).await };
    client.simple_query("begin").await?;
    match book(&scoped, new).await {
        Ok(booked) => {
            client.simple_query("commit").await?;
            Ok(booked)
        }
        Err(error) => {
            client.simple_query("rollback").await?;
            Err(error)
        }
    }
}

struct Scoped<'a> {
    client: &'a Object,
    statements: &'a Statements,
    tenant: i64,
}

impl Scoped<'_> {
    fn with_tenant<'p>(&'p self, params: &[&'p (dyn ToSql + Sync)]) -> Vec<&'p (dyn ToSql + Sync)> {
        [params, &[&self.tenant]].concat()
    }
}

impl GenericClient for Scoped<'_> {
    fn stmt_cache() -> bool {
        true
    }

    async fn prepare(&self, query: &str) -> Result<Statement, Error> {
        let shared = self.statements.find(query);
        let shared = shared.unwrap_or_else(|| panic!("write this in shared.sql as well: {query}"));
        self.client.prepare_cached(shared).await
    }

    async fn execute<T>(&self, query: &T, params: &[&(dyn ToSql + Sync)]) -> Result<u64, Error>
    where
        T: ?Sized + ToStatement + Sync + Send,
    {
        self.client.execute(query, &self.with_tenant(params)).await
    }

    async fn query_one<T>(&self, query: &T, params: &[&(dyn ToSql + Sync)]) -> Result<Row, Error>
    where
        T: ?Sized + ToStatement + Sync + Send,
    {
        self.client.query_one(query, &self.with_tenant(params)).await
    }

    async fn query_opt<T>(
        &self,
        query: &T,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<Option<Row>, Error>
    where
        T: ?Sized + ToStatement + Sync + Send,
    {
        self.client.query_opt(query, &self.with_tenant(params)).await
    }

    async fn query<T>(&self, query: &T, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Error>
    where
        T: ?Sized + ToStatement + Sync + Send,
    {
        self.client.query(query, &self.with_tenant(params)).await
    }

    async fn query_raw<T, I>(&self, query: &T, params: I) -> Result<RowStream, Error>
    where
        T: ?Sized + ToStatement + Sync + Send,
        I: IntoIterator + Sync + Send,
        I::IntoIter: ExactSizeIterator,
        I::Item: BorrowToSql,
    {
        self.client.query_raw(query, WithTenant { params, tenant: self.tenant }).await
    }
}

/// The product's parameters and one more. Taken apart when they are written and not before, since the product's need
/// not be such that a future can keep them.
struct WithTenant<I> {
    params: I,
    tenant: i64,
}

impl<I: IntoIterator<Item: BorrowToSql>> IntoIterator for WithTenant<I> {
    type Item = Param<I::Item>;
    type IntoIter = vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        let theirs = self.params.into_iter().map(Param::Theirs);
        theirs.chain([Param::Tenant(self.tenant)]).collect::<Vec<_>>().into_iter()
    }
}

/// A parameter of the product's, or the one more.
enum Param<P> {
    Theirs(P),
    Tenant(i64),
}

impl<P: BorrowToSql> ToSql for Param<P> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Self::Theirs(param) => param.borrow_to_sql().to_sql_checked(ty, out),
            Self::Tenant(number) => number.to_sql_checked(ty, out),
        }
    }

    /// Each checks the type itself, when it is written.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<P> fmt::Debug for Param<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Param").finish_non_exhaustive()
    }
}
