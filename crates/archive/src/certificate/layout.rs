//! From pieces to pages: where each line of text stands. Pure.

use super::content::Block;
use super::typeface::{drawable, width};

/// A4, in points.
pub(super) const PAGE_WIDTH: f32 = 595.28;
pub(super) const PAGE_HEIGHT: f32 = 841.89;

/// 20 mm.
const MARGIN: f32 = 56.7;
/// Where the values of rows begin.
const VALUE_LEFT: f32 = MARGIN + 158.0;
const RIGHT: f32 = PAGE_WIDTH - MARGIN;
const BOTTOM: f32 = PAGE_HEIGHT - MARGIN - 16.0;
const FOOT: f32 = PAGE_HEIGHT - 36.0;

const TITLE: f32 = 20.0;
const HEADING: f32 = 12.0;
const BODY: f32 = 9.5;
const NOTE: f32 = 8.5;
const LINE_HEIGHT: f32 = 1.45;

/// Lines that are not torn apart by the end of a page; a text with more goes on overleaf.
const TOGETHER_MAX: usize = 12;

/// How loud a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Text,
    Muted,
}

/// One line of text; `y` is its base line, counted from the top.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) tone: Tone,
    pub(super) text: String,
}

/// One page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sheet {
    pub(super) lines: Vec<Line>,
    /// Hairlines across the page, by their place from the top.
    pub(super) rules: Vec<f32>,
}

/// `foot` stands below every page, with the page's number as `page` has it.
pub(super) fn lay_out(blocks: &[Block], foot: &str, page: &str) -> Vec<Sheet> {
    let mut flow = Flow { sheets: vec![Sheet::default()], y: MARGIN };
    for block in blocks {
        flow.put(block);
    }
    let mut sheets = flow.sheets;
    let count = sheets.len().to_string();
    for (number, sheet) in (1..).zip(&mut sheets) {
        let page = page.replacen("{}", &i32::to_string(&number), 1).replacen("{}", &count, 1);
        let x = RIGHT - width(&page, NOTE);
        let line = |x, text: &str| Line {
            x,
            y: FOOT,
            size: NOTE,
            tone: Tone::Muted,
            text: text.to_owned(),
        };
        sheet.lines.push(line(MARGIN, foot));
        sheet.lines.push(line(x, &page));
    }
    sheets
}

struct Flow {
    sheets: Vec<Sheet>,
    /// Where the next line's top is.
    y: f32,
}

impl Flow {
    fn put(&mut self, block: &Block) {
        match block {
            Block::Title(text) => {
                self.lines(MARGIN, TITLE, Tone::Text, wrap(text, TITLE, RIGHT - MARGIN));
                self.y += 6.0;
            }
            Block::Text(text) => {
                let lines = wrap(text, BODY, RIGHT - MARGIN);
                self.keep_together(lines.len());
                self.lines(MARGIN, BODY, Tone::Text, lines);
                self.y += 6.0;
            }
            Block::Heading(text) => {
                self.y += 12.0;
                // With two rows below it at least.
                self.keep_together(6);
                self.lines(MARGIN, HEADING, Tone::Text, wrap(text, HEADING, RIGHT - MARGIN));
                self.y += 3.0;
            }
            Block::Row { label, value, note } => self.row(label, value, note),
        }
    }

    fn row(&mut self, label: &str, value: &str, note: &str) {
        let labels = wrap(label, BODY, VALUE_LEFT - MARGIN - 10.0);
        let values = wrap(value, BODY, RIGHT - VALUE_LEFT);
        let notes = wrap(note, NOTE, RIGHT - VALUE_LEFT);
        self.keep_together(values.len() + notes.len() + 1);
        let rule = self.y;
        self.sheet().rules.push(rule);
        self.y += 4.0;
        let top = self.y;
        self.lines(MARGIN, BODY, Tone::Muted, labels);
        let below_label = self.y;
        self.y = top;
        self.lines(VALUE_LEFT, BODY, Tone::Text, values);
        self.lines(VALUE_LEFT, NOTE, Tone::Muted, notes);
        // A value that goes on overleaf is below any label.
        if self.y >= top {
            self.y = self.y.max(below_label);
        }
        self.y += 4.0;
    }

    /// Begins a page if so many lines of text have no room on this one. Of a long text, its beginning stays together.
    fn keep_together(&mut self, lines: usize) {
        #[expect(clippy::cast_precision_loss, reason = "it is a dozen at most")]
        let height = lines.min(TOGETHER_MAX) as f32 * BODY * LINE_HEIGHT;
        if self.y + height > BOTTOM {
            self.next_sheet();
        }
    }

    fn lines(&mut self, x: f32, size: f32, tone: Tone, texts: Vec<String>) {
        for text in texts {
            if self.y + size * LINE_HEIGHT > BOTTOM {
                self.next_sheet();
            }
            let y = self.y + size;
            self.sheet().lines.push(Line { x, y, size, tone, text });
            self.y += size * LINE_HEIGHT;
        }
    }

    fn next_sheet(&mut self) {
        self.sheets.push(Sheet::default());
        self.y = MARGIN;
    }

    fn sheet(&mut self) -> &mut Sheet {
        self.sheets.last_mut().expect("there is a first sheet, and none is taken away")
    }
}

/// Lines no wider than `room`. Line breaks in the text stay; a word that is wider than a line is cut.
fn wrap(text: &str, size: f32, room: f32) -> Vec<String> {
    let space = width(" ", size);
    let mut lines = Vec::new();
    for paragraph in text.trim_end().lines() {
        let (mut line, mut taken) = (String::new(), 0.0);
        for word in drawable(paragraph).split(' ').filter(|it| !it.is_empty()) {
            let needed = width(word, size);
            if !line.is_empty() && taken + space + needed > room {
                lines.push(std::mem::take(&mut line));
                taken = 0.0;
            }
            if !line.is_empty() {
                line.push(' ');
                taken += space;
            }
            if needed <= room {
                line.push_str(word);
                taken += needed;
                continue;
            }
            for sign in word.chars() {
                let needed = width(sign.encode_utf8(&mut [0; 4]), size);
                if !line.is_empty() && taken + needed > room {
                    lines.push(std::mem::take(&mut line));
                    taken = 0.0;
                }
                line.push(sign);
                taken += needed;
            }
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_wider_than_their_room_and_lose_nothing() {
        let long = "x".repeat(300);
        for text in
            ["a b c", "", &"mot ".repeat(200), &long, "one\n\ntwo three", "é".repeat(90).as_str()]
        {
            for room in [40.0, 120.0, 480.0] {
                let lines = wrap(text, BODY, room);
                assert!(lines.iter().all(|it| width(it, BODY) <= room + 0.1), "{text} {room}");
                let signs =
                    |it: &str| it.chars().filter(|it| !it.is_whitespace()).collect::<String>();
                assert_eq!(signs(&lines.concat()), signs(text));
            }
        }
        assert_eq!(wrap("one\n\ntwo", BODY, 400.0), ["one", "", "two"]);
    }

    #[test]
    fn a_reason_of_any_length_goes_on_overleaf_inside_the_margins() {
        // The reason begins at each place near the end of a page.
        let near_the_end = |words| (36..48).map(move |above| (words, above));
        for (words, above) in near_the_end(1).chain(near_the_end(300)).chain([(3_000, 0)]) {
            let rows = [
                Block::Text("above\n".repeat(above)),
                Block::Heading("Request".to_owned()),
                Block::Row {
                    label: "Reason".to_owned(),
                    value: "raison ".repeat(words),
                    note: String::new(),
                },
                Block::Row {
                    label: "Next".to_owned(),
                    value: "after".to_owned(),
                    note: "note".to_owned(),
                },
            ];
            let sheets = lay_out(&rows, "foot", "{} / {}");
            let lines = || sheets.iter().flat_map(|it| &it.lines);
            let written: usize = lines().map(|it| it.text.matches("raison").count()).sum();
            assert_eq!(written, words);
            assert!(lines().all(|it| it.x + width(&it.text, it.size) <= RIGHT + 0.5));
            assert!(lines().all(|it| it.y > MARGIN && it.y <= FOOT));
            let body = |sheet: &Sheet| sheet.lines.iter().filter(|it| it.y < FOOT).count();
            assert!(sheets.iter().all(|it| body(it) > 0), "no empty page");
            let begins = |sheet: &&Sheet| sheet.lines.iter().any(|it| it.text == "Reason");
            let sheet = sheets.iter().find(begins).unwrap();
            let place = |text| sheet.lines.iter().find(|it| it.text.starts_with(text)).unwrap().y;
            assert!((place("Reason") - place("raison")).abs() < 0.01, "beside its label");
            // No two lines on each other.
            for sheet in &sheets {
                let mut places: Vec<_> =
                    sheet.lines.iter().map(|it| (it.x.to_bits(), it.y.to_bits())).collect();
                places.sort_unstable();
                places.dedup();
                assert_eq!(places.len(), sheet.lines.len());
            }
        }
    }
}
