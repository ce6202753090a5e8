//! Results on stdout: plain tables with aligned columns, or one JSON object.

use std::io::{self, Write};

use jiff::Timestamp;
use serde::Serialize;

/// How results are printed.
#[derive(Clone, Copy)]
pub(crate) struct Output {
    json: bool,
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        Self { json }
    }

    pub(crate) fn is_json(self) -> bool {
        self.json
    }

    /// Prints the value as JSON, or else the text.
    pub(crate) fn print(
        self,
        value: &impl Serialize,
        text: impl FnOnce() -> String,
    ) -> anyhow::Result<()> {
        let mut stdout = io::stdout().lock();
        if self.json {
            serde_json::to_writer_pretty(&mut stdout, value)?;
            writeln!(stdout)?;
        } else {
            stdout.write_all(text().as_bytes())?;
        }
        stdout.flush()?;
        Ok(())
    }
}

/// A heading and rows; every column as wide as its widest cell.
pub(crate) fn table(heading: &[&str], rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = heading.iter().map(|it| it.chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let heading: Vec<String> = heading.iter().map(|it| it.to_uppercase()).collect();
    std::iter::once(&heading).chain(rows).map(|row| line(row, &widths)).collect()
}

/// Names and values, one a line.
pub(crate) fn list(pairs: &[(&str, &str)]) -> String {
    let rows: Vec<Vec<String>> =
        pairs.iter().map(|(name, value)| vec![(*name).to_owned(), (*value).to_owned()]).collect();
    let width = pairs.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    rows.iter().map(|row| line(row, &[width, 0])).collect()
}

fn line(row: &[String], widths: &[usize]) -> String {
    let cells: Vec<String> =
        row.iter().zip(widths).map(|(cell, &width)| format!("{cell:width$}")).collect();
    format!("{}\n", cells.join("  ").trim_end())
}

/// A count as people read it, `1,204`.
pub(crate) fn grouped(count: impl Into<i64>) -> String {
    let digits = count.into().to_string();
    let mut text = String::new();
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A size as people read it, `1.2 MB`; of the decimal units that disks are sold in.
pub(crate) fn size(bytes: impl Into<i64>) -> String {
    let bytes = bytes.into();
    let mut unit = 1;
    for name in ["B", "kB", "MB", "GB"] {
        if bytes < unit * 1_000 {
            return sized(bytes, unit, name);
        }
        unit *= 1_000;
    }
    sized(bytes, unit, "TB")
}

/// With a decimal where there is room for one.
fn sized(bytes: i64, unit: i64, name: &str) -> String {
    let tenths = bytes / (unit / 10).max(1);
    if unit > 1 && tenths < 100 {
        format!("{}.{} {name}", tenths / 10, tenths % 10)
    } else {
        format!("{} {name}", bytes / unit)
    }
}

/// A moment to the minute, in UTC: `2026-11-22 14:32`.
pub(crate) fn minute(at: Timestamp) -> String {
    at.strftime("%F %R").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_lines_not_padded_and_numbers_grouped() {
        let rows =
            [vec!["é".to_owned(), "x".to_owned()], vec!["abcdef".to_owned(), "y".to_owned()]];
        assert_eq!(table(&["name", "to"], &rows), "NAME    TO\né       x\nabcdef  y\n");
        assert_eq!([0, 999, 1_000, 1_204_000].map(grouped), ["0", "999", "1,000", "1,204,000"]);
        let sizes: [i64; 8] =
            [0, 999, 1_000, 9_999, 10_000, 1_250_000, 999_999_999_999, 42_000_000_000_000];
        assert_eq!(
            sizes.map(size),
            ["0 B", "999 B", "1.0 kB", "9.9 kB", "10 kB", "1.2 MB", "999 GB", "42 TB"]
        );
        assert_eq!(list(&[("a", "1"), ("long", "2")]), "a     1\nlong  2\n");
    }
}
