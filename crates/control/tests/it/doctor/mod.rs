//! The doctor: each check is planted on real servers, stores and keystores, found, and gone once it was mended.

mod ground;
mod plants;
mod silence;

use cloison_control::doctor::{Check, Finding};

use self::ground::{Ground, Mend};
use self::plants::{Plant, plant};

/// `check subject: what`, a line each.
fn words(findings: &[Finding]) -> String {
    let line = |it: &Finding| format!("{} {}: {}", it.check.as_str(), it.subject, it.what);
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn each_check_is_planted_and_found_and_gone_once_mended() {
    let mut ground = Box::pin(Ground::new()).await;
    let mut wrong = Vec::new();
    for check in Check::ALL {
        let name = check.as_str();
        let Plant { steps, later, with, mend } = plant(*check);
        ground.run(steps).await;
        let found = ground.look(later, false).await;
        let mut checks: Vec<Check> = found.iter().map(|it| it.check).collect();
        // Whoever looks from another time sees that, too.
        checks.retain(|it| *it == *check || !(later.is_positive() && *it == Check::ClockSkew));
        checks.dedup();
        let mut expected = vec![*check];
        expected.extend(with);
        expected.sort_by_key(|it| (it.severity(), *it));
        if checks != expected {
            wrong.push(format!("{name} was planted, and this was found:\n{}", words(&found)));
        }
        for it in found.iter().filter(|it| it.check == *check) {
            assert!(!it.fixed && it.mend.is_some() && !it.subject.is_empty(), "{name}: {it:?}");
        }

        if let Mend::Fix(_) = mend {
            assert!(check.is_fixable(), "{name}");
            let before = ground.fixes().await;
            let fixed = ground.look(later, true).await;
            assert!(fixed.iter().all(|it| it.fixed && it.mend.is_none()), "{name}: {fixed:?}");
            let after = ground.fixes().await;
            assert!(after > before, "{name}: it is written down");
            assert_eq!(words(&ground.look(later, true).await), "", "{name}: the second time");
            assert_eq!(ground.fixes().await, after, "{name}: the second time");
        }
        ground.mend(mend).await;
        assert_eq!(words(&ground.look_now().await), "", "{name} was mended, and this was found");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
