//! `cargo xtask screenshot`: pictures of the product as it is, so that none is ever taken by hand.
//!
//! Without options, the picture that the README shows; with `--all`, each page at three widths, in two themes and
//! two languages, for a reviewer's eyes.

mod tour;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use cloison_testkit::browser::{Browser, Viewer};

use crate::product::{self, Content, Ports, Product, Profile, Start};
use crate::workspace::{Temporary, root};
use tour::Tour;

/// What the README shows.
const CALENDAR: &str = "docs/images/calendar.png";
/// Every clone of the project carries it.
const CALENDAR_BYTES_MAX: u64 = 300 * 1024;
const WIDTHS: [(u32, u32); 3] = [(1440, 900), (1024, 768), (390, 844)];
const LANGUAGES: [&str; 2] = ["fr", "en"];

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Take every page in every form into this folder instead
    #[arg(long, value_name = "FOLDER")]
    all: Option<PathBuf>,
    /// How much demo data; by default `small` for the picture, and `busy` for review
    #[arg(long, value_parser = ["small", "busy"])]
    demo_size: Option<String>,
}

impl Options {
    fn demo_size(&self) -> &str {
        let usual = if self.all.is_some() { "busy" } else { "small" };
        self.demo_size.as_deref().unwrap_or(usual)
    }
}

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let directory = Temporary::create()?;
    let program = product::build(Profile::Debug)?;
    let product = Product::start(&Start {
        program: &program,
        data_dir: &directory.path().join("data"),
        content: Content::Demo(options.demo_size()),
        settings: &[],
        ports: Ports::free(),
    })?;
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let browser = Browser::start().await?;
        let taken = take(options, &product, &browser).await;
        browser.close().await?;
        taken
    })?;
    product.stop()?;
    Ok(ExitCode::SUCCESS)
}

async fn take(options: &Options, product: &Product, browser: &Browser) -> Result<()> {
    let (width, height) = WIDTHS[0];
    let usual = Viewer { width, height, dark: false, language: LANGUAGES[0] };
    browser.view_as(usual).await?;
    let studio = Tour::of_studio(browser, &product.links()[0]);

    let Some(folder) = &options.all else {
        studio.sign_in().await?;
        studio.speak(LANGUAGES[1]).await?;
        studio.open("/calendar").await?;
        let picture = root().join(CALENDAR);
        save(browser, &picture, usual, Frame::Window).await?;
        return check_size(&picture);
    };

    fs::create_dir_all(folder).with_context(|| format!("create {}", folder.display()))?;
    let link = product.console_link().context("a demo prints a link to the console")?;
    for tour in [studio, Tour::of_console(browser, link)] {
        for (name, path) in tour.pages_outside() {
            take_in_every_form(&tour, browser, folder, &name, &path).await?;
        }
        tour.sign_in().await?;
        for (name, path) in tour.pages_inside().await? {
            take_in_every_form(&tour, browser, folder, &name, &path).await?;
        }
    }
    Ok(())
}

async fn take_in_every_form(
    tour: &Tour<'_>,
    browser: &Browser,
    folder: &Path,
    name: &str,
    path: &str,
) -> Result<()> {
    for language in LANGUAGES {
        browser
            .view_as(Viewer { width: WIDTHS[0].0, height: WIDTHS[0].1, dark: false, language })
            .await?;
        tour.open(path).await?;
        tour.speak(language).await?;
        for (width, height) in WIDTHS {
            for dark in [false, true] {
                let viewer = Viewer { width, height, dark, language };
                browser.view_as(viewer).await?;
                tour.open(path).await?;
                let theme = if dark { "dark" } else { "light" };
                let picture = folder.join(format!("{name}-{width}-{theme}-{language}.png"));
                save(browser, &picture, viewer, Frame::Page).await?;
            }
        }
    }
    for complaint in browser.complaints().await? {
        eprintln!("warning: {name}: the browser complains: {complaint}");
    }
    Ok(())
}

fn check_size(picture: &Path) -> Result<()> {
    let bytes = fs::metadata(picture)?.len();
    if bytes > CALENDAR_BYTES_MAX {
        bail!(
            "{} has {bytes} bytes, {CALENDAR_BYTES_MAX} at most: show less in it",
            picture.display()
        );
    }
    Ok(())
}

#[derive(PartialEq, Eq)]
enum Frame {
    /// What a person sees at first.
    Window,
    /// All of it, however long.
    Page,
}

async fn save(browser: &Browser, path: &Path, viewer: Viewer<'_>, frame: Frame) -> Result<()> {
    if frame == Frame::Page {
        let height = browser
            .client()
            .execute("return document.documentElement.scrollHeight", Vec::new())
            .await?;
        let height =
            height.as_u64().and_then(|it| u32::try_from(it).ok()).context("a page has a height")?;
        browser.view_as(Viewer { height: height.max(viewer.height), ..viewer }).await?;
    }
    let picture = browser.client().screenshot().await?;
    fs::write(path, &picture).with_context(|| format!("write {}", path.display()))?;
    println!("{} ({} KB)", path.display(), picture.len() / 1024);
    Ok(())
}
