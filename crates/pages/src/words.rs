//! The words of an application, in Fluent files embedded in the binary, so that a translator needs no Rust.
//!
//! A missing key or argument is a mistake of ours that tests catch; in production the key itself
//! is shown and logged, because an ugly word is better than no page.

use crate::{Lang, numbers};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use intl_memoizer::concurrent::IntlLangMemoizer;
use std::sync::LazyLock;
use unic_langid::langid;

type Bundle = FluentBundle<FluentResource>;

/// Names and texts of `.ftl` files: the same names in both languages.
pub type Sources = &'static [(&'static str, &'static str)];

/// One application's. Kept in a static: the files are read once.
pub struct Words {
    fr: LazyLock<Bundle>,
    en: LazyLock<Bundle>,
}

impl Words {
    /// `fr` and `en` build the bundles of their language, by [`bundle`](Self::bundle).
    pub const fn new(fr: fn() -> Bundle, en: fn() -> Bundle) -> Self {
        Self { fr: LazyLock::new(fr), en: LazyLock::new(en) }
    }

    /// Reads the files of one language.
    pub fn bundle(lang: Lang, sources: Sources) -> Bundle {
        let id = match lang {
            Lang::Fr => langid!("fr"),
            Lang::En => langid!("en"),
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

    /// The words behind `key`, with any number of things put in.
    pub fn say<'a>(
        &self,
        lang: Lang,
        key: &str,
        values: impl IntoIterator<Item = (&'static str, FluentValue<'a>)>,
    ) -> String {
        let bundle: &Bundle = match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        };
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(name, value);
        }
        let Some(pattern) = bundle.get_message(key).and_then(|it| it.value()) else {
            debug_assert!(false, "no message `{key}` in {lang}");
            tracing::warn!(key, %lang, "a message is missing");
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        if !errors.is_empty() {
            debug_assert!(false, "message `{key}` in {lang}: {errors:?}");
            tracing::warn!(key, %lang, ?errors, "a message is missing something");
        }
        text
    }
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
    Some(numbers::grouped(lang, whole))
}

/// Has a language say the words of an application, of which each crate of pages has one: `lang.t("sign-out")`.
pub trait Say<Application>: Copy {
    /// The words behind `key`, with any number of things put in.
    fn t_with<'a>(
        self,
        key: &str,
        values: impl IntoIterator<Item = (&'static str, FluentValue<'a>)>,
    ) -> String;

    /// The words behind `key`.
    fn t(self, key: &str) -> String {
        self.t_with(key, [])
    }

    /// The words behind `key`, with one thing put in.
    fn t1(self, key: &str, name: &'static str, value: impl Arg) -> String {
        self.t_with(key, [(name, value.fluent())])
    }

    /// The words behind `key`, with two things put in.
    fn t2(self, key: &str, a: &'static str, av: impl Arg, b: &'static str, bv: impl Arg) -> String {
        self.t_with(key, [(a, av.fluent()), (b, bv.fluent())])
    }
}

/// What may be put into a message.
pub trait Arg {
    /// The value as Fluent knows it.
    fn fluent(&self) -> FluentValue<'_>;
}

impl Arg for str {
    fn fluent(&self) -> FluentValue<'_> {
        FluentValue::from(self)
    }
}

impl Arg for String {
    fn fluent(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_str())
    }
}

impl<T: Arg + ?Sized> Arg for &T {
    fn fluent(&self) -> FluentValue<'_> {
        (**self).fluent()
    }
}

impl Arg for usize {
    fn fluent(&self) -> FluentValue<'_> {
        FluentValue::from(*self)
    }
}

impl Arg for i64 {
    fn fluent(&self) -> FluentValue<'_> {
        FluentValue::from(*self)
    }
}
