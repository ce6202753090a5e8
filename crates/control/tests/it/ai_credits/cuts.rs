//! Whoever works is cut off anywhere, and another one does the same again.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use cloison_catalog::DATABASE;
use cloison_control::ai_credits::{catch_up_due, grant, void};
use cloison_model::CreditSource;

use super::{blue_with, keyed, new_grant};
use crate::backups::name;
use crate::world::World;

/// More than anything here waits for answers.
const POLLS_MAX: usize = 500;

/// What it comes to, unless it is dropped before: when it has been polled so often, with whatever it waits for under way. So a
/// statement has been sent and its answer is nobody's, a `commit` among them.
async fn cut<T>(polls: usize, it: impl Future<Output = T>) -> Option<T> {
    let (mut it, mut left) = (pin!(it), polls);
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        match it.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Runs `step` once for each place where it can be cut off, and says when it was not any more. `step` is given the place, and answers
/// whether it got to its end.
async fn everywhere(mut step: impl AsyncFnMut(usize) -> bool) {
    for polls in 1..POLLS_MAX {
        if step(polls).await {
            assert!(polls > 5, "it was cut off {} times only", polls - 1);
            return;
        }
    }
    panic!("it never ends");
}

impl World {
    async fn entries(&self, kind: &str) -> i64 {
        let client = self.server.connect(DATABASE).await;
        let count = "select count(*) from ai_credits_ledger where kind = $1";
        client.query_one(count, &[&kind]).await.unwrap().get(0)
    }
}

#[tokio::test]
async fn a_reservation_and_its_settlement() {
    let (world, _safe) = blue_with(1_000_000).await;
    let mut made = 0;
    everywhere(async |polls| {
        let request = format!("request {polls}");
        let held = cut(polls, world.reserve(&request, 10)).await;
        let again = world.reserve(&request, 10).await.unwrap();
        made += 1;
        assert_eq!(world.balance().await, (1_000_000 - made * 10, 10 * made));
        assert_eq!(world.entries("RESERVE").await, made);
        held.is_some_and(|it| it.unwrap().id == again.id)
    })
    .await;
    let client = world.server.connect(DATABASE).await;
    let held =
        client.query("select id from ai_credits_reservations order by id", &[]).await.unwrap();
    let mut held = held.iter().map(|it| it.get(0));
    let (mut spent, mut settled) = (0, 0);
    everywhere(async |polls| {
        let mut id = held.next();
        if id.is_none() {
            made += 1;
            id = Some(world.reserve(&format!("more {polls}"), 10).await.unwrap().id);
        }
        let id = id.unwrap();
        let ended = cut(polls, world.settle(id, 3)).await;
        world.settle(id, 3).await.unwrap();
        (spent, settled) = (spent + 3, settled + 1);
        assert_eq!(world.entries("SETTLE").await, settled);
        let held = 10 * (made - settled);
        assert_eq!(world.balance().await, (1_000_000 - spent - held, held));
        ended.is_some()
    })
    .await;
}

#[tokio::test]
async fn a_release_of_what_has_expired_meanwhile() {
    let (world, _safe) = blue_with(1).await;
    let mut lost = 0;
    everywhere(async |polls| {
        world.grant(CreditSource::Promo, 10).await;
        let held = world.reserve(&format!("request {polls}"), 10).await.unwrap();
        world.execute("update ai_credits_grants set expires_at = now() - interval '2 seconds' where source = 'PROMO'").await;
        let ended = cut(polls, world.release(held.id)).await;
        world.release(held.id).await.unwrap();
        lost += 1;
        assert_eq!(world.balance().await, (1, 0));
        assert_eq!(world.entries("EXPIRE").await, lost);
        ended.is_some()
    })
    .await;
}

#[tokio::test]
async fn a_grant_and_what_takes_it_back() {
    let (world, _safe) = blue_with(1).await;
    let (blue, new) = (name("blue"), new_grant(CreditSource::Topup, 10));
    let mut made = 0;
    everywhere(async |polls| {
        let call = keyed(&format!("grant {polls}"));
        let ended = cut(polls, grant(&world.control, &call, &blue, &new)).await;
        let granted = grant(&world.control, &call, &blue, &new).await.unwrap();
        made += 1;
        assert_eq!(world.balance().await, (11, 0));
        void(&world.control, &keyed(&format!("void {polls}")), &blue, granted.id).await.unwrap();
        assert_eq!(world.entries("GRANT").await, 1 + made);
        ended.is_some()
    })
    .await;
    let mut voided = world.entries("VOID").await;
    everywhere(async |polls| {
        let granted = world.grant(CreditSource::Topup, 10).await;
        let call = keyed(&format!("another void {polls}"));
        let ended = cut(polls, void(&world.control, &call, &blue, granted.id)).await;
        void(&world.control, &call, &blue, granted.id).await.unwrap();
        voided += 1;
        assert_eq!((world.balance().await, world.entries("VOID").await), ((1, 0), voided));
        ended.is_some()
    })
    .await;
    let written = "select count(*) from audit_log where action = 'ai_credits.void'";
    let client = world.server.connect(DATABASE).await;
    assert_eq!(client.query_one(written, &[]).await.unwrap().get::<_, i64>(0), voided);
}

/// A month's beginning, with a reservation that runs out and a grant that does.
#[tokio::test]
async fn bringing_an_account_up_to_date() {
    let (world, _safe) = blue_with(10).await;
    world.execute("update organizations set access_mode = 'FULL'").await;
    everywhere(async |polls| {
        world.caught_up().await;
        world.reserve(&format!("request {polls}"), 5).await.unwrap();
        world.execute("update ai_credits_reservations set expires_at = now() - interval '2 seconds' where state = 'HELD'").await;
        world.a_month_passes().await;
        let ended = cut(polls, catch_up_due(&world.control)).await;
        world.caught_up().await;
        assert_eq!(world.balance().await, (1_010, 0));
        let grants = world.entries("GRANT").await;
        assert_eq!(grants, i64::try_from(polls).unwrap() + 2, "one a month, and the first");
        ended.is_some()
    })
    .await;
}
