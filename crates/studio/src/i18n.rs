//! French and English: which one a visitor reads, and the words themselves.
//!
//! Every word a person sees comes from `locales/<language>/*.ftl`, so that a translator needs no
//! Rust. Not here: the language of data (a client's name, a session's title), which is left as typed.

mod bundle;
pub mod dates;
pub mod money;
#[cfg(test)]
mod tests;

use fluent_bundle::{FluentArgs, FluentValue};
use std::fmt;

/// A language the studio speaks.
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

    /// The words behind `key`.
    pub fn t(self, key: &str) -> String {
        bundle::format(self, key, None)
    }

    /// The words behind `key`, with one thing put in.
    pub fn t1(self, key: &str, name: &'static str, value: impl Arg) -> String {
        self.t_with(key, [(name, value.fluent())])
    }

    /// The words behind `key`, with two things put in.
    pub fn t2(
        self,
        key: &str,
        a: &'static str,
        av: impl Arg,
        b: &'static str,
        bv: impl Arg,
    ) -> String {
        self.t_with(key, [(a, av.fluent()), (b, bv.fluent())])
    }

    /// The words behind `key`, with any number of things put in.
    pub fn t_with<'a>(
        self,
        key: &str,
        values: impl IntoIterator<Item = (&'static str, FluentValue<'a>)>,
    ) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(name, value);
        }
        bundle::format(self, key, Some(&args))
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// What may be put into a message.
pub trait Arg {
    /// The value as Fluent knows it.
    fn fluent(&self) -> FluentValue<'_>;
}

impl Arg for str {
    fn fluent(&self) -> FluentValue<'_> {
        FluentValue::from(self)
    }
}

impl Arg for String {
    fn fluent(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_str())
    }
}

impl<T: Arg + ?Sized> Arg for &T {
    fn fluent(&self) -> FluentValue<'_> {
        (**self).fluent()
    }
}

impl Arg for usize {
    fn fluent(&self) -> FluentValue<'_> {
        FluentValue::from(*self)
    }
}

impl Arg for i64 {
    fn fluent(&self) -> FluentValue<'_> {
        FluentValue::from(*self)
    }
}
