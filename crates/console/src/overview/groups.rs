//! Tenants by phase, access, region and version.

use std::collections::BTreeMap;

use cloison_catalog::queries::watch::WatchTenants;
use cloison_control::watch::FleetFacts;

use crate::format;
use crate::i18n::{Lang, Say};

/// More versions or regions than are side by side, or nobody could run it; the rest is not told.
const ROWS_MAX: usize = 12;

pub(super) type Groups = Vec<Group>;

/// What they are told apart by, and how many of each.
pub(super) struct Group {
    pub(super) by: String,
    pub(super) rows: Vec<(String, String)>,
}

pub(super) fn groups(lang: Lang, facts: &FleetFacts) -> Groups {
    let by = |key: &str, of: fn(&WatchTenants) -> &str| {
        let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
        for it in &facts.tenants {
            *sums.entry(of(it)).or_default() += it.tenants;
        }
        let mut sums: Vec<_> = sums.into_iter().collect();
        sums.sort_by_key(|it| std::cmp::Reverse(it.1));
        let row = |(word, count): (&str, i64)| (word.to_owned(), format::count(lang, count));
        Group { by: lang.t(key), rows: sums.into_iter().take(ROWS_MAX).map(row).collect() }
    };
    let versions = facts.versions.iter().take(ROWS_MAX);
    vec![
        by("group-phase", |it| &it.phase),
        by("group-access", |it| &it.access_mode),
        by("group-region", |it| &it.region),
        Group {
            by: lang.t("group-version"),
            rows: versions
                .map(|it| (it.schema_version.to_string(), format::count(lang, it.tenants)))
                .collect(),
        },
    ]
}
