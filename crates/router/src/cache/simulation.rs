//! The cache beside a directory that changes all the time, and whose answers come late, never, or in any
//! order. In made-up time, and without a runtime: each case is a list of events.
//!
//! What is in the directory is known here, and so is what the cache has been told. After each event
//! the one is compared with the other.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Duration;

use cloison_model::Hostname;
use proptest::prelude::*;

use super::absent::ABSENT_FOR;
use super::tests::{id, names, route, site};
use super::*;

/// One thing that happens. Tenants, labels and domains are small numbers, so that they meet.
#[derive(Clone, Debug)]
enum Event {
    /// The tenant is made, renamed, moved, or gets other domains, if the names are free.
    Change { tenant: u8, label: u8, domains: Vec<u8> },
    /// The tenant's schema comes to another version, and nothing else is changed.
    Migrate { tenant: u8 },
    /// The first step of erasing: nobody is to see the tenant any more.
    Hide { tenant: u8 },
    /// The row is deleted; with a trace, the directory remembers that.
    Delete { tenant: u8, has_trace: bool },
    /// The row is deleted without a trace, and another tenant gets its names.
    Succeed { tenant: u8, by: u8 },
    /// A question begins its way to the directory.
    Ask(Question),
    /// The cache hears of a change; of some never, of others often.
    Hear { which: usize },
    /// The directory reads what it will answer.
    Read { which: usize },
    /// An answer arrives.
    Arrive { which: usize },
    /// The directory was down, or the answer was lost.
    Lose { which: usize },
    /// Time passes.
    Wait { milliseconds: u64 },
}

#[derive(Clone, Debug)]
enum Question {
    Tenant(u8),
    Label(u8),
    Domain(u8),
    Doubtful,
    Changes,
    Everything,
}

#[derive(Clone, Debug)]
enum Asking {
    One(Key),
    Changes { since: i64 },
    Everything,
}

#[derive(Clone, Debug)]
enum Answer {
    One(Option<Arc<Route>>),
    Changes(Vec<Change>),
    Everything(Snapshot),
}

struct Flight {
    asking: Asking,
    asked: Asked,
    answer: Option<Answer>,
}

struct World {
    now: Instant,
    /// The directory: its rows, since which epoch each has been there, its traces, and its last epoch.
    rows: BTreeMap<TenantId, Arc<Route>>,
    born: HashMap<TenantId, i64>,
    traces: BTreeMap<i64, TenantId>,
    epoch: i64,
    /// Since when each name has been somebody's who is visible.
    held_since: HashMap<String, Instant>,
    /// What was notified.
    hints: Vec<Changed>,
    flights: Vec<Flight>,
    cache: Cache,
    /// The routes that the cache has taken over, and the last epochs of those it has removed.
    told: Vec<Arc<Route>>,
    gone: HashMap<TenantId, i64>,
}

/// The directory answers a poll with so many changes at most.
const PAGE: usize = 3;

impl World {
    fn new() -> Self {
        Self {
            now: Instant::now(),
            rows: BTreeMap::new(),
            born: HashMap::new(),
            traces: BTreeMap::new(),
            epoch: 0,
            held_since: HashMap::new(),
            hints: Vec::new(),
            flights: Vec::new(),
            cache: Cache::default(),
            told: Vec::new(),
            gone: HashMap::new(),
        }
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Change { tenant, label, domains } => {
                let domains: Vec<_> =
                    domains.iter().map(|it| format!("d{it}.example.org")).collect();
                self.write(&format!("{tenant} {{}} n{label} {}", domains.join(" ")));
            }
            Event::Hide { tenant } => {
                if let Some(row) = self.rows.get(&id(tenant)) {
                    let domains: Vec<_> = row.hostnames.iter().map(Hostname::as_str).collect();
                    let text =
                        format!("{tenant} {{}} {} ERASING {}", row.subdomain, domains.join(" "));
                    self.write(&text);
                }
            }
            Event::Migrate { tenant } => {
                if let Some(row) = self.rows.get_mut(&id(tenant)) {
                    self.epoch += 1;
                    let schema_version = row.schema_version + 1;
                    *row =
                        Arc::new(Route { epoch: self.epoch, schema_version, ..Route::clone(row) });
                    self.hints.push(Changed { tenant: id(tenant), epoch: self.epoch });
                }
            }
            Event::Delete { tenant, has_trace } => self.delete(tenant, has_trace),
            Event::Succeed { tenant, by } => {
                if let Some(row) = self.rows.get(&id(tenant)).cloned() {
                    let domains: Vec<_> = row.hostnames.iter().map(Hostname::as_str).collect();
                    self.delete(tenant, false);
                    self.write(&format!("{by} {{}} {} {}", row.subdomain, domains.join(" ")));
                }
            }
            Event::Ask(question) => self.ask(&question),
            Event::Hear { which } => {
                if let Some(&hint) = pick(&self.hints, which) {
                    self.cache.apply_hint(hint);
                }
            }
            Event::Read { which } => {
                let len = self.flights.len();
                if len > 0 {
                    self.read(which % len);
                }
            }
            Event::Arrive { which } => {
                let len = self.flights.len();
                if len > 0 {
                    self.arrive(which % len);
                }
            }
            Event::Lose { which } => {
                let len = self.flights.len();
                if len > 0 {
                    self.flights.remove(which % len);
                }
            }
            Event::Wait { milliseconds } => self.now += Duration::from_millis(milliseconds),
        }
    }

    /// `text` is a route's, with `{}` for the epoch.
    fn write(&mut self, text: &str) {
        let row = route(&text.replace("{}", &(self.epoch + 1).to_string()));
        let is_taken = self.rows.values().any(|it| {
            it.tenant != row.tenant && names().any(|name| has(it, &name) && has(&row, &name))
        });
        if is_taken {
            return;
        }
        self.epoch += 1;
        self.born.entry(row.tenant).or_insert(self.epoch);
        self.hints.push(Changed { tenant: row.tenant, epoch: self.epoch });
        self.rows.insert(row.tenant, row);
        self.note_holders();
    }

    fn delete(&mut self, tenant: u8, has_trace: bool) {
        if self.rows.remove(&id(tenant)).is_some() {
            self.epoch += 1;
            self.born.remove(&id(tenant));
            self.hints.push(Changed { tenant: id(tenant), epoch: self.epoch });
            if has_trace {
                self.traces.insert(self.epoch, id(tenant));
            }
            self.note_holders();
        }
    }

    fn note_holders(&mut self) {
        for name in names() {
            if self.holder(&name).is_some() {
                self.held_since.entry(name).or_insert(self.now);
            } else {
                self.held_since.remove(&name);
            }
        }
    }

    /// Who has the name, in truth.
    fn holder(&self, name: &str) -> Option<&Arc<Route>> {
        self.rows.values().find(|it| it.is_visible() && has(it, name))
    }

    fn ask(&mut self, question: &Question) {
        let key = match question {
            Question::Tenant(it) => Key::Tenant(id(*it)),
            Question::Label(it) => Key::Subdomain(format!("n{it}").parse().unwrap()),
            Question::Domain(it) => Key::Hostname(format!("d{it}.example.org").parse().unwrap()),
            Question::Doubtful => match self.cache.doubtful(1)[..] {
                [tenant] => Key::Tenant(tenant),
                _ => return,
            },
            Question::Changes => {
                let asking = Asking::Changes { since: self.cache.epoch() };
                return self.take_off(asking, self.cache.asking(self.now));
            }
            Question::Everything => {
                return self.take_off(Asking::Everything, self.cache.asking(self.now));
            }
        };
        let asked = self.cache.asking_for(&key, self.now);
        self.take_off(Asking::One(key), asked);
    }

    fn take_off(&mut self, asking: Asking, asked: Asked) {
        self.flights.push(Flight { asking, asked, answer: None });
    }

    /// Once; an answer does not change on its way.
    fn read(&mut self, which: usize) {
        if self.flights[which].answer.is_some() {
            return;
        }
        let answer = match &self.flights[which].asking {
            Asking::One(key) => Answer::One(self.row(key)),
            Asking::Changes { since } => Answer::Changes(self.changes(*since)),
            Asking::Everything => Answer::Everything(Snapshot {
                routes: self.rows.values().cloned().collect(),
                budgets: HashMap::new(),
                // As by paging: the epoch of the last row.
                epoch: self.rows.values().map(|it| it.epoch).max().unwrap_or(0),
            }),
        };
        self.flights[which].answer = Some(answer);
    }

    fn row(&self, key: &Key) -> Option<Arc<Route>> {
        let found = self.rows.values().find(|it| match key {
            Key::Tenant(tenant) => it.tenant == *tenant,
            Key::Subdomain(subdomain) => it.subdomain == *subdomain,
            Key::Hostname(hostname) => it.hostnames.contains(hostname),
        });
        found.cloned()
    }

    fn changes(&self, since: i64) -> Vec<Change> {
        let mut changes = BTreeMap::new();
        for row in self.rows.values().filter(|it| it.epoch > since) {
            changes.insert(row.epoch, Change::Route(Arc::clone(row)));
        }
        for (&epoch, &tenant) in self.traces.range(since + 1..) {
            changes.insert(epoch, Change::Gone { tenant, epoch });
        }
        changes.into_values().take(PAGE).collect()
    }

    /// Takes over an answer, and checks what follows from it.
    fn arrive(&mut self, which: usize) {
        self.read(which);
        let flight = self.flights.remove(which);
        let before = self.known();
        let reached = self.cache.epoch();
        let (applied, told) = match (flight.asking, flight.answer) {
            (Asking::One(key), Some(Answer::One(answer))) => {
                let route = answer.as_deref().cloned();
                let applied = self.cache.apply_fetched(key, route, flight.asked, self.now);
                (applied, answer.into_iter().collect())
            }
            (_, Some(Answer::Changes(changes))) => {
                (self.cache.apply_changes(&changes, flight.asked), routes(&changes))
            }
            (_, Some(Answer::Everything(snapshot))) => {
                (self.cache.apply_snapshot(&snapshot, flight.asked), snapshot.routes)
            }
            (asking, answer) => panic!("{answer:?} to {asking:?}"),
        };
        assert!(self.cache.epoch() >= reached, "the epoch went back");
        for route in self.cache.names.routes() {
            let newest = self.cache.routes.get(&route.tenant);
            assert_eq!(newest, Some(route), "a name leads to an old route");
        }
        let outdated = match applied {
            Applied::Taken(outdated) => outdated,
            Applied::Absent(outdated) => outdated.into_iter().collect(),
            Applied::Overtaken => {
                assert_eq!(self.known(), before, "thrown away, and yet it did something");
                return;
            }
        };
        self.told.extend(told);
        self.check_change(&before, &outdated);
    }

    /// Connections of what was known before are out of date, unless they are good for what is known now; and only what is newer
    /// is known.
    fn check_change(
        &mut self,
        before: &HashMap<TenantId, (Arc<Route>, i64)>,
        outdated: &[Outdated],
    ) {
        let after = self.known();
        for (&tenant, (old, since)) in before {
            let new = after.get(&tenant);
            if new == Some(&(Arc::clone(old), *since)) {
                continue;
            }
            if new.is_some_and(|(route, it)| it == since && route.keeps_connections_of(old)) {
                assert!(
                    outdated.iter().all(|it| it.tenant != tenant),
                    "{tenant} was only migrated"
                );
                continue;
            }
            let (old, new) = (old.epoch, new.map(|(route, _)| route.epoch));
            let reaches = |it: &Outdated| {
                it.tenant == tenant && it.epoch > old && new.is_none_or(|new| it.epoch <= new)
            };
            assert!(outdated.iter().any(reaches), "{tenant} {old} -> {new:?}: {outdated:?}");
            if new.is_none() {
                let was_there = self.born.get(&tenant).is_some_and(|&born| born <= old);
                assert!(!was_there, "{tenant} {old} was removed and is there");
            }
            let last = self.gone.entry(tenant).or_insert(old);
            *last = if new.is_none() { old.max(*last) } else { *last };
        }
        for (&tenant, (route, since)) in &after {
            let new = route.epoch;
            assert!(*since <= new, "{tenant}: connections are good since a later change");
            let went_back = before.get(&tenant).is_some_and(|(old, _)| old.epoch > new);
            assert!(!went_back, "the epoch of {tenant} went back");
            if !before.contains_key(&tenant)
                && let Some(&last) = self.gone.get(&tenant)
            {
                assert!(new > last, "{tenant} {new} came back from before it was removed");
            }
        }
    }

    /// No name leads to anybody of whom the cache has heard that they have lost it, and none is
    /// hidden for too long.
    fn check_names(&self) {
        for name in names() {
            match self.cache.lookup(&site(&name), || self.now) {
                Lookup::Found(found) => {
                    assert!(found.is_visible() && has(&found, &name), "{name}: {found:?}");
                    for told in &self.told {
                        let is_newer = told.epoch > found.epoch;
                        let is_about = told.tenant == found.tenant || has(told, &name);
                        assert!(!(is_newer && is_about), "{name}: {found:?}, but {told:?}");
                    }
                }
                Lookup::Unknown => {
                    let is_hidden = |it: &Arc<Route>| !it.is_visible() && has(it, &name);
                    if !self.cache.routes.values().any(is_hidden) {
                        let since = self.held_since.get(&name);
                        let age = since.map_or(Duration::ZERO, |&it| self.now - it);
                        assert!(age < ABSENT_FOR, "{name} is hidden for {age:?}");
                    }
                }
                Lookup::Miss(_) => {}
            }
        }
    }

    /// Each route, and since when its connections have been good.
    fn known(&self) -> HashMap<TenantId, (Arc<Route>, i64)> {
        let routes = self.cache.routes.iter();
        routes.map(|(id, it)| (*id, (Arc::clone(it), self.cache.since(it)))).collect()
    }

    /// Asks, and has the answer at once.
    fn answered(&mut self, question: &Question) {
        let flights = self.flights.len();
        self.ask(question);
        if self.flights.len() > flights {
            self.arrive(flights);
            self.check_names();
        }
    }

    /// What the one task does that keeps the cache fresh, undisturbed.
    fn poll(&mut self) {
        while !self.changes(self.cache.epoch()).is_empty() {
            self.answered(&Question::Changes);
        }
        while !self.cache.doubtful(1).is_empty() {
            self.answered(&Question::Doubtful);
        }
    }

    /// After a poll each name leads to who has it. Who vanished without a trace may still be known.
    fn check_polled(&self) {
        for row in self.rows.values() {
            assert_eq!(self.cache.epoch_of(row.tenant), Some(row.epoch), "{row:?}");
        }
        for name in names() {
            let found = match self.cache.lookup(&site(&name), || self.now) {
                Lookup::Found(it) => Some(it),
                Lookup::Unknown | Lookup::Miss(_) => None,
            };
            let holder = self.holder(&name);
            let has_vanished = found.as_ref().is_some_and(|it| !self.rows.contains_key(&it.tenant));
            if holder.is_some() || !has_vanished {
                assert_eq!(found.as_ref(), holder, "{name}");
            }
        }
    }

    /// After a snapshot the cache is as the directory.
    fn check_equal(&self) {
        self.check_polled();
        let known: HashSet<_> = self.cache.routes.keys().copied().collect();
        assert_eq!(known, self.rows.keys().copied().collect());
    }
}

fn routes(changes: &[Change]) -> Vec<Arc<Route>> {
    let route = |it: &Change| match it {
        Change::Route(route) => Some(Arc::clone(route)),
        Change::Gone { .. } => None,
    };
    changes.iter().filter_map(route).collect()
}

fn has(route: &Route, name: &str) -> bool {
    route.subdomain.as_str() == name || route.hostnames.iter().any(|it| it.as_str() == name)
}

fn pick<T>(all: &[T], which: usize) -> Option<&T> {
    all.get(which.checked_rem(all.len())?)
}

fn event() -> impl Strategy<Value = Event> {
    let tenant = || 0_u8..4;
    let label = || 0_u8..3;
    let which = || any::<usize>();
    let domains = proptest::collection::vec(0_u8..2, 0..2);
    let question = prop_oneof![
        2 => tenant().prop_map(Question::Tenant),
        2 => label().prop_map(Question::Label),
        1 => (0_u8..2).prop_map(Question::Domain),
        1 => Just(Question::Doubtful),
        2 => Just(Question::Changes),
        1 => Just(Question::Everything),
    ];
    prop_oneof![
        6 => (tenant(), label(), domains)
            .prop_map(|(tenant, label, domains)| Event::Change { tenant, label, domains }),
        3 => tenant().prop_map(|tenant| Event::Migrate { tenant }),
        1 => tenant().prop_map(|tenant| Event::Hide { tenant }),
        2 => (tenant(), any::<bool>())
            .prop_map(|(tenant, has_trace)| Event::Delete { tenant, has_trace }),
        2 => (tenant(), tenant()).prop_map(|(tenant, by)| Event::Succeed { tenant, by }),
        8 => question.prop_map(Event::Ask),
        3 => which().prop_map(|which| Event::Hear { which }),
        4 => which().prop_map(|which| Event::Read { which }),
        7 => which().prop_map(|which| Event::Arrive { which }),
        1 => which().prop_map(|which| Event::Lose { which }),
        3 => (0_u64..3_000).prop_map(|milliseconds| Event::Wait { milliseconds }),
    ]
}

proptest! {
    #[test]
    fn the_cache_is_never_wrong_for_longer_than_it_was_told(
        events in proptest::collection::vec(event(), 0..80),
    ) {
        let mut world = World::new();
        for event in events {
            world.happen(event);
            world.check_names();
        }
        world.poll();
        world.check_polled();
        world.answered(&Question::Everything);
        world.poll();
        world.check_equal();
        // What was asked before arrives at last, and changes nothing.
        while !world.flights.is_empty() {
            world.arrive(0);
            world.check_names();
        }
        world.poll();
        world.check_equal();
    }
}
