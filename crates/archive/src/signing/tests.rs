//! Nothing in a signed document can be changed unseen, and nobody signs for another.

use serde::{Deserialize, Serialize};

use super::{SignatureError, Signed, Signer, SignerError};
use crate::keystore::tests::Folder;
use crate::keystore::{KeyName, Keystore, KeystoreError};

const BYTES_MAX: usize = 1 << 16;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Note {
    text: String,
    count: u64,
}

fn note() -> Note {
    Note { text: "Prise \"deux\" à 14 h\n".to_owned(), count: u64::MAX }
}

async fn signer() -> Signer {
    Signer::make(&Folder::new().keystore()).await.unwrap().0
}

fn read(bytes: &[u8]) -> Result<Note, SignatureError> {
    Signed::parse(bytes, BYTES_MAX)?.verify(None)
}

#[tokio::test]
async fn a_signer_that_is_opened_again_is_the_same() {
    let folder = Folder::new();
    let (made, wrapped) = Signer::make(&folder.keystore()).await.unwrap();
    let opened = Signer::open(&folder.keystore(), &wrapped).await.unwrap();
    assert_eq!(opened.verifying_key(), made.verifying_key());
    assert_eq!(opened.sign(b"x"), made.sign(b"x"));
    assert!(made.verifying_key().has_signed(b"x", &opened.sign(b"x")));
    assert_eq!(format!("{made:?}"), format!("Signer {{ key_id: \"{}\", .. }}", made.key_id()));

    let short = folder.keystore().wrap(KeyName::Signing, b"short").await.unwrap();
    assert!(matches!(Signer::open(&folder.keystore(), &short).await, Err(SignerError::Malformed)));
    let opened = Signer::open(&folder.keystore(), &wrapped[1..]).await;
    assert!(matches!(opened, Err(SignerError::Keystore(KeystoreError::DoesNotOpen { .. }))));
}

#[tokio::test]
async fn a_document_reads_back_and_says_whose_it_is() {
    let signer = signer().await;
    let signed = Signed::seal(&note(), &signer).unwrap();
    let bytes = signed.to_json();
    assert_eq!(read(&bytes).unwrap(), note());
    let parsed: Signed<Note> = Signed::parse(&bytes, BYTES_MAX).unwrap();
    assert_eq!(parsed.verify(Some(&signer.verifying_key())).unwrap(), note());
    assert_eq!(parsed.key(), Some(signer.verifying_key()));
    assert_eq!(parsed.to_json(), bytes);

    // What a stock tool does with it.
    let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let payload = json["payload"].as_str().unwrap();
    assert_eq!(serde_json::from_str::<Note>(payload).unwrap(), note());
    assert_eq!(json["signature"]["algorithm"], "Ed25519");
    assert_eq!(json["signature"]["key_id"], signer.key_id());
}

#[tokio::test]
async fn another_key_is_told_from_an_altered_document() {
    let (ours, theirs) = (signer().await, signer().await);
    let signed = Signed::seal(&note(), &theirs).unwrap();
    let error = signed.verify(Some(&ours.verifying_key())).unwrap_err();
    assert!(matches!(
        &error,
        SignatureError::AnotherKey { found, expected } if *found == theirs.key_id() && *expected == ours.key_id()
    ));
    let altered = String::from_utf8(signed.to_json()).unwrap().replace("Prise", "Brise");
    let altered: Signed<Note> = Signed::parse(altered.as_bytes(), BYTES_MAX).unwrap();
    for expected in [None, Some(&ours.verifying_key()), Some(&theirs.verifying_key())] {
        assert!(matches!(altered.verify(expected), Err(SignatureError::Altered { .. })));
    }
    // Their signature under our name.
    let forged = String::from_utf8(signed.to_json()).unwrap();
    let forged = forged
        .replace(&theirs.verifying_key().to_string(), &ours.verifying_key().to_string())
        .replace(&theirs.key_id(), &ours.key_id());
    assert!(matches!(read(forged.as_bytes()), Err(SignatureError::Altered { .. })));
}

#[tokio::test]
async fn every_flipped_bit_is_found() {
    let bytes = Signed::seal(&note(), &signer().await).unwrap().to_json();
    let inside = String::from_utf8(bytes.clone()).unwrap();
    let payload = inside.find("\\\"text").unwrap()..inside.find("\"signature\"").unwrap() - 5;
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let error = read(&flipped).expect_err("a flipped bit");
        let is_text = str::from_utf8(&flipped).is_ok();
        if payload.contains(&(bit / 8))
            && is_text
            && Signed::<Note>::parse(&flipped, BYTES_MAX).is_ok()
        {
            assert!(matches!(error, SignatureError::Altered { .. }), "bit {bit}: {error}");
        }
    }
}

#[tokio::test]
async fn every_truncation_is_found() {
    let bytes = Signed::seal(&note(), &signer().await).unwrap().to_json();
    // The last byte is the line's end.
    for length in 0..bytes.len() - 1 {
        let error = read(&bytes[..length]).unwrap_err();
        assert!(matches!(error, SignatureError::NotSuchADocument { .. }), "length {length}");
    }
}

#[tokio::test]
async fn what_is_no_such_document_is_said() {
    let signer = signer().await;
    let bytes = Signed::seal(&note(), &signer).unwrap().to_json();
    let another_kind = Signed::seal(&["a list"], &signer).unwrap().to_json();
    let text = String::from_utf8(bytes.clone()).unwrap();
    for (bytes, why) in [
        (b"%PDF-1.7".to_vec(), "expected value"),
        (b"{}".to_vec(), "missing field `payload`"),
        (text.replace("Ed25519", "none").into_bytes(), "its signature is not of Ed25519"),
        (
            text.replace("\"payload\"", "\"more\": 1, \"payload\"").into_bytes(),
            "unknown field `more`",
        ),
        ([&bytes[..], b"{}"].concat(), "trailing characters"),
        (another_kind, "of another kind"),
    ] {
        let error = read(&bytes).unwrap_err();
        assert!(matches!(error, SignatureError::NotSuchADocument { .. }), "{error}");
        assert!(error.to_string().contains(why), "{error}");
    }
    let error = Signed::<Note>::parse(&bytes, bytes.len() - 1).unwrap_err();
    assert!(error.to_string().contains("more than"), "{error}");
}
