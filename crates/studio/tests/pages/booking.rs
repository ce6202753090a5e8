//! Booking through the pages, as a receptionist does it.

use http::StatusCode;

use crate::browser::{Browser, Page, Site};

/// Wednesday the 25th; the clock stands at Tuesday, ten in the morning.
const DAY: &str = "2026-11-25";

async fn book(browser: &mut Browser<'_>, room: &str, typed: &[(&str, &str)]) -> Page {
    let page = browser.get(&format!("/sessions/new?room={room}&date={DAY}&from=14:00")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    browser.submit(&page, "/sessions", typed).await
}

/// The path of the only session.
async fn only_session(site: &Site) -> String {
    let id: uuid::Uuid = site.studio.fetch("select id from sessions").await;
    format!("/sessions/{id}")
}

#[tokio::test]
async fn a_click_fills_in_room_and_time_and_the_session_is_in_the_calendar() {
    let site = Site::new("click").await;
    let mut browser = site.owner().await;
    let room = site.studio.room("Studio A").await.to_string();

    let page = browser.get(&format!("/calendar?week=2026-W48&room={room}")).await;
    let slots = page.with_class("slot");
    let slot =
        slots.iter().find(|it| it.get("href").unwrap().contains(&format!("date={DAY}&from=14:00")));
    let page = browser.get(slot.unwrap().get("href").unwrap()).await;
    assert_eq!(
        (page.value("date"), page.value("from"), page.value("to")),
        (DAY.into(), "14:00".into(), "18:00".into())
    );

    let page = browser
        .submit(&page, "/sessions", &[("title", "Prises voix"), ("client", "Marée haute")])
        .await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    let page = browser.follow(&page).await;
    let [booked] = &page.with_class("booking")[..] else { panic!("one booking: {}", page.text()) };
    assert_eq!(booked.text(), "Prises voix 14:00 – 18:00 Confirmée Marée haute");
    assert!(booked.has_class("state-confirmed"));
    assert!(
        page.said("toast")
            .starts_with("Réservé : Prises voix, mercredi 25 novembre, 14:00 – 18:00")
    );
    // Said once.
    assert_eq!(browser.get("/calendar").await.with_class("toast").len(), 0);

    let undo = format!("{}/cancel", only_session(&site).await);
    let page = browser.submit(&page, &undo, &[]).await;
    let page = browser.follow(&page).await;
    assert_eq!(page.with_class("booking").len(), 0, "{}", page.text());
    assert!(page.said("toast").starts_with("Annulé : Prises voix"));
}

#[tokio::test]
async fn a_taken_room_is_refused_by_name_with_what_is_free_and_nothing_typed_is_lost() {
    let site = Site::new("taken").await;
    let mut browser = site.owner().await;
    let room = site.studio.room("Studio A").await.to_string();
    book(&mut browser, &room, &[("title", "Prises voix"), ("client", "Marée haute")]).await;

    let typed = [
        ("title", "Mixage & <b>"),
        ("client", "Goéland"),
        ("from", "16h"),
        ("to", "19:00"),
        ("notes", "deux\nlignes"),
    ];
    let page = book(&mut browser, &room, &typed).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    let said = page.said("danger");
    assert!(said.starts_with("Studio A est pris par Marée haute jusqu’à 18:15, temps de préparation compris. Libre : Studio B à 16:00"), "{said}");
    assert_eq!(
        (page.value("title"), page.value("client")),
        ("Mixage & <b>".into(), "Goéland".into())
    );
    assert_eq!(page.form("/sessions").iter().find(|it| it.0 == "notes").unwrap().1, "deux lignes");
    let clients: i64 = site.studio.fetch("select count(*) from clients").await;
    assert_eq!(clients, 1, "a refused booking leaves no client behind");

    let buttons = page.elements("button");
    let free = buttons.iter().find(|it| it.text() == "Studio B à 16:00").unwrap();
    let page = browser.submit(&page, "/sessions", &[("use", free.get("value").unwrap())]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!((page.value("from"), page.value("to")), ("16:00".into(), "19:00".into()));
    let page = browser.submit(&page, "/sessions", &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    let page = browser.follow(&page).await;
    assert!(page.with_class("booking").iter().any(|it| it.text().starts_with("Mixage & <b>")));
}

#[tokio::test]
async fn the_editor_says_while_one_types_what_booking_would() {
    let site = Site::new("preview").await;
    let mut browser = site.owner().await;
    let room = site.studio.room("Studio A").await.to_string();
    let ask = format!("/sessions/preview?room={room}&date={DAY}&from=14:00&to=");
    let page = browser.get(&format!("{ask}18:00")).await;
    assert_eq!(
        page.said("ok"),
        "Studio A est libre : mercredi 25 novembre, 14:00 – 18:00 (4\u{202f}h). \
         4\u{202f}h à 80,00\u{202f}€ de l’heure : 320,00\u{202f}€ HT."
    );
    book(&mut browser, &room, &[("title", "Prises voix")]).await;
    let page = browser.get(&format!("{ask}15:00")).await;
    assert!(page.said("danger").starts_with("Studio A est pris par Prises voix jusqu’à 18:15"));
    assert_eq!(page.elements("button")[0].get("data-from"), Some("14:00"));
    assert_eq!(browser.get("/sessions/preview?room=x").await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn the_night_passes_midnight_and_the_calendar_keeps_it_whole() {
    let site = Site::new("night").await;
    let mut browser = site.owner().await;
    let room = site.studio.room("Studio B").await.to_string();
    let page =
        book(&mut browser, &room, &[("title", "Nuit"), ("from", "22:00"), ("to", "02:00")]).await;
    let page = browser.follow(&page).await;
    assert_eq!(page.with_class("booking").len(), 1);

    let page = browser.get(&format!("/calendar?week=2026-W48&room={room}&hours=all")).await;
    let parts = page.with_class("booking");
    assert_eq!(parts.len(), 2, "cut at midnight where the day runs from midnight");
    assert!(
        parts[0].has_class("t88") && parts[0].has_class("h8") && parts[0].has_class("cut-bottom")
    );
    assert!(parts[1].has_class("t0") && parts[1].has_class("h8") && parts[1].has_class("cut-top"));
}

#[tokio::test]
async fn a_time_that_does_not_exist_is_refused_and_one_that_comes_twice_is_asked() {
    let site = Site::new("clocks").await;
    let mut browser = site.owner().await;
    let room = site.studio.room("Studio A").await.to_string();

    let gap = [("title", "x"), ("date", "2027-03-28"), ("from", "02:30"), ("to", "06:00")];
    let page = book(&mut browser, &room, &gap).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        page.said("wrong"),
        "dimanche 28 mars à 02:30 : cette heure n’existe pas, les horloges passent directement à 03:00. Choisissez une autre heure."
    );

    let fold = [("title", "x"), ("date", "2026-10-25"), ("from", "02:30"), ("to", "06:00")];
    let page = book(&mut browser, &room, &fold).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let asked: Vec<_> = page
        .elements("input")
        .into_iter()
        .filter(|it| it.get("name") == Some("which_from"))
        .collect();
    assert_eq!(asked.len(), 2);

    let page = browser.submit(&page, "/sessions", &[("which_from", "later")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    let starts: jiff::Timestamp = site.studio.fetch("select starts_at from sessions").await;
    assert_eq!(starts.to_string(), "2026-10-25T01:30:00Z");
    // The answer is kept when the session is opened again.
    let path = only_session(&site).await;
    let page = browser.get(&path).await;
    let form = page.form(&path);
    assert!(form.contains(&("which_from".to_owned(), "later".to_owned())), "{form:?}");
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field() {
    let site = Site::new("wrong_fields").await;
    let mut browser = site.owner().await;
    let room = site.studio.room("Studio A").await.to_string();
    let long = "x".repeat(121);
    for (field, value, said) in [
        ("title", "", "Donnez un titre"),
        ("title", &long, "120 caractères"),
        ("date", "2026-02-30", "date valide"),
        ("from", "midi", "heure valide"),
        ("to", "14:10", "15 minutes"),
        ("room", "nowhere", "dans la liste"),
        ("date", "2036-01-01", "trois ans"),
        ("client", &long, "120 caractères"),
    ] {
        let mut typed = vec![("title", "Prises voix")];
        typed.retain(|it| it.0 != field);
        typed.push((field, value));
        let page = book(&mut browser, &room, &typed).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(page.said("wrong").contains(said), "{field}: {}", page.said("wrong"));
    }
    let sessions: i64 = site.studio.fetch("select count(*) from sessions").await;
    assert_eq!(sessions, 0);
}

#[tokio::test]
async fn a_move_can_be_undone() {
    let site = Site::new("move").await;
    let mut browser = site.owner().await;
    let (a, b) = (
        site.studio.room("Studio A").await.to_string(),
        site.studio.room("Studio B").await.to_string(),
    );
    book(&mut browser, &a, &[("title", "Prises voix")]).await;
    let path = only_session(&site).await;

    let page = browser.get(&path).await;
    let page =
        browser.submit(&page, &path, &[("room", &b), ("from", "15:00"), ("to", "19:00")]).await;
    let page = browser.follow(&page).await;
    assert!(
        page.said("toast")
            .starts_with("Déplacé : Prises voix, mercredi 25 novembre, 15:00 – 19:00")
    );

    let undo = format!("{path}/move");
    let page = browser.submit(&page, &undo, &[]).await;
    let page = browser.follow(&page).await;
    assert!(page.said("toast").starts_with("Remis en place"), "{}", page.said("toast"));
    let page = browser.get(&path).await;
    assert_eq!((page.value("from"), page.value("to")), ("14:00".into(), "18:00".into()));
}

#[tokio::test]
async fn two_who_change_the_same_session_are_told() {
    let site = Site::new("versions").await;
    let mut browser = site.owner().await;
    let room = site.studio.room("Studio A").await.to_string();
    book(&mut browser, &room, &[("title", "Prises voix")]).await;
    let path = only_session(&site).await;
    let (mine, theirs) = (browser.get(&path).await, browser.get(&path).await);
    browser.submit(&theirs, &path, &[("title", "Chœurs")]).await;

    let page = browser.submit(&mine, &path, &[("title", "Cordes")]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(
        page.said("warn").contains("Chœurs, Studio A, mercredi 25 novembre"),
        "{}",
        page.said("warn")
    );
    assert_eq!(page.value("title"), "Cordes");
    let page = browser.submit(&page, &path, &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(site.studio.fetch::<String>("select title from sessions").await, "Cordes");
}

#[tokio::test]
async fn cancelling_asks_why_frees_the_room_and_hides_the_session_unless_asked() {
    let site = Site::new("cancel").await;
    let mut browser = site.owner().await;
    let room = site.studio.room("Studio A").await.to_string();
    book(&mut browser, &room, &[("title", "Prises voix")]).await;
    let path = only_session(&site).await;
    let cancel = format!("{path}/cancel");

    let page = browser.get(&path).await;
    let page = browser.submit(&page, &cancel, &[("reason", " ")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.said("wrong").contains("Dites pourquoi"));
    let page = browser.submit(&page, &cancel, &[("reason", "Grippe")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());

    assert_eq!(browser.get("/calendar").await.with_class("booking").len(), 0);
    let shown = browser.get("/calendar?cancelled=1").await;
    assert!(shown.with_class("booking")[0].has_class("state-over"));
    let page = browser.get(&path).await;
    assert!(page.text().contains("Grippe") && page.text().contains("close"), "{}", page.text());
    book(&mut browser, &room, &[("title", "Autre")]).await;
    assert_eq!(browser.get("/calendar").await.with_class("booking").len(), 1);
}

#[tokio::test]
async fn holds_wait_in_line_and_the_first_can_be_confirmed() {
    let site = Site::new("holds").await;
    let mut browser = site.owner().await;
    let room = site.studio.room("Studio A").await.to_string();
    for title in ["Première", "Seconde"] {
        book(&mut browser, &room, &[("title", title), ("state", "HOLD")]).await;
    }
    let page = browser.get(&format!("/calendar?day={DAY}&room={room}")).await;
    let holds = page.with_class("state-hold");
    assert_eq!(holds.len(), 2);
    assert!(
        holds[0].has_class("k0-2") && holds[0].text().contains("Option 1"),
        "{}",
        holds[0].text()
    );
    assert!(
        holds[1].has_class("k1-2") && holds[1].text().contains("Option 2"),
        "{}",
        holds[1].text()
    );

    let path = holds[1].get("href").unwrap();
    let page = browser.get(path).await;
    let page = browser.submit(&page, &format!("{path}/confirm"), &[]).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "the second has to wait");
    assert!(page.said("danger").contains("Première"), "{}", page.said("danger"));

    let path = holds[0].get("href").unwrap();
    let page = browser.get(path).await;
    let page = browser.submit(&page, &format!("{path}/confirm"), &[]).await;
    assert!(browser.follow(&page).await.said("toast").starts_with("Confirmé : Première"));
}

#[tokio::test]
async fn a_name_that_could_be_several_clients_is_asked() {
    let site = Site::new("which_client").await;
    let mut browser = site.owner().await;
    let room = site.studio.room("Studio A").await.to_string();
    let known = site.studio.client("Marée haute").await;
    site.studio.client("Marée haute").await;

    let page = book(&mut browser, &room, &[("title", "x"), ("client", "maree haute")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let picks: Vec<_> = page
        .elements("input")
        .into_iter()
        .filter(|it| it.get("name") == Some("client_pick"))
        .collect();
    assert_eq!(picks.len(), 3, "two that are alike, and a new one");

    let page = browser.submit(&page, "/sessions", &[("client_pick", &known.to_string())]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    assert_eq!(site.studio.fetch::<uuid::Uuid>("select client_id from sessions").await, known);
    assert_eq!(site.studio.fetch::<i64>("select count(*) from clients").await, 2);
}
