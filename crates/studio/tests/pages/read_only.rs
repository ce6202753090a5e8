//! A studio that became read-only while somebody was typing: nothing is saved, nothing typed is lost.

use http::StatusCode;

use crate::browser::{OWNER, PASSWORD, Page, Site};

const REASON: &str = "Rien n’a été enregistré : ce studio est en lecture seule pour le moment.";

fn check_refused(page: &Page) {
    assert_eq!(page.status, StatusCode::CONFLICT, "{}", page.text());
    assert!(page.said("note").starts_with(REASON), "{}", page.text());
}

#[tokio::test]
async fn people_get_in_and_look_around() {
    let site = Site::new("reader").await;
    site.owner().await;
    site.make_read_only().await;
    let mut browser = site.stranger();
    let page = browser.post("/sign-in", &[("email", OWNER), ("password", PASSWORD)]).await;
    assert_eq!(page.location(), "/calendar");
    for path in ["/calendar", "/clients", "/clients/new", "/sessions/new"] {
        assert_eq!(browser.get(path).await.status, StatusCode::OK, "{path}");
    }
    let room = site.studio.room("Studio A").await;
    let preview = format!("/sessions/preview?room={room}&date=2026-11-25&from=14:00&to=16:00");
    assert_eq!(browser.get(&preview).await.status, StatusCode::OK);
    let page = browser.post("/preferences", &[("locale", "en"), ("back", "/clients")]).await;
    assert_eq!(page.location(), "/clients");
    assert_eq!(browser.post("/sign-out", &[]).await.location(), "/sign-in?out=1");
}

#[tokio::test]
async fn a_client_that_is_not_saved_is_still_in_the_form() {
    let site = Site::new("reader_client").await;
    let mut browser = site.owner().await;
    let known = site.studio.client("Marée haute").await;
    let new = browser.get("/clients/new").await;
    let path = format!("/clients/{known}");
    let file = browser.get(&path).await;
    site.make_read_only().await;

    let page = browser.submit(&new, "/clients/new", &[("display_name", "Les Embruns")]).await;
    check_refused(&page);
    assert_eq!(page.value("display_name"), "Les Embruns");
    let page = browser.submit(&file, &path, &[("phone", "+33 2 98 00 00 00")]).await;
    check_refused(&page);
    assert_eq!(page.value("phone"), "+33 2 98 00 00 00");
}

#[tokio::test]
async fn a_session_that_is_not_saved_is_still_in_the_form() {
    let site = Site::new("reader_session").await;
    let mut browser = site.owner().await;
    let new = browser.get("/sessions/new?date=2026-11-25&from=14:00").await;
    let page = browser.submit(&new, "/sessions", &[("title", "Prises voix")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    let session: uuid::Uuid = site.studio.fetch("select id from sessions").await;
    let path = format!("/sessions/{session}");
    let editor = browser.get(&path).await;
    let new = browser.get("/sessions/new?date=2026-11-26&from=14:00").await;
    site.make_read_only().await;

    // Work of the studio's own, for a client who is new, and a change.
    for (page, action, typed) in [
        (&new, "/sessions", [("title", "Mixage"), ("client", "")]),
        (&new, "/sessions", [("title", "Mixage"), ("client", "Les Embruns")]),
        (&editor, path.as_str(), [("title", "Mixage"), ("client", "")]),
    ] {
        let page = browser.submit(page, action, &typed).await;
        check_refused(&page);
        assert_eq!(
            (page.value("title"), page.value("client")),
            ("Mixage".into(), typed[1].1.into())
        );
    }
    let cancel = format!("{path}/cancel");
    let page = browser.submit(&editor, &cancel, &[("reason", "Grève des trains")]).await;
    check_refused(&page);
    assert_eq!(page.value("reason"), "Grève des trains");
    let left: i64 =
        site.studio.fetch("select count(*) from sessions where status <> 'CANCELLED'").await;
    let clients: i64 = site.studio.fetch("select count(*) from clients").await;
    assert_eq!((left, clients), (1, 0));
}
