//! What a token has to be allowed.

/// Paths below the engine's, and what may be done there. Where a name ends in `*`, its tombstone and its settings are in it.
const RULES: [(&str, &str); 6] = [
    ("keys/tenant-*", r#""create", "read", "update", "delete""#),
    ("keys/fiscal-*", r#""create", "read", "update", "delete""#),
    ("keys/control*", r#""create", "read", "update", "delete""#),
    ("keys/signing*", r#""create", "read", "update", "delete""#),
    ("encrypt/*", r#""update""#),
    ("decrypt/*", r#""update""#),
];

pub(super) fn policy(mount: &str) -> String {
    RULES.iter().fold(String::new(), |text, (path, capabilities)| {
        text + &rule(mount, path, capabilities) + "\n"
    })
}

/// The rule that allows a call of `path`.
pub(super) fn rule_for(mount: &str, path: &str) -> String {
    let matching = RULES.iter().find(|(rule, _)| path.starts_with(rule.trim_end_matches('*')));
    matching.map_or_else(|| policy(mount), |(path, capabilities)| rule(mount, path, capabilities))
}

fn rule(mount: &str, path: &str, capabilities: &str) -> String {
    format!("path \"{mount}/{path}\" {{ capabilities = [{capabilities}] }}")
}

#[cfg(test)]
mod tests {
    use cloison_model::TenantId;
    use uuid::Uuid;

    use super::*;
    use crate::keystore::KeyName;

    /// Every kind of key; a new one does not compile until it is here.
    fn every_kind() -> [KeyName; 4] {
        let tenant = TenantId(Uuid::from_u128(1));
        let kinds =
            [KeyName::Tenant(tenant), KeyName::Fiscal(tenant), KeyName::Control, KeyName::Signing];
        for kind in kinds {
            match kind {
                KeyName::Tenant(_) | KeyName::Fiscal(_) | KeyName::Control | KeyName::Signing => {}
            }
        }
        kinds
    }

    #[test]
    fn the_documented_policy_is_this_one() {
        let documented = include_str!("../../../../../docs/configuration.md");
        assert!(documented.contains(&policy("transit")), "{}", policy("transit"));
    }

    #[test]
    fn every_kind_of_key_can_be_made_and_destroyed() {
        for name in every_kind() {
            for path in [format!("keys/{name}"), format!("keys/{name}.destroyed")] {
                let rule = rule_for("transit", &path);
                assert_eq!(rule.lines().count(), 1, "no rule for {path}");
                assert!(rule.contains(r#""create", "read", "update", "delete""#), "{rule}");
            }
        }
    }

    #[test]
    fn the_rule_of_a_call_is_part_of_the_policy() {
        for path in [
            "keys/tenant-1",
            "keys/tenant-1.destroyed",
            "keys/tenant-1/config",
            "keys/tenant-1.destroyed/rotate",
            "keys/fiscal-1",
            "keys/signing",
            "keys/control.destroyed",
            "encrypt/control",
            "decrypt/tenant-1",
        ] {
            let rule = rule_for("team/transit", path);
            assert_eq!(rule.lines().count(), 1, "{path}");
            assert!(policy("team/transit").lines().any(|it| it == rule), "{path}");
        }
        assert_eq!(
            rule_for("transit", "encrypt/control"),
            r#"path "transit/encrypt/*" { capabilities = ["update"] }"#
        );
    }
}
