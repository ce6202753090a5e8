//! The runbook: a page for each alert, an alert for each page, and an index of all.

use std::collections::BTreeSet;
use std::path::Path;

use super::rules::Rules;
use super::{File, RUNBOOK};
use crate::tidy::Finding;

const INDEX: &str = "README";

pub(super) fn check(rules: &Rules, pages: &[File]) -> Vec<Finding> {
    let alerts: BTreeSet<&str> = rules.alerts().collect();
    let name = |page: &File| page.path.file_stem().map(|it| it.to_string_lossy().into_owned());
    let names: BTreeSet<String> = pages.iter().filter_map(name).collect();
    let index = pages.iter().find(|it| name(it).as_deref() == Some(INDEX));
    let index_text = index.map_or("", |it| it.text.as_str());

    let path = |name: &str| Path::new(RUNBOOK).join(name).with_extension("md");
    let mut findings = Vec::new();
    for alert in &alerts {
        if !names.contains(*alert) {
            findings.push(Finding::new(&path(alert), 0, "the alert has no page"));
        }
        if !index_text.contains(&format!("({alert}.md)")) {
            findings.push(Finding::new(&path(INDEX), 0, format!("{alert} is not in the index")));
        }
    }
    for page in names.iter().filter(|it| *it != INDEX && !alerts.contains(it.as_str())) {
        findings.push(Finding::new(&path(page), 0, "no alert leads to this page"));
    }
    findings
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::check;
    use crate::monitoring::File;
    use crate::monitoring::rules::Rules;

    #[test]
    fn pages_and_alerts_belong_together() {
        let rules =
            "groups: [{ name: a, rules: [{ alert: A, expr: '1' }, { alert: B, expr: '1' }] }]";
        let rules = Rules::read(Path::new("r.yml"), rules).unwrap();
        let page = |name: &str, text: &str| File {
            path: PathBuf::from(format!("docs/runbook/{name}.md")),
            text: text.to_owned(),
        };
        let whole = [page("README", "[A](A.md) [B](B.md)"), page("A", ""), page("B", "")];
        assert_eq!(check(&rules, &whole), []);
        let findings = check(&rules, &[page("README", "[A](A.md)"), page("A", ""), page("C", "")]);
        assert_eq!(
            findings.iter().map(ToString::to_string).collect::<Vec<_>>(),
            [
                "docs/runbook/B.md: the alert has no page",
                "docs/runbook/README.md: B is not in the index",
                "docs/runbook/C.md: no alert leads to this page",
            ]
        );
    }
}
