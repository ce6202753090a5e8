//! Hears which routes have changed. A hint, never the truth: what was missed is found by epoch.

use std::pin::{Pin, pin};

use cloison_model::TenantId;
use futures_util::stream::{self, Stream, StreamExt};
use tokio_postgres::{AsyncMessage, NoTls};

use crate::database::Catalog;

/// A route got a new epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteChange {
    pub tenant: TenantId,
    pub epoch: i64,
}

/// Ends when the connection does; the listener then resyncs and listens anew.
pub type RouteListener = Pin<Box<dyn Stream<Item = RouteChange> + Send>>;

impl Catalog {
    /// Opens a connection of its own and listens on it.
    pub async fn route_listen(&self) -> Result<RouteListener, tokio_postgres::Error> {
        let (client, mut connection) = self.config().connect(NoTls).await?;
        let mut messages =
            Box::pin(stream::poll_fn(move |context| connection.poll_message(context)));
        {
            // The connection must be polled for the statement to get its answer. When it ends,
            // the first branch is off and the second gives the error.
            let mut listening = pin!(client.execute("listen cloison_routes", &[]));
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

fn parse(payload: &str) -> Option<RouteChange> {
    let (tenant, epoch) = payload.split_once(' ')?;
    Some(RouteChange { tenant: TenantId(tenant.parse().ok()?), epoch: epoch.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn payloads() {
        let tenant = TenantId(Uuid::from_u128(7));
        assert_eq!(parse(&format!("{tenant} 42")), Some(RouteChange { tenant, epoch: 42 }));
        assert_eq!(parse("42"), None);
        assert_eq!(parse(&format!("{tenant} x")), None);
    }
}
