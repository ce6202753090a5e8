//! Whatever the `Host` header says, nobody reaches a tenant that is not theirs.

use crate::http::{get_with, raw, status};
use crate::up::SHARED;

#[test]
fn every_spelling_of_a_studios_host_is_that_studio() {
    let up = &*SHARED;
    let port = up.port;
    for host in [
        "demo.localhost",
        &format!("demo.localhost:{port}"),
        "DEMO.LocalHost",
        "demo.localhost.",
        "Demo.Localhost.:80",
    ] {
        let answer = get_with(up, &format!("host: {host}\r\n"));
        assert_eq!(status(&answer), 303, "{host}: {answer}");
        assert!(answer.to_lowercase().contains("location: /calendar"), "{host}: {answer}");
    }
}

#[test]
fn garbage_is_refused() {
    let up = &*SHARED;
    let long = format!("{}.localhost", "a".repeat(290));
    for host in [
        "",
        " ",
        "demo..localhost",
        ".localhost",
        "demo.localhost:",
        "demo.localhost:99999",
        "demo_x.localhost",
        "demo.localhost/",
        "demo@localhost",
        "[::1]",
        "de mo.localhost",
        "-demo.localhost",
        &long,
    ] {
        let answer = get_with(up, &format!("host: {host}\r\n"));
        assert_eq!(status(&answer), 400, "{host:?}: {answer}");
    }
    assert_eq!(status(&get_with(up, "")), 400, "absent");
    assert_eq!(
        status(&get_with(up, "host: demo.localhost\r\nhost: lantern.localhost\r\n")),
        400,
        "twice"
    );
    assert_eq!(
        status(&raw(
            up,
            b"GET / HTTP/1.1\r\nhost: demo\xff.localhost\r\nconnection: close\r\n\r\n"
        )),
        400,
        "not UTF-8"
    );
    assert_eq!(status(&raw(up, b"GET / HTTP/1.0\r\n\r\n")), 400, "HTTP/1.0 without a host");
}

#[test]
fn what_is_nobodys_is_not_found_and_names_nobody() {
    let up = &*SHARED;
    for host in [
        "nobody.localhost",
        "www.localhost",
        "admin.localhost",
        "a.demo.localhost",
        "demo.example.com",
        "demo.localhost.example.com",
        "demolocalhost",
        "127.0.0.1",
        "b\u{fc}cher.localhost",
        "xn--bcher-kva.localhost",
        "example.org",
    ] {
        let answer = get_with(up, &format!("host: {host}\r\n"));
        assert_eq!(status(&answer), 404, "{host}: {answer}");
        let body = answer.split("\r\n\r\n").nth(1).unwrap().to_lowercase();
        for name in ["demo", "lantern", "marée", "cookie"] {
            assert!(!body.contains(name), "{host} names {name}");
        }
    }
}

#[test]
fn an_absolute_target_counts_and_the_header_does_not() {
    let up = &*SHARED;
    let answer = raw(up, b"GET http://nobody.localhost/ HTTP/1.1\r\nhost: demo.localhost\r\nconnection: close\r\n\r\n");
    assert_eq!(status(&answer), 404);
    let answer = raw(up, b"GET http://demo.localhost/ HTTP/1.1\r\nhost: nobody.localhost\r\nconnection: close\r\n\r\n");
    assert_eq!(status(&answer), 303);
}

#[test]
fn the_operations_port_is_on_no_tenants_host() {
    let up = &*SHARED;
    for path in ["/healthz", "/readyz", "/metrics", "/v1/tenants"] {
        for host in ["demo.localhost", "localhost"] {
            let answer = raw(
                up,
                format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n")
                    .as_bytes(),
            );
            assert_eq!(status(&answer), 404, "{host}{path}: {answer}");
        }
    }
}
