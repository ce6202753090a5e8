//! Which credits are burnt and come back, held against a model that moves them one by one.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

const NOW: UnixSeconds = UnixSeconds(1_000);

/// `id:SOURCE:credits`, and `@second` if it expires.
fn grants(text: &str) -> Vec<OpenGrant> {
    text.split_whitespace()
        .map(|it| {
            let (it, expires_at) = match it.split_once('@') {
                Some((it, at)) => (it, Some(UnixSeconds(at.parse().unwrap()))),
                None => (it, None),
            };
            let words: Vec<_> = it.split(':').collect();
            OpenGrant {
                id: Uuid::from_u128(words[0].parse().unwrap()),
                source: words[1].parse().unwrap(),
                expires_at,
                credits: words[2].parse().unwrap(),
            }
        })
        .collect()
}

/// `id:credits` each, or what there is.
fn burnt(text: &str, amount: i64) -> String {
    match burn(&grants(text), amount, NOW) {
        Ok(parts) => {
            let words = |it: &BurntPart| format!("{}:{}", it.grant.as_u128(), it.credits);
            parts.iter().map(words).collect::<Vec<_>>().join(" ")
        }
        Err(FewCredits { available }) => format!("only {available}"),
    }
}

#[test]
fn what_was_given_is_burnt_before_what_was_paid_for_and_the_soonest_first() {
    assert_eq!(burnt("1:TOPUP:5@2000 2:PLAN:5@3000", 6), "2:5 1:1");
    assert_eq!(burnt("1:PLAN:5@3000 2:PROMO:5@2000 3:ADJUSTMENT:5", 11), "2:5 1:5 3:1");
    assert_eq!(burnt("2:TOPUP:5 1:REFUND:5 3:TOPUP:5@9999", 12), "3:5 1:5 2:2");
    assert_eq!(burnt("1:PLAN:5", 5), "1:5");
}

#[test]
fn all_of_it_or_nothing() {
    assert_eq!(burnt("1:PLAN:5 2:TOPUP:4", 10), "only 9");
    assert_eq!(burnt("", 1), "only 0");
    assert_eq!(burnt("1:PLAN:5@1000 2:TOPUP:4", 5), "only 4", "it expires now");
    assert_eq!(burnt("1:PLAN:5@1001", 5), "1:5");
    assert_eq!(burnt("1:PLAN:0 2:TOPUP:4", 4), "2:4");
}

/// As `burnt` has it, `EXPIRED` or `VOIDED` behind what is lost. `ended` are the numbers of grants that were taken back.
fn given_back(text: &str, ended: &[u128], spent: i64) -> String {
    let of = |it: OpenGrant| HeldPart {
        of: it,
        ended: ended.contains(&it.id.as_u128()).then_some(GrantEnd::Voided),
    };
    let parts: Vec<_> = grants(text).into_iter().map(of).collect();
    let words = |it: &ReturnedPart| {
        let lost = it.lost.map_or("", GrantEnd::as_str);
        format!("{}:{}{lost}", it.grant.as_u128(), it.credits)
    };
    give_back(&parts, spent, NOW).iter().map(words).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_goes_back_goes_to_those_that_last_longest_and_never_into_one_that_has_ended() {
    let parts = "1:TOPUP:5 2:PLAN:5@3000 3:PROMO:5@2000";
    assert_eq!(given_back(parts, &[], 0), "3:5 2:5 1:5");
    assert_eq!(given_back(parts, &[], 7), "2:3 1:5");
    assert_eq!(given_back(parts, &[], 15), "");
    assert_eq!(given_back(parts, &[2], 7), "2:3VOIDED 1:5");
    assert_eq!(given_back("1:TOPUP:5 2:PLAN:5@1000", &[], 1), "2:4EXPIRED 1:5");
}

#[test]
fn less_than_a_tenth_of_the_plan_is_few() {
    let few = |left| are_few(left, Some(1_000));
    assert_eq!([0, 99, 100, 1_000].map(few), [true, true, false, false]);
    assert!(!are_few(0, None));
    assert!(!are_few(i64::MAX, Some(AI_CREDITS_MAX)));
}

/// Each credit by itself, which is too slow for anything but a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Left,
    Held(usize),
    Spent,
    Gone,
}

struct Naive {
    grant: OpenGrant,
    ended: Option<GrantEnd>,
    credits: Vec<Place>,
}

/// What `control` keeps, in memory: balances that are moved by decisions, and the sum of the ledger.
#[derive(Default)]
struct Account {
    available: i64,
    held: i64,
    ledger: (i64, i64),
    grants: BTreeMap<Uuid, (OpenGrant, Option<GrantEnd>)>,
    reservations: BTreeMap<usize, Vec<BurntPart>>,
}

impl Account {
    fn book(&mut self, available: i64, held: i64) {
        self.available += available;
        self.held += held;
        self.ledger = (self.ledger.0 + available, self.ledger.1 + held);
    }

    fn end(&mut self, id: Uuid, end: GrantEnd) {
        let (grant, ended) = self.grants.get_mut(&id).unwrap();
        let left = std::mem::take(&mut grant.credits);
        *ended = ended.or(Some(end));
        if left > 0 {
            self.book(-left, 0);
        }
    }

    fn close(&mut self, reservation: usize, spent: i64, now: UnixSeconds) {
        let parts = self.reservations.remove(&reservation).unwrap();
        let held: i64 = parts.iter().map(|it| it.credits).sum();
        let of = |it: &BurntPart| {
            let (grant, ended) = self.grants[&it.grant];
            HeldPart { of: OpenGrant { credits: it.credits, ..grant }, ended }
        };
        let parts: Vec<_> = parts.iter().map(of).collect();
        let returned = give_back(&parts, spent, now);
        self.book(held - spent, -held);
        for it in returned {
            match it.lost {
                Some(_) => self.book(-it.credits, 0),
                None => self.grants.get_mut(&it.grant).unwrap().0.credits += it.credits,
            }
        }
    }
}

/// In the order in which credits go.
fn in_order(grants: &mut [Naive]) {
    grants.sort_by_key(|it| it.grant.order());
}

#[derive(Clone, Debug)]
enum Move {
    Grant {
        source: usize,
        credits: i64,
        lasts: Option<i64>,
    },
    Reserve {
        amount: i64,
    },
    /// Which of those that are held, and what share of it is spent.
    Close {
        which: usize,
        percent: i64,
    },
    Void {
        which: usize,
    },
    Pass {
        seconds: i64,
    },
}

fn any_move() -> impl Strategy<Value = Move> {
    prop_oneof![
        (0..CreditSource::ALL.len(), 1..20_i64, prop::option::of(1..60_i64))
            .prop_map(|(source, credits, lasts)| Move::Grant { source, credits, lasts }),
        (1..25_i64).prop_map(|amount| Move::Reserve { amount }),
        (any::<usize>(), 0..=100_i64).prop_map(|(which, percent)| Move::Close { which, percent }),
        any::<usize>().prop_map(|which| Move::Void { which }),
        (1..30_i64).prop_map(|seconds| Move::Pass { seconds }),
    ]
}

proptest! {
    /// The balance is the sum of its ledger and of what grants have left, what is held is what reservations hold, and each credit is where
    /// a model has it that moves them one by one.
    #[test]
    fn no_credit_is_lost_or_counted_twice(moves in prop::collection::vec(any_move(), 1..60)) {
        let (mut account, mut naive) = (Account::default(), Vec::<Naive>::new());
        let mut now = UnixSeconds(0);
        for (at, it) in moves.into_iter().enumerate() {
            match it {
                Move::Grant { source, credits, lasts } => {
                    let id = Uuid::from_u128(at as u128 + 1);
                    let expires_at = lasts.map(|it| now.plus(it));
                    let grant = OpenGrant { id, source: CreditSource::ALL[source], expires_at, credits };
                    account.grants.insert(id, (grant, None));
                    account.book(credits, 0);
                    let credits = vec![Place::Left; usize::try_from(credits).unwrap()];
                    naive.push(Naive { grant, ended: None, credits });
                    in_order(&mut naive);
                }
                Move::Reserve { amount } => {
                    let open: Vec<_> = account.grants.values().map(|it| it.0).collect();
                    let left = |it: &&mut Place| **it == Place::Left;
                    let mut free: Vec<_> = naive.iter_mut().flat_map(|it| &mut it.credits).filter(left).collect();
                    match burn(&open, amount, now) {
                        Err(FewCredits { available }) => {
                            prop_assert_eq!(available, i64::try_from(free.len()).unwrap());
                            prop_assert!(available < amount);
                        }
                        Ok(parts) => {
                            for it in &parts {
                                account.grants.get_mut(&it.grant).unwrap().0.credits -= it.credits;
                            }
                            account.book(-amount, amount);
                            account.reservations.insert(at, parts);
                            for it in free.iter_mut().take(usize::try_from(amount).unwrap()) {
                                **it = Place::Held(at);
                            }
                        }
                    }
                }
                Move::Close { which, percent } => {
                    let open: Vec<usize> = account.reservations.keys().copied().collect();
                    if open.is_empty() { continue }
                    let reservation = open[which % open.len()];
                    let held: i64 = account.reservations[&reservation].iter().map(|it| it.credits).sum();
                    let mut to_spend = held * percent / 100;
                    account.close(reservation, to_spend, now);
                    for grant in &mut naive {
                        let ended = grant.ended.is_some() || grant.grant.has_expired(now);
                        for credit in grant.credits.iter_mut().filter(|it| **it == Place::Held(reservation)) {
                            *credit = match (to_spend > 0, ended) {
                                (true, _) => Place::Spent,
                                (false, true) => Place::Gone,
                                (false, false) => Place::Left,
                            };
                            to_spend -= 1;
                        }
                    }
                }
                Move::Void { which } => {
                    let there: Vec<Uuid> = account.grants.keys().copied().collect();
                    if there.is_empty() { continue }
                    let id = there[which % there.len()];
                    account.end(id, GrantEnd::Voided);
                    let grant = naive.iter_mut().find(|it| it.grant.id == id).unwrap();
                    grant.ended = Some(GrantEnd::Voided);
                    grant.credits.iter_mut().filter(|it| **it == Place::Left).for_each(|it| *it = Place::Gone);
                }
                Move::Pass { seconds } => {
                    now = now.plus(seconds);
                    let expired = |it: &(OpenGrant, Option<GrantEnd>)| it.0.has_expired(now);
                    let expired: Vec<_> = account.grants.values().filter(|it| expired(it)).map(|it| it.0.id).collect();
                    for id in expired {
                        account.end(id, GrantEnd::Expired);
                    }
                    for grant in naive.iter_mut().filter(|it| it.grant.has_expired(now)) {
                        grant.credits.iter_mut().filter(|it| **it == Place::Left).for_each(|it| *it = Place::Gone);
                    }
                }
            }
            let count = |place: fn(&Place) -> bool| {
                i64::try_from(naive.iter().flat_map(|it| &it.credits).filter(|it| place(it)).count()).unwrap()
            };
            prop_assert_eq!(account.available, count(|it| *it == Place::Left));
            prop_assert_eq!(account.held, count(|it| matches!(it, Place::Held(_))));
            prop_assert_eq!(account.ledger, (account.available, account.held));
            prop_assert!(account.available >= 0 && account.held >= 0);
            let left: i64 = account.grants.values().map(|it| it.0.credits).sum();
            prop_assert_eq!(left, account.available);
            let held = account.reservations.values().flatten().map(|it| it.credits);
            prop_assert_eq!(held.sum::<i64>(), account.held);
            for it in &naive {
                let left = it.credits.iter().filter(|it| **it == Place::Left).count();
                prop_assert_eq!(account.grants[&it.grant.id].0.credits, i64::try_from(left).unwrap());
            }
        }
    }
}
