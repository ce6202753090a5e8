//! A look as lines of text: when and whose, what is wrong, servers, tenants.
//!
//! Not here: the terminal. A line has a tone and not a colour, and says in words whatever its tone says.

use cloison_api::RouterNode;
use jiff::{SignedDuration, Timestamp};

use super::figures::{age, bound, percent, rate, ratio, time};
use super::notices::{is_missed, notices};
use super::view::{ServerRates, ServerView, TenantView, View, WaitRates};
use crate::columns::{Column, lay_out};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Heading,
    /// Somebody may have to wait.
    Warning,
    /// Somebody is turned away.
    Danger,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) tone: Tone,
    pub(super) text: String,
}

impl Line {
    pub(super) fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }
}

/// Where the figures are not known.
const UNKNOWN: &str = "-";

/// No line is longer than the width, except for a name that is.
pub(super) fn draw(view: &View, width: usize) -> Vec<Line> {
    let mut lines = vec![Line::new(Tone::Plain, title(view))];
    lines.extend(notices(view));
    let mut lines: Vec<Line> = lines.iter().flat_map(|it| wrap(it, width)).collect();
    if !view.servers.is_empty() {
        lines.push(blank());
        lines.extend(servers(&view.servers, width));
        lines.push(blank());
        lines.extend(tenants(view, width));
    }
    if !view.nodes.is_empty() {
        lines.push(blank());
        lines.extend(nodes(&view.nodes, width));
    }
    lines
}

/// When this was so, by the clock of the process.
pub(super) fn at(view: &View) -> String {
    let uptime = i64::try_from(view.process.uptime_us).unwrap_or(i64::MAX);
    let at = view.process.started_at.checked_add(SignedDuration::from_micros(uptime));
    at.unwrap_or(Timestamp::MAX).strftime("%H:%M:%S UTC").to_string()
}

/// At a word, where a line is too long; what follows is set in.
pub(super) fn wrap(line: &Line, width: usize) -> Vec<Line> {
    let mut lines: Vec<String> = Vec::new();
    for word in line.text.split(' ') {
        match lines.last_mut() {
            Some(it) if it.chars().count() + 1 + word.chars().count() <= width => {
                it.push(' ');
                it.push_str(word);
            }
            Some(_) => lines.push(format!("  {word}")),
            None => lines.push(word.to_owned()),
        }
    }
    lines.into_iter().map(|it| Line::new(line.tone, it)).collect()
}

fn title(view: &View) -> String {
    let (name, up) = (&view.process.name, age(view.process.uptime_us));
    let seconds = |us| format!(", the last {:.1} s", ratio(us, 1_000_000));
    let interval = view.interval_us.map_or_else(String::new, seconds);
    format!("{}{interval}, by {name}, up {up}", at(view))
}

fn blank() -> Line {
    Line::new(Tone::Plain, "")
}

fn servers(servers: &[ServerView], width: usize) -> Vec<Line> {
    let of_rates = |of: fn(&ServerRates) -> String| {
        move |it: &ServerView| it.interval.as_ref().map_or_else(|| UNKNOWN.to_owned(), of)
    };
    let rated = |heading, of| Column::figures(heading, servers, of_rates(of));
    let columns = [
        Column::words("SERVER", servers, |it| it.server.clone()),
        Column::words("STATE", servers, |it| if it.is_down { "DOWN" } else { "up" }.to_owned()),
        Column::figures("USED", servers, |it| it.in_use.to_string()),
        Column::figures("IDLE", servers, |it| it.idle.to_string()),
        Column::figures("SEATS", servers, |it| it.budget.to_string()),
        Column::figures("WAITING", servers, |it| it.waiting.to_string()),
        rated("FAILED/S", |it| rate(it.failed)),
        rated("ACQUIRES/S", |it| rate(it.acquires)),
        rated("P50", |it| it.acquire_p50.map_or_else(|| UNKNOWN.to_owned(), bound)),
        rated("P99", |it| it.acquire_p99.map_or_else(|| UNKNOWN.to_owned(), bound)),
        rated("CONNECTS/S", |it| rate(it.connects)),
        rated("EVICTIONS/S", |it| rate(it.evictions)),
        Column::words("WAITS/S", servers, of_rates(|it| waits(&it.waits))),
    ];
    let table = lay_out(&columns, width);
    let tones = servers.iter().map(tone);
    let rows = tones.zip(table.rows).map(|(tone, row)| Line::new(tone, row));
    let mut lines = vec![Line::new(Tone::Heading, table.heading)];
    lines.extend(rows);
    if !table.left_out.is_empty() {
        let words = format!("A wider terminal shows {} too.", table.left_out.join(", "));
        lines.extend(wrap(&Line::new(Tone::Plain, words), width));
    }
    lines
}

fn tone(server: &ServerView) -> Tone {
    let turns_away = server.interval.as_ref().is_some_and(|it| it.failed.count > 0);
    if server.is_down || turns_away {
        Tone::Danger
    } else if server.waiting > 0 {
        Tone::Warning
    } else {
        Tone::Plain
    }
}

/// All that share the connections, whichever of them answers.
fn nodes(nodes: &[RouterNode], width: usize) -> Vec<Line> {
    let seats = |it: &RouterNode| {
        let on: Vec<_> =
            it.servers.iter().map(|it| format!("{} {}", it.server, it.seats)).collect();
        if on.is_empty() { "none".to_owned() } else { on.join(", ") }
    };
    let columns = [
        Column::words("NODE", nodes, |it| it.name.clone()),
        Column::figures("SILENT FOR", nodes, |it| age(it.silent_for_us)),
        Column::words("SEATS", nodes, seats),
    ];
    let table = lay_out(&columns, width);
    let tone = |it: &RouterNode| if is_missed(it) { Tone::Warning } else { Tone::Plain };
    let rows = nodes.iter().map(tone).zip(table.rows).map(|(tone, row)| Line::new(tone, row));
    let mut lines = vec![Line::new(Tone::Heading, table.heading)];
    lines.extend(rows);
    lines
}

/// Those that there are, by their reason.
fn waits(it: &WaitRates) -> String {
    let reasons = [
        ("budget", it.budget),
        ("share", it.share),
        ("connecting", it.connecting),
        ("outage", it.outage),
    ];
    let reasons = reasons.into_iter().filter(|(_, it)| it.count > 0);
    let words: Vec<_> = reasons.map(|(reason, it)| format!("{} {reason}", rate(it))).collect();
    if words.is_empty() { "0".to_owned() } else { words.join(", ") }
}

fn tenants(view: &View, width: usize) -> Vec<Line> {
    let tenants = &view.tenants[..];
    if tenants.is_empty() {
        let words =
            "No tenant has a connection or waits for one. Idle ones are closed after a while.";
        return wrap(&Line::new(Tone::Plain, words), width);
    }
    let unknown = || UNKNOWN.to_owned();
    let columns = [
        Column::words("TENANT", tenants, |it: &TenantView| it.subdomain.clone()),
        Column::words("SERVER", tenants, |it| it.server.clone()),
        Column::figures("USED", tenants, |it| it.in_use.to_string()),
        Column::figures("IDLE", tenants, |it| it.idle.to_string()),
        Column::figures("WAITING", tenants, |it| it.waiting.to_string()),
        Column::figures("ACQUIRES/S", tenants, |it| {
            it.interval.as_ref().map_or_else(unknown, |it| rate(it.acquires))
        }),
        Column::figures("MEAN WAIT", tenants, |it| {
            it.interval.as_ref().and_then(|it| it.mean_wait_us).map_or_else(unknown, time)
        }),
        Column::figures("SEAT TIME", tenants, |it| {
            it.interval.as_ref().map_or_else(unknown, |it| percent(it.seat_time_percent))
        }),
    ];
    let table = lay_out(&columns, width);
    let tone = |it: &TenantView| if it.waiting > 0 { Tone::Warning } else { Tone::Plain };
    let rows = tenants.iter().map(tone).zip(table.rows).map(|(tone, row)| Line::new(tone, row));
    let mut lines = vec![Line::new(Tone::Heading, table.heading)];
    lines.extend(rows);
    if view.tenants_left_out > 0 {
        let words = format!("Left out: {} less busy; see --limit.", view.tenants_left_out);
        lines.extend(wrap(&Line::new(Tone::Plain, words), width));
    }
    lines
}
