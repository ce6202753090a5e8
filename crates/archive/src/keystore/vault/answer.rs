//! What an answer of Vault means. Pure: status and body come in.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;

use super::policy;

/// Of what Vault says, so much is passed on.
const SAID_CHARS_MAX: usize = 300;

/// An answer that the caller understands.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// With the body as it came; it may hold a secret.
    Done(Vec<u8>),
    /// There is no such key.
    Absent,
    /// Vault has read the call and will not do it.
    Invalid(String),
}

/// What to do with an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Answered(Answer),
    /// It may be another one in a moment.
    Again(String),
    /// It will be the same in a moment, and another one when somebody has done something to Vault.
    Away(String),
    /// Somebody has to set something right with us.
    Unusable(String),
}

/// What Vault says of a key.
#[derive(Deserialize)]
pub(super) struct KeyAnswer {
    pub(super) latest_version: u32,
    /// Seconds since 1970, by version.
    #[serde(default)]
    keys: BTreeMap<String, i64>,
}

impl KeyAnswer {
    /// When a version was made.
    pub(super) fn made_at(&self, version: u32) -> Option<Timestamp> {
        Timestamp::from_second(*self.keys.get(&version.to_string())?).ok()
    }
}

#[derive(Deserialize)]
struct Errors {
    errors: Vec<String>,
}

pub(super) fn meaning(mount: &str, path: &str, status: u16, body: Vec<u8>) -> Meaning {
    let errors = serde_json::from_slice::<Errors>(&body).ok().map(|it| it.errors);
    let said = errors.as_deref().map(|it| it.join("; ")).unwrap_or_default();
    let said: String = said.chars().take(SAID_CHARS_MAX).collect();
    let is_sealed = said.contains("sealed");
    match status {
        200 | 204 => Meaning::Answered(Answer::Done(body)),
        300..=399 => Meaning::Unusable(
            "it sends us elsewhere: give the address of the active node, or of the load balancer before it".to_owned(),
        ),
        400 => Meaning::Answered(Answer::Invalid(said)),
        403 => Meaning::Unusable(format!(
            "it denies {mount}/{path}: the token is unknown or has expired, or its policy lacks: {}",
            policy::rule_for(mount, path)
        )),
        404 if errors.as_ref().is_some_and(Vec::is_empty) => Meaning::Answered(Answer::Absent),
        404 if said.contains("no handler for route") => Meaning::Unusable(format!(
            "no engine is at {mount}/ (or not in this namespace): vault secrets enable -path={mount} transit"
        )),
        503 if is_sealed => {
            Meaning::Away("it is sealed and has no key until somebody unseals it: vault operator unseal".to_owned())
        }
        412 | 429 | 472 | 473 | 500..=599 => Meaning::Again(format!("it answers {status} {said}").trim_end().to_owned()),
        _ => Meaning::Unusable(
            format!("it answers {status} to {mount}/{path}; is this a Vault? {said}").trim_end().to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(status: u16, body: &str) -> Meaning {
        meaning("transit", "keys/control", status, body.as_bytes().to_vec())
    }

    #[test]
    fn a_missing_key_is_told_from_a_missing_engine_and_from_another_server() {
        assert_eq!(check(404, r#"{"errors":[]}"#), Meaning::Answered(Answer::Absent));
        let no_engine = check(
            404,
            r#"{"errors":["no handler for route \"transit/keys/control\". route entry not found."]}"#,
        );
        assert!(
            matches!(no_engine, Meaning::Unusable(why) if why.contains("vault secrets enable -path=transit transit"))
        );
        let another = check(404, "<html>not found</html>");
        assert!(matches!(another, Meaning::Unusable(why) if why.contains("is this a Vault?")));
    }

    #[test]
    fn what_may_pass_and_what_may_not() {
        for (status, body, may_pass) in [
            (
                429,
                r#"{"errors":["request path \"transit/keys/control\": rate limit quota exceeded"]}"#,
                true,
            ),
            (500, r#"{"errors":["internal error"]}"#, true),
            (502, "<html>bad gateway</html>", true),
            (503, r#"{"errors":["Vault is sealed"]}"#, false),
            (403, r#"{"errors":["permission denied"]}"#, false),
            (307, "", false),
            (405, r#"{"errors":["unsupported operation"]}"#, false),
        ] {
            let again = matches!(check(status, body), Meaning::Again(_));
            assert_eq!(again, may_pass, "{status} {body}");
        }
        assert!(
            matches!(check(503, r#"{"errors":["Vault is sealed"]}"#), Meaning::Away(why) if why.contains("unseal"))
        );
        assert!(
            matches!(check(403, "{}"), Meaning::Unusable(why) if why.contains(r#"path "transit/keys/control*" {"#))
        );
    }
}
