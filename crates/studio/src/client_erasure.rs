//! One client of a studio is forgotten: what identifies them goes from everywhere but the documents that the law wants kept.
//!
//! What is about them alone (their file, the notes and titles of their sessions, the titles of their recordings) goes whole. Where others'
//! texts name them, by whole words, the line or the label that does so goes. Sessions, hours and money stay, since they are the studio's and name nobody.
//! Not here: issued invoices and the journal that proves them, which cannot be changed, and staff, who are no clients.

use crate::i18n::{Lang, Say};
use cloison_studio_queries::client::GenericClient;
use cloison_studio_queries::queries::client_erasure as queries;
use jiff::Timestamp;
use tokio_postgres::Error;
use uuid::Uuid;

/// A shorter name is too many words of others: who is called "Ed" is not looked for in "mixed by Ed".
const SAID_CHARS_MIN: usize = 4;

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Erased {
    Done,
    /// Somebody changed the client since, or has erased them already.
    ChangedMeanwhile,
    Missing,
}

/// Inside a transaction that the caller owns. Clients that were merged into this one are the same person.
pub(crate) async fn erase(
    txn: &impl GenericClient,
    (id, version): (Uuid, i32),
    lang: Lang,
    now: Timestamp,
) -> Result<Erased, Error> {
    let person = queries::client_erasure_lock().bind(txn, &id).all().await?;
    let Some(client) = person.iter().find(|it| it.id == id) else { return Ok(Erased::Missing) };
    if client.version != version || matches!(client.status.as_str(), "ERASED" | "MERGED") {
        return Ok(Erased::ChangedMeanwhile);
    }
    let ids: Vec<Uuid> = person.iter().map(|it| it.id).collect();
    let said = queries::client_erasure_patterns().bind(txn, &words(&person)).all().await?;
    let (name, title) = (lang.t("client-erased-name"), lang.t("client-erased-session"));
    let (recording, redacted) = (lang.t("client-erased-recording"), lang.t("client-erased-text"));
    queries::client_erase().bind(txn, &name, &now, &ids).await?;
    queries::client_erase_sessions().bind(txn, &title, &ids).await?;
    queries::client_erase_audio().bind(txn, &recording, &ids).await?;
    queries::client_erase_drafts().bind(txn, &ids).await?;
    if !said.is_empty() {
        queries::client_erase_draft_lines().bind(txn, &redacted, &said).await?;
        queries::client_erase_said_in_sessions().bind(txn, &said, &redacted, &title).await?;
        queries::client_erase_said_of_others().bind(txn, &said, &redacted).await?;
        queries::client_erase_said_elsewhere()
            .bind(txn, &redacted, &said, &recording)
            .one()
            .await?;
    }
    Ok(Erased::Done)
}

/// What others may have written of them.
fn words(person: &[queries::ErasedClient]) -> Vec<String> {
    let mut words: Vec<String> = person
        .iter()
        .flat_map(|it| {
            let name = Some(it.display_name.as_str());
            let rest = [&it.legal_name, &it.email, &it.phone, &it.siren, &it.vat_number];
            name.into_iter().chain(rest.into_iter().filter_map(|it| it.as_deref()))
        })
        .map(|it| it.trim().to_owned())
        .filter(|it| it.chars().count() >= SAID_CHARS_MIN)
        .collect();
    words.sort();
    words.dedup();
    words
}

/// Who may do this: whoever answers for the studio.
pub(crate) fn may_erase(role: &str) -> bool {
    matches!(role, "OWNER" | "MANAGER")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_is_long_enough_and_named_once() {
        let client = |display_name: &str, email: Option<&str>| queries::ErasedClient {
            id: Uuid::nil(),
            display_name: display_name.to_owned(),
            legal_name: None,
            email: email.map(str::to_owned),
            phone: Some(" 06 12 34 56 78 ".to_owned()),
            siren: None,
            vat_number: None,
            status: "ACTIVE".to_owned(),
            version: 1,
        };
        let person = [client("Al", Some("al@example.org")), client("Alba", Some("al@example.org"))];
        assert_eq!(words(&person), ["06 12 34 56 78", "Alba", "al@example.org"]);
    }

    #[test]
    fn owners_and_managers_answer_for_the_studio() {
        let all =
            ["OWNER", "MANAGER", "ENGINEER", "ASSISTANT", "RECEPTION", "ACCOUNTANT", "READONLY"];
        let may: Vec<_> = all.into_iter().filter(|it| may_erase(it)).collect();
        assert_eq!(may, ["OWNER", "MANAGER"]);
    }
}
