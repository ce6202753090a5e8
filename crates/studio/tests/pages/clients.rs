//! Finding clients and keeping their files.

use http::StatusCode;

use crate::browser::Site;

#[tokio::test]
async fn a_search_ignores_accents_and_says_when_there_is_nobody() {
    let site = Site::new("search").await;
    let mut browser = site.owner().await;
    let page = browser.get("/clients").await;
    assert!(page.said("empty").contains("Pas encore de client"));

    for name in ["Éloïse Pélissier", "Marée haute", "Cœur-volant"] {
        site.studio.client(name).await;
    }
    for (query, name) in
        [("eloise", "Éloïse Pélissier"), ("MAREE", "Marée haute"), ("coeur volant", "Cœur-volant")]
    {
        let page = browser.get(&format!("/clients?q={}", query.replace(' ', "+"))).await;
        let names: Vec<String> =
            page.with_class("name").iter().map(crate::html::Element::text).collect();
        assert_eq!(names, [name], "{query}");
    }
    let page = browser.get("/clients?q=%3Cscript%3E").await;
    assert!(
        page.said("empty").contains("Personne ne correspond à « <script> »"),
        "{}",
        page.text()
    );
    assert_eq!(browser.get("/clients").await.with_class("name").len(), 3);
}

#[tokio::test]
async fn a_client_is_made_and_changed() {
    let site = Site::new("client").await;
    let mut browser = site.owner().await;
    let page = browser.get("/clients/new").await;
    let typed = [
        ("display_name", "Marée haute"),
        ("kind", "BAND"),
        ("siren", "732 829 320"),
        ("email", "a@b.fr"),
    ];
    let page = browser.submit(&page, "/clients/new", &typed).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    let path = page.location().to_owned();
    let page = browser.follow(&page).await;
    assert!(page.said("toast").contains("Fiche créée : Marée haute"));
    assert!(page.text().contains("Rien de prévu"));
    assert_eq!(page.value("siren"), "732829320");

    let page = browser.submit(&page, &path, &[("email", "nowhere")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        (page.said("wrong"), page.value("email")),
        ("Cette adresse e-mail n’est pas complète.".into(), "nowhere".into())
    );
    let page = browser.submit(&page, &path, &[("email", "")]).await;
    assert_eq!(page.location(), path);
}

#[tokio::test]
async fn what_two_people_wrote_is_shown_side_by_side() {
    let site = Site::new("client_versions").await;
    let mut browser = site.owner().await;
    let path = format!("/clients/{}", site.studio.client("Marée haute").await);
    let (mine, theirs) = (browser.get(&path).await, browser.get(&path).await);
    browser.submit(&theirs, &path, &[("phone", "01 23 45 67 89")]).await;

    let page = browser
        .submit(&mine, &path, &[("phone", "06 00 00 00 00"), ("notes", "les miennes")])
        .await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert_eq!(
        page.said("diff"),
        "Téléphone Enregistré : 01 23 45 67 89 · Vous : 06 00 00 00 00 Notes Enregistré : rien · Vous : les miennes"
    );
    let page = browser.submit(&page, &path, &[]).await;
    assert_eq!(page.location(), path);
    assert_eq!(site.studio.fetch::<String>("select phone from clients").await, "06 00 00 00 00");
}
