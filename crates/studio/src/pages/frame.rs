//! What every page needs: its language and theme, whose page it is, where it is, what was just done.

use super::toast::Toast;
use crate::i18n::{Arg, Lang};

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    /// Whatever the person's system says.
    System,
    Light,
    Dark,
}

impl Theme {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "system" => Some(Self::System),
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }

    pub(crate) fn value(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// For `data-theme`, written by the server so that no page flashes in the wrong one.
    pub(crate) fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light | Self::Dark => Some(self.value()),
        }
    }
}

/// A button of the theme switch.
pub(crate) struct ThemeChoice {
    pub(crate) value: &'static str,
    pub(crate) label: String,
    pub(crate) icon: &'static str,
    pub(crate) chosen: bool,
}

/// Which entry of the main navigation is the present one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Calendar,
    Clients,
    /// Pages outside: signing in, apologies.
    None,
}

/// The frame around a page; `p` in every template.
pub(crate) struct Frame {
    pub(crate) lang: Lang,
    pub(crate) theme: Theme,
    /// The studio's name.
    pub(crate) studio: String,
    /// Who is signed in; empty on pages outside.
    pub(crate) person: String,
    pub(crate) section: Section,
    /// The address of this page, to come back to.
    pub(crate) here: String,
    pub(crate) toast: Option<Toast>,
    /// Said above the page, so that nobody types what cannot be saved.
    pub(crate) read_only: bool,
    /// Said instead: it is a copy of the studio as it was.
    pub(crate) is_copy: bool,
    /// Whether the menu leads to what is the owner's alone.
    pub(crate) is_owner: bool,
}

impl Frame {
    pub(crate) fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    pub(crate) fn t1(&self, key: &str, name: &'static str, value: impl Arg) -> String {
        self.lang.t1(key, name, value)
    }

    pub(crate) fn t2(
        &self,
        key: &str,
        a: &'static str,
        av: impl Arg,
        b: &'static str,
        bv: impl Arg,
    ) -> String {
        self.lang.t2(key, a, av, b, bv)
    }

    pub(crate) fn themes(&self) -> [ThemeChoice; 3] {
        [
            (Theme::System, "theme-system", "monitor"),
            (Theme::Light, "theme-light", "sun"),
            (Theme::Dark, "theme-dark", "moon"),
        ]
        .map(|(theme, key, icon)| ThemeChoice {
            value: theme.value(),
            label: self.t(key),
            icon,
            chosen: theme == self.theme,
        })
    }

    pub(crate) fn in_calendar(&self) -> bool {
        self.section == Section::Calendar
    }

    pub(crate) fn in_clients(&self) -> bool {
        self.section == Section::Clients
    }
}
