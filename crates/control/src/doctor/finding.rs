//! One thing that is not as it should be, and what of many of them is told.

use std::collections::BTreeMap;

use super::check::Check;

/// What is told of one check at most; the rest is counted, and shows once these are dealt with.
pub(super) const PER_CHECK_MAX: usize = 100;
/// Names of those that share one finding.
const NAMES_MAX: usize = 5;
/// What sets right whatever is safe to set right.
const FIX: &str = "cloison doctor --fix";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub check: Check,
    /// A tenant's subdomain, a server's name, or what else it is about.
    pub subject: String,
    /// What is wrong, fit for an operator.
    pub what: String,
    /// What to type or to do; nothing if it was fixed.
    pub mend: Option<String>,
    pub fixed: bool,
}

impl Finding {
    /// One that `--fix` mends, or that [`Self::mend`] says how to.
    pub(crate) fn new(check: Check, subject: &str, what: impl Into<String>) -> Self {
        Self {
            check,
            subject: subject.to_owned(),
            what: what.into(),
            mend: check.is_fixable().then(|| FIX.to_owned()),
            fixed: false,
        }
    }

    #[must_use]
    pub(crate) fn mend(self, mend: impl Into<String>) -> Self {
        Self { mend: Some(mend.into()), ..self }
    }

    /// Whether this very call has set it right.
    #[must_use]
    pub(crate) fn fixed(self, fixed: bool) -> Self {
        Self { fixed, mend: self.mend.filter(|_| !fixed), ..self }
    }
}

/// How many tenants were looked at, and what was found, the most urgent first.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub tenants: usize,
    pub findings: Vec<Finding>,
    /// Of each check, how many there are beside those that are told. Those that were fixed are in the audit log, all of them.
    pub more: Vec<(Check, usize)>,
}

impl Report {
    /// In order, and bounded: a thousand tenants with the same trouble are not a thousand lines.
    pub(super) fn of(tenants: usize, mut findings: Vec<Finding>) -> Self {
        // Stable: of one check, the order in which they were found.
        findings.sort_by_key(|it| (it.check.severity(), it.check));
        let mut seen: BTreeMap<(Check, bool), usize> = BTreeMap::new();
        findings.retain(|it| {
            let seen = seen.entry((it.check, it.fixed)).or_default();
            *seen += 1;
            *seen <= PER_CHECK_MAX
        });
        let more = seen.into_iter().filter(|((_, fixed), seen)| !fixed && *seen > PER_CHECK_MAX);
        let more = more.map(|((check, _), seen)| (check, seen - PER_CHECK_MAX)).collect();
        Self { tenants, findings, more }
    }
}

/// `1 tenant has` or `3 tenants have`.
pub(super) fn tenants_have(count: usize) -> String {
    if count == 1 { "1 tenant has".to_owned() } else { format!("{count} tenants have") }
}

/// The first names, and how many are left.
pub(super) fn listed(names: &[impl AsRef<str>], count: usize) -> String {
    let shown: Vec<&str> = names.iter().take(NAMES_MAX).map(AsRef::as_ref).collect();
    let left = count.saturating_sub(shown.len());
    let shown = shown.join(", ");
    if left > 0 { format!("{shown} and {left} more") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_urgent_come_first_and_many_are_counted() {
        let of = |check, subject: usize| Finding::new(check, &subject.to_string(), "it is so");
        let mut findings = vec![of(Check::DrillStale, 0)];
        findings.extend((0..1_000).map(|it| of(Check::DatabaseMissing, it)));
        let report = Report::of(7, findings);
        assert_eq!(report.findings.len(), PER_CHECK_MAX + 1);
        assert_eq!(report.findings[0].subject, "0");
        assert_eq!(report.findings[0].check, Check::DatabaseMissing);
        assert_eq!(report.findings[PER_CHECK_MAX].check, Check::DrillStale);
        assert_eq!(report.more, [(Check::DatabaseMissing, 900)]);
    }

    #[test]
    fn what_is_fixed_needs_no_mending() {
        let open = Finding::new(Check::ConnectOpen, "blue", "PUBLIC may connect");
        assert_eq!(open.mend.as_deref(), Some("cloison doctor --fix"));
        assert_eq!(open.fixed(true).mend, None);
    }

    #[test]
    fn names_are_bounded() {
        assert_eq!(listed(&["a", "b"], 2), "a, b");
        assert_eq!(listed(&["a", "b", "c", "d", "e", "f"], 1_000), "a, b, c, d, e and 995 more");
    }
}
