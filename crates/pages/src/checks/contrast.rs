//! Every pair of colours that text and its ground can be, in both themes, against WCAG 2.2 AA.

use crate::TOKENS_CSS;
use std::collections::HashMap;
use std::ops::Index;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colour([f64; 3]);

impl Colour {
    fn parse(hex: &str) -> Self {
        let hex = hex.trim().strip_prefix('#').expect("a colour begins with #");
        let channel = |at: usize| {
            let value = u8::from_str_radix(&hex[at..at + 2], 16).expect("it is hexadecimal");
            f64::from(value) / 255.0
        };
        Self([channel(0), channel(2), channel(4)])
    }

    /// As `color-mix(in srgb, self share, other)`.
    #[must_use]
    pub fn mixed(self, share: f64, other: Self) -> Self {
        Self(std::array::from_fn(|it| self.0[it] * share + other.0[it] * (1.0 - share)))
    }

    pub fn luminance(self) -> f64 {
        let linear = self
            .0
            .map(|it| if it <= 0.04045 { it / 12.92 } else { ((it + 0.055) / 1.055).powf(2.4) });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// The tokens of one theme, by their names.
pub struct Tokens(HashMap<String, Colour>);

impl Tokens {
    /// 0 is light, 1 is dark.
    pub fn of_theme(theme: usize) -> Self {
        let line = |line: &str| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
            let value = value.strip_suffix(");")?.split(", ").nth(theme)?;
            Some((name.to_owned(), Colour::parse(value)))
        };
        let tokens: HashMap<_, _> = TOKENS_CSS.lines().filter_map(line).collect();
        assert!(tokens.len() > 40, "the tokens were not read");
        Self(tokens)
    }
}

impl Index<&str> for Tokens {
    type Output = Colour;

    fn index(&self, name: &str) -> &Colour {
        self.0.get(name).unwrap_or_else(|| panic!("no token --{name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, ground: &str, least: f64) {
        for theme in [0, 1] {
            let tokens = Tokens::of_theme(theme);
            let ratio = tokens[text].contrast(tokens[ground]);
            assert!(ratio >= least, "{text} on {ground}, theme {theme}: {ratio:.2}");
        }
    }

    #[test]
    fn text_can_be_read() {
        for ground in ["surface", "sunken", "raised"] {
            for text in ["text", "muted", "accent", "accent-strong", "ok", "danger"] {
                check(text, ground, 4.5);
            }
        }
        for text in ["text", "muted", "accent", "danger"] {
            check(text, "accent-soft", 4.5);
        }
        for (text, ground) in [
            ("on-accent", "accent"),
            ("on-accent", "accent-strong"),
            ("surface", "text"),
            ("surface", "danger"),
            ("text", "danger-soft"),
            ("danger", "danger-soft"),
            ("text", "warn-soft"),
            ("text", "ok-soft"),
        ] {
            check(text, ground, 4.5);
        }
    }

    #[test]
    fn icons_borders_of_fields_and_focus_can_be_seen() {
        for ground in ["surface", "sunken", "raised"] {
            for mark in ["line-strong", "accent", "warn"] {
                check(mark, ground, 3.0);
            }
        }
        for (mark, ground) in [("ok", "ok-soft"), ("warn", "warn-soft"), ("danger", "danger-soft")]
        {
            check(mark, ground, 3.0);
        }
    }
}
