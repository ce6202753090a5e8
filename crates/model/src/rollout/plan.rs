//! What a rollout does next.

use super::policy::{CANARY_WAVE, Policy};

/// How many tenants of one wave are where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WaveCount {
    pub pending: u32,
    pub running: u32,
    pub done: u32,
    pub failed: u32,
    pub skipped: u32,
}

/// Whether tenants are left to their first request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LazyState {
    /// They are taken one after the other, as usual.
    Eager,
    /// They are left to it as soon as the canaries are through.
    Closed,
    /// They have been told to; the deadline is still to come.
    Open,
    /// The deadline has passed: whoever is left is taken.
    Due,
}

/// All that a decision needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FleetCount {
    /// The canaries first, then each wave of the policy.
    pub waves: Vec<WaveCount>,
    pub is_paused: bool,
    /// The templates, and so new tenants, are where the rollout leads.
    pub templates_moved: bool,
    /// Whether the templates go first: on the way back, so that nothing new comes from what is taken back.
    pub templates_first: bool,
    pub lazy: LazyState,
}

/// One thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Tenants of this wave and of earlier ones may be started.
    Start { wave: usize },
    /// The templates of all servers come to the new version.
    Templates,
    /// All that are pending are left to their first request.
    OpenLazily,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    Do(Move),
    /// Nothing can be started now.
    Wait,
    /// More have failed than may.
    Halt {
        failed: u32,
    },
    Finished,
}

impl WaveCount {
    /// Nobody of it is left to start, and nobody under way.
    pub fn is_through(self) -> bool {
        self.pending == 0 && self.running == 0
    }
}

/// Never starts a wave before the one ahead of it is through, nor anything once too many have failed.
pub fn plan(policy: &Policy, fleet: &FleetCount) -> Plan {
    let failed: u32 = fleet.waves.iter().map(|it| it.failed).sum();
    let is_over = fleet.waves.iter().all(|it| it.is_through());
    if fleet.is_paused {
        return Plan::Wait;
    }
    // A rollout that has nobody left to start has nothing to halt.
    if failed > policy.max_failures && !(is_over && fleet.templates_moved) {
        return Plan::Halt { failed };
    }
    if fleet.templates_first && !fleet.templates_moved {
        return Plan::Do(Move::Templates);
    }
    let Some(current) = fleet.waves.iter().position(|it| !it.is_through()) else {
        return if fleet.templates_moved { Plan::Finished } else { Plan::Do(Move::Templates) };
    };
    let is_last = current + 1 == fleet.waves.len();
    let canaries_are_through = current > CANARY_WAVE;
    let is_lazy = matches!(fleet.lazy, LazyState::Closed | LazyState::Open);
    // What is new comes as the many become: with the last wave, or as soon as requests decide who is next.
    if !fleet.templates_moved && canaries_are_through && (is_last || is_lazy) {
        return Plan::Do(Move::Templates);
    }
    if is_lazy && canaries_are_through {
        let is_anybody_left = fleet.waves.iter().any(|it| it.pending > 0);
        let is_to_open = fleet.lazy == LazyState::Closed && is_anybody_left;
        return if is_to_open { Plan::Do(Move::OpenLazily) } else { Plan::Wait };
    }
    if fleet.waves[current].pending > 0 {
        Plan::Do(Move::Start { wave: current })
    } else {
        Plan::Wait
    }
}

#[cfg(test)]
mod tests;
