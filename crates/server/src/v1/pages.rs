//! Lists by cursor: how many rows a page has, and where the next one begins; and how long one without pages is.

use cloison_api::{Code, Page};
use serde::Deserialize;

use crate::error::ApiError;

/// Rows of one page.
pub(super) const PAGE: i64 = 100;

/// Of a list of the first tenants by some figure: what fits on a screen, and what somebody exports.
const TENANTS: i64 = 20;
const TENANTS_MAX: i64 = 1_000;

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

/// How many tenants a list without pages is to have.
pub(super) fn tenants_at_most(asked: Option<i64>) -> Result<i64, ApiError> {
    match asked.unwrap_or(TENANTS) {
        limit @ 1..=TENANTS_MAX => Ok(limit),
        _out_of_range => {
            let words = format!("`limit` is a number of tenants, 1 to {TENANTS_MAX}.");
            Err(ApiError::new(Code::InvalidField, words).of_field("limit", "range"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_an_end() {
        assert_eq!(tenants_at_most(None).unwrap(), 20);
        assert_eq!(tenants_at_most(Some(1_000)).unwrap(), 1_000);
        assert!(tenants_at_most(Some(0)).is_err() && tenants_at_most(Some(1_001)).is_err());
    }
}
