//! What a look finds, and what it changes.

use cloison_control::domains::{DomainError, FrontDoor, claim};
use cloison_control::operations::WorkerConfig;
use cloison_model::DomainState::{Failing, Pending, Serving};
use cloison_testkit::{Dns, Mood};

use super::{CHALLENGE, Ground, HERE, HOSTNAME, THERE, here, hostname, named, state};
use crate::world::{call, eventually};

#[tokio::test]
async fn a_claim_is_proven_by_its_record_and_by_no_other() {
    let ground = Ground::of(&["blue"]).await;
    let claimed = ground.claim("blue").await;
    assert_eq!(ground.look().await, 1, "it is due at once");
    let checked = ground.now("blue").await.unwrap();
    assert_eq!(state(&checked), (Pending, Some("UNPROVEN")));
    assert_eq!(
        checked.found.as_deref(),
        Some("there is no TXT record _cloison-challenge.booking.rue-haute.example")
    );
    ground.dns.set(CHALLENGE, "TXT", &["cloison-verification=5eed", "v=spf1 -all"]);
    let checked = ground.check("blue").await;
    assert_eq!(state(&checked), (Pending, Some("UNPROVEN")));
    assert!(checked.found.unwrap().contains("says 'cloison-verification=5eed', 'v=spf1 -all'"));
    assert_eq!(ground.holder().await, None);

    ground.dns.set(CHALLENGE, "TXT", &["v=spf1 -all", &claimed.challenge.value]);
    let checked = ground.check("blue").await;
    assert_eq!((state(&checked), checked.found.as_deref()), ((Serving, None), None));
    assert_eq!(ground.holder().await.as_deref(), Some("blue"));
    let wait = checked.due_at.duration_since(checked.checked_at.unwrap()).as_hours();
    assert!((21..=24).contains(&wait), "{wait} h");
    assert_eq!(ground.look().await, 0, "it is not due");
    assert_eq!(ground.told().await, ["blue verified"]);
}

#[tokio::test]
async fn what_fails_is_served_and_told_once() {
    let mut ground = Ground::of(&["blue"]).await;
    ground.set(|it| it.target = here());
    ground.dns.set(HOSTNAME, "A", &[HERE]);
    let proven = ground.proven("blue").await;
    assert_eq!(state(&proven), (Serving, None));
    let epoch = ground.epoch().await;
    ground.dns.set(HOSTNAME, "A", &[THERE]);
    ground.hurry().await;
    assert_eq!(ground.look().await, 1);
    let failing = ground.now("blue").await.unwrap();
    assert_eq!(state(&failing), (Failing, Some("ELSEWHERE")));
    assert_eq!(
        failing.found.as_deref(),
        Some("it leads to 203.0.113.9, and we are at 198.51.100.1")
    );
    assert_eq!(failing.verified_at, proven.verified_at);
    ground.dns.set(CHALLENGE, "TXT", &[]);
    let failing = ground.check("blue").await;
    assert_eq!(state(&failing), (Failing, Some("UNPROVEN")));
    assert_eq!(ground.holder().await.as_deref(), Some("blue"), "nobody is locked out");

    ground.dns.set(CHALLENGE, "TXT", &[&proven.challenge.value]);
    ground.dns.set(HOSTNAME, "A", &[HERE]);
    let checked = ground.check("blue").await;
    assert_eq!((state(&checked), checked.failing_since), ((Serving, None), None));
    assert_eq!(ground.epoch().await, epoch, "routers have nothing to learn from that");
    assert_eq!(ground.told().await, ["blue verified", "blue failing ELSEWHERE", "blue recovered"]);
}

#[tokio::test]
async fn names_on_the_way_are_followed_and_every_address_counts() {
    let mut ground = Ground::of(&["blue"]).await;
    ground.set(|it| it.target = vec![FrontDoor::Name("front.example.com".parse().unwrap())]);
    ground.dns.set("front.example.com", "A", &[HERE]);
    ground.dns.set("front.example.com", "AAAA", &["2001:db8::1"]);
    ground.dns.set(HOSTNAME, "CNAME", &["blue.example.com"]);
    ground.dns.set("blue.example.com", "CNAME", &["front.example.com"]);
    assert_eq!(state(&ground.proven("blue").await), (Serving, None));
    ground.dns.set(HOSTNAME, "CNAME", &[]);
    ground.dns.set(HOSTNAME, "A", &[HERE]);
    ground.dns.set(HOSTNAME, "AAAA", &["2001:db8::2"]);
    let checked = ground.check("blue").await;
    assert_eq!(state(&checked), (Failing, Some("ELSEWHERE")));
    assert_eq!(checked.found.unwrap(), "it leads here and to 2001:db8::2, where we are not");
}

/// Proven in advance, it is served the moment the DNS leads here.
#[tokio::test]
async fn the_proof_alone_is_enough_to_be_served() {
    let mut ground = Ground::of(&["blue"]).await;
    ground.set(|it| it.target = here());
    let checked = ground.proven("blue").await;
    assert_eq!(state(&checked), (Failing, Some("ELSEWHERE")));
    assert_eq!(checked.found.unwrap(), "it leads nowhere: no address stands behind the name");
    assert_eq!(ground.holder().await.as_deref(), Some("blue"));
    assert_eq!(ground.told().await, ["blue verified", "blue failing ELSEWHERE"]);
}

#[tokio::test]
async fn a_dns_that_does_not_answer_changes_nothing() {
    let mut ground = Ground::of(&["blue"]).await;
    ground.set(|it| it.timeout = std::time::Duration::from_millis(100));
    let claimed = ground.claim("blue").await;
    ground.dns.set(CHALLENGE, "TXT", &[&claimed.challenge.value]);
    for mood in [Mood::Silent, Mood::Fails] {
        ground.dns.mood(mood);
        assert_eq!(state(&ground.check("blue").await), (Pending, Some("UNANSWERED")), "{mood:?}");
    }
    ground.dns.mood(Mood::Answers);
    ground.check("blue").await;
    ground.dns.mood(Mood::Silent);
    let checked = ground.check("blue").await;
    assert_eq!(state(&checked), (Failing, Some("UNANSWERED")));
    assert_eq!(ground.holder().await.as_deref(), Some("blue"));
    assert_eq!(ground.told().await, ["blue verified"]);
}

/// A resolver remembers for a while that there was nothing.
#[tokio::test]
async fn the_zones_own_servers_know_better_than_a_resolver() {
    let mut ground = Ground::of(&["blue"]).await;
    let resolver = Dns::start().await;
    resolver.set("rue-haute.example", "NS", &["ns.provider.example"]);
    resolver.set("ns.provider.example", "A", &["127.0.0.1"]);
    ground.set(|it| it.resolvers = vec![resolver.address]);
    let claimed = ground.claim("blue").await;
    assert_eq!(state(&ground.check("blue").await), (Pending, Some("UNPROVEN")));
    ground.dns.set(CHALLENGE, "TXT", &[&claimed.challenge.value]);
    assert_eq!(state(&ground.check("blue").await), (Serving, None));
    // Where they say nothing, the resolver is believed.
    ground.dns.mood(Mood::Fails);
    resolver.set(CHALLENGE, "TXT", &[&claimed.challenge.value]);
    assert_eq!(state(&ground.check("blue").await), (Serving, None));
}

#[tokio::test]
async fn a_claim_that_nobody_proves_is_over_after_thirty_days() {
    let ground = Ground::of(&["blue"]).await;
    ground.claim("blue").await;
    ground.check("blue").await;
    let age = "update domains set due_at = now(), failing_since = now() - interval '29 days'";
    ground.world.execute(age).await;
    ground.look().await;
    assert_eq!(state(&ground.now("blue").await.unwrap()), (Pending, Some("UNPROVEN")));
    ground.world.execute(&age.replace("29", "30")).await;
    assert_eq!(ground.look().await, 1);
    let gone = ground.now("blue").await.unwrap_err();
    assert!(matches!(gone, DomainError::NoDomain), "{gone}");
    assert_eq!(ground.told().await, ["blue removed unproven"]);
}

#[tokio::test]
async fn whoever_is_killed_between_look_and_commit_leaves_it_due() {
    let ground = Ground::of(&["blue"]).await;
    let claimed = ground.claim("blue").await;
    ground.dns.set(CHALLENGE, "TXT", &[&claimed.challenge.value]);
    let mut other = ground.world.server.connect(cloison_catalog::DATABASE).await;
    let looking = ground.looking().await;
    let held = other.transaction().await.unwrap();
    held.execute("select from domains for update", &[]).await.unwrap();
    ground.dns.mood(Mood::Answers);
    ground.somebody_waits_for_a_lock().await;
    looking.abort();
    assert!(looking.await.unwrap_err().is_cancelled());
    drop(held);

    assert_eq!(state(&ground.now("blue").await.unwrap()), (Pending, None));
    assert_eq!(ground.look().await, 0, "it may still be at it");
    ground.hurry().await;
    assert_eq!(ground.look().await, 1);
    assert_eq!(state(&ground.now("blue").await.unwrap()), (Serving, None));
    assert_eq!(ground.told().await, ["blue verified"]);
}

/// Nobody has to wait for the next round of looks.
#[tokio::test]
async fn whoever_works_looks_by_themselves() {
    let mut ground = Ground::of(&["blue"]).await;
    ground.world.employ(WorkerConfig { spares: 0, ..WorkerConfig::default() });
    let claimed = claim(&ground.world.control, &call(), &named("blue"), &hostname()).await.unwrap();
    ground.dns.set(CHALLENGE, "TXT", &[&claimed.challenge.value]);
    ground.hurry().await;
    eventually(async || ground.holder().await.is_some()).await;
    ground.world.dismiss();
}
