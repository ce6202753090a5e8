//! The page that asks once more before a client is forgotten, and says what stays and why.

use super::fetch;
use crate::client_erasure::{Erased, erase as forget, may_erase};
use crate::i18n::Say;
use crate::pages::failure::{Failure, is_read_only};
use crate::pages::frame::{Frame, Section};
use crate::pages::toast::Done;
use crate::pages::{done, page};
use crate::sign_in::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use cloison_pages::Fields;
use cloison_studio_queries::queries::client_erasure::client_erasure_counts;
use cloison_studio_queries::queries::clients::ClientDetail;
use http::StatusCode;

#[derive(Template)]
#[template(path = "clients/erase.html")]
struct Erase {
    p: Frame,
    heading: String,
    action: String,
    away: String,
    version: i32,
    goes: Vec<String>,
    stays: Vec<String>,
    coming: Option<String>,
    wrong: Option<String>,
}

/// `GET /clients/{id}/erase`
pub(crate) async fn ask(visitor: Visitor, Path(id): Path<String>) -> Result<Response, Failure> {
    let client = erasable(&visitor, &id).await?;
    respond(&visitor, StatusCode::OK, &client, None).await
}

/// `POST /clients/{id}/erase`
pub(crate) async fn erase(
    mut visitor: Visitor,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let lang = visitor.lang();
    let client = erasable(&visitor, &id).await?;
    if fields.get("sure").is_empty() {
        let wrong = Some(lang.t("client-erase-unsure"));
        return respond(&visitor, StatusCode::UNPROCESSABLE_ENTITY, &client, wrong).await;
    }
    let version = fields.parsed("version").unwrap_or_default();
    let (id, now) = (client.id, visitor.now);
    let txn = visitor.db.begin().await?;
    match forget(&txn, (id, version), lang, now).await {
        Ok(Erased::Done) => txn.commit().await?,
        Ok(Erased::ChangedMeanwhile) => {
            txn.rollback().await?;
            let client = erasable(&visitor, &id.to_string()).await?;
            let wrong = Some(lang.t("client-erase-changed"));
            return respond(&visitor, StatusCode::CONFLICT, &client, wrong).await;
        }
        Ok(Erased::Missing) => {
            txn.rollback().await?;
            return Err(Failure::Missing);
        }
        Err(error) if is_read_only(&error) => {
            txn.rollback().await?;
            let wrong = Some(lang.t("read-only-refused"));
            return respond(&visitor, StatusCode::CONFLICT, &client, wrong).await;
        }
        Err(error) => return Err(error.into()),
    }
    Ok(done("/clients", &Done::ClientErased))
}

/// To others than those who answer for the studio there is no such page, and of a client who was erased there is nothing to erase.
async fn erasable(visitor: &Visitor, id: &str) -> Result<ClientDetail, Failure> {
    if !may_erase(&visitor.user.role) {
        return Err(Failure::Missing);
    }
    let client = fetch(visitor, id).await?;
    match client.status.as_str() {
        "ERASED" | "MERGED" => Err(Failure::Missing),
        _ => Ok(client),
    }
}

async fn respond(
    visitor: &Visitor,
    status: StatusCode,
    client: &ClientDetail,
    wrong: Option<String>,
) -> Result<Response, Failure> {
    let p = visitor.frame(Section::Clients);
    let lang = p.lang;
    let counts = client_erasure_counts().bind(&visitor.db, &client.id, &visitor.now).one().await?;
    let mut goes = vec![
        lang.t("client-erase-goes-file"),
        lang.t1("client-erase-goes-sessions", "count", counts.sessions),
        lang.t("client-erase-goes-texts"),
    ];
    if counts.audio_files > 0 {
        goes.push(lang.t1("client-erase-goes-audio", "count", counts.audio_files));
    }
    let mut stays = vec![lang.t("client-erase-stays-hours")];
    if counts.invoices > 0 {
        stays.insert(0, lang.t1("client-erase-stays-invoices", "count", counts.invoices));
    }
    stays.push(lang.t("client-erase-stays-backups"));
    let view = Erase {
        heading: lang.t1("client-erase-heading", "name", client.display_name.clone()),
        action: format!("/clients/{}/erase", client.id),
        away: format!("/clients/{}", client.id),
        version: client.version,
        goes,
        stays,
        coming: (counts.coming > 0).then(|| lang.t1("client-erase-coming", "count", counts.coming)),
        wrong,
        p,
    };
    page(visitor, status, &view)
}
