//! What this process has moved since its start.

use cloison_model::{CreditEntry, CreditSource};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

type Label = [(&'static str, String); 1];

/// Cheap to clone: all clones count together.
#[derive(Clone, Debug, Default)]
pub struct AiCreditsStats {
    granted: Family<Label, Counter>,
    spent: Counter,
    lost: Family<Label, Counter>,
    refused: Counter,
}

/// What one transaction has moved; it counts once that is committed.
#[derive(Debug, Default)]
pub(super) struct Moved {
    pub(super) granted: Vec<(CreditSource, i64)>,
    spent: i64,
    expired: i64,
    voided: i64,
}

impl Moved {
    /// So many are gone by an entry.
    pub(super) fn note(&mut self, kind: CreditEntry, credits: i64) {
        match kind {
            CreditEntry::Settle => self.spent += credits,
            CreditEntry::Expire => self.expired += credits,
            CreditEntry::Void => self.voided += credits,
            // Told by its source.
            CreditEntry::Grant | CreditEntry::Reserve | CreditEntry::Release => {}
        }
    }
}

impl AiCreditsStats {
    /// Makes them known, under names that begin with `cloison_`.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "cloison_ai_credits_granted",
            "AI credits that this process has granted",
            self.granted.clone(),
        );
        registry.register(
            "cloison_ai_credits_spent",
            "AI credits that were settled as spent here",
            self.spent.clone(),
        );
        registry.register(
            "cloison_ai_credits_lost",
            "AI credits that ended unspent with their grant",
            self.lost.clone(),
        );
        registry.register(
            "cloison_ai_credits_refusals",
            "Reservations that were refused here because there were too few",
            self.refused.clone(),
        );
    }

    pub(super) fn committed(&self, moved: &Moved) {
        for (source, credits) in &moved.granted {
            add(
                &self.granted.get_or_create(&[("source", source.as_str().to_lowercase())]),
                *credits,
            );
        }
        add(&self.spent, moved.spent);
        for (how, credits) in [("expired", moved.expired), ("voided", moved.voided)] {
            if credits > 0 {
                add(&self.lost.get_or_create(&[("how", how.to_owned())]), credits);
            }
        }
    }

    pub(super) fn refused(&self) {
        self.refused.inc();
    }
}

fn add(counter: &Counter, credits: i64) {
    counter.inc_by(u64::try_from(credits).unwrap_or_default());
}
