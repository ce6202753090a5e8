//! Finding and changing clients.

use cloison_studio::clients::Search;
use cloison_studio_queries::client::Params;
use cloison_studio_queries::queries::clients::{self, ClientInsertParams, ClientUpdateParams};
use tokio_postgres::Client;
use uuid::Uuid;

use crate::studio::{Studio, broken, now};

async fn find(app: &Client, typed: &str) -> Vec<String> {
    let search = Search::parse(typed).unwrap();
    let found = clients::clients_search()
        .bind(app, &search.terms, &search.query, &false, &search.prefix, &20, &now())
        .all()
        .await
        .unwrap();
    let count = clients::clients_search_count()
        .bind(app, &search.terms, &search.query, &false)
        .one()
        .await
        .unwrap();
    assert_eq!(count, i64::try_from(found.len()).unwrap());
    found.into_iter().map(|client| client.display_name).collect()
}

#[tokio::test]
async fn a_client_is_found_however_it_is_typed() {
    let studio = Studio::new("search").await;
    let app = studio.app().await;
    for name in [
        "Béatrice Lemaître",
        "Jean-Baptiste L’Hostis",
        "Cœur Ardent",
        "Łukasz Wójcik",
        "ياسمين حداد",
        "100% Zoë",
        "Lemaire Béa",
        "DJ 🦑",
    ] {
        studio.client(name).await;
    }
    for (typed, expected) in [
        ("beatrice", "Béatrice Lemaître"),
        ("LEMAÎTRE béa", "Béatrice Lemaître"),
        ("l'hos", "Jean-Baptiste L’Hostis"),
        ("coeur", "Cœur Ardent"),
        ("wojcik lukasz", "Łukasz Wójcik"),
        ("حداد", "ياسمين حداد"),
        ("100%", "100% Zoë"),
        ("🦑", "DJ 🦑"),
        // A letter wrong.
        ("baptitse l'hostis", "Jean-Baptiste L’Hostis"),
        ("wojick", "Łukasz Wójcik"),
    ] {
        assert_eq!(find(&app, typed).await.first().map(String::as_str), Some(expected), "{typed}");
    }
    assert_eq!(
        find(&app, "lema").await,
        ["Lemaire Béa", "Béatrice Lemaître"],
        "what begins with it comes first"
    );
    for nothing in ["%", "_", "\\", "zzz", "xylophone"] {
        assert_eq!(
            find(&app, nothing).await.iter().filter(|name| *name != "100% Zoë").count(),
            0,
            "{nothing}"
        );
    }
}

#[tokio::test]
async fn a_change_names_the_version_it_saw() {
    let studio = Studio::new("client_edit").await;
    let app = studio.app().await;
    let id: Uuid = clients::client_insert()
        .params(
            &app,
            &ClientInsertParams {
                kind: "BAND",
                display_name: "Goéland",
                legal_name: None::<&str>,
                email: Some("contact@example.org"),
                phone: None::<&str>,
                siren: None::<&str>,
                vat_number: None::<&str>,
                is_vat_taxable: false,
                country: "FR",
                locale: "fr",
                payment_terms_days: 30,
                notes: "",
            },
        )
        .one()
        .await
        .unwrap();
    let save = async |version: i32, siren: Option<&str>| {
        clients::client_update()
            .params(
                &app,
                &ClientUpdateParams {
                    kind: "COMPANY",
                    display_name: "Goéland SARL",
                    legal_name: Some("Goéland SARL"),
                    email: None::<&str>,
                    phone: Some("+33 6 39 98 00 00"),
                    siren,
                    vat_number: None::<&str>,
                    is_vat_taxable: true,
                    country: "FR",
                    locale: "fr",
                    payment_terms_days: 45,
                    notes: "",
                    id,
                    version,
                },
            )
            .await
    };
    assert_eq!(save(1, Some("000123457")).await.unwrap(), 1);
    assert_eq!(save(1, None).await.unwrap(), 0, "somebody has been there");
    assert_eq!(broken(save(2, Some("12")).await), "clients_siren_digits");
    let its = clients::client_get().bind(&app, &id).one().await.unwrap();
    assert_eq!(
        (its.display_name.as_str(), its.siren.as_deref(), its.version),
        ("Goéland SARL", Some("000123457"), 2)
    );
    assert_eq!(its.owed_cents, 0);

    assert_eq!(clients::client_set_archived().bind(&app, &true, &id, &2).await.unwrap(), 1);
    assert_eq!(clients::clients_count().bind(&app, &false).one().await.unwrap(), 0);
    assert_eq!(
        clients::clients_list().bind(&app, &true, &10, &0, &now()).all().await.unwrap().len(),
        1
    );
}
