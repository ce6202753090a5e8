//! A rollout drawn at each of its stages; and one made up, for the neighbours' tests too.

use cloison_api::{RolloutPause, RolloutPolicy};
use jiff::Timestamp;
use uuid::Uuid;

use super::*;

/// Waves are `[pending, running, done, failed, skipped]`, the canaries first.
pub(in crate::commands::migrations) fn rollout(stage: &str, waves: &[[u32; 5]]) -> Rollout {
    let has_begun = !waves.is_empty();
    let is_running = stage == "RUNNING";
    let percents = [None, Some(1), Some(10), Some(100)];
    // The last one is everybody.
    let percent = |at: usize| {
        if at > 0 && at + 1 == waves.len() { Some(100) } else { percents[at] }
    };
    let wave = |(at, it): (usize, &[u32; 5])| {
        let [pending, running, done, failed, skipped] = *it;
        RolloutWave { percent: percent(at), pending, running, done, failed, skipped }
    };
    let pause = |by: &str, why: &str| RolloutPause { by: by.to_owned(), why: why.to_owned() };
    Rollout {
        number: 4,
        operation: Uuid::nil(),
        direction: "UP".to_owned(),
        stage: stage.to_owned(),
        from: 6,
        to: 7,
        rolls_back: None,
        policy: RolloutPolicy {
            canaries: Vec::new(),
            waves: vec![1, 10, 100],
            max_failures: 0,
            per_server: 4,
            in_total: 16,
        },
        lazy_until: None,
        paused: match stage {
            "PAUSED" => Some(pause("kim@example.com", "paused by kim@example.com")),
            "HALTED" => Some(pause("cloison", "1 tenants have failed, more than 0")),
            _ => None,
        },
        waiting: None,
        error: None,
        actor: "kim@example.com".to_owned(),
        created_at: Timestamp::UNIX_EPOCH,
        started_at: has_begun.then_some(Timestamp::UNIX_EPOCH),
        finished_at: None,
        waves: waves.iter().enumerate().map(wave).collect(),
        rate_per_second: has_begun.then_some(2.5),
        eta_seconds: is_running.then_some(90),
        shadow: None,
        failures: Vec::new(),
    }
}

fn failure(subdomain: &str) -> Quarantine {
    Quarantine {
        subdomain: subdomain.to_owned(),
        rollout: Some(4),
        version: Some(7),
        name: Some("names".to_owned()),
        sqlstate: Some("23514".to_owned()),
        statement: Some("alter table rooms add constraint c check (name <> '')".to_owned()),
        message: "migration 7 (names) failed in line 3: check constraint \"c\" is violated"
            .to_owned(),
        hint: None,
        at_version: 6,
        quarantined_at: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn waves_fill_up() {
    let mut it = rollout(
        "RUNNING",
        &[[0, 0, 2, 0, 0], [0, 0, 12, 0, 0], [91, 4, 22, 1, 2], [1_071, 0, 0, 0, 0]],
    );
    it.waiting = Some("2 tenants wait for their servers".to_owned());
    insta::assert_snapshot!(progress(&it).join("\n"), @r"
    Rollout 4: version 6 to 7, running
      canaries  [########################] 2 of 2
      to 1 %    [########################] 12 of 12
      to 10 %   [#####...................] 22 of 120, 1 failed, 2 to follow later, 4 under way
      to 100 %  [........................] 0 of 1,071
      36 of 1,205 tenants done, 1 failed, 2 to follow later, 2.5 a second, about 90 s left
      waits: 2 tenants wait for their servers
    ");
}

#[test]
fn who_is_halted_learns_why_and_what_to_type() {
    let mut it = rollout("HALTED", &[[0, 0, 0, 1, 0], [3, 0, 0, 0, 0]]);
    it.failures = vec![failure("demo")];
    insta::assert_snapshot!(whole(&it), @r#"
    Rollout 4: version 6 to 7, halted
      canaries  [########################] 0 of 1, 1 failed
      to 100 %  [........................] 0 of 3
      0 of 4 tenants done, 1 failed, 2.5 a second
      1 tenants have failed, more than 0

    demo is quarantined at version 6 (23514)
      migration 7 (names) failed in line 3: check constraint "c" is violated
      statement: alter table rooms add constraint c check (name <> '')
      once it is mended: cloison migrations retry --tenant demo

    go on:   cloison migrations resume 4 --max-failures 1
    end it:  cloison migrations cancel 4
    "#);
}

#[test]
fn many_failures_are_a_few_and_a_number() {
    let mut it = rollout("DONE", &[[0, 0, 0, 12, 0]]);
    it.failures = (0..12).map(|at| failure(&format!("s{at}"))).collect();
    let text = whole(&it);
    assert_eq!(text.matches("is quarantined").count(), FAILURES_SHOWN);
    assert!(text.contains("and 2 more: cloison migrations show 4 --json"), "{text}");
}

#[test]
fn a_guess_is_no_more_exact_than_it_can_be() {
    assert_eq!(
        [0, 119, 120, 3_601, 7_200, 90_000].map(time),
        ["0 s", "119 s", "2 min", "61 min", "2 h", "25 h"]
    );
}

#[test]
fn a_bar_is_full_when_all_are_through() {
    assert_eq!(bar(0, 0), ".".repeat(24));
    assert_eq!(bar(1_203, 1_204), format!("{}.", "#".repeat(23)));
    assert_eq!(bar(1_204, 1_204), "#".repeat(24));
}
