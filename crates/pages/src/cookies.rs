//! Reading and writing cookies. All of ours belong to one host, are sent over trustworthy
//! connections only (`http://*.localhost` counts as one), and never to other sites' forms.

use http::{HeaderMap, HeaderValue, header};

/// The value of the cookie `name`, if the browser sent it.
pub fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(';'))
        .filter_map(|it| it.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// A cookie that script cannot read. `value` holds letters, digits, `-`, `_` and `.` only.
pub fn set(name: &str, value: &str, max_age_seconds: i64) -> HeaderValue {
    debug_assert!(value.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it)));
    let text = format!(
        "{name}={value}; Path=/; Max-Age={max_age_seconds}; Secure; HttpOnly; SameSite=Lax"
    );
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// Makes the browser forget the cookie.
pub fn clear(name: &str) -> HeaderValue {
    set(name, "", 0)
}
