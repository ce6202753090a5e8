//! Changes heard late, twice, in another order, or not at all.

use std::collections::HashMap;
use std::time::Duration;

use cloison_model::{Phase, Secret, ServerId};
use proptest::prelude::*;
use uuid::Uuid;

use super::absent::{ABSENT_FOR, ABSENT_MAX};
use super::*;
use crate::identifier::Identifier;
use crate::route::{Location, Login};

pub(super) fn id(tenant: u8) -> TenantId {
    TenantId(Uuid::from_u128(tenant.into()))
}

/// `tenant epoch subdomain`, then any phase in capitals and any custom domains.
pub(super) fn route(text: &str) -> Arc<Route> {
    let mut words = text.split_whitespace();
    let mut word = || words.next().expect("tenant, epoch and subdomain");
    let (tenant, epoch, subdomain): (u8, _, _) =
        (word().parse().unwrap(), word().parse().unwrap(), word().parse().unwrap());
    let (phases, hostnames): (Vec<_>, Vec<_>) = words.partition(|it| it.parse::<Phase>().is_ok());
    let name: Identifier = format!("d{tenant}").parse().unwrap();
    let location = Location {
        server: ServerId(Uuid::from_u128(1)),
        host: "127.0.0.1".to_owned(),
        port: 5432,
        database: name.clone(),
    };
    let login = Login { role: name, password: Secret::new("secret") };
    Arc::new(Route {
        hostnames: hostnames.iter().map(|it| it.parse().unwrap()).collect(),
        epoch,
        phase: phases.first().map_or(Phase::Ready, |it| it.parse().unwrap()),
        ..Route::new(id(tenant), subdomain, location, login)
    })
}

fn snapshot(epoch: i64, routes: &[&str]) -> Snapshot {
    Snapshot { routes: routes.iter().map(|it| route(it)).collect(), budgets: HashMap::new(), epoch }
}

fn cache(routes: &[&str]) -> Cache {
    let mut cache = Cache::default();
    take(&mut cache, &snapshot(0, routes));
    cache
}

/// Whose connections are out of date then, and below which epoch.
fn take(cache: &mut Cache, snapshot: &Snapshot) -> Vec<(TenantId, i64)> {
    let asked = cache.asking(Instant::now());
    outdated(cache.apply_snapshot(snapshot, asked))
}

fn change(cache: &mut Cache, change: Change) -> Vec<(TenantId, i64)> {
    let asked = cache.asking(Instant::now());
    outdated(cache.apply_changes(&[change], asked))
}

fn outdated(applied: Applied) -> Vec<(TenantId, i64)> {
    let Applied::Taken(mut outdated) = applied else { panic!("{applied:?}") };
    outdated.sort_unstable_by_key(|it| it.tenant);
    outdated.into_iter().map(|it| (it.tenant, it.epoch)).collect()
}

/// The answer to a question asked when the cache was as it is.
fn fetch(cache: &mut Cache, key: &Key, answer: Option<&Arc<Route>>, now: Instant) -> Applied {
    let asked = cache.asking_for(key, now);
    cache.apply_fetched(key.clone(), answer.map(|it| Route::clone(it)), asked, now)
}

fn label(name: &str) -> Key {
    Key::Subdomain(name.parse().unwrap())
}

/// A name with a dot is a custom domain.
pub(super) fn site(name: &str) -> Site {
    if name.contains('.') {
        Site::Custom(name.parse().unwrap())
    } else {
        Site::Subdomain(name.parse().unwrap())
    }
}

/// Answers who is found, with the epoch.
fn check(cache: &Cache, name: &str, now: Instant) -> String {
    match cache.lookup(&site(name), || now) {
        Lookup::Found(route) => format!("{} {}", route.tenant.0.as_u128(), route.epoch),
        Lookup::Unknown => "unknown".to_owned(),
        Lookup::Miss(_) => "miss".to_owned(),
    }
}

#[test]
fn by_label_and_by_domain() {
    let now = Instant::now();
    let cache = cache(&["1 5 blue blue.example.org", "2 6 green"]);
    assert_eq!(check(&cache, "blue", now), "1 5");
    assert_eq!(check(&cache, "blue.example.org", now), "1 5");
    assert_eq!(check(&cache, "green", now), "2 6");
    assert_eq!(check(&cache, "green.example.org", now), "miss");
    for site in [Site::Base, Site::Console, Site::Nobody] {
        assert_eq!(cache.lookup(&site, || now), Lookup::Unknown);
    }
}

#[test]
fn invisible_phases_are_nobody() {
    let now = Instant::now();
    for (phase, answer) in [
        ("PROVISIONING", "unknown"),
        ("READY", "1 5"),
        ("MOVING", "1 5"),
        ("RESTORING", "1 5"),
        ("ARCHIVED", "unknown"),
        ("ERASING", "unknown"),
        ("ERASED", "unknown"),
    ] {
        let cache = cache(&[&format!("1 5 blue {phase}")]);
        assert_eq!(check(&cache, "blue", now), answer, "{phase}");
        assert_eq!(cache.visible(id(1)).is_some(), answer != "unknown", "{phase}");
    }
}

#[test]
fn an_old_name_is_never_answered_again() {
    let now = Instant::now();
    let mut cache = cache(&["1 5 blue old.example.org"]);
    let renamed = route("1 7 navy new.example.org");
    assert_eq!(cache.apply_route(&renamed), Some(Outdated { tenant: id(1), epoch: 7 }));
    assert_eq!(check(&cache, "blue", now), "miss");
    assert_eq!(check(&cache, "old.example.org", now), "miss");
    assert_eq!(check(&cache, "navy", now), "1 7");
    assert_eq!(cache.apply_route(&route("1 5 blue old.example.org")), None, "told late");
    assert_eq!(check(&cache, "blue", now), "miss");
}

#[test]
fn gone_is_gone() {
    let now = Instant::now();
    let mut cache = cache(&["1 5 blue blue.example.org", "2 6 green"]);
    let asked = cache.asking_for(&label("blue"), now);
    let gone = Change::Gone { tenant: id(1), epoch: 8 };
    assert_eq!(change(&mut cache, gone), [(id(1), 8)]);
    let late = Route::clone(&route("1 7 blue"));
    assert_eq!(cache.apply_fetched(label("blue"), Some(late), asked, now), Applied::Overtaken);
    assert_eq!(check(&cache, "blue", now), "miss");
    assert_eq!(check(&cache, "blue.example.org", now), "miss");
    assert_eq!(check(&cache, "green", now), "2 6");
    assert_eq!(cache.epoch(), 8);
}

#[test]
fn a_snapshot_replaces_all_but_what_is_newer() {
    let now = Instant::now();
    let mut cache = cache(&["1 5 blue", "2 6 green", "3 9 red"]);
    let outdated = take(&mut cache, &snapshot(8, &["2 8 lime", "3 7 rose"]));
    assert_eq!(check(&cache, "blue", now), "miss");
    assert_eq!(check(&cache, "green", now), "miss");
    assert_eq!(check(&cache, "lime", now), "2 8");
    assert_eq!(check(&cache, "red", now), "3 9");
    assert_eq!(check(&cache, "rose", now), "miss");
    assert_eq!(cache.epoch(), 8);
    assert_eq!(outdated, [(id(1), 6), (id(2), 8)]);
}

#[test]
fn a_route_fetched_on_its_own_skips_no_epoch() {
    let mut cache = cache(&["1 5 blue"]);
    change(&mut cache, Change::Route(route("1 6 blue")));
    assert_eq!(cache.epoch(), 6);
    cache.apply_route(&route("1 9 blue"));
    assert_eq!(cache.epoch(), 6);
}

#[test]
fn nobody_is_believed_for_two_seconds() {
    let now = Instant::now();
    let mut cache = cache(&[]);
    assert_eq!(check(&cache, "blue", now), "miss");
    assert_eq!(fetch(&mut cache, &label("blue"), None, now), Applied::Absent(None));
    assert_eq!(check(&cache, "blue", now), "unknown");
    assert_eq!(check(&cache, "blue", now + Duration::from_millis(1_999)), "unknown");
    assert_eq!(check(&cache, "blue", now + ABSENT_FOR), "miss");
    // A slow answer is that much older.
    let asked = cache.asking_for(&label("green"), now);
    let answered = now + Duration::from_millis(1_500);
    cache.apply_fetched(label("green"), None, asked, answered);
    assert_eq!(check(&cache, "green", answered), "unknown");
    assert_eq!(check(&cache, "green", now + ABSENT_FOR), "miss");
    cache.apply_route(&route("1 5 blue"));
    assert_eq!(check(&cache, "blue", now), "1 5", "as soon as it is there");
}

#[test]
fn nobodies_are_bounded() {
    let now = Instant::now();
    let mut cache = cache(&[]);
    for number in 0..=ABSENT_MAX {
        fetch(&mut cache, &label(&format!("n{number}")), None, now);
    }
    assert_eq!(cache.absent.len(), ABSENT_MAX);
    assert_eq!(check(&cache, "n0", now), "miss", "the oldest made room");
    assert_eq!(check(&cache, &format!("n{ABSENT_MAX}"), now), "unknown");
}

#[test]
fn a_snapshot_that_cannot_tell_leaves_a_doubt() {
    let mut cache = cache(&["1 5 blue"]);
    let key = Key::Tenant(id(2));
    let now = Instant::now();
    // Created and asked for while the snapshot is on its way.
    let asked = cache.asking(now);
    fetch(&mut cache, &key, Some(&route("2 9 green")), now);
    cache.apply_snapshot(&snapshot(8, &["1 5 blue"]), asked);
    assert_eq!(check(&cache, "green", now), "2 9");
    assert_eq!(cache.doubtful(10), [id(2)]);
    fetch(&mut cache, &key, Some(&route("2 9 green")), now);
    assert_eq!(cache.doubtful(10), []);
}

#[test]
fn whose_name_is_anothers_is_doubtful() {
    let now = Instant::now();
    let mut cache = cache(&["1 5 blue"]);
    change(&mut cache, Change::Route(route("2 9 blue")));
    assert_eq!(check(&cache, "blue", now), "2 9");
    assert_eq!(cache.doubtful(10), [id(1)]);
    let absent = fetch(&mut cache, &Key::Tenant(id(1)), None, now);
    assert_eq!(absent, Applied::Absent(Some(Outdated { tenant: id(1), epoch: 6 })));
    assert_eq!(cache.doubtful(10), []);
    assert_eq!(check(&cache, "blue", now), "2 9");
}

#[test]
fn nobody_is_removed_by_an_answer_from_before_they_came() {
    let now = Instant::now();
    for key in [Key::Tenant(id(1)), Key::Tenant(id(2)), label("green")] {
        let mut cache = cache(&["1 5 blue"]);
        let asked = cache.asking_for(&key, now);
        change(&mut cache, Change::Route(route("1 8 blue")));
        change(&mut cache, Change::Route(route("2 9 green")));
        assert_eq!(cache.apply_fetched(key, None, asked, now), Applied::Overtaken);
    }
}

#[test]
fn a_name_that_was_given_up_ahead_of_the_poll_does_not_go_back() {
    let now = Instant::now();
    let mut cache = cache(&["1 5 blue"]);
    // The second tenant had it after the first, and gave it up, too.
    fetch(&mut cache, &Key::Tenant(id(2)), Some(&route("2 8 blue")), now);
    fetch(&mut cache, &Key::Tenant(id(2)), Some(&route("2 10 green")), now);
    fetch(&mut cache, &Key::Tenant(id(1)), Some(&route("1 7 blue")), now);
    assert_eq!(check(&cache, "blue", now), "miss");
    fetch(&mut cache, &label("blue"), Some(&route("3 11 blue")), now);
    assert_eq!(check(&cache, "blue", now), "3 11");
}

#[test]
fn an_older_answer_does_not_settle_a_later_doubt() {
    let now = Instant::now();
    let mut cache = cache(&["1 5 blue"]);
    let key = Key::Tenant(id(1));
    let asked = cache.asking_for(&key, now);
    cache.apply_hint(Changed { tenant: id(1), epoch: 7 });
    let late = Route::clone(&route("1 5 blue"));
    cache.apply_fetched(key, Some(late), asked, now);
    assert_eq!(cache.doubtful(10), [id(1)]);
}

/// A history in which no two tenants have a name at the same time, as the control database says.
fn history() -> impl Strategy<Value = Vec<Arc<Route>>> {
    let step = (0_u8..4, 0_u8..6, proptest::collection::vec(0_u8..6, 0..3));
    proptest::collection::vec(step, 0..40).prop_map(|steps| {
        let mut now: HashMap<u8, Arc<Route>> = HashMap::new();
        let mut history = Vec::new();
        for (position, (tenant, label, domains)) in steps.into_iter().enumerate() {
            let mut domains: Vec<_> =
                domains.iter().map(|it| format!("d{it}.example.org")).collect();
            domains.dedup();
            let next = route(&format!("{tenant} {} n{label} {}", position + 1, domains.join(" ")));
            let is_free = now.iter().filter(|it| *it.0 != tenant).all(|(_, it)| {
                it.subdomain != next.subdomain
                    && !it.hostnames.iter().any(|name| next.hostnames.contains(name))
            });
            if is_free {
                now.insert(tenant, Arc::clone(&next));
                history.push(next);
            }
        }
        history
    })
}

pub(super) fn names() -> impl Iterator<Item = String> {
    (0..6).flat_map(|it| [format!("n{it}"), format!("d{it}.example.org")])
}

proptest! {
    #[test]
    fn in_order_each_name_leads_to_who_has_it(history in history()) {
        let now = Instant::now();
        let mut cache = Cache::default();
        let mut current: HashMap<TenantId, Arc<Route>> = HashMap::new();
        for next in history {
            change(&mut cache, Change::Route(Arc::clone(&next)));
            current.insert(next.tenant, next);
            for name in names() {
                let holder = current.values().find(|it| {
                    it.subdomain.as_str() == name || it.hostnames.iter().any(|it| it.as_str() == name)
                });
                let expected = holder
                    .map_or("miss".to_owned(), |it| format!("{} {}", it.tenant.0.as_u128(), it.epoch));
                prop_assert_eq!(check(&cache, &name, now), expected, "{}", name);
            }
        }
    }

    #[test]
    fn in_any_order_and_twice_no_name_leads_to_who_has_lost_it(
        (told, history) in history().prop_flat_map(|history| {
            let twice: Vec<_> = history.iter().chain(&history).cloned().collect();
            (Just(twice).prop_shuffle(), Just(history))
        }),
    ) {
        let now = Instant::now();
        let mut cache = Cache::default();
        for change in &told {
            cache.apply_route(change);
        }
        let mut expected = Cache::default();
        for change in &history {
            expected.apply_route(change);
        }
        for name in names() {
            prop_assert_eq!(check(&cache, &name, now), check(&expected, &name, now), "{}", name);
        }
    }
}
