//! How AI credits look.

use cloison_api::AiCreditsFeature;
use insta::assert_snapshot;
use uuid::Uuid;

use super::*;

fn granted(n: u128, source: &str, remaining: i64, expires_at: Option<&str>) -> AiCreditsGrant {
    AiCreditsGrant {
        id: Uuid::from_u128(n),
        source: source.to_owned(),
        amount: 5_000,
        remaining,
        expires_at: expires_at.map(|it| it.parse().unwrap()),
        period: None,
        reason: if source == "PLAN" { String::new() } else { "invoice 2026-113".to_owned() },
        granted_by: "kim@example.com".to_owned(),
        granted_at: "2026-11-01T00:00:07Z".parse().unwrap(),
        ended: None,
    }
}

fn entry(number: i64, kind: &str, change: (i64, i64), after: (i64, i64)) -> AiCreditsEntry {
    AiCreditsEntry {
        number,
        at: "2026-11-29T09:12:44Z".parse().unwrap(),
        kind: kind.to_owned(),
        available_change: change.0,
        held_change: change.1,
        available_after: after.0,
        held_after: after.1,
        grant: None,
        reservation: Some(Uuid::from_u128(7)),
        actor: "kim@example.com".to_owned(),
    }
}

#[test]
fn a_tenant() {
    let credits = AiCredits {
        available: 6_200,
        held: 60,
        period: "2026-11".to_owned(),
        spent: 3_740,
        per_month: Some(5_000),
        features: vec![AiCreditsFeature {
            feature: "transcription".to_owned(),
            spent: 3_740,
            reservations: 41,
        }],
        grants: vec![
            granted(1, "PLAN", 1_200, Some("2026-12-01T00:00:00Z")),
            granted(2, "TOPUP", 5_000, None),
        ],
    };
    assert_snapshot!("a_tenant", text("blue", &credits));
    let none = AiCredits {
        available: 0,
        held: 0,
        spent: 0,
        per_month: None,
        features: Vec::new(),
        grants: Vec::new(),
        ..credits
    };
    assert_snapshot!("a_tenant_without_any", text("red", &none));
}

#[test]
fn a_ledger() {
    let entries = [
        entry(1_042, "SETTLE", (20, -60), (6_220, 0)),
        entry(1_041, "RESERVE", (-60, 60), (6_200, 60)),
    ];
    assert_snapshot!("a_ledger", text_of_ledger("blue", &entries, Some("1041")));
    assert_eq!(
        text_of_ledger("blue", &[], None),
        "Nothing of the kind is in the ledger of blue.\n"
    );
}

#[test]
fn who_spends_the_most() {
    let spender = |subdomain: &str, spent, per_month| AiCreditsSpender {
        subdomain: subdomain.to_owned(),
        plan: "standard".to_owned(),
        per_month,
        spent,
        available: 1_000,
        held: 0,
    };
    let mut report = AiCreditsReport {
        period: "2026-11".to_owned(),
        tenants_total: 1_204,
        tenants: vec![spender("lantern", 3_740, Some(1_000)), spender("demo", 0, None)],
    };
    assert_snapshot!("who_spends_the_most", text_of_top(&report));
    report.tenants.clear();
    assert_snapshot!("who_spends_nothing", text_of_top(&report));
}
