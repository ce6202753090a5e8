//! What was just done, said once on the next page, with the way back where there is one.
//!
//! It travels in a short-lived cookie and not in the address, so that a reload or a shared link
//! does not say it again. The cookie holds what to say, never words: whoever forges it for
//! themselves reads one of our sentences with their own names in it.

use crate::i18n::{Lang, Say};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cloison_pages::cookies;
use http::{HeaderMap, HeaderValue};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The cookie's name.
pub(crate) const COOKIE: &str = "__Host-cloison-done";
/// Long enough for a slow redirect, short enough not to surprise an hour later.
const MAX_AGE_SECONDS: i64 = 30;
/// A cookie larger than this is dropped by browsers, and not one of ours.
const BYTES_MAX: usize = 3000;

/// What was done. `when` is already in words, in the language in which it was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Done {
    Booked { id: Uuid, version: i32, title: String, when: String, back: String },
    Saved { title: String },
    Moved { id: Uuid, version: i32, title: String, when: String, to: Place, back: String },
    MovedBack { title: String, when: String },
    Confirmed { title: String },
    Cancelled { title: String },
    NotUndone,
    ClientSaved { name: String },
    ClientCreated { name: String },
    ClientErased,
}

/// Where a session was before it was moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) room: Uuid,
    pub(crate) starts_at: jiff::Timestamp,
    pub(crate) ends_at: jiff::Timestamp,
}

/// A sentence and the way back.
pub(crate) struct Toast {
    pub(crate) text: String,
    pub(crate) undo: Option<Undo>,
}

/// The form behind the undo button.
pub(crate) struct Undo {
    pub(crate) action: String,
    pub(crate) fields: Vec<(&'static str, String)>,
}

impl Done {
    pub(crate) fn cookie(&self) -> HeaderValue {
        let json = serde_json::to_vec(self).expect("plain data has a JSON form");
        cookies::set(COOKIE, &URL_SAFE_NO_PAD.encode(json), MAX_AGE_SECONDS)
    }

    pub(crate) fn from_headers(headers: &HeaderMap) -> Option<Self> {
        let value = cookies::get(headers, COOKIE).filter(|it| it.len() <= BYTES_MAX)?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(value).ok()?).ok()
    }

    pub(crate) fn toast(self, lang: Lang) -> Toast {
        match self {
            Self::Booked { id, version, title, when, back } => Toast {
                text: lang.t2("toast-booked", "title", title, "when", when),
                undo: Some(Undo {
                    action: format!("/sessions/{id}/cancel"),
                    fields: vec![
                        ("version", version.to_string()),
                        ("reason", lang.t("undo-reason")),
                        ("back", back),
                        ("undo", "1".to_owned()),
                    ],
                }),
            },
            Self::Moved { id, version, title, when, to, back } => Toast {
                text: lang.t2("toast-moved", "title", title, "when", when),
                undo: Some(Undo {
                    action: format!("/sessions/{id}/move"),
                    fields: vec![
                        ("version", version.to_string()),
                        ("room", to.room.to_string()),
                        ("starts_at", to.starts_at.to_string()),
                        ("ends_at", to.ends_at.to_string()),
                        ("back", back),
                    ],
                }),
            },
            Self::Saved { title } => Toast::plain(lang.t1("toast-saved", "title", title)),
            Self::MovedBack { title, when } => {
                Toast::plain(lang.t2("toast-moved-back", "title", title, "when", when))
            }
            Self::Confirmed { title } => Toast::plain(lang.t1("toast-confirmed", "title", title)),
            Self::Cancelled { title } => Toast::plain(lang.t1("toast-cancelled", "title", title)),
            Self::NotUndone => Toast::plain(lang.t("toast-not-undone")),
            Self::ClientSaved { name } => Toast::plain(lang.t1("client-saved", "name", name)),
            Self::ClientCreated { name } => Toast::plain(lang.t1("client-created", "name", name)),
            Self::ClientErased => Toast::plain(lang.t("client-erased-done")),
        }
    }
}

impl Toast {
    fn plain(text: String) -> Self {
        Self { text, undo: None }
    }
}
