//! Where the router's tasks go: on a tracker, so that whoever shuts down can wait for them.
//!
//! It knows its runtime, since connections may be dropped on threads that belong to none.

use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio_util::task::TaskTracker;

#[derive(Clone, Debug)]
pub(crate) struct Spawner {
    tracker: TaskTracker,
    runtime: Handle,
}

impl Spawner {
    /// Must be called within a runtime.
    pub(crate) fn new(tracker: TaskTracker) -> Self {
        Self { tracker, runtime: Handle::current() }
    }

    /// With a tracker of its own, for whoever does not wait.
    pub(crate) fn current() -> Self {
        Self::new(TaskTracker::new())
    }

    pub(crate) fn spawn<F>(&self, task: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.tracker.spawn_on(task, &self.runtime)
    }
}
