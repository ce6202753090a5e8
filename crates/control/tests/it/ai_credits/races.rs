//! Many at once.

use std::collections::HashSet;

use cloison_control::ai_credits::{AiCreditsError, grant, reserve, settle};
use cloison_model::CreditSource;
use futures_util::future::join_all;

use super::{blue_with, keyed, new_grant, of};
use crate::backups::name;
use crate::world::call;

#[tokio::test]
async fn of_a_hundred_who_want_ten_credits_ten_get_one() {
    let (world, _safe) = blue_with(10).await;
    let requests: Vec<String> = (0..100).map(|it| format!("request {it}")).collect();
    let reserved = join_all(requests.iter().map(|it| world.reserve(it, 1))).await;
    assert_eq!(reserved.iter().filter(|it| it.is_ok()).count(), 10);
    assert!(reserved.iter().all(|it| matches!(it, Ok(_) | Err(AiCreditsError::TooFew { .. }))));
    assert_eq!(world.balance().await, (0, 10));
    assert_eq!(world.credits_told().await, ["tenant.ai_credits_exhausted"], "of ninety");
}

/// Reservers, settlers and releasers, each settlement sent twice at once, while grants come and expire and the keeper looks.
#[tokio::test]
async fn whatever_happens_at_once_nothing_is_lost_or_spent_twice() {
    let (world, _safe) = blue_with(200).await;
    let spend = async |it: usize| {
        let request = format!("request {it}");
        let wanted = 1 + i64::try_from(it % 7).unwrap();
        let (one, other) =
            tokio::join!(world.reserve(&request, wanted), world.reserve(&request, wanted));
        let held = match (one, other) {
            (Ok(one), Ok(other)) => {
                assert_eq!(one.id, other.id);
                one
            }
            (Ok(held), Err(_)) | (Err(_), Ok(held)) => held,
            (Err(AiCreditsError::TooFew { .. }), Err(_)) => return 0,
            wrong => panic!("{wrong:?}"),
        };
        if it.is_multiple_of(3) {
            world.release(held.id).await.unwrap();
            return 0;
        }
        let spent = wanted / 2;
        let (one, other) = tokio::join!(world.settle(held.id, spent), world.settle(held.id, spent));
        assert_eq!((one.unwrap().spent, other.unwrap().spent), (Some(spent), Some(spent)));
        spent
    };
    let more = async {
        for _ in 0..5 {
            world.grant(CreditSource::Promo, 20).await;
            world.caught_up().await;
        }
    };
    let (spent, ()) = tokio::join!(join_all((0..120).map(spend)), more);
    let spent: i64 = spent.iter().sum();
    assert_eq!(world.balance().await, (300 - spent, 0));
    let client = world.server.connect(cloison_catalog::DATABASE).await;
    let counted = client.query_one("select spent from ai_credits_accounts", &[]).await.unwrap();
    assert_eq!(counted.get::<_, i64>(0), spent);
}

#[tokio::test]
async fn the_same_call_at_once_is_made_once() {
    let (world, _safe) = blue_with(100).await;
    let (blue, call) = (name("blue"), keyed("the same"));
    let new = new_grant(CreditSource::Topup, 7);
    let made = join_all((0..4).map(|_| grant(&world.control, &call, &blue, &new))).await;
    let made: HashSet<_> = made.into_iter().map(|it| it.unwrap().id).collect();
    assert_eq!((made.len(), world.balance().await), (1, (107, 0)));

    let call = keyed("another");
    let held = join_all((0..4).map(|_| reserve(&world.control, &call, &blue, of("one", 50)))).await;
    let held: HashSet<_> = held.into_iter().map(|it| it.unwrap().id).collect();
    assert_eq!((held.len(), world.balance().await), (1, (57, 50)));

    let (id, call) = (held.into_iter().next().unwrap(), keyed("a third"));
    let settled = join_all((0..4).map(|_| settle(&world.control, &call, &blue, id, 20))).await;
    assert!(settled.into_iter().all(|it| it.unwrap().spent == Some(20)));
    assert_eq!(world.balance().await, (87, 0));
}

/// A key that was sent with a refusal is good for another try.
#[tokio::test]
async fn a_refusal_keeps_no_key() {
    let (world, _safe) = blue_with(10).await;
    let (blue, keyed) = (name("blue"), keyed("the same"));
    let refused = reserve(&world.control, &keyed, &blue, of("one", 11)).await;
    assert!(matches!(refused, Err(AiCreditsError::TooFew { .. })), "{refused:?}");
    grant(&world.control, &call(), &blue, &new_grant(CreditSource::Topup, 1)).await.unwrap();
    assert_eq!(reserve(&world.control, &keyed, &blue, of("one", 11)).await.unwrap().amount, 11);
}
