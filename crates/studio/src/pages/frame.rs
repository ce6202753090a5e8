//! What every page needs: its language and theme, whose page it is, where it is, what was just done.

use super::toast::Toast;
use crate::i18n::{Arg, Lang, Say};
use cloison_pages::Theme;
use cloison_pages::preferences::ThemeChoice;

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
        self.theme.choices(|key| self.t(key))
    }

    pub(crate) fn in_calendar(&self) -> bool {
        self.section == Section::Calendar
    }

    pub(crate) fn in_clients(&self) -> bool {
        self.section == Section::Clients
    }
}
