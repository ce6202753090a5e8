//! Lists by cursor: how many rows a page has, and where the next one begins.

use cloison_api::Page;
use serde::Deserialize;

/// Rows of one page.
pub(super) const PAGE: i64 = 100;

/// Where to go on, as the page before has said.
#[derive(Deserialize)]
pub(super) struct Cursor {
    pub(super) cursor: Option<String>,
}

/// What was asked for with [`PAGE`] as its limit. A full page has a next one, which may be empty.
pub(super) fn page<R, T, E>(
    rows: Vec<R>,
    cursor: impl Fn(&R) -> String,
    shown: impl FnMut(R) -> Result<T, E>,
) -> Result<Page<T>, E> {
    let full = i64::try_from(rows.len()).is_ok_and(|it| it == PAGE);
    let next = rows.last().filter(|_| full).map(cursor);
    let items = rows.into_iter().map(shown).collect::<Result<_, E>>()?;
    Ok(Page { items, next })
}
