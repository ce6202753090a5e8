//! A rollout as lines of text: what it does, its waves as bars that fill up, how fast it goes, what it waits for, who failed.

use std::fmt::Write;

use cloison_api::{Quarantine, Rollout, RolloutWave};

use crate::output::grouped;

const BAR_WIDTH: u32 = 24;
/// The rest is in `--json`.
const FAILURES_SHOWN: usize = 10;
/// Of tenants that were busy or not there when their turn came.
const FOLLOWS: &str = "to follow later";

/// As far as it is now, without who failed.
pub(super) fn progress(it: &Rollout) -> Vec<String> {
    let mut lines = vec![title(it)];
    lines.extend(waves(it));
    if it.started_at.is_some() {
        lines.push(format!("  {}", totals(it)));
    }
    if let Some(why) = reason(it) {
        lines.push(format!("  {why}"));
    }
    lines
}

/// The same with who failed, and what can be done now.
pub(super) fn whole(it: &Rollout) -> String {
    let mut text = String::new();
    for line in progress(it) {
        push(&mut text, &line);
    }
    for failure in it.failures.iter().take(FAILURES_SHOWN) {
        push(&mut text, "");
        text.push_str(&quarantined(failure));
    }
    if it.failures.len() > FAILURES_SHOWN {
        let more = it.failures.len() - FAILURES_SHOWN;
        push(&mut text, "");
        push(&mut text, &format!("and {more} more: cloison migrations show {} --json", it.number));
    }
    let advice = advice(it);
    if !advice.is_empty() {
        push(&mut text, "");
    }
    for line in advice {
        push(&mut text, &line);
    }
    text
}

pub(super) fn title(it: &Rollout) -> String {
    let way = match it.rolls_back {
        Some(undone) => format!("takes back rollout {undone}, "),
        None => String::new(),
    };
    format!("Rollout {}: {way}version {} to {}, {}", it.number, it.from, it.to, stage(it))
}

fn stage(it: &Rollout) -> String {
    let by = it.paused.as_ref().map(|it| it.by.as_str()).unwrap_or_default();
    match it.stage.as_str() {
        "CHECKING" => "checking the files".to_owned(),
        "RUNNING" => "running".to_owned(),
        "PAUSED" => format!("paused by {by}"),
        "HALTED" => "halted".to_owned(),
        "DONE" => "done".to_owned(),
        "FAILED" => "failed".to_owned(),
        "CANCELLED" => "cancelled".to_owned(),
        other => other.to_lowercase(),
    }
}

/// The reason of whatever it is that it does not do.
fn reason(it: &Rollout) -> Option<String> {
    if let Some(pause) = it.paused.as_ref().filter(|_| it.stage == "HALTED") {
        return Some(pause.why.clone());
    }
    if let Some(error) = &it.error {
        return Some(error.clone());
    }
    let waiting = it.waiting.as_ref().filter(|_| !it.is_ended() && it.paused.is_none());
    waiting.map(|why| format!("waits: {why}"))
}

/// Waves that nobody is in are left out.
fn waves(it: &Rollout) -> Vec<String> {
    let named: Vec<_> =
        it.waves.iter().map(|it| (name(it), it)).filter(|(_, it)| it.tenants() > 0).collect();
    let width = named.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    named.iter().map(|(name, it)| format!("  {name:width$}  {}", wave(it))).collect()
}

fn name(it: &RolloutWave) -> String {
    it.percent.map_or_else(|| "canaries".to_owned(), |percent| format!("to {percent} %"))
}

fn wave(it: &RolloutWave) -> String {
    let all = it.tenants();
    let shown = format!("[{}] {} of {}", bar(it.through(), all), grouped(it.done), grouped(all));
    let others = [(it.failed, "failed"), (it.skipped, FOLLOWS), (it.running, "under way")];
    with(shown, &others)
}

/// A wave that nothing more is done to: `to 10 %: 118 done, 2 failed`.
pub(super) fn through(it: &RolloutWave) -> String {
    let shown = format!("{}: {} done", name(it), grouped(it.done));
    with(shown, &[(it.failed, "failed"), (it.skipped, FOLLOWS)])
}

/// Followed by those counts of which there are any.
fn with(mut text: String, counts: &[(u32, &str)]) -> String {
    for (count, word) in counts.iter().filter(|(count, _)| *count > 0) {
        write!(text, ", {} {word}", grouped(*count)).expect("writing to a string does not fail");
    }
    text
}

/// Full only when everybody is through.
fn bar(through: u32, of: u32) -> String {
    let filled = (u64::from(through) * u64::from(BAR_WIDTH)).checked_div(u64::from(of));
    let filled = usize::try_from(filled.unwrap_or_default()).unwrap_or_default();
    let width = usize::try_from(BAR_WIDTH).unwrap_or_default();
    format!("{}{}", "#".repeat(filled), ".".repeat(width - filled))
}

/// `12 of 1,204 tenants done, 1 failed, 3.2 a second, about 373 s left`.
pub(super) fn totals(it: &Rollout) -> String {
    let sum = |of: fn(&RolloutWave) -> u32| it.waves.iter().map(of).sum::<u32>();
    let tenants = sum(RolloutWave::tenants);
    let noun = if tenants == 1 { "tenant" } else { "tenants" };
    let done = format!("{} of {} {noun} done", grouped(sum(|it| it.done)), grouped(tenants));
    let others = [(sum(|it| it.failed), "failed"), (sum(|it| it.skipped), FOLLOWS)];
    let mut text = with(done, &others);
    if let Some(rate) = it.rate_per_second.filter(|it| *it > 0.0) {
        write!(text, ", {rate:.1} a second").expect("writing to a string does not fail");
    }
    if let Some(left) = it.eta_seconds.filter(|it| *it > 0) {
        write!(text, ", about {} left", time(left)).expect("writing to a string does not fail");
    }
    text
}

/// Who, the reason, and what to type.
pub(super) fn quarantined(it: &Quarantine) -> String {
    let mut text = String::new();
    let code = it.sqlstate.as_deref().map(|it| format!(" ({it})")).unwrap_or_default();
    push(&mut text, &format!("{} is quarantined at version {}{code}", it.subdomain, it.at_version));
    push(&mut text, &format!("  {}", it.message.lines().next().unwrap_or_default()));
    if let Some(statement) = &it.statement {
        push(&mut text, &format!("  statement: {statement}"));
    }
    if let Some(hint) = &it.hint {
        push(&mut text, &format!("  hint: {hint}"));
    }
    push(
        &mut text,
        &format!("  once it is mended: cloison migrations retry --tenant {}", it.subdomain),
    );
    text
}

/// The commands that go on from here.
fn advice(it: &Rollout) -> Vec<String> {
    let number = it.number;
    let (go_on, end) = (
        format!("go on:   cloison migrations resume {number}"),
        format!("end it:  cloison migrations cancel {number}"),
    );
    match it.stage.as_str() {
        "PAUSED" => vec![go_on, end],
        "HALTED" => {
            let failed: u32 = it.waves.iter().map(|it| it.failed).sum();
            vec![format!("{go_on} --max-failures {failed}"), end]
        }
        "CANCELLED" if it.rolls_back.is_none() && it.waves.iter().any(|it| it.done > 0) => vec![
            "go on:      cloison migrations rollout".to_owned(),
            format!("take back:  cloison migrations rollback --rollout {number}"),
        ],
        _ => Vec::new(),
    }
}

/// `45 s`, `12 min`, `3 h`: as exact as a guess is.
fn time(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h", seconds.div_ceil(3_600)),
    }
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

#[cfg(test)]
pub(super) mod tests;
