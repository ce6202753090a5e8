//! Hears which routes and operations have changed. A hint, never the truth: what was missed is found by looking.

use std::fmt;
use std::pin::{Pin, pin};

use cloison_model::{OperationId, TenantId};
use futures_util::stream::{self, Stream, StreamExt};
use tokio_postgres::{AsyncMessage, NoTls};

use crate::database::Catalog;

/// A route got a new epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteChange {
    pub tenant: TenantId,
    pub epoch: i64,
}

/// Something has happened to an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperationChange {
    pub operation: OperationId,
    /// A worker should look.
    pub is_due: bool,
}

/// Ends when the connection does; the listener then resyncs and listens anew.
pub type Listener<T> = Pin<Box<dyn Stream<Item = T> + Send>>;

impl Catalog {
    /// Opens a connection of its own and listens on it.
    pub async fn route_listen(&self) -> Result<Listener<RouteChange>, tokio_postgres::Error> {
        self.listen("listen cloison_routes", parse_route).await
    }

    /// Opens a connection of its own and listens on it.
    pub async fn operation_listen(
        &self,
    ) -> Result<Listener<OperationChange>, tokio_postgres::Error> {
        self.listen("listen cloison_operations", parse_operation).await
    }

    /// Opens a connection of its own and listens on it: the numbers of new events.
    pub async fn event_listen(&self) -> Result<Listener<i64>, tokio_postgres::Error> {
        self.listen("listen cloison_events", |it| it.parse().ok()).await
    }

    async fn listen<T: Send + 'static>(
        &self,
        statement: &str,
        parse: fn(&str) -> Option<T>,
    ) -> Result<Listener<T>, tokio_postgres::Error> {
        let (client, mut connection) = self.config().connect(NoTls).await?;
        let mut messages =
            Box::pin(stream::poll_fn(move |context| connection.poll_message(context)));
        {
            // The connection must be polled for the statement to get its answer. When it ends,
            // the first branch is off and the second gives the error.
            let mut listening = pin!(client.execute(statement, &[]));
            loop {
                tokio::select! {
                    Some(_) = messages.next() => {}
                    answer = &mut listening => break answer?,
                }
            }
        };
        let changes =
            messages.take_while(|it| std::future::ready(it.is_ok())).filter_map(move |it| {
                // The client lives as long as the stream: dropping it would close the connection.
                let _alive = &client;
                std::future::ready(match it {
                    Ok(AsyncMessage::Notification(it)) => parse(it.payload()),
                    Ok(_) | Err(_) => None,
                })
            });
        Ok(Box::pin(changes))
    }
}

fn parse_route(payload: &str) -> Option<RouteChange> {
    let (tenant, epoch) = payload.split_once(' ')?;
    Some(RouteChange { tenant: TenantId(tenant.parse().ok()?), epoch: epoch.parse().ok()? })
}

impl fmt::Display for OperationChange {
    /// As [`Catalog::operation_listen`] hears it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.operation, if self.is_due { "due" } else { "changed" })
    }
}

fn parse_operation(payload: &str) -> Option<OperationChange> {
    let (operation, what) = payload.split_once(' ')?;
    Some(OperationChange { operation: OperationId(operation.parse().ok()?), is_due: what == "due" })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn payloads() {
        let tenant = TenantId(Uuid::from_u128(7));
        assert_eq!(parse_route(&format!("{tenant} 42")), Some(RouteChange { tenant, epoch: 42 }));
        assert_eq!(parse_route("42"), None);
        let operation = OperationId(Uuid::from_u128(7));
        for (is_due, payload) in
            [(true, format!("{operation} due")), (false, format!("{operation} changed"))]
        {
            let change = OperationChange { operation, is_due };
            assert_eq!(change.to_string(), payload);
            assert_eq!(parse_operation(&payload), Some(change));
        }
        assert_eq!(parse_route(&format!("{tenant} x")), None);
    }
}
