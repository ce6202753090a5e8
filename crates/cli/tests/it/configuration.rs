//! `cloison config check`: a mistake is explained, and no secret is shown.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;

use crate::up::{SHARED, cloison, fresh_data_dir};

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// A folder with a configuration and the secrets that it names, closed to others.
fn folder(text: &str) -> PathBuf {
    let folder = fresh_data_dir();
    for (name, text) in [("c.toml", text), ("key", KEY), ("password", "hunter2")] {
        let file = folder.join(name);
        fs::write(&file, text).unwrap();
        set_mode(&file, 0o600);
    }
    folder
}

fn set_mode(file: &Path, mode: u32) {
    fs::set_permissions(file, fs::Permissions::from_mode(mode)).unwrap();
}

fn check(folder: &Path, options: &[&str]) -> Output {
    let mut command = cloison(folder);
    command.args(["config", "check", "--config"]).arg(folder.join("c.toml")).args(options);
    command.output().unwrap()
}

fn words(output: &Output) -> String {
    String::from_utf8([&output.stdout[..], &output.stderr].concat()).unwrap()
}

const GOOD: &str = "master_key_file = 'key'\n[control]\npassword_file = 'password'\n";

#[test]
fn what_is_in_force_and_who_says_so() {
    let folder = folder(GOOD);
    let checked = check(&folder, &[]);
    assert!(checked.status.success(), "{checked:?}");
    let text = words(&checked);
    assert!(text.lines().any(|it| it.starts_with("web.port") && it.ends_with("default")), "{text}");
    assert!(text.lines().any(|it| it.ends_with("c.toml:3")), "{text}");

    let checked = check(&folder, &["--json"]);
    let json: Value = serde_json::from_slice(&checked.stdout).unwrap();
    assert!(json["settings"].as_array().unwrap().iter().any(|it| it["name"] == "control.port"));
    for secret in [KEY, "hunter2"] {
        assert!(!text.contains(secret) && !words(&checked).contains(secret));
    }
}

#[test]
fn secrets_that_others_can_read_are_refused() {
    for (text, name, line) in [
        (GOOD, "key", 1),
        (GOOD, "password", 3),
        ("master_key_file = 'key'\n[control]\npassword = 'hunter2'\n", "c.toml", 3),
    ] {
        let folder = folder(text);
        let file = folder.join(name);
        set_mode(&file, 0o640);
        let refused = words(&check(&folder, &[]));
        assert_eq!(
            refused,
            format!(
                "error: {}:{line}: others can read {} (mode 0640)\n  a secret in it is not one any more\n  close it with: chmod 600 {}\n",
                folder.join("c.toml").display(),
                file.display(),
                file.display()
            )
        );
        set_mode(&file, 0o400);
        assert!(check(&folder, &[]).status.success());
    }
}

#[test]
fn a_mistake_has_its_line_and_three_lines_of_words() {
    let folder = folder("[web]\nprot = 80\n");
    let refused = check(&folder, &[]);
    assert_eq!(refused.status.code(), Some(1));
    let place = folder.join("c.toml").display().to_string();
    assert!(words(&refused).starts_with(&format!("error: {place}:2: there is no setting 'prot'")));
    assert_eq!(words(&refused).lines().count(), 3);

    fs::write(folder.join("c.toml"), GOOD).unwrap();
    fs::write(folder.join("key"), "short").unwrap();
    let refused = words(&check(&folder, &[]));
    assert!(
        refused.starts_with(&format!("error: {place}:1: the master key is not 32 bytes in base64")),
        "{refused}"
    );
    assert!(!refused.contains("short"));
}

#[test]
fn the_one_that_up_writes_is_good() {
    let file = SHARED.data_dir.join("cloison.toml");
    let checked =
        cloison(&SHARED.data_dir).args(["config", "check", "--config"]).arg(file).output().unwrap();
    assert!(checked.status.success(), "{}", words(&checked));
    assert!(words(&checked).contains("secrets/master.key"));
}
