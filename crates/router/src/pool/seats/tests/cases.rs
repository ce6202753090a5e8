//! One order of events each, and what comes of it.

use super::*;

#[test]
fn own_idle_then_free_seat_then_the_least_recently_used_of_all_then_the_queue() {
    let mut world = World::new(4);
    assert_eq!([1, 2, 3, 4].map(|it| world.want(it)), ["connect"; 4]);
    for _ in 0..4 {
        world.attempted(0, Attempt::Opened);
    }
    world.give_back(1, true);
    world.give_back(0, true);
    assert_eq!(world.want(1), "reuse");
    world.give_back(2, true);
    // Idle are now the second, then the first.
    assert_eq!(world.want(5), "wait");
    assert_eq!(world.seats.taken[&world.closing[0]].tenant, id(2));
    assert_eq!(world.seats.counts().evictions, 1);
    assert_eq!(world.want(6), "wait");
    assert_eq!(world.closing.len(), 2);
    assert_eq!(world.want(7), "wait");
    world.closed(0);
    world.closed(0);
    assert_eq!((world.connecting.len(), world.waiting.len()), (2, 1));
    assert_eq!(world.seats.counts().waits.budget, 3);
}

#[test]
fn whoever_has_their_share_lets_others_pass() {
    let mut world = World::new(4);
    assert_eq!([1, 2, 3, 4].map(|it| world.want(it)), ["connect"; 4]);
    for _ in 0..4 {
        world.attempted(0, Attempt::Opened);
    }
    // The share is one seat, so the second request of the first tenant cannot be served.
    assert_eq!([1, 5, 6].map(|it| world.want(it)), ["wait"; 3]);
    let [first, fifth, sixth] = world.waiting[..] else { panic!("three wait") };
    assert_eq!(world.seats.counts().waits.share, 1);
    // The third tenant's seat goes to the fifth, by way of closing.
    world.give_back(2, true);
    world.closed(0);
    assert_eq!(world.served, [fifth]);
    // The first tenant has had its turn, and the sixth none yet.
    world.give_back(0, true);
    world.closed(0);
    assert_eq!(world.served, [fifth, sixth]);
    world.finish();
    assert_eq!(world.served, [fifth, sixth, first]);
}

#[test]
fn a_tenant_keeps_its_connection_for_as_long_as_handing_it_on_would_take() {
    let mut world = World::new(1);
    assert_eq!(world.want(1), "connect");
    world.attempted(0, Attempt::Opened);
    for tenant in [2, 1, 1, 1, 1] {
        world.want(tenant);
    }
    let mut order = String::new();
    while !world.waiting.is_empty() {
        world.pass(Duration::from_millis(4));
        let served = world.served.len();
        world.give_back(0, true);
        if !world.closing.is_empty() {
            world.closed(0);
            world.attempted(0, Attempt::Opened);
        }
        order += &world.served[served].tenant.0.as_u128().to_string();
        assert_eq!(world.served.len(), served + 1);
    }
    // The first had no turn yet when the second came.
    assert_eq!(order, "21111");
}

#[test]
fn an_older_epoch_is_closed_instead_of_reused() {
    let mut world = World::new(8);
    assert_eq!([1, 1].map(|it| world.want(it)), ["connect"; 2]);
    world.attempted(0, Attempt::Opened);
    world.attempted(0, Attempt::Opened);
    world.give_back(0, true);
    world.change(1);
    assert_eq!(world.closing.len(), 1, "the idle one at once");
    world.give_back(0, true);
    assert_eq!(world.closing.len(), 2, "the other when it is given back");
    assert_eq!(world.want(1), "wait", "until a seat of its share is free");
    world.change(1);
    assert!(world.waiting.is_empty(), "it has to ask again where the tenant is");
    assert!(world.served.is_empty());
}

#[test]
fn a_request_newer_than_the_news_has_its_idle_connection_replaced() {
    let mut world = World::new(4);
    assert_eq!(world.want(1), "connect");
    world.attempted(0, Attempt::Opened);
    world.give_back(0, true);
    world.tenants[1].epoch = 2;
    assert_eq!(world.want(1), "wait");
    world.closed(0);
    assert_eq!(world.connecting.len(), 1);
    assert_eq!(world.seats.counts().evictions, 0, "it was nobody else's");
}

#[test]
fn a_full_queue_refuses() {
    let mut world = World::with(1, Policy { waiters_max: 1, ..policy() });
    assert_eq!([1, 2, 3].map(|it| world.want(it)), ["connect", "wait", "full"]);
    world.check(1);
}

#[test]
fn limits_of_the_role_and_of_the_configuration_count_too() {
    let mut world = World::with(100, Policy { connecting_max: 100, ..policy() });
    world.tenants[1].limit = Some(2);
    assert_eq!([1, 1, 1].map(|it| world.want(it)), ["connect", "connect", "wait"]);
    let policy = Policy { connecting_max: 100, tenant_seats_max: Some(3), ..policy() };
    let mut world = World::with(100, policy);
    assert_eq!([1, 1, 1, 1].map(|it| world.want(it)), ["connect", "connect", "connect", "wait"]);
}

#[test]
fn not_too_many_connect_at_the_same_time_and_idle_ones_are_kept_meanwhile() {
    let mut world = World::with(8, Policy { connecting_max: 1, ..policy() });
    assert_eq!([1, 2, 3].map(|it| world.want(it)), ["connect", "wait", "wait"]);
    assert_eq!(world.seats.counts().waits.connecting, 2);
    world.attempted(0, Attempt::Opened);
    assert_eq!(world.connecting.len(), 1);
    world.give_back(0, true);
    world.resize(3);
    assert!(world.closing.is_empty());
}

#[test]
fn a_server_that_is_down_is_tried_by_one_and_later_answered_at_once() {
    let mut world = World::new(8);
    for tenant in [1, 2, 3, 4, 5] {
        world.want(tenant);
    }
    for _ in 0..3 {
        world.attempted(0, Attempt::ServerDown);
        world.closed(0);
    }
    // Those that were told may ask again; they wait, and nothing is opened.
    assert_eq!(world.want(1), "wait");
    assert_eq!(world.connecting.len(), 2, "the fourth, and the fifth before it was known");
    world.attempted(0, Attempt::ServerDown);
    world.attempted(0, Attempt::ServerDown);
    assert!(world.connecting.is_empty());
    let look = world.look.unwrap();
    world.pass(look - world.now);
    assert_eq!(world.connecting.len(), 1, "one tries");
    world.attempted(0, Attempt::ServerDown);
    assert_eq!(world.want(6), "wait");
    world.pass(Duration::from_secs(6));
    world.attempted(0, Attempt::ServerDown);
    assert_eq!(world.want(7), "down");
    let next = world.look.unwrap();
    world.pass(next - world.now);
    assert_eq!(world.want(7), "connect", "the next is the one that tries");
    assert_eq!(world.want(8), "down");
    world.attempted(0, Attempt::Opened);
    assert_eq!(world.want(8), "connect");
}

#[test]
fn the_load_names_the_greediest() {
    let mut world = World::with(12, Policy { connecting_max: 12, ..policy() });
    for tenant in [3, 1, 1, 1, 2, 2, 4, 5, 6, 7, 1] {
        world.want(tenant);
    }
    assert_eq!(
        world.seats.load(id(1)).to_string(),
        "it holds 3 of the 3 seats it may, the server has 12, 1 waiting, held by t1: 3, t2: 2, \
         t3: 1, t4: 1, t5: 1"
    );
}

#[test]
fn a_server_that_nobody_has_tried_for_a_while_may_be_well_again() {
    let mut world = World::new(8);
    for tenant in [1, 2, 3] {
        world.want(tenant);
    }
    for _ in 0..3 {
        world.attempted(0, Attempt::ServerDown);
        world.closed(0);
    }
    world.pass(Duration::from_mins(10));
    assert_eq!(world.want(4), "connect");
    assert_eq!(world.want(5), "wait", "who comes with the one that tries is not turned away");
    world.attempted(0, Attempt::Opened);
    assert_eq!(world.connecting.len(), 1);
}

#[test]
fn a_try_that_fails_before_the_pool_has_looked_is_followed_by_another() {
    let mut world = World::new(8);
    for tenant in [1, 2, 3] {
        world.want(tenant);
    }
    for _ in 0..3 {
        world.attempted(0, Attempt::ServerDown);
        world.closed(0);
    }
    assert_eq!(world.want(4), "wait");
    // The pause is over, and somebody comes before the pool's own look.
    world.now = world.look.unwrap();
    assert_eq!(world.want(5), "connect");
    world.attempted(0, Attempt::ServerDown);
    world.closed(0);
    world.look();
    let next = world.look.expect("whoever waits is not forgotten");
    world.pass(next - world.now);
    assert_eq!((world.connecting.len(), world.waiting.len()), (1, 0));
}

#[test]
fn a_tenant_whose_database_does_not_answer_leaves_the_others_their_attempts() {
    let mut world = World::with(100, policy());
    assert_eq!([1, 1, 1, 1].map(|it| world.want(it)), ["connect", "connect", "wait", "wait"]);
    assert_eq!([2, 3, 4].map(|it| world.want(it)), ["connect", "connect", "wait"]);
    for _ in 0..2 {
        world.pass(Duration::from_secs(3));
        world.attempted(0, Attempt::Silent);
        assert!(world.seats.outage(world.now).is_none());
    }
    assert_eq!(world.want(5), "wait", "two of the first, and the other two, are under way");
    world.attempted(0, Attempt::Opened);
    assert_eq!(world.waiting.len(), 1);
}

#[test]
fn a_tenant_that_asks_too_often_leaves_the_others_half_of_the_queue() {
    let mut world = World::with(1, Policy { waiters_max: 4, ..policy() });
    assert_eq!([1, 1, 1, 1].map(|it| world.want(it)), ["connect", "wait", "wait", "full"]);
    assert_eq!([2, 3, 4].map(|it| world.want(it)), ["wait", "wait", "full"]);
}

#[test]
fn who_has_a_connection_waits_for_it_before_anothers_is_closed() {
    let mut world = World::with(2, Policy { tenant_seats_max: Some(2), ..policy() });
    assert_eq!([1, 2].map(|it| world.want(it)), ["connect"; 2]);
    world.attempted(0, Attempt::Opened);
    world.attempted(0, Attempt::Opened);
    world.give_back(0, true);
    // The second has one in use, and the first's is idle.
    assert_eq!(world.want(2), "wait");
    assert!(world.closing.is_empty());
    let look = world.look.unwrap();
    assert!(look > world.now);
    world.pass(look - world.now);
    assert_eq!(world.closing.len(), 1, "as long as opening one would take, and not longer");
    world.closed(0);
    assert_eq!(world.connecting.len(), 1);

    // Who has none does not wait for any.
    assert_eq!(world.want(3), "wait");
    world.give_back(0, true);
    assert_eq!(world.closing.len(), 1);
}

#[test]
fn its_own_comes_back_in_time_and_costs_nobody_anything() {
    let mut world = World::with(2, Policy { tenant_seats_max: Some(2), ..policy() });
    assert_eq!([1, 2].map(|it| world.want(it)), ["connect"; 2]);
    world.attempted(0, Attempt::Opened);
    world.attempted(0, Attempt::Opened);
    world.give_back(0, true);
    assert_eq!(world.want(2), "wait");
    world.pass(Duration::from_millis(3));
    world.give_back(0, true);
    assert_eq!((world.served.len(), world.lent.len()), (1, 1));
    world.give_back(0, true);
    world.pass(Duration::from_secs(1));
    assert_eq!(world.seats.counts().evictions, 0);
}

#[test]
fn a_second_idle_connection_goes_before_anothers_only_one() {
    let mut world = World::with(3, Policy { tenant_seats_max: Some(3), ..policy() });
    assert_eq!([1, 2, 2].map(|it| world.want(it)), ["connect"; 3]);
    for _ in 0..3 {
        world.attempted(0, Attempt::Opened);
    }
    world.give_back(0, true);
    world.pass(Duration::from_secs(1));
    world.give_back(0, true);
    world.give_back(0, true);
    let tenant_closed = |world: &mut World, tenant| {
        world.pass(Duration::from_secs(1));
        assert_eq!(world.want(tenant), "wait");
        number_of(world.seats.taken[&world.closing[0]].tenant)
    };
    assert_eq!(tenant_closed(&mut world, 3), 2, "though the first has been unused for longer");
    world.closed(0);
    world.attempted(0, Attempt::Opened);
    world.give_back(0, true);
    assert_eq!(tenant_closed(&mut world, 4), 1, "now each has one");
}
