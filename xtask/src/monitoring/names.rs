//! Names of metrics, in `PromQL` and in the page that lists them.
//!
//! Not a parser of `PromQL`: `promtool` has that. Ours all begin alike, and what a rule records has a colon in it.

use std::collections::BTreeSet;

const OURS: &str = "cloison_";
/// What a histogram's name is followed by in its series.
const HISTOGRAM: [&str; 3] = ["_bucket", "_count", "_sum"];

/// Our metrics and recorded series in an expression, as they stand there.
pub(super) fn in_expression(text: &str) -> impl Iterator<Item = &str> {
    words(text).into_iter().filter(|it| {
        let is_name = it.starts_with(|it: char| it.is_ascii_alphabetic());
        is_name && (it.starts_with(OURS) || it.contains(':'))
    })
}

/// Our metrics in a page: what stands in backticks, with labels in braces behind it or not.
pub(super) fn documented(page: &str) -> BTreeSet<String> {
    let code = page.lines().flat_map(in_backticks);
    code.flat_map(words).filter(|it| it.starts_with(OURS)).map(str::to_owned).collect()
}

/// A backtick that is not closed in its line opens nothing.
fn in_backticks(line: &str) -> impl Iterator<Item = &str> {
    let pairs = line.matches('`').count() / 2;
    line.split('`').skip(1).step_by(2).take(pairs)
}

/// Whether the name, or the histogram that it is a part of, is there.
pub(super) fn is_among(name: &str, metrics: &BTreeSet<String>) -> bool {
    let of_histogram =
        |suffix: &&str| name.strip_suffix(suffix).is_some_and(|it| metrics.contains(it));
    metrics.contains(name) || HISTOGRAM.iter().any(of_histogram)
}

/// Runs of characters that names are made of, but for those in quotes.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if matches!(first, '"' | '\'') {
            rest = behind_quoted(&rest[1..], first);
            continue;
        }
        let end = rest.find(|it| !is_of_name(it)).unwrap_or(rest.len());
        if end > 0 {
            words.push(&rest[..end]);
        }
        rest = &rest[end.max(first.len_utf8())..];
    }
    words
}

fn is_of_name(it: char) -> bool {
    it.is_ascii_alphanumeric() || matches!(it, '_' | ':')
}

/// What follows the closing quote.
fn behind_quoted(text: &str, quote: char) -> &str {
    let mut is_escaped = false;
    for (at, it) in text.char_indices() {
        if it == quote && !is_escaped {
            return &text[at + it.len_utf8()..];
        }
        is_escaped = it == '\\' && !is_escaped;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::{documented, in_expression, is_among};

    fn check(expression: &str) -> Vec<&str> {
        in_expression(expression).collect()
    }

    #[test]
    fn names_in_expressions() {
        assert_eq!(check("max without (instance, job) (cloison_tenants) > 0"), ["cloison_tenants"]);
        assert_eq!(check("up{job=\"cloison_x\"} == 0 or vector(1)"), [""; 0]);
        assert_eq!(
            check("app:errors:ratio5m / cloison_a_total{b=\"\\\"c:d:e\", c!='f'} offset 1h"),
            ["app:errors:ratio5m", "cloison_a_total"]
        );
        assert_eq!(check("max_over_time(cloison_a[30m:1m]) * 1e9"), ["cloison_a"]);
        assert_eq!(check("rate(cloison_é[$__rate_interval])"), ["cloison_"]);
        assert_eq!(check("label_values(cloison_server_up, server)"), ["cloison_server_up"]);
        assert_eq!(check("cloison_a{b=\"no end"), ["cloison_a"]);
    }

    #[test]
    fn names_in_a_page() {
        let page = "| `cloison_a{b,c}` | gauge |\nThe role cloison_control; `cloison_b_seconds`, as `rate(cloison_c_total[5m])`.\nOne ` alone, cloison_d";
        let metrics = documented(page);
        assert_eq!(
            metrics.iter().collect::<Vec<_>>(),
            ["cloison_a", "cloison_b_seconds", "cloison_c_total"]
        );
        for known in ["cloison_a", "cloison_b_seconds_bucket", "cloison_b_seconds_count"] {
            assert!(is_among(known, &metrics), "{known}");
        }
        for unknown in ["cloison_c", "cloison_b_seconds_total", "cloison_d"] {
            assert!(!is_among(unknown, &metrics), "{unknown}");
        }
    }
}
