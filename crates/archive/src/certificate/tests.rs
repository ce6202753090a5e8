//! A certificate says what was done, in two languages and two forms, and cannot be changed unseen.

use std::collections::HashSet;

use jiff::tz::TimeZone;
use uuid::Uuid;

use super::content::{Block, Manner, content};
use super::layout::lay_out;
use super::words::words;
use super::*;
use crate::keystore::tests::Folder;
use crate::signing::{SignatureError, Signed, Signer};

pub(super) fn certificate() -> ErasureCertificate {
    let at = |text: &str| format!("2026-11-24T{text}Z").parse().unwrap();
    ErasureCertificate {
        format: CertificateFormat,
        certificate_id: Uuid::from_u128(0xC0),
        issued_at: at("13:33:10"),
        organization_id: Uuid::from_u128(0x17),
        organization_number: 1042,
        requested_by: "user ada@cloison.example".to_owned(),
        requested_at: at("09:02:00"),
        reason: "Article 17: the customer has left – « fin de contrat » – ticket 5521".to_owned(),
        done: Done {
            legal_hold_checked_at: at("13:32:05"),
            fenced_at: at("13:32:06"),
            database_dropped_at: at("13:32:09"),
            role_dropped_at: at("13:32:10"),
            archives_deleted: DeletedCount { at: at("13:32:31"), count: 31, versions: 1035 },
            exports_deleted: DeletedCount { at: at("13:32:32"), count: 0, versions: 0 },
            key_destroyed: KeyDestroyed {
                name: format!("tenant-{}", Uuid::from_u128(0x17)),
                keystore: "vault https://vault.example:8200/transit".to_owned(),
                gone_at: at("13:32:33"),
            },
            tombstone_written_at: at("13:32:34"),
        },
        point_in_time_until: Some("2026-12-08T13:32:09Z".parse().unwrap()),
        kept: vec![Kept {
            what: KeptKind::FiscalArchive,
            law: "Code de commerce, art. L123-22".to_owned(),
            held_by: Holder::Organization,
            handed_over_at: at("13:30:00"),
            bytes: 2_345_678,
            sha256: "ab".repeat(32),
        }],
    }
}

async fn signer() -> Signer {
    Signer::make(&Folder::new().keystore()).await.unwrap().0
}

fn paris() -> TimeZone {
    TimeZone::get("Europe/Paris").unwrap()
}

/// All that stands on the pages, line by line.
fn text(
    certificate: &ErasureCertificate,
    key: &crate::VerifyingKey,
    language: CertificateLanguage,
) -> String {
    let zone = paris();
    let manner = Manner { words: words(language), zone: &zone };
    let sheets = lay_out(&content(&manner, certificate, key), "foot", "{} / {}");
    let lines = sheets.iter().flat_map(|it| &it.lines).map(|it| it.text.as_str());
    lines.collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn the_file_reads_back_in_the_order_of_a_readers_questions() {
    let signer = signer().await;
    let signed = Signed::seal(&certificate(), &signer).unwrap();
    let verified = verify_file(&signed.to_json(), Some(&signer.verifying_key())).unwrap();
    assert_eq!(verified.certificate, certificate());
    assert_eq!((verified.key, verified.kind), (signer.verifying_key(), FileKind::Json));

    let json: serde_json::Value = serde_json::from_slice(&signed.to_json()).unwrap();
    let payload = json["payload"].as_str().unwrap();
    let mut rest = payload;
    for field in [
        "\"format\": \"cloison-erasure-certificate/1\"",
        "certificate_id",
        "organization_id",
        "reason",
        "fenced_at",
        "database_dropped_at",
        "key_destroyed",
        "tombstone_written_at",
        "point_in_time_until",
        "kept",
        "sha256",
    ] {
        rest = rest.split_once(field).unwrap_or_else(|| panic!("{field} in its place")).1;
    }
    assert!(payload.contains("\"requested_at\": \"2026-11-24T09:02:00Z\""));
}

#[tokio::test]
async fn the_pages_say_all_of_it_in_both_languages() {
    let key = signer().await.verifying_key();
    let fingerprint = key.fingerprint();
    for (language, expected) in [
        (
            CertificateLanguage::English,
            [
                "Certificate of erasure",
                "24 November 2026, 14:32:09 (UTC+01:00)",
                "31 archives, 1,035 stored versions",
                "There were none.",
                "Until 8 December 2026, 14:32:09 (UTC+01:00), backups",
                "Fiscal archive (Code de commerce, art. L123-22)",
                "Held by the organization since 24 November 2026, 14:30:00 (UTC+01:00)",
                "2,345,678 bytes",
                "cloison erasures verify FILE",
                "Times are those of Europe/Paris.",
            ],
        ),
        (
            CertificateLanguage::French,
            [
                "Certificat d’effacement",
                "24 novembre 2026 à 14:32:09 (UTC+01:00)",
                "31 archives, 1\u{202f}035 versions stockées",
                "Il n’y en avait pas.",
                "Jusqu’au 8 décembre 2026 à 14:32:09 (UTC+01:00), des",
                "Archive fiscale (Code de commerce, art. L123-22)",
                "Détenu par l’organisation depuis le 24 novembre 2026 à 14:30:00 (UTC+01:00)",
                "2\u{202f}345\u{202f}678 octets",
                "cloison erasures verify FICHIER",
                "Les heures sont celles de Europe/Paris.",
            ],
        ),
    ] {
        let text = text(&certificate(), &key, language);
        let everywhere = [
            "00000000-0000-0000-0000-000000000017",
            "1042",
            "user ada@cloison.example",
            "« fin de contrat »",
            "vault https://vault.example:8200/transit",
            "abab abab",
            &key.key_id(),
            &fingerprint[..4],
            &fingerprint[60..],
        ];
        for words in expected.iter().chain(&everywhere) {
            assert!(text.contains(words), "{words} in {text}");
        }
        assert!(!text.contains('\u{fffd}') && !text.contains("{}"), "{text}");
    }
}

#[tokio::test]
async fn where_nothing_is_left_that_is_said() {
    let key = signer().await.verifying_key();
    let bare = ErasureCertificate { point_in_time_until: None, kept: Vec::new(), ..certificate() };
    let text = text(&bare, &key, CertificateLanguage::English);
    assert!(text.contains("This platform knows of no backups of the whole server"), "{text}");
    assert!(text.contains("Kept by law Nothing."), "{text}");
    assert!(!text.contains("holds it until then"), "{text}");
}

#[tokio::test]
async fn a_key_that_is_only_scheduled_to_go_is_said() {
    let key = signer().await.verifying_key();
    let mut certificate = certificate();
    certificate.done.key_destroyed.gone_at = "2026-12-24T00:00:00Z".parse().unwrap();
    let text = text(&certificate, &key, CertificateLanguage::English);
    assert!(
        text.contains("24 December 2026, 01:00:00 (UTC+01:00) The keystore refuses it"),
        "{text}"
    );
}

#[test]
fn no_text_of_one_language_is_left_in_the_other() {
    let zone = paris();
    let key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".parse().unwrap();
    let labels = |language| {
        let manner = Manner { words: words(language), zone: &zone };
        let label = |block| match block {
            Block::Title(text) | Block::Text(text) | Block::Heading(text) => text,
            Block::Row { label, .. } => label,
        };
        content(&manner, &certificate(), &key).into_iter().map(label).collect::<HashSet<_>>()
    };
    let (english, french) =
        (labels(CertificateLanguage::English), labels(CertificateLanguage::French));
    assert_eq!(english.len(), french.len());
    assert_eq!(english.intersection(&french).collect::<Vec<_>>(), [""; 0]);
}

#[tokio::test]
async fn the_pdf_carries_the_document_and_is_the_same_each_time() {
    let signer = signer().await;
    let signed = Signed::seal(&certificate(), &signer).unwrap();
    for language in [CertificateLanguage::English, CertificateLanguage::French] {
        let pdf = signed.to_pdf(language, &paris()).unwrap();
        assert_eq!(pdf, signed.to_pdf(language, &paris()).unwrap());
        assert!(pdf.len() < 64 << 10, "{} bytes", pdf.len());
        let verified = verify_file(&pdf, Some(&signer.verifying_key())).unwrap();
        assert_eq!((verified.certificate, verified.kind), (certificate(), FileKind::Pdf));
    }
}

#[tokio::test]
async fn any_reason_becomes_a_pdf() {
    let signer = signer().await;
    for reason in
        ["", "東京 🎸 \u{202e}", &"long ".repeat(1_000), &"x".repeat(2_000), "a\r\nb\n\n\nc\u{0}"]
    {
        let odd = ErasureCertificate { reason: reason.to_owned(), ..certificate() };
        let signed = Signed::seal(&odd, &signer).unwrap();
        let pdf = signed.to_pdf(CertificateLanguage::French, &TimeZone::UTC).unwrap();
        assert_eq!(verify_file(&pdf, None).unwrap().certificate, odd);
    }
}

#[tokio::test]
async fn every_flipped_byte_of_the_document_is_found_in_the_pdf_too() {
    let signed = Signed::seal(&certificate(), &signer().await).unwrap();
    let json = signed.to_json();
    let pdf = signed.to_pdf(CertificateLanguage::English, &paris()).unwrap();
    let start =
        pdf.windows(json.len()).position(|it| it == json).expect("it is attached as it stands");
    // The last byte is the line's end, which says nothing.
    for at in 0..json.len() - 1 {
        let mut flipped = json.clone();
        flipped[at] ^= 1;
        assert!(verify_file(&flipped, None).is_err(), "byte {at}");
        let mut flipped = pdf.clone();
        flipped[start + at] ^= 1;
        assert!(verify_file(&flipped, None).is_err(), "byte {at} of the PDF");
    }
}

#[tokio::test]
async fn what_is_no_certificate_is_said() {
    let signer = signer().await;
    let signed = Signed::seal(&certificate(), &signer).unwrap();
    let pdf = signed.to_pdf(CertificateLanguage::English, &paris()).unwrap();
    let newer =
        serde_json::to_string(&certificate()).unwrap().replace("certificate/1", "certificate/2");
    let newer: serde_json::Value = serde_json::from_str(&newer).unwrap();
    for (bytes, why) in [
        (b"%PDF-1.7 a letter".to_vec(), "no certificate is attached"),
        ([&pdf[..], &signed.to_json()].concat(), "more than one certificate"),
        (pdf[..pdf.len() / 2].to_vec(), ""),
        (
            Signed::seal(&newer, &signer).unwrap().to_json(),
            "'cloison-erasure-certificate/2' and not",
        ),
        (Signed::seal(&"a manifest", &signer).unwrap().to_json(), "of another kind"),
        (vec![b' '; CERTIFICATE_BYTES_MAX + 1], "more than 4194304 bytes"),
    ] {
        let error = verify_file(&bytes, None).unwrap_err();
        assert!(matches!(error, SignatureError::NotSuchADocument { .. }), "{error}");
        assert!(error.to_string().contains(why), "{error}");
    }
    let stranger = self::signer().await.verifying_key();
    assert!(matches!(verify_file(&pdf, Some(&stranger)), Err(SignatureError::AnotherKey { .. })));
}
