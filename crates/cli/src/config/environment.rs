//! The variables `CLOISON_*`, and the few of other programs that mean the same. Read once.

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
        Self(variables.filter(|(name, value)| is_known(name) && !value.is_empty()).collect())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// By our own name for it, or else by that of OpenTelemetry; and which it was.
    pub(super) fn find(&self, ours: &'static str) -> Option<(&'static str, &str)> {
        let theirs = OPEN_TELEMETRY.iter().filter(|it| it.0 == ours).map(|it| it.1);
        std::iter::once(ours).chain(theirs).find_map(|name| Some((name, self.get(name)?)))
    }
}

/// What every program that exports spans listens to.
const OPEN_TELEMETRY: [(&str, &str); 3] = [
    ("CLOISON_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"),
    ("CLOISON_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_HEADERS"),
    ("CLOISON_OTLP_SERVICE_NAME", "OTEL_SERVICE_NAME"),
];

fn is_known(name: &str) -> bool {
    name.starts_with("CLOISON_") || OPEN_TELEMETRY.iter().any(|it| it.1 == name)
}
