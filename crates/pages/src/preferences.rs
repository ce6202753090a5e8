//! The language and the theme that a person has chosen. They live in cookies, so that also the
//! page for signing in has them.

use crate::{Fields, Lang, cookies};
use http::{HeaderMap, HeaderValue, header};

const LANG_COOKIE: &str = "__Host-cloison-lang";
const THEME_COOKIE: &str = "__Host-cloison-theme";
const YEAR_SECONDS: i64 = 365 * 24 * 3600;

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Whatever the person's system says.
    System,
    Light,
    Dark,
}

/// A button of the theme switch; its label is the application's.
pub struct ThemeChoice {
    pub value: &'static str,
    pub label: String,
    pub icon: &'static str,
    pub chosen: bool,
}

impl Theme {
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "system" => Some(Self::System),
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }

    pub fn value(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// For `data-theme`, written by the server so that no page flashes in the wrong one.
    pub fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light | Self::Dark => Some(self.value()),
        }
    }

    /// All of them, this one chosen. `label` says the words behind a key.
    pub fn choices(self, label: impl Fn(&str) -> String) -> [ThemeChoice; 3] {
        [
            (Self::System, "theme-system", "monitor"),
            (Self::Light, "theme-light", "sun"),
            (Self::Dark, "theme-dark", "moon"),
        ]
        .map(|(theme, key, icon)| ThemeChoice {
            value: theme.value(),
            label: label(key),
            icon,
            chosen: theme == self,
        })
    }
}

/// The language chosen in this browser.
pub fn lang_chosen(headers: &HeaderMap) -> Option<Lang> {
    cookies::get(headers, LANG_COOKIE).and_then(Lang::parse)
}

/// The language chosen in this browser, else the one that the browser asks for.
pub fn lang_of_browser(headers: &HeaderMap) -> Option<Lang> {
    let asked = || Lang::from_accept_language(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?);
    lang_chosen(headers).or_else(asked)
}

pub fn theme(headers: &HeaderMap) -> Theme {
    cookies::get(headers, THEME_COOKIE).and_then(Theme::parse).unwrap_or(Theme::System)
}

/// What a form of preferences has chosen, and the cookies that remember it.
pub fn chosen(fields: &Fields) -> (Option<Lang>, Vec<HeaderValue>) {
    let (theme, lang) = (Theme::parse(fields.get("theme")), Lang::parse(fields.get("locale")));
    let theme = theme.map(|it| cookies::set(THEME_COOKIE, it.value(), YEAR_SECONDS));
    let cookie = lang.map(|it| cookies::set(LANG_COOKIE, it.tag(), YEAR_SECONDS));
    (lang, theme.into_iter().chain(cookie).collect())
}
