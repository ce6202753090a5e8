//! A rollout takes the fleet from one version of the schema to another, in waves: what may be started, and when it stops.
//!
//! Pure: the rollout's step in `control` counts, asks here, and acts.

mod plan;
mod policy;
mod shadow;

pub use plan::{FleetCount, LazyState, Move, Plan, WaveCount, plan};
pub use policy::{CANARY_WAVE, Policy, PolicyError, parse_waves, wave_sizes};
pub use shadow::{
    LockMode, ShadowFailure, ShadowFile, ShadowLimits, ShadowOf, ShadowRefusal, ShadowRun,
    ShadowTenant, TableSize, Touch, duration_in_words, judge, largest, of_interest, sample,
    size_in_words,
};

use crate::words::words;

words! {
    /// Which way.
    RolloutDirection {
        Up = "UP",
        /// Back, by the down files.
        Down = "DOWN",
    }
}

words! {
    /// How far one tenant is in a rollout.
    RolloutTenantState {
        Pending = "PENDING",
        Running = "RUNNING",
        Done = "DONE",
        /// Quarantined: it stays where it was until somebody says `retry`.
        Failed = "FAILED",
        /// Busy or not there when its turn came; it follows after the rollout.
        Skipped = "SKIPPED",
    }
}
