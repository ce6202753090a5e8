//! The whole router beside a directory whose answers are slow, late, lost or never come, and whose
//! notifications are lost, doubled and delayed. In made-up time, so each run is over at once.
//!
//! Not here: connections. What single answers do to the cache is tested beside it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use cloison_router::{
    Change, Changed, Changes, Directory, DirectoryError, Healed, Key, Phase, Route, Router,
    Snapshot, Tenant, TenantId,
};
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::place::{Place, patient};
use crate::world::{resolve, route_to};

const TENANTS: u64 = 6;
const LABELS: u64 = 4;

#[tokio::test(start_paused = true)]
async fn whatever_happens_it_is_right_in_the_end() {
    for seed in 0..40 {
        run(seed).await;
    }
}

/// Numbers that look random, the same for the same seed.
#[derive(Clone)]
struct Dice(Arc<Mutex<u64>>);

impl Dice {
    fn roll(&self, sides: u64) -> u64 {
        let mut state = self.0.lock().unwrap();
        // Xorshift; the state is never 0.
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        (*state >> 11) % sides
    }

    /// Mostly none, sometimes seconds, now and then for ever.
    async fn dawdle(&self) {
        let milliseconds = match self.roll(40) {
            0 => 3_600_000,
            1..10 => self.roll(3_000),
            _ => self.roll(20),
        };
        sleep(Duration::from_millis(milliseconds)).await;
    }
}

#[derive(Clone)]
struct Chaos {
    place: Place,
    dice: Dice,
    /// Until when nothing can be relied on.
    until: Instant,
}

impl Chaos {
    async fn answer<T>(
        &self,
        answer: impl Future<Output = Result<T, DirectoryError>>,
    ) -> Result<T, DirectoryError> {
        let is_quiet = Instant::now() >= self.until;
        if is_quiet {
            return answer.await;
        }
        self.dice.dawdle().await;
        let answer = answer.await;
        self.dice.dawdle().await;
        if self.dice.roll(10) == 0 { Err(DirectoryError::new("lost on its way")) } else { answer }
    }
}

impl Directory for Chaos {
    async fn snapshot(&self) -> Result<Snapshot, DirectoryError> {
        self.answer(Directory::snapshot(&self.place)).await
    }

    async fn changed_since(&self, epoch: i64) -> Result<Vec<Change>, DirectoryError> {
        self.answer(Directory::changed_since(&self.place, epoch)).await
    }

    async fn fetch(&self, key: &Key) -> Result<Option<Route>, DirectoryError> {
        self.answer(Directory::fetch(&self.place, key)).await
    }

    async fn changes(&self) -> Result<Changes, DirectoryError> {
        self.answer(Directory::changes(&self.place)).await
    }

    async fn heal(&self, tenant: TenantId) -> Result<Healed, DirectoryError> {
        Directory::heal(&self.place, tenant).await
    }
}

/// Changes something, and tells of it late, twice or not at all.
async fn stir(chaos: &Chaos, tasks: &TaskTracker) {
    let Chaos { place, dice, .. } = chaos;
    let tenant = i64::try_from(dice.roll(TENANTS)).unwrap();
    let label = format!("n{}", dice.roll(LABELS));
    let route = route_to(1, tenant, label.parse().unwrap());
    let is_free = place
        .routes()
        .iter()
        .all(|it| it.tenant == route.tenant || it.subdomain != route.subdomain);
    let changed = match dice.roll(10) {
        0 => {
            place.go_down();
            None
        }
        1 | 2 => {
            place.come_back();
            None
        }
        3 => {
            place.hang_up();
            None
        }
        4 => place.remove_silently(route.tenant),
        5 if is_free => Some(place.change_silently(Route { phase: Phase::Erasing, ..route })),
        _ if is_free => Some(place.change_silently(route)),
        _ => None,
    };
    for _ in 0..dice.roll(3) {
        if let Some(changed) = changed {
            tell_late(chaos, changed, tasks);
        }
    }
    sleep(Duration::from_millis(dice.roll(500))).await;
}

fn tell_late(chaos: &Chaos, changed: Changed, tasks: &TaskTracker) {
    let chaos = chaos.clone();
    tasks.spawn(async move {
        sleep(Duration::from_millis(chaos.dice.roll(2_000))).await;
        chaos.place.tell(changed);
    });
}

/// Who is asked for is found, or nobody is.
async fn visit(router: Router, label: String) {
    let answer = resolve(&router, &format!("{label}.example.com")).await;
    let expected = [&format!("found {label}"), "unknown", "unavailable Directory"];
    assert!(expected.contains(&answer.as_str()), "{label}: {answer}");
}

async fn run(seed: u64) {
    let dice = Dice(Arc::new(Mutex::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)));
    let until = Instant::now() + Duration::from_mins(2);
    let chaos = Chaos { place: Place::default(), dice: dice.clone(), until };
    let (tracker, shutdown) = (TaskTracker::new(), CancellationToken::new());
    let router = loop {
        let (chaos, config) = (chaos.clone(), patient());
        let started = Router::start(chaos, config, tracker.clone(), shutdown.clone()).await;
        if let Ok(router) = started {
            break router;
        }
    };
    let tasks = TaskTracker::new();
    while Instant::now() < until {
        stir(&chaos, &tasks).await;
        tasks.spawn(visit(router.clone(), format!("n{}", dice.roll(LABELS))));
    }
    chaos.place.come_back();
    // What began before may take its time: a snapshot a minute, and what depends on it.
    sleep(Duration::from_mins(3)).await;
    check(&chaos.place, &router, false, seed).await;
    // Who vanished without a trace is found by the next snapshot.
    sleep(Duration::from_mins(6)).await;
    check(&chaos.place, &router, true, seed).await;
    tasks.close();
    tasks.wait().await;
    shutdown.cancel();
    tracker.close();
    tracker.wait().await;
}

/// Each name leads to who has it, and those that nobody has to nobody.
async fn check(place: &Place, router: &Router, has_snapshot: bool, seed: u64) {
    let routes = place.routes();
    for number in 0..LABELS {
        let label = format!("n{number}");
        let holder = routes.iter().find(|it| it.subdomain.as_str() == label && it.is_visible());
        let answer = resolve(router, &format!("{label}.example.com")).await;
        if let Some(holder) = holder {
            assert_eq!(answer, format!("found {label}"), "seed {seed}");
            let tenant = router.tenant(holder.tenant).unwrap();
            assert_eq!(tenant.subdomain(), &holder.subdomain, "seed {seed}");
        } else if has_snapshot {
            assert_eq!(answer, "unknown", "{label}, seed {seed}");
        }
    }
    if has_snapshot {
        let mut expected: Vec<_> =
            routes.iter().filter(|it| it.is_visible()).map(|it| it.tenant).collect();
        expected.sort_unstable();
        let known: Vec<_> = router.tenants().iter().map(Tenant::id).collect();
        assert_eq!(known, expected, "seed {seed}");
    }
}
