//! Tenants that are brought to a newer schema when their next request comes.
//!
//! Not here: how that is done, and how many at once. Both are the directory's.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cloison_model::TenantId;
use tokio::sync::watch;
use tokio::time::{Instant, timeout};

use crate::directory::DirectoryError;
use crate::inner::Inner;
use crate::route::Route;
use crate::stats::BringUpStats;

/// Who is being brought up, and who could not be.
pub(crate) struct BringUps {
    state: Mutex<State>,
    /// How long requests wait.
    timeout: Duration,
    /// How long a tenant is let alone after a failure.
    pause: Duration,
}

#[derive(Default)]
struct State {
    attempts: HashMap<TenantId, Attempt>,
    stats: BringUpStats,
}

enum Attempt {
    /// Says `true` when nobody should wait for it any longer.
    UnderWay(watch::Receiver<bool>),
    Failed {
        at: Instant,
    },
}

/// After so long a call has been forgotten by whoever should have ended it. Longer than a migration that a
/// visitor might wait for.
const CALL_MAX: Duration = Duration::from_hours(1);

impl BringUps {
    pub(crate) fn new(timeout: Duration, pause: Duration) -> Arc<Self> {
        Arc::new(Self { state: Mutex::default(), timeout, pause })
    }

    pub(crate) fn stats(&self) -> BringUpStats {
        self.lock().stats
    }

    /// The attempt that is under way, or a new one; `None` if one has just failed.
    fn join(self: &Arc<Self>, router: &Arc<Inner>, route: &Route) -> Option<watch::Receiver<bool>> {
        let mut state = self.lock();
        match state.attempts.get(&route.tenant) {
            Some(Attempt::UnderWay(settled)) => return Some(settled.clone()),
            Some(Attempt::Failed { at }) if at.elapsed() < self.pause => return None,
            Some(Attempt::Failed { .. }) | None => {}
        }
        state.attempts.retain(|_, it| match it {
            Attempt::UnderWay(_) => true,
            Attempt::Failed { at } => at.elapsed() < self.pause,
        });
        let (settle, settled) = watch::channel(false);
        state.attempts.insert(route.tenant, Attempt::UnderWay(settled.clone()));
        let landing = Landing { bring_ups: Arc::clone(self), tenant: route.tenant, is_up: false };
        drop(state);
        router.spawner.spawn(attempt(Arc::clone(router), route.clone(), landing, settle));
        Some(settled)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns when the tenant is what its route awaits, or need not be waited for: that has failed, or takes too long.
///
/// All requests of the tenant wait for the same attempt, which goes on when they go away.
pub(crate) async fn bring_up(router: &Arc<Inner>, route: &Route) {
    let Some(mut settled) = router.bring_ups.join(router, route) else { return };
    // If the attempt has panicked, there is nothing to wait for, either.
    drop(settled.wait_for(|it| *it).await);
}

async fn attempt(
    router: Arc<Inner>,
    route: Route,
    mut landing: Landing,
    settle: watch::Sender<bool>,
) {
    let bring_ups = Arc::clone(&router.bring_ups);
    let mut trying = pin!(timeout(CALL_MAX, try_once(&router, &route)));
    let ended = match timeout(bring_ups.timeout, &mut trying).await {
        Ok(ended) => ended,
        Err(_elapsed) => {
            bring_ups.lock().stats.timed_out += 1;
            let subdomain = &route.subdomain;
            tracing::warn!(
                %subdomain,
                "{subdomain} is not migrated within {:?}; it goes on behind its requests",
                bring_ups.timeout
            );
            settle.send_replace(true);
            trying.await
        }
    };
    let outcome = ended.unwrap_or_else(|_elapsed| Err(DirectoryError::new("it does not end")));
    landing.is_up = outcome.is_ok();
    if let Err(error) = outcome {
        let subdomain = &route.subdomain;
        tracing::warn!(
            %subdomain,
            error = &error as &dyn std::error::Error,
            "{subdomain} is not migrated on its request, and stays as it is for {:?}",
            bring_ups.pause
        );
    }
    // First, so that whoever asks from now on finds what became of it.
    drop(landing);
    settle.send_replace(true);
}

/// Has the tenant brought up, and takes its new route over.
async fn try_once(router: &Inner, route: &Route) -> Result<(), DirectoryError> {
    router.directory.bring_up(route.tenant).await?;
    // Whoever asked for the route before may be answered with the old one.
    router.fetch_anew(route.tenant).await;
    let now = router.cache().visible(route.tenant).cloned();
    let still_wanted = now.and_then(|it| it.wanted());
    if still_wanted.is_some() && still_wanted <= route.wanted() {
        return Err(DirectoryError::new("the directory says that it is done, but not its route"));
    }
    Ok(())
}

/// Notes what became of an attempt, also when it panics.
struct Landing {
    bring_ups: Arc<BringUps>,
    tenant: TenantId,
    is_up: bool,
}

impl Drop for Landing {
    fn drop(&mut self) {
        let mut state = self.bring_ups.lock();
        if self.is_up {
            state.attempts.remove(&self.tenant);
            state.stats.brought_up += 1;
        } else {
            state.attempts.insert(self.tenant, Attempt::Failed { at: Instant::now() });
            state.stats.failed += 1;
        }
    }
}
