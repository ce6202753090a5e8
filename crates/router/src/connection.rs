//! What an application gets: a connection to its tenant's database, and transactions on it.
//!
//! Not here: COPY and notifications, which nobody has needed yet, and session state. Whoever says
//! `set` or takes a session's advisory lock leaves it to the tenant's next request; say
//! `set local`, and take locks that end with the transaction.

use std::fmt;
use std::ops::Deref;
use std::sync::atomic::Ordering;

use futures_util::FutureExt;
use tokio_postgres::types::{BorrowToSql, ToSql};
use tokio_postgres::{Error, Row, RowStream, Statement, ToStatement};

use crate::gates::Pass;
use crate::intent::Intent;
use crate::pool::{Loan, Rest};

/// A connection to one tenant's database, as that tenant's own role.
///
/// Its calls are those of [`Client`]. Dropped, it goes back to the pool if the server is done
/// with it; dropped in the middle of a call or of a transaction, what runs is cancelled, the
/// connection is closed and its seat given to the next. So a handler may be dropped at any await
/// without harm to whoever comes after.
///
/// Hold one at a time: a second one acquired while the first is held may wait for the first.
pub struct Connection {
    client: Client,
    /// Let go after the connection.
    _pass: Pass,
}

/// A transaction; [`Self::commit`] makes it last.
///
/// Its calls are those of [`Client`]. Dropped without an end, it is rolled back and the connection
/// is not used again, so say [`Self::rollback`] where that is what you mean.
pub struct Transaction<'a> {
    client: &'a Client,
    is_over: bool,
}

/// The calls that [`Connection`] and [`Transaction`] have in common, with the signatures of
/// [`tokio_postgres::Client`].
pub struct Client {
    loan: Loan,
}

impl Connection {
    pub(crate) fn new(loan: Loan, pass: Pass, intent: Intent) -> Self {
        let client = Client { loan };
        client.set_read_only(intent.is_read_only());
        Self { client, _pass: pass }
    }

    /// Begins a transaction, in one round trip.
    pub async fn begin(&mut self) -> Result<Transaction<'_>, Error> {
        self.client.run("begin").await?;
        Ok(Transaction { client: &self.client, is_over: false })
    }
}

impl Transaction<'_> {
    /// Makes the transaction last.
    ///
    /// PostgreSQL answers the commit of a transaction in which a statement has failed with a
    /// silent rollback. Here that is an error (25P02), whatever became of the statement's own error.
    pub async fn commit(mut self) -> Result<(), Error> {
        self.is_over = true;
        let client = self.client;
        client
            .loan
            .call(async {
                let link = client.loan.link();
                if client.loan.has_left_a_call() {
                    // It may not even have been sent yet. What follows is behind it.
                    link.client.simple_query("").await?;
                }
                if link.wire.at_rest().await == Rest::Failed {
                    // Any statement is answered with the error that says so.
                    let refused = link.client.simple_query("select 1").await;
                    link.client.simple_query("rollback").await?;
                    return refused.map(drop);
                }
                link.client.simple_query("commit").await.map(drop)
            })
            .await
    }

    /// Undoes everything since [`Connection::begin`].
    pub async fn rollback(mut self) -> Result<(), Error> {
        self.is_over = true;
        self.client.run("rollback").await
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            // Asking once is sending. The connection's next call must not run in this transaction.
            drop(self.client.loan.link().client.simple_query("rollback").now_or_never());
            self.client.loan.spoil();
        }
    }
}

impl Client {
    /// A prepared statement; prepared once per connection, and kept for its other requests.
    pub async fn prepare_cached(&self, sql: &str) -> Result<Statement, Error> {
        if let Some(statement) = self.loan.statements(|it| it.get(sql)) {
            return Ok(statement);
        }
        let statement = self.loan.call(self.inner().prepare(sql)).await?;
        self.loan.statements(|it| it.insert(sql, statement.clone()));
        Ok(statement)
    }

    /// Runs a statement, and says how many rows it has changed.
    pub async fn execute<T>(
        &self,
        statement: &T,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<u64, Error>
    where
        T: ?Sized + ToStatement,
    {
        self.loan.call(self.inner().execute(statement, params)).await
    }

    /// All rows.
    pub async fn query<T>(
        &self,
        statement: &T,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, Error>
    where
        T: ?Sized + ToStatement,
    {
        self.loan.call(self.inner().query(statement, params)).await
    }

    /// The one row; none or several are an error.
    pub async fn query_one<T>(
        &self,
        statement: &T,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<Row, Error>
    where
        T: ?Sized + ToStatement,
    {
        self.loan.call(self.inner().query_one(statement, params)).await
    }

    /// The one row, if there is one; several are an error.
    pub async fn query_opt<T>(
        &self,
        statement: &T,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<Option<Row>, Error>
    where
        T: ?Sized + ToStatement,
    {
        self.loan.call(self.inner().query_opt(statement, params)).await
    }

    /// The rows as they come.
    ///
    /// Read the stream to its end, or drop it, before the connection: the server is asked to stop
    /// half a second after the connection is dropped.
    pub async fn query_raw<T, P, I>(&self, statement: &T, params: I) -> Result<RowStream, Error>
    where
        T: ?Sized + ToStatement,
        P: BorrowToSql,
        I: IntoIterator<Item = P>,
        I::IntoIter: ExactSizeIterator,
    {
        self.loan.call(self.inner().query_raw(statement, params)).await
    }

    /// Costs no round trip: the command is sent, and the next one right behind it. It does not fail but
    /// with the connection.
    fn set_read_only(&self, wanted: bool) {
        let link = self.loan.link();
        if link.is_read_only.swap(wanted, Ordering::Relaxed) == wanted {
            return;
        }
        let kind = if wanted { "read only" } else { "read write" };
        let command = format!("set session characteristics as transaction {kind}");
        // Asking once is sending.
        drop(self.inner().simple_query(&command).now_or_never());
    }

    async fn run(&self, command: &str) -> Result<(), Error> {
        self.loan.call(self.inner().simple_query(command)).await.map(drop)
    }

    fn inner(&self) -> &tokio_postgres::Client {
        &self.loan.link().client
    }
}

impl Deref for Connection {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Deref for Transaction<'_> {
    type Target = Client;

    fn deref(&self) -> &Client {
        self.client
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").finish_non_exhaustive()
    }
}

impl fmt::Debug for Transaction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction").finish_non_exhaustive()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}
