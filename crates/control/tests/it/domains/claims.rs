//! What people do with domains, and what becomes of these when a tenant goes.

use cloison_control::call::{Call, IdempotencyKey};
use cloison_control::domains::{DomainError, claim, list, make_primary, page, primary_of, remove};
use cloison_control::operations::WorkerConfig;
use cloison_model::{DOMAINS_MAX, DomainState};

use super::{CHALLENGE, Ground, hostname, named};
use crate::erasures::Terms;
use crate::world::call;

#[tokio::test]
async fn the_same_claim_again_answers_the_same() {
    let ground = Ground::of(&["blue"]).await;
    let key = IdempotencyKey::new("k", "POST", "/v1/tenants/blue/domains", b"{}").unwrap();
    let keyed = Call { key: Some(key), ..call() };
    let control = &ground.world.control;
    let first = claim(control, &keyed, &named("blue"), &hostname()).await.unwrap();
    let again = claim(control, &keyed, &named("blue"), &hostname()).await.unwrap();
    let unkeyed = ground.claim("blue").await;
    assert_eq!([again.id, unkeyed.id], [first.id; 2]);
    assert_eq!(again.challenge, first.challenge);
    assert_eq!(ground.world.count("domains").await, 1);
    let none = claim(control, &call(), &named("nobody"), &hostname()).await.unwrap_err();
    assert!(matches!(none, DomainError::NoTenant), "{none}");
}

#[tokio::test]
async fn there_are_twenty_at_most() {
    let ground = Ground::of(&["blue"]).await;
    let control = &ground.world.control;
    for number in 0..DOMAINS_MAX {
        let name = format!("booking-{number}.rue-haute.example").parse().unwrap();
        claim(control, &call(), &named("blue"), &name).await.unwrap();
    }
    let refused = claim(control, &call(), &named("blue"), &hostname()).await.unwrap_err();
    assert!(matches!(refused, DomainError::TooMany { max: 20 }), "{refused}");
}

#[tokio::test]
async fn links_name_the_primary_one_while_it_serves() {
    let ground = Ground::of(&["blue"]).await;
    let control = &ground.world.control;
    ground.claim("blue").await;
    let refused = make_primary(control, &call(), &named("blue"), &hostname()).await.unwrap_err();
    assert!(matches!(refused, DomainError::NotProven), "{refused}");
    ground.proven("blue").await;
    let other = "studio.rue-haute.example".parse().unwrap();
    let claimed = claim(control, &call(), &named("blue"), &other).await.unwrap();
    ground.dns.set(
        "_cloison-challenge.studio.rue-haute.example",
        "TXT",
        &[&claimed.challenge.value],
    );
    ground.look().await;
    for name in [&hostname(), &other, &other] {
        make_primary(control, &call(), &named("blue"), name).await.unwrap();
        let client = control.catalog.client().await.unwrap();
        assert_eq!(primary_of(&client, &named("blue")).await.unwrap().as_ref(), Some(name));
    }
    let client = control.catalog.client().await.unwrap();
    let primary: Vec<_> = list(&client, &named("blue")).await.unwrap();
    assert_eq!(primary.iter().filter(|it| it.is_primary).count(), 1);
    // What fails is served, but nobody is sent there.
    ground.world.execute("update domains set problem = 'ELSEWHERE', failing_since = now()").await;
    assert_eq!(primary_of(&client, &named("blue")).await.unwrap(), None);
}

#[tokio::test]
async fn lists_have_pages_and_states() {
    let ground = Ground::of(&["blue", "red"]).await;
    ground.proven("blue").await;
    ground.claim("red").await;
    let client = ground.world.control.catalog.client().await.unwrap();
    let first = page(&client, None, None, 1).await.unwrap();
    let rest = page(&client, None, Some(first[0].id), 10).await.unwrap();
    assert_eq!((&*first[0].subdomain, &*rest[0].subdomain, rest.len()), ("blue", "red", 1));
    for (state, tenant) in [
        (DomainState::Serving, Some("blue")),
        (DomainState::Pending, Some("red")),
        (DomainState::Failing, None),
    ] {
        let found = page(&client, Some(state), None, 10).await.unwrap();
        assert_eq!(found.first().map(|it| &*it.subdomain), tenant, "{state}");
    }
}

#[tokio::test]
async fn what_is_removed_is_served_no_more() {
    let ground = Ground::of(&["blue"]).await;
    ground.proven("blue").await;
    assert_eq!(ground.holder().await.as_deref(), Some("blue"));
    let control = &ground.world.control;
    remove(control, &call(), &named("blue"), &hostname()).await.unwrap();
    assert_eq!(ground.holder().await, None);
    let gone = remove(control, &call(), &named("blue"), &hostname()).await.unwrap_err();
    assert!(matches!(gone, DomainError::NoDomain), "{gone}");
    assert_eq!(ground.told().await, ["blue verified", "blue removed asked"]);
}

/// A name of one's own is about a person: nothing of it stays, in no table.
#[tokio::test]
async fn an_erasure_takes_them_with_it() {
    let ground = Ground::of(&["blue", "red"]).await;
    ground.proven("blue").await;
    ground.world.to_be_erased("blue", Terms::AT_ONCE).await;
    ground.world.work_off(&WorkerConfig::default()).await;
    assert_eq!(ground.world.count("domains").await, 0);
    let client = ground.world.server.connect(cloison_catalog::DATABASE).await;
    let tables = client
        .query("select format('%I.%I', schemaname, relname) from pg_stat_user_tables", &[])
        .await
        .unwrap();
    for table in tables {
        let table: String = table.get(0);
        let named = format!("select count(*) from {table} it where it::text like '%rue-haute%'");
        let left: i64 = client.query_one(&named, &[]).await.unwrap().get(0);
        assert_eq!(left, 0, "{table} still names it");
    }
    // The name is free.
    let claimed = ground.claim("red").await;
    ground.dns.set(CHALLENGE, "TXT", &[&claimed.challenge.value]);
    assert!(ground.check("red").await.verified_at.is_some());
}
