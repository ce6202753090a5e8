//! A tenant is there whole, or not at all.

use cloison_catalog::queries::{operations, routes, tenants};
use cloison_control::call::{Actor, Call, CallError, IdempotencyKey};
use cloison_control::provision::{ProvisionError, provision};
use cloison_model::{OperationState, TenantId};
use cloison_router::{Directory, Key};

use uuid::Uuid;

use crate::world::{World, register, request};

#[tokio::test]
async fn a_tenant_gets_its_database_its_role_and_its_first_data() {
    let world = World::new().await;
    let (operation, state) = world.provision(request("blue")).await.unwrap();
    assert_eq!(state, OperationState::Done);

    let client = world.control.catalog.client().await.unwrap();
    let row = tenants::tenant_summary().bind(&client, &"blue").one().await.unwrap();
    assert_eq!(
        (row.infrastructure.as_str(), row.access.as_str(), row.billing.as_str()),
        ("READY", "FULL", "TRIALING")
    );
    assert_eq!(row.database_name, format!("studio_{}_db", row.number));
    assert_eq!(row.schema_version, 1);

    // As its own role, through what the router is told, it finds its own first row.
    let route =
        world.control.fetch(&Key::Subdomain("blue".parse().unwrap())).await.unwrap().unwrap();
    let config = world.server.tcp_config(
        route.database.as_str(),
        route.role.as_str(),
        route.password.expose(),
    );
    let (tenant, connection) = config.connect(tokio_postgres::NoTls).await.unwrap();
    world.control.tracker.spawn(connection);
    let body: String = tenant.query_one("select body::text from notes", &[]).await.unwrap().get(0);
    assert_eq!(body, "kim@example.com");

    let events =
        operations::operation_events().bind(&client, &operation.0, &0, &100).all().await.unwrap();
    let messages: Vec<_> = events.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "placed: eu-1 is the emptiest of region eu: 0 of 1000 tenants; no spare was at hand",
            "made the database",
            "opened the database to its role",
            "wrote the first data; the tenant is ready"
        ]
    );
}

#[tokio::test]
async fn a_failure_leaves_nothing_behind_but_the_reason() {
    let world = World::new().await;
    let mut broken = request("red");
    broken.name = "broken".to_owned();
    let (operation, state) = world.provision(broken).await.unwrap();
    assert_eq!(state, OperationState::Failed);

    assert_eq!(world.left_on_server().await, Vec::<String>::new());
    for table in ["organizations", "tenants", "subscriptions"] {
        assert_eq!(world.count(table).await, 0, "{table}");
    }
    let client = world.control.catalog.client().await.unwrap();
    let row = operations::operation_fetch().bind(&client, &operation.0).one().await.unwrap();
    assert_eq!(row.state, "FAILED");
    assert!(row.error.as_deref().unwrap().contains("no first data for broken"), "{:?}", row.error);

    // The name is free again.
    assert_eq!(world.provision(request("red")).await.unwrap().1, OperationState::Done);
}

#[tokio::test]
async fn until_it_is_ready_no_router_sees_it() {
    let world = World::new().await;
    let mut broken = request("red");
    broken.name = "broken".to_owned();
    world.provision(broken).await.unwrap();
    assert!(world.control.snapshot().await.unwrap().routes.is_empty());

    let (_, state) = world.provision(request("blue")).await.unwrap();
    assert_eq!(state, OperationState::Done);
    let snapshot = world.control.snapshot().await.unwrap();
    assert_eq!(snapshot.routes.len(), 1);
    assert!(snapshot.routes[0].is_visible());
    assert!(snapshot.epoch > 0);
}

#[tokio::test]
async fn what_is_taken_unknown_or_full_is_refused_before_anything_is_made() {
    let world = World::new().await;
    world.provision(request("blue")).await.unwrap();
    let before = world.left_on_server().await;

    let taken = world.provision(request("blue")).await;
    assert!(matches!(taken, Err(ProvisionError::SubdomainTaken(_))), "{taken:?}");
    let mut plan = request("red");
    plan.plan = "golden".to_owned();
    assert!(matches!(world.provision(plan).await, Err(ProvisionError::UnknownPlan(_))));
    let mut region = request("red");
    region.region = "mars".to_owned();
    assert!(matches!(world.provision(region).await, Err(ProvisionError::NoServer { .. })));
    register(&world.control, &world.server, "eu-1", 1).await;
    assert!(matches!(world.provision(request("red")).await, Err(ProvisionError::NoServer { .. })));

    assert_eq!(world.left_on_server().await, before);
    assert_eq!(world.count("organizations").await, 1);
}

#[tokio::test]
async fn of_many_at_once_for_one_name_one_wins() {
    let world = World::new().await;
    let tries = (0..8).map(|_| world.provision(request("blue")));
    let answers = futures_util::future::join_all(tries).await;
    assert_eq!(answers.iter().filter(|it| it.is_ok()).count(), 1);
    assert_eq!(world.left_on_server().await.len(), 2);
}

#[tokio::test]
async fn many_at_once_are_all_made() {
    let world = World::new().await;
    let names: Vec<_> = (0..24).map(|it| format!("studio-{it}")).collect();
    let answers =
        futures_util::future::join_all(names.iter().map(|it| world.provision(request(it)))).await;
    for answer in answers {
        assert_eq!(answer.unwrap().1, OperationState::Done);
    }
    assert_eq!(world.left_on_server().await.len(), 48);
}

fn keyed(body: &str) -> Call {
    let key = IdempotencyKey::new("k1", "POST", "/v1/tenants", body.as_bytes()).unwrap();
    Call { actor: Actor { id: Uuid::from_u128(1), name: "kim".to_owned() }, key: Some(key) }
}

#[tokio::test]
async fn an_idempotency_key_does_it_once() {
    let world = World::new().await;
    let twice = futures_util::future::join_all(
        (0..4).map(async |_| provision(&world.control, &keyed("blue"), &request("blue")).await),
    );
    let operations: Vec<_> = twice.await.into_iter().map(Result::unwrap).collect();
    assert!(operations.windows(2).all(|it| it[0] == it[1]), "{operations:?}");
    assert_eq!(world.end_of(operations[0]).await, OperationState::Done);
    assert_eq!(world.count("organizations").await, 1);
    assert_eq!(world.count("operations").await, 1);

    let refused = provision(&world.control, &keyed("red"), &request("red")).await;
    assert!(matches!(refused, Err(ProvisionError::Call(CallError::KeyReused))), "{refused:?}");
}

#[tokio::test]
async fn a_sealed_password_opens_in_its_own_row_only() {
    let world = World::new().await;
    world.provision(request("blue")).await.unwrap();
    world.provision(request("red")).await.unwrap();
    let superuser = world.server.connect(cloison_catalog::DATABASE).await;
    superuser
        .execute(
            "update tenants set database_password_sealed = (
                 select other.database_password_sealed from tenants other where other.organization_id <> tenants.organization_id
             )",
            &[],
        )
        .await
        .unwrap();
    let client = world.control.catalog.client().await.unwrap();
    for row in routes::route_after().bind(&client, &0, &10).all().await.unwrap() {
        let swapped = world.control.fetch(&Key::Tenant(TenantId(row.id))).await;
        assert!(swapped.is_err());
    }
    // One bad row would not take the others down: both are bad, and neither is served.
    assert!(world.control.snapshot().await.unwrap().routes.is_empty());
}
