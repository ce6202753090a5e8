//! Whether the directory answers: said once when it stops, and once when it answers again.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::directory::DirectoryError;

#[derive(Debug, Default)]
pub(crate) struct Health {
    is_down: AtomicBool,
}

impl Health {
    pub(crate) fn failed(&self, error: &DirectoryError) {
        if !self.is_down.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                error = error as &dyn std::error::Error,
                "the directory cannot be asked; known tenants are served as they were, new ones and \
                 changes are not seen until it answers again"
            );
        }
    }

    pub(crate) fn answered(&self) {
        if self.is_down.swap(false, Ordering::Relaxed) {
            tracing::warn!("the directory answers again");
        }
    }
}
