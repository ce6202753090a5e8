//! The web application of the documentation, asked over HTTP.

use cloison_router::tokio_postgres::Client;
use cloison_router::tokio_util::task::TaskTracker;
use cloison_router::uuid::Uuid;
use cloison_router::{TenantId, check_directory};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use crate::world::{PASSWORD, World, eventually};

#[path = "../../../examples/web/main.rs"]
#[expect(dead_code, reason = "`main` is the example's own")]
mod example;

#[tokio::test]
async fn the_web_application_serves_each_customer_its_own() {
    let world = World::of(2).await;
    let control = world.server.database("customers").await;
    let table = control.connect().await;
    table.simple_query(include_str!("../../../examples/web/customers.sql")).await.unwrap();
    for (note, route) in ["of blue", "of green"].iter().zip(&world.routes) {
        let client = world.server.connect(route.database.as_str()).await;
        client.execute("insert into notes values ($1)", &[note]).await.unwrap();
    }
    let blue = add(&table, &world, "blue", 0).await;

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (stop, stopped) = oneshot::channel::<()>();
    let config = world.server.config(control.name());
    let serving = example::serve(config, "localhost".parse().unwrap(), listener, async {
        drop(stopped.await);
    });
    let visiting = async {
        assert_eq!(get(port, "blue.localhost").await, "200 of blue\n");
        assert_eq!(get(port, "green.localhost").await, "404 ");
        assert_eq!(get(port, "localhost").await, "404 ");
        assert_eq!(get(port, "not a host").await, "400 ");

        add(&table, &world, "green", 1).await;
        eventually("green is heard of", async || {
            get(port, "green.localhost").await == "200 of green\n"
        })
        .await;
        assert_eq!(get(port, "green.example.org").await, "200 of green\n", "its own domain");

        let sql = "update customers set is_served = false where id = $1";
        table.execute(sql, &[&blue]).await.unwrap();
        eventually("blue has left", async || get(port, "blue.localhost").await == "404 ").await;
        table.execute("delete from customers where subdomain = 'green'", &[]).await.unwrap();
        eventually("green is gone", async || get(port, "green.localhost").await == "404 ").await;
        stop.send(()).unwrap();
    };
    let (served, ()) = tokio::join!(serving, visiting);
    served.unwrap();
    assert_eq!(world.connections().await, 0);
}

#[tokio::test]
async fn its_directory_conforms() {
    let world = World::of(2).await;
    let control = world.server.database("customers").await;
    let table = control.connect().await;
    table.simple_query(include_str!("../../../examples/web/customers.sql")).await.unwrap();
    let blue = TenantId(add(&table, &world, "blue", 0).await);
    let green = TenantId(add(&table, &world, "green", 1).await);
    let tasks = TaskTracker::new();
    let customers = example::Customers { control: world.server.config(control.name()), tasks };

    for (tenant, sql) in [
        (blue, "update customers set is_served = false where id = $1"),
        (blue, "update customers set domain = null where id = $1"),
        (green, "delete from customers where id = $1"),
    ] {
        let change = async || {
            table.execute(sql, &[&tenant.0]).await.unwrap();
            Some(tenant)
        };
        check_directory(&customers, change).await.unwrap();
    }
}

async fn add(table: &Client, world: &World, subdomain: &str, number: usize) -> Uuid {
    let route = &world.routes[number];
    let (port, domain) = (i32::from(route.port), format!("{subdomain}.example.org"));
    let (database, role) = (route.database.as_str(), route.role.as_str());
    let sql = "insert into customers (subdomain, domain, host, port, database, role, password)
               values ($1, $2, '127.0.0.1', $3, $4, $5, $6) returning id";
    let row =
        table.query_one(sql, &[&subdomain, &domain, &port, &database, &role, &PASSWORD]).await;
    row.unwrap().get(0)
}

/// The status and the body.
async fn get(port: u16, host: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap();
    format!("{status} {body}")
}
