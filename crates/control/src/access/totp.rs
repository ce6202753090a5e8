//! The second factor: six digits that change every 30 seconds (RFC 6238), as any authenticator
//! application shows them.

use cloison_model::Secret;
use getrandom::fill;
use jiff::Timestamp;
use totp_rs::{Builder, Totp};

/// RFC 4226, section 4 recommends 160 bits.
const SECRET_BYTES: usize = 20;
/// Codes before and after the one of now that are taken too: clocks differ, and people type slowly.
const SKEW: u16 = 1;
const ISSUER: &str = "Cloison";

/// A stored secret that cannot be one.
#[derive(Debug, thiserror::Error)]
#[error("the secret of the one-time codes is not one")]
pub struct Malformed;

/// A new shared secret, in base32.
pub(super) fn new_secret() -> Secret {
    let mut bytes = [0; SECRET_BYTES];
    fill(&mut bytes).expect("the system has a random source");
    Secret::new(totp_rs::Secret::new_stack(bytes).to_base32())
}

/// What an authenticator application scans, or takes as a link.
pub(super) fn url(email: &str, secret: &Secret) -> Result<Secret, Malformed> {
    totp(email, secret)?.to_url().map(Secret::new).map_err(|_not_a_name| Malformed)
}

/// The period whose code this is, if it is one of now. Who takes it must see to it that no period is
/// taken twice.
pub(super) fn step_of(
    secret: &Secret,
    code: &str,
    now: Timestamp,
) -> Result<Option<i64>, Malformed> {
    let digits: String = code.chars().filter(|it| !it.is_whitespace()).collect();
    let seconds = u64::try_from(now.as_second()).expect("the clock is past 1970");
    let step = totp("", secret)?.check(&digits, seconds);
    Ok(step.and_then(|it| i64::try_from(it).ok()))
}

fn totp(email: &str, secret: &Secret) -> Result<Totp, Malformed> {
    let secret =
        totp_rs::Secret::try_from_base32(secret.expose()).map_err(|_not_base32| Malformed)?;
    let builder = Builder::new().with_secret(secret).with_skew(SKEW).with_issuer(Some(ISSUER));
    builder.with_account_name(email).build().map_err(|_too_short| Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// RFC 6238, appendix B, the last six digits of each.
    #[test]
    fn codes_of_the_specification() {
        let secret = Secret::new("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            assert_eq!(step_of(&secret, code, at(second)).unwrap(), Some(second / 30), "{code}");
            let neighbour = step_of(&secret, code, at(second + 30)).unwrap();
            assert_eq!(neighbour, Some(second / 30), "the one before is still good");
            assert_eq!(step_of(&secret, code, at(second + 90)).unwrap(), None);
        }
        assert_eq!(step_of(&secret, "287 082", at(59)).unwrap(), Some(1), "as it is shown");
    }

    #[test]
    fn what_is_no_code_is_refused() {
        let secret = new_secret();
        for code in ["", "12345", "1234567", "abcdef", "-12345", "١٢٣٤٥٦"] {
            assert_eq!(step_of(&secret, code, at(59)).unwrap(), None, "{code}");
        }
        assert!(step_of(&Secret::new("not base32!"), "123456", at(59)).is_err());
    }

    #[test]
    fn the_link_names_us_and_the_account() {
        let url = url("kim@example.com", &Secret::new("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")).unwrap();
        assert_eq!(
            url.expose(),
            "otpauth://totp/Cloison:kim%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Cloison"
        );
    }
}
