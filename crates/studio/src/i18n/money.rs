//! Numbers and amounts as a reader of each language writes them.
//!
//! Amounts are whole cents; there is no floating point on the way to a page.

use super::Lang;

/// Groups by three: `1 234` with narrow no-break spaces in French, `1,234` in English.
pub fn grouped(lang: Lang, value: i64) -> String {
    let separator = match lang {
        Lang::Fr => '\u{202f}',
        Lang::En => ',',
    };
    let digits = value.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        text.push('-');
    }
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

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
