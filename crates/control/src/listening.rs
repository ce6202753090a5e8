//! Hearing what the control database tells, for as long as this process runs.

use std::time::Duration;

use cloison_catalog::Listener;
use futures_util::StreamExt as _;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// Between two attempts to listen to a control database that is down.
const PAUSE: Duration = Duration::from_millis(500);

/// Listens, anew whenever the channel was lost, until shutdown. What was told meanwhile is lost: whoever hears has to look, too.
pub(crate) async fn keep_listening<T, F>(
    listen: impl Fn() -> F,
    hear: impl Fn(T),
    shutdown: &CancellationToken,
) where
    F: Future<Output = Result<Listener<T>, tokio_postgres::Error>>,
{
    while !shutdown.is_cancelled() {
        let listening = async {
            let Ok(mut heard) = listen().await else { return };
            while let Some(it) = heard.next().await {
                hear(it);
            }
        };
        tokio::select! {
            () = listening => {}
            () = shutdown.cancelled() => return,
        }
        tokio::select! {
            () = sleep(PAUSE) => {}
            () = shutdown.cancelled() => {}
        }
    }
}
