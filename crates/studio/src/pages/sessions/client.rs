//! Which client is meant by a name: one that is known, a new one, or a question.

use super::form::ClientForm;
use crate::clients::Search;
use crate::db::Db;
use crate::i18n::{Lang, Say};
use cloison_studio_queries::queries::clients;
use jiff::Timestamp;
use uuid::Uuid;

/// More look-alikes than this are a reason to type more of the name.
const ALIKE_MAX: i64 = 6;
/// `clients.display_name` holds no more.
pub(crate) const NAME_CHARS_MAX: usize = 120;

#[derive(Debug)]
pub(crate) enum Meant {
    /// Work of the studio's own.
    Nobody,
    Known(Uuid),
    New(String),
    /// Several are alike: the person has to say.
    Ask(Vec<Candidate>),
    TooLong,
}

#[derive(Debug)]
pub(crate) struct Candidate {
    /// The client's id, or `new`.
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) detail: String,
}

pub(crate) async fn meant(
    db: &Db,
    lang: Lang,
    now: Timestamp,
    form: &ClientForm,
) -> Result<Meant, tokio_postgres::Error> {
    let name = form.name.as_str();
    if name.is_empty() {
        return Ok(Meant::Nobody);
    }
    if name.chars().count() > NAME_CHARS_MAX {
        return Ok(Meant::TooLong);
    }
    if form.asked == name {
        if form.pick == "new" {
            return Ok(Meant::New(name.to_owned()));
        }
        if let Ok(id) = form.pick.parse() {
            return Ok(Meant::Known(id));
        }
    }
    if let Some(id) = form.id
        && form.was == name
    {
        return Ok(Meant::Known(id));
    }

    let Some(search) = Search::parse(name) else { return Ok(Meant::Nobody) };
    let alike = clients::clients_search()
        .bind(db, &search.terms, &search.query, &false, &search.prefix, &ALIKE_MAX, &now)
        .all()
        .await?;
    let same: Vec<Uuid> = alike
        .iter()
        .filter(|it| it.display_name.to_lowercase() == name.to_lowercase())
        .map(|it| it.id)
        .collect();
    Ok(match (&same[..], &alike[..]) {
        (&[id], _) => Meant::Known(id),
        (_, []) => Meant::New(name.to_owned()),
        (_, alike) => {
            let new = Candidate {
                value: "new".to_owned(),
                label: lang.t1("session-client-create", "name", name),
                detail: lang.t("session-client-create-detail"),
            };
            let known = alike.iter().map(|it| Candidate {
                value: it.id.to_string(),
                label: it.display_name.clone(),
                detail: [it.email.as_deref(), it.phone.as_deref()]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" · "),
            });
            Meant::Ask(known.chain([new]).collect())
        }
    })
}

/// A client of whom only the name is known yet.
pub(crate) async fn create(db: &Db, lang: Lang, name: &str) -> Result<Uuid, tokio_postgres::Error> {
    const NONE: Option<&str> = None;
    clients::client_insert()
        .bind(
            db,
            &"PERSON",
            &name,
            &NONE,
            &NONE,
            &NONE,
            &NONE,
            &NONE,
            &false,
            &"FR",
            &lang.tag(),
            &30,
            &"",
        )
        .one()
        .await
}
