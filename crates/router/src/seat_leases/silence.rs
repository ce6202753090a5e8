//! How long nothing has been heard of the others, by this process's clock alone.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use cloison_model::{NodeId, ServerId};

use super::terms::{KEPT_RECLAIM, RECLAIM, SILENCE_STEP_MAX};
use crate::directory::{OtherLease, SilentLease, Taken};

#[derive(Debug, Default)]
pub(crate) struct Silence {
    seen: BTreeMap<(ServerId, NodeId), Seen>,
    looked: Option<Instant>,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    lease: OtherLease,
    lasts: Duration,
}

impl Silence {
    /// Takes over what was seen now.
    pub(crate) fn look(&mut self, now: Instant, others: &[OtherLease]) {
        let looked = self.looked.replace(now).unwrap_or(now);
        let step = now.saturating_duration_since(looked).min(SILENCE_STEP_MAX);
        let before = std::mem::take(&mut self.seen);
        self.seen = others
            .iter()
            .map(|&lease| {
                let key = (lease.server, lease.node);
                let lasts = match before.get(&key) {
                    Some(seen) if seen.lease.renewals == lease.renewals => seen.lasts + step,
                    Some(_) | None => Duration::ZERO,
                };
                (key, Seen { lease, lasts })
            })
            .collect();
    }

    /// Whose silence has lasted too long.
    pub(crate) fn over(&self) -> Vec<SilentLease> {
        let over = |&Seen { lease, lasts }: &Seen| {
            let OtherLease { server, node, renewals, is_silent } = lease;
            let taken = if lasts >= KEPT_RECLAIM {
                Taken::All
            } else if lasts >= RECLAIM && !is_silent {
                Taken::Rest
            } else {
                return None;
            };
            Some(SilentLease { server, node, renewals, taken })
        };
        self.seen.values().filter_map(over).collect()
    }
}
