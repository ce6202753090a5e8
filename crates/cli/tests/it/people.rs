//! People and tokens on the command line.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Output, Stdio};

use crate::http::PASSWORD;
use crate::output::{json, stderr, stdout};
use crate::up::{SHARED, Up, cloison, fresh_data_dir};

/// Runs a command with these lines on its standard input.
fn run(data_dir: &Path, arguments: &[&str], lines: &[&str]) -> Output {
    let mut child = cloison(data_dir)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let text: String = lines.iter().flat_map(|it| [it, "\n"]).collect();
    // A command that complains at once reads nothing.
    drop(child.stdin.take().unwrap().write_all(text.as_bytes()));
    child.wait_with_output().unwrap()
}

/// Invites somebody, chooses their password, and signs them in from a folder of their own.
fn hire(up: &Up, email: &str, role: &str) -> std::path::PathBuf {
    let made = json(&up.run(&["users", "create", email, "--role", role, "--json"]));
    let invitation = made["invitation"].as_str().unwrap();
    let (home, url) = (fresh_data_dir(), up.url("console.localhost"));
    let chosen = run(
        &home,
        &["--url", &url, "me", "password", "--invitation", "--password-stdin"],
        &[invitation, PASSWORD],
    );
    assert!(chosen.status.success(), "{chosen:?}");
    let arguments = ["--url", &url, "login", "--email", email, "--password-stdin"];
    let said = stdout(&run(&home, &arguments, &[PASSWORD]));
    assert!(said.starts_with(&format!("Signed in as {email} ({role}) until ")), "{said}");
    home
}

#[test]
fn from_an_invitation_to_the_first_command() {
    let up = &*SHARED;
    let home = hire(up, "lou@example.com", "support");
    let profile = home.join("profile.toml");
    assert_eq!(profile.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let me = json(&run(&home, &["me", "--json"], &[]));
    assert_eq!(
        (&me["user"]["email"], &me["token_kind"]),
        (&"lou@example.com".into(), &"sign_in".into())
    );

    let refused = stderr(&run(&home, &["doctor", "--fix"], &[]));
    assert_eq!(refused, "error: The role support does not allow doctor.fix. Ask an owner.\n");
    assert!(stdout(&run(&home, &["tenants", "list"], &[])).contains("demo"));

    for (arguments, word) in [
        (["users", "set-role", "lou@example.com", "auditor"].as_slice(), "auditor"),
        (["users", "disable", "lou@example.com"].as_slice(), "disabled"),
    ] {
        assert!(stdout(&up.run(arguments)).contains(word));
    }
    assert!(stdout(&up.run(&["users", "list"])).contains("lou@example.com"));
    assert!(stderr(&run(&home, &["me"], &[])).contains("sign in with: cloison login"));
    assert!(stdout(&up.run(&["users", "enable", "lou@example.com"])).contains("active"));
    assert!(run(&home, &["me"], &[]).status.success());
}

#[test]
fn a_wrong_password_is_one_line_and_leaves_the_profile_alone() {
    let up = &*SHARED;
    let home = hire(up, "max@example.com", "operator");
    let before = std::fs::read_to_string(home.join("profile.toml")).unwrap();
    let arguments = ["login", "--email", "max@example.com", "--password-stdin"];
    let said = stderr(&run(&home, &arguments, &["not the password"]));
    assert_eq!(said, "error: The e-mail or the password is wrong, or the user is disabled.\n");
    assert_eq!(std::fs::read_to_string(home.join("profile.toml")).unwrap(), before);

    let said = stderr(&run(&home, &["login", "--email", "max@example.com"], &[PASSWORD]));
    assert!(said.contains("--password-stdin"), "{said}");
    let said = stderr(&run(&home, &arguments, &[]));
    assert!(said.starts_with("error: no password was given\n"), "{said}");
}

#[test]
fn a_password_is_changed_with_the_one_before() {
    let up = &*SHARED;
    let home = hire(up, "noa@example.com", "auditor");
    let arguments = ["me", "password", "--password-stdin"];
    let short = stderr(&run(&home, &arguments, &[PASSWORD, "short"]));
    assert!(short.contains("at least 12 characters"), "{short}");
    let wrong = stderr(&run(&home, &arguments, &["wrong", "another long password"]));
    assert_eq!(wrong, "error: The current password is wrong.\n");
    stdout(&run(&home, &arguments, &[PASSWORD, "another long password"]));
    let login = ["login", "--email", "noa@example.com", "--password-stdin"];
    stdout(&run(&home, &login, &["another long password"]));
}

#[test]
fn a_second_factor_is_asked_for_once_it_is_confirmed() {
    let up = &*SHARED;
    let home = hire(up, "ola@example.com", "operator");
    let begun = run(&home, &["me", "totp", "begin", "--password-stdin", "--json"], &[PASSWORD]);
    let url = json(&begun)["url"].as_str().unwrap().to_owned();
    let totp = totp_rs::Totp::from_url(url).unwrap();
    let code = |steps_ahead: i64| {
        let second = jiff::Timestamp::now().as_second() + 30 * steps_ahead;
        totp.generate(second.try_into().unwrap()).to_string()
    };
    // The code of now, so that the next one is left for the sign-in; both are good if the period ends meanwhile.
    let confirm = ["me", "totp", "confirm", "--password-stdin"];
    stdout(&run(&home, &confirm, &[&code(0)]));
    let login = ["login", "--email", "ola@example.com", "--password-stdin"];
    let without = stderr(&run(&home, &login, &[PASSWORD]));
    assert!(without.starts_with("error: no one-time code was given\n"), "{without}");
    stdout(&run(&home, &login, &[PASSWORD, &code(1)]));
    stdout(&run(&home, &["me", "totp", "end", "--password-stdin"], &[PASSWORD]));
    stdout(&run(&home, &login, &[PASSWORD]));
}

#[test]
fn a_token_is_shown_once_and_ends_when_told() {
    let up = &*SHARED;
    let made = json(&up.run(&["tokens", "create", "report", "--role", "auditor", "--json"]));
    let (id, secret) = (made["token"]["id"].as_str().unwrap(), made["secret"].as_str().unwrap());
    let listed = stdout(&up.run(&["tokens", "list"]));
    let line = listed.lines().find(|it| it.contains(id)).unwrap();
    assert!(line.contains("report") && line.contains("auditor"), "{line}");
    assert!(!listed.contains(secret));

    let me = |token: &str| cloison(&up.data_dir).args(["me"]).env("CLOISON_TOKEN", token).output();
    assert!(stdout(&me(secret).unwrap()).contains("restricted to what auditor may"));
    stdout(&up.run(&["tokens", "revoke", id]));
    assert!(stderr(&me(secret).unwrap()).contains("sign in with: cloison login"));
    assert!(stdout(&up.run(&["tokens", "list", "--all"])).contains("revoked"));
    let refused = stderr(&up.run(&["tokens", "create", "x", "--days", "9000"]));
    assert_eq!(refused, "error: A token is good for 1 to 365 days.\n");
}

#[test]
fn the_log_is_listed_and_verified() {
    let up = &*SHARED;
    let listed =
        stdout(&up.run(&["audit", "list", "--action", "tenant.create", "--subject", "demo"]));
    assert_eq!(listed.lines().count(), 2, "{listed}");
    assert!(listed.contains("cloison up --demo"), "{listed}");

    let report = json(&up.run(&["audit", "verify", "--json"]));
    assert_eq!(report["intact"], true);
    let head = report["head"].as_str().unwrap();
    assert!(stdout(&up.run(&["audit", "verify", "--expect", head])).contains("as it was written"));
    // A head that never was: the exit code is what a script notices.
    let beyond = format!("999999:{}", "0".repeat(64));
    let broken = up.run(&["audit", "verify", "--expect", &beyond]);
    assert_eq!(broken.status.code(), Some(1));
    let words = String::from_utf8(broken.stdout).unwrap();
    assert!(words.contains("row 999999, which was noted elsewhere, is not in the log"), "{words}");
}
