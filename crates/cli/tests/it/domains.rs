//! A studio under a name of its own, through the real binary: claimed, proven in a DNS, visited, and gone.

use cloison_testkit::Dns;
use insta::assert_snapshot;

use crate::http::{client, eventually, get_with, status};
use crate::output::{json, stderr, stdout};
use crate::up::{Up, cloison, fresh_data_dir};

const HOSTNAME: &str = "booking.rue-haute.example";
const CHALLENGE: &str = "_cloison-challenge.booking.rue-haute.example";

/// With a DNS of the test's own, and a front door in it.
async fn up() -> (Up, Dns) {
    let dns = Dns::start().await;
    dns.set("front.example.com", "A", &["198.51.100.1"]);
    let data_dir = fresh_data_dir();
    let mut command = cloison(&data_dir);
    command
        .env("CLOISON_DOMAINS_RESOLVER", dns.address.to_string())
        .env("CLOISON_DOMAINS_TARGET", "front.example.com")
        .env("CLOISON_DOMAINS_CERTIFICATES", "false");
    (Up::start_as(&data_dir, &["--demo"], command), dns)
}

/// Without what is different each time.
fn same(text: &str) -> String {
    let word = |it: &str| {
        let is_token = it.len() == 32 && it.bytes().all(|it| it.is_ascii_hexdigit());
        if is_token { "TOKEN".to_owned() } else { it.to_owned() }
    };
    let line = |line: &str| {
        let line = line.replace('=', "= ");
        line.split(' ').map(word).collect::<Vec<_>>().join(" ").replace("= ", "=")
    };
    let is_the_same = |it: &&str| !it.starts_with("checked") && !it.starts_with("next check");
    let text: Vec<_> = text.lines().filter(is_the_same).map(line).collect();
    let text = text.join("\n");
    match text.split_once(" since ") {
        Some((before, after)) => {
            format!("{before} since WHEN{}", &after["2026-11-29 10:22 UTC".len()..])
        }
        None => text,
    }
}

fn visit(up: &Up) -> u16 {
    status(&get_with(up, &format!("host: {HOSTNAME}\r\n")))
}

async fn ask(up: &Up, name: &str) -> u16 {
    let url = format!("http://127.0.0.1:{}/ask?domain={name}", up.ops_port);
    client().get(url).send().await.unwrap().status().as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_claim_to_the_studio_and_back() {
    let (up, dns) = up().await;
    let domains = |arguments: &[&str]| up.run(&[&["domains"], arguments].concat());
    let demo = ["demo", HOSTNAME];
    let empty = stdout(&domains(&["list"]));
    assert_snapshot!(empty, @"There are none. To claim one: cloison domains add --help");
    assert_snapshot!(same(&stdout(&domains(&["add", "demo", "Booking.Rue-Haute.example."]))), @r"
    domain      booking.rue-haute.example
    tenant      demo
    state       pending, nobody is served there yet

    Records in its DNS:
      TYPE   NAME                                          VALUE
      TXT    _cloison-challenge.booking.rue-haute.example  cloison-verification=TOKEN
      CNAME  booking.rue-haute.example                     front.example.com

    Create these records in its DNS. They are looked for by themselves; not to wait for that: cloison domains check demo booking.rue-haute.example
    ");
    let refused = domains(&["check", "demo", HOSTNAME]);
    assert!(!refused.status.success());
    assert_snapshot!(same(&String::from_utf8(refused.stdout).unwrap()), @r"
    domain      booking.rue-haute.example
    tenant      demo
    state       pending, nobody is served there yet
    found       there is no TXT record _cloison-challenge.booking.rue-haute.example

    Records in its DNS:
      TYPE   NAME                                          VALUE
      TXT    _cloison-challenge.booking.rue-haute.example  cloison-verification=TOKEN
      CNAME  booking.rue-haute.example                     front.example.com

    Create the TXT record in its DNS, with exactly this value.
    ");
    assert_snapshot!(stdout(&domains(&["list", "demo"])), @r"
    DOMAIN                     TENANT  STATE    WHAT IS WRONG
    booking.rue-haute.example  demo    pending  there is no TXT record _cloison-challenge.booking.rue-haute.example
    ");
    assert_snapshot!(stderr(&domains(&["primary", "demo", HOSTNAME])), @r"
    error: booking.rue-haute.example is not proven yet, so links to it would lead nowhere. Create its records first; see: cloison domains show demo booking.rue-haute.example
    ");
    assert_eq!((visit(&up), ask(&up, HOSTNAME).await), (404, 403));

    let shown = json(&domains(&[&["show"], &demo[..], &["--json"]].concat()));
    assert_eq!(shown["records"][0]["name"], CHALLENGE);
    dns.set(CHALLENGE, "TXT", &[shown["records"][0]["value"].as_str().unwrap()]);
    dns.set(HOSTNAME, "CNAME", &["elsewhere.example"]);
    dns.set("elsewhere.example", "A", &["203.0.113.9"]);
    let elsewhere = domains(&["check", "demo", HOSTNAME]);
    assert_snapshot!(same(&String::from_utf8(elsewhere.stdout).unwrap()), @r"
    domain      booking.rue-haute.example
    tenant      demo
    state       failing since WHEN, and still served
    found       it leads to 203.0.113.9, and we are at 198.51.100.1

    Records in its DNS:
      TYPE   NAME                                          VALUE
      TXT    _cloison-challenge.booking.rue-haute.example  cloison-verification=TOKEN
      CNAME  booking.rue-haute.example                     front.example.com

    Lead it here by its CNAME record, and take away what leads elsewhere.
    ");
    dns.set(HOSTNAME, "CNAME", &["front.example.com"]);
    assert_snapshot!(same(&stdout(&domains(&["check", "demo", HOSTNAME]))), @r"
    domain      booking.rue-haute.example
    tenant      demo
    state       serving since WHEN

    Records in its DNS:
      TYPE   NAME                                          VALUE
      TXT    _cloison-challenge.booking.rue-haute.example  cloison-verification=TOKEN
      CNAME  booking.rue-haute.example                     front.example.com
    ");
    eventually("the studio is there", async || visit(&up) == 303).await;
    assert_eq!(ask(&up, HOSTNAME).await, 200);

    assert_snapshot!(stdout(&domains(&["primary", "demo", HOSTNAME])), @r"
    Links to demo name booking.rue-haute.example now.
    ");
    let url = format!("http://{HOSTNAME}:{}", up.port);
    let tenant = json(&up.run(&["tenants", "show", "demo", "--json"]));
    assert_eq!(tenant["url"], *url);
    let link = json(&up.run(&["tenants", "sign-in-link", "demo", "--json"]));
    assert!(link["sign_in_url"].as_str().unwrap().starts_with(&format!("{url}/sign-in/")));
    let listed = stdout(&domains(&["list", "--state", "serving"]));
    assert_snapshot!(listed, @r"
    DOMAIN                     TENANT  STATE             WHAT IS WRONG
    booking.rue-haute.example  demo    serving, primary
    ");

    let wrong = domains(&[&["remove"], &demo[..], &["--confirm", "lantern"]].concat());
    assert_snapshot!(stderr(&wrong), @r"
    error: --confirm lantern is not the tenant that was named, demo
      the proof of the domain would be gone for good, so the name is asked for twice; nothing was done
      if demo is meant: --confirm demo
    ");
    let removed = stdout(&domains(&[&["remove"], &demo[..], &["--confirm", "demo"]].concat()));
    assert_snapshot!(removed, @r"
    demo is not served under booking.rue-haute.example any more. Its records can be taken out of the DNS.
    ");
    eventually("the studio is gone", async || visit(&up) == 404).await;
    assert_eq!(ask(&up, HOSTNAME).await, 403);
    assert_snapshot!(stderr(&domains(&["show", "demo", HOSTNAME])), @r"
    error: demo has no domain 'booking.rue-haute.example'. To claim it: cloison domains add demo HOSTNAME
    ");
    up.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_have_a_certificate() {
    let (up, _dns) = up().await;
    for (name, expected) in [
        ("demo.localhost", 200),
        ("DEMO.localhost.", 200),
        ("nobody.localhost", 403),
        ("localhost", 403),
        ("console.localhost", 403),
        ("a.demo.localhost", 403),
        ("example.com", 403),
        ("127.0.0.1", 403),
        ("de%20mo.localhost", 400),
        ("", 400),
    ] {
        assert_eq!(ask(&up, name).await, expected, "{name}");
    }
    let url = format!("http://127.0.0.1:{}/ask", up.ops_port);
    assert_eq!(client().get(url).send().await.unwrap().status(), 400);
    for name in ["rue-haute", "demo.localhost", "10.0.0.1", "rue_haute.example"] {
        let refused = stderr(&up.run(&["domains", "add", "demo", name]));
        assert!(refused.starts_with(&format!("error: '{name}' cannot be claimed: ")), "{refused}");
    }
    // From memory.
    up.stop_control_database();
    assert_eq!(ask(&up, "demo.localhost").await, 200);
    assert_eq!(ask(&up, "unheard-of.example").await, 503);
    up.stop();
}
