//! A browser without a screen: it keeps cookies, follows redirects when told to, and sends forms as they are on the page.

use axum::body::Body;
use axum::extract::ConnectInfo;
use cloison_router::{Router, Tenant};
use cloison_studio::{Clock, StudioConfig, router};
use http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tower::ServiceExt;

use crate::html::{Element, elements};
use crate::studio::Studio;

pub(crate) const PASSWORD: &str = "trois petits chats";
pub(crate) const OWNER: &str = "solene@example.org";
const LINK: &str = "a-link-that-was-sent";

/// A studio and its pages.
pub(crate) struct Site {
    pub(crate) studio: Studio,
    _router: Router,
    tenant: Tenant,
    app: axum::Router,
    now: Arc<Mutex<Timestamp>>,
}

#[derive(Clone)]
pub(crate) struct Browser<'a> {
    site: &'a Site,
    pub(crate) cookies: BTreeMap<String, String>,
    pub(crate) language: &'static str,
}

pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Site {
    /// A Tuesday, ten in the morning on the studio's wall.
    pub(crate) async fn new(hint: &str) -> Self {
        Self::of(Studio::new(hint).await, "cloison_app").await
    }

    /// The same studio, as the platform makes it read-only: its role changes groups, its connections stay.
    pub(crate) async fn make_read_only(&self) {
        let client = self.studio.superuser().await;
        let role: String =
            client.query_one("select current_database()::text", &[]).await.unwrap().get(0);
        client
            .simple_query(&format!(
                "revoke cloison_app from {role}; grant cloison_reader to {role}"
            ))
            .await
            .unwrap();
    }

    async fn of(studio: Studio, group: &str) -> Self {
        let (router_, tenant) = studio.tenant(group).await;
        let now = Arc::new(Mutex::new(crate::studio::now()));
        let clock = now.clone();
        let app = router(StudioConfig { clock: Clock::new(move || *clock.lock().unwrap()) });
        Self { studio, _router: router_, tenant, app, now }
    }

    pub(crate) fn pass(&self, duration: jiff::SignedDuration) {
        *self.now.lock().unwrap() += duration;
    }

    pub(crate) fn stranger(&self) -> Browser<'_> {
        Browser { site: self, cookies: BTreeMap::new(), language: "fr" }
    }

    /// Where the one-time link leads.
    pub(crate) async fn link(&self, expires_at: &str) -> String {
        let owner = self.studio.owner().await;
        owner
            .execute(
                "insert into sign_in_links (token_hash, user_id, created_at, expires_at)
                 select sha256($1), id, '2026-11-01', $2::text::timestamptz from users where role = 'OWNER'
                 on conflict (token_hash) do update set expires_at = excluded.expires_at, used_at = null",
                &[&LINK.as_bytes(), &expires_at],
            )
            .await
            .unwrap();
        format!("/sign-in/{LINK}")
    }

    /// Somebody who has followed the link and chosen a password.
    pub(crate) async fn owner(&self) -> Browser<'_> {
        let link = self.link("2027-01-01").await;
        let mut browser = self.stranger();
        let page = browser.post(&link, &[("password", PASSWORD)]).await;
        assert_eq!(page.location(), "/calendar", "{}", page.text());
        browser
    }
}

impl Browser<'_> {
    pub(crate) async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path), String::new()).await
    }

    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = serde_urlencoded::to_string(fields).unwrap();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.send(request, body).await
    }

    /// Sends the form whose action is given as it is on the page, but for the fields that are typed into.
    pub(crate) async fn submit(
        &mut self,
        page: &Page,
        action: &str,
        typed: &[(&str, &str)],
    ) -> Page {
        let fields = page.form(action);
        let mut fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fields.retain(|(name, _)| !typed.iter().any(|it| it.0 == *name));
        fields.extend(typed);
        self.post(action, &fields).await
    }

    pub(crate) async fn follow(&mut self, page: &Page) -> Page {
        let path = page.location().to_owned();
        self.get(path.split('#').next().unwrap()).await
    }

    pub(crate) async fn send(&mut self, request: http::request::Builder, body: String) -> Page {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = request
            .header(header::HOST, "test.localhost")
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header(header::COOKIE, cookies.join("; "))
            .body(Body::from(body))
            .unwrap();
        request.extensions_mut().insert(self.site.tenant.clone());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 40_000))));
        let response = self.site.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            for flag in ["__Host-", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
                assert!(cookie.contains(flag), "{flag} in {cookie}");
            }
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if cookie.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let body = body.collect().await.unwrap().to_bytes();
        Page {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }
}

impl Page {
    pub(crate) fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |it| it.to_str().unwrap())
    }

    pub(crate) fn elements(&self, name: &str) -> Vec<Element> {
        elements(&self.body).into_iter().filter(|it| it.name == name).collect()
    }

    pub(crate) fn with_class(&self, class: &str) -> Vec<Element> {
        elements(&self.body).into_iter().filter(|it| it.has_class(class)).collect()
    }

    /// The words of the page's main part.
    pub(crate) fn text(&self) -> String {
        self.elements("main").first().map_or_else(|| self.body.clone(), Element::text)
    }

    /// The words of the first element of this class; empty if there is none.
    pub(crate) fn said(&self, class: &str) -> String {
        self.with_class(class).first().map_or_else(String::new, Element::text)
    }

    pub(crate) fn value(&self, field: &str) -> String {
        let inputs = self.elements("input");
        let found = inputs.iter().find(|it| it.get("name") == Some(field));
        found.and_then(|it| it.get("value")).unwrap_or_default().to_owned()
    }

    /// What a browser would send for the form with this action.
    pub(crate) fn form(&self, action: &str) -> Vec<(String, String)> {
        let forms = self.elements("form");
        let form = forms.iter().find(|it| it.get("action") == Some(action));
        let form = form.unwrap_or_else(|| panic!("no form for {action} in: {}", self.text()));
        let mut fields = Vec::new();
        let field = |it: &Element, value: &str| {
            (it.get("name").unwrap_or_default().to_owned(), value.to_owned())
        };
        for it in elements(&form.inner) {
            match it.name.as_str() {
                "input" => {
                    let choice = matches!(it.get("type"), Some("radio" | "checkbox"));
                    if !choice || it.get("checked").is_some() {
                        fields.push(field(&it, it.get("value").unwrap_or_default()));
                    }
                }
                "textarea" => fields.push(field(&it, &it.text())),
                "select" => {
                    let options = elements(&it.inner);
                    let chosen =
                        options.iter().find(|it| it.get("selected").is_some()).or(options.first());
                    fields.push(field(
                        &it,
                        chosen.and_then(|it| it.get("value")).unwrap_or_default(),
                    ));
                }
                _ => {}
            }
        }
        fields
    }
}
