//! What a shadow run has found: for the rollout's row, for its events, and as its answer.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cloison_model::{
    ShadowFile, ShadowOf, ShadowRefusal, ShadowRun, TableSize, Touch, duration_in_words,
    size_in_words,
};
use serde_json::{Value, json};

use super::observe::Observed;

/// Of the reasons that are told in one sentence; all are in the report.
const REASONS_MAX: usize = 3;

/// One tenant that was copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Copied {
    pub(crate) subdomain: String,
    /// Of its database.
    pub(crate) bytes: u64,
    /// To copy it.
    pub(crate) took: Duration,
}

#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) runs: Vec<ShadowRun>,
    pub(crate) copies: Vec<Copied>,
    /// Of the largest tenants, those that matter.
    pub(crate) sizes: Vec<TableSize>,
    pub(crate) refusals: Vec<ShadowRefusal>,
    pub(crate) took: Duration,
    /// Of the schemas that the copies have come to.
    pub(crate) fingerprints: Vec<(ShadowOf, String)>,
    /// Names of servers that did not answer.
    unreachable: Vec<String>,
}

impl Findings {
    pub(super) fn new(unreachable: &[String]) -> Self {
        Self { unreachable: unreachable.to_vec(), ..Self::default() }
    }

    pub(super) fn observed(&mut self, observed: Observed) {
        let of = observed.run.of.clone();
        self.fingerprints.extend(observed.fingerprint.map(|it| (of, it)));
        self.runs.push(observed.run);
        self.refusals.extend(observed.failure.map(ShadowRefusal::Failed));
    }

    /// Why the release may not go on.
    pub(crate) fn refusal(&self) -> Option<String> {
        let reasons: Vec<_> =
            self.refusals.iter().take(REASONS_MAX).map(ToString::to_string).collect();
        match self.refusals.len().checked_sub(REASONS_MAX) {
            _ if reasons.is_empty() => None,
            None | Some(0) => Some(reasons.join(". Also: ")),
            Some(more) => Some(format!("{}. And {more} more", reasons.join(". Also: "))),
        }
    }

    /// Milliseconds and bytes; the words of refusals are for reading only.
    pub(crate) fn report(&self) -> Value {
        let mut files: BTreeMap<&str, Vec<(&ShadowOf, &ShadowFile)>> = BTreeMap::new();
        for run in &self.runs {
            for file in &run.files {
                files.entry(&file.file).or_default().push((&run.of, file));
            }
        }
        let files: Vec<_> = files.into_iter().map(|(name, runs)| of_file(name, &runs)).collect();
        let copies = self.copies.iter().map(|it| {
            json!({
                "subdomain": it.subdomain,
                "bytes": it.bytes,
                "copy_ms": milliseconds(it.took),
            })
        });
        let sizes = self
            .sizes
            .iter()
            .map(|it| json!({ "subdomain": it.subdomain, "table": it.table, "bytes": it.bytes }));
        let schemas = self
            .fingerprints
            .iter()
            .map(|(of, fingerprint)| json!({ "on": of.to_string(), "fingerprint": fingerprint }));
        json!({
            "files": files,
            "copies": copies.collect::<Vec<_>>(),
            "schemas": schemas.collect::<Vec<_>>(),
            "largest": sizes.collect::<Vec<_>>(),
            "unreachable_servers": self.unreachable,
            "refusals": self.refusals.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "took_ms": milliseconds(self.took),
        })
    }

    /// What an operator reads among the rollout's events.
    pub(crate) fn event(&self) -> String {
        let names: BTreeSet<_> =
            self.runs.iter().flat_map(|it| &it.files).map(|it| &it.file).collect();
        let files =
            if names.len() == 1 { "1 file".to_owned() } else { format!("{} files", names.len()) };
        let runs: Vec<_> = self.runs.iter().map(|it| self.of_run(it)).collect();
        let lock = match strongest(&self.runs) {
            None => "no table that was there is locked".to_owned(),
            Some(Touch { mode, table, held, .. }) if mode.stops_writes() => {
                format!("strongest lock {mode} on {table} for {}", duration_in_words(*held))
            }
            Some(Touch { mode, table, .. }) => format!("strongest lock {mode} on {table}"),
        };
        let mut parts = vec![format!("ran {files} on a copy {}", listed(&runs)), lock];
        let drifted = self.drifted();
        if !drifted.is_empty() {
            let names = drifted.join(", ");
            parts.push(format!("ends with another schema than the template: {names}"));
        }
        if !self.unreachable.is_empty() {
            let names = self.unreachable.join(", ");
            parts.push(format!("not looked at, since they do not answer: {names}"));
        }
        parts.join("; ")
    }

    /// Tenants whose copies have come to another schema than the template's. That refuses nothing: what
    /// has drifted before is not the release's doing.
    fn drifted(&self) -> Vec<String> {
        let template = self.fingerprints.iter().find(|it| it.0 == ShadowOf::Template);
        let Some((_, expected)) = template else { return Vec::new() };
        let others = self.fingerprints.iter().filter(|it| it.1 != *expected);
        others.map(|it| it.0.to_string()).collect()
    }

    fn of_run(&self, run: &ShadowRun) -> String {
        let took = duration_in_words(run.took());
        let copied = self.copies.iter().find(|it| run.of == ShadowOf::Tenant(it.subdomain.clone()));
        match copied {
            Some(it) => format!("of {} ({}, {took})", it.subdomain, size_in_words(it.bytes)),
            None => format!("of {} ({took})", run.of),
        }
    }
}

fn of_file(name: &str, runs: &[(&ShadowOf, &ShadowFile)]) -> Value {
    let ran = runs.iter().map(|(of, file)| {
        let locks = file.touches.iter().map(|it| {
            json!({
                "table": it.table,
                "mode": it.mode.to_string(),
                "held_ms": milliseconds(it.held),
                "is_rewritten": it.is_rewritten,
                "table_bytes": it.bytes,
            })
        });
        let subdomain = match of {
            ShadowOf::Template => None,
            ShadowOf::Tenant(subdomain) => Some(subdomain),
        };
        json!({
            "on": of.to_string(),
            "subdomain": subdomain,
            "ms": milliseconds(file.took),
            "tables": locks.collect::<Vec<_>>(),
        })
    });
    json!({ "file": name, "runs": ran.collect::<Vec<_>>() })
}

/// By mode, and then by time.
fn strongest(runs: &[ShadowRun]) -> Option<&Touch> {
    let touches = runs.iter().flat_map(|it| &it.files).flat_map(|it| &it.touches);
    touches.max_by_key(|it| (it.mode, it.held))
}

fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// With one digit after the point.
fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 10_000.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use cloison_model::LockMode;

    use super::*;

    #[test]
    fn an_event_says_where_it_ran_and_what_it_locks() {
        let run = |of, milliseconds, touches| ShadowRun {
            of,
            files: vec![ShadowFile {
                file: "0002_more.sql".to_owned(),
                took: Duration::from_millis(milliseconds),
                touches,
            }],
        };
        let touch = Touch {
            table: "public.bookings".to_owned(),
            mode: LockMode::AccessExclusive,
            held: Duration::from_millis(3),
            is_rewritten: false,
            bytes: 1,
        };
        let lantern = ShadowOf::Tenant("lantern".to_owned());
        let findings = Findings {
            runs: vec![run(ShadowOf::Template, 12, Vec::new()), run(lantern, 310, vec![touch])],
            copies: vec![Copied {
                subdomain: "lantern".to_owned(),
                bytes: 84 << 20,
                took: Duration::from_secs(2),
            }],
            ..Findings::default()
        };
        assert_eq!(
            findings.event(),
            "ran 1 file on a copy of the template (12 ms) and of lantern (84 MB, 310 ms); strongest lock ACCESS EXCLUSIVE on public.bookings for 3 ms"
        );
        assert_eq!(findings.refusal(), None);
        let report = findings.report();
        assert_eq!(report["files"][0]["runs"][1]["ms"], 310.0);
        assert_eq!(report["files"][0]["runs"][1]["tables"][0]["mode"], "ACCESS EXCLUSIVE");
    }
}
