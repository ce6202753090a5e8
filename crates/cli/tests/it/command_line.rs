//! The command line as an operator reads it.

use std::process::{Command, Output};

use serde_json::Value;

use crate::up::{SHARED, cloison, fresh_data_dir};

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

#[test]
fn tenants_are_listed_with_their_three_states() {
    let listed = SHARED.run(&["tenants", "list"]);
    assert!(listed.status.success(), "{listed:?}");
    let text = stdout(&listed);
    let heading = text.lines().next().unwrap();
    for column in ["SUBDOMAIN", "BILLING", "ACCESS", "INFRASTRUCTURE", "DATABASE"] {
        assert!(heading.contains(column), "{heading}");
    }
    assert!(
        text.lines()
            .any(|it| it.starts_with("demo ") && it.contains("READY") && it.contains("FULL")),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'), "no colour outside a terminal");
}

#[test]
fn json_is_one_object_and_nothing_else() {
    for arguments in [
        &["tenants", "list", "--json"][..],
        &["tenants", "show", "demo", "--json"],
        &["operations", "list", "--json"],
        &["doctor", "--json"],
        &["migrations", "status", "--json"],
        &["migrations", "list", "--json"],
        &["ai-credits", "top", "--json"],
        &["migrations", "rollout", "--json"],
        &["router", "top", "--once", "--interval", "100ms", "--json"],
    ] {
        let output = SHARED.run(arguments);
        assert!(output.status.success(), "{output:?}");
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(value.is_object(), "{arguments:?}");
        assert_eq!(stderr(&output), "");
    }
}

#[test]
fn a_refusal_is_one_line_on_stderr() {
    let taken = SHARED.run(&["tenants", "create", "demo", "--owner-email", "kim@example.com"]);
    assert!(!taken.status.success());
    assert_eq!(stdout(&taken), "");
    assert_eq!(
        stderr(&taken),
        "error: The subdomain 'demo' belongs to another tenant. Choose another.\n"
    );

    let missing = SHARED.run(&["tenants", "show", "nobody"]);
    assert!(!missing.status.success());
    assert_eq!(stderr(&missing), "error: There is no tenant 'nobody'.\n");
}

#[test]
fn where_nothing_runs_it_says_so_and_what_to_do() {
    let output = cloison(&fresh_data_dir()).args(["tenants", "list"]).output().unwrap();
    assert!(!output.status.success());
    let text = stderr(&output);
    assert!(text.starts_with("error: no profile in "), "{text}");
    assert!(text.contains("cloison up"), "{text}");

    let output = cloison(&fresh_data_dir())
        .args(["--url", "http://console.localhost:9", "--token", "x", "tenants", "list"])
        .output()
        .unwrap();
    let text = stderr(&output);
    assert!(text.starts_with("error: no answer from http://console.localhost:9\n"), "{text}");
    assert!(text.contains("cloison up"), "{text}");
}

#[test]
fn bash_takes_its_completions() {
    let folder = fresh_data_dir();
    let script = cloison(&folder).args(["completions", "bash"]).output().unwrap();
    assert!(script.status.success(), "{script:?}");
    let file = folder.join("completions");
    std::fs::write(&file, &script.stdout).unwrap();
    let read = Command::new("bash").arg("-n").arg(&file).output().unwrap();
    assert!(read.status.success() && read.stderr.is_empty(), "{read:?}");
    for shell in ["zsh", "fish"] {
        let script = cloison(&folder).args(["completions", shell]).output().unwrap();
        assert!(stdout(&script).contains("sign-in-link"), "{shell}");
    }
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let folder = fresh_data_dir().join("man1");
    let made = cloison(&folder).args(["man", "--dir"]).arg(&folder).output().unwrap();
    assert!(made.status.success(), "{made:?}");
    for page in ["cloison.1", "cloison-up.1", "cloison-tenants.1", "cloison-tenants-create.1"] {
        let text = std::fs::read_to_string(folder.join(page)).unwrap();
        assert!(text.contains(".TH "), "{page}");
    }
    let page = std::fs::read_to_string(folder.join("cloison-tenants-create.1")).unwrap();
    assert!(page.contains("cloison tenants create blue"), "{page}");
}

#[test]
fn secrets_are_in_nothing_that_is_printed() {
    let up = &*SHARED;
    let mut said = up.announced.clone();
    for arguments in [
        &["tenants", "list", "--json"][..],
        &["operations", "list", "--json"],
        &["doctor", "--json"],
        &["tenants", "list"],
    ] {
        let output = up.run(arguments);
        said.push_str(stdout(&output));
        said.push_str(stderr(&output));
    }
    for name in ["master.key", "control.password", "api.token"] {
        let secret = std::fs::read_to_string(up.data_dir.join("secrets").join(name)).unwrap();
        assert!(!said.contains(secret.trim()), "{name}");
    }
}
