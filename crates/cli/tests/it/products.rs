//! Tenants of another program than the studio: its migrations come from a folder, its pages from elsewhere.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;

use reqwest::StatusCode;

use crate::http::client;
use crate::up::{Up, cloison, fresh_data_dir};

const NOTES: &str = "\
-- phase: expand
create table notes (id bigint generated always as identity primary key, text text not null);
grant usage on schema public to cloison_app, cloison_reader;
grant select, insert, update, delete on notes to cloison_app;
grant select on notes to cloison_reader;
create function cloison_first_data(data jsonb) returns void language sql as $$
    insert into notes (text) select data ->> 'name' where not exists (select from notes);
$$;
revoke execute on function cloison_first_data(jsonb) from public;
";

fn folder(files: &[(&str, &str)]) -> (PathBuf, String) {
    let data_dir = fresh_data_dir();
    let folder = data_dir.join("migrations");
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    (data_dir, folder.display().to_string())
}

#[tokio::test]
async fn it_has_databases_rollouts_and_no_pages_of_ours() {
    let (data_dir, migrations) = folder(&[("1_notes.sql", NOTES)]);
    let up = Up::start(&data_dir, &["--migrations", &migrations]);
    let made = up.run(&["tenants", "create", "blue", "--owner-email", "kim@example.com"]);
    assert!(made.status.success(), "{made:?}");
    for path in ["", "/sign-in", "/calendar"] {
        let url = format!("{}{path}", up.url("blue.localhost"));
        let page = client().get(url).send().await.unwrap();
        assert_eq!(page.status(), StatusCode::NOT_FOUND, "{path}");
        let words = page.text().await.unwrap();
        assert!(words.contains("This tenant is served by another program."), "{words}");
        assert!(!words.contains("blue") && !words.to_lowercase().contains("studio"), "{words}");
    }
    let more = data_dir.join("migrations/2_more.sql");
    fs::write(more, "-- phase: expand\nalter table notes add column more text;\n").unwrap();
    let rolled_out = up.run(&["migrations", "rollout", "--canary", "blue", "--skip-shadow"]);
    assert!(rolled_out.status.success(), "{rolled_out:?}");
    let page = client().get(up.url("blue.localhost")).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::NOT_FOUND);

    // Another process beside it has the same folder.
    let config = fs::read_to_string(data_dir.join("cloison.toml")).unwrap();
    assert!(config.contains(&format!("[tenant]\nmigrations = \"{migrations}\"\n")), "{config}");
    up.stop();
    // A folder that has lost a file is said at the start.
    fs::remove_file(data_dir.join("migrations/2_more.sql")).unwrap();
    let words = refused(&data_dir, &["--migrations", &migrations]);
    assert!(words.starts_with("error: the database is at version 2, newer than the 1"), "{words}");
}

#[test]
fn a_folder_that_is_no_release_is_said_at_the_start() {
    let (data_dir, migrations) = folder(&[("1_notes.sql", NOTES), ("notes.sql", "")]);
    let words = refused(&data_dir, &["--migrations", &migrations]);
    assert!(words.starts_with(&format!("error: {migrations} is no release\n")), "{words}");
    assert!(words.contains("'notes.sql' is not named <version>_<name>.sql"), "{words}");
    assert!(!data_dir.join("clusters").exists(), "nothing was started");

    fs::remove_file(data_dir.join("migrations/notes.sql")).unwrap();
    let words = refused(&data_dir, &["--demo", "--migrations", &migrations]);
    assert!(words.starts_with("error: --demo fills two studios"), "{words}");
}

fn refused(data_dir: &std::path::Path, options: &[&str]) -> String {
    let ended = cloison(data_dir)
        .args(["up", "--port", "0", "--ops-port", "0"])
        .args(options)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
    let words = String::from_utf8(ended.stderr).unwrap();
    assert!(words.lines().count() <= 3, "{words}");
    words
}
