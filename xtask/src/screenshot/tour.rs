//! A walk through one studio, or through the console, in the browser: which pages there are, and how to get to each.
//!
//! Pages are found by what a person would click, not by their addresses, so that the tour follows the product.

use anyhow::{Context, Result};
use cloison_testkit::browser::Browser;
use fantoccini::{Client, Locator};
use reqwest::Url;
use serde_json::json;

const PASSWORD: &str = "a-password-for-pictures";

/// Name of the picture, page to start from, and what is clicked there; nothing if the page itself is meant.
type Page = (&'static str, &'static str, Option<&'static str>);

const STUDIO: [Page; 8] = [
    ("calendar-week", "/calendar", None),
    ("calendar-day", "/calendar", Some(".cal-head .segments a:not([aria-current])")),
    ("calendar-room", "/calendar", Some("nav.rooms a[href*=room]:not([aria-current])")),
    ("booking-new", "/calendar", Some(".cal-head a[data-edit]")),
    ("booking", "/calendar", Some("a.booking[href]")),
    ("clients", "/clients", None),
    ("client", "/clients", Some("td a.name")),
    ("client-new", "/clients/new", None),
];

/// The page is one, and its plots are of six hours, a day, or two weeks.
const CONSOLE: [Page; 2] = [("console", "/", None), ("console-14d", "/?span=14d", None)];

pub(super) struct Tour<'a> {
    client: &'a Client,
    /// The one-time link of the studio's owner, or of an operator.
    link: &'a Url,
    /// What stands before the names of pages that both have.
    prefix: &'static str,
    pages: &'static [Page],
}

impl<'a> Tour<'a> {
    pub(super) fn of_studio(browser: &'a Browser, link: &'a Url) -> Self {
        Self { client: browser.client(), link, prefix: "", pages: &STUDIO }
    }

    pub(super) fn of_console(browser: &'a Browser, link: &'a Url) -> Self {
        Self { client: browser.client(), link, prefix: "console-", pages: &CONSOLE }
    }

    /// What a stranger sees. The link stays unused.
    pub(super) fn pages_outside(&self) -> Vec<(String, String)> {
        let named = |name: &str| format!("{}{name}", self.prefix);
        let link = self.link.path().to_owned();
        vec![(named("sign-in"), "/sign-in".to_owned()), (named("sign-in-link"), link)]
    }

    /// What staff see, once signed in.
    pub(super) async fn pages_inside(&self) -> Result<Vec<(String, String)>> {
        let mut pages = Vec::new();
        for &(name, start, click) in self.pages {
            self.open(start).await?;
            let path = match click {
                Some(selector) => {
                    self.target(selector).await.with_context(|| format!("find {name}"))?
                }
                None => start.to_owned(),
            };
            pages.push((name.to_owned(), path));
        }
        Ok(pages)
    }

    pub(super) async fn open(&self, path: &str) -> Result<()> {
        let url = self.link.join(path)?;
        self.client.goto(url.as_str()).await.with_context(|| format!("open {path}"))
    }

    pub(super) async fn sign_in(&self) -> Result<()> {
        self.open(self.link.path()).await?;
        // Where one is to be chosen.
        for password in self.client.find_all(Locator::Css("input[name=password]")).await? {
            password.send_keys(PASSWORD).await?;
        }
        self.client.find(Locator::Css("form.form button")).await?.click().await?;
        // Only who is in has a way out.
        let out = Locator::Css("form[action='/sign-out']");
        self.client.wait().for_element(out).await.context("sign in by the one-time link")?;
        Ok(())
    }

    /// Chooses the language by its button, wherever that is hidden, and comes back to the same page.
    pub(super) async fn speak(&self, language: &str) -> Result<()> {
        let selector = format!("button[name=locale][value={language}]");
        let button = self
            .client
            .find(Locator::Css(&selector))
            .await
            .context("find the language's button")?;
        if button.attr("aria-pressed").await?.as_deref() == Some("true") {
            return Ok(());
        }
        let show = "arguments[0].closest('details')?.setAttribute('open', '')";
        self.client.execute(show, vec![json!(button)]).await?;
        button.click().await.context("choose the language")
    }

    /// Where the first link that fits leads, within the studio.
    async fn target(&self, selector: &str) -> Result<String> {
        let link = self.client.find(Locator::Css(selector)).await?;
        link.attr("href").await?.context("a link leads somewhere")
    }
}
