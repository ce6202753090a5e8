//! Numbers as a reader of each language writes them.

use crate::Lang;

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

/// With so many digits behind a comma or a point: `1 234,5`, `1,234.5`.
pub fn decimal(lang: Lang, value: f64, digits: usize) -> String {
    let text = format!("{:.digits$}", value.abs());
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), |it| grouped(lang, it));
    let is_zero = text.bytes().all(|it| matches!(it, b'0' | b'.'));
    let sign = if value < 0.0 && !is_zero { "-" } else { "" };
    let point = match lang {
        Lang::Fr => ',',
        Lang::En => '.',
    };
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}{point}{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(Lang::Fr, 1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(grouped(Lang::En, -1_234), "-1,234");
        assert_eq!(grouped(Lang::En, i64::MIN), "-9,223,372,036,854,775,808");
        assert_eq!(grouped(Lang::Fr, 0), "0");
    }

    #[test]
    fn decimals_are_written_as_the_language_does() {
        assert_eq!(decimal(Lang::Fr, 1234.56, 1), "1\u{202f}234,6");
        assert_eq!(decimal(Lang::En, 1234.56, 2), "1,234.56");
        assert_eq!(decimal(Lang::En, 999.96, 1), "1,000.0");
        assert_eq!(decimal(Lang::En, -0.04, 1), "0.0");
        assert_eq!(decimal(Lang::En, 7.4, 0), "7");
    }
}
