//! What is in a bundle, read by others than who wrote it: the zip by its crate's reader, the dump by `pg_restore`, CSV by `COPY`, sums by `sha256sum`.

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use cloison_archive::bundle::{
    BundleFacts, BundleFile, BundleOptions, Dump, LeftOut, LeftOutInDump, Source, dump_arguments,
    write_bundle,
};
use cloison_archive::tables::{DatabaseFacts, Snapshot, facts};
use cloison_testkit::{Database, Server};
use futures_util::{SinkExt as _, stream};
use serde_json::Value;
use tokio_postgres::Client;
use tokio_util::task::TaskTracker;
use zip::ZipArchive;

use crate::world::{NASTY, database, dumping, facts_of, open, run, shell, studio};

pub(crate) fn options(leave_out: Vec<LeftOut>, left_out_in_dump: LeftOutInDump) -> BundleOptions {
    BundleOptions {
        title: "Studio Marée".to_owned(),
        name: "Marée haute".to_owned(),
        made_at: "2026-11-24T09:00:00Z".parse().unwrap(),
        leave_out,
        left_out_in_dump,
    }
}

pub(crate) fn file(name: &str, content: &'static [u8]) -> BundleFile {
    BundleFile { name: name.to_owned(), bytes: content.len() as u64, content: Box::new(content) }
}

struct Bundle {
    zip: Vec<u8>,
    facts: BundleFacts,
    of: DatabaseFacts,
}

async fn bundle(database: &Database, options: &BundleOptions, files: Vec<BundleFile>) -> Bundle {
    let snapshot = open(database).await;
    let of = facts(&snapshot).await.unwrap();
    let dump = Dump {
        content: dumping(database, &dump_arguments(&snapshot, options)),
        made_with: "pg_dump".to_owned(),
    };
    let files = stream::iter(files.into_iter().map(Ok));
    let source = Source { snapshot: &snapshot, facts: &of, dump, files };
    let mut zip = Cursor::new(Vec::new());
    let facts = write_bundle(source, options, &mut zip).await.unwrap();
    Bundle { zip: zip.into_inner(), facts, of }
}

#[tokio::test]
async fn the_moment_is_let_go_before_the_files_are_read() {
    let sql = "create table t (id int); insert into t values (1)";
    let database = database(&Server::shared(), "let_go", sql).await;
    let snapshot = open(&database).await;
    let of = facts(&snapshot).await.unwrap();
    let options = options(vec![], LeftOutInDump::Held);
    let dump = Dump {
        content: dumping(&database, &dump_arguments(&snapshot, &options)),
        made_with: "pg_dump".to_owned(),
    };
    let watcher = database.connect().await;
    let files = stream::once(async {
        let held = "select count(*) from pg_locks where relation = 't'::regclass";
        let held: i64 = watcher.query_one(held, &[]).await.unwrap().get(0);
        assert_eq!(held, 0, "nobody holds a lock on the table while files are read");
        Ok(file("a.wav", b"abc"))
    });
    let source = Source { snapshot: &snapshot, facts: &of, dump, files };
    let written = write_bundle(source, &options, Cursor::new(Vec::new())).await.unwrap();
    assert_eq!((written.tables, written.files), (1, 1));
}

impl Bundle {
    /// Unpacks it where nothing is yet.
    fn unpack(&self, hint: &str) -> Folder {
        let folder = std::env::temp_dir().join(format!("cloison-{hint}-{}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        self.archive().extract(&folder).unwrap();
        Folder(folder)
    }

    fn archive(&self) -> ZipArchive<Cursor<&[u8]>> {
        ZipArchive::new(Cursor::new(&self.zip[..])).unwrap()
    }

    fn names(&self) -> Vec<String> {
        self.archive().file_names().map(|it| it.unwrap().into_owned()).collect()
    }

    fn read(&self, name: &str) -> String {
        let mut text = String::new();
        self.archive().by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.read(name)).unwrap()
    }
}

/// Removed with the handle.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// Does what its README says, in the folder, and answers the facts of what came of it.
async fn follow_the_readme(folder: &Path, server: &Server) -> DatabaseFacts {
    let readme = fs::read_to_string(folder.join("README.txt")).unwrap();
    let english = readme.split_once("WHAT IS IN IT").unwrap().1;
    let restored = format!("maree_{}", server.number());
    let commands: Vec<String> = english
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|it| {
            ["sha256sum ", "createdb ", "pg_restore "].iter().any(|program| it.starts_with(program))
        })
        // The server is shared, so the name is not.
        .map(|it| it.replace("mar_e_haute_restored", &restored))
        .collect();
    assert_eq!(commands.len(), 3, "{readme}");
    for command in &commands {
        shell(command, folder, server).await;
    }
    let client = server.connect(&restored).await;
    let snapshot = Snapshot::open(client, &TaskTracker::new()).await.unwrap();
    let facts = facts(&snapshot).await.unwrap();
    drop(snapshot);
    run(&server.connect("postgres").await, &format!("drop database {restored} with (force)")).await;
    facts
}

#[tokio::test]
async fn a_studio_leaves_with_all_it_has_and_without_secrets() {
    let server = Server::private();
    let roles = "create role cloison_owner; create role cloison_app; create role cloison_reader;";
    run(&server.connect("postgres").await, roles).await;
    let original = database(&server, "studio", &studio()).await;
    let secrets = vec![
        LeftOut::column("public", "users", "password_hash"),
        LeftOut::table("public", "sign_in_links"),
        LeftOut::table("public", "sign_ins"),
    ];
    let files = vec![
        file("Séance 1/Prise 1.wav", b"RIFF one"),
        file("../../etc/passwd", b"not that one"),
        file("séance 1/prise 1.WAV", b"RIFF two"),
        file("empty.flac", b""),
    ];
    let bundle = bundle(&original, &options(secrets, LeftOutInDump::Held), files).await;

    let names = bundle.names();
    assert_eq!(names.first().map(String::as_str), Some("README.txt"));
    assert_eq!(names.last().map(String::as_str), Some("SHA256SUMS"));
    for name in [
        "dump/mar-e-haute.dump",
        "manifest.json",
        "tables/public.users.csv",
        "tables/public.clients.json",
    ] {
        assert!(names.iter().any(|it| it == name), "{name} in {names:?}");
    }
    assert!(!names.iter().any(|it| it.contains("sign_in")), "{names:?}");
    let files: Vec<_> = names.iter().filter(|it| it.starts_with("files/")).collect();
    assert_eq!(
        files,
        [
            "files/Séance 1/Prise 1.wav",
            "files/etc/passwd",
            "files/séance 1/prise 1 (2).WAV",
            "files/empty.flac"
        ]
    );
    assert_eq!(bundle.read(files[2]), "RIFF two");
    assert_eq!(bundle.facts.files, 4);
    assert_eq!(bundle.facts.bytes, bundle.zip.len() as u64);

    // No secret is in any text.
    for name in names.iter().filter(|it| !it.starts_with("dump/") && !it.starts_with("files/")) {
        let text = bundle.read(name);
        assert!(!text.contains("secret"), "{name}");
    }
    let users = bundle.json("tables/public.users.json");
    assert_eq!(users[0]["email"], "solene@example.org");
    assert_eq!(users[0].get("password_hash"), None);
    let manifest = bundle.json("manifest.json");
    assert_eq!(manifest["version"], 1);
    assert_eq!(manifest["files"][1]["name"], "../../etc/passwd");
    assert_eq!(manifest["files"][1]["path"], "files/etc/passwd");
    let users =
        manifest["tables"].as_array().unwrap().iter().find(|it| it["name"] == "users").unwrap();
    assert_eq!(users["columns_left_out"], serde_json::json!(["password_hash"]));
    assert_eq!(
        serde_json::from_value::<DatabaseFacts>(manifest["facts"].clone()).unwrap(),
        bundle.of
    );
    let readme = bundle.read("README.txt");
    for words in [
        "btree_gist, pg_trgm, pgcrypto",
        "    public.users.password_hash\n",
        "keep this archive as you keep a password",
    ] {
        assert!(readme.contains(words), "{words} in {readme}");
    }

    // On a server that knows none of the studio's roles.
    let folder = bundle.unpack("studio");
    let whole = folder.0.join("whole.zip");
    fs::write(&whole, &bundle.zip).unwrap();
    let sum = shell("sha256sum whole.zip", &folder.0, &server).await;
    assert_eq!(sum, format!("{}  whole.zip\n", bundle.facts.sha256));
    let elsewhere = Server::private();
    let restored = follow_the_readme(&folder.0, &elsewhere).await;
    assert_eq!(bundle.of.differences(&restored), []);
    assert_eq!(bundle.of.tables, restored.tables);
}

#[tokio::test]
async fn a_dump_may_be_without_secrets_as_well() {
    let server = Server::shared();
    let original = database(
        &server,
        "absent",
        "create schema \"Odd.Name\"; create table \"Odd.Name\".\"to\"\"kens\" (hash text); insert into \"Odd.Name\".\"to\"\"kens\" values ('secret');
         create table users (id int, password_hash text); insert into users values (1, 'x')",
    )
    .await;
    let left_out = vec![LeftOut::table("Odd.Name", "to\"kens")];
    let bundle = bundle(&original, &options(left_out, LeftOutInDump::Absent), vec![]).await;
    assert!(bundle.read("README.txt").contains("Nor does the dump in dump/ hold them"));
    assert_eq!((bundle.facts.tables, bundle.facts.rows), (1, 1));
    // Nor is there a hash to try guesses on.
    let told = bundle.json("manifest.json")["facts"]["tables"].clone();
    assert_eq!(
        told.as_array().unwrap().iter().map(|it| &it["name"]).collect::<Vec<_>>(),
        ["users"]
    );
    let folder = bundle.unpack("absent");
    let restored = follow_the_readme(&folder.0, &server).await;
    let differences: Vec<String> =
        bundle.of.differences(&restored).iter().map(ToString::to_string).collect();
    assert_eq!(differences, ["table Odd.Name.to\"kens: 1 row, 0 in the copy"]);
}

#[tokio::test]
async fn a_dump_may_be_without_tables_and_hold_columns() {
    let server = Server::shared();
    let original = database(
        &server,
        "mixed",
        "create table tokens (hash text); insert into tokens values ('secret');
         create table users (id int, password_hash text); insert into users values (1, 'x')",
    )
    .await;
    let left_out = vec![
        LeftOut::table("public", "tokens"),
        LeftOut::column("public", "users", "password_hash"),
    ];
    let missing = LeftOut::column("public", "users", "password");
    let snapshot = open(&original).await;
    assert!(left_out.iter().all(|it| it.is_in(&snapshot)) && !missing.is_in(&snapshot));
    drop(snapshot);
    let bundle = bundle(&original, &options(left_out, LeftOutInDump::ColumnsHeld), vec![]).await;
    let words = "hold them, but for\n\n    public.users.password_hash\n\nas without";
    assert!(bundle.read("README.txt").contains(words));
    assert_eq!(bundle.read("tables/public.users.csv"), "id\n1\n");
    let folder = bundle.unpack("mixed");
    let restored = follow_the_readme(&folder.0, &server).await;
    let differences: Vec<String> =
        bundle.of.differences(&restored).iter().map(ToString::to_string).collect();
    assert_eq!(differences, ["table public.tokens: 1 row, 0 in the copy"]);
}

#[tokio::test]
async fn nasty_tables_read_back_from_csv_and_json() {
    let server = Server::shared();
    let original = database(&server, "nasty", NASTY).await;
    let bundle = bundle(&original, &options(vec![], LeftOutInDump::Held), vec![]).await;
    assert_eq!(bundle.facts.tables, bundle.of.tables.len() as u64);
    assert_eq!(bundle.facts.rows, bundle.of.tables.iter().map(|it| it.rows).sum::<u64>());
    let folder = bundle.unpack("nasty");
    assert_eq!(bundle.of.differences(&follow_the_readme(&folder.0, &server).await), []);

    let manifest = bundle.json("manifest.json");
    let lines = manifest["tables"].as_array().unwrap();
    let path = |schema: &str, name: &str| {
        let line = lines.iter().find(|it| it["schema"] == schema && it["name"] == name);
        line.unwrap()["csv"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        path("Weird.Schema", "Ta\"ble %séance 'x'"),
        "tables/Weird%2ESchema.Ta%22ble%20%25s%C3%A9ance%20%27x%27.csv"
    );
    assert_eq!(path("public", "Weird"), "tables/public.Weird.csv");
    let (one, other) = (path("public", "KINDS"), path("public", "kinds"));
    assert_eq!(
        [one.as_str(), other.as_str()],
        ["tables/public.KINDS.csv", "tables/public.kinds (2).csv"]
    );

    // Into tables of the same columns that compute nothing by themselves, in a database that has the types.
    let client = original.connect().await;
    let before = facts_of(&original).await;
    for line in lines {
        let rows = usize::try_from(line["rows"].as_u64().unwrap()).unwrap();
        let json = bundle.json(line["json"].as_str().unwrap());
        assert_eq!(json.as_array().unwrap().len(), rows, "{line}");
        read_back(&client, line, &bundle.read(line["csv"].as_str().unwrap())).await;
    }
    let after = facts_of(&original).await;
    for line in lines.iter().filter(|it| it["name"] != "no_columns") {
        let table = |facts: &DatabaseFacts, schema: &str| {
            let mut tables = facts.tables.iter();
            let found = tables.find(|it| it.schema == schema && it.name == line["name"]).unwrap();
            (found.rows, found.hash.clone())
        };
        let schema = line["schema"].as_str().unwrap();
        assert_eq!(table(&before, schema), table(&after, &format!("read {schema}")), "{line}");
    }

    let kinds = bundle.json("tables/public.kinds (2).json");
    assert_eq!(kinds[0]["word"], "Café");
    assert_eq!(kinds[0]["twice"], "Infinity");
    assert_eq!(kinds[0]["plain_json"]["b"][1].to_string(), "1.0");
    let text = bundle.read("tables/public.kinds (2).json");
    assert!(text.contains("12345678901234567890.12345678901234567890"), "all digits are there");
}

async fn read_back(client: &Client, line: &Value, csv: &str) {
    let [schema, name] =
        ["schema", "name"].map(|it| line[it].as_str().unwrap().replace('"', "\"\""));
    run(
        client,
        &format!(
            "create schema if not exists \"read {schema}\"; create table \"read {schema}\".\"{name}\" as table only \"{schema}\".\"{name}\" with no data"
        )
        .replace("table only", "select * from only"),
    )
    .await;
    if name == "no_columns" {
        // COPY does not read what has no columns.
        assert_eq!(csv, "\n\n\n\n");
        return;
    }
    let copy = format!("copy \"read {schema}\".\"{name}\" from stdin (format csv, header match)");
    let mut sink = std::pin::pin!(client.copy_in(&copy).await.unwrap());
    sink.send(Cursor::new(csv.as_bytes().to_vec())).await.unwrap();
    let rows = sink.finish().await.unwrap();
    assert_eq!(Some(rows), line["rows"].as_u64(), "{line}");
}
