//! Closes connections that nobody has wanted for a while. One task for the whole process.

use std::sync::Weak;
use std::time::Duration;

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::inner::Inner;

/// A connection lives at most this share of the idle timeout beyond it.
const ROUNDS_PER_TIMEOUT: u32 = 4;
const PAUSE_MIN: Duration = Duration::from_millis(50);
const PAUSE_MAX: Duration = Duration::from_secs(5);

/// Goes its rounds until shutdown, or until the router is no more.
pub(crate) async fn clean(
    router: Weak<Inner>,
    idle_timeout: Duration,
    shutdown: CancellationToken,
) {
    let pause = (idle_timeout / ROUNDS_PER_TIMEOUT).clamp(PAUSE_MIN, PAUSE_MAX);
    while shutdown.run_until_cancelled(sleep(pause)).await.is_some() {
        let Some(router) = router.upgrade() else { return };
        router.pool().expire(idle_timeout);
    }
    if let Some(router) = router.upgrade() {
        router.pool().drain();
    }
}
