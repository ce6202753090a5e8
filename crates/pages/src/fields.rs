//! What a form sent, as names and values: several values may share a name (checkboxes), and a
//! field that is missing or too long is a sentence beside it, not a rejected request.

use axum::extract::{FromRequest, Request};
use axum::response::Response;
use axum::{Form, response::IntoResponse};

/// Names and values in the order of the form.
#[derive(Debug, Default, Clone)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// As if a form had sent them.
    pub fn of(pairs: &[(&str, &str)]) -> Self {
        Self(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    /// From a query string.
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The first value of that name without the space around it; empty when it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// As [`Self::get`], but the value as it was typed: passwords may begin with a space.
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// All values of that name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.trim())
    }

    /// The value read as something else; `None` when it is missing or wrong.
    pub fn parsed<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name).parse().ok()
    }

    /// One line of text: control characters become spaces, which is what pasting leaves behind.
    pub fn line(&self, name: &str) -> String {
        let clean: String =
            self.get(name).chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
        clean.trim().to_owned()
    }

    /// Several lines of text, as PostgreSQL can hold them.
    pub fn text(&self, name: &str) -> String {
        self.get(name)
            .replace("\r\n", "\n")
            .chars()
            .filter(|it| !it.is_control() || *it == '\n')
            .collect()
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let form = Form::<Vec<(String, String)>>::from_request(request, state).await;
        form.map(|Form(pairs)| Self(pairs)).map_err(IntoResponse::into_response)
    }
}

/// Where to go back to: a path of this host, or its first page. Anything that a browser could read
/// as another host (`//`, `/\`, a scheme) is refused.
pub fn local_path<'a>(path: &'a str, first: &'a str) -> &'a str {
    const LENGTH_MAX: usize = 1000;

    let rest = path.strip_prefix('/');
    let local = rest.is_some_and(|it| !it.starts_with(['/', '\\']))
        && path.len() <= LENGTH_MAX
        && path.bytes().all(|it| it.is_ascii_graphic() && it != b'\\');
    if local { path } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_local_paths_are_gone_back_to() {
        for path in ["/calendar?week=2026-W48", "/clients", "/"] {
            assert_eq!(local_path(path, "/first"), path);
        }
        for path in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "",
            "x",
            "/a\r\nSet-Cookie:b",
            "/\t/evil",
        ] {
            assert_eq!(local_path(path, "/first"), "/first", "{path}");
        }
    }

    #[test]
    fn lines_hold_no_control_characters() {
        let fields = Fields::of(&[("title", " a\r\nb\0 "), ("notes", "a\r\nb\0")]);
        assert_eq!(fields.line("title"), "a  b");
        assert_eq!(fields.text("notes"), "a\nb");
    }
}
