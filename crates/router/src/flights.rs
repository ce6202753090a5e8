//! One piece of work at a time for a key: who comes while it runs gets its answer, too.
//!
//! The work runs as a task of its own, so that a visitor who goes away takes nothing from the others.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::spawner::Spawner;

/// The work under way.
#[derive(Debug)]
pub(crate) struct Flights<K, V> {
    flying: Mutex<HashMap<K, watch::Receiver<Option<V>>>>,
}

/// How many pieces of work may run at once. More would only make the directory slower for all.
const FLYING_MAX: usize = 16;

impl<K, V> Flights<K, V>
where
    K: Clone + Eq + Hash + Send + 'static,
    V: Clone + Send + Sync + 'static,
{
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self { flying: Mutex::new(HashMap::new()) })
    }

    /// The answer of the work for `key`, which is begun unless it is under way. `None` if too
    /// much is under way, or if the work has panicked.
    pub(crate) async fn join<F>(
        self: &Arc<Self>,
        key: K,
        spawner: &Spawner,
        work: impl FnOnce() -> F,
    ) -> Option<V>
    where
        F: Future<Output = V> + Send + 'static,
    {
        let mut answer = {
            let mut flying = self.lock();
            match flying.get(&key) {
                Some(answer) => answer.clone(),
                None if flying.len() >= FLYING_MAX => return None,
                None => {
                    let (tell, answer) = watch::channel(None);
                    flying.insert(key.clone(), answer.clone());
                    let landing = Landing { flights: Arc::clone(self), key };
                    let work = work();
                    spawner.spawn(async move {
                        let value = work.await;
                        drop(landing);
                        tell.send_replace(Some(value));
                    });
                    answer
                }
            }
        };
        let answer = answer.wait_for(Option::is_some).await.ok()?;
        answer.clone()
    }

    /// Whether the work for `key` is under way.
    pub(crate) fn is_flying(&self, key: &K) -> bool {
        self.lock().contains_key(key)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, watch::Receiver<Option<V>>>> {
        self.flying.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes the work off the list, also when it panics.
struct Landing<K: Clone + Eq + Hash + Send + 'static, V: Clone + Send + Sync + 'static> {
    flights: Arc<Flights<K, V>>,
    key: K,
}

impl<K: Clone + Eq + Hash + Send + 'static, V: Clone + Send + Sync + 'static> Drop
    for Landing<K, V>
{
    fn drop(&mut self) {
        self.flights.lock().remove(&self.key);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use futures_util::future::join_all;

    use super::*;

    #[tokio::test]
    async fn many_ask_and_the_work_is_done_once() {
        let spawner = Spawner::current();
        let flights: Arc<Flights<&str, usize>> = Flights::new();
        let runs = Arc::new(AtomicUsize::new(0));
        let ask = || {
            flights.join("key", &spawner, || {
                let runs = Arc::clone(&runs);
                async move {
                    tokio::task::yield_now().await;
                    runs.fetch_add(1, Ordering::Relaxed) + 1
                }
            })
        };
        let answers = join_all((0..50).map(|_| ask())).await;
        assert!(answers.iter().all(|it| *it == Some(1)), "{answers:?}");
        assert_eq!(ask().await, Some(2), "the next one starts anew");
    }

    #[tokio::test]
    async fn a_panic_is_no_answer_and_does_not_stay() {
        let spawner = Spawner::current();
        let flights: Arc<Flights<&str, usize>> = Flights::new();
        assert_eq!(flights.join("key", &spawner, || async { panic!("on purpose") }).await, None);
        assert_eq!(flights.join("key", &spawner, || async { 7 }).await, Some(7));
    }
}
