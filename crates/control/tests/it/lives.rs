//! Random lives of a tenant on a real server: whatever is asked, and wherever workers die, the states stand well side
//! by side, and the server ends as the catalog says.

use std::sync::atomic::{AtomicUsize, Ordering};

use cloison_control::life_cycle::command;
use cloison_control::operations::{Cuts, WorkerConfig, run_due};
use cloison_control::provision::provision;
use cloison_model::{AccessMode, Command, TenantState};
use proptest::prelude::*;

use crate::world::{World, call, request};

/// Something that an operator does, and how many places a worker then passes before it dies.
#[derive(Clone, Debug)]
enum Deed {
    Provision,
    Ask(Command),
}

fn deed() -> impl Strategy<Value = (Deed, usize)> {
    let access = prop::sample::select(AccessMode::ALL.to_vec());
    let deed = prop_oneof![
        3 => Just(Deed::Provision),
        4 => access.clone().prop_map(|it| Deed::Ask(Command::Suspend(it))),
        3 => access.prop_map(|it| Deed::Ask(Command::Resume(it))),
        1 => Just(Deed::Ask(Command::Cancel)),
        2 => Just(Deed::Ask(Command::Erase)),
        1 => Just(Deed::Ask(Command::RotatePassword)),
    ];
    (deed, 0_usize..20)
}

async fn live(deeds: Vec<(Deed, usize)>) {
    let world = World::idle().await;
    for (deed, death) in deeds {
        // What is refused is refused: taken, absent, busy, or no way of the life cycle.
        match deed {
            Deed::Provision => {
                drop(provision(&world.control, &call(), &request("blue")).await);
            }
            Deed::Ask(wanted) => {
                let subdomain = "blue".parse().unwrap();
                drop(command(&world.control, &call(), &subdomain, wanted, None).await);
            }
        }
        let passed = AtomicUsize::new(0);
        let cuts = Cuts::when(move |_| passed.fetch_add(1, Ordering::Relaxed) == death);
        drop(run_due(&world.control, &WorkerConfig { cuts, ..WorkerConfig::default() }).await);
        check_states(&world).await;
        // Half of the time the next deed meets an operation that is under way.
        if death % 2 == 0 {
            world.work_off(&WorkerConfig::default()).await;
            check_states(&world).await;
        }
    }
    world.work_off(&WorkerConfig::default()).await;
    let report = world.examined(false).await;
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    let tenants = usize::try_from(world.count("tenants").await).unwrap();
    assert_eq!(world.left_on_server().await.len(), 2 * tenants);
}

async fn check_states(world: &World) {
    let client = world.control.catalog.client().await.unwrap();
    let row = cloison_catalog::queries::tenants::tenant_summary()
        .bind(&client, &"blue")
        .opt()
        .await
        .unwrap();
    let Some(row) = row else { return };
    let state = TenantState {
        billing: row.billing.parse().unwrap(),
        access: row.access.parse().unwrap(),
        phase: row.infrastructure.parse().unwrap(),
    };
    assert!(state.is_legal(), "{state:?}");
}

proptest! {
    // Each life is a server of its own and some seconds.
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn a_life_on_a_real_server_converges(deeds in prop::collection::vec(deed(), 4..14)) {
        tokio::runtime::Runtime::new().unwrap().block_on(live(deeds));
    }
}
