//! The console's words, in French and English, from `locales/<language>/*.ftl`.

use cloison_pages::{Sources, Words};
use fluent_bundle::FluentValue;

pub(crate) use cloison_pages::{Arg, Lang, Say};

/// The same names in both languages; a test compares the keys within.
const SOURCES_FR: Sources = &[
    ("frame", include_str!("../locales/fr/frame.ftl")),
    ("overview", include_str!("../locales/fr/overview.ftl")),
    ("plots", include_str!("../locales/fr/plots.ftl")),
    ("sign-in", include_str!("../locales/fr/sign-in.ftl")),
    ("troubles", include_str!("../locales/fr/troubles.ftl")),
];
/// See [`SOURCES_FR`].
const SOURCES_EN: Sources = &[
    ("frame", include_str!("../locales/en/frame.ftl")),
    ("overview", include_str!("../locales/en/overview.ftl")),
    ("plots", include_str!("../locales/en/plots.ftl")),
    ("sign-in", include_str!("../locales/en/sign-in.ftl")),
    ("troubles", include_str!("../locales/en/troubles.ftl")),
];

static WORDS: Words =
    Words::new(|| Words::bundle(Lang::Fr, SOURCES_FR), || Words::bundle(Lang::En, SOURCES_EN));

/// The application whose words these are.
pub(crate) struct Console;

impl Say<Console> for Lang {
    fn t_with<'a>(
        self,
        key: &str,
        values: impl IntoIterator<Item = (&'static str, FluentValue<'a>)>,
    ) -> String {
        WORDS.say(self, key, values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cloison_pages::checks::{bare_text, files, keys_asked_for, messages, sources};
    use std::path::{Path, PathBuf};

    fn asking() -> Vec<(PathBuf, String)> {
        sources(Path::new(env!("CARGO_MANIFEST_DIR")))
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
        // Troubles and phases ask by their own names; tests beside them go through all of those.
        let by_name = ["trouble-", "phase-", "access-", "kind-", "stage-", "wave-"];
        let unused: Vec<String> = messages(SOURCES_FR)
            .into_keys()
            .filter(|key| !by_name.iter().any(|it| key.starts_with(it)))
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
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        for (path, template) in files(&folder, "html") {
            assert_eq!(bare_text(&template), [""; 0], "{}", path.display());
        }
    }
}
