//! The two languages say the same, and no template says anything by itself.

use std::collections::{BTreeMap, BTreeSet};

/// Each message's key, and what may be put into it.
pub fn messages(sources: &[(&str, &str)]) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages = BTreeMap::new();
    let mut key = String::new();
    for line in sources.iter().flat_map(|(_, text)| text.lines()) {
        if let Some((name, _)) =
            line.split_once(" = ").filter(|(name, _)| !name.starts_with([' ', '#']))
        {
            name.clone_into(&mut key);
            let earlier = messages.insert(key.clone(), BTreeSet::new());
            assert!(earlier.is_none(), "{key} is there twice");
        }
        for part in line.split('$').skip(1) {
            let name: String =
                part.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect();
            messages.get_mut(&key).expect("a message has begun").insert(name);
        }
    }
    messages
}

/// The keys that a text asks for by name.
pub fn keys_asked_for(text: &str) -> Vec<&str> {
    let after = |call: &'static str| text.split(call).skip(1);
    [".t(", ".t1(", ".t2(", ".t_with("]
        .into_iter()
        .flat_map(after)
        .filter_map(|it| it.trim_start().strip_prefix('"'))
        .filter_map(|it| it.split('"').next())
        .collect()
}

/// What a template says by itself: its text and the attributes that are read out.
pub fn bare_text(template: &str) -> Vec<String> {
    let mut text = template.to_owned();
    for (open, close) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}")] {
        while let Some(start) = text.find(open) {
            let end = start + text[start..].find(close).expect("a tag is closed") + close.len();
            text.replace_range(start..end, "");
        }
    }
    let mut found = Vec::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find('<') {
        found.push(rest[..start].to_owned());
        let end = start + rest[start..].find('>').expect("an element is closed") + 1;
        let element = &rest[start..end];
        for attribute in ["aria-label=\"", "title=\"", "placeholder=\"", "alt=\""] {
            if let Some(value) = element.split(attribute).nth(1) {
                found.push(value.split('"').next().expect("a split has one part").to_owned());
            }
        }
        rest = &rest[end..];
    }
    found.push(rest.to_owned());
    found.retain(|it| it.chars().any(char::is_alphabetic));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::files;
    use std::path::Path;

    #[test]
    fn bare_text_is_found() {
        assert_eq!(bare_text("<p>{{ a }}</p>{% if b %} · {% endif %}"), [""; 0]);
        assert_eq!(bare_text("<p title=\"Hello\">{{ a }} there</p>"), ["Hello", " there"]);
    }

    #[test]
    fn keys_are_found() {
        assert_eq!(keys_asked_for("p.t(\"a\") lang.t2(\n \"b\", c) p.t(key)"), ["a", "b"]);
    }

    #[test]
    fn no_shared_template_holds_bare_text() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        for (path, template) in files(&folder, "html") {
            let mut found = bare_text(&template);
            // A macro that gives an element its attributes.
            found.retain(|it| {
                !(path.ends_with("macros.html") && it.trim().starts_with("aria-invalid="))
            });
            assert_eq!(found, [""; 0], "{}", path.display());
        }
    }
}
