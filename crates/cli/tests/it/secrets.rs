//! No secret is written where nobody looks for one: a whole day of a platform with everything logged, and then a search
//! for every secret that exists.
//!
//! Searched are what every command has printed, the arguments that other users of the machine see, what PostgreSQL shows of
//! sessions, the servers' logs, and the control database itself. What a command is asked for is shown once, by that
//! command: those are the calls of [`Day::shows`].

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cloison_api::Client;
use cloison_model::hexadecimal;
use cloison_router::{Directory, Key, Snapshot};
use reqwest::{Method, Url};
use serde_json::{Value, json};

use crate::collector::Collector;
use crate::http::{Person, api, client};
use crate::output::json;
use crate::up::{Up, cloison, fresh_data_dir};

/// Of a platform user, of a studio's owner, and what neither has: each occurs nowhere else.
const CHOSEN: &str = "seven purple elephants dance";
const OWNERS: &str = "nine green herons are asleep";
const WRONG: &str = "eleven wrong guesses in a row";

/// A day's work, and all that it leaves behind.
struct Day {
    up: Up,
    /// Another operator's, with a profile of their own.
    home: PathBuf,
    /// By what it is.
    secrets: BTreeMap<String, String>,
    /// What was printed, by whom.
    printed: Vec<(String, String)>,
    /// The arguments of every process that was there while a command ran.
    arguments: BTreeSet<String>,
    /// What PostgreSQL shows of sessions.
    sessions: BTreeSet<String>,
}

impl Day {
    fn learn(&mut self, what: impl Into<String>, secret: impl AsRef<str>) {
        let secret = secret.as_ref().trim();
        assert!(secret.len() >= 8, "what is found anywhere is no secret: {secret}");
        self.secrets.insert(what.into(), secret.to_owned());
    }

    /// Runs a command, with these lines on its standard input, and keeps what it prints.
    async fn run(&mut self, home: &Path, arguments: &[&str], lines: &[&str]) -> Output {
        let output = self.shows(home, arguments, lines).await;
        let printed = [&output.stdout[..], &output.stderr[..]].concat();
        self.printed.push((arguments.join(" "), String::from_utf8(printed).unwrap()));
        output
    }

    /// Runs a command that is there to show a secret on stdout. Its log is kept all the same.
    async fn shows(&mut self, home: &Path, arguments: &[&str], lines: &[&str]) -> Output {
        let mut child = cloison(home)
            .args(["--log", "trace"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let text: String = lines.iter().flat_map(|it| [it, "\n"]).collect();
        drop(child.stdin.take().unwrap().write_all(text.as_bytes()));
        let waited = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap());
        while !waited.is_finished() {
            self.arguments.extend(arguments_of_all());
            tokio::task::yield_now().await;
        }
        let output = waited.await.unwrap();
        let log = String::from_utf8(output.stderr.clone()).unwrap();
        self.printed.push((format!("the log of {}", arguments.join(" ")), log));
        self.look_at_sessions().await;
        output
    }

    async fn look_at_sessions(&mut self) {
        for home in self.up.clusters() {
            let superuser = Up::superuser(&home, "postgres").await;
            let query = "select concat_ws(' ', application_name, query) from pg_stat_activity";
            let rows = superuser.query(query, &[]).await.unwrap();
            self.sessions.extend(rows.iter().map(|it| it.get::<_, String>(0)));
        }
    }

    /// Tenants' passwords as they are now, and spares'.
    async fn learn_passwords(&mut self, when: &str) {
        let control = self.up.control();
        let Snapshot { routes, .. } = control.snapshot().await.unwrap();
        for route in routes {
            let what = format!("the password of {} {when}", route.subdomain);
            self.learn(what, route.password.expose());
        }
        let catalog = control.catalog.client().await.unwrap();
        let spares =
            catalog.query("select id, database_password_sealed from spares", &[]).await.unwrap();
        for spare in spares {
            let (id, sealed): (uuid::Uuid, Vec<u8>) = (spare.get(0), spare.get(1));
            let password = control.key.open("tenants.database_password", id, &sealed).unwrap();
            self.learn(format!("the password of the spare {id}"), password.expose());
        }
    }
}

fn arguments_of_all() -> impl Iterator<Item = String> {
    let processes = fs::read_dir("/proc").unwrap().map_while(Result::ok);
    // A process may have gone meanwhile.
    processes
        .filter_map(|it| fs::read(it.path().join("cmdline")).ok())
        .map(|line| String::from_utf8_lossy(&line).replace('\0', " "))
}

/// The last part of a sign-in link.
fn link_token(link: &str) -> String {
    Url::parse(link).unwrap().path_segments().unwrap().next_back().unwrap().to_owned()
}

#[tokio::test]
async fn no_secret_is_found_where_it_does_not_belong() {
    let (data_dir, home) = (fresh_data_dir(), fresh_data_dir());
    let log = data_dir.join("log");
    let mut command = cloison(&data_dir);
    let collector = Collector::start();
    command.args(["--log", "trace", "--log-format", "json"]);
    command.env("CLOISON_OTLP_ENDPOINT", &collector.endpoint);
    command.stderr(fs::File::create(&log).unwrap());
    let up = Up::start_as(&data_dir, &[], command);
    let mut day = Day {
        up,
        home,
        secrets: BTreeMap::new(),
        printed: Vec::new(),
        arguments: BTreeSet::new(),
        sessions: BTreeSet::new(),
    };
    for (what, file) in
        [("the control password", "control.password"), ("the API token", "api.token")]
    {
        let secret = fs::read_to_string(data_dir.join("secrets").join(file)).unwrap();
        day.learn(what, secret);
    }
    day.learn("the chosen password", CHOSEN);
    day.learn("the studio owner's password", OWNERS);
    day.learn("the wrong password", WRONG);

    hooks(&mut day).await;
    customers(&mut day).await;
    people(&mut day).await;
    mistakes(&mut day).await;
    debugged(&day).await;
    day.learn_passwords("in the end").await;
    let databases = contents(&day).await;
    let stored = store(&day);
    leave(&mut day).await;

    let logs: Vec<PathBuf> = day.up.clusters().iter().map(|it| it.join("postgres.log")).collect();
    assert_eq!(logs.len(), 2);
    let key = fs::read_to_string(data_dir.join("secrets/master.key")).unwrap();
    let Day { up, secrets, mut printed, arguments, sessions, .. } = day;
    printed.push(("up".to_owned(), up.stop_and_tell()));
    printed.push(("the log of up".to_owned(), fs::read_to_string(&log).unwrap()));
    assert!(
        printed.iter().any(|(_, it)| it.contains("POST /v1/tenants of")),
        "everything was logged"
    );
    assert!(!collector.spans().is_empty(), "spans were exported");
    printed.push(("the spans".to_owned(), collector.text()));
    for log in logs {
        printed.push((log.display().to_string(), fs::read_to_string(&log).unwrap()));
    }
    let all_of = |what: &str, lines: BTreeSet<String>| {
        assert!(lines.len() > 1, "{what} were looked at");
        (what.to_owned(), lines.into_iter().collect::<Vec<_>>().join("\n"))
    };
    printed.push(all_of("arguments of processes", arguments));
    printed.push(all_of("sessions", sessions));
    printed.extend(databases);
    printed.extend(stored);
    let leaks = leaks(&secrets, key.trim(), &printed);
    assert!(leaks.is_empty(), "{leaks:#?}");
}

/// Where nobody listens, so that events are sent again and again.
async fn hooks(day: &mut Day) {
    let here = day.up.data_dir.clone();
    // Both show the secret.
    let create = ["webhooks", "create", "http://127.0.0.1:1/hooks", "--json"];
    let made = json(&day.shows(&here, &create, &[]).await);
    day.learn("a webhook's first secret", made["secret"].as_str().unwrap());
    let id = made["webhook"]["id"].as_str().unwrap().to_owned();
    let made = json(&day.shows(&here, &["webhooks", "rotate-secret", &id, "--json"], &[]).await);
    day.learn("a webhook's secret", made["secret"].as_str().unwrap());
    for arguments in [
        &["webhooks", "list"][..],
        &["webhooks", "show", &id, "--json"],
        &["webhooks", "disable", &id],
        &["webhooks", "enable", &id, "--json"],
    ] {
        let output = day.run(&here, arguments, &[]).await;
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    }
    day.run(&here, &["webhooks", "test", &id], &[]).await;
    day.run(&here, &["webhooks", "deliveries", &id], &[]).await;
}

async fn customers(day: &mut Day) {
    let here = day.up.data_dir.clone();
    let email = ["--owner-email", "robin@example.com"];
    // Shows the owner's sign-in link.
    let made = day
        .shows(&here, &[&["tenants", "create", "quiet", "--json"][..], &email].concat(), &[])
        .await;
    let made = json(&made);
    let link = made["operation"]["sign_in_url"].as_str().unwrap().to_owned();
    day.learn("the first sign-in link", link_token(&link));
    let provision = made["operation"]["id"].as_str().unwrap().to_owned();
    day.shows(&here, &[&["tenants", "create", "other"][..], &email].concat(), &[]).await;
    // Both show the link again, to those who may send one.
    for arguments in
        [&["operations", "show", &provision][..], &["operations", "show", &provision, "--json"]]
    {
        day.shows(&here, arguments, &[]).await;
    }
    let sent = day.shows(&here, &["tenants", "sign-in-link", "quiet"], &[]).await;
    let sent = String::from_utf8(sent.stdout).unwrap();
    day.learn("a sign-in link", link_token(sent.trim()));
    day.learn_passwords("at first").await;

    let mut person = Person::at(&day.up, "quiet");
    let path = format!("/sign-in/{}", link_token(&link));
    let entered = person.post(&path, &[("password", OWNERS)]).await;
    let cookie = entered.headers()["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    day.learn("a studio's cookie", cookie.split_once('=').unwrap().1);
    person.cookie = Some(cookie);
    assert_eq!(person.get("/calendar").await.status(), 200);
    for password in [OWNERS, WRONG] {
        let fields = [("email", "robin@example.com"), ("password", password)];
        let entered = Person::at(&day.up, "quiet").post("/sign-in", &fields).await;
        assert_eq!(entered.status().is_redirection(), password == OWNERS);
    }

    for arguments in [
        &["tenants", "suspend", "quiet", "--access", "read-only"][..],
        &["tenants", "resume", "quiet"],
        &["tenants", "rotate-password", "quiet"],
        &["tenants", "rotate-password", "quiet", "--json"],
        &["tenants", "psql", "quiet", "--", "-c", "select current_user"],
        &["tenants", "list"],
        &["tenants", "show", "quiet", "--json"],
        &["operations", "list"],
        &["operations", "list", "--json", "--spares"],
        &["servers", "list", "--json"],
        &["backups", "create", "quiet", "--force"],
        &["backups", "create", "--all", "--json"],
        &["backups", "verify", "quiet"],
        &["backups", "restore", "quiet", "--json"],
        &["backups", "drill", "quiet"],
        &["backups", "status", "--json"],
        &["doctor"],
        &["doctor", "--fix", "--json"],
        &["config", "check", "--config", here.join("cloison.toml").to_str().unwrap()],
        &["config", "check", "--json", "--config", here.join("cloison.toml").to_str().unwrap()],
    ] {
        let output = day.run(&here, arguments, &[]).await;
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    }
    assert_eq!(person.get("/calendar").await.status(), 200);
    learn_keys(day);
}

/// What opens backups, before a tenant's key is destroyed with it.
fn learn_keys(day: &mut Day) {
    let mut count = 0;
    for entry in fs::read_dir(day.up.data_dir.join("keys")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "key") {
            let (what, key) = (path.display().to_string(), fs::read_to_string(&path).unwrap());
            let raw = STANDARD.decode(key.trim()).unwrap();
            day.learn(format!("{what}, in hexadecimal"), hexadecimal(&raw));
            day.learn(what, key);
            count += 1;
        }
    }
    assert!(count >= 3, "two tenants have one, and the platform's signature has");
}

/// All that lies where backups go: the names, and whatever of the bytes is text.
fn store(day: &Day) -> Vec<(String, String)> {
    let (mut found, mut folders) = (Vec::new(), vec![day.up.data_dir.join("backups")]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path).unwrap();
                found.push((path.display().to_string(), String::from_utf8_lossy(&bytes).into()));
            }
        }
    }
    assert!(found.len() >= 4, "backups were made");
    found
}

async fn people(day: &mut Day) {
    let (here, home) = (day.up.data_dir.clone(), day.home.clone());
    let url = day.up.url("console.localhost");
    // Shows the invitation.
    let create = ["users", "create", "kim@example.com", "--role", "owner", "--json"];
    let invited = json(&day.shows(&here, &create, &[]).await);
    let invitation = invited["invitation"].as_str().unwrap().to_owned();
    day.learn("an invitation", &invitation);
    let choose = ["--url", &url, "me", "password", "--invitation", "--password-stdin"];
    let login = ["--url", &url, "login", "--email", "kim@example.com", "--password-stdin"];
    day.run(&home, &choose, &[&invitation, CHOSEN]).await;
    day.run(&home, &login, &[CHOSEN]).await;
    let signed_in = fs::read_to_string(home.join("profile.toml")).unwrap();
    let token = signed_in.lines().find_map(|it| it.strip_prefix("token = ")).unwrap();
    day.learn("a sign-in's token", token.trim_matches('"'));
    // Shows the token.
    let made = json(&day.shows(&home, &["tokens", "create", "robot", "--json"], &[]).await);
    day.learn("a robot's token", made["secret"].as_str().unwrap());
    // Shows what the telephone is to keep.
    let begin = ["me", "totp", "begin", "--password-stdin", "--json"];
    let begun = json(&day.shows(&home, &begin, &[CHOSEN]).await);
    let keep = begun["url"].as_str().unwrap().to_owned();
    let pairs = Url::parse(&keep).unwrap();
    let secret = pairs.query_pairs().find(|it| it.0 == "secret").unwrap().1.into_owned();
    day.learn("a TOTP secret", secret);
    let totp = totp_rs::Totp::from_url(keep).unwrap();
    let code = |ahead: i64| {
        let second = jiff::Timestamp::now().as_second() + 30 * ahead;
        totp.generate(second.try_into().unwrap()).to_string()
    };
    let confirm = ["me", "totp", "confirm", "--password-stdin"];
    let confirmed = day.run(&home, &confirm, &[&code(0)]).await;
    assert!(confirmed.status.success(), "{confirmed:?}");
    let entered = day.run(&home, &login, &[CHOSEN, &code(1)]).await;
    assert!(entered.status.success(), "{entered:?}");
    for arguments in [
        &["me"][..],
        &["me", "--json"],
        &["users", "list"],
        &["users", "show", "kim@example.com", "--json"],
        &["tokens", "list", "--all"],
        &["tokens", "list", "--all", "--json"],
        &["audit", "list", "--json"],
        &["audit", "verify"],
    ] {
        let output = day.run(&here, arguments, &[]).await;
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    }
}

/// Each is refused, and what was typed is not repeated.
async fn mistakes(day: &mut Day) {
    let (here, home) = (day.up.data_dir.clone(), day.home.clone());
    let login = ["login", "--email", "kim@example.com", "--password-stdin"];
    for (home, arguments, lines) in [
        (&home, &login[..], &[WRONG, "123456"][..]),
        (&home, &["me", "password", "--password-stdin"], &[WRONG, CHOSEN]),
        (&home, &["me", "password", "--password-stdin"], &[CHOSEN, "short"]),
        (&here, &["tenants", "show", "nobody"], &[]),
        (&here, &["tenants", "create", "quiet", "--owner-email", "kim@example.com"], &[]),
        (&here, &["tenants", "resume", "nobody"], &[]),
    ] {
        let output = day.run(home, arguments, lines).await;
        assert!(!output.status.success(), "{arguments:?}: {output:?}");
    }
    // A body that cannot be read, with a secret in it.
    let url = format!("{}/v1/sign-ins", day.up.url("console.localhost"));
    for body in
        [json!({ "email": "kim@example.com", "password": [CHOSEN] }), json!({ CHOSEN: WRONG })]
    {
        let refused = client().post(&url).json(&body).send().await.unwrap();
        day.printed.push(("a refused sign-in".to_owned(), refused.text().await.unwrap()));
    }
    for path in ["/v1/tenants/quiet/credentials", "/v1/nothing"] {
        let refused = client().post(format!("{}{path}", day.up.url("console.localhost")));
        let refused = refused.bearer_auth(WRONG.replace(' ', "-")).send().await.unwrap();
        day.printed.push((path.to_owned(), refused.text().await.unwrap()));
    }
    day.learn("a token that is none", WRONG.replace(' ', "-"));
}

/// What an `{:?}` in some log line would say.
async fn debugged(day: &Day) {
    let up = &day.up;
    drop(client());
    let console = Client::new(&up.url("console.localhost"), up.token.trim()).unwrap();
    let control = up.control();
    let route = control.fetch(&Key::Subdomain("quiet".parse().unwrap())).await.unwrap();
    let listed =
        console.operation_list(&cloison_api::OperationFilter::default(), None).await.unwrap();
    let mut operations = Vec::new();
    for operation in listed.items {
        assert_eq!(operation.sign_in_url, None, "a list has no links");
        operations.push(console.operation_fetch(operation.id).await.unwrap());
    }
    assert!(operations.iter().any(|it| it.sign_in_url.is_some()));
    let texts = [
        format!("{control:?}"),
        format!("{route:?}"),
        format!("{console:?}"),
        format!("{operations:?}"),
        format!("{:?}", console.tenant_credentials("quiet").await.unwrap()),
    ];
    let texts: Vec<_> = texts.into_iter().map(|it| ("Debug".to_owned(), it)).collect();
    let key = fs::read_to_string(up.data_dir.join("secrets/master.key")).unwrap();
    let leaks = leaks(&day.secrets, key.trim(), &texts);
    assert!(leaks.is_empty(), "{leaks:#?}");
}

/// Every row of the control database and of a tenant's, as text.
async fn contents(day: &Day) -> Vec<(String, String)> {
    let control = day.up.control();
    let route = control.fetch(&Key::Subdomain("quiet".parse().unwrap())).await.unwrap().unwrap();
    let home_of_control =
        cloison_local_postgres::Cluster::home_of(&day.up.data_dir.join("clusters/control"));
    let places = [
        (home_of_control, cloison_catalog::DATABASE),
        (day.up.server_home(), route.database.as_str()),
    ];
    let mut contents = Vec::new();
    for (home, database) in places {
        let superuser = Up::superuser(&home, database).await;
        let tables = superuser
            .query("select relname::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace", &[])
            .await
            .unwrap();
        assert!(tables.len() > 10, "{database} has tables");
        for table in tables {
            let table: String = table.get(0);
            let query = format!("select t::text from public.{table} t");
            let rows = superuser.query(&query, &[]).await.unwrap();
            let rows: Vec<String> = rows.iter().map(|it| it.get(0)).collect();
            contents.push((format!("{database}.{table}"), rows.join("\n")));
        }
    }
    contents
}

async fn leave(day: &mut Day) {
    let here = day.up.data_dir.clone();
    for arguments in [
        &["tenants", "cancel", "other", "--confirm", "other"][..],
        &["tenants", "erase", "quiet", "--confirm", "quiet", "--now"],
        &["operations", "list", "--tenant", "quiet", "--json"],
    ] {
        let output = day.run(&here, arguments, &[]).await;
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    }
    let listed: Value =
        api(&day.up, Method::GET, "/v1/audit").send().await.unwrap().json().await.unwrap();
    day.printed.push(("the audit log".to_owned(), listed.to_string()));
}

/// Which secret is where, as it is, in base64 or in hexadecimal.
fn leaks(secrets: &BTreeMap<String, String>, key: &str, texts: &[(String, String)]) -> Vec<String> {
    let raw = STANDARD.decode(key).unwrap();
    let mut forms: Vec<(&str, String)> = vec![
        ("the master key", key.to_owned()),
        ("the master key", hexadecimal(&raw)),
        ("the master key", raw.iter().map(u8::to_string).collect::<Vec<_>>().join(", ")),
    ];
    for (what, secret) in secrets {
        forms.push((what, secret.clone()));
        forms.push((what, STANDARD.encode(secret)));
        forms.push((what, hexadecimal(secret.as_bytes())));
    }
    let mut leaks = Vec::new();
    for (place, text) in texts {
        for (what, form) in &forms {
            // What is before it says who wrote it.
            if let Some((before, _)) = text.split_once(form) {
                let line = before.lines().next_back().unwrap_or_default();
                leaks.push(format!("{what} in {place}, after: {line}"));
            }
        }
        if text.as_bytes().windows(raw.len()).any(|it| it == raw) {
            leaks.push(format!("the master key in {place}"));
        }
    }
    leaks
}

/// The search itself, so that finding nothing means something.
#[test]
fn what_is_there_is_found_in_each_form() {
    let secrets = BTreeMap::from([("a token".to_owned(), "hunter2hunter2".to_owned())]);
    let raw = "an exceptional key of 32 bytes..";
    let key = STANDARD.encode(raw);
    let check = |text: String| leaks(&secrets, &key, &[("a log".to_owned(), text)]).len();
    for text in [
        "bearer hunter2hunter2".to_owned(),
        STANDARD.encode("hunter2hunter2"),
        format!("\\x{}", hexadecimal(b"hunter2hunter2")),
        format!("CLOISON_MASTER_KEY={key}"),
        format!("{:?}", raw.as_bytes()),
        hexadecimal(raw.as_bytes()),
        raw.to_owned(),
    ] {
        assert_eq!(check(text.clone()), 1, "{text}");
    }
    assert_eq!(check("hunter2 and no more".to_owned()), 0);
}
