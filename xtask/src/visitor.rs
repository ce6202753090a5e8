//! A signed-in visitor of one studio, without a browser: for timing, where a browser would time itself.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use reqwest::header::{COOKIE, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};

use crate::product::Product;

/// What the owner of a demo studio chooses as a password.
const PASSWORD: &str = "a-password-for-measuring";
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

pub(crate) struct Visitor {
    client: Client,
    link: Url,
    cookies: String,
}

/// How long one page took.
pub(crate) struct Timing {
    /// From the request to the last byte of the answer.
    pub(crate) client: Duration,
    /// What the server says that it took itself.
    pub(crate) server: Option<Duration>,
}

impl Visitor {
    pub(crate) fn new(product: &Product, link: &Url) -> Result<Self> {
        let host = link.host_str().context("a link names its studio")?;
        let client = Client::builder()
            .redirect(Policy::none())
            .timeout(ANSWER_WITHIN)
            // Not every resolver knows that names under `localhost` are this machine.
            .resolve(host, SocketAddr::from((Ipv4Addr::LOCALHOST, product.port())))
            .build()?;
        Ok(Self { client, link: link.clone(), cookies: String::new() })
    }

    /// Uses up the one-time link, as its form does.
    pub(crate) async fn sign_in(&mut self) -> Result<()> {
        let page = self.client.get(self.link.clone()).send().await?.error_for_status()?;
        self.keep_cookies(page.headers());
        let answer = self
            .client
            .post(self.link.clone())
            .header(ORIGIN, self.link.origin().ascii_serialization())
            .header("sec-fetch-site", "same-origin")
            .header(COOKIE, &self.cookies)
            .form(&[("password", PASSWORD)])
            .send()
            .await?;
        self.keep_cookies(answer.headers());
        if !answer.status().is_redirection() {
            bail!("the sign-in link was answered with {}, not with a way in", answer.status());
        }
        Ok(())
    }

    /// Fetches a page whole. Anything but 200 is an error, so that no refusal is timed as a page.
    pub(crate) async fn time(&self, path: &str) -> Result<Timing> {
        let url = self.link.join(path)?;
        let started = Instant::now();
        let answer = self.client.get(url).header(COOKIE, &self.cookies).send().await?;
        expect_page(&answer)?;
        let server =
            answer.headers().get("server-timing").and_then(|it| app_duration(it.to_str().ok()?));
        answer.bytes().await?;
        Ok(Timing { client: started.elapsed(), server })
    }

    /// Whether the studio answers at all; a redirect to the sign-in page is an answer.
    pub(crate) async fn is_answered(&self) -> bool {
        let url = self.link.join("/").expect("the root is a path");
        let answer = self.client.get(url).send().await;
        answer.is_ok_and(|it| it.status().is_success() || it.status().is_redirection())
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(SET_COOKIE).iter().filter_map(|it| it.to_str().ok()) {
            let pair = cookie.split(';').next().expect("a split has one part at least");
            if !self.cookies.is_empty() {
                self.cookies.push_str("; ");
            }
            self.cookies.push_str(pair);
        }
    }
}

fn expect_page(answer: &Response) -> Result<()> {
    if answer.status().is_success() {
        return Ok(());
    }
    let to = answer.headers().get(LOCATION).and_then(|it| it.to_str().ok()).unwrap_or("nowhere");
    bail!("{} was answered with {} (to {to})", answer.url().path(), answer.status());
}

/// `app;dur=3.2` in a `Server-Timing` header, in milliseconds.
fn app_duration(header: &str) -> Option<Duration> {
    let metric = header.split(',').map(str::trim).find(|it| it.starts_with("app;"))?;
    let milliseconds: f64 =
        metric.split(';').find_map(|it| it.trim().strip_prefix("dur="))?.parse().ok()?;
    Duration::try_from_secs_f64(milliseconds / 1_000.0).ok()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::app_duration;

    #[test]
    fn the_servers_own_time_is_read() {
        assert_eq!(app_duration("app;dur=2.5"), Some(Duration::from_micros(2_500)));
        assert_eq!(
            app_duration("db;dur=1, app;desc=\"page\";dur=4"),
            Some(Duration::from_millis(4))
        );
        assert_eq!(app_duration("cache"), None);
        assert_eq!(app_duration("app;dur=-1"), None);
    }
}
