//! Amounts as a reader of each language writes them.
//!
//! Amounts are whole cents; there is no floating point on the way to a page.

use super::Lang;
use cloison_pages::numbers::grouped;

/// `1 234,50 €` in French, `€1,234.50` in English.
pub fn euros(lang: Lang, cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let whole = grouped(lang, i64::try_from(cents.unsigned_abs() / 100).unwrap_or(i64::MAX));
    let rest = cents.unsigned_abs() % 100;
    match lang {
        Lang::Fr => format!("{sign}{whole},{rest:02}\u{202f}€"),
        Lang::En => format!("{sign}€{whole}.{rest:02}"),
    }
}
