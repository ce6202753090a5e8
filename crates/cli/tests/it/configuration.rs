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

const BACKED_UP: &str = "[backups]\nstore = 'store'\nkeystore = 'keys'\n";

#[test]
fn where_backups_go_is_tried() {
    let folder = folder(&format!("{GOOD}{BACKED_UP}"));
    let checked = check(&folder, &[]);
    assert!(checked.status.success(), "{checked:?}");
    let text = words(&checked);
    assert!(text.contains("store for backups works: an object was written, read and deleted\n"));
    assert!(text.contains("keystore works: it is not there yet, and is made at the first start\n"));
    assert!(!folder.join("keys").exists(), "a check makes none");
    let left = fs::read_dir(folder.join("store/cloison-check")).unwrap().count();
    assert_eq!(left, 0, "nothing is left of what was tried");

    // A folder that is there and holds no keystore is one whose disk is not mounted.
    fs::create_dir(folder.join("keys")).unwrap();
    set_mode(&folder.join("keys"), 0o700);
    let checked = check(&folder, &["--json"]);
    assert!(!checked.status.success(), "{checked:?}");
    let json: Value = serde_json::from_slice(&checked.stdout).unwrap();
    let works = |it: usize| json["tried"][it]["works"].as_bool().unwrap();
    assert_eq!((works(0), works(1)), (true, false), "{json}");
    let found = json["tried"][1]["found"].as_str().unwrap();
    assert!(found.contains("holds no keystore"), "{found}");
}

#[test]
fn keys_lie_apart_from_what_they_open() {
    let folder = folder("");
    let inside = |name: &str| folder.join(name).display().to_string();
    fs::create_dir_all(folder.join("cluster")).unwrap();
    fs::write(folder.join("cluster/PG_VERSION"), "15").unwrap();
    std::os::unix::fs::symlink(folder.join("store"), folder.join("elsewhere")).unwrap();
    for (store, keystore, first) in [
        ("store", "store", "the keystore {keystore} and the store {store} lie in one another"),
        ("store", "store/keys", "the keystore {keystore} and the store {store} lie in one another"),
        ("keys/store", "keys", "the keystore {keystore} and the store {store} lie in one another"),
        ("store", "elsewhere/keys", "the keystore {keystore} and the store {store} lie in one"),
        ("store", "cluster/keys", "the keystore {keystore} lies with a database, in {cluster}"),
        ("cluster/base", "keys", "the store {store} lies in a data directory of PostgreSQL"),
        ("s", "run", "the keystore {keystore} lies with a database, in {run}"),
    ] {
        fs::create_dir_all(folder.join("store")).unwrap();
        let run = inside("run");
        let text = format!(
            "{GOOD}host = '{run}'\n[backups]\nstore = '{store}'\nkeystore = '{keystore}'\n"
        );
        fs::write(folder.join("c.toml"), text).unwrap();
        let refused = words(&check(&folder, &[]));
        let first = first
            .replace("{keystore}", &inside(keystore))
            .replace("{store}", &inside(store))
            .replace("{cluster}", &inside("cluster"))
            .replace("{run}", &run);
        let place = folder.join("c.toml").display().to_string();
        let line = if first.starts_with("the store") { 6 } else { 7 };
        assert!(refused.starts_with(&format!("error: {place}:{line}: {first}")), "{refused}");
        assert_eq!(refused.lines().count(), 3, "{refused}");
    }
}
