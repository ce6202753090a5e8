//! Addresses of stores, one a line.

use super::*;

fn check(text: &str) -> String {
    match text.parse::<StoreLocation>() {
        Ok(location) => location.to_string(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn folders_and_buckets() {
    assert_eq!(check("file:///var/backups"), "file:///var/backups");
    assert_eq!(check("/var/backups/"), "file:///var/backups/");
    assert_eq!(check("s3://archives"), "s3://archives");
    assert_eq!(check("s3://archives/"), "s3://archives");
    assert_eq!(check("s3://archives/cloison/eu"), "s3://archives/cloison/eu");
}

#[test]
fn what_is_refused_says_what_to_write() {
    for text in ["", "var/backups", "file://var", "/var/../etc", "gs://b", "s3://archives//a"] {
        assert_eq!(
            check(text),
            format!(
                "'{text}' is not an object store: write file:///folder, an absolute path, or s3://bucket/prefix"
            )
        );
    }
    for bucket in ["", "ab", "-abc", "a..c", "user:word@host", "a b c"] {
        let error = check(&format!("s3://{bucket}/prefix"));
        assert!(error.contains("is not the name of a bucket"), "{bucket}: {error}");
    }
}

/// `endpoint region style` with `-` for none, and the URL, or what is wrong.
fn address(bucket: &str, line: &str) -> String {
    let [endpoint, region, style] = line.split(' ').collect::<Vec<_>>()[..] else {
        panic!("three words in {line}")
    };
    let given = |text: &str| (text != "-").then(|| text.to_owned());
    let options = S3Options {
        endpoint: given(endpoint),
        region: given(region),
        path_style: style == "path",
        allow_http: style == "open",
    };
    match BucketAddress::of(&bucket.parse().unwrap(), &options) {
        Ok(address) => format!("{} {}", address.url, address.region),
        Err(error) => error.to_string(),
    }
}

#[test]
fn where_requests_go() {
    for (line, expected) in [
        ("- eu-west-3 host", "https://box.s3.eu-west-3.amazonaws.com eu-west-3"),
        ("- eu-west-3 path", "https://s3.eu-west-3.amazonaws.com/box eu-west-3"),
        ("https://s3.example.com/ - host", "https://box.s3.example.com us-east-1"),
        ("https://s3.example.com:9000/in fr path", "https://s3.example.com:9000/in/box fr"),
        ("http://127.0.0.1:9000 - path", "http://127.0.0.1:9000/box us-east-1"),
        ("http://[::1]:9000 - path", "http://[::1]:9000/box us-east-1"),
        ("http://localhost:9000 - path", "http://localhost:9000/box us-east-1"),
        ("http://s3.internal - open", "http://box.s3.internal us-east-1"),
    ] {
        assert_eq!(address("box", line), expected, "{line}");
    }
    assert_eq!(
        address("box.of.mine", "- eu-west-3 host"),
        "https://s3.eu-west-3.amazonaws.com/box.of.mine eu-west-3"
    );
}

#[test]
fn where_requests_do_not_go() {
    for (line, expected) in [
        ("- - host", "the region of the bucket box is not known"),
        ("- eu/west host", "'eu/west' is not a region"),
        ("http://s3.example.com - path", "neither encrypted nor on this machine"),
        ("http://127.0.0.1:9000 - host", "write path_style = true"),
        ("s3.example.com - path", "is not an address"),
        ("ftp://s3.example.com - path", "is not an address"),
        ("https://s3.example.com?a=b - path", "is not an address"),
        ("https:// - path", "is not an address"),
    ] {
        let error = address("box", line);
        assert!(error.contains(expected), "{line}: {error}");
    }
    let error = address("box", "https://user:hunter2@s3.example.com - path");
    assert!(error.contains("..@s3.example.com") && !error.contains("hunter2"), "{error}");
}

#[test]
fn credentials_are_fit_for_a_header_and_stay_hidden() {
    let credentials = |id: &str, secret: &str, token: Option<&str>| S3Credentials {
        access_key_id: id.to_owned(),
        secret_access_key: Secret::new(secret),
        session_token: token.map(Secret::new),
    };
    assert_eq!(credentials("AKIA", "hunter2", Some("token")).check(), Ok(()));
    for bad in [
        credentials("", "hunter2", None),
        credentials("AKIA\n", "hunter2", None),
        credentials("AKIA", "hunter2\r\n", None),
        credentials("AKIA", "hunter2", Some("a b")),
    ] {
        let error = bad.check().unwrap_err();
        assert!(!error.to_string().contains("hunter2"), "{error}");
        assert!(!format!("{bad:?}").contains("hunter2"));
    }
}
