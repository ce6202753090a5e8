//! Whatever a user lets be logged, no secret and nothing of a customer's rows is: a tour of all that handles them, at the most talkative
//! filter, in each format, with spans exported; and then a search for what was put in.

use std::collections::BTreeMap;
use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use cloison_control::pg::ddl;
use cloison_model::hexadecimal;
use cloison_router::{Directory as _, Snapshot};
use reqwest::Url;
use serde_json::{Value, json};

use crate::collector::Collector;
use crate::http::{PASSWORD, Person, client, eventually};
use crate::output::json;
use crate::up::{Up, cloison, fresh_data_dir};

/// What a studio knows of its people; each text occurs nowhere else.
const OWNER: &str = "zelda.quimby@example.com";
const NAME: &str = "Ottoline Vermeer";
const EMAIL: &str = "ottoline.vermeer@example.net";
const PHONE: &str = "+33 6 98 76 54 32";
const NOTES: &str = "allergic to saffron and loud drums";
const RAISED: &str = "raise: owes us a velvet sofa";
const CAST: &str = "cast: prefers the blue room";
const SEARCHED: &str = "quokkas in pyjamas";
const WRONG: &str = "eleven-wrong-guesses-in-a-row";

/// What refuses rows, and quotes them: by a constraint, by a function, by a cast.
const REFUSING: &str = "
    create unique index clients_email_once on clients (email);
    create function quoting() returns trigger language plpgsql as $$
    begin
        if new.notes like 'raise:%' then
            raise exception 'not with these notes: %', new.notes using detail = new.display_name;
        end if;
        if new.notes like 'cast:%' then
            perform new.notes::integer;
        end if;
        return new;
    end $$;
    create trigger clients_quoting before insert on clients for each row execute function quoting();
    create table linked (token text);
    create function linking() returns trigger language plpgsql as $$
    begin
        if exists (select from linked) then
            raise exception 'no more links for %', (select string_agg(email, ',') from users);
        end if;
        return new;
    end $$;
    grant select on linked to public;
    create trigger links_quoting before insert on sign_in_links for each row execute function linking();
";

/// A template whose studios take no owner.
const NOBODY: &str = "
    create function refusing() returns trigger language plpgsql as $$
    begin
        raise exception 'there is no place for %', new.email;
    end $$;
    create trigger users_refusing before insert on users for each row execute function refusing();
";

struct Tour {
    up: Up,
    /// What must not be found, by what it is.
    hidden: BTreeMap<String, String>,
}

impl Tour {
    fn hide(&mut self, what: &str, text: &str) {
        let text = text.trim();
        assert!(text.len() >= 8, "what is found anywhere proves nothing: {text}");
        self.hidden.insert(what.to_owned(), text.to_owned());
    }

    fn run(&self, arguments: &[&str]) -> Value {
        let output = self.up.run(&[arguments, &["--json"]].concat());
        json(&output)
    }
}

#[tokio::test]
async fn a_log_for_people_tells_no_secret_and_no_row() {
    tour("text").await;
}

#[tokio::test]
async fn a_log_for_programs_tells_no_secret_and_no_row() {
    tour("json").await;
}

async fn tour(format: &str) {
    let (data_dir, collector) = (fresh_data_dir(), Collector::start());
    let log = data_dir.join("log");
    let mut command = cloison(&data_dir);
    command
        .args(["--log", "trace,tokio_postgres=trace,hyper=trace,reqwest=trace,rustls=trace"])
        .args(["--log-format", format])
        // So that a new studio is made from the template as it is then.
        .env("CLOISON_WORK_SPARES_PER_SERVER", "0")
        .env("CLOISON_OTLP_ENDPOINT", &collector.endpoint)
        .env("CLOISON_OTLP_HEADERS", "x-key=the-key-of-the-collector")
        .stderr(fs::File::create(&log).unwrap());
    let up = Up::start_as(&data_dir, &[], command);
    let mut tour = Tour { up, hidden: BTreeMap::new() };
    for (what, text) in [
        ("the collector's key", "the-key-of-the-collector"),
        ("the owner's e-mail", OWNER),
        ("the owner's password", PASSWORD),
        ("a client's name", NAME),
        ("a client's e-mail", EMAIL),
        ("a client's telephone", PHONE),
        ("a client's notes", NOTES),
        ("notes that a function refuses", &RAISED[7..]),
        ("notes that are no number", &CAST[6..]),
        ("what was searched", SEARCHED),
        ("a wrong token", WRONG),
    ] {
        tour.hide(what, text);
    }
    for file in ["control.password", "api.token", "master.key"] {
        tour.hide(file, &fs::read_to_string(data_dir.join("secrets").join(file)).unwrap());
    }
    studio(&mut tour).await;
    operators(&mut tour).await;
    strangers(&tour).await;

    let Tour { up, hidden } = tour;
    up.stop();
    let said = fs::read_to_string(&log).unwrap();
    if format == "json" {
        assert!(
            said.lines().all(|it| serde_json::from_str::<Value>(it).is_ok()),
            "one object a line"
        );
    }
    let spans = collector.text();
    for (place, text) in [("log", &said), ("spans", &spans)] {
        for (what, text_of_it) in &hidden {
            for form in forms(text_of_it) {
                if let Some(at) = text.find(&form) {
                    let start = text[..at].rfind('\n').map_or(0, |it| it + 1);
                    panic!("the {place} has {what}: {}", &text[start..(at + form.len())]);
                }
            }
        }
    }
    // The tour has been everywhere, and the log tells of it.
    for told in [
        "POST /sign-in/{token} of studio",
        "POST /clients/new of studio",
        "GET /clients of studio",
        "GET /exports/{token} of console",
        "POST /v1/tenants of console",
        "POST /v1/sign-ins of console",
        "the studio's database failed",
        "22P02",
        "P0001",
        "clients_email_once",
        "answering 500 to an API request",
        "provision of quiet: DONE",
        "backup of quiet: DONE",
        "restore of quiet: DONE",
        "failed at write_first_data: PostgreSQL refused with P0001",
        "rotate_password of quiet: DONE",
        "export of quiet: DONE",
        "erase of quiet: DONE",
    ] {
        assert!(said.contains(told), "the log tells of: {told}");
    }
    for name in ["POST /clients/new", "operation backup", "step fill_copy", "webhook"] {
        assert!(collector.spans().iter().any(|it| it.name() == name), "there is a span: {name}");
    }
}

/// As it is, and as it could be on its way.
fn forms(text: &str) -> Vec<String> {
    let percent = |is_kept: fn(u8) -> bool| {
        let byte = |it: u8| match it {
            it if is_kept(it) => char::from(it).to_string(),
            it => format!("%{it:02X}"),
        };
        text.bytes().map(byte).collect::<String>()
    };
    vec![
        text.to_owned(),
        percent(|it| it.is_ascii_alphanumeric() || b"-._~".contains(&it)),
        percent(|it| it.is_ascii_alphanumeric() || b"-._~@+".contains(&it)),
        text.replace(' ', "+"),
        STANDARD.encode(text).trim_end_matches('=').to_owned(),
        URL_SAFE_NO_PAD.encode(text),
        hexadecimal(text.as_bytes()),
    ]
}

/// People at work, and rows that are refused.
async fn studio(tour: &mut Tour) {
    let made = tour.run(&["tenants", "create", "quiet", "--owner-email", OWNER]);
    let link = made["operation"]["sign_in_url"].as_str().unwrap().to_owned();
    tour.hide("the first sign-in link", link.rsplit('/').next().unwrap());
    let up = &tour.up;
    let database =
        up.on_server("select datname::text from pg_database where datname like 'studio%'").await;
    for database in &database {
        let superuser = Up::superuser(&up.server_home(), database).await;
        let named = superuser.query("select from users where email = $1", &[&OWNER]).await;
        if named.is_ok_and(|it| !it.is_empty()) {
            superuser.simple_query(REFUSING).await.unwrap();
        }
    }
    let person = Person::by_link(up, "quiet", &link).await;
    let cookie = person.cookie.clone().unwrap();
    let fields = |notes: &'static str| {
        [
            ("kind", "PERSON"),
            ("display_name", NAME),
            ("email", EMAIL),
            ("phone", PHONE),
            ("notes", notes),
        ]
    };
    for (notes, status) in [(NOTES, 303), (NOTES, 500), (RAISED, 500), (CAST, 500)] {
        let answer = person.post("/clients/new", &fields(notes)).await;
        assert_eq!(answer.status(), status, "{notes}: {}", answer.text().await.unwrap());
    }
    let search = format!("/clients?q={}", SEARCHED.replace(' ', "%20"));
    for path in
        ["/calendar", "/clients", &search, "/sessions/nonsense", "/sign-in/no-such-token-at-all"]
    {
        person.get(path).await;
    }
    let enter = [("email", EMAIL), ("password", WRONG)];
    Person::at(up, "quiet").post("/sign-in", &enter).await;
    tour.hide("a studio's cookie", cookie.split_once('=').unwrap().1);
}

async fn operators(tour: &mut Tour) {
    let hook = tour.run(&["webhooks", "create", "http://127.0.0.1:1/hooks/seventeen-silent-owls"]);
    tour.hide("a webhook's secret", hook["secret"].as_str().unwrap());
    tour.hide("a webhook's address", "seventeen-silent-owls");
    tour.run(&["backups", "create", "quiet", "--force"]);
    tour.run(&["backups", "restore", "quiet"]);
    tour.run(&["backups", "drill", "quiet"]);
    tour.run(&["tenants", "rotate-password", "quiet"]);
    let made = tour.run(&["tokens", "create", "robot"]);
    tour.hide("a robot's token", made["secret"].as_str().unwrap());

    // Taken away by a link.
    let exported = tour.up.run(&["tenants", "export", "quiet", "--link"]);
    let exported = String::from_utf8(exported.stdout).unwrap();
    let link = exported.split_whitespace().find(|it| it.contains("/exports/")).unwrap().to_owned();
    tour.hide("an export's link", link.rsplit('/').next().unwrap());
    assert_eq!(client().get(&link).send().await.unwrap().status(), 200);

    // Somebody comes in with a second factor.
    let invited = tour.run(&["users", "create", "kim@example.com", "--role", "owner"]);
    let invitation = invited["invitation"].as_str().unwrap().to_owned();
    tour.hide("an invitation", &invitation);
    let chosen = "seven purple elephants dance";
    tour.hide("an operator's password", chosen);
    let console = tour.up.url("console.localhost");
    let body = json!({ "new": chosen });
    let choose = client().put(format!("{console}/v1/me/password")).bearer_auth(&invitation);
    assert!(choose.json(&body).send().await.unwrap().status().is_success());
    let body = json!({ "email": "kim@example.com", "password": chosen });
    let entered = client().post(format!("{console}/v1/sign-ins")).json(&body).send().await.unwrap();
    let token = entered.json::<Value>().await.unwrap()["token"].as_str().unwrap().to_owned();
    tour.hide("a sign-in's token", &token);
    let begin = client().post(format!("{console}/v1/me/totp")).bearer_auth(&token);
    let begun = begin.json(&json!({ "password": chosen })).send().await.unwrap();
    let begun: Value = begun.json().await.unwrap();
    let url = Url::parse(begun["url"].as_str().unwrap()).unwrap();
    let secret = url.query_pairs().find(|it| it.0 == "secret").unwrap().1.into_owned();
    tour.hide("a second factor", &secret);

    // Into the console with a browser.
    let link = tour.run(&["console"])["url"].as_str().unwrap().to_owned();
    tour.hide("a console's link", link.rsplit('/').next().unwrap());
    assert_eq!(client().get(&link).send().await.unwrap().status(), 200);
    let entered = client().post(&link).send().await.unwrap();
    let cookie = entered.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap();
    tour.hide("a console's cookie", cookie.split_once('=').unwrap().1);
    let page = client().get(&console).header("cookie", cookie).send().await.unwrap();
    assert_eq!(page.status(), 200);

    // A link that the studio's database refuses, in words that name people.
    let up = &tour.up;
    for database in
        up.on_server("select datname::text from pg_database where datname like 'studio%'").await
    {
        let superuser = Up::superuser(&up.server_home(), &database).await;
        drop(superuser.simple_query("insert into linked values ('x')").await);
    }
    assert!(!up.run(&["tenants", "sign-in-link", "quiet"]).status.success());

    // An operation that the server refuses, in such words too.
    let superuser = Up::superuser(&tour.up.server_home(), ddl::TEMPLATE).await;
    superuser.simple_query(NOBODY).await.unwrap();
    drop(superuser);
    tour.run(&["tenants", "create", "never", "--owner-email", OWNER, "--no-wait"]);
    // Not by a command that waits: it would keep this session from leaving the template.
    eventually("it is refused", async || {
        let operations = tour.run(&["operations", "list", "--tenant", "never"]);
        operations["items"][0]["state"] == "FAILED"
    })
    .await;
    passwords(tour).await;
    shut(tour).await;
    tour.run(&["tenants", "erase", "quiet", "--confirm", "quiet", "--now"]);
    tour.up.run(&["doctor", "--json"]);
}

/// The router gets no connection: the studio's database lets nobody in, who holds the right password or not.
async fn shut(tour: &Tour) {
    let server = Up::superuser(&tour.up.server_home(), "postgres").await;
    let Snapshot { routes, .. } = tour.up.control().snapshot().await.unwrap();
    let quiet = routes.iter().find(|it| it.subdomain.as_str() == "quiet").unwrap();
    let database = quiet.database.as_str();
    for allowed in [false, true] {
        server
            .simple_query(&format!("alter database {database} allow_connections {allowed}"))
            .await
            .unwrap();
        let ended = "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1";
        server.query(ended, &[&database]).await.unwrap();
        let enter = [("email", EMAIL), ("password", WRONG)];
        let answer = Person::at(&tour.up, "quiet").post("/sign-in", &enter).await;
        assert_eq!(answer.status() == 503, !allowed, "{}", answer.status());
    }
}

/// Who is refused, with what they tried.
async fn strangers(tour: &Tour) {
    let url = tour.up.url("console.localhost");
    for path in ["/v1/tenants", "/v1/tenants/ottoline.vermeer@example.net", "/v1/nothing"] {
        let refused = client().get(format!("{url}{path}")).bearer_auth(WRONG).send().await.unwrap();
        assert!(refused.status().is_client_error());
    }
    let body = json!({ "email": EMAIL, "password": WRONG });
    client().post(format!("{url}/v1/sign-ins")).json(&body).send().await.unwrap();
    client().get(format!("{url}/exports/{WRONG}")).send().await.unwrap();
    client().get(format!("{url}/v1/tenants?token={WRONG}")).send().await.unwrap();
    // Nobody's host, and a header that is none.
    client()
        .get(tour.up.url("ottoline-vermeer.localhost"))
        .header("traceparent", WRONG)
        .send()
        .await
        .unwrap();
}

/// Of the tenants' roles.
async fn passwords(tour: &mut Tour) {
    let Snapshot { routes, .. } = tour.up.control().snapshot().await.unwrap();
    for route in routes {
        tour.hide(&format!("the password of {}", route.subdomain), route.password.expose());
    }
}
