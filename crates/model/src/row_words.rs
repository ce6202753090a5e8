//! What PostgreSQL says of an error, without what it quotes of a customer's rows.

use std::error::Error;

/// The lines of an error that may quote a row, or hold one whole, as `psql` and drivers write them.
const QUOTING: [&str; 5] = ["DETAIL:", "HINT:", "CONTEXT:", "QUERY:", "WHERE:"];

/// The text up to the first line that may quote a row. What is behind it may be part of that row, whatever it looks like.
pub fn without_rows(text: &str) -> &str {
    let mut ends = text.match_indices('\n').map(|it| it.0);
    let is_quoting = |at: &usize| {
        let line = text[at + 1..].trim_start();
        QUOTING.iter().any(|it| line.starts_with(it))
    };
    match ends.find(is_quoting) {
        Some(end) => text[..end].trim_end(),
        None => text,
    }
}

/// A chain of causes as one sentence, without rows. `lead` is left out where a cause begins with it, and what is said in full already is
/// not said twice.
pub fn chain_without_rows(error: &(dyn Error + 'static), lead: &str) -> String {
    let mut text = without_rows(&error.to_string()).to_owned();
    let mut source = error.source();
    while let Some(next) = source {
        let words = next.to_string();
        let words = without_rows(&words);
        if !text.contains(words) {
            text.push_str(": ");
            text.push_str(words.strip_prefix(lead).unwrap_or(words));
        }
        source = next.source();
    }
    text
}

/// Whether the first line of an error with this SQLSTATE may quote a value: those of data that does not fit (class 22), and
/// whatever a function raises.
pub fn may_quote_a_row(sqlstate: &str) -> bool {
    sqlstate.starts_with("22") || sqlstate == "P0001"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_quote_a_row_is_cut_off() {
        for (text, left) in [
            ("all is well", "all is well"),
            (
                "ERROR: duplicate key\nDETAIL: Key (email)=(kim) already exists.",
                "ERROR: duplicate key",
            ),
            (
                "COPY failed: ERROR:  x\nCONTEXT:  COPY a, line 1: \"kim\"\n",
                "COPY failed: ERROR:  x",
            ),
            ("a\nb\n  DETAIL:  c\nHINT: d", "a\nb"),
            // The row holds such lines itself.
            ("ERROR: a\nDETAIL: (x\nERROR: b\nkim)\nERROR: c", "ERROR: a"),
            ("in detail: nothing", "in detail: nothing"),
        ] {
            assert_eq!(without_rows(text), left);
        }
    }

    #[test]
    fn some_errors_quote_a_value_in_their_first_line() {
        for (sqlstate, quotes) in
            [("22P02", true), ("22007", true), ("P0001", true), ("23505", false), ("", false)]
        {
            assert_eq!(may_quote_a_row(sqlstate), quotes, "{sqlstate}");
        }
    }
}
