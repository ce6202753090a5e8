//! As much of HTML as our own pages use, to ask them for elements instead of searching their text.

use std::collections::HashMap;

#[derive(Debug, Clone)]
pub(crate) struct Element {
    pub(crate) name: String,
    attributes: HashMap<String, String>,
    /// What is inside, as it is written.
    pub(crate) inner: String,
}

impl Element {
    pub(crate) fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }

    pub(crate) fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|it| it.split_whitespace().any(|it| it == class))
    }

    /// The words inside, one space between.
    pub(crate) fn text(&self) -> String {
        text(&self.inner)
    }

    pub(crate) fn attribute_names(&self) -> impl Iterator<Item = &str> {
        self.attributes.keys().map(String::as_str)
    }
}

/// Every element, in the order of the page.
pub(crate) fn elements(html: &str) -> Vec<Element> {
    const VOID: [&str; 9] = ["meta", "link", "input", "br", "hr", "path", "rect", "circle", "line"];

    let mut found: Vec<Element> = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|it| at + it) {
        let end = start + html[start..].find('>').expect("an element is closed");
        let tag = &html[start + 1..end];
        at = end + 1;
        if tag.starts_with('!') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            let (index, from) = open.pop().unwrap_or_else(|| panic!("</{name}> closes nothing"));
            assert_eq!(found[index].name, name.trim(), "elements are nested");
            html[from..start].clone_into(&mut found[index].inner);
            continue;
        }
        let closed = tag.ends_with('/');
        let element = element(tag.trim_end_matches('/'));
        if !closed && !VOID.contains(&element.name.as_str()) {
            open.push((found.len(), at));
        }
        found.push(element);
    }
    assert!(open.is_empty(), "{} elements are not closed", open.len());
    found
}

fn element(tag: &str) -> Element {
    let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let mut attributes = HashMap::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let end = rest.find(|it: char| it == '=' || it.is_whitespace()).unwrap_or(rest.len());
        let attribute = rest[..end].to_owned();
        rest = &rest[end..];
        let value = match rest.strip_prefix("=\"") {
            Some(after) => {
                let (value, after) = after.split_once('"').expect("a value is closed");
                rest = after;
                unescape(value)
            }
            None => String::new(),
        };
        let earlier = attributes.insert(attribute, value);
        assert!(earlier.is_none(), "an attribute is there twice: {tag}");
    }
    Element { name: name.to_owned(), attributes, inner: String::new() }
}

fn text(html: &str) -> String {
    let mut words = String::new();
    let mut inside = false;
    for it in html.chars() {
        match it {
            '<' => inside = true,
            '>' => {
                inside = false;
                words.push(' ');
            }
            _ if !inside => words.push(it),
            _ => {}
        }
    }
    unescape(&words)
        .split(' ')
        .flat_map(str::lines)
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn unescape(text: &str) -> String {
    [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (escaped, plain)| text.replace(escaped, plain))
}
