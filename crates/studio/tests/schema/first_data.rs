//! The first day of a studio, which provisioning may have to begin twice.

use cloison_studio_queries::queries::{rooms, settings, sign_in_links, users};
use tokio_postgres::error::SqlState;

use crate::studio::{Studio, first_data, hour, now, state};

#[tokio::test]
async fn a_new_studio_can_be_signed_in_to_and_booked() {
    let studio = Studio::new("first").await;
    let app = studio.app().await;

    let its = settings::settings_get().bind(&app).one().await.unwrap();
    assert_eq!(
        (its.name.as_str(), its.time_zone.as_str(), its.locale.as_str()),
        ("Studio Marée", "Europe/Paris", "fr")
    );
    let open = settings::opening_rules_list().bind(&app).all().await.unwrap();
    assert_eq!(open.len(), 7);
    assert!(open.iter().all(|rule| (rule.opens_minute, rule.duration_minutes) == (600, 960)));
    let names: Vec<String> = rooms::rooms_list()
        .bind(&app)
        .all()
        .await
        .unwrap()
        .into_iter()
        .map(|room| room.name)
        .collect();
    assert_eq!(names, ["Studio A", "Studio B"]);

    let owner = users::user_by_email().bind(&app, &"SOLENE@example.org").one().await.unwrap();
    assert_eq!(
        (owner.role.as_str(), owner.status.as_str(), owner.password_hash),
        ("OWNER", "INVITED", None)
    );
}

#[tokio::test]
async fn the_link_works_once_and_not_too_late() {
    let studio = Studio::new("link").await;
    let app = studio.app().await;
    let token = [0xab_u8; 32];
    let too_late = "2027-01-01T00:00:00Z".parse().unwrap();
    let find = async |at| {
        sign_in_links::sign_in_link_find().bind(&app, &&token[..], &at).opt().await.unwrap()
    };
    let spend = async |at| {
        sign_in_links::sign_in_link_use().bind(&app, &at, &&token[..]).opt().await.unwrap()
    };

    assert!(find(too_late).await.is_none());
    assert!(spend(too_late).await.is_none());
    assert_eq!(find(now()).await.unwrap().email, "solene@example.org");
    assert!(spend(now()).await.is_some());
    assert!(spend(hour(12.0)).await.is_none());
    assert!(find(hour(12.0)).await.is_none());
}

#[tokio::test]
async fn beginning_again_changes_nothing() {
    let studio = Studio::new("again").await;
    let counts = "select format('%s users, %s settings, %s rules, %s rooms, %s resources, %s links',
        (select count(*) from users), (select count(*) from studio_settings), (select count(*) from opening_rules),
        (select count(*) from rooms), (select count(*) from resources), (select count(*) from sign_in_links))";
    let once: String = studio.fetch(counts).await;
    assert_eq!(once, "1 users, 1 settings, 7 rules, 2 rooms, 2 resources, 1 links");

    studio.first_data(&first_data("2027-01-01T00:00:00Z")).await.unwrap();
    assert_eq!(studio.fetch::<String>(counts).await, once);
    let owner = studio.owner().await;
    owner.execute("update rooms set name = 'Renamed' where name = 'Studio A'", &[]).await.unwrap();
    studio.first_data(&first_data("2027-02-01T00:00:00Z")).await.unwrap();
    assert_eq!(studio.fetch::<String>(counts).await, once);
}

#[tokio::test]
async fn an_impossible_first_day_is_refused_whole() {
    for (field, value, expected) in [
        ("time_zone", "Europe/Atlantis", SqlState::INVALID_PARAMETER_VALUE),
        ("owner_email", "nobody", SqlState::CHECK_VIOLATION),
        ("locale", "de", SqlState::CHECK_VIOLATION),
        ("name", "", SqlState::CHECK_VIOLATION),
        ("sign_in_token_hash", "abcd", SqlState::CHECK_VIOLATION),
    ] {
        let studio = Studio::bare("impossible").await;
        let mut data = first_data("2027-01-01T00:00:00Z");
        data[field] = value.into();
        assert_eq!(state(studio.first_data(&data).await), expected, "{field}");
        assert_eq!(studio.fetch::<i64>("select count(*) from users").await, 0);
    }
}
