//! The two languages say the same, every word of a page is in them, and dates and amounts read well.

use super::bundle::{SOURCES_EN, SOURCES_FR};
use super::{Lang, dates, money};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each message's key, and what may be put into it.
fn messages(sources: &[(&str, &str)]) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages = BTreeMap::new();
    let mut key = String::new();
    for line in sources.iter().flat_map(|(_, text)| text.lines()) {
        if let Some((name, _)) =
            line.split_once(" = ").filter(|(name, _)| !name.starts_with([' ', '#']))
        {
            name.clone_into(&mut key);
            let earlier = messages.insert(key.clone(), BTreeSet::new());
            assert!(earlier.is_none(), "{key} is there twice");
        }
        for part in line.split('$').skip(1) {
            let name: String =
                part.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect();
            messages.get_mut(&key).unwrap().insert(name);
        }
    }
    messages
}

fn files(folder: &str, extension: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, extension: &str, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, extension, found);
            } else if path.extension().is_some_and(|it| it == extension) {
                found.push((path.clone(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), extension, &mut found);
    assert!(!found.is_empty());
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
    let sources = files("src", "rs").into_iter().chain(files("templates", "html"));
    let text: String =
        sources.filter(|(path, _)| !path.ends_with("i18n/tests.rs")).map(|it| it.1).collect();
    let unused: Vec<String> = messages(SOURCES_FR)
        .into_keys()
        .filter(|key| !text.contains(&format!("\"{key}\"")))
        .collect();
    assert_eq!(unused, [""; 0]);
}

#[test]
fn every_key_that_is_asked_for_is_there() {
    let keys = messages(SOURCES_FR);
    let sources = files("src", "rs").into_iter().chain(files("templates", "html"));
    for (path, text) in sources.filter(|(path, _)| !path.ends_with("i18n/tests.rs")) {
        for call in [".t(", ".t1(", ".t2(", ".t_with("] {
            for part in text.split(call).skip(1) {
                let Some(rest) = part.trim_start().strip_prefix('"') else { continue };
                let key = rest.split('"').next().unwrap();
                assert!(keys.contains_key(key), "{key} in {}", path.display());
            }
        }
    }
}

/// What a template says by itself: its text and the attributes that are read out.
fn bare_text(template: &str) -> Vec<String> {
    let mut text = template.to_owned();
    for (open, close) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}")] {
        while let Some(start) = text.find(open) {
            let end = start + text[start..].find(close).expect("a tag is closed") + close.len();
            text.replace_range(start..end, "");
        }
    }
    let mut found = Vec::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find('<') {
        found.push(rest[..start].to_owned());
        let end = start + rest[start..].find('>').expect("an element is closed") + 1;
        let element = &rest[start..end];
        for attribute in ["aria-label=\"", "title=\"", "placeholder=\"", "alt=\""] {
            if let Some(value) = element.split(attribute).nth(1) {
                found.push(value.split('"').next().unwrap().to_owned());
            }
        }
        rest = &rest[end..];
    }
    found.push(rest.to_owned());
    found.retain(|it| it.chars().any(char::is_alphabetic));
    found
}

#[test]
fn bare_text_is_found() {
    assert_eq!(bare_text("<p>{{ a }}</p>{% if b %} · {% endif %}"), [""; 0]);
    assert_eq!(bare_text("<p title=\"Hello\">{{ a }} there</p>"), ["Hello", " there"]);
}

#[test]
fn no_template_holds_bare_text() {
    for (path, template) in files("templates", "html") {
        let mut found = bare_text(&template);
        // A macro that gives an element its attributes.
        found.retain(|it| {
            !(path.ends_with("macros.html") && it.trim().starts_with("aria-invalid="))
        });
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
    assert_eq!(money::grouped(Lang::Fr, 1_234_567), "1\u{202f}234\u{202f}567");
    assert_eq!(Lang::Fr.t1("clients-count", "count", 1204_i64), "1\u{202f}204 clients");
    assert_eq!(Lang::En.t1("clients-count", "count", 1_i64), "1 client");
}

#[test]
fn the_browsers_wish_is_understood() {
    for (header, lang) in [
        ("fr-FR,fr;q=0.9,en;q=0.8", Some(Lang::Fr)),
        ("en;q=0.8, fr;q=0.9", Some(Lang::Fr)),
        ("de, en-GB;q=0.7", Some(Lang::En)),
        ("fr;q=0, en;q=0.1", Some(Lang::En)),
        ("de", None),
        ("*", None),
        ("", None),
        (";;q=x,,", None),
    ] {
        assert_eq!(Lang::from_accept_language(header), lang, "{header}");
    }
}
