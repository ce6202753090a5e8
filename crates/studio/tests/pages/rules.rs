//! What holds for every page: the content policy is kept, everything has a name, nothing is there twice, both languages
//! have all the words, strangers see nothing, and what is not there is said to be not there.

use http::{Request, StatusCode, header};
use std::collections::HashSet;

use crate::browser::{Browser, Page, Site};
use crate::html::{Element, elements};

/// Each kind of page, on a studio with something in it.
async fn pages(site: &Site, browser: &mut Browser<'_>) -> Vec<(String, Page)> {
    let room = site.studio.room("Studio A").await;
    let client = site.studio.client("Marée haute").await;
    let fields = [
        ("title", "Prises voix"),
        ("room", &room.to_string()),
        ("date", "2026-11-25"),
        ("from", "14:00"),
        ("to", "18:00"),
    ];
    browser.post("/sessions", &fields).await;
    let session: uuid::Uuid =
        site.studio.fetch("select id from sessions order by created_at limit 1").await;
    let mut pages = Vec::new();
    for path in [
        "/calendar".to_owned(),
        "/calendar?week=2026-W48&cancelled=1".to_owned(),
        format!("/calendar?room={room}"),
        format!("/calendar?room={room}&hours=all"),
        "/calendar?day=2026-11-25".to_owned(),
        "/sessions/new".to_owned(),
        format!("/sessions/new?client_id={client}"),
        format!("/sessions/{session}"),
        "/clients".to_owned(),
        "/clients?q=nobody".to_owned(),
        "/clients/new".to_owned(),
        format!("/clients/{client}"),
    ] {
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
        pages.push((path, page));
    }
    let refused =
        browser.post("/sessions", &[("from", "x"), ("client", "y"), ("state", "HOLD")]).await;
    pages.push(("a refused booking".to_owned(), refused));
    let taken = browser.post("/sessions", &fields).await;
    assert_eq!(taken.status, StatusCode::CONFLICT);
    pages.push(("a taken room".to_owned(), taken));
    let link = site.link("2027-01-01").await;
    let mut stranger = site.stranger();
    stranger.language = browser.language;
    for path in ["/sign-in", &link, "/sign-in/made-up", "/nowhere"] {
        pages.push((path.to_owned(), stranger.get(path).await));
    }
    pages
}

fn name(element: &Element, page: &[Element]) -> String {
    let label = || {
        let id = element.get("id")?;
        page.iter().find(|it| it.name == "label" && it.get("for") == Some(id)).map(Element::text)
    };
    let around = || {
        let own = element.get("name")?;
        let value = element.get("value");
        let inside = |it: &Element| {
            elements(&it.inner)
                .iter()
                .any(|it| it.get("name") == Some(own) && it.get("value") == value)
        };
        page.iter().find(|it| it.name == "label" && inside(it)).map(Element::text)
    };
    let own = element.get("aria-label").map(str::to_owned).or_else(label).or_else(around);
    own.unwrap_or_else(|| element.text())
}

#[tokio::test]
async fn every_page_in_both_languages_keeps_the_rules() {
    for (language, other) in [("fr", "Week"), ("en", "Semaine")] {
        let site = Site::new("rules").await;
        let mut browser = site.owner().await;
        browser.post("/preferences", &[("locale", language)]).await;
        browser.language = language;
        for (path, page) in pages(&site, &mut browser).await {
            let all = elements(&page.body);
            assert_eq!(all[0].get("lang"), Some(language), "{path}");
            assert!(!page.text().contains(other), "{path}");
            let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
            assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'"));
            assert_eq!(page.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
            assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");

            let mut ids = HashSet::new();
            for it in &all {
                assert!(
                    it.name != "script" || it.inner.is_empty() && it.get("src").is_some(),
                    "{path}: inline script"
                );
                assert!(it.name != "style", "{path}: inline style");
                for attribute in it.attribute_names() {
                    assert!(
                        attribute != "style" && !attribute.starts_with("on"),
                        "{path}: {attribute}"
                    );
                }
                if let Some(id) = it.get("id") {
                    assert!(ids.insert(id.to_owned()), "{path}: {id} is there twice");
                }
                let hidden =
                    it.get("type") == Some("hidden") || it.get("aria-hidden") == Some("true");
                let control = matches!(
                    it.name.as_str(),
                    "a" | "button" | "input" | "select" | "textarea" | "summary"
                );
                if control && !hidden {
                    assert!(!name(it, &all).is_empty(), "{path}: {it:?} has no name");
                }
                if it.name == "use" {
                    let icon = it.get("href").unwrap().trim_start_matches('#');
                    assert!(
                        all.iter().any(|it| it.get("id") == Some(icon)),
                        "{path}: no icon {icon}"
                    );
                }
                for attribute in ["aria-describedby", "aria-labelledby", "list", "form"] {
                    let Some(target) = it.get(attribute) else { continue };
                    assert!(
                        all.iter().any(|it| it.get("id") == Some(target)),
                        "{path}: {attribute} to no {target}"
                    );
                }
            }
            assert_eq!(
                all.iter().filter(|it| it.name == "h1").count(),
                1,
                "{path}: one heading says what it is"
            );
            assert_eq!(all.iter().filter(|it| it.name == "main").count(), 1, "{path}");
        }
    }
}

#[tokio::test]
async fn a_stranger_sees_no_page_but_those_for_signing_in() {
    let site = Site::new("strangers").await;
    let id = uuid::Uuid::from_u128(7);
    for path in [
        "/calendar".to_owned(),
        "/sessions/new".to_owned(),
        "/sessions/preview".to_owned(),
        format!("/sessions/{id}"),
        "/clients".to_owned(),
        "/clients/new".to_owned(),
        "/clients/suggest?q=a".to_owned(),
        format!("/clients/{id}"),
    ] {
        assert!(
            site.stranger().get(&path).await.location().starts_with("/sign-in?next="),
            "{path}"
        );
    }
    for path in [
        "/sessions".to_owned(),
        format!("/sessions/{id}"),
        format!("/sessions/{id}/move"),
        format!("/sessions/{id}/confirm"),
        format!("/sessions/{id}/cancel"),
        "/clients/new".to_owned(),
        format!("/clients/{id}"),
    ] {
        let page = site.stranger().post(&path, &[("display_name", "x"), ("title", "x")]).await;
        assert_eq!(page.location(), "/sign-in?next=%2Fcalendar", "{path}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_said_in_words() {
    let site = Site::new("missing").await;
    let mut browser = site.owner().await;
    let id = uuid::Uuid::from_u128(7);
    for path in [
        "/nowhere".to_owned(),
        format!("/sessions/{id}"),
        "/sessions/'; drop table sessions".replace(' ', "%20"),
        format!("/clients/{id}"),
        "/clients/1".to_owned(),
        format!("/sessions/new?client_id={id}"),
        "/assets/app.0000000000000000.css".to_owned(),
    ] {
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.text().contains("Cette page n’existe pas"), "{path}: {}", page.text());
    }
    let page = browser.send(Request::delete("/calendar"), String::new()).await;
    assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED);
    let page = browser.get("/sign-out").await;
    assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(page.text().contains("ne s’utilise pas ainsi"), "{}", page.text());
    let page = browser.post("/clients/new", &[("notes", &"x".repeat(70_000))]).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.text().contains("trop long"), "{}", page.text());
}

#[tokio::test]
async fn the_switches_are_remembered() {
    let site = Site::new("switches").await;
    let mut browser = site.owner().await;
    let page = browser.post("/preferences", &[("theme", "dark"), ("back", "/clients")]).await;
    assert_eq!(page.location(), "/clients");
    assert_eq!(browser.follow(&page).await.elements("html")[0].get("data-theme"), Some("dark"));
    browser.post("/preferences", &[("theme", "system")]).await;
    assert_eq!(browser.get("/clients").await.elements("html")[0].get("data-theme"), None);

    browser.post("/preferences", &[("locale", "en")]).await;
    assert!(browser.get("/calendar").await.text().starts_with("23 – 29 November 2026"));
    // The next browser of the same person knows it too.
    let mut other = browser.clone();
    other.cookies.retain(|name, _| name == "__Host-cloison");
    assert!(other.get("/calendar").await.text().starts_with("23 – 29 November 2026"));
}

#[tokio::test]
async fn the_first_visit_speaks_the_language_of_the_browser_or_of_the_studio() {
    let site = Site::new("language").await;
    let mut browser = site.stranger();
    for (accepted, lang) in [("en-GB,en;q=0.9", "en"), ("fr-FR", "fr"), ("de", "fr"), ("", "fr")] {
        browser.language = accepted;
        assert_eq!(
            browser.get("/sign-in").await.elements("html")[0].get("lang"),
            Some(lang),
            "{accepted}"
        );
    }
}

#[tokio::test]
async fn assets_are_kept_for_ever_under_the_name_of_their_content() {
    let site = Site::new("assets").await;
    let mut browser = site.stranger();
    let page = browser.get("/sign-in").await;
    let links =
        page.elements("link").into_iter().filter_map(|it| it.get("href").map(str::to_owned));
    let scripts =
        page.elements("script").into_iter().filter_map(|it| it.get("src").map(str::to_owned));
    let mut count = 0;
    for path in links.chain(scripts) {
        let asset = browser.get(&path).await;
        assert_eq!(asset.status, StatusCode::OK, "{path}");
        assert_eq!(asset.headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        count += 1;
    }
    assert_eq!(count, 3);
}
