//! What every page needs: its language and theme, who looks, where it is.

use cloison_pages::Theme;
use cloison_pages::preferences::{self, ThemeChoice};
use http::HeaderMap;

use crate::i18n::{Arg, Lang, Say};

/// The frame around a page; `p` in every template.
pub(crate) struct Frame {
    pub(crate) lang: Lang,
    pub(crate) theme: Theme,
    /// Who is signed in; empty on pages outside.
    pub(crate) person: String,
    /// The address of this page, to come back to.
    pub(crate) here: String,
    /// So many seconds after which a browser without script loads the page again; never, where somebody types.
    pub(crate) reload_seconds: Option<u16>,
}

/// What the browser asks for; English, if it asks for neither.
pub(crate) fn lang(headers: &HeaderMap) -> Lang {
    preferences::lang_of_browser(headers).unwrap_or(Lang::En)
}

impl Frame {
    /// Of a page outside.
    pub(crate) fn outside(headers: &HeaderMap, here: &str) -> Self {
        Self {
            lang: lang(headers),
            theme: preferences::theme(headers),
            person: String::new(),
            here: here.to_owned(),
            reload_seconds: None,
        }
    }

    pub(crate) fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    pub(crate) fn t1(&self, key: &str, name: &'static str, value: impl Arg) -> String {
        self.lang.t1(key, name, value)
    }

    pub(crate) fn themes(&self) -> [ThemeChoice; 3] {
        self.theme.choices(|key| self.t(key))
    }
}
