//! A table that keeps to a width: what has no room is left out as whole columns, from the right, and named.

/// One column; the most important ones come first.
pub(crate) struct Column {
    heading: &'static str,
    align: Align,
    cells: Vec<String>,
    /// Of the widest cell or the heading, in characters.
    width: usize,
}

#[derive(Clone, Copy)]
enum Align {
    Left,
    Right,
}

/// A heading, lines, and the headings of what was left out.
pub(crate) struct Table {
    pub(crate) heading: String,
    pub(crate) rows: Vec<String>,
    pub(crate) left_out: Vec<&'static str>,
}

const GAP: &str = "  ";

impl Column {
    pub(crate) fn words<T>(heading: &'static str, rows: &[T], cell: impl Fn(&T) -> String) -> Self {
        let cells: Vec<String> = rows.iter().map(cell).collect();
        let widest = cells.iter().map(|it| it.chars().count()).max().unwrap_or_default();
        Self { heading, align: Align::Left, width: widest.max(heading.chars().count()), cells }
    }

    pub(crate) fn figures<T>(
        heading: &'static str,
        rows: &[T],
        cell: impl Fn(&T) -> String,
    ) -> Self {
        Self { align: Align::Right, ..Self::words(heading, rows, cell) }
    }

    fn pad(&self, cell: &str) -> String {
        let width = self.width;
        match self.align {
            Align::Left => format!("{cell:width$}"),
            Align::Right => format!("{cell:>width$}"),
        }
    }
}

/// All columns have as many cells; the first is always there.
pub(crate) fn lay_out(columns: &[Column], width: usize) -> Table {
    let mut end = 0;
    let fits = |column: &&Column| {
        let is_first = end == 0;
        end += column.width + if is_first { 0 } else { GAP.len() };
        is_first || end <= width
    };
    let count = columns.iter().take_while(fits).count();
    let (shown, left_out) = columns.split_at(count);
    let line = |cell: &dyn Fn(&Column) -> String| {
        let cells: Vec<String> = shown.iter().map(|it| it.pad(&cell(it))).collect();
        cells.join(GAP).trim_end().to_owned()
    };
    let rows = shown.first().map_or(0, |it| it.cells.len());
    Table {
        heading: line(&|it| it.heading.to_owned()),
        rows: (0..rows).map(|row| line(&|it| it.cells[row].clone())).collect(),
        left_out: left_out.iter().map(|it| it.heading).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(width: usize) -> String {
        let rows = [("eu-1", 7), ("us", 1_234)];
        let columns = [
            Column::words("NAME", &rows, |it| it.0.to_owned()),
            Column::figures("N", &rows, |it| it.1.to_string()),
            Column::words("WORDS", &rows, |_| "é".to_owned()),
        ];
        let Table { heading, rows, left_out } = lay_out(&columns, width);
        format!("{heading}/{}/ {}", rows.join("/"), left_out.join(" "))
    }

    #[test]
    fn what_has_no_room_is_left_out_and_named() {
        assert_eq!(check(80), "NAME     N  WORDS/eu-1     7  é/us    1234  é/ ");
        assert_eq!(check(17), check(80));
        assert_eq!(check(16), "NAME     N/eu-1     7/us    1234/ WORDS");
        assert_eq!(check(1), "NAME/eu-1/us/ N WORDS");
    }
}
