//! The product, started the way a user starts it: `cloison up` on a data directory.
//!
//! Nothing here reaches into its crates. What it prints and what it writes for its user is all that is known of it:
//! the one-time links, and the owner's token.

use std::env;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use cloison_testkit::free_port;
use reqwest::Url;
use rustix::process::{Pid, Signal, kill_process};

use crate::process;
use crate::workspace::{root, target};

/// The demo has two studios, each with a link for its owner.
const STUDIOS: usize = 2;
/// The last line of what `up` says once it is ready.
const READY: &str = "Ctrl-C stops everything.";
const STOP_WITHIN: Duration = Duration::from_mins(1);

#[derive(Clone, Copy)]
pub(crate) enum Profile {
    Debug,
    Release,
}

pub(crate) struct Start<'a> {
    pub(crate) program: &'a Path,
    pub(crate) data_dir: &'a Path,
    pub(crate) content: Content<'a>,
    /// Variables `CLOISON_*`, by name.
    pub(crate) settings: &'a [(&'a str, &'a str)],
    /// The same again after a kill; any free ones otherwise.
    pub(crate) ports: Ports,
}

/// What is there at first.
#[derive(Clone, Copy)]
pub(crate) enum Content<'a> {
    Nothing,
    /// Two studios, of this size.
    Demo(&'a str),
    /// The same, with the tenants' migrations in this folder.
    DemoWith(&'a str, &'a Path),
    /// No tenants, and the migrations of a product of somebody's own, in this folder.
    Migrations(&'a Path),
}

#[derive(Clone, Copy)]
pub(crate) struct Ports {
    pub(crate) web: u16,
    pub(crate) ops: u16,
}

/// Stopped when dropped, with its PostgreSQL servers.
pub(crate) struct Product {
    child: Child,
    ports: Ports,
    data_dir: PathBuf,
    links: Vec<Url>,
    console_link: Option<Url>,
}

/// Builds the program, and says where it is.
pub(crate) fn build(profile: Profile) -> Result<PathBuf> {
    build_package("cloison-cli", "cloison", profile)
}

/// Builds a program of the workspace, and says where it is.
pub(crate) fn build_package(package: &str, program: &str, profile: Profile) -> Result<PathBuf> {
    let (folder, release) = match profile {
        Profile::Debug => ("debug", None),
        Profile::Release => ("release", Some("--release")),
    };
    let arguments = ["build", "--quiet", "--locked", "--package", package];
    let mut build = Command::new("cargo");
    // What cargo tells us of xtask would make some build scripts think that they have to run again.
    for (name, _) in env::vars_os() {
        let told = name.to_string_lossy();
        if told.starts_with("CARGO_PKG_") || told.starts_with("CARGO_MANIFEST_") {
            build.env_remove(name);
        }
    }
    process::run(build.current_dir(root()).args(arguments).args(release))?;
    Ok(target()?.join(folder).join(program))
}

impl Ports {
    pub(crate) fn free() -> Self {
        Self { web: free_port(), ops: free_port() }
    }
}

impl Product {
    /// Where `/metrics` is.
    pub(crate) fn ops_port(&self) -> u16 {
        self.ports.ops
    }

    /// Returns once it says that it is ready.
    pub(crate) fn start(start: &Start<'_>) -> Result<Self> {
        let Start { program, data_dir, content, settings, ports } = start;
        let log = data_dir.with_extension("log");
        let mut command = Command::new(program);
        command.args(["up", "--data-dir"]).arg(data_dir);
        // What it is compared with makes no backups meanwhile either.
        command.env("CLOISON_POINT_IN_TIME", "false");
        let studios = match content {
            Content::Nothing => 0,
            Content::Demo(size) => {
                command.args(["--demo", "--demo-size", size]);
                STUDIOS
            }
            Content::DemoWith(size, folder) => {
                command.args(["--demo", "--demo-size", size, "--migrations"]).arg(folder);
                STUDIOS
            }
            Content::Migrations(folder) => {
                command.arg("--migrations").arg(folder);
                0
            }
        };
        let written = File::options().create(true).append(true).open(&log);
        let mut child = command
            .args(["--port", &ports.web.to_string()])
            .args(["--ops-port", &ports.ops.to_string()])
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(written.with_context(|| format!("open {}", log.display()))?)
            .spawn()
            .with_context(|| format!("start {}", program.display()))?;

        let mut lines = BufReader::new(child.stdout.take().expect("its output is piped")).lines();
        let data_dir = data_dir.to_path_buf();
        let mut product =
            Self { child, ports: *ports, data_dir, links: Vec::new(), console_link: None };
        loop {
            let Some(line) = lines.next() else {
                bail!(
                    "cloison ended before it was ready\n{}",
                    fs::read_to_string(&log).unwrap_or_default().trim()
                );
            };
            let line = line?;
            if line == READY {
                break;
            }
            for link in links(&line) {
                if is_studios(&link) {
                    product.links.push(link);
                } else {
                    product.console_link = Some(link);
                }
            }
        }
        if product.links.len() != studios {
            bail!("cloison printed {} sign-in links instead of {studios}", product.links.len());
        }
        // It goes on writing, and must not be stopped by a full pipe.
        thread::spawn(move || lines.for_each(drop));
        Ok(product)
    }

    pub(crate) fn port(&self) -> u16 {
        self.ports.web
    }

    /// The number of its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// What the API takes as the owner's word.
    pub(crate) fn token(&self) -> Result<String> {
        let path = self.data_dir.join("secrets/api.token");
        let token =
            fs::read_to_string(&path).with_context(|| format!("read {}", path.display()))?;
        Ok(token.trim().to_owned())
    }

    /// The owners' one-time links, one for each studio.
    pub(crate) fn links(&self) -> &[Url] {
        &self.links
    }

    /// The operators', if it has printed one.
    pub(crate) fn console_link(&self) -> Option<&Url> {
        self.console_link.as_ref()
    }

    /// Ctrl-C, and wait until it and its servers are gone.
    pub(crate) fn stop(mut self) -> Result<()> {
        self.end()
    }

    /// As `kill -9` does: no goodbye, and its servers go on.
    pub(crate) fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        if self.child.try_wait()?.is_some() {
            return Ok(());
        }
        let id = Pid::from_raw(self.child.id().cast_signed()).expect("a process has a number");
        kill_process(id, Signal::INT)?;
        let deadline = Instant::now() + STOP_WITHIN;
        while self.child.try_wait()?.is_none() {
            if Instant::now() > deadline {
                self.child.kill()?;
                self.child.wait()?;
                bail!("cloison did not stop within a minute and was killed");
            }
            thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }
}

impl Drop for Product {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            eprintln!("warning: {error:#}");
        }
    }
}

/// The one-time links in a line of output, whatever stands around them.
fn links(line: &str) -> Vec<Url> {
    line.split_whitespace()
        .filter_map(|word| Url::parse(word.trim_end_matches(['.', ',', ')'])).ok())
        .filter(|url| url.path().starts_with("/sign-in/"))
        .collect()
}

/// The other one is the operators'.
fn is_studios(link: &Url) -> bool {
    link.host_str().is_some_and(|it| !it.starts_with("console."))
}

#[cfg(test)]
mod tests {
    use super::{is_studios, links};

    #[test]
    fn links_are_found_in_what_is_printed() {
        let found = links("  Rue Haute  http://rue-haute.localhost:8080/sign-in/abc. (once)");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].host_str(), Some("rue-haute.localhost"));
        assert!(is_studios(&found[0]));
        assert_eq!(links("console http://console.localhost:8080/").len(), 0);
        let found = links("open once http://console.localhost:8080/sign-in/abc");
        assert_eq!((found.len(), found.iter().filter(|it| is_studios(it)).count()), (1, 0));
    }
}
