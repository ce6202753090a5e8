//! The people: who works there, and the clients' book with its duplicates and typing habits.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::dice::Dice;
use super::profile::{Profile, Shape};
use super::words::{GUESTS, Words};

pub(super) struct User {
    pub(super) id: Uuid,
    pub(super) email: String,
    pub(super) display_name: String,
    pub(super) role: &'static str,
    pub(super) created_at: Timestamp,
}

pub(super) struct Client {
    pub(super) id: Uuid,
    pub(super) kind: &'static str,
    pub(super) display_name: String,
    pub(super) legal_name: Option<String>,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) siren: Option<String>,
    pub(super) locale: &'static str,
    pub(super) country: &'static str,
    pub(super) is_company: bool,
    pub(super) status: &'static str,
    pub(super) created_at: Timestamp,
}

const YEAR_HOURS: i64 = 366 * 24;

pub(super) fn staff(
    dice: &mut Dice,
    profile: &Profile,
    shape: Shape,
    words: &Words,
    now: Timestamp,
) -> Vec<User> {
    const ROLES: [&str; 7] =
        ["ENGINEER", "RECEPTION", "ENGINEER", "MANAGER", "ENGINEER", "ASSISTANT", "ENGINEER"];
    let mut taken = Vec::new();
    while taken.len() < shape.staff {
        let name = person(dice, words);
        let address = format!("{}@{}", slug(&name), profile.mail_domain);
        if !taken.iter().any(|user: &User| user.email == address) {
            let created_at =
                now - SignedDuration::from_hours(dice.between(YEAR_HOURS, 4 * YEAR_HOURS));
            taken.push(User {
                id: dice.id(created_at),
                email: address,
                display_name: name,
                role: ROLES[taken.len() % ROLES.len()],
                created_at,
            });
        }
    }
    taken
}

/// The regular clients are the first ones; see [`regulars`].
pub(super) fn clients(
    dice: &mut Dice,
    profile: &Profile,
    shape: Shape,
    words: &Words,
    now: Timestamp,
) -> Vec<Client> {
    let mut book: Vec<Client> = Vec::with_capacity(shape.clients);
    while book.len() < shape.clients {
        let client = if book.len() > 20 && dice.percent(3) {
            let twin = dice.index(book.len());
            again(dice, &book[twin])
        } else {
            fresh(dice, profile, words, book.len(), now)
        };
        book.push(client);
    }
    book
}

/// A fifth of the clients, who make two thirds of the sessions.
pub(super) fn regulars(clients: &[Client]) -> &[Client] {
    &clients[..clients.len().div_ceil(5)]
}

fn fresh(
    dice: &mut Dice,
    profile: &Profile,
    words: &Words,
    number: usize,
    now: Timestamp,
) -> Client {
    let created_at = now - SignedDuration::from_hours(dice.between(1, 3 * YEAR_HOURS));
    let kind = dice.weighted(&[("PERSON", 45), ("BAND", 32), ("COMPANY", 23)]);
    let display_name = match kind {
        "PERSON" if dice.percent(6) => dice.pick(GUESTS).to_owned(),
        "PERSON" => person(dice, words),
        "BAND" => {
            let shape = dice.pick(words.band_shapes);
            shape.replace("{}", dice.pick(words.band_nouns))
        }
        _ => {
            let shape = dice.pick(words.company_shapes);
            shape.replace("{}", dice.pick(words.company_nouns))
        }
    };
    let is_company = kind == "COMPANY";
    let french = profile.locale == "fr";
    let address = match slug(&display_name) {
        slug if slug.is_empty() => format!("contact-{number}@example.org"),
        slug => {
            format!("{slug}-{number}@{}", dice.pick(&["example.org", "example.com", "example.net"]))
        }
    };
    Client {
        id: dice.id(created_at),
        kind,
        legal_name: (is_company || (kind == "BAND" && dice.percent(30))).then(|| {
            if french { format!("{display_name} SARL") } else { format!("{display_name} Ltd") }
        }),
        email: dice.percent(92).then_some(address),
        phone: dice.percent(80).then(|| phone(dice, french)),
        siren: (is_company && french).then(|| siren(dice)),
        locale: if dice.percent(85) {
            profile.locale
        } else if french {
            "en"
        } else {
            "fr"
        },
        country: if french { "FR" } else { "IE" },
        is_company,
        status: if dice.percent(4) { "ARCHIVED" } else { "ACTIVE" },
        display_name,
        created_at,
    }
}

/// The same client, entered a second time by somebody in a hurry.
fn again(dice: &mut Dice, first: &Client) -> Client {
    let display_name = match dice.index(3) {
        0 => first.display_name.to_uppercase(),
        1 => first.display_name.split_whitespace().rev().collect::<Vec<_>>().join(" "),
        _ => format!("{} (2)", first.display_name),
    };
    Client {
        id: dice.id(first.created_at),
        kind: first.kind,
        display_name,
        legal_name: None,
        email: first.email.clone(),
        phone: None,
        siren: None,
        locale: first.locale,
        country: first.country,
        is_company: false,
        status: "ACTIVE",
        created_at: first.created_at,
    }
}

fn person(dice: &mut Dice, words: &Words) -> String {
    format!("{} {}", dice.pick(words.first_names), dice.pick(words.last_names))
}

/// Numbers that the two countries keep free for fiction.
fn phone(dice: &mut Dice, french: bool) -> String {
    if french {
        format!("+33 6 39 98 {:02} {:02}", dice.between(0, 99), dice.between(0, 99))
    } else {
        format!("+353 20 910 {:04}", dice.between(0, 9999))
    }
}

/// Nine digits with the right check digit that begin with 000, as no real company's do.
fn siren(dice: &mut Dice) -> String {
    let body: Vec<u32> = std::iter::repeat_n(0, 3)
        .chain((0..5).map(|_| u32::try_from(dice.between(0, 9)).unwrap_or(0)))
        .collect();
    // Luhn: every second digit counted from the check digit is doubled.
    let sum: u32 = body
        .iter()
        .enumerate()
        .map(|(place, digit)| if place % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { *digit })
        .sum();
    let check = (10 - sum % 10) % 10;
    body.into_iter()
        .chain([check])
        .map(|digit| char::from_digit(digit, 10).unwrap_or('0'))
        .collect()
}

/// The Latin letters and digits of a name, for an address.
fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            'à' | 'á' | 'â' | 'ä' | 'ã' => out.push('a'),
            'ç' => out.push('c'),
            'è' | 'é' | 'ê' | 'ë' | 'ẹ' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' => out.push('i'),
            'ñ' => out.push('n'),
            'ò' | 'ó' | 'ô' | 'ö' => out.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => out.push('u'),
            'œ' => out.push_str("oe"),
            'ł' => out.push('l'),
            'ṣ' => out.push('s'),
            ' ' | '-' | '\'' | '’' if !out.is_empty() && !out.ends_with('.') => out.push('.'),
            _ => {}
        }
    }
    out.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_made_of_plain_letters() {
        assert_eq!(slug("Anne-Sophie D’Aubigny"), "anne.sophie.d.aubigny");
        assert_eq!(slug("Zoë 🌊 van der Meer"), "zoe.van.der.meer");
        assert_eq!(slug("ياسمين حداد"), "");
    }

    #[test]
    fn invented_company_numbers_pass_the_check_and_belong_to_nobody() {
        let mut dice = Dice::of("a studio", 1);
        for _ in 0..100 {
            let siren = siren(&mut dice);
            let sum: u32 = siren
                .chars()
                .rev()
                .enumerate()
                .map(|(place, digit)| {
                    let digit = digit.to_digit(10).unwrap() * if place % 2 == 1 { 2 } else { 1 };
                    digit / 10 + digit % 10
                })
                .sum();
            assert!(
                siren.starts_with("000") && siren.len() == 9 && sum.is_multiple_of(10),
                "{siren}"
            );
        }
    }
}
