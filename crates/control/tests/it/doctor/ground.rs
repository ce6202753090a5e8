//! Where troubles are planted: a fleet with nothing wrong, as a server has it that is not for tests.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::path::{Path, PathBuf};
use std::time::Duration;

use cloison_control::MasterKey;
use cloison_control::backups::Backups;
use cloison_control::doctor::{Area, Ask, Check, Finding, examine};
use cloison_control::drift::{Wish, refresh};
use cloison_control::operations::WorkerConfig;
use cloison_control::point_in_time::{Archives, PointInTime};
use cloison_control::spares::restock;
use cloison_control::webhooks::{NewEndpoint, WebhookUrl, create};
use cloison_model::Reach;
use cloison_pgbackrest::{Program, Settings, Stanza};
use futures_util::future::LocalBoxFuture;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::backups::Safe;
use crate::world::{World, call, eventually, server_with};

pub(super) type Work = for<'a> fn(&'a mut Ground) -> LocalBoxFuture<'a, ()>;

/// What is done to the ground.
pub(super) enum Step {
    /// In a database.
    Sql(&'static str, &'static str),
    Work(Work),
}

/// How it is undone.
pub(super) enum Mend {
    /// By the doctor, and whatever the plant needed beside it by these.
    Fix(Vec<Step>),
    By(Vec<Step>),
}

pub(super) struct Ground {
    pub(super) world: World,
    pub(super) safe: Safe,
    pub(super) kept_key: Option<MasterKey>,
    pub(super) kept_backups: Option<Backups>,
}

impl Ground {
    /// Two tenants with backups, a spare, a webhook, and a server whose log is archived into nothing.
    pub(super) async fn new() -> Self {
        let server = server_with(&[
            ("max_prepared_transactions", "5"),
            ("archive_mode", "on"),
            ("archive_command", "true"),
        ]);
        let safe = Safe::new();
        let mut world = World::on(server).await;
        world.control.backups = Some(safe.backups());
        for name in ["blue", "red"] {
            world.made(name).await;
        }
        world.back_up().await;
        restock(&world.control, 1).await.unwrap();
        world.work_off(&WorkerConfig::default()).await;
        world.execute("update organizations set created_at = now() - interval '1 hour'").await;
        let url = WebhookUrl::parse("https://hooks.example.com/cloison", Reach::Public).unwrap();
        let new = NewEndpoint { url, description: "a test's".to_owned(), event_types: vec![] };
        create(&world.control, &call(), &new).await.unwrap();

        let ground = Self { world, safe, kept_key: None, kept_backups: None };
        ground.read_schemas().await;
        ground.as_servers_are().await;
        ground
    }

    /// What makes a test's server fast is a finding, and the only one there is.
    async fn as_servers_are(&self) {
        let found = self.look_now().await;
        let of_tests = |it: &Finding| it.check == Check::DurabilityOff;
        assert!(found.len() == 4 && found.iter().all(of_tests), "{found:#?}");
        for name in ["fsync", "full_page_writes"] {
            self.sql("postgres", &format!("alter system set {name} = on")).await;
        }
        self.sql("postgres", "select pg_reload_conf()").await;
        eventually(async || self.look_now().await.is_empty()).await;
    }

    pub(super) async fn read_schemas(&self) {
        refresh(&self.world.control, &Wish::All, Duration::from_secs(30)).await.unwrap();
    }

    pub(super) async fn look_now(&self) -> Vec<Finding> {
        self.look(SignedDuration::ZERO, false).await
    }

    /// As if that much time had passed.
    pub(super) async fn look(&self, later: SignedDuration, fix: bool) -> Vec<Finding> {
        let mut ask = Ask::about(Area::ALL, Timestamp::now() + later);
        ask.fix = fix.then_some("a test");
        examine(&self.world.control, &ask).await.unwrap().findings
    }

    /// How often the doctor has set something right.
    pub(super) async fn fixes(&self) -> i64 {
        let actions = "('tenant.role_set_back', 'database.entry_set_back', 'tenant.erase_again')";
        self.world.count(&format!("audit_log where action in {actions}")).await
    }

    pub(super) async fn sql(&self, database: &str, statement: &str) {
        let client = self.world.server.connect(database).await;
        let done = client.simple_query(statement).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error:?}"));
    }

    pub(super) async fn run(&mut self, steps: Vec<Step>) {
        for step in steps {
            match step {
                Step::Sql(database, statement) => self.sql(database, statement).await,
                Step::Work(work) => work(self).await,
            }
        }
    }

    pub(super) async fn mend(&mut self, mend: Mend) {
        match mend {
            Mend::Fix(steps) | Mend::By(steps) => self.run(steps).await,
        }
    }

    /// What lies in the store below a folder of nobody, for days.
    pub(super) fn write_old(&self, organization: Uuid) {
        let folder = self.stray(organization);
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("manifest.json");
        fs::write(&path, "{}").unwrap();
        let long_ago = Timestamp::now() - SignedDuration::from_hours(60);
        fs::File::options().write(true).open(&path).unwrap().set_modified(long_ago.into()).unwrap();
    }

    pub(super) fn remove_old(&self, organization: Uuid) {
        fs::remove_dir_all(self.safe.store().join(format!("tenants/{organization}"))).unwrap();
    }

    fn stray(&self, organization: Uuid) -> PathBuf {
        self.safe.store().join(format!("tenants/{organization}/backups/{organization}"))
    }

    /// Out of the way, or back.
    pub(super) fn rename(from: &Path, to: &Path) {
        fs::rename(from, to).unwrap();
    }

    /// Of one tenant in the store.
    pub(super) async fn manifest(&self) -> PathBuf {
        let organization = self.world.id("blue").await;
        let mut found = self.safe.objects();
        found.retain(|it| it.contains(&organization.to_string()) && it.ends_with("manifest.json"));
        self.safe.store().join(&found[0])
    }

    pub(super) async fn key(&self) -> PathBuf {
        let organization = self.world.id("blue").await;
        let mut entries = fs::read_dir(self.safe.keys()).unwrap().map(|it| it.unwrap().path());
        entries.find(|it| it.to_str().unwrap().contains(&organization.to_string())).unwrap()
    }

    /// A stanza of the server that has no backup, in a folder that the server's user owns.
    pub(super) async fn archive(&mut self, is_configured: bool) {
        let program = Program::find(None).unwrap();
        let folder = self.stanzas();
        fs::create_dir_all(&folder).unwrap();
        if is_configured {
            let client = self.world.server.connect("postgres").await;
            let data = client.query_one("show data_directory", &[]).await.unwrap();
            let data = PathBuf::from(data.get::<_, String>(0));
            let own = |path: &Path| {
                let owner = fs::metadata(&data).unwrap();
                chown(path, Some(owner.uid()), Some(owner.gid())).unwrap();
            };
            let of_server = folder.join("server-eu-1");
            fs::create_dir_all(&of_server).unwrap();
            fs::write(of_server.join("pgbackrest.conf"), "").unwrap();
            own(&of_server);
            own(&of_server.join("pgbackrest.conf"));
            let stanza = Stanza::find(&program, &folder, "server-eu-1").unwrap();
            let server = cloison_pgbackrest::Server {
                data,
                socket_dir: self.world.server.address().socket_dir.clone(),
                port: self.world.server.port(),
                superuser: "postgres".to_owned(),
            };
            stanza.configure(&server, &Settings::USUAL).unwrap();
            stanza.create().await.unwrap();
        }
        self.world.control.point_in_time = Some(PointInTime::new(program, &folder, None));
        self.world.control.archives = Archives::Meant;
    }

    pub(super) fn unarchive(&mut self) {
        self.world.control.point_in_time = None;
        fs::remove_dir_all(self.stanzas()).unwrap();
    }

    fn stanzas(&self) -> PathBuf {
        self.safe.store().with_extension("stanzas")
    }

    pub(super) async fn archiving_has(&self, what: &str) {
        let client = self.world.server.connect("postgres").await;
        let asked = format!("select {what} from pg_stat_archiver");
        eventually(async || client.query_one(&asked, &[]).await.unwrap().get(0)).await;
    }
}
