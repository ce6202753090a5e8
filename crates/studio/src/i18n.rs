//! The studio's words, in French and English.
//!
//! Every word a person sees comes from `locales/<language>/*.ftl`. Not here: the language of data (a client's name, a
//! session's title), which is left as typed.

pub mod dates;
pub mod money;
#[cfg(test)]
mod tests;

use cloison_pages::{Sources, Words};
use fluent_bundle::FluentValue;

pub use cloison_pages::{Arg, Lang, Say};

/// The same names in both languages; a test compares the keys within.
const SOURCES_FR: Sources = &[
    ("calendar", include_str!("../locales/fr/calendar.ftl")),
    ("clients", include_str!("../locales/fr/clients.ftl")),
    ("dates", include_str!("../locales/fr/dates.ftl")),
    ("export", include_str!("../locales/fr/export.ftl")),
    ("frame", include_str!("../locales/fr/frame.ftl")),
    ("sessions", include_str!("../locales/fr/sessions.ftl")),
    ("sign-in", include_str!("../locales/fr/sign-in.ftl")),
];
/// See [`SOURCES_FR`].
const SOURCES_EN: Sources = &[
    ("calendar", include_str!("../locales/en/calendar.ftl")),
    ("clients", include_str!("../locales/en/clients.ftl")),
    ("dates", include_str!("../locales/en/dates.ftl")),
    ("export", include_str!("../locales/en/export.ftl")),
    ("frame", include_str!("../locales/en/frame.ftl")),
    ("sessions", include_str!("../locales/en/sessions.ftl")),
    ("sign-in", include_str!("../locales/en/sign-in.ftl")),
];

static WORDS: Words =
    Words::new(|| Words::bundle(Lang::Fr, SOURCES_FR), || Words::bundle(Lang::En, SOURCES_EN));

/// The application whose words these are.
pub struct Studio;

impl Say<Studio> for Lang {
    fn t_with<'a>(
        self,
        key: &str,
        values: impl IntoIterator<Item = (&'static str, FluentValue<'a>)>,
    ) -> String {
        WORDS.say(self, key, values)
    }
}
