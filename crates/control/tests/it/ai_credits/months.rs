//! The credits of a plan, month by month, whatever the clock does.

use cloison_catalog::DATABASE;
use cloison_control::ai_credits::{AiCreditsError, void};
use cloison_model::CreditSource;
use tokio::join;

use super::{MONTHLY, blue, blue_with};
use crate::backups::name;
use crate::world::{World, call};

impl World {
    /// As if all that was done had been done in a month before.
    pub(super) async fn a_month_passes(&self) {
        for past in [
            "update ai_credits_grants set period = 'past ' || id, expires_at = now() - interval '2 seconds'
             where period is not null",
            "update ai_credits_ledger set key = 'past ' || number where key like 'plan:%'",
            "update ai_credits_accounts set period = '2020-01', due_at = now()",
        ] {
            self.execute(past).await;
        }
    }

    async fn plan_grants(&self) -> i64 {
        let client = self.server.connect(DATABASE).await;
        let count = "select count(*) from ai_credits_grants where source = 'PLAN'";
        client.query_one(count, &[]).await.unwrap().get(0)
    }
}

#[tokio::test]
async fn each_month_has_its_own_and_what_is_not_used_ends_with_it() {
    let (world, _safe) = blue().await;
    assert_eq!((world.caught_up().await, world.caught_up().await), (1, 0));
    world.grant(CreditSource::Topup, 5).await;
    let held = world.reserve("one", 300).await.unwrap();
    world.settle(held.id, 300).await.unwrap();
    world.a_month_passes().await;
    assert_eq!((world.caught_up().await, world.caught_up().await), (1, 0));
    assert_eq!(world.balance().await, (MONTHLY + 5, 0));
    assert_eq!(
        world.ledger().await,
        [
            "GRANT +1000 +0 = 1000 0",
            "GRANT +5 +0 = 1005 0",
            "RESERVE -300 +300 = 705 300",
            "SETTLE +0 -300 = 705 0",
            "EXPIRE -700 +0 = 5 0",
            "GRANT +1000 +0 = 1005 0",
        ]
    );
    let client = world.server.connect(DATABASE).await;
    let spent = client.query_one("select spent from ai_credits_accounts", &[]).await.unwrap();
    assert_eq!(spent.get::<_, i64>(0), 0, "it counts from the month's beginning");
    // Whoever comes before the keeper.
    world.a_month_passes().await;
    world.execute("update ai_credits_grants set period = '2020-01' where ended is not null and source = 'PLAN'").await;
    world.reserve("two", MONTHLY + 5).await.unwrap();
    assert_eq!(world.balance().await, (0, MONTHLY + 5));
}

#[tokio::test]
async fn what_is_told_once_a_month_is_told_again_in_the_next() {
    let (world, _safe) = blue().await;
    let refused = async |request: &str| {
        let refused = world.reserve(request, MONTHLY + 1).await;
        assert!(matches!(refused, Err(AiCreditsError::TooFew { .. })), "{refused:?}");
    };
    refused("one").await;
    refused("two").await;
    world.a_month_passes().await;
    refused("three").await;
    refused("four").await;
    assert_eq!(world.credits_told().await, ["tenant.ai_credits_exhausted"; 2]);
    assert_eq!(world.balance().await, (MONTHLY, 0), "a refusal brings the account up to date, too");
}

/// A clock that was in another month, and is back: nothing is granted again, and nobody waits for the month that was shown.
#[tokio::test]
async fn a_clock_that_jumps_grants_nothing_twice() {
    let (world, _safe) = blue().await;
    assert_eq!(world.caught_up().await, 1);
    let far = "update ai_credits_accounts set period = '2099-01', due_at = '2099-02-01'";
    world.execute(far).await;
    assert_eq!((world.caught_up().await, world.caught_up().await), (1, 0));
    assert_eq!((world.plan_grants().await, world.balance().await), (1, (MONTHLY, 0)));
    world.execute(far).await;
    world.reserve("one", 10).await.unwrap();
    assert_eq!((world.plan_grants().await, world.balance().await), (1, (MONTHLY - 10, 10)));
}

#[tokio::test]
async fn who_is_suspended_or_has_left_gets_none_until_that_is_over() {
    let (world, _safe) = blue().await;
    for (wrong, right) in [
        (
            "update organizations set access_mode = 'READ_ONLY'",
            "update organizations set access_mode = 'FULL'",
        ),
        (
            "update subscriptions set status = 'SUSPENDED'",
            "update subscriptions set status = 'PAST_DUE'",
        ),
        (
            "update subscriptions set status = 'CANCELLED', cancelled_at = now()",
            "update subscriptions set status = 'ACTIVE', cancelled_at = null",
        ),
        ("update tenants set phase = 'ARCHIVED'", "update tenants set phase = 'READY'"),
        ("update tenants set phase = 'ERASING'", "update tenants set phase = 'READY'"),
        ("update subscriptions set plan_version = 2", "update subscriptions set plan_version = 3"),
    ] {
        world.execute("delete from ai_credits_accounts").await;
        world.execute(wrong).await;
        assert_eq!(world.caught_up().await, 0, "{wrong}");
        let refused = world.reserve("one", 1).await;
        assert!(matches!(refused, Err(AiCreditsError::TooFew { available: 0, .. })), "{wrong}");
        world.execute(right).await;
        assert_eq!(world.caught_up().await, 1, "{right}");
        assert_eq!(world.balance().await, (MONTHLY, 0), "{right}");
    }
}

#[tokio::test]
async fn who_is_let_do_everything_again_does_not_wait_for_the_keeper() {
    let (world, _safe) = blue_with(10).await;
    let refused = world.reserve("one", 11).await;
    assert!(matches!(refused, Err(AiCreditsError::TooFew { available: 10, .. })), "{refused:?}");
    world.execute("update organizations set access_mode = 'FULL'").await;
    assert_eq!(world.reserve("one", 11).await.unwrap().amount, 11);
    assert_eq!(world.balance().await, (MONTHLY - 1, 11));
}

#[tokio::test]
async fn what_was_taken_back_is_not_granted_again() {
    let (world, _safe) = blue().await;
    assert_eq!(world.caught_up().await, 1);
    let client = world.server.connect(DATABASE).await;
    let id = client.query_one("select id from ai_credits_grants", &[]).await.unwrap().get(0);
    void(&world.control, &call(), &name("blue"), id).await.unwrap();
    assert_eq!(world.caught_up().await, 0);
    assert_eq!(world.balance().await, (0, 0));
}

/// Two processes at a month's beginning, with many tenants.
#[tokio::test]
async fn two_keepers_share_the_work() {
    let (world, _safe) = blue_with(1).await;
    world.execute("update organizations set access_mode = 'FULL'").await;
    world
        .execute(
            "insert into organizations (id, subdomain, name, region)
             select gen_random_uuid(), 'tenant-' || n, 'Tenant ' || n, 'eu' from generate_series(1, 40) as n",
        )
        .await;
    world
        .execute(
            "insert into subscriptions (id, organization_id, plan_code, plan_version, status, period_starts_at, period_ends_at)
             select gen_random_uuid(), id, 'standard', 3, 'ACTIVE', now(), now() + interval '1 year'
             from organizations where subdomain <> 'blue'",
        )
        .await;
    world
        .execute(
            "insert into tenants (organization_id, server_id, database_name, role_name, database_password_sealed, database_password_verifier, phase)
             select organizations.id, servers.id, 'x' || organizations.number, 'x' || organizations.number, '', '', 'READY'
             from organizations cross join servers where subdomain <> 'blue'",
        )
        .await;
    let (one, other) = join!(world.caught_up(), world.caught_up());
    assert!(one + other >= 41, "{one} and {other}");
    assert_eq!(world.caught_up().await, 0);
    assert_eq!(world.plan_grants().await, 41);
    assert_eq!(world.balance().await, (41 * MONTHLY + 1, 0));
}
