//! The variables `CLOISON_*`, read once.

use std::collections::BTreeMap;
use std::env;

/// An empty variable counts as one that is not set.
#[derive(Default)]
pub(crate) struct Environment(BTreeMap<String, String>);

impl Environment {
    /// A variable that is not text is none of ours.
    pub(crate) fn read() -> Self {
        Self::of(env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        }))
    }

    pub(super) fn of(variables: impl Iterator<Item = (String, String)>) -> Self {
        Self(
            variables
                .filter(|(name, value)| name.starts_with("CLOISON_") && !value.is_empty())
                .collect(),
        )
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}
