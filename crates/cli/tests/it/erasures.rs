//! Erasures as an operator meets them: held, taken back, listed; and certificates as anybody can check them, with no server anywhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use cloison_archive::{
    CertificateFormat, CertificateLanguage, DeletedCount, DirectoryKeystore, Done,
    ErasureCertificate, Holder, Kept, KeptKind, KeyDestroyed, Signed, Signer,
};
use jiff::tz::TimeZone;
use reqwest::{Method, StatusCode};
use serde_json::json;
use uuid::Uuid;

use crate::http::{api, fetch};
use crate::output::{json, stderr, stdout};
use crate::up::{SHARED, Up, cloison, fresh_data_dir};

fn create(up: &Up, subdomain: &str) {
    let made =
        up.run(&["tenants", "create", subdomain, "--owner-email", "robin@example.com", "--json"]);
    assert!(made.status.success(), "{made:?}");
}

fn infrastructure(up: &Up, subdomain: &str) -> String {
    let shown = json(&up.run(&["tenants", "show", subdomain, "--json"]));
    shown["infrastructure"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_held_tenant_is_not_erased_and_says_so() {
    let up = &*SHARED;
    create(up, "held");
    let empty = up.run(&["tenants", "hold", "held", "--reason", " "]);
    assert!(stderr(&empty).contains("1 to 500 characters"), "{empty:?}");
    let held = up.run(&["tenants", "hold", "held", "--reason", "lawsuit 12/345"]);
    assert_eq!(stdout(&held), "held is on hold: lawsuit 12/345\n");
    let shown = stdout(&up.run(&["tenants", "show", "held"]));
    assert!(shown.contains("owner@localhost has it on hold since"), "{shown}");

    let refused = stderr(&up.run(&["tenants", "erase", "held", "--confirm", "held", "--now"]));
    assert!(refused.contains("owner@localhost has had it on hold since"), "{refused}");
    assert!(refused.contains("lawsuit 12/345"), "{refused}");
    assert!(refused.contains("cloison tenants release-hold held"), "{refused}");
    assert_eq!(infrastructure(up, "held"), "READY");

    let released = up.run(&["tenants", "release-hold", "held"]);
    assert_eq!(stdout(&released), "held is on hold no more.\n");
    let again = stderr(&up.run(&["tenants", "release-hold", "held"]));
    assert!(again.contains("held is not on hold, so nothing was done."), "{again}");
}

#[tokio::test]
async fn an_erasure_is_taken_back_within_its_grace_period_and_listed_after_it() {
    let up = &*SHARED;
    create(up, "doubtful");
    let path = "/v1/tenants/doubtful/erase";
    for grace in ["22d", "7", "-1d", "d", ""] {
        let body = json!({ "confirm": "doubtful", "grace": grace });
        let answer = api(up, Method::POST, path).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{grace}");
    }
    let begun = up.run(&["tenants", "erase", "doubtful", "--confirm", "doubtful", "--json"]);
    let operation = json(&begun)["operation"]["id"].as_str().unwrap().to_owned();
    crate::http::eventually("it waits for its grace period", async || {
        let waiting = &fetch(up, &format!("/v1/operations/{operation}")).await["waiting"];
        waiting.as_str().is_some_and(|it| it.contains("cloison operations cancel"))
    })
    .await;
    assert_eq!(infrastructure(up, "doubtful"), "ERASING");
    let doctor = up.run(&["doctor", "--json"]);
    let doctor = String::from_utf8(doctor.stdout).unwrap();
    assert!(!doctor.contains("doubtful"), "{doctor}");
    up.run(&["operations", "cancel", &operation]);
    assert_eq!(infrastructure(up, "doubtful"), "READY");

    let number = json(&up.run(&["tenants", "show", "doubtful", "--json"]))["database"].clone();
    let id = json(&up.run(&["tenants", "show", "doubtful", "--json"]))["id"].clone();
    let id = id.as_str().unwrap();
    let missing = stderr(&up.run(&["erasures", "show", id]));
    assert!(missing.contains("was erased. All that were: cloison erasures list"), "{missing}");
    let erased = up.run(&["tenants", "erase", "doubtful", "--confirm", "doubtful", "--now"]);
    assert!(erased.status.success(), "{erased:?}");
    let shown = json(&up.run(&["erasures", "show", id, "--json"]));
    assert_eq!((&shown["database"], &shown["by"]), (&number, &json!("owner@localhost")));
    let listed = stdout(&up.run(&["erasures", "list"]));
    assert!(listed.contains(id), "{listed}");
    let kept = up.run(&["erasures", "fiscal-archive", id]);
    assert!(stderr(&kept).contains(&format!("nothing was kept of {id}")), "{kept:?}");
    let path = format!("/v1/erasures/{id}/certificate?format=word");
    let answer = api(up, Method::GET, &path).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
}

/// A folder with keys and certificates; nothing else of the platform.
struct Desk(PathBuf);

impl Desk {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("cloison-desk-{}", Uuid::now_v7()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    async fn signer(&self, name: &str) -> Signer {
        let keystore = DirectoryKeystore::open_or_make(&self.0.join(name)).unwrap();
        Signer::make(&keystore).await.unwrap().0
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// With no profile and no server to ask.
fn verify(file: &Path, options: &[&str]) -> Output {
    let mut command = cloison(&fresh_data_dir());
    command.args(["erasures", "verify", file.to_str().unwrap()]).args(options);
    command.output().unwrap()
}

fn certificate() -> ErasureCertificate {
    let at = |it: &str| format!("2026-11-24T{it}Z").parse().unwrap();
    ErasureCertificate {
        format: CertificateFormat,
        certificate_id: Uuid::from_u128(1),
        issued_at: at("13:32:10"),
        organization_id: Uuid::from_u128(2),
        organization_number: 1_204,
        requested_by: "ada@example.com".to_owned(),
        requested_at: at("09:02:00"),
        reason: "the contract has ended".to_owned(),
        done: Done {
            legal_hold_checked_at: at("13:32:02"),
            fenced_at: at("13:32:01"),
            database_dropped_at: at("13:32:03"),
            role_dropped_at: at("13:32:04"),
            archives_deleted: DeletedCount { at: at("13:32:08"), count: 31, versions: 62 },
            exports_deleted: DeletedCount { at: at("13:32:08"), count: 0, versions: 0 },
            key_destroyed: KeyDestroyed {
                name: "tenant-2".to_owned(),
                keystore: "directory /var/lib/keys".to_owned(),
                gone_at: at("13:32:05"),
            },
            tombstone_written_at: at("13:32:09"),
        },
        point_in_time_until: Some("2026-12-08T13:32:03Z".parse().unwrap()),
        kept: vec![Kept {
            what: KeptKind::FiscalArchive,
            law: "France: LPF, article L102 B (6 years)".to_owned(),
            held_by: Holder::Operator,
            handed_over_at: at("13:32:02"),
            bytes: 2_345_678,
            sha256: "ab".repeat(32),
        }],
    }
}

#[tokio::test]
async fn a_certificate_is_told_in_words_without_a_server() {
    let desk = Desk::new();
    let signer = desk.signer("keys").await;
    let signed = Signed::seal(&certificate(), &signer).unwrap();
    let pdf = signed.to_pdf(CertificateLanguage::French, &TimeZone::UTC).unwrap();
    let key = signer.verifying_key().to_string();
    for (name, bytes) in [("erased.json", signed.to_json()), ("erased.pdf", pdf)] {
        let file = desk.write(name, &bytes);
        let verified = verify(&file, &["--key", &key]);
        assert!(verified.status.success(), "{verified:?}");
        let told = stdout(&verified);
        for words in [
            "It is as it was signed, with the key that was expected.",
            "1204 (00000000-0000-0000-0000-000000000002)",
            "ada@example.com",
            "the contract has ended",
            "2026-11-24 13:32:03 UTC",
            "31 in 62 objects and versions",
            "tenant-2 in directory /var/lib/keys",
            "point-in-time copies until 2026-12-08 13:32:03 UTC",
            "a fiscal archive of 2,345,678 bytes, held by whoever runs the platform",
            "LPF, article L102 B",
        ] {
            assert!(told.contains(words), "{name}: {words}: {told}");
        }
        let anybody = stdout(&verify(&file, &[]));
        assert!(anybody.contains(&signer.verifying_key().fingerprint()), "{anybody}");
        let document = json(&verify(&file, &["--json"]));
        assert_eq!(document["certificate"]["organization_number"], 1_204);
        assert_eq!(document["is_expected_key"], false);
    }
}

#[tokio::test]
async fn what_is_not_as_it_was_signed_is_refused_each_in_its_own_words() {
    let desk = Desk::new();
    let signer = desk.signer("keys").await;
    let other = desk.signer("others").await.verifying_key().to_string();
    let signed = Signed::seal(&certificate(), &signer).unwrap().to_json();
    let text = String::from_utf8(signed.clone()).unwrap();
    let altered = text.replace("the contract has ended", "the contract has begun");
    let refused = |name: &str, bytes: &[u8], options: &[&str]| {
        let output = verify(&desk.write(name, bytes), options);
        assert!(!output.status.success(), "{name}");
        assert!(output.stdout.is_empty(), "{name}: nothing of it is told");
        stderr(&output)
    };
    let words = refused("altered.json", altered.as_bytes(), &[]);
    assert!(words.contains("it was ALTERED after it was signed"), "{words}");
    let words = refused("others.json", &signed, &["--key", &other]);
    assert!(words.contains("it is unaltered, but it is not from whom it should be"), "{words}");
    for (name, bytes) in [
        ("cut.json", &signed[..signed.len() / 2]),
        ("letter.txt", b"Dear Sir or Madam"),
        ("empty", b""),
        ("cut.pdf", b"%PDF-1.7\n%%EOF"),
    ] {
        let words = refused(name, bytes, &[]);
        assert!(words.contains("this is no certificate of an erasure"), "{name}: {words}");
    }
    let words = refused("erased.json", &signed, &["--key", "no key"]);
    assert!(words.contains("--key: that is not a public key"), "{words}");
    let missing = verify(&desk.0.join("nowhere.json"), &[]);
    assert!(stderr(&missing).contains("nowhere.json"), "{missing:?}");
}
