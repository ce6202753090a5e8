//! A person at work: signs in, books by clicking, is refused a double booking in words, takes the alternative,
//! moves, cancels, and changes the language. In a real browser, which reports every refused script and style.

use std::time::Duration;

use anyhow::{Context, Result};
use cloison_testkit::browser::{Browser, Viewer};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use jiff::{ToSpan, Zoned};

use crate::http::{PASSWORD, desk};
use crate::up::{SHARED, Up};

/// Far beyond what a page takes; a page that is not there by then never comes.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_day_at_the_desk() -> Result<()> {
    let up = &*SHARED;
    let browser = Browser::start().await?;
    browser.view_as(Viewer { width: 1440, height: 900, dark: false, language: "fr" }).await?;
    let page = browser.client();

    let _desk = desk(up, "demo").await;
    sign_in(up, page).await?;
    let day = empty_day(up, page).await?;
    book_by_clicking(page, &day).await?;
    double_booking_is_refused_in_words(up, page, &day).await?;
    move_and_cancel(page, &day).await?;
    find_and_edit_a_client(up, page).await?;
    switch_language(up, page).await?;

    // The one refusal that was meant is in the browser's console too; a script or style refused would be as well.
    let complaints = browser.complaints().await?;
    let [refused] = &complaints[..] else { panic!("the browser complained: {complaints:#?}") };
    assert!(refused.contains("409 (Conflict)"), "{refused}");
    browser.close().await
}

#[tokio::test]
async fn it_fits_on_a_phone() -> Result<()> {
    let up = &*SHARED;
    let browser = Browser::start().await?;
    browser.view_as(Viewer { width: 390, height: 844, dark: true, language: "en" }).await?;
    let page = browser.client();
    let _desk = desk(up, "lantern").await;
    page.goto(&up.fresh_sign_in_url("lantern")).await?;
    choose_password(page).await?;
    for path in ["/calendar", "/clients", "/sessions/new"] {
        page.goto(&format!("{}{path}", up.url("lantern.localhost"))).await?;
        seen(page, "main").await?;
        fits(page).await?;
    }
    let complaints = browser.complaints().await?;
    assert!(complaints.is_empty(), "the browser complained: {complaints:#?}");
    browser.close().await
}

async fn sign_in(up: &Up, page: &Client) -> Result<()> {
    // Without a sign-in there is only the door.
    page.goto(&up.url("demo.localhost")).await?;
    seen(page, "input[name=password]").await?;
    assert!(page.current_url().await?.path().starts_with("/sign-in"));

    page.goto(&up.fresh_sign_in_url("demo")).await?;
    choose_password(page).await?;
    assert!(page.current_url().await?.path().starts_with("/calendar"));
    assert_eq!(attribute(page, "html", "lang").await?, "fr");
    Ok(())
}

async fn choose_password(page: &Client) -> Result<()> {
    seen(page, "input[name=password]").await?.send_keys(PASSWORD).await?;
    page.find(Locator::Css("form button.primary")).await?.click().await?;
    seen(page, "nav a[href='/calendar']").await?;
    Ok(())
}

/// The calendar of one room in a week without sessions.
struct Day {
    calendar: String,
    slot: String,
    editor: String,
}

async fn empty_day(up: &Up, page: &Client) -> Result<Day> {
    // The demo's diary ends some weeks from now.
    let week = Zoned::now().date().checked_add(20.weeks())?.iso_week_date();
    let room = seen(page, "a.roomhead")
        .await?
        .attr("href")
        .await?
        .context("a room's heading leads to the room")?;
    let room = room.split(['?', '&']).find(|it| it.starts_with("room=")).context("and names it")?;
    let calendar = format!(
        "{}/calendar?week={}-W{:02}&{room}",
        up.url("demo.localhost"),
        week.year(),
        week.week()
    );
    page.goto(&calendar).await?;
    let slot = ".col:nth-of-type(3) a.slot[data-at='14:00']".to_owned();
    let editor = seen(page, &slot)
        .await?
        .attr("href")
        .await?
        .context("an empty slot leads to the editor")?;
    let editor = format!("{}{editor}", up.url("demo.localhost"));
    Ok(Day { calendar, slot, editor })
}

async fn book_by_clicking(page: &Client, day: &Day) -> Result<()> {
    seen(page, &day.slot).await?.click().await?;
    seen(page, "#session-form #title").await?.send_keys("Marée haute").await?;
    page.find(Locator::Css("#client")).await?.send_keys("Les Embruns & fils").await?;
    assert_eq!(value(page, "#from").await?, "14:00");
    submit(page).await?;
    let booking = seen(page, "a.booking").await?;
    let text = booking.text().await?;
    assert!(text.contains("Marée haute"), "{text}");
    assert!(toast(page).await?.contains("Marée haute"));
    Ok(())
}

async fn double_booking_is_refused_in_words(up: &Up, page: &Client, day: &Day) -> Result<()> {
    page.goto(&day.editor).await?;
    seen(page, "#session-form #title").await?.send_keys("Trop tard").await?;
    submit(page).await?;
    let refusal = seen(page, "#refusal").await?.text().await?;
    assert!(
        refusal.contains("est pris par Les Embruns & fils jusqu"),
        "who is in the way is named: {refusal}"
    );
    assert_eq!(value(page, "#title").await?, "Trop tard", "nothing typed is lost");

    // An alternative fills the form in; then it is booked.
    let other = seen(page, "#refusal button[name=use]").await?;
    other.click().await?;
    seen(page, "#refusal.ok").await?;
    assert_eq!(value(page, "#title").await?, "Trop tard");
    submit(page).await?;
    assert!(toast(page).await?.contains("Trop tard"));
    assert!(page.current_url().await?.as_str().starts_with(&up.url("demo.localhost")));
    Ok(())
}

async fn move_and_cancel(page: &Client, day: &Day) -> Result<()> {
    page.goto(&day.calendar).await?;
    booking(page, "Marée haute").await?.click().await?;
    seen(page, "#session-form #from").await?;
    set(page, "#from", "09:00").await?;
    set(page, "#to", "11:00").await?;
    submit(page).await?;
    assert!(toast(page).await?.contains("Marée haute"));
    page.goto(&day.calendar).await?;
    assert!(booking(page, "Marée haute").await?.text().await?.contains("09:00"));

    booking(page, "Marée haute").await?.click().await?;
    seen(page, "details.more summary").await?.click().await?;
    seen(page, "#reason").await?.send_keys("Grève des trains").await?;
    page.find(Locator::Css("button.danger")).await?.click().await?;
    assert!(toast(page).await?.contains("Marée haute"));
    page.goto(&day.calendar).await?;
    seen(page, ".grid").await?;
    for left in page.find_all(Locator::Css("a.booking")).await? {
        assert!(!left.text().await?.contains("Marée haute"), "a cancelled session is not shown");
    }
    Ok(())
}

async fn find_and_edit_a_client(up: &Up, page: &Client) -> Result<()> {
    page.goto(&format!("{}/clients?q=embruns", up.url("demo.localhost"))).await?;
    let found = seen(page, "main a[href^='/clients/']:not([href='/clients/new'])").await?;
    assert!(found.text().await?.contains("Les Embruns & fils"));
    found.click().await?;
    let phone = seen(page, "input[name=phone]").await?;
    phone.clear().await?;
    phone.send_keys("+33 2 98 00 00 00").await?;
    page.find(Locator::Css("main form button.primary")).await?.click().await?;
    seen(page, ".toast").await?;
    assert_eq!(value(page, "input[name=phone]").await?, "+33 2 98 00 00 00");
    Ok(())
}

async fn switch_language(up: &Up, page: &Client) -> Result<()> {
    page.goto(&format!("{}/clients", up.url("demo.localhost"))).await?;
    seen(page, "#menu summary").await?.click().await?;
    seen(page, "button[name=locale][value=en]").await?.click().await?;
    seen(page, "html[lang=en]").await?;
    assert_eq!(seen(page, "nav a[href='/calendar']").await?.text().await?, "Calendar");
    page.goto(&format!("{}/calendar", up.url("demo.localhost"))).await?;
    assert_eq!(attribute(page, "html", "lang").await?, "en", "it is remembered");
    Ok(())
}

/// By keyboard: a click would only close the list of clients, should it have opened by then.
async fn submit(page: &Client) -> Result<()> {
    let button = page.find(Locator::Css("#session-form button.primary")).await?;
    button.send_keys(&Key::Enter.to_string()).await?;
    Ok(())
}

async fn toast(page: &Client) -> Result<String> {
    Ok(seen(page, ".toast p").await?.text().await?)
}

async fn booking(page: &Client, title: &str) -> Result<Element> {
    seen(page, "a.booking").await?;
    for it in page.find_all(Locator::Css("a.booking")).await? {
        if it.text().await?.contains(title) {
            return Ok(it);
        }
    }
    anyhow::bail!("no session '{title}' on {}", page.current_url().await?)
}

/// Nothing on the page has to be scrolled sideways to.
pub(crate) async fn fits(page: &Client) -> Result<()> {
    let overflow =
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    let overflow = page.execute(overflow, vec![]).await?;
    assert_eq!(overflow, 0, "{} scrolls sideways", page.current_url().await?);
    Ok(())
}

async fn seen(page: &Client, css: &str) -> Result<Element> {
    seen_within(page, css, PATIENCE).await
}

pub(crate) async fn seen_within(page: &Client, css: &str, patience: Duration) -> Result<Element> {
    found_within(page, Locator::Css(css), patience).await
}

pub(crate) async fn found_within(
    page: &Client,
    what: Locator<'_>,
    patience: Duration,
) -> Result<Element> {
    match page.wait().at_most(patience).for_element(what).await {
        Ok(found) => Ok(found),
        Err(error) => {
            let shown = page.find(Locator::Css("body")).await?.text().await?;
            let url = page.current_url().await?;
            Err(error).with_context(|| format!("wait for {what:?} on {url}, which shows:\n{shown}"))
        }
    }
}

async fn value(page: &Client, css: &str) -> Result<String> {
    Ok(seen(page, css).await?.prop("value").await?.unwrap_or_default())
}

async fn attribute(page: &Client, css: &str, name: &str) -> Result<String> {
    Ok(seen(page, css).await?.attr(name).await?.unwrap_or_default())
}

/// Typed times depend on the browser's language; the value does not.
async fn set(page: &Client, css: &str, to: &str) -> Result<()> {
    let script = "const field = document.querySelector(arguments[0]); field.value = arguments[1];
        field.dispatchEvent(new Event('input', { bubbles: true })); field.dispatchEvent(new Event('change', { bubbles: true }));";
    page.execute(script, vec![css.into(), to.into()]).await?;
    Ok(())
}
