//! The servers, a line each.

use cloison_control::watch::trouble::{Seats, limits};
use cloison_control::watch::{ServerFacts, ServerSight, Sight};

use super::wrong::size;
use crate::format::{self, UNKNOWN};
use crate::i18n::{Lang, Say};

pub(super) struct ServerRow {
    pub(super) name: String,
    pub(super) region: String,
    pub(super) is_up: bool,
    pub(super) connections: String,
    pub(super) seats: String,
    pub(super) databases: String,
    pub(super) capacity: String,
    pub(super) size: String,
    pub(super) spares: String,
    pub(super) lag: Cell,
    pub(super) archive: Cell,
    pub(super) disk: Cell,
    pub(super) transaction: String,
}

pub(super) struct Cell {
    pub(super) word: String,
    pub(super) is_bad: bool,
}

/// Those that do not answer first, since they are what one looks for.
pub(super) fn rows(lang: Lang, sight: &Sight, seats: &[Seats]) -> Vec<ServerRow> {
    let mut servers: Vec<&ServerSight> = sight.servers.iter().collect();
    servers.sort_by_key(|it| (it.facts.is_some(), &it.name));
    let spares = |it: &ServerSight| {
        let all = &sight.fleet.as_ref()?.spares;
        Some(all.iter().find(|stock| stock.server_id == it.id.0).map_or(0, |stock| stock.spares))
    };
    servers
        .into_iter()
        .map(|it| row(lang, it, spares(it), seats.iter().find(|seats| seats.server == it.name)))
        .collect()
}

fn row(lang: Lang, it: &ServerSight, spares: Option<i64>, seats: Option<&Seats>) -> ServerRow {
    let facts = it.facts.as_ref();
    let known = |word: Option<String>| word.unwrap_or_else(|| UNKNOWN.to_owned());
    let count = |it: i64| format::count(lang, it);
    ServerRow {
        name: it.name.clone(),
        region: it.region.clone(),
        is_up: facts.is_some(),
        connections: known(facts.map(|it| {
            let all: i64 = it.connections.values().sum();
            format!("{} / {}", count(all), count(it.max_connections))
        })),
        seats: known(seats.map(|it| format!("{} / {}", it.in_use, it.budget))),
        databases: known(facts.map(|it| count(signed(it.databases.len())))),
        capacity: lang.t1("server-capacity", "capacity", i64::from(it.capacity)),
        size: known(it.bytes().map(|it| format::bytes(lang, size(it)))),
        spares: known(spares.map(count)),
        lag: lag(lang, facts),
        archive: archive(lang, facts),
        disk: disk(lang, facts),
        transaction: known(facts.map(|it| format::duration(lang, it.oldest_transaction_seconds))),
    }
}

fn lag(lang: Lang, facts: Option<&ServerFacts>) -> Cell {
    let Some(facts) = facts else { return Cell::unknown() };
    match facts.replicas.iter().map(|it| it.lag_seconds).reduce(f64::max) {
        None => Cell::fine(lang.t("server-lag-none")),
        Some(seconds) => Cell {
            word: format::duration(lang, seconds),
            is_bad: seconds > limits::REPLICA_LAG_SECONDS_MAX,
        },
    }
}

fn archive(lang: Lang, facts: Option<&ServerFacts>) -> Cell {
    let Some(facts) = facts else { return Cell::unknown() };
    if !facts.is_archiving {
        return Cell::bad(lang.t("server-archive-off"));
    }
    if facts.is_archive_failing {
        return Cell::bad(lang.t("server-archive-failing"));
    }
    match facts.archive_age_seconds {
        None => Cell::fine(lang.t("server-archive-idle")),
        Some(age) => Cell::fine(lang.t1("server-archive-ago", "age", format::duration(lang, age))),
    }
}

fn disk(lang: Lang, facts: Option<&ServerFacts>) -> Cell {
    let disk = facts.and_then(|it| it.disk).and_then(|it| Some((it, it.free()?)));
    let Some((disk, free)) = disk else { return Cell::unknown() };
    let word =
        format!("{} ({})", format::bytes(lang, size(disk.free_bytes)), format::share(lang, free));
    Cell { word, is_bad: free < limits::DISK_FREE_MIN }
}

impl Cell {
    fn unknown() -> Self {
        Self::fine(UNKNOWN.to_owned())
    }

    fn fine(word: String) -> Self {
        Self { word, is_bad: false }
    }

    fn bad(word: String) -> Self {
        Self { word, is_bad: true }
    }
}

fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
