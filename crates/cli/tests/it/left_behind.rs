//! A migration that breaks in one studio: the rest goes on or waits, and that one is tried again.

use serde_json::json;

use crate::fleet::{Fleet, STRICT, STRICT_DOWN};
use crate::http::eventually;
use crate::output::json;
use crate::up::Up;

/// As an operator mends the data.
async fn rename(fleet: &Fleet, name: &str) {
    let shown = json(&fleet.up.run(&["tenants", "show", "demo", "--json"]));
    let database = shown["database"].as_str().unwrap();
    let client = Up::superuser(&fleet.up.server_home(), database).await;
    client.execute("update studio_settings set name = $1", &[&name]).await.unwrap();
}

const QUARANTINED: &str = "\
demo is quarantined at version 8 (23514)
  migration 9 (strict) failed in line 3: check constraint \"not_the_demo\" of relation \"studio_settings\" is violated by some row (23514); the database stays at version 8
  statement: alter table studio_settings add constraint not_the_demo check (name <> 'Studio Marée')
  once it is mended: cloison migrations retry --tenant demo
";

#[tokio::test]
async fn it_halts_goes_on_once_the_data_is_mended_and_comes_back_with_a_down_file_only() {
    let fleet = Fleet::start();
    fleet.put(STRICT);
    let (halted, said) =
        fleet.failed(&["rollout", "--canary", "demo", "--max-failures", "0", "--skip-shadow"]);
    assert_eq!(
        halted,
        format!(
            "\
Rollout 1: version 8 to 9, halted
  canaries  [########################] 0 of 1, 1 failed
  to 1 %    [........................] 0 of 1
  0 of 2 tenants done, 1 failed
  1 tenant has failed, more than 0

{QUARANTINED}
go on:   cloison migrations resume 1 --max-failures 1
end it:  cloison migrations cancel 1
"
        )
    );
    assert!(said.contains("\ncanaries: 0 done, 1 failed\n"), "{said}");

    let status = fleet.told(&["status"]);
    assert!(status.starts_with("2 tenants, 0 behind, 1 quarantined; "), "{status}");
    assert!(status.contains("\ngo on with: cloison migrations resume 1\n"), "{status}");
    assert!(status.ends_with(QUARANTINED), "{status}");
    let status = json(&fleet.run(&["status", "--json"]));
    let (live, quarantine) = (&status["rollout"], &status["quarantines"][0]);
    assert_eq!((&live["stage"], &live["paused"]["by"]), (&json!("HALTED"), &json!("cloison")));
    assert_eq!(live["waves"][0]["failed"], 1);
    for (field, value) in [
        ("subdomain", json!("demo")),
        ("rollout", json!(1)),
        ("version", json!(9)),
        ("name", json!("strict")),
        ("sqlstate", json!("23514")),
        ("at_version", json!(8)),
    ] {
        assert_eq!(quarantine[field], value, "{field}");
    }

    // As long as nothing is mended, nothing is better.
    let (again, _) = fleet.failed(&["retry", "--tenant", "demo"]);
    assert!(
        again.contains("\ndemo       failed  migration 9 (strict) failed in line 3"),
        "{again}"
    );
    let (_, refused) = fleet.failed(&["retry", "--tenant", "lantern"]);
    assert!(refused.starts_with("error: lantern is not quarantined, so there"), "{refused}");
    assert_eq!(refused.lines().count(), 3, "{refused}");
    let (both, _) = fleet.failed(&["retry", "--tenants", "demo,lantern"]);
    assert_eq!(both.lines().filter(|it| it.contains(" failed ")).count(), 2, "{both}");

    rename(&fleet, "Studio Marée haute").await;
    assert_eq!(
        json(&fleet.run(&["retry", "--tenant", "demo", "--json"]))["tenants"][0]["result"],
        "done"
    );
    fleet.told(&["resume"]);
    let ended = fleet.told(&["watch", "1"]);
    assert!(ended.starts_with("Rollout 1: version 8 to 9, done\n"), "{ended}");
    assert!(ended.ends_with("  2 of 2 tenants done\n"), "{ended}");

    let (_, refused) = fleet.failed(&["rollback", "--rollout", "1"]);
    assert_eq!(
        refused,
        "\
error: There is no way back from 0009_strict.sql: no down file takes it back.
  No tenant was touched.
  Write <version>_<name>.down.sql beside it and try again, or go on with a new file that undoes it.
"
    );
    // A way back that is written afterwards is as good.
    fleet.put(STRICT_DOWN);
    let back = fleet.told(&["rollback", "--rollout", "1", "--waves", "100%"]);
    assert!(back.starts_with("Rollout 2: takes back rollout 1, version 9 to 8, done\n"), "{back}");
    rename(&fleet, "Studio Marée").await;
}

#[tokio::test]
async fn within_the_limit_the_others_go_on_and_the_command_still_fails() {
    let fleet = Fleet::start();
    fleet.put(STRICT);
    let (done, _) = fleet.failed(&["rollout", "--canary", "lantern", "--skip-shadow"]);
    assert!(done.starts_with("Rollout 1: version 8 to 9, done\n"), "{done}");
    assert!(done.contains("\n  1 of 2 tenants done, 1 failed\n"), "{done}");
    assert!(done.ends_with(QUARANTINED), "{done}");
    let nothing = fleet.told(&["rollout"]);
    assert!(
        nothing.starts_with("Nothing to do: all tenants that are not quarantined"),
        "{nothing}"
    );
    fleet.put(("0010_more.sql", "-- phase: expand\nalter table rooms add column more text;\n"));
    let (_, refused) = fleet.failed(&["rollout", "--canary", "demo"]);
    assert!(refused.starts_with("error: demo is quarantined, so it cannot go first."), "{refused}");
    let show = json(&fleet.run(&["show", "1", "--json"]));
    assert_eq!(show["failures"][0]["subdomain"], "demo");
    rename(&fleet, "Studio Marée haute").await;
    assert!(fleet.told(&["retry", "--tenant", "demo"]).contains("\ndemo       done\n"));
    let status = fleet.told(&["status"]);
    assert!(status.starts_with("2 tenants, 0 behind, 0 quarantined; "), "{status}");
}

/// Its canary has a version that the fleet has not, and no way back.
#[tokio::test]
async fn whoever_was_ahead_of_a_cancelled_rollout_stays_there() {
    let fleet = Fleet::start();
    fleet.put(STRICT);
    let canaries = ["rollout", "--canary", "lantern,demo", "--max-failures", "0", "--skip-shadow"];
    fleet.failed(&canaries);
    let cancelled = fleet.told(&["cancel"]);
    assert!(cancelled.starts_with("Rollout 1: version 8 to 9, cancelled\n"), "{cancelled}");
    assert!(cancelled.ends_with("cloison migrations rollback --rollout 1\n"), "{cancelled}");
    // Whoever looks for tenants that are not where the fleet is has looked once more when this one has followed.
    let made = fleet.up.run(&["tenants", "create", "late", "--owner-email", "kim@example.com"]);
    assert!(made.status.success(), "{made:?}");
    let control = fleet.up.control();
    let catalog = control.catalog.client().await.unwrap();
    let set_back = "update tenants set schema_version = 7 from organizations \
        where organizations.id = organization_id and organizations.subdomain = 'late'";
    catalog.execute(set_back, &[]).await.unwrap();
    eventually("a tenant that is behind follows", async || {
        fleet.told(&["status"]).contains("\n8        2        1            0\n9        1 ")
    })
    .await;
    let of_lantern = json(&fleet.up.run(&["operations", "list", "--tenant", "lantern", "--json"]));
    let begun = of_lantern["items"].as_array().unwrap().iter();
    assert_eq!(begun.filter(|it| it["actor"] == "cloison").count(), 0, "{of_lantern}");
    let status = fleet.told(&["status"]);
    assert!(status.starts_with("3 tenants, 0 behind, 1 ahead, 1 quarantined; "), "{status}");
}
