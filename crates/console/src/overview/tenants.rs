//! The few tenants that are the largest and the busiest.

use std::collections::HashMap;

use cloison_control::watch::{Sight, TenantSight};

use super::wrong::size;
use crate::format::{self, UNKNOWN};
use crate::i18n::{Lang, Say};

/// Of each, so many.
const TOLD_MAX: usize = 8;

pub(super) struct TenantList {
    pub(super) id: &'static str,
    pub(super) heading: String,
    /// Said where nobody is listed.
    pub(super) none: String,
    pub(super) rows: Vec<TenantRow>,
}

pub(super) struct TenantRow {
    pub(super) name: String,
    /// It has a name of its own.
    pub(super) is_named: bool,
    pub(super) server: String,
    pub(super) size: String,
    pub(super) connections: String,
    pub(super) transactions: String,
}

/// A database and where it is.
type Placed<'a> = (&'a str, &'a TenantSight);

/// Databases of those that are told of, and whose names are to be asked for.
pub(super) fn chosen(sight: &Sight) -> Vec<String> {
    let all = largest(sight).into_iter().chain(busiest(sight));
    all.map(|(_, it)| it.database.clone()).collect()
}

pub(super) fn lists(lang: Lang, sight: &Sight, names: &HashMap<String, String>) -> [TenantList; 2] {
    let rows = |all: Vec<Placed<'_>>| all.into_iter().map(|it| row(lang, it, names)).collect();
    [
        TenantList {
            id: "largest",
            heading: lang.t("tenants-largest"),
            none: lang.t("tenants-unmeasured"),
            rows: rows(largest(sight)),
        },
        TenantList {
            id: "busiest",
            heading: lang.t("tenants-busiest"),
            none: lang.t("tenants-idle"),
            rows: rows(busiest(sight)),
        },
    ]
}

fn largest(sight: &Sight) -> Vec<Placed<'_>> {
    first(sight, |it| it.bytes)
}

fn busiest(sight: &Sight) -> Vec<Placed<'_>> {
    first(sight, |it| it.lately)
}

/// Those with the most of it; nobody who has nothing.
fn first(sight: &Sight, of: fn(&TenantSight) -> u64) -> Vec<Placed<'_>> {
    let servers = sight.servers.iter();
    let mut all: Vec<_> = servers
        .flat_map(|server| server.tenants.iter().map(|it| (server.name.as_str(), it)))
        .filter(|(_, it)| of(it) > 0)
        .collect();
    let order = |one: &Placed<'_>, other: &Placed<'_>| {
        of(other.1).cmp(&of(one.1)).then_with(|| one.1.database.cmp(&other.1.database))
    };
    if all.len() > TOLD_MAX {
        all.select_nth_unstable_by(TOLD_MAX, order);
        all.truncate(TOLD_MAX);
    }
    all.sort_by(order);
    all
}

fn row(lang: Lang, (server, it): Placed<'_>, names: &HashMap<String, String>) -> TenantRow {
    let name = names.get(&it.database);
    TenantRow {
        name: name.cloned().unwrap_or_else(|| lang.t("tenant-spare")),
        is_named: name.is_some(),
        server: server.to_owned(),
        size: if it.bytes > 0 { format::bytes(lang, size(it.bytes)) } else { UNKNOWN.to_owned() },
        connections: format::count(lang, it.connections),
        transactions: format::count(lang, i64::try_from(it.lately).unwrap_or(i64::MAX)),
    }
}

#[cfg(test)]
mod tests {
    use cloison_control::watch::ServerSight;
    use cloison_model::{Activity, ServerId};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn ten_thousand_tenants_are_told_of_by_a_few() {
        let tenant = |number: u64| TenantSight {
            database: format!("studio_{number}_db"),
            connections: 1,
            activity: Activity::default(),
            lately: 20_000 - number,
            bytes: number * 1_000,
        };
        let server = ServerSight {
            id: ServerId(Uuid::nil()),
            name: "eu-1".to_owned(),
            region: "eu".to_owned(),
            capacity: 10_000,
            facts: None,
            took: std::time::Duration::ZERO,
            activity: Activity::default(),
            tenants: (0..10_000).map(tenant).collect(),
            sizes: None,
        };
        let sight = Sight {
            at: jiff::Timestamp::UNIX_EPOCH,
            fleet: None,
            servers: vec![server],
            erased_seen: 0,
            control_backup_age_seconds: None,
        };
        assert_eq!(chosen(&sight).len(), 2 * TOLD_MAX);
        let names = HashMap::from([("studio_9999_db".to_owned(), "blue".to_owned())]);
        let [largest, busiest] = lists(Lang::En, &sight, &names);
        assert_eq!((largest.rows.len(), busiest.rows.len()), (TOLD_MAX, TOLD_MAX));
        assert_eq!((largest.rows[0].name.as_str(), largest.rows[0].is_named), ("blue", true));
        assert!(!largest.rows[1].is_named);
        assert_eq!(busiest.rows[0].transactions, "20,000");
    }
}
