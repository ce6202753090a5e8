//! How far long work is, on stderr: a bar on a terminal, a plain line now and then elsewhere.
//!
//! No colours, so there is none to turn off.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::output::Output;

/// Often enough to see that it lives, seldom enough to keep the rest of a log readable.
const LINE_EVERY: Duration = Duration::from_secs(10);
/// A bar is drawn as often as an eye wants it.
const DRAWN_A_SECOND: u8 = 10;
const TEMPLATE: &str = "{msg} [{wide_bar}] {pos}/{len}  {rate} a second  {elapsed}, {eta} left";

pub(crate) struct Progress {
    done: u64,
    shown: Shown,
}

enum Shown {
    Bar(ProgressBar),
    Lines(Lines),
    Nothing,
}

/// Where the words go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Bar,
    Lines,
    Nothing,
}

/// What there is to say where no bar can be drawn.
struct Lines {
    what: &'static str,
    total: u64,
    started: Instant,
    said: Instant,
}

impl Progress {
    /// `what` is counted: tenants, rows.
    pub(crate) fn new(total: u64, what: &'static str, output: Output, now: Instant) -> Self {
        let shown = match look(io::stderr().is_terminal(), output.is_json()) {
            Look::Bar => {
                let target = ProgressDrawTarget::stderr_with_hz(DRAWN_A_SECOND);
                let style = ProgressStyle::with_template(TEMPLATE).expect("the template is right");
                let style = style.progress_chars("=> ").with_key("rate", rate);
                let bar = ProgressBar::with_draw_target(Some(total), target);
                Shown::Bar(bar.with_style(style).with_message(what))
            }
            Look::Lines => Shown::Lines(Lines { what, total, started: now, said: now }),
            Look::Nothing => Shown::Nothing,
        };
        Self { done: 0, shown }
    }

    /// One more is done.
    pub(crate) fn advance(&mut self, now: Instant) {
        self.done += 1;
        match &self.shown {
            Shown::Bar(bar) => bar.inc(1),
            Shown::Lines(_) | Shown::Nothing => {}
        }
        self.tick(now);
    }

    /// Nothing is done, but time has passed.
    pub(crate) fn tick(&mut self, now: Instant) {
        match &mut self.shown {
            Shown::Bar(bar) => bar.tick(),
            Shown::Lines(lines) => {
                if let Some(line) = lines.due(self.done, now) {
                    // Progress is no result: nobody need be there to read it.
                    drop(writeln!(io::stderr(), "{line}"));
                }
            }
            Shown::Nothing => {}
        }
    }

    /// Makes room for the result.
    pub(crate) fn finish(self) {
        match self.shown {
            Shown::Bar(bar) => bar.finish_and_clear(),
            Shown::Lines(_) | Shown::Nothing => {}
        }
    }
}

/// One decimal; indicatif's own has four.
fn rate(state: &ProgressState, out: &mut dyn fmt::Write) {
    write!(out, "{:.1}", state.per_sec()).expect("writing to a string does not fail");
}

/// A program that reads JSON reads stderr too, if it is not a terminal.
fn look(is_terminal: bool, is_json: bool) -> Look {
    match (is_terminal, is_json) {
        (true, true | false) => Look::Bar,
        (false, false) => Look::Lines,
        (false, true) => Look::Nothing,
    }
}

impl Lines {
    /// The next line, if its time has come.
    fn due(&mut self, done: u64, now: Instant) -> Option<String> {
        if now.duration_since(self.said) < LINE_EVERY {
            return None;
        }
        self.said = now;
        let seconds = now.duration_since(self.started).as_secs().max(1);
        let Self { what, total, .. } = *self;
        let rate = tenths(done * 10 / seconds);
        let left = match total.saturating_sub(done).saturating_mul(seconds).checked_div(done) {
            Some(left) => format!("about {left} s left"),
            None => "nothing yet to tell how long by".to_owned(),
        };
        Some(format!("{done} of {total} {what}, {rate} a second, {seconds} s so far, {left}"))
    }
}

fn tenths(number: u64) -> String {
    format!("{}.{}", number / 10, number % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_sees_what() {
        assert_eq!(look(true, false), Look::Bar);
        assert_eq!(look(true, true), Look::Bar);
        assert_eq!(look(false, false), Look::Lines);
        assert_eq!(look(false, true), Look::Nothing);
    }

    /// A report is `seconds:done` a word; the lines that it gives, with the second.
    fn check(reports: &str) -> Vec<String> {
        let start = Instant::now();
        let mut lines = Lines { what: "tenants", total: 200, started: start, said: start };
        let said = reports.split_whitespace().filter_map(|report| {
            let (seconds, done) = report.split_once(':').unwrap();
            let now = start + Duration::from_secs(seconds.parse().unwrap());
            Some(format!("{seconds}: {}", lines.due(done.parse().unwrap(), now)?))
        });
        said.collect()
    }

    #[test]
    fn one_line_every_ten_seconds() {
        assert_eq!(check("0:0 3:5 9:20"), [""; 0]);
        assert_eq!(
            check("9:20 10:25 12:30 19:40 21:50 30:60 31:200"),
            [
                "10: 25 of 200 tenants, 2.5 a second, 10 s so far, about 70 s left",
                "21: 50 of 200 tenants, 2.3 a second, 21 s so far, about 63 s left",
                "31: 200 of 200 tenants, 6.4 a second, 31 s so far, about 0 s left",
            ]
        );
        assert_eq!(
            check("10:0"),
            ["10: 0 of 200 tenants, 0.0 a second, 10 s so far, nothing yet to tell how long by"]
        );
    }
}
