//! Where a test can kill a worker: the three places of each step at which a crash leaves something different behind.

use std::fmt;
use std::sync::Arc;

use cloison_model::{Direction, Step};

/// Where in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    BeforeEffect,
    /// The effect has been made and nobody knows.
    BeforeCommit,
    AfterCommit,
}

/// One place that a worker passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    pub place: Place,
    pub step: Step,
    pub direction: Direction,
}

/// Decides at each place whether the worker dies there. In production nobody does.
#[derive(Clone, Default)]
pub struct Cuts(Option<Arc<dyn Fn(Cut) -> bool + Send + Sync>>);

impl Cuts {
    pub fn when(dies: impl Fn(Cut) -> bool + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(dies)))
    }

    pub(crate) fn dies(&self, cut: Cut) -> bool {
        self.0.as_ref().is_some_and(|it| it(cut))
    }
}

impl fmt::Debug for Cuts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cuts").finish_non_exhaustive()
    }
}
