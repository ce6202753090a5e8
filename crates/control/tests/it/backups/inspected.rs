//! Looking at a copy: who gets in, how far, and that it ends.

use cloison_catalog::queries::operations::operation_fetch;
use cloison_control::MasterKey;
use cloison_control::backups::close_outlived;
use cloison_control::copies::{self, CopyError, Inspection};
use cloison_control::key_rotation::{forget_old, rotate};
use cloison_control::life_cycle::command;
use cloison_control::operations::WorkerConfig;
use cloison_model::{AccessMode, Command, OperationId, Subdomain};
use cloison_router::{Change, Directory, Key, Route};
use futures_util::StreamExt as _;
use tokio_postgres::error::SqlState;

use super::{name, world};
use crate::cuts::{Rehearsal, kill_everywhere};
use crate::world::{World, call};

/// What a visitor of an opened copy can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Looks {
    /// There is no route, or none that is served.
    NotFound,
    /// There is a route, and the server refuses.
    Refused,
    ReadOnly,
    Writes,
}

impl World {
    async fn opened(&self, subdomain: &str, copy: OperationId) -> OperationId {
        let opened = copies::open_one(&self.control, &call(), &name(subdomain), copy.0).await;
        let opened = opened.unwrap();
        self.work_off(&WorkerConfig::default()).await;
        opened
    }

    async fn inspection(&self, opened: OperationId) -> Option<Inspection> {
        let client = self.control.catalog.client().await.unwrap();
        let row = operation_fetch().bind(&client, &opened.0).one().await.unwrap();
        copies::inspection(&self.control, &row)
    }

    /// How the server takes a route, served or not.
    async fn looks_by(&self, route: &Route) -> Looks {
        let config = self.server.tcp_config(
            route.database.as_str(),
            route.role.as_str(),
            route.password.expose(),
        );
        let Ok((client, connection)) = config.connect(tokio_postgres::NoTls).await else {
            return Looks::Refused;
        };
        self.control.tracker.spawn(connection);
        client.query("select body from notes", &[]).await.unwrap();
        match client.execute("insert into notes (body) values ('x')", &[]).await {
            Ok(_) => Looks::Writes,
            Err(error) => {
                assert_eq!(error.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE), "{error}");
                Looks::ReadOnly
            }
        }
    }

    async fn looks(&self, host: &Subdomain) -> Looks {
        match self.control.fetch(&Key::Subdomain(host.clone())).await.unwrap() {
            Some(route) if route.is_visible() => self.looks_by(&route).await,
            Some(_) | None => Looks::NotFound,
        }
    }

    /// Roles of copies that are on the server.
    async fn copy_roles(&self) -> i64 {
        let client = self.server.connect("postgres").await;
        let like = "select count(*) from pg_roles where rolname like '%\\_copy\\_%'";
        client.query_one(like, &[]).await.unwrap().get(0)
    }

    /// A copy that is open, where it is, and its route.
    async fn looked_at(&self, subdomain: &str) -> (OperationId, Subdomain, Route) {
        self.made(subdomain).await;
        self.back_up().await;
        let copy = self.restored(subdomain).await;
        let opened = self.opened(subdomain, copy).await;
        self.is_done(opened).await;
        let host = self.inspection(opened).await.unwrap().subdomain;
        let key = Key::Subdomain(host.clone());
        let route = self.control.fetch(&key).await.unwrap().unwrap();
        (copy, host, route)
    }
}

#[tokio::test]
async fn a_copy_is_looked_at_and_not_changed_until_it_is_closed() {
    let (world, _safe) = world().await;
    let (copy, host, route) = world.looked_at("blue").await;
    assert!(host.is_inspection() && host.as_str().parse::<Subdomain>().is_err(), "{host}");
    assert_eq!((route.tenant.0, route.access), (copy.0, AccessMode::ReadOnly));
    assert_eq!(route.database.as_str(), world.copy_database().await);
    assert_eq!(world.looks(&host).await, Looks::ReadOnly);
    assert_eq!(world.may("blue").await, "write", "visitors notice nothing");
    assert_eq!(world.count("copies where state = 'OPEN'").await, 1);

    // Opened anew, it is somewhere else, and the old password gets nobody in.
    let again = world.opened("blue", copy).await;
    let elsewhere = world.inspection(again).await.unwrap().subdomain;
    assert_ne!(host, elsewhere);
    assert_eq!(world.looks(&host).await, Looks::NotFound);
    assert_eq!(world.looks_by(&route).await, Looks::Refused);
    assert_eq!(world.looks(&elsewhere).await, Looks::ReadOnly);

    let before = world.control.snapshot().await.unwrap().epoch;
    let close = async || copies::close_one(&world.control, &call(), &name("blue"), copy.0).await;
    let closed = close().await.unwrap();
    // Routers hear of it before the server refuses.
    let told = world.control.changed_since(before).await.unwrap();
    let [Change::Route(gone)] = &told[..] else { panic!("one change, not {told:?}") };
    assert!(gone.tenant.0 == copy.0 && !gone.is_visible());
    assert!(matches!(close().await, Err(CopyError::NotReady)));
    world.work_off(&WorkerConfig::default()).await;
    world.is_done(closed).await;
    assert_eq!(world.looks_by(gone).await, Looks::Refused);
    assert_eq!(world.copy_roles().await, 0);
    assert_eq!(world.count("copies where state = 'READY'").await, 1);
    assert!(matches!(close().await, Err(CopyError::NotOpen)));
    world.check_whole().await;
}

#[tokio::test]
async fn nobody_looks_at_what_is_swapped_in_dropped_or_erased() {
    let (world, _safe) = world().await;
    let (copy, host, route) = world.looked_at("blue").await;
    let swap = world.swapped("blue", copy).await;
    world.is_done(swap).await;
    assert_eq!(world.looks(&host).await, Looks::NotFound);
    assert_eq!(world.copy_roles().await, 0, "so it does not get into what is live now");
    assert_eq!(world.may("blue").await, "write");

    // What was live until then can be looked at, too, and the tenant's own role is not let in by that.
    let opened = world.opened("blue", copy).await;
    let host = world.inspection(opened).await.unwrap().subdomain;
    assert_eq!(world.looks(&host).await, Looks::ReadOnly);
    let own = world.control.fetch(&Key::Subdomain(name("blue"))).await.unwrap().unwrap();
    let strayed = Route { database: route.database.clone(), ..own };
    assert_eq!(world.looks_by(&strayed).await, Looks::Refused);

    let dropped = copies::drop_one(&world.control, &call(), &name("blue"), copy.0).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    world.is_done(dropped).await;
    assert_eq!(world.looks(&host).await, Looks::NotFound);
    world.check_whole().await;

    let (copy, host, route) = world.looked_at("red").await;
    let mut changes = world.control.changes().await.unwrap();
    let erased = command(&world.control, &call(), &name("red"), Command::Erase, None).await;
    world.work_off(&WorkerConfig::default()).await;
    world.is_done(erased.unwrap()).await;
    assert_eq!(world.looks(&host).await, Looks::NotFound);
    assert_eq!(world.looks_by(&route).await, Looks::Refused);
    assert_eq!(world.copy_roles().await, 0);
    while changes.next().await.unwrap().tenant.0 != copy.0 {}
    world.check_whole().await;
}

#[tokio::test]
async fn it_stays_open_under_another_master_key() {
    let (mut world, _safe) = world().await;
    let (_, host, _) = world.looked_at("blue").await;
    let old = world.control.key.to_base64();
    let both = format!("{}\n{}", MasterKey::generate().to_base64().expose(), old.expose());
    world.control.key = MasterKey::parse(&both).unwrap();
    // The tenant's password and its first link, the copy's password and the link into it.
    assert_eq!(rotate(&world.control, &call()).await.unwrap().resealed, 4);
    assert_eq!(forget_old(&world.control, &call()).await.unwrap().keys, 1);
    assert_eq!(world.looks(&host).await, Looks::ReadOnly);
}

#[tokio::test]
async fn it_closes_by_itself() {
    let (world, _safe) = world().await;
    let (_, host, _) = world.looked_at("blue").await;
    assert_eq!(close_outlived(&world.control).await.unwrap(), 0);
    world.execute("update inspections set open_until = now() - interval '1 second'").await;
    assert_eq!(close_outlived(&world.control).await.unwrap(), 1);
    assert_eq!(close_outlived(&world.control).await.unwrap(), 0, "it is on its way");
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.looks(&host).await, Looks::NotFound);
    assert_eq!((world.copy_roles().await, world.count("inspections").await), (0, 0));
    assert_eq!(world.count("copies where state = 'READY'").await, 1);
}

#[tokio::test]
async fn one_that_cannot_be_opened_is_closed_again() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    world.back_up().await;
    let copy = world.restored("blue").await;
    let database = world.copy_database().await;
    world.run_in(&database, "drop function cloison_first_data(jsonb)").await;
    let opened = world.opened("blue", copy).await;
    let (state, why) = world.outcome(opened).await;
    assert!(why.contains("cloison_first_data"), "{state}: {why}");
    assert!(world.inspection(opened).await.is_none());
    assert_eq!((world.copy_roles().await, world.count("inspections").await), (0, 0));
    assert_eq!(world.count("copies where state = 'READY'").await, 1);
}

#[tokio::test]
async fn killed_anywhere_it_is_opened() {
    let (world, _safe) = world().await;
    let prepare = async |world: &World, subdomain: &str| {
        world.made(subdomain).await;
        world.back_up().await;
        world.restored(subdomain).await;
    };
    let begin = async |world: &World, subdomain: &str| {
        let copy = world.copy_id().await;
        copies::open_one(&world.control, &call(), &name(subdomain), copy).await.unwrap()
    };
    kill_everywhere(&world, Rehearsal { prepare, begin }, async |world, subdomain, operation| {
        world.is_done(operation).await;
        let host = world.inspection(operation).await.unwrap().subdomain;
        assert_eq!(world.looks(&host).await, Looks::ReadOnly);
        let copy = world.copy_id().await;
        copies::drop_one(&world.control, &call(), &name(subdomain), copy).await.unwrap();
        world.work_off(&WorkerConfig::default()).await;
        assert_eq!(world.copy_roles().await, 0);
    })
    .await;
}

#[tokio::test]
async fn killed_anywhere_it_is_closed() {
    let (world, _safe) = world().await;
    let prepare = async |world: &World, subdomain: &str| {
        world.looked_at(subdomain).await;
    };
    let begin = async |world: &World, subdomain: &str| {
        let copy = world.copy_id().await;
        copies::close_one(&world.control, &call(), &name(subdomain), copy).await.unwrap()
    };
    kill_everywhere(&world, Rehearsal { prepare, begin }, async |world, subdomain, operation| {
        world.is_done(operation).await;
        assert_eq!((world.copy_roles().await, world.count("inspections").await), (0, 0));
        let copy = world.copy_id().await;
        copies::drop_one(&world.control, &call(), &name(subdomain), copy).await.unwrap();
        world.work_off(&WorkerConfig::default()).await;
    })
    .await;
}
