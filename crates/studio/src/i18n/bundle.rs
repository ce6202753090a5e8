//! The Fluent bundles, read once from files embedded in the binary.
//!
//! A missing key or argument is a mistake of ours that tests catch; in production the key itself
//! is shown and logged, because an ugly word is better than no page.

use super::{Lang, money};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use intl_memoizer::concurrent::IntlLangMemoizer;
use std::sync::LazyLock;
use unic_langid::langid;

type Bundle = FluentBundle<FluentResource>;

/// The same names in both languages; a test compares the keys within.
pub(super) const SOURCES_FR: &[(&str, &str)] = &[
    ("calendar", include_str!("../../locales/fr/calendar.ftl")),
    ("clients", include_str!("../../locales/fr/clients.ftl")),
    ("dates", include_str!("../../locales/fr/dates.ftl")),
    ("export", include_str!("../../locales/fr/export.ftl")),
    ("frame", include_str!("../../locales/fr/frame.ftl")),
    ("sessions", include_str!("../../locales/fr/sessions.ftl")),
    ("sign-in", include_str!("../../locales/fr/sign-in.ftl")),
];
/// See [`SOURCES_FR`].
pub(super) const SOURCES_EN: &[(&str, &str)] = &[
    ("calendar", include_str!("../../locales/en/calendar.ftl")),
    ("clients", include_str!("../../locales/en/clients.ftl")),
    ("dates", include_str!("../../locales/en/dates.ftl")),
    ("export", include_str!("../../locales/en/export.ftl")),
    ("frame", include_str!("../../locales/en/frame.ftl")),
    ("sessions", include_str!("../../locales/en/sessions.ftl")),
    ("sign-in", include_str!("../../locales/en/sign-in.ftl")),
];

static FR: LazyLock<Bundle> = LazyLock::new(|| build(Lang::Fr));
static EN: LazyLock<Bundle> = LazyLock::new(|| build(Lang::En));

/// The words behind `key`.
pub(super) fn format(lang: Lang, key: &str, args: Option<&FluentArgs<'_>>) -> String {
    let bundle: &Bundle = match lang {
        Lang::Fr => &FR,
        Lang::En => &EN,
    };
    let Some(pattern) = bundle.get_message(key).and_then(|it| it.value()) else {
        debug_assert!(false, "no message `{key}` in {lang}");
        tracing::warn!(key, %lang, "a message is missing");
        return key.to_owned();
    };
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, args, &mut errors).into_owned();
    if !errors.is_empty() {
        debug_assert!(false, "message `{key}` in {lang}: {errors:?}");
        tracing::warn!(key, %lang, ?errors, "a message is missing something");
    }
    text
}

fn build(lang: Lang) -> Bundle {
    let (id, sources) = match lang {
        Lang::Fr => (langid!("fr"), SOURCES_FR),
        Lang::En => (langid!("en"), SOURCES_EN),
    };
    let mut bundle = Bundle::new_concurrent(vec![id]);
    // Isolation marks would end up in titles, e-mails and what people copy.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::Fr => group_fr,
        Lang::En => group_en,
    }));
    for (name, source) in sources {
        let resource =
            FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(kept, errors)| {
                debug_assert!(false, "{lang}/{name}.ftl: {errors:?}");
                kept
            });
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn group_fr(value: &FluentValue<'_>, _: &IntlLangMemoizer) -> Option<String> {
    group(Lang::Fr, value)
}

fn group_en(value: &FluentValue<'_>, _: &IntlLangMemoizer) -> Option<String> {
    group(Lang::En, value)
}

/// Whole numbers are grouped as the language does; all else is left to Fluent.
fn group(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    #[expect(clippy::cast_possible_truncation, reason = "only counts get here, and they are small")]
    let whole = number.value as i64;
    Some(money::grouped(lang, whole))
}
