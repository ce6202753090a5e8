//! An operator at the console in a real browser: comes in by the link that `up` has printed, looks, and sees a server fail.

use std::time::Duration;

use anyhow::{Context, Result};
use cloison_testkit::browser::{Browser, Viewer};
use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use serde_json::Value;

use crate::browser::{fits, found_within, seen_within};
use crate::up::{Up, fresh_data_dir};

/// Far beyond what a page takes, and beyond the time after which it comes again by itself.
const PATIENCE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn an_operator_sees_a_server_fail() -> Result<()> {
    let up = Up::start(&fresh_data_dir(), &["--demo"]);
    let browser = Browser::start().await?;
    browser.view_as(Viewer { width: 1440, height: 900, dark: false, language: "en" }).await?;
    let page = browser.client();
    enter(&up, page).await?;
    seen(page, "#servers .chip.ok").await?;
    reads_well(page).await?;

    up.stop_tenants_server();
    // Without a hand on the keyboard.
    told(page, "Server eu-1 is down", "cloison doctor").await?;
    seen(page, "#servers .chip.danger").await?;
    assert!(page.title().await?.contains("wrong"), "{}", page.title().await?);

    seen(page, "#menu summary").await?.click().await?;
    seen(page, "button[name=locale][value=fr]").await?.click().await?;
    seen(page, "html[lang=fr]").await?;
    told(page, "Le serveur eu-1 est arrêté", "cloison doctor").await?;
    seen(page, "#menu summary").await?.click().await?;
    seen(page, "form[action='/sign-out'] button").await?.click().await?;
    seen(page, "input[name=password]").await?;
    reads_well(page).await?;

    let complaints = browser.complaints().await?;
    assert!(complaints.is_empty(), "the browser complained: {complaints:#?}");
    browser.close().await
}

#[tokio::test]
async fn it_fits_on_a_phone() -> Result<()> {
    let up = &*crate::up::SHARED;
    let browser = Browser::start().await?;
    browser.view_as(Viewer { width: 390, height: 844, dark: true, language: "fr" }).await?;
    let page = browser.client();
    let made = up.run(&["console", "--json"]);
    page.goto(crate::output::json(&made)["url"].as_str().context("a link")?).await?;
    seen(page, "button.primary").await?.click().await?;
    seen(page, "#servers").await?;
    for path in ["/", "/?span=14d"] {
        page.goto(&format!("{}{path}", up.url("console.localhost"))).await?;
        seen(page, "#servers").await?;
        fits(page).await?;
        reads_well(page).await?;
    }
    let complaints = browser.complaints().await?;
    assert!(complaints.is_empty(), "the browser complained: {complaints:#?}");
    browser.close().await
}

/// By the link that was printed.
async fn enter(up: &Up, page: &Client) -> Result<()> {
    page.goto(&up.url("console.localhost")).await?;
    seen(page, "input[name=password]").await?;
    let start = format!("{}/sign-in/", up.url("console.localhost"));
    let link = up.announced.split_whitespace().find(|it| it.starts_with(&start));
    page.goto(link.context("`up` prints a link")?).await?;
    seen(page, "button.primary").await?.click().await?;
    seen(page, "#servers").await?;
    Ok(())
}

/// What a person who hears the page needs: one heading of the first rank, names for all that is pressed or filled in, headers for
/// all cells, and no two parts of one name.
async fn reads_well(page: &Client) -> Result<()> {
    let script = "
        const faults = [];
        if (document.querySelectorAll('h1').length !== 1) faults.push('not one h1');
        if (document.querySelectorAll('main').length !== 1) faults.push('not one main');
        const ids = [...document.querySelectorAll('[id]')].map((it) => it.id);
        for (const id of new Set(ids)) if (ids.filter((it) => it === id).length > 1) faults.push('twice: ' + id);
        const named = (it) => (it.getAttribute('aria-label') ?? it.innerText ?? '').trim() !== ''
            || it.labels?.length > 0 || it.type === 'hidden' || !it.checkVisibility();
        for (const it of document.querySelectorAll('a, button, summary, input'))
            if (!named(it)) faults.push('no name: ' + it.outerHTML.slice(0, 80));
        for (const name of ['aria-labelledby', 'aria-describedby'])
            for (const it of document.querySelectorAll(`[${name}]`))
                for (const id of it.getAttribute(name).split(' '))
                    if (!document.getElementById(id)) faults.push(name + ' of nothing: ' + id);
        for (const it of document.querySelectorAll('table'))
            for (const row of it.rows)
                if (![...row.cells].some((cell) => cell.scope)) faults.push('no header: ' + row.innerText);
        for (const it of document.querySelectorAll('svg[role=img]'))
            if (!it.querySelector('title')?.textContent) faults.push('no title: ' + it.outerHTML.slice(0, 80));
        return faults;";
    let faults = page.execute(script, vec![]).await?;
    assert_eq!(faults, Value::Array(Vec::new()), "on {}", page.current_url().await?);
    Ok(())
}

/// As bad, with what to type. Whatever a slow machine finds wrong beside it may stand there too.
async fn told(page: &Client, title: &str, command: &str) -> Result<()> {
    let note = format!(
        "//section[@id='wrong']//li[contains(@class, 'danger')][.//h2[starts-with(., '{title}')]][.//code[. = '{command}']]"
    );
    found_within(page, Locator::XPath(&note), PATIENCE).await?;
    Ok(())
}

async fn seen(page: &Client, css: &str) -> Result<Element> {
    seen_within(page, css, PATIENCE).await
}
