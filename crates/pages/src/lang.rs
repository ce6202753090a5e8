//! French and English: which one a visitor reads.

use std::fmt;

/// A language that our pages speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// French, the first language of the product.
    Fr,
    /// English.
    En,
}

impl Lang {
    /// Both languages, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// Reads a language tag such as `fr`, `fr-CA` or `en_GB`.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag).trim();
        if primary.eq_ignore_ascii_case("fr") {
            Some(Self::Fr)
        } else if primary.eq_ignore_ascii_case("en") {
            Some(Self::En)
        } else {
            None
        }
    }

    /// The first language that an `Accept-Language` header prefers and we speak.
    pub fn from_accept_language(header: &str) -> Option<Self> {
        /// A browser sends a handful; more is not a browser.
        const RANGES_MAX: usize = 20;

        let mut best: Option<(f32, Self)> = None;
        for range in header.split(',').take(RANGES_MAX) {
            let mut parts = range.split(';');
            let Some(lang) = parts.next().and_then(Self::parse) else { continue };
            let quality = parts
                .find_map(|it| it.trim().strip_prefix("q="))
                .map_or(1.0, |it| it.parse::<f32>().unwrap_or(0.0));
            if quality > best.map_or(0.0, |(quality, _)| quality) {
                best = Some((quality, lang));
            }
        }
        best.map(|(_, lang)| lang)
    }

    /// The tag for `lang` attributes, cookies and the `users.locale` column.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// What it is called by those who speak it; the same whatever the page is in.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Fr => "Français",
            Self::En => "English",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_wish_is_understood() {
        for (header, lang) in [
            ("fr-FR,fr;q=0.9,en;q=0.8", Some(Lang::Fr)),
            ("en;q=0.8, fr;q=0.9", Some(Lang::Fr)),
            ("de, en-GB;q=0.7", Some(Lang::En)),
            ("fr;q=0, en;q=0.1", Some(Lang::En)),
            ("de", None),
            ("*", None),
            ("", None),
            (";;q=x,,", None),
        ] {
            assert_eq!(Lang::from_accept_language(header), lang, "{header}");
        }
    }
}
