//! Plots over time as SVG, drawn by the server: lines, ticks, holes where nothing was measured, and the same numbers in words.
//!
//! No inline style: classes say what a line is, the stylesheet what it looks like. Lines differ in dashes as well as in colour.

mod line;
mod scale;
#[cfg(test)]
mod tests;

use askama::Template;
use jiff::{SignedDuration, Timestamp};

use self::line::path;
use self::scale::{Scale, ticks, times};
use crate::format::{UNKNOWN, clock, day};
use crate::i18n::{Lang, Say};

/// In units of the picture, which is about as wide in pixels.
const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 150.0;
/// Around what is drawn: room for the ticks' words.
const LEFT: f64 = 52.0;
const RIGHT: f64 = 10.0;
const TOP: f64 = 8.0;
const BOTTOM: f64 = 20.0;
/// Ticks that fit beside each other without touching.
const VALUE_TICKS_MAX: usize = 5;
const TIME_TICKS_MAX: usize = 7;
/// Rows of the table of numbers.
const ROWS_MAX: usize = 12;

/// The stretches of time that all plots of a page have in common.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Axis {
    pub(crate) from: Timestamp,
    pub(crate) stretch_seconds: i64,
    pub(crate) stretches: usize,
}

/// What is drawn.
pub(crate) struct Plot {
    /// Unique on the page.
    pub(crate) id: &'static str,
    pub(crate) title: String,
    pub(crate) axis: Axis,
    pub(crate) series: Vec<Series>,
    /// How a value is written.
    pub(crate) format: fn(Lang, f64) -> String,
    /// Ticks are no closer than this: there is no half connection.
    pub(crate) step_min: f64,
}

/// One line: a value for each stretch, or none.
pub(crate) struct Series {
    pub(crate) name: String,
    pub(crate) values: Vec<Option<f64>>,
}

#[derive(Template)]
#[template(path = "plot.html")]
struct Drawing<'a> {
    lang: Lang,
    id: &'static str,
    title: &'a str,
    /// The same in a sentence, for who does not see it.
    told: String,
    values: Vec<Tick>,
    times: Vec<Tick>,
    lines: Vec<Line<'a>>,
    rows: Vec<Row>,
    is_empty: bool,
}

/// A word at a place.
struct Tick {
    at: String,
    word: String,
}

struct Line<'a> {
    /// Which of the looks.
    look: usize,
    name: &'a str,
    path: String,
    now: String,
    most: String,
}

struct Row {
    at: String,
    values: Vec<String>,
}

impl Axis {
    fn at(self, stretch: usize) -> Timestamp {
        let seconds = self.stretch_seconds * i64::try_from(stretch).unwrap_or_default();
        self.from + SignedDuration::from_secs(seconds)
    }

    fn seconds(self) -> f64 {
        to_float(self.stretch_seconds) * from_count(self.stretches)
    }
}

impl Plot {
    /// As HTML: a figure with its picture, its legend and its numbers.
    pub(crate) fn draw(&self, lang: Lang) -> Result<String, askama::Error> {
        let known = || self.series.iter().flat_map(|it| it.values.iter().flatten().copied());
        let values = ticks(known().fold(0.0, f64::max), self.step_min, VALUE_TICKS_MAX);
        let most = values.last().copied().unwrap_or(1.0);
        // The last stretch is drawn at the right edge.
        let last = from_count(self.axis.stretches.saturating_sub(1)).max(1.0);
        let across = Scale { from: 0.0, to: last, begin: LEFT, end: WIDTH - RIGHT };
        let up = Scale { from: 0.0, to: most, begin: HEIGHT - BOTTOM, end: TOP };
        let lines: Vec<_> = self
            .series
            .iter()
            .enumerate()
            .map(|(look, it)| {
                let word = |value: Option<f64>| {
                    value.map_or(UNKNOWN.to_owned(), |it| (self.format)(lang, it))
                };
                Line {
                    look,
                    name: &it.name,
                    path: path(&it.values, across, up),
                    now: word(it.now()),
                    most: word(it.values.iter().flatten().copied().reduce(f64::max)),
                }
            })
            .collect();
        let drawing = Drawing {
            lang,
            id: self.id,
            title: &self.title,
            told: told(lang, &lines),
            values: values
                .iter()
                .map(|it| Tick { at: place(up.at(*it)), word: (self.format)(lang, *it) })
                .collect(),
            times: self.times(lang),
            is_empty: known().next().is_none(),
            lines,
            rows: self.rows(lang),
        };
        drawing.render()
    }

    fn times(&self, lang: Lang) -> Vec<Tick> {
        let axis = self.axis;
        let scale = Scale { from: 0.0, to: axis.seconds(), begin: LEFT, end: WIDTH - RIGHT };
        let (step, found) = times(axis.from.as_second(), axis.seconds(), TIME_TICKS_MAX);
        found
            .into_iter()
            .filter_map(|second| {
                let at = Timestamp::from_second(second).ok()?;
                let word = if step < 86_400 { clock(at)[..5].to_owned() } else { day(lang, at) };
                let at = scale.at(to_float(second - axis.from.as_second()));
                Some(Tick { at: place(at), word })
            })
            .collect()
    }

    /// The numbers of some stretches, the newest first.
    fn rows(&self, lang: Lang) -> Vec<Row> {
        let step = self.axis.stretches.div_ceil(ROWS_MAX).max(1);
        let is_day = self.axis.seconds() > 2.0 * 86_400.0;
        (0..self.axis.stretches)
            .rev()
            .step_by(step)
            .map(|stretch| {
                let at = self.axis.at(stretch);
                let time = clock(at)[..5].to_owned();
                let word = |it: &Series| {
                    let value = it.values.get(stretch).copied().flatten();
                    value.map_or(UNKNOWN.to_owned(), |it| (self.format)(lang, it))
                };
                Row {
                    at: if is_day { format!("{} {time}", day(lang, at)) } else { time },
                    values: self.series.iter().map(word).collect(),
                }
            })
            .collect()
    }
}

impl Series {
    /// The newest value, if it is new: the last stretch is under way, and may have none yet.
    fn now(&self) -> Option<f64> {
        self.values.iter().rev().take(2).flatten().next().copied()
    }
}

fn told(lang: Lang, lines: &[Line<'_>]) -> String {
    let told = |it: &Line<'_>| {
        lang.t_with(
            "plot-told",
            [
                ("name", it.name.into()),
                ("now", it.now.as_str().into()),
                ("most", it.most.as_str().into()),
            ],
        )
    };
    lines.iter().map(told).collect::<Vec<_>>().join(" ")
}

/// A coordinate, to a tenth.
fn place(at: f64) -> String {
    let text = format!("{at:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

#[expect(clippy::cast_precision_loss, reason = "seconds of some days")]
fn to_float(value: i64) -> f64 {
    value as f64
}

#[expect(clippy::cast_precision_loss, reason = "some hundred stretches")]
fn from_count(value: usize) -> f64 {
    value as f64
}
