//! `cloison migrations`: from a file in a folder to every tenant, and back.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::fleet::{Fleet, NOTE, NOTE_DOWN};
use crate::http::{client, fetch};
use crate::output::json;

#[tokio::test]
async fn a_file_goes_to_all_tenants_and_comes_back_by_its_down_file() {
    let fleet = Fleet::start();
    assert_eq!(
        fleet.told(&["status"]),
        "\
2 tenants, 0 behind, 0 quarantined; new ones are made at version 8

VERSION  TENANTS  QUARANTINED  UNDER WAY
8        2        0            0
"
    );
    assert_eq!(
        fleet.told(&["list"]),
        "No rollouts yet. Begin one with: cloison migrations rollout\n"
    );
    assert!(fleet.told(&["rollout"]).starts_with("Nothing to do: "));

    fleet.put(NOTE);
    fleet.put(NOTE_DOWN);
    let status = fleet.told(&["status"]);
    let pending = "Pending for the oldest tenant:\n  0009_note.sql\nbegin with: cloison migrations";
    assert!(status.contains(pending), "{status}");
    let status = json(&fleet.run(&["status", "--json"]));
    assert_eq!(status["release"]["pending"], json!(["0009_note.sql"]));
    assert_eq!((&status["version"], &status["release"]["version"]), (&json!(8), &json!(9)));
    let eight = json!([{ "version": 8, "tenants": 2, "quarantined": 0, "under_way": 0 }]);
    assert_eq!(status["versions"], eight);
    assert_eq!(status["quarantines"], json!([]));
    assert!(status.get("rollout").is_none());

    let output = fleet.run(&["rollout", "--canary", "demo", "--waves", "50%,100%"]);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].starts_with("Rollout 1: version 8 to 9, "), "{said}");
    let place = |line: &str| lines.iter().position(|it| *it == line);
    assert!(place("canaries: 1 done").unwrap() < place("to 50 %: 1 done").unwrap(), "{said}");
    assert!(!said.contains('\u{1b}'), "nothing is drawn where there is no terminal");
    let shown = fleet.told(&["show", "1"]);
    assert_eq!(
        shown,
        "\
Rollout 1: version 8 to 9, done
  canaries  [########################] 1 of 1
  to 50 %   [########################] 1 of 1
  2 of 2 tenants done
"
    );
    let list = fleet.told(&["list"]);
    assert!(list.contains("\n1        8     9   DONE   2     0 "), "{list}");

    let releases = fetch(&fleet.up, "/v1/releases").await;
    let newest = releases["items"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&newest["version"], &newest["name"], &newest["phase"], &newest["has_way_back"]),
        (&json!(9), &json!("note"), &json!("expand"), &json!(true))
    );
    assert!(newest["released_at"].is_string() && newest["checksum"].as_str().unwrap().len() == 64);

    // Without the file whoever is asked cannot tell what tenants have, and with another text neither.
    fleet.remove(NOTE_DOWN);
    fleet.put((NOTE.0, "-- phase: expand\nselect 1;\n"));
    let (_, refused) = fleet.failed(&["rollout"]);
    assert_eq!(
        refused,
        "\
error: 0009_note.sql was edited after it was released.
  Tenants that have had it would not be like those that get it now.
  Put its text back, and write the change into a new file.
"
    );
    let status = fleet.told(&["status"]);
    assert!(status.contains("\nNo rollout can begin. 0009_note.sql was edited"), "{status}");
    fleet.remove(NOTE);
    let (_, refused) = fleet.failed(&["rollout"]);
    assert!(
        refused.starts_with("error: The fleet is at version 9, and the process that"),
        "{refused}"
    );
    fleet.put(("0010_other.sql", "-- phase: expand\nselect 1;\n"));
    let (_, refused) = fleet.failed(&["rollout"]);
    assert!(refused.starts_with("error: 0009_note.sql was released, and is not"), "{refused}");
    fleet.remove(("0010_other.sql", ""));

    // The way back was taken along with the way there.
    let back = fleet.told(&["rollback", "--rollout", "1"]);
    assert!(back.starts_with("Rollout 2: takes back rollout 1, version 9 to 8, done\n"), "{back}");
    assert!(back.ends_with("  2 of 2 tenants done\n"), "{back}");
    let (_, refused) = fleet.failed(&["rollback", "--rollout", "2"]);
    assert!(refused.starts_with("error: Rollout 2 took nothing up that could be"), "{refused}");

    // Nobody has it any more, so it may be another one now.
    crate::http::eventually("outdated spares are dropped", async || {
        fleet.told(&["status"]).ends_with("0            0\n")
    })
    .await;
    fleet.put((NOTE.0, "-- phase: expand\nalter table rooms add column remark text;\n"));
    let again = fleet.told(&["rollout"]);
    assert!(again.starts_with("Rollout 3: version 8 to 9, done\n"), "{again}");
    let page = client().get(fleet.up.url("demo.localhost")).send().await.unwrap();
    assert_eq!(
        page.status(),
        303,
        "the studio is served at a version that its build does not know"
    );
}

#[tokio::test]
async fn what_must_not_go_out_is_refused_before_anybody_is_touched() {
    let fleet = Fleet::start();
    fleet.put(NOTE);
    let refused = |arguments: &[&str]| {
        let (said, error) = fleet.failed(&[&["rollout"], arguments].concat());
        assert_eq!(said, "");
        error
    };
    assert_eq!(
        refused(&["--canary", "nobody"]),
        "\
error: There is no tenant 'nobody' to go first.
  No tenant was touched.
  Their names: cloison tenants list
"
    );
    assert_eq!(
        refused(&["--to", "10"]),
        "\
error: There is no migration with version 10.
  No tenant was touched.
  See which are pending: cloison migrations status
"
    );
    assert!(refused(&["--per-server", "0"]).contains("`per_server` is 1 to 32 tenants at once"));

    // What takes away does not come in the same rollout as what is added.
    let contract = ("0010_drop.sql", "-- phase: contract\nalter table rooms drop column note;\n");
    fleet.put(contract);
    assert_eq!(
        refused(&[]),
        "\
error: 0010_drop.sql takes something away, and 2 of the tenants have not had all that comes before it.
  Whoever serves them may still need what it takes, so it comes in a rollout of its own.
  First go so far: cloison migrations rollout --to 9
"
    );
    fleet.remove(contract);

    let unsafe_file = "-- phase: expand\ndrop table rooms;\nalter table rooms rename to halls;\n";
    fleet.put(("0010_unsafe.sql", unsafe_file));
    let words = refused(&[]);
    let (findings, error) = words.split_once("error: ").unwrap();
    assert!(findings.starts_with("0010_unsafe.sql:2  ban-drop-table\n  "), "{words}");
    assert!(findings.contains("\n0010_unsafe.sql:3  renaming-table\n  "), "{words}");
    assert!(
        error.starts_with("The lint refuses 0010_unsafe.sql:2 (ban-drop-table) and"),
        "{words}"
    );
    assert_eq!(error.lines().count(), 3, "{words}");

    fleet.put(("0010_not_named.txt.sql", "select 1;"));
    assert!(refused(&[]).contains("'0010_not_named.txt.sql' is not named"), "{}", refused(&[]));
    let status: Value = json(&fleet.run(&["status", "--json"]));
    assert!(status["release_problem"].as_str().unwrap().contains("not_named.txt.sql"));
    assert_eq!(status["versions"][0]["version"], 8);
    assert!(fleet.told(&["list"]).starts_with("No rollouts yet"));
}

#[tokio::test]
async fn what_a_build_that_serves_does_not_know_to_be_gone_is_not_taken_away() {
    let fleet = Fleet::start();
    fleet.put(NOTE);
    fleet.told(&["rollout", "--skip-shadow"]);
    fleet.put(("0010_drop.sql", "-- phase: contract\nalter table rooms drop column note;\n"));
    let (_, words) = fleet.failed(&["rollout"]);
    let known = "error: 0010_drop.sql takes something away, and a build that does not know it still serves: ";
    assert!(words.starts_with(known), "{words}");
    assert!(words.contains(&format!("/{} up.\n", fleet.up.pid())), "{words}");
    assert_eq!(words.lines().count(), 3, "{words}");
    let page = client().get(fleet.up.url("demo.localhost")).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::SEE_OTHER);
}
