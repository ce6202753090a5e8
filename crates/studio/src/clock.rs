//! What time it is, as a value that is handed in: only the composition root asks the machine.

use jiff::Timestamp;
use std::fmt;
use std::sync::Arc;

/// A clock that can be read and shared.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// A clock that shows what `read` says: `Clock::new(Timestamp::now)` in a program, a time that
    /// stands still in a test.
    pub fn new(read: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Clock").field(&self.now()).finish()
    }
}
