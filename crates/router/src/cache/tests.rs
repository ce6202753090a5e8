//! Changes heard late, twice, in another order, or not at all.

use std::collections::HashMap;

use cloison_model::{Phase, Secret, ServerId};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::identifier::Identifier;
use crate::route::{Location, Login};

fn id(tenant: u8) -> TenantId {
    TenantId(Uuid::from_u128(tenant.into()))
}

/// `tenant epoch subdomain`, then any phase in capitals and any custom domains.
fn route(text: &str) -> Arc<Route> {
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
    cache.apply_snapshot(&snapshot(0, routes));
    cache
}

/// A name with a dot is a custom domain. Answers who is found, with the epoch.
fn check(cache: &Cache, name: &str, now: Instant) -> String {
    let site = if name.contains('.') {
        Site::Custom(name.parse().unwrap())
    } else {
        Site::Subdomain(name.parse().unwrap())
    };
    match cache.lookup(&site, now) {
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
        assert_eq!(cache.lookup(&site, now), Lookup::Unknown);
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
    let removals = cache.removals();
    let outdated = cache.apply_next(&Change::Gone { tenant: id(1), epoch: 8 });
    assert_eq!(outdated, Some(Outdated { tenant: id(1), epoch: 8 }));
    assert!(cache.removals() > removals, "whoever fetched before throws the answer away");
    assert_eq!(check(&cache, "blue", now), "miss");
    assert_eq!(check(&cache, "blue.example.org", now), "miss");
    assert_eq!(check(&cache, "green", now), "2 6");
    assert_eq!(cache.epoch(), 8);
}

#[test]
fn a_snapshot_replaces_all_but_what_is_newer() {
    let now = Instant::now();
    let mut cache = cache(&["1 5 blue", "2 6 green", "3 9 red"]);
    let outdated = cache.apply_snapshot(&snapshot(8, &["2 8 lime", "3 7 rose"]));
    assert_eq!(check(&cache, "blue", now), "miss");
    assert_eq!(check(&cache, "green", now), "miss");
    assert_eq!(check(&cache, "lime", now), "2 8");
    assert_eq!(check(&cache, "red", now), "3 9");
    assert_eq!(check(&cache, "rose", now), "miss");
    assert_eq!(cache.epoch(), 8);
    let mut outdated: Vec<_> = outdated.iter().map(|it| (it.tenant, it.epoch)).collect();
    outdated.sort_unstable();
    assert_eq!(outdated, [(id(1), 6), (id(2), 8)]);
}

#[test]
fn a_route_fetched_on_its_own_skips_no_epoch() {
    let mut cache = cache(&["1 5 blue"]);
    cache.apply_next(&Change::Route(route("1 6 blue")));
    assert_eq!(cache.epoch(), 6);
    cache.apply_route(&route("1 9 blue"));
    assert_eq!(cache.epoch(), 6);
}

#[test]
fn nobody_is_believed_for_two_seconds() {
    let now = Instant::now();
    let mut cache = cache(&[]);
    assert_eq!(check(&cache, "blue", now), "miss");
    cache.note_absent(Key::Subdomain("blue".parse().unwrap()), now);
    assert_eq!(check(&cache, "blue", now), "unknown");
    assert_eq!(check(&cache, "blue", now + Duration::from_millis(1_999)), "unknown");
    assert_eq!(check(&cache, "blue", now + Duration::from_secs(2)), "miss");
    cache.apply_route(&route("1 5 blue"));
    assert_eq!(check(&cache, "blue", now), "1 5", "as soon as it is there");
}

#[test]
fn nobodies_are_bounded() {
    let now = Instant::now();
    let mut cache = cache(&[]);
    for number in 0..=ABSENT_MAX {
        cache.note_absent(Key::Subdomain(format!("n{number}").parse().unwrap()), now);
    }
    assert_eq!(cache.absent.until.len(), ABSENT_MAX);
    assert_eq!(check(&cache, "n0", now), "miss", "the oldest made room");
    assert_eq!(check(&cache, &format!("n{ABSENT_MAX}"), now), "unknown");
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

fn names() -> impl Iterator<Item = String> {
    (0..6).flat_map(|it| [format!("n{it}"), format!("d{it}.example.org")])
}

proptest! {
    #[test]
    fn in_order_each_name_leads_to_who_has_it(history in history()) {
        let now = Instant::now();
        let mut cache = Cache::default();
        let mut current: HashMap<TenantId, Arc<Route>> = HashMap::new();
        for change in history {
            cache.apply_next(&Change::Route(Arc::clone(&change)));
            current.insert(change.tenant, change);
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
