//! Whoever proves a domain has it, and there is never more than one who has.

use cloison_model::DomainState::{Pending, Serving};
use cloison_testkit::Mood;

use super::{CHALLENGE, Ground, state};

#[tokio::test]
async fn a_squatters_claim_blocks_nobody() {
    let ground = Ground::of(&["squatter", "blue"]).await;
    ground.claim("squatter").await;
    let proven = ground.proven("blue").await;
    assert_eq!(state(&proven), (Serving, None));
    assert_eq!(state(&ground.check("squatter").await), (Pending, Some("UNPROVEN")));
    assert_eq!(ground.holder().await.as_deref(), Some("blue"));
}

#[tokio::test]
async fn a_domain_is_taken_over_when_the_dns_says_one_and_not_the_other() {
    let ground = Ground::of(&["blue", "red"]).await;
    let old = ground.proven("blue").await;
    ground.world.execute("update domains set is_primary = true").await;
    let new = ground.claim("red").await;
    ground.dns.set(CHALLENGE, "TXT", &[&old.challenge.value, &new.challenge.value]);
    let refused = ground.check("red").await;
    assert_eq!(state(&refused), (Pending, Some("UNPROVEN")));
    let found = refused.found.unwrap();
    assert!(found.contains(&old.challenge.value) && !found.contains("blue"), "{found}");
    assert_eq!(ground.holder().await.as_deref(), Some("blue"));

    ground.dns.set(CHALLENGE, "TXT", &[&new.challenge.value]);
    let taken = ground.check("red").await;
    assert_eq!((state(&taken), taken.is_primary), ((Serving, None), false));
    assert_eq!(ground.holder().await.as_deref(), Some("red"));
    let lost = ground.now("blue").await.unwrap();
    assert_eq!((state(&lost), lost.is_primary), ((Pending, Some("UNPROVEN")), false));
    assert_eq!(ground.told().await, ["blue verified", "blue removed taken", "red verified"]);
    // It may come back the same way.
    ground.dns.set(CHALLENGE, "TXT", &[&old.challenge.value]);
    assert_eq!(state(&ground.check("blue").await), (Serving, None));
    assert_eq!(ground.holder().await.as_deref(), Some("blue"));
}

#[tokio::test]
async fn of_all_who_prove_it_at_once_one_has_it() {
    let tenants = ["blue", "red", "green", "grey"];
    let ground = Ground::of(&tenants).await;
    let mut values = Vec::new();
    for tenant in tenants {
        values.push(ground.claim(tenant).await.challenge.value);
    }
    let texts: Vec<_> = values.iter().map(String::as_str).collect();
    ground.dns.set(CHALLENGE, "TXT", &texts);
    // All have asked before any of them writes what it saw.
    let looking = ground.looking().await;
    ground.dns.mood(Mood::Answers);
    assert_eq!(looking.await.unwrap(), 4);
    let mut serving = Vec::new();
    for tenant in tenants {
        if ground.now(tenant).await.unwrap().verified_at.is_some() {
            serving.push(tenant);
        }
    }
    let [one] = serving[..] else { panic!("one has it, not {serving:?}") };
    assert_eq!(ground.holder().await.as_deref(), Some(one));
    assert_eq!(ground.told().await, [format!("{one} verified")]);
    ground.hurry().await;
    assert_eq!(ground.look().await, 4);
    assert_eq!(ground.holder().await.as_deref(), Some(one), "as long as its record is there");
}

/// What a slow look has seen of earlier days takes nothing from who has proven it since.
#[tokio::test]
async fn a_look_that_was_overtaken_changes_nothing() {
    let ground = Ground::of(&["blue", "red"]).await;
    let slow = ground.claim("blue").await;
    ground.dns.set(CHALLENGE, "TXT", &[&slow.challenge.value]);
    let looking = ground.looking().await;
    let mut other = ground.world.server.connect(cloison_catalog::DATABASE).await;
    let held = other.transaction().await.unwrap();
    held.execute("select from domains for update", &[]).await.unwrap();
    ground.dns.mood(Mood::Answers);
    ground.somebody_waits_for_a_lock().await;
    // Meanwhile the record was exchanged, and somebody else was faster.
    held.execute(
        "insert into domains (id, hostname, organization_id, verification_token, verified_at)
         select gen_random_uuid(), 'booking.rue-haute.example', id, 'fast', clock_timestamp()
         from organizations where subdomain = 'red'",
        &[],
    )
    .await
    .unwrap();
    held.commit().await.unwrap();
    looking.await.unwrap();
    assert_eq!(ground.holder().await.as_deref(), Some("red"));
    assert_eq!(state(&ground.now("blue").await.unwrap()), (Pending, None), "nothing was written");
}
