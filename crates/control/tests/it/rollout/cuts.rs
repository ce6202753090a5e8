//! The worker is killed everywhere in a rollout, between two tenants too; another one goes on, and every tenant has had
//! every migration once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cloison_control::operations::{Cuts, Stopped, WorkerConfig, run_due};
use cloison_control::provision::provision;
use cloison_control::rollout::{RolloutRequest, Stage, show};
use cloison_model::OperationState;

use super::{release, wanted};
use crate::world::{World, call, request};

const PLACES_MAX: usize = 60;

#[tokio::test]
async fn a_rollout_ends_right_wherever_its_worker_dies() {
    let mut world = World::idle().await;
    let config = WorkerConfig { spares: 0, ..WorkerConfig::default() };
    let names = ["blue", "green", "red", "violet"];
    for name in names {
        provision(&world.control, &call(), &request(name)).await.unwrap();
    }
    world.work_off(&config).await;
    let mut files: Vec<(String, String)> = Vec::new();
    for place in 0..PLACES_MAX {
        let version = i64::try_from(place).unwrap() + 2;
        // Cannot be run twice.
        let text = format!("-- phase: expand\ncreate table made_{version} ();");
        files.push((format!("{version}_made.sql"), text));
        let borrowed: Vec<_> = files.iter().map(|(name, text)| (&**name, &**text)).collect();
        world.control.source = release(&borrowed);
        let canaries = vec!["red".parse().unwrap()];
        let (number, operation) = world.begin(&RolloutRequest { canaries, ..wanted() }).await;
        let passed = Arc::new(AtomicUsize::new(0));
        let cuts = Cuts::when(move |_| passed.fetch_add(1, Ordering::Relaxed) == place);
        let mortal = WorkerConfig { cuts, ..config.clone() };
        let stopped = run_due(&world.control, &mortal).await.unwrap();
        world.work_off(&config).await;
        let view = show(&world.control, number).await.unwrap().unwrap();
        assert_eq!(view.stage, Stage::Ended(OperationState::Done), "place {place}: {view:?}");
        let expected = names.map(|it| (it.to_owned(), version));
        assert_eq!(world.versions().await, expected, "place {place}");
        assert_eq!(view.waves.iter().map(|it| it.done).sum::<u32>(), 4, "place {place}: {view:?}");
        for name in names {
            let rows = world
                .inside(name)
                .await
                .query("select version from cloison_migrations order by version", &[])
                .await
                .unwrap();
            let history: Vec<i64> = rows.iter().map(|it| it.get(0)).collect();
            assert_eq!(history, (1..=version).collect::<Vec<_>>(), "{name}, place {place}");
        }
        let told = world.told(operation).await;
        assert_eq!(told, ["rollout.started", "rollout.completed"], "place {place}");
        let migrated = format!(
            "events where type = 'tenant.migrated' and data @> '{{\"rollout\": {number}, \"to\": {version}, \"from\": {}}}'",
            version - 1
        );
        assert_eq!(world.count(&migrated).await, 4, "place {place}");
        match stopped {
            Some(Stopped::Killed) => {}
            Some(Stopped::Ended(OperationState::Done)) => {
                assert!(place > 10, "a rollout has more places than {place}");
                return;
            }
            stopped => panic!("place {place}: {stopped:?}"),
        }
    }
    panic!("a rollout of more than {PLACES_MAX} places, or one that never ends");
}
