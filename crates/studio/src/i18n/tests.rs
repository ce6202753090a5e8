//! The two languages say the same, every word of a page is in them, and dates and amounts read well.

use super::{Lang, SOURCES_EN, SOURCES_FR, Say, dates, money};
use cloison_pages::checks::{bare_text, files, keys_asked_for, messages, sources};
use cloison_pages::numbers;
use std::path::{Path, PathBuf};

/// But for these tests, which have words put together.
fn asking() -> Vec<(PathBuf, String)> {
    let mut found = sources(Path::new(env!("CARGO_MANIFEST_DIR")));
    found.retain(|(path, _)| !path.ends_with("i18n/tests.rs"));
    found
}

#[test]
fn both_languages_have_the_same_files_keys_and_arguments() {
    let names =
        |sources: &[(&'static str, &str)]| sources.iter().map(|it| it.0).collect::<Vec<_>>();
    assert_eq!(names(SOURCES_FR), names(SOURCES_EN));
    assert_eq!(messages(SOURCES_FR), messages(SOURCES_EN));
}

#[test]
fn every_key_is_used() {
    let text: String = asking().into_iter().map(|it| it.1).collect();
    let unused: Vec<String> = messages(SOURCES_FR)
        .into_keys()
        .filter(|key| !text.contains(&format!("\"{key}\"")))
        .collect();
    assert_eq!(unused, [""; 0]);
}

#[test]
fn every_key_that_is_asked_for_is_there() {
    let keys = messages(SOURCES_FR);
    for (path, text) in asking() {
        for key in keys_asked_for(&text) {
            assert!(keys.contains_key(key), "{key} in {}", path.display());
        }
    }
}

#[test]
fn no_template_holds_bare_text() {
    for (path, template) in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), "html")
    {
        let mut found = bare_text(&template);
        // The names of keys are the same on every keyboard.
        found.retain(|it| !(path.ends_with("base.html") && matches!(it.as_str(), "t" | "n")));
        assert_eq!(found, [""; 0], "{}", path.display());
    }
}

#[test]
fn dates_are_in_words() {
    let check = |text: &str| {
        let date = text.parse().unwrap();
        (dates::day(Lang::Fr, date), dates::day_year(Lang::En, date))
    };
    assert_eq!(
        check("2026-11-24"),
        ("mardi 24 novembre".into(), "Tuesday 24 November 2026".into())
    );
    assert_eq!(
        check("2026-12-01"),
        ("mardi 1er décembre".into(), "Tuesday 1 December 2026".into())
    );
}

#[test]
fn ranges_say_what_differs() {
    let check =
        |from: &str, to: &str| dates::range(Lang::Fr, from.parse().unwrap(), to.parse().unwrap());
    assert_eq!(check("2026-11-23", "2026-11-29"), "23 – 29 novembre 2026");
    assert_eq!(check("2026-11-30", "2026-12-06"), "30 novembre – 6 décembre 2026");
    assert_eq!(check("2026-12-28", "2027-01-03"), "28 décembre 2026 – 3 janvier 2027");
}

#[test]
fn durations_are_as_people_say_them() {
    assert_eq!(dates::duration(Lang::Fr, 45), "45\u{202f}min");
    assert_eq!(dates::duration(Lang::En, 240), "4\u{202f}h");
    assert_eq!(dates::duration(Lang::Fr, 65), "1\u{202f}h\u{202f}05");
}

#[test]
fn amounts_use_narrow_spaces_in_french() {
    assert_eq!(money::euros(Lang::Fr, 123_450), "1\u{202f}234,50\u{202f}€");
    assert_eq!(money::euros(Lang::En, 123_450), "€1,234.50");
    assert_eq!(money::euros(Lang::Fr, -5), "-0,05\u{202f}€");
    assert_eq!(numbers::grouped(Lang::Fr, 1_234_567), "1\u{202f}234\u{202f}567");
    assert_eq!(Lang::Fr.t1("clients-count", "count", 1204_i64), "1\u{202f}204 clients");
    assert_eq!(Lang::En.t1("clients-count", "count", 1_i64), "1 client");
}
