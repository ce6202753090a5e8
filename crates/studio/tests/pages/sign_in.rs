//! Who gets in, and who does not.

use http::{Request, StatusCode, header};
use jiff::SignedDuration;

use crate::browser::{OWNER, PASSWORD, Site};

#[tokio::test]
async fn a_stranger_is_sent_to_sign_in_and_then_where_they_wanted_to_go() {
    let site = Site::new("stranger").await;
    site.owner().await;
    let mut browser = site.stranger();
    let page = browser.get("/clients?q=ab").await;
    assert_eq!(page.location(), "/sign-in?next=%2Fclients%3Fq%3Dab");

    let page = browser.follow(&page).await;
    assert_eq!(page.status, StatusCode::OK);
    let page = browser.submit(&page, "/sign-in", &[("email", OWNER), ("password", PASSWORD)]).await;
    assert_eq!(page.location(), "/clients?q=ab");
    assert_eq!(browser.follow(&page).await.status, StatusCode::OK);
}

#[tokio::test]
async fn nobody_is_sent_to_another_host() {
    let site = Site::new("next").await;
    site.owner().await;
    for next in ["https://evil.example/", "//evil.example/", "/\\evil.example"] {
        let fields = [("email", OWNER), ("password", PASSWORD), ("next", next)];
        assert_eq!(
            site.stranger().post("/sign-in", &fields).await.location(),
            "/calendar",
            "{next}"
        );
    }
}

#[tokio::test]
async fn the_link_is_used_up_by_the_form_and_not_by_opening_it() {
    let site = Site::new("link").await;
    let link = site.link("2027-01-01").await;
    let mut browser = site.stranger();
    for _ in 0..2 {
        let page = browser.get(&link).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains(OWNER), "{}", page.text());
    }

    for (password, said) in [("court", "trop court"), (OWNER, "ne doit pas être votre adresse")] {
        let page = browser.post(&link, &[("password", password)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.said("wrong").contains(said), "{}", page.text());
    }

    assert_eq!(browser.post(&link, &[("password", PASSWORD)]).await.location(), "/calendar");
    assert_eq!(browser.get("/calendar").await.status, StatusCode::OK);

    let mut late = site.stranger();
    for page in
        [late.get(&link).await, late.post(&link, &[("password", "un autre mot de passe")]).await]
    {
        assert_eq!(page.status, StatusCode::GONE);
        assert!(page.text().contains("Ce lien ne fonctionne plus"));
    }
    let page = late.post("/sign-in", &[("email", OWNER), ("password", PASSWORD)]).await;
    assert_eq!(page.location(), "/calendar");
}

#[tokio::test]
async fn an_expired_link_is_explained() {
    let site = Site::new("expired").await;
    let link = site.link("2026-11-24T09:00:01Z").await;
    assert_eq!(site.stranger().get(&link).await.status, StatusCode::OK);
    site.pass(SignedDuration::from_secs(1));
    assert_eq!(site.stranger().get(&link).await.status, StatusCode::GONE);
    assert_eq!(
        site.stranger().post(&link, &[("password", PASSWORD)]).await.status,
        StatusCode::GONE
    );
    assert_eq!(site.stranger().get("/sign-in/made-up").await.status, StatusCode::GONE);
}

#[tokio::test]
async fn of_two_who_send_the_link_at_once_one_enters() {
    let site = Site::new("link_race").await;
    let link = site.link("2027-01-01").await;
    let (mut one, mut other) = (site.stranger(), site.stranger());
    let fields = [("password", PASSWORD)];
    let (one, other) = tokio::join!(one.post(&link, &fields), other.post(&link, &fields));
    let mut statuses = [one.status, other.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::GONE]);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let site = Site::new("wrong").await;
    site.owner().await;
    let answer = async |email: &str| {
        let page = site
            .stranger()
            .post("/sign-in", &[("email", email), ("password", "not this one")])
            .await;
        (page.status, page.body.replace(email, ""))
    };
    let wrong = answer(OWNER).await;
    assert_eq!(wrong.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong, answer("nobody@example.org").await);
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    let site = Site::new("guessing").await;
    site.owner().await;
    let mut browser = site.stranger();
    let guess = [("email", OWNER), ("password", "not this one")];
    for _ in 0..5 {
        assert_eq!(browser.post("/sign-in", &guess).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let right = [("email", OWNER), ("password", PASSWORD)];
    let page = browser.post("/sign-in", &right).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(page.headers[header::RETRY_AFTER], "2");
    assert!(page.said("danger").contains("Trop d’essais"), "{}", page.text());
    site.pass(SignedDuration::from_secs(2));
    assert_eq!(browser.post("/sign-in", &right).await.location(), "/calendar");
}

#[tokio::test]
async fn signing_out_ends_it_for_the_cookie_too() {
    let site = Site::new("sign_out").await;
    let mut browser = site.owner().await;
    let kept = browser.clone();
    let page = browser.post("/sign-out", &[]).await;
    assert_eq!(page.location(), "/sign-in?out=1");
    assert!(browser.follow(&page).await.text().contains("Vous êtes déconnecté"));
    assert!(kept.clone().get("/calendar").await.location().starts_with("/sign-in"));
}

#[tokio::test]
async fn a_visit_keeps_one_signed_in_and_two_weeks_without_do_not() {
    let site = Site::new("idle").await;
    let mut browser = site.owner().await;
    for _ in 0..3 {
        site.pass(SignedDuration::from_hours(13 * 24));
        assert_eq!(browser.get("/calendar").await.status, StatusCode::OK);
    }
    site.pass(SignedDuration::from_hours(15 * 24));
    assert!(browser.get("/calendar").await.location().starts_with("/sign-in"));
}

#[tokio::test]
async fn the_cookie_of_one_studio_is_unknown_to_another() {
    let (one, other) = (Site::new("one").await, Site::new("other").await);
    let mut browser = other.stranger();
    browser.cookies = one.owner().await.cookies;
    assert!(browser.get("/calendar").await.location().starts_with("/sign-in"));
}

#[tokio::test]
async fn forms_of_other_sites_are_refused_in_words() {
    let site = Site::new("csrf").await;
    let mut browser = site.owner().await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "http://evil.localhost"),
    ] {
        let request = Request::post("/sign-out").header(name, value);
        let page = browser.send(request, String::new()).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{name}: {value}");
        assert!(page.text().contains("autre site"), "{}", page.text());
    }
    assert_eq!(browser.get("/calendar").await.status, StatusCode::OK);
}
