//! What is wrong, in words: what a tired operator reads first, and may read alone.

use std::fmt;

use cloison_api::RouterNode;

use super::drawing::{Line, Tone};
use super::figures::{Rate, age};
use super::view::{ServerRates, ServerView, View, WaitRates};

/// More than fit above the tables; the tables have the rest.
const NOTICES_MAX: usize = 8;

/// Nodes are heard of every two seconds, so by then it is no accident.
const SILENT_US_MAX: u64 = 10_000_000;

pub(super) fn notices(view: &View) -> Vec<Line> {
    let mut lines: Vec<Line> = another_process(view).into_iter().collect();
    if view.servers.is_empty() {
        lines.push(unused(view));
        return lines;
    }
    let mut wrong: Vec<Line> = view.servers.iter().flat_map(of_server).collect();
    wrong.extend(view.nodes.iter().filter_map(of_node));
    // What is worst comes first, and what is as bad stays in the order of the servers.
    wrong.sort_by_key(|it| it.tone != Tone::Danger);
    if let Some(more) = wrong.len().checked_sub(NOTICES_MAX).filter(|it| *it > 0) {
        wrong.truncate(NOTICES_MAX);
        wrong.push(Line::new(Tone::Warning, format!("And {more} more; see the table.")));
    }
    if wrong.is_empty() {
        wrong.push(Line::new(Tone::Plain, all_is_well(view.interval_us)));
    }
    lines.extend(wrong);
    lines
}

fn all_is_well(interval_us: Option<u64>) -> &'static str {
    match interval_us {
        Some(_) => "Nothing is wrong: no server is down, nobody waits, nobody was turned away.",
        None => {
            "No server is down and nobody waits. What happens from now on is seen at the next look."
        }
    }
}

fn another_process(view: &View) -> Option<Line> {
    let before = view.process_before.as_ref()?;
    let name = &view.process.name;
    let words = if before.name == *name {
        format!("{name} has been started again, so its counts begin anew.")
    } else {
        format!(
            "{name} answers now, and {} did before: each counts for itself. --url can name one.",
            before.name
        )
    };
    Some(Line::new(Tone::Warning, words))
}

fn unused(view: &View) -> Line {
    let age = age(view.process.uptime_us);
    let words = format!(
        "{} has asked no server for a connection since its start {age} ago: no request needed one. If tenants are \
         served by another process, --url names it.",
        view.process.name
    );
    Line::new(Tone::Plain, words)
}

fn of_server(it: &ServerView) -> Vec<Line> {
    let mut lines = Vec::new();
    let name = &it.server;
    if it.is_down {
        let words = "it lets nobody in, so requests for its tenants wait or are turned away.";
        lines.push(Line::new(Tone::Danger, format!("{name} is DOWN: {words}")));
    }
    if let Some(rates) = &it.interval {
        lines.extend(turned_away(name, rates));
        if !it.is_down {
            lines.extend(failing(name, rates));
        }
    }
    if it.waiting > 0 {
        let who = counted(it.waiting, "request waits", "requests wait");
        let outage = it.is_down.then(|| "it is down".to_owned());
        let why = outage.or_else(|| most(&it.interval.as_ref()?.waits, it.budget));
        let why = why.map_or_else(String::new, |why| format!(": {why}"));
        lines.push(Line::new(Tone::Warning, format!("{who} for {name}{why}.")));
    }
    lines
}

fn of_node(it: &RouterNode) -> Option<Line> {
    let silent = it.servers.iter().any(|it| it.is_silent);
    let kept: u64 = it.servers.iter().map(|it| it.kept).sum();
    let what = match (silent, kept) {
        (false, _) => "If it has ended, others get its seats soon".to_owned(),
        (true, 0) => "Others have its seats".to_owned(),
        (true, kept) => format!("Others have its seats but for {kept} that it keeps"),
    };
    let words =
        || format!("{} has not been heard of for {}. {what}.", it.name, age(it.silent_for_us));
    is_missed(it).then(|| Line::new(Tone::Warning, words()))
}

/// Whether it has not been heard of for too long.
pub(super) fn is_missed(it: &RouterNode) -> bool {
    it.silent_for_us > SILENT_US_MAX || it.servers.iter().any(|it| it.is_silent)
}

fn turned_away(name: &str, rates: &ServerRates) -> Option<Line> {
    let (timeouts, refused) = (rates.timeouts.count, rates.refused.count);
    let all = counted(rates.failed.count, "request", "requests");
    let crowd = "too many waited already, or it had been down for long";
    let why = match (timeouts, refused) {
        (0, 0) => return None,
        (_, 0) => "waiting took too long".to_owned(),
        (0, _) => crowd.to_owned(),
        (_, _) => format!("for {timeouts} waiting took too long; for {refused} {crowd}"),
    };
    Some(Line::new(Tone::Danger, format!("{all} for {name} got no connection: {why}.")))
}

fn failing(name: &str, rates: &ServerRates) -> Option<Line> {
    let failed = rates.connect_failures.count;
    let words = || {
        let failed = counted(failed, "attempt", "attempts");
        format!("{failed} to connect to {name} failed, though it is not down; the log says why.")
    };
    (failed > 0).then(|| Line::new(Tone::Warning, words()))
}

/// Why most of those that had to wait had to.
fn most(waits: &WaitRates, budget: usize) -> Option<String> {
    let reasons: [(Rate, &dyn Fn() -> String); 4] = [
        (waits.budget, &|| format!("the {budget} seats that this process has there are taken")),
        (waits.share, &|| "their tenants have all the seats that one may have".to_owned()),
        (waits.connecting, &|| {
            "as many connections are being opened as may be at the same time".to_owned()
        }),
        (waits.outage, &|| "it is down".to_owned()),
    ];
    let (rate, reason) = reasons.into_iter().max_by_key(|(rate, _)| rate.count)?;
    (rate.count > 0).then(reason)
}

fn counted(number: impl fmt::Display, one: &str, many: &str) -> String {
    let number = number.to_string();
    let what = if number == "1" { one } else { many };
    format!("{number} {what}")
}
