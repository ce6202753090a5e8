//! A client's form: what was typed, what is wrong with it, how it differs from what is stored.

use crate::i18n::{Lang, Say};
use crate::pages::sessions::Choice;
use cloison_pages::Fields;
use cloison_studio_queries::queries::clients::ClientDetail;

const NAME_MAX: usize = 120;
const LEGAL_NAME_MAX: usize = 200;
const EMAIL_MAX: usize = 254;
const PHONE_MAX: usize = 40;
const NOTES_MAX: usize = 4000;

const KINDS: [&str; 3] = ["PERSON", "COMPANY", "BAND"];

#[derive(Default)]
pub(crate) struct ClientForm {
    pub(crate) version: i32,
    pub(crate) kind: String,
    pub(crate) display_name: String,
    pub(crate) legal_name: String,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) siren: String,
    pub(crate) vat_number: String,
    pub(crate) notes: String,
    pub(crate) wrong: Wrong,
}

/// What is wrong beside each field.
#[derive(Default)]
pub(crate) struct Wrong {
    pub(crate) top: Option<String>,
    pub(crate) display_name: Option<String>,
    pub(crate) legal_name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) siren: Option<String>,
    pub(crate) vat_number: Option<String>,
    pub(crate) notes: Option<String>,
}

/// As the database takes them: what was left empty is not there.
pub(crate) struct Values<'a> {
    pub(crate) kind: &'a str,
    pub(crate) display_name: &'a str,
    pub(crate) legal_name: Option<&'a str>,
    pub(crate) email: Option<&'a str>,
    pub(crate) phone: Option<&'a str>,
    pub(crate) siren: Option<&'a str>,
    pub(crate) vat_number: Option<&'a str>,
    pub(crate) notes: &'a str,
}

/// A field that somebody else changed meanwhile.
pub(crate) struct Difference {
    pub(crate) label: String,
    pub(crate) theirs: String,
    pub(crate) mine: String,
}

impl ClientForm {
    pub(crate) fn read(fields: &Fields) -> Self {
        // SIREN and VAT numbers are printed in groups; the spaces mean nothing.
        let compact = |name: &str| fields.line(name).split_whitespace().collect::<String>();
        Self {
            version: fields.parsed("version").unwrap_or(0),
            kind: fields.get("kind").to_owned(),
            display_name: fields.line("display_name"),
            legal_name: fields.line("legal_name"),
            email: fields.line("email"),
            phone: fields.line("phone"),
            siren: compact("siren"),
            vat_number: compact("vat_number").to_uppercase(),
            notes: fields.text("notes"),
            wrong: Wrong::default(),
        }
    }

    pub(crate) fn of(client: &ClientDetail) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self {
            version: client.version,
            kind: client.kind.clone(),
            display_name: client.display_name.clone(),
            legal_name: text(&client.legal_name),
            email: text(&client.email),
            phone: text(&client.phone),
            siren: text(&client.siren),
            vat_number: text(&client.vat_number),
            notes: client.notes.clone(),
            wrong: Wrong::default(),
        }
    }

    /// Whether it can be stored; if not, `wrong` says why, field by field.
    pub(crate) fn check(&mut self, lang: Lang) -> bool {
        if !KINDS.contains(&self.kind.as_str()) {
            KINDS[0].clone_into(&mut self.kind);
        }
        let long = |text: &str, most: usize| {
            (text.chars().count() > most).then(|| lang.t1("wrong-too-long", "most", most))
        };
        let unless = |fine: bool, key: &str| (!fine).then(|| lang.t(key));
        let siren = self.siren.is_empty()
            || (self.siren.len() == 9 && self.siren.bytes().all(|it| it.is_ascii_digit()));
        self.wrong = Wrong {
            top: None,
            display_name: unless(!self.display_name.is_empty(), "wrong-name-missing")
                .or_else(|| long(&self.display_name, NAME_MAX)),
            legal_name: long(&self.legal_name, LEGAL_NAME_MAX),
            email: unless(self.email.is_empty() || is_email(&self.email), "wrong-email")
                .or_else(|| long(&self.email, EMAIL_MAX)),
            phone: unless(self.phone.is_empty() || self.phone.chars().count() >= 3, "wrong-phone")
                .or_else(|| long(&self.phone, PHONE_MAX)),
            siren: unless(siren, "wrong-siren"),
            vat_number: unless(
                self.vat_number.is_empty() || is_vat_number(&self.vat_number),
                "wrong-vat",
            ),
            notes: long(&self.notes, NOTES_MAX),
        };
        let wrong = &self.wrong;
        [
            &wrong.display_name,
            &wrong.legal_name,
            &wrong.email,
            &wrong.phone,
            &wrong.siren,
            &wrong.vat_number,
            &wrong.notes,
        ]
        .into_iter()
        .all(Option::is_none)
    }

    pub(crate) fn values(&self) -> Values<'_> {
        fn some(text: &str) -> Option<&str> {
            (!text.is_empty()).then_some(text)
        }
        Values {
            kind: &self.kind,
            display_name: &self.display_name,
            legal_name: some(&self.legal_name),
            email: some(&self.email),
            phone: some(&self.phone),
            siren: some(&self.siren),
            vat_number: some(&self.vat_number),
            notes: &self.notes,
        }
    }

    /// Field by field, where what is stored now is not what this form says.
    pub(crate) fn differences(&self, lang: Lang, stored: &Self) -> Vec<Difference> {
        let said =
            |text: &str| if text.is_empty() { lang.t("client-nothing") } else { text.to_owned() };
        let (my_kind, their_kind) = (kind_words(lang, &self.kind), kind_words(lang, &stored.kind));
        [
            ("client-name", &self.display_name, &stored.display_name),
            ("client-kind", &my_kind, &their_kind),
            ("client-email", &self.email, &stored.email),
            ("client-phone", &self.phone, &stored.phone),
            ("client-legal-name", &self.legal_name, &stored.legal_name),
            ("client-siren", &self.siren, &stored.siren),
            ("client-vat", &self.vat_number, &stored.vat_number),
            ("client-notes", &self.notes, &stored.notes),
        ]
        .into_iter()
        .filter(|(_, mine, theirs)| mine != theirs)
        .map(|(key, mine, theirs)| Difference {
            label: lang.t(key),
            theirs: said(theirs),
            mine: said(mine),
        })
        .collect()
    }

    pub(crate) fn kinds(&self, lang: Lang) -> Vec<Choice> {
        let chosen =
            if KINDS.contains(&self.kind.as_str()) { self.kind.as_str() } else { KINDS[0] };
        KINDS
            .map(|it| Choice {
                value: it.to_owned(),
                label: kind_words(lang, it),
                selected: it == chosen,
            })
            .into()
    }
}

pub(crate) fn kind_words(lang: Lang, kind: &str) -> String {
    lang.t(match kind {
        "COMPANY" => "client-kind-company",
        "BAND" => "client-kind-band",
        _ => "client-kind-person",
    })
}

/// Something before the `@` and a dot after it: whether it exists, only mail can tell.
fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    !name.is_empty()
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !text.contains(char::is_whitespace)
}

fn is_vat_number(text: &str) -> bool {
    let (country, number) = text.split_at_checked(2).unwrap_or_default();
    country.bytes().all(|it| it.is_ascii_uppercase())
        && (2..=13).contains(&number.len())
        && number.bytes().all(|it| it.is_ascii_digit() || it.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(field: &str, value: &str) -> bool {
        ClientForm::read(&Fields::of(&[("display_name", "Marée haute"), (field, value)]))
            .check(Lang::Fr)
    }

    #[test]
    fn what_people_type_is_taken() {
        for (field, value) in [
            ("email", "contact@maree-haute.fr"),
            ("phone", "+33 6 12 34 56 78"),
            ("siren", "732 829 320"),
            ("vat_number", "fr 40 303265045"),
            ("notes", "deux\r\nlignes"),
            ("kind", "anything"),
        ] {
            assert!(check(field, value), "{field}: {value}");
        }
    }

    #[test]
    fn what_cannot_be_stored_is_said_at_its_field() {
        for (field, value) in [
            ("email", "contact"),
            ("email", "a@b"),
            ("email", "a b@c.fr"),
            ("phone", "1"),
            ("siren", "12345678"),
            ("siren", "12345678x"),
            ("vat_number", "40FR"),
            ("vat_number", "é"),
            ("notes", &"x".repeat(4001)),
            ("legal_name", &"x".repeat(201)),
        ] {
            assert!(!check(field, value), "{field}: {value}");
        }
        assert!(!ClientForm::default().check(Lang::En));
    }
}
