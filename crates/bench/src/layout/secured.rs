//! Shared tables with row-level security: the product's statements as they are, in a transaction that says for whom.
//!
//! A setting that ends with the transaction is the usual way, since a connection is the next request's for another
//! tenant. It needs `begin`, the setting and `commit` around each read; they are sent together with it, so a read is
//! one round trip all the same. A booking says its setting together with its own `begin`.

use std::pin::pin;
use std::sync::Mutex;
use std::task::Poll;

use anyhow::Result;
use cloison_studio_queries::client::GenericClient;
use deadpool_postgres::Object;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, join3, ready, try_join};
use futures_util::poll;
use tokio_postgres::types::{BorrowToSql, ToSql};
use tokio_postgres::{Error, Row, RowStream, SimpleQueryMessage, Statement, ToStatement};

use crate::answers::{Answer, book, read};
use crate::calls::Call;

pub(super) async fn call(client: Object, tenant: i64, call: &Call) -> Result<Answer> {
    // `set_config(.., true)` without a statement to plan. A number needs no quoting.
    let begin = format!("begin; set local app.tenant_id = '{tenant}'");
    let Call::Book(new) = call else {
        let secured = Secured { client: &client, begin: Some(begin), commit: Mutex::default() };
        let answer = read(&secured, call).await?;
        let commit = secured.commit.lock().expect("nobody panics with it").take();
        if let Some(commit) = commit {
            commit.await?;
        }
        return Ok(answer);
    };
    client.simple_query(&begin).await?;
    let secured = Secured { client: &client, begin: None, commit: Mutex::default() };
    match book(&secured, new).await {
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

type Answered<'a> = BoxFuture<'a, Result<Vec<SimpleQueryMessage>, Error>>;

struct Secured<'a> {
    client: &'a Object,
    /// `None` within a transaction that somebody else ends.
    begin: Option<String>,
    /// Has been sent behind a statement whose rows are still to be read.
    commit: Mutex<Option<Answered<'a>>>,
}

impl Secured<'_> {
    /// All three are sent before the first is answered.
    async fn within<T>(&self, call: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        let Some(begin) = &self.begin else { return call.await };
        let begin = self.client.simple_query(begin);
        let commit = self.client.simple_query("commit");
        let (begun, answer, committed) = join3(begin, call, commit).await;
        begun?;
        let answer = answer?;
        committed?;
        Ok(answer)
    }
}

impl GenericClient for Secured<'_> {
    fn stmt_cache() -> bool {
        true
    }

    async fn prepare(&self, query: &str) -> Result<Statement, Error> {
        self.client.prepare_cached(query).await
    }

    async fn execute<T>(&self, query: &T, params: &[&(dyn ToSql + Sync)]) -> Result<u64, Error>
    where
        T: ?Sized + ToStatement + Sync + Send,
    {
        self.within(self.client.execute(query, params)).await
    }

    async fn query_one<T>(&self, query: &T, params: &[&(dyn ToSql + Sync)]) -> Result<Row, Error>
    where
        T: ?Sized + ToStatement + Sync + Send,
    {
        self.within(self.client.query_one(query, params)).await
    }

    async fn query_opt<T>(
        &self,
        query: &T,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<Option<Row>, Error>
    where
        T: ?Sized + ToStatement + Sync + Send,
    {
        self.within(self.client.query_opt(query, params)).await
    }

    async fn query<T>(&self, query: &T, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Error>
    where
        T: ?Sized + ToStatement + Sync + Send,
    {
        self.within(self.client.query(query, params)).await
    }

    async fn query_raw<T, I>(&self, query: &T, params: I) -> Result<RowStream, Error>
    where
        T: ?Sized + ToStatement + Sync + Send,
        I: IntoIterator + Sync + Send,
        I::IntoIter: ExactSizeIterator,
        I::Item: BorrowToSql,
    {
        let rows = self.client.query_raw(query, params);
        let Some(begin) = &self.begin else { return rows.await };
        let mut asked = pin!(try_join(self.client.simple_query(begin), rows));
        let mut commit = self.client.simple_query("commit").boxed();
        // The first look at a future sends what it has to send.
        let first = poll!(asked.as_mut());
        let commit = match poll!(&mut commit) {
            Poll::Ready(committed) => ready(committed).boxed(),
            Poll::Pending => commit,
        };
        *self.commit.lock().expect("nobody panics with it") = Some(commit);
        let (_, rows) = match first {
            Poll::Ready(asked) => asked?,
            Poll::Pending => asked.await?,
        };
        Ok(rows)
    }
}
