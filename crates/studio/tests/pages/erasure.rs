//! A client who asks to be forgotten: looked for afterwards in every text of every table.

use http::StatusCode;
use tokio_postgres::Client;
use uuid::Uuid;

use crate::browser::{Browser, Page, Site};

const NAME: &str = "Éloïse Pélissier";
const EMAIL: &str = "eloise@pelissier.example";
const PHONE: &str = "06 12 34 56 78";

/// A client, with their name wherever somebody could have typed it, an issued invoice and a draft.
async fn planted(site: &Site) -> Uuid {
    let studio = &site.studio;
    let client = studio.client(NAME).await;
    let other = studio.client("Marée haute").await;
    let merged = studio.client("E. Pélissier").await;
    let owner = studio.owner().await;
    let issued = buyer(&owner, client).await;
    buyer(&owner, client).await;
    owner
        .execute(
            "select issue_invoice($1, 'F', '2026-11-20', 'k1', 'thirty-two bytes, and then a few')",
            &[&issued],
        )
        .await
        .unwrap();
    for statement in [
        format!(
            "update clients set email = '{EMAIL}', phone = '{PHONE}', legal_name = '{NAME} SARL', siren = '732829320',
                vat_number = 'FR83732829320', notes = 'allergique aux chats' where id = '{client}'"
        ),
        format!(
            "update clients set email = 'autre@pelissier.example', status = 'MERGED', merged_into_id = '{client}' where id = '{merged}'"
        ),
        format!(
            "update clients set notes = e'cousine d''ELOISE PELISSIER\\nvient le mardi' where id = '{other}'"
        ),
        format!(
            "insert into sessions (client_id, title, notes, status, starts_at, ends_at) values
                ('{client}', 'Voix {NAME}', 'la rappeler au {PHONE}', 'CONFIRMED', '2026-11-25 10:00Z', '2026-11-25 12:00Z'),
                ('{merged}', 'Voix E.', '', 'COMPLETED', '2026-11-05 10:00Z', '2026-11-05 12:00Z'),
                ('{other}', 'Chœurs avec {NAME}', e'prévoir un café\\nécrire à {EMAIL}', 'CONFIRMED', '2026-11-26 10:00Z', '2026-11-26 12:00Z'),
                ('{other}', 'Mixage', 'rien', 'CONFIRMED', '2026-11-27 10:00Z', '2026-11-27 12:00Z')"
        ),
        format!(
            "insert into sessions (client_id, title, status, starts_at, ends_at, cancelled_at, cancel_reason) values
                ('{other}', 'Prises', 'CANCELLED', '2026-11-28 10:00Z', '2026-11-28 12:00Z', '2026-11-20', '{NAME} est malade')"
        ),
        format!(
            "insert into allocations (resource_id, kind, label, starts_at, ends_at, busy_from, busy_to)
                select id, 'BLOCK', 'prêtée à {NAME}', '2026-11-30 10:00Z', '2026-11-30 12:00Z', '2026-11-30 10:00Z', '2026-11-30 12:00Z'
                from rooms limit 1"
        ),
        format!(
            "insert into audio_files (client_id, title, stage, object_key, bytes, codec, sample_rate_hz, bit_depth, channels, duration_ms) values
                ('{client}', '{NAME} prise 1', 'TAKE', 'audio/1.wav', 1, 'WAV', 48000, 24, 2, 1),
                ('{other}', 'duo avec {NAME}', 'MIX', 'audio/2.wav', 1, 'WAV', 48000, 24, 2, 1),
                ('{other}', 'Marée', 'MIX', 'audio/3.wav', 1, 'WAV', 48000, 24, 2, 1)"
        ),
    ] {
        owner.simple_query(&statement).await.unwrap();
    }
    client
}

/// A draft that names its buyer twice.
async fn buyer(owner: &Client, client: Uuid) -> Uuid {
    let buyer = serde_json::json!({ "name": NAME, "email": EMAIL, "phone": PHONE });
    let invoice: Uuid = owner
        .query_one(
            "insert into invoices (type, client_id, seller_snapshot, buyer_snapshot, net_cents, vat_cents, gross_cents)
             values ('INVOICE', $1, '{}', $2, 10000, 2000, 12000) returning id",
            &[&client, &buyer],
        )
        .await
        .unwrap()
        .get(0);
    owner
        .execute(
            "insert into invoice_lines (invoice_id, position, label, quantity_thousandths, unit_price_cents, vat_basis_points, net_cents)
             values ($1, 1, $2, 1000, 10000, 2000, 10000)",
            &[&invoice, &format!("Voix {NAME}")],
        )
        .await
        .unwrap();
    invoice
}

/// Every column of every table that has one of the words, in whatever spelling, as `table.column`, and how many rows.
async fn found(site: &Site) -> Vec<String> {
    let client = site.studio.superuser().await;
    let columns = client
        .query(
            "select c.relname::text, a.attname::text from pg_class c
             join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
             order by 1, 2",
            &[],
        )
        .await
        .unwrap();
    assert!(columns.len() > 100, "all columns are looked at: {}", columns.len());
    let words: Vec<String> = [NAME, "Pelissier", EMAIL, PHONE, "732829320", "allergique"]
        .iter()
        .map(|it| (*it).to_owned())
        .collect();
    let mut found = Vec::new();
    for row in columns {
        let (table, column): (&str, &str) = (row.get(0), row.get(1));
        let query = format!(
            "select count(*) from \"{table}\" t
             where exists (select from unnest($1::text[]) w where position(fold(w) in fold(t.\"{column}\"::text)) > 0)"
        );
        let rows: i64 = client.query_one(&query, &[&words]).await.unwrap().get(0);
        if rows > 0 {
            found.push(format!("{table}.{column} {rows}"));
        }
    }
    found
}

async fn confirmed(browser: &mut Browser<'_>, page: &Page, path: &str) -> Page {
    browser.submit(page, path, &[("sure", "1")]).await
}

#[tokio::test]
async fn a_client_is_forgotten_everywhere_but_in_what_was_issued() {
    let site = Site::new("forgotten").await;
    let mut browser = site.owner().await;
    let client = planted(&site).await;
    assert!(found(&site).await.len() > 12, "it is everywhere: {:?}", found(&site).await);

    let file = format!("/clients/{client}");
    assert!(browser.get(&file).await.text().contains("Effacer ce client"));
    let path = format!("{file}/erase");
    let page = browser.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in [
        "Effacer Éloïse Pélissier ?",
        "Titres et notes de 1 séance",
        "1 facture émise, telles quelles : la loi impose",
        "1 séance à venir reste réservée",
        "jusqu’à leur expiration",
    ] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    let page = browser.submit(&page, &path, &[]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.said("note").contains("cochez la case"), "{}", page.text());
    let page = confirmed(&mut browser, &page, &path).await;
    assert_eq!(page.location(), "/clients", "{}", page.text());
    let page = browser.follow(&page).await;
    assert!(page.said("toast").contains("Le client a été effacé."));
    assert!(!page.text().contains("Pélissier"));

    assert_eq!(
        found(&site).await,
        ["fiscal_journal.payload 1", "invoice_lines.label 1", "invoices.buyer_snapshot 1"],
        "of the issued document alone"
    );
    let studio = &site.studio;
    let issued =
        "select count(*) from invoices where buyer_snapshot is not null and status = 'ISSUED'";
    assert_eq!(studio.fetch::<i64>(issued).await, 1);
    let notes: String =
        studio.fetch("select notes from clients where display_name = 'Marée haute'").await;
    assert_eq!(notes, "[effacé]\nvient le mardi", "the rest of what was said stays");
    let notes: String =
        studio.fetch("select notes from sessions where notes like 'prévoir%'").await;
    assert_eq!(notes, "prévoir un café\n[effacé]");
    let untouched =
        "select count(*) from sessions where title = 'Mixage' and notes = 'rien' and version = 1";
    assert_eq!(studio.fetch::<i64>(untouched).await, 1);
    let proof: Option<i64> =
        studio.fetch("select fiscal_verify('k1', 'thirty-two bytes, and then a few')").await;
    assert_eq!(proof, None, "the journal is as it was");

    let page = browser.get(&file).await;
    assert!(page.text().contains("Client effacé") && page.text().contains("Effacé"));
    assert!(!page.text().contains("Enregistrer"), "nothing can be changed: {}", page.text());
    assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "there is nothing to erase");
}

/// A name that is part of other words, in notes that are as long as they may be.
#[tokio::test]
async fn what_merely_has_the_same_letters_stays() {
    let site = Site::new("forgotten_word").await;
    let mut browser = site.owner().await;
    let (client, other) = (site.studio.client("Anne").await, site.studio.client("Marée").await);
    let owner = site.studio.owner().await;
    let notes = "bonne année\nJEANNE vient\nun panneau d'Anne.\nÁnne aussi\n";
    for (table, column, max) in [("clients", "id", 4_000), ("sessions", "client_id", 2_000)] {
        if table == "sessions" {
            let insert = "insert into sessions (client_id, title, notes, status, starts_at, ends_at)
                values ($1, 'Livestream d’année', '', 'CONFIRMED', '2026-11-26 10:00Z', '2026-11-26 12:00Z')";
            owner.execute(insert, &[&other]).await.unwrap();
        }
        let update = format!(
            "update {table} set notes = $1 || e'Anne\n' || repeat('x', $2 - char_length($1) - 5) where {column} = $3"
        );
        owner.execute(&update, &[&notes, &max, &other]).await.unwrap();
    }
    let path = format!("/clients/{client}/erase");
    let page = browser.get(&path).await;
    let page = confirmed(&mut browser, &page, &path).await;
    assert_eq!(page.location(), "/clients", "{}", page.text());
    let kept = "bonne année\nJEANNE vient\n[effacé]\n[effacé]\n[effacé]\nxxx";
    for table in ["clients", "sessions"] {
        let found = format!("select notes from {table} where notes <> ''");
        let found: String = site.studio.fetch(&found).await;
        assert!(found.starts_with(kept), "{found}");
    }
    let title: String = site.studio.fetch("select title from sessions").await;
    assert_eq!(title, "Livestream d’année");
}

#[tokio::test]
async fn only_owners_and_managers_may_and_not_while_it_is_read_only() {
    let site = Site::new("forgetting").await;
    let mut browser = site.owner().await;
    browser.language = "en";
    let client = planted(&site).await;
    let (file, path) = (format!("/clients/{client}"), format!("/clients/{client}/erase"));
    let superuser = site.studio.superuser().await;
    for (role, may) in [("MANAGER", true), ("ENGINEER", false), ("READONLY", false)] {
        superuser.execute("update users set role = $1", &[&role]).await.unwrap();
        let page = browser.get(&path).await;
        assert_eq!(page.status == StatusCode::OK, may, "{role}");
        assert_eq!(browser.get(&file).await.body.contains(&path), may, "{role}");
        let refused = browser.post(&path, &[("version", "1")]).await;
        assert_eq!(refused.status == StatusCode::NOT_FOUND, !may, "{role}");
    }
    superuser.execute("update users set role = 'OWNER'", &[]).await.unwrap();
    let before = found(&site).await;
    let page = browser.get(&path).await;
    site.make_read_only().await;
    let refused = confirmed(&mut browser, &page, &path).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text());
    assert!(refused.said("note").contains("lecture seule"), "{}", refused.text());
    assert_eq!(found(&site).await, before);
}

#[tokio::test]
async fn who_was_changed_meanwhile_is_looked_at_again() {
    let site = Site::new("forgetting_changed").await;
    let mut browser = site.owner().await;
    let client = planted(&site).await;
    let path = format!("/clients/{client}/erase");
    let page = browser.get(&path).await;
    let file = browser.get(&format!("/clients/{client}")).await;
    browser.submit(&file, &format!("/clients/{client}"), &[("phone", "07 00 00 00 00")]).await;
    let refused = confirmed(&mut browser, &page, &path).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.said("note").contains("entre-temps"), "{}", refused.text());
    let page = confirmed(&mut browser, &refused, &path).await;
    assert_eq!(page.location(), "/clients");
}
