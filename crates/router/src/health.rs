//! Whether the directory answers: said once when it stops, and once when it answers again.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::directory::DirectoryError;

#[derive(Debug, Default)]
pub(crate) struct Health {
    is_down: AtomicBool,
    is_deaf: AtomicBool,
}

impl Health {
    pub(crate) fn is_well(&self) -> bool {
        !self.is_down.load(Ordering::Relaxed) && !self.is_deaf.load(Ordering::Relaxed)
    }

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

    /// The directory may answer, but it cannot tell.
    pub(crate) fn is_deaf(&self, error: &DirectoryError) {
        if !self.is_deaf.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                error = error as &dyn std::error::Error,
                "the directory's changes cannot be listened to; they are seen by asking, as long as \
                 it answers"
            );
        }
    }

    pub(crate) fn hears(&self) {
        if self.is_deaf.swap(false, Ordering::Relaxed) {
            tracing::warn!("the directory's changes are listened to again");
        }
    }
}
