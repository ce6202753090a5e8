//! The fleet's figures: those of the first line, and what stands behind them.

use cloison_control::watch::{FleetFacts, ServerSight, Sight};
use jiff::Timestamp;

use super::groups::{Groups, groups};
use super::rollout::Rollout;
use super::wrong::size;
use crate::format::{self, UNKNOWN};
use crate::i18n::{Lang, Say};

pub(super) struct Fleet {
    pub(super) figures: Vec<Figure>,
    pub(super) groups: Groups,
    pub(super) rollout: Option<Rollout>,
    pub(super) operations: Vec<Operations>,
    pub(super) backups: Vec<Fact>,
}

/// A number with what it counts.
pub(super) struct Figure {
    pub(super) value: String,
    pub(super) what: String,
    /// It should be none.
    pub(super) is_bad: bool,
}

/// A word and what it comes to.
pub(super) struct Fact {
    pub(super) what: String,
    pub(super) value: String,
    pub(super) is_bad: bool,
}

/// Those of one kind that are under way.
pub(super) struct Operations {
    pub(super) kind: String,
    pub(super) running: String,
    pub(super) waiting: String,
    pub(super) oldest: String,
}

impl Fleet {
    pub(super) fn of(lang: Lang, facts: &FleetFacts, sight: &Sight, now: Timestamp) -> Self {
        let operation = |it: &cloison_catalog::queries::watch::WatchOperations| Operations {
            kind: it.kind.clone(),
            running: format::count(lang, it.running),
            waiting: format::count(lang, it.waiting),
            oldest: format::duration(lang, it.oldest_seconds),
        };
        Self {
            figures: figures(lang, facts, sight),
            groups: groups(lang, facts),
            rollout: facts.rollout.as_ref().map(|it| Rollout::of(lang, it, now)),
            operations: facts.operations.iter().map(operation).collect(),
            backups: backups(lang, facts, sight),
        }
    }
}

fn figures(lang: Lang, facts: &FleetFacts, sight: &Sight) -> Vec<Figure> {
    let tenants: i64 = facts.tenants.iter().map(|it| it.tenants).sum();
    let spares: i64 = facts.spares.iter().map(|it| it.spares).sum();
    let operations: i64 = facts.operations.iter().map(|it| it.running).sum();
    let sizes: Vec<_> = sight.servers.iter().filter_map(ServerSight::bytes).collect();
    let bytes = (!sizes.is_empty()).then(|| sizes.iter().copied().map(size).sum::<f64>());
    let mean = mean(sight);
    let count = |it| format::count(lang, it);
    let figure = |value: String, what: &str| Figure { value, what: lang.t(what), is_bad: false };
    let version = facts.fleet.schema_version.map_or(UNKNOWN.to_owned(), |it| it.to_string());
    let in_words = |it: Option<f64>| it.map_or(UNKNOWN.to_owned(), |it| format::bytes(lang, it));
    let age = facts.backups.oldest_age_seconds;
    vec![
        figure(count(tenants), "figure-tenants"),
        figure(count(facts.fleet.behind), "figure-behind"),
        Figure {
            is_bad: facts.fleet.quarantined > 0,
            ..figure(count(facts.fleet.quarantined), "figure-quarantined")
        },
        figure(version, "figure-version"),
        figure(in_words(bytes), "figure-bytes"),
        figure(in_words(mean), "figure-mean"),
        figure(count(spares), "figure-spares"),
        figure(count(operations), "figure-operations"),
        Figure {
            is_bad: facts.backups.overdue > 0,
            ..figure(
                age.map_or(UNKNOWN.to_owned(), |it| format::duration(lang, it)),
                "figure-backup",
            )
        },
    ]
}

/// Of a tenant's database that was measured.
fn mean(sight: &Sight) -> Option<f64> {
    let sizes: Vec<f64> = sight
        .servers
        .iter()
        .flat_map(|it| &it.tenants)
        .filter(|it| it.bytes > 0)
        .map(|it| size(it.bytes))
        .collect();
    let count = u32::try_from(sizes.len()).ok().filter(|it| *it > 0)?;
    Some(sizes.iter().sum::<f64>() / f64::from(count))
}

fn backups(lang: Lang, facts: &FleetFacts, sight: &Sight) -> Vec<Fact> {
    let it = &facts.backups;
    let ago = |seconds: Option<f64>| match seconds {
        Some(seconds) => lang.t1("backups-ago", "age", format::duration(lang, seconds)),
        None => UNKNOWN.to_owned(),
    };
    let time =
        |seconds: Option<f64>| seconds.map_or(UNKNOWN.to_owned(), |it| format::duration(lang, it));
    let size = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
    let fact = |what: &str, value: String| Fact { what: lang.t(what), value, is_bad: false };
    let none = |what: &str, count: i64| Fact {
        is_bad: count > 0,
        ..fact(what, format::count(lang, count))
    };
    vec![
        fact("backups-oldest", ago(it.oldest_age_seconds)),
        none("backups-overdue", it.overdue),
        none("backups-failing", it.failing),
        none("backups-without", it.without),
        none("backups-broken", it.broken),
        fact("backups-control", ago(sight.control_backup_age_seconds)),
        none("backups-drills-overdue", size(it.drills_overdue)),
        none("backups-drills-failing", size(it.drills_failing)),
        fact("backups-restore", time(it.drills.restore_seconds)),
        fact("backups-data-age", time(it.drills.data_age_seconds)),
    ]
}
