//! Secrets and signatures, as the Standard Webhooks specification has them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloison_model::Secret;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use uuid::Uuid;

use crate::master_key::random_bytes;

/// So that libraries, secret scanners and people see what it is.
const PREFIX: &str = "whsec_";

/// A new one, in its text: the prefix and 32 bytes in base64.
pub(super) fn new_secret() -> Secret {
    let bytes: [u8; 32] = random_bytes();
    Secret::new(format!("{PREFIX}{}", STANDARD.encode(bytes)))
}

/// The value of `webhook-signature`: one signature for each secret, with spaces between.
pub(super) fn signatures(secrets: &[Secret], id: Uuid, at: Timestamp, body: &str) -> String {
    let signed = format!("{id}.{}.{body}", at.as_second());
    let signature = |secret: &Secret| {
        let text = secret.expose();
        // What was sealed was made here; anything else signs as what it is, and nobody accepts that.
        let key = STANDARD.decode(text.strip_prefix(PREFIX).unwrap_or(text));
        let key = key.unwrap_or_else(|_not_base64| text.as_bytes().to_vec());
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("a key may have any length");
        mac.update(signed.as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    };
    secrets.iter().map(signature).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed by `openssl dgst -sha256 -mac HMAC`.
    #[test]
    fn a_signature_is_what_others_compute() {
        let secret = Secret::new("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        let id = Uuid::from_u128(0x0193_b7a2_6f3e_7c1d_9a54_2f1c_8e0d_7b66);
        let at = Timestamp::from_second(1_700_000_000).unwrap();
        let one =
            signatures(std::slice::from_ref(&secret), id, at, "{\"type\":\"tenant.created\"}");
        assert_eq!(one, "v1,1Mi9YHMMrJYeu5Nd+rlcALzUrw2LJ529grW02Qg40U4=");
        let two = signatures(&[secret.clone(), secret], id, at, "{\"type\":\"tenant.created\"}");
        assert_eq!(two, format!("{one} {one}"));
    }

    #[test]
    fn secrets_are_long_and_differ() {
        let (one, other) = (new_secret(), new_secret());
        assert_ne!(one.expose(), other.expose());
        let bytes = STANDARD.decode(one.expose().strip_prefix("whsec_").unwrap()).unwrap();
        assert_eq!(bytes.len(), 32);
    }
}
