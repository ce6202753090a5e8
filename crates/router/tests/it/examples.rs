//! The examples of the documentation, the same files, on a real server.

use crate::world::{PASSWORD, World};

#[cfg(feature = "axum")]
mod web;

#[path = "../../examples/worker.rs"]
#[expect(dead_code, reason = "`main` is the example's own")]
mod worker;

#[tokio::test]
async fn the_worker_goes_over_all_customers() {
    let world = World::of(2).await;
    for route in &world.routes {
        let client = world.server.connect(route.database.as_str()).await;
        client.execute("insert into notes values ('kept'), (''), ('')", &[]).await.unwrap();
    }
    let port = world.server.port();
    let [blue, green] = [0, 1].map(|it: usize| &world.routes[it].database);
    let list = [("acme", blue.as_str()), ("customer-12", green.as_str()), ("gone", "Kunde 7")]
        .map(|(key, name)| format!("{key};127.0.0.1;{port};{name};{name};{PASSWORD}"))
        .join("\n");

    let mut output = Vec::new();
    worker::run(&list, &mut output).await.unwrap();
    let mut lines: Vec<_> = str::from_utf8(&output).unwrap().lines().collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            "acme: 2 deleted",
            "customer-12: 2 deleted",
            "gone: cannot connect 'gone' to its database"
        ]
    );
    assert_eq!(world.connections().await, 0);
    assert_eq!(world.notes().await, ["kept"]);
}
