//! Retention in lines, and over made-up histories.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::calendar::DAY_SECONDS;

/// Monday, 2026-11-02 01:00 UTC.
const MONDAY: UnixSeconds = UnixSeconds(1_793_581_200);

/// An archive is a word: days from that Monday, then `!` if it has been broken for long, `?` if since today, `+` if it was restored since,
/// and `h` if it is held. Answers the same with the reason, one that goes with a minus.
fn check([daily, weekly, monthly]: [u16; 3], archives: &str, now_day: i64) -> String {
    let words: Vec<_> = archives.split_whitespace().collect();
    let day = |day: i64| MONDAY.plus(day * DAY_SECONDS);
    let soundness = |word: &str| match word.chars().find(|it| "!?+".contains(*it)) {
        Some('!') => Soundness::Broken { since: day(now_day - BROKEN_STAYS_DAYS) },
        Some('?') => Soundness::Broken { since: day(now_day) },
        Some(_) => Soundness::Proven,
        None => Soundness::Written,
    };
    let archive = |(word, id): (&&str, u128)| TenantArchive {
        id: ArchiveId(Uuid::from_u128(id)),
        taken_at: day(word.trim_matches(['!', '?', '+', 'h']).parse().unwrap()),
        soundness: soundness(word),
        is_held: word.contains('h'),
    };
    let archives: Vec<_> = words.iter().zip(1..).map(archive).collect();
    let policy = RetentionPolicy { daily, weekly, monthly };
    let verdicts = retain(policy, &archives, MONDAY.plus(now_day * DAY_SECONDS));
    let line = |(word, verdict): (&&str, RetentionVerdict)| match verdict {
        RetentionVerdict::Keep { why } => format!("{word}:{why}"),
        RetentionVerdict::Prune { why } => format!("{word}:-{why}"),
    };
    words.iter().zip(verdicts).map(line).collect::<Vec<_>>().join(" ")
}

#[test]
fn days_then_weeks_then_months() {
    assert_eq!(check([0, 0, 0], "1 2 3", 3), "1:-OUTLIVED 2:-OUTLIVED 3:LAST_GOOD");
    assert_eq!(check([2, 0, 0], "1 2 3", 3), "1:-OUTLIVED 2:DAILY 3:LAST_GOOD");
    // Sundays are 6 and 13; the week that runs has its newest.
    assert_eq!(
        check([1, 3, 0], "5 6 12 13 14 15", 15),
        "5:-OUTLIVED 6:WEEKLY 12:-OUTLIVED 13:WEEKLY 14:-OUTLIVED 15:LAST_GOOD"
    );
    // October ends with day -2, November with 28.
    assert_eq!(
        check([1, 0, 3], "-3 -2 27 28 29 30", 30),
        "-3:-OUTLIVED -2:MONTHLY 27:-OUTLIVED 28:MONTHLY 29:-OUTLIVED 30:LAST_GOOD"
    );
}

#[test]
fn of_one_day_the_newest() {
    assert_eq!(check([7, 4, 12], "1 1 1", 1), "1:-OUTLIVED 1:-OUTLIVED 1:LAST_GOOD");
}

#[test]
fn days_without_a_change_are_no_days() {
    assert_eq!(
        check([3, 0, 0], "0 100 200 201", 300),
        "0:-OUTLIVED 100:DAILY 200:DAILY 201:LAST_GOOD"
    );
    // However long ago: the last state is still the state.
    assert_eq!(check([2, 0, 0], "0 1", 4_000), "0:DAILY 1:LAST_GOOD");
}

#[test]
fn a_broken_one_goes_once_a_newer_one_was_restored_and_some_days_are_over() {
    assert_eq!(check([7, 4, 12], "1!", 3), "1!:NEWEST");
    assert_eq!(check([7, 4, 12], "1 2! 3!", 3), "1:LAST_GOOD 2!:NEWEST 3!:NEWEST");
    assert_eq!(check([0, 0, 0], "1! 2+ 3!", 3), "1!:-BROKEN 2+:LAST_GOOD 3!:NEWEST");
    // Nobody has tried the newer one, or the one that was tried is older.
    assert_eq!(check([0, 0, 0], "1! 2", 3), "1!:SUSPECT 2:LAST_GOOD");
    assert_eq!(check([1, 0, 0], "1+ 2! 3", 3), "1+:-OUTLIVED 2!:SUSPECT 3:LAST_GOOD");
    // Whoever has found it broken may have been mistaken.
    assert_eq!(check([0, 0, 0], "1? 2+", 3), "1?:SUSPECT 2+:LAST_GOOD");
}

#[test]
fn a_held_one_stays_and_has_its_place() {
    assert_eq!(check([0, 0, 0], "1!h 2h 3", 3), "1!h:HELD 2h:HELD 3:LAST_GOOD");
    assert_eq!(check([2, 0, 0], "1 2h 3", 3), "1:-OUTLIVED 2h:HELD 3:LAST_GOOD");
}

#[test]
fn what_is_dated_ahead_takes_nobodys_place() {
    assert_eq!(check([0, 0, 0], "1 2 90 91!", 3), "1:-OUTLIVED 2:LAST_GOOD 90:AHEAD 91!:AHEAD");
}

/// Half a year with up to 60 archives, some at the same second.
fn history() -> impl Strategy<Value = Vec<TenantArchive>> {
    let soundness = prop_oneof![
        3 => Just(Soundness::Written),
        1 => Just(Soundness::Proven),
        1 => (0_i64..300).prop_map(|day| Soundness::Broken { since: MONDAY.plus(day * DAY_SECONDS) }),
    ];
    let archive = (-1_100_i64..1_100, 0_i64..3, soundness, prop::bool::weighted(0.1));
    prop::collection::vec(archive, 1..60).prop_map(|rows| {
        let archive = |((quarter, second, soundness, is_held), id): ((i64, i64, _, _), u128)| {
            TenantArchive {
                // Ids that do not ascend with time.
                id: ArchiveId(Uuid::from_u128(id * 7_919 % 101)),
                taken_at: MONDAY.plus(quarter * DAY_SECONDS / 4 + second),
                soundness,
                is_held,
            }
        };
        rows.into_iter().zip(1..).map(archive).collect()
    })
}

fn policy() -> impl Strategy<Value = RetentionPolicy> {
    (0_u16..9, 0_u16..6, 0_u16..14).prop_map(|(daily, weekly, monthly)| RetentionPolicy {
        daily,
        weekly,
        monthly,
    })
}

/// Within the history, so that some of it is ahead, or after all of it.
fn some_now() -> impl Strategy<Value = UnixSeconds> {
    (0_i64..500).prop_map(|day| MONDAY.plus(day * DAY_SECONDS))
}

fn kept(
    policy: RetentionPolicy,
    archives: &[TenantArchive],
    now: UnixSeconds,
) -> Vec<TenantArchive> {
    let verdicts = retain(policy, archives, now);
    let rows = archives.iter().zip(verdicts);
    rows.filter(|(_, it)| matches!(it, RetentionVerdict::Keep { .. })).map(|(it, _)| *it).collect()
}

fn last_good(archives: &[TenantArchive], now: UnixSeconds) -> Option<&TenantArchive> {
    archives
        .iter()
        .filter(|it| it.soundness.is_good() && it.taken_at <= now)
        .max_by_key(|it| age_key(it))
}

proptest! {
    #[test]
    fn the_last_good_one_and_the_held_ones_stay(
        policy in policy(), archives in history(), now in some_now()
    ) {
        let kept = kept(policy, &archives, now);
        prop_assert_eq!(last_good(&kept, now), last_good(&archives, now));
        prop_assert!(archives.iter().filter(|it| it.is_held).all(|it| kept.contains(it)));
    }

    #[test]
    fn a_broken_one_goes_only_for_a_newer_proven_one(
        policy in policy(), archives in history(), now in some_now()
    ) {
        let verdicts = retain(policy, &archives, now);
        for (it, verdict) in archives.iter().zip(verdicts) {
            if verdict == (RetentionVerdict::Prune { why: PruneWhy::Broken }) {
                let is_proven = |other: &&TenantArchive| other.soundness == Soundness::Proven && other.taken_at <= now;
                let last = archives.iter().filter(is_proven).map(age_key).max();
                prop_assert!(!it.soundness.is_good() && last > Some(age_key(it)));
            }
        }
    }

    #[test]
    fn pruning_again_prunes_nothing(policy in policy(), archives in history(), now in some_now()) {
        let once = kept(policy, &archives, now);
        prop_assert_eq!(kept(policy, &once, now), once);
    }

    #[test]
    fn pruning_every_week_leaves_what_pruning_once_does(policy in policy(), archives in history()) {
        let end = MONDAY.plus(300 * DAY_SECONDS);
        let mut weekly = Vec::new();
        for week in -40_i64..=43 {
            let (from, now) = (MONDAY.plus((week - 1) * 7 * DAY_SECONDS), MONDAY.plus(week * 7 * DAY_SECONDS));
            weekly.extend(archives.iter().filter(|it| from < it.taken_at && it.taken_at <= now));
            weekly = kept(policy, &weekly, now);
        }
        let mut weekly = kept(policy, &weekly, end);
        let mut once = kept(policy, &archives, end);
        // One that would vouch for a newer one than a broken one goes in its own time, so these differ.
        weekly.retain(|it| it.soundness.is_good());
        once.retain(|it| it.soundness.is_good());
        weekly.sort_by_key(age_key);
        once.sort_by_key(age_key);
        prop_assert_eq!(weekly, once);
    }

    #[test]
    fn a_policy_that_keeps_more_loses_nothing(
        policy in policy(), archives in history(), now in some_now(), more in (0_u16..3, 0_u16..3, 0_u16..3)
    ) {
        let wider = RetentionPolicy {
            daily: policy.daily + more.0,
            weekly: policy.weekly + more.1,
            monthly: policy.monthly + more.2,
        };
        let wide = kept(wider, &archives, now);
        prop_assert!(kept(policy, &archives, now).iter().all(|it| wide.contains(it)));
    }

    #[test]
    fn the_order_they_come_in_does_not_matter(
        policy in policy(), (archives, shuffled) in history().prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle())),
        now in some_now()
    ) {
        let verdict = |archives: &[TenantArchive]| {
            let mut rows: Vec<_> =
                archives.iter().map(|it| it.id).zip(retain(policy, archives, now)).collect();
            rows.sort_by_key(|(id, _)| *id);
            rows
        };
        prop_assert_eq!(verdict(&archives), verdict(&shuffled));
    }

    /// Of those that nobody holds and whose clock was right: one a bucket, the last good one, and what has been broken since.
    #[test]
    fn no_more_than_the_policy_has_room_for(
        policy in policy(), archives in history(), now in some_now()
    ) {
        let kept = kept(policy, &archives, now);
        let own: Vec<_> = kept.iter().filter(|it| !it.is_held && it.taken_at <= now).collect();
        let good = own.iter().filter(|it| it.soundness.is_good()).count();
        let tiers = usize::from(policy.daily) + usize::from(policy.weekly) + usize::from(policy.monthly);
        prop_assert!(good <= tiers + 1, "{good} of {tiers}");
        let last = last_good(&archives, now).map(age_key);
        let all_proven = archives.iter().all(|it| it.soundness != Soundness::Written);
        let is_over = |it: &TenantArchive| matches!(it.soundness, Soundness::Broken { since } if since.plus(BROKEN_STAYS_DAYS * DAY_SECONDS) <= now);
        let goes = |it: &&&TenantArchive| all_proven && is_over(it);
        prop_assert!(own.iter().filter(goes).all(|it| Some(age_key(it)) > last));
    }
}
