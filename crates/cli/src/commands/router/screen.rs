//! Where looks are shown: drawn over one another on a terminal, one after another elsewhere.
//!
//! It stays on the terminal's normal screen and changes nothing of it, neither modes nor cursor, so there is nothing
//! to set back however it ends, and what was seen stays there to be copied.

use std::io::{self, IsTerminal, Write};
use std::iter;

use rustix::termios::tcgetwinsize;

use super::drawing::{Line, Tone, wrap};
use crate::args::TerminalOptions;

/// How looks are shown.
pub(super) struct Screen {
    is_terminal: bool,
    colour: bool,
    /// The lengths of the lines that the next look is drawn over.
    drawn: Vec<usize>,
}

/// A terminal's, in characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub(super) width: usize,
    pub(super) height: usize,
}

impl Screen {
    pub(super) fn new(terminal: &TerminalOptions) -> Self {
        let is_terminal = io::stdout().is_terminal() && terminal.can_redraw();
        Self { is_terminal, colour: is_terminal && terminal.may_colour(), drawn: Vec::new() }
    }

    pub(super) fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    /// As wide and high as it is now; without an end where there is no terminal.
    pub(super) fn size(&self) -> Size {
        let told = self.is_terminal.then(|| tcgetwinsize(io::stdout()).ok()).flatten();
        let side = |it: u16| if it == 0 { usize::MAX } else { usize::from(it) };
        Size {
            width: told.map_or(usize::MAX, |it| side(it.ws_col)),
            height: told.map_or(usize::MAX, |it| side(it.ws_row)),
        }
    }

    /// Over the look before.
    pub(super) fn redraw(&mut self, lines: &[Line], size: Size) -> io::Result<()> {
        let lines = clip(lines, size);
        let up = rows(&self.drawn, size.width);
        self.drawn = lines.iter().map(|it| it.text.chars().count()).collect();
        write(&over(&lines, up, self.colour))
    }

    /// Below the look before, and apart from it.
    pub(super) fn append(&mut self, lines: &[Line]) -> io::Result<()> {
        let gap = if self.drawn.is_empty() { "" } else { "\n" };
        self.drawn = vec![0];
        let text = lines.iter().map(|it| paint(it, self.colour) + "\n");
        write(&iter::once(gap.to_owned()).chain(text).collect::<String>())
    }
}

fn write(text: &str) -> io::Result<()> {
    // At once, so that an interruption leaves no half of it.
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

/// Rows of the terminal that these lines take: it may be narrower now than when they were drawn.
fn rows(lengths: &[usize], width: usize) -> usize {
    lengths.iter().map(|it| it.div_ceil(width).max(1)).sum()
}

/// Leaves a row for the cursor: beyond the upper edge nothing can be drawn over.
fn clip(lines: &[Line], size: Size) -> Vec<Line> {
    let cut = |it: &Line| Line::new(it.tone, it.text.chars().take(size.width).collect::<String>());
    let room = size.height.saturating_sub(1).max(2);
    if lines.len() <= room {
        return lines.iter().map(cut).collect();
    }
    let mut shown: Vec<_> = lines.iter().take(room - 1).map(cut).collect();
    let more = lines.len() - shown.len();
    let words = format!("{more} more lines need a higher terminal.");
    shown.extend(wrap(&Line::new(Tone::Plain, words), usize::MAX).iter().map(cut));
    shown
}

/// Up so many rows, each line over an old one, and away with what is left of the old ones.
fn over(lines: &[Line], up: usize, colour: bool) -> String {
    let mut text = if up == 0 { "\r".to_owned() } else { format!("\r\x1b[{up}A") };
    for line in lines {
        text.push_str(&paint(line, colour));
        text.push_str("\x1b[K\n");
    }
    text.push_str("\x1b[J");
    text
}

fn paint(line: &Line, colour: bool) -> String {
    let code = match line.tone {
        Tone::Plain => None,
        Tone::Heading => Some("1"),
        Tone::Warning => Some("33"),
        Tone::Danger => Some("1;31"),
    };
    match code.filter(|_| colour) {
        Some(code) => format!("\x1b[{code}m{}\x1b[0m", line.text),
        None => line.text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(count: usize) -> Vec<Line> {
        (0..count).map(|it| Line::new(Tone::Plain, format!("line {it}"))).collect()
    }

    #[test]
    fn a_look_is_drawn_over_the_one_before() {
        assert_eq!(over(&lines(2), 0, false), "\rline 0\x1b[K\nline 1\x1b[K\n\x1b[J");
        assert_eq!(over(&lines(1), 3, false), "\r\x1b[3Aline 0\x1b[K\n\x1b[J");
    }

    #[test]
    fn lines_that_were_drawn_on_a_wider_terminal_take_more_rows() {
        assert_eq!(rows(&[0, 10, 80], 80), 3);
        assert_eq!(rows(&[0, 10, 80], 40), 4);
        assert_eq!(rows(&[0, 10, 80], usize::MAX), 3);
        assert_eq!(rows(&[], 80), 0);
    }

    #[test]
    fn nothing_is_drawn_beyond_the_edges() {
        let size = Size { width: 5, height: 4 };
        let texts = |count| -> Vec<String> {
            clip(&lines(count), size).into_iter().map(|it| it.text).collect()
        };
        assert_eq!(texts(3), ["line ", "line ", "line "]);
        assert_eq!(texts(4), ["line ", "line ", "2 mor"]);
    }

    #[test]
    fn only_a_tone_is_coloured_and_only_where_it_may_be() {
        let danger = Line::new(Tone::Danger, "x");
        assert_eq!(paint(&danger, true), "\x1b[1;31mx\x1b[0m");
        assert_eq!(paint(&danger, false), "x");
        assert_eq!(paint(&Line::new(Tone::Plain, "x"), true), "x");
    }
}
