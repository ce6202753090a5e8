//! Makes the files of a new cluster, whole or not at all.
//!
//! `initdb` takes seconds and may be killed half-way. So it works under another name, and a rename is what makes the
//! cluster exist; whatever has the other name is left over and is removed.

use std::{
    env,
    fs::{self, File},
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io,
    path::{Path, PathBuf},
    process::{self, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use crate::{
    SUPERUSER,
    account::Account,
    config::{ClusterConfig, Durability},
    error::{StartError, at},
    installation::Installation,
    place,
};

const UNFINISHED: &str = "data.unfinished-";

/// Makes `home/data` unless it is there, and checks that it is of the installation's major version.
pub(crate) fn ensure(
    installation: &Installation,
    config: &ClusterConfig,
    home: &Path,
    account: &Account,
) -> Result<(), StartError> {
    remove_unfinished(home)?;
    let data = home.join("data");
    if data.exists() {
        return check_major(installation, &data);
    }
    let unfinished = unfinished(home);
    let arguments = arguments(installation, config.durability);
    match &config.seeds {
        None => run(installation, &unfinished, account, &arguments)?,
        Some(seeds) => {
            let seed = seed(installation, seeds, account, &arguments)?;
            copy(&seed, &unfinished)?;
        }
    }
    fs::rename(&unfinished, &data).map_err(at("rename into place", &data))?;
    if config.durability == Durability::Durable {
        // The rename is what a power cut must not undo after we have said that the cluster is there.
        File::open(home).and_then(|it| it.sync_all()).map_err(at("flush", home))?;
    }
    Ok(())
}

/// The files of a new cluster, made where they will be used and kept for the next time.
fn seed(
    installation: &Installation,
    seeds: &Path,
    account: &Account,
    arguments: &[String],
) -> Result<PathBuf, StartError> {
    let mut hasher = DefaultHasher::new();
    arguments.hash(&mut hasher);
    let seed =
        seeds.join(format!("{}-{}-{:x}", installation.version(), account.uid, hasher.finish()));
    if seed.exists() {
        return Ok(seed);
    }
    fs::create_dir_all(seeds).map_err(at("make the folder", seeds))?;
    // Made in a place of its own, as the server's user need not reach the seeds.
    let workshop = place::unused(&env::temp_dir(), "seed", seeds, |it| account.private_dir(it))?;
    let made = run(installation, &workshop.join("data"), account, arguments).and_then(|()| {
        let unfinished = unfinished(seeds);
        copy(&workshop.join("data"), &unfinished)?;
        // Whoever else made the same one was first, and theirs is as good.
        if fs::rename(&unfinished, &seed).is_err() {
            fs::remove_dir_all(&unfinished).map_err(at("remove", &unfinished))?;
        }
        Ok(())
    });
    fs::remove_dir_all(&workshop).map_err(at("remove", &workshop))?;
    made.map(|()| seed)
}

fn unfinished(parent: &Path) -> PathBuf {
    /// Threads of one process make clusters too.
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    parent.join(format!("{UNFINISHED}{}-{number}", process::id()))
}

/// Copies with owners and modes, which is more than `std` can.
fn copy(from: &Path, to: &Path) -> Result<(), StartError> {
    let output = Command::new("cp").arg("-a").arg(from).arg(to).stdin(Stdio::null()).output();
    let output = output.map_err(at("copy", from))?;
    if output.status.success() {
        return Ok(());
    }
    Err(at("copy", from)(io::Error::other(
        String::from_utf8_lossy(&output.stderr).trim_end().to_owned(),
    )))
}

fn arguments(installation: &Installation, durability: Durability) -> Vec<String> {
    let always =
        ["--username", SUPERUSER, "--encoding", "UTF8", "--data-checksums", "--no-instructions"];
    // Replaced before the first start; until then nobody comes in.
    let closed = ["--auth-local", "reject", "--auth-host", "reject"];
    let unflushed = (durability == Durability::Disposable).then_some("--no-sync");
    let fixed = always.into_iter().chain(closed).chain(unflushed).map(str::to_owned);
    fixed.chain(locale(installation.version().major)).collect()
}

fn run(
    installation: &Installation,
    data: &Path,
    account: &Account,
    arguments: &[String],
) -> Result<(), StartError> {
    let program = installation.program("initdb");
    let mut command = account.command(program.as_os_str());
    let output =
        command.arg("--pgdata").arg(data).args(arguments).output().map_err(at("run", &program))?;
    if output.status.success() {
        return Ok(());
    }
    Err(StartError::Initdb {
        output: String::from_utf8_lossy(&output.stderr).trim_end().to_owned(),
    })
}

/// Sorts by code point, which no upgrade of a library ever changes under an index; a column that people read asks
/// for an ICU collation itself. Knows the letters of Unicode, without which `lower('É')` and trigrams of accented
/// words are wrong: from the system if it has the locale, and built in from 17 on.
fn locale(major: u32) -> Vec<String> {
    let mut arguments = vec!["--locale=C".to_owned()];
    if let Some(ctype) = system_ctype() {
        arguments.push(format!("--lc-ctype={ctype}"));
    }
    if major >= 17 {
        arguments.extend(["--locale-provider=builtin".into(), "--builtin-locale=C.UTF-8".into()]);
    }
    arguments
}

fn system_ctype() -> Option<&'static str> {
    let output = Command::new("locale").arg("-a").stdin(Stdio::null()).output().ok()?;
    let known = String::from_utf8_lossy(&output.stdout).to_ascii_lowercase().replace('-', "");
    ["C.UTF-8", "en_US.UTF-8"].into_iter().find(|wanted| {
        let wanted = wanted.to_ascii_lowercase().replace('-', "");
        known.lines().any(|it| it == wanted)
    })
}

/// Refuses files that are no cluster, or one of another major version.
pub(crate) fn check_major(installation: &Installation, data: &Path) -> Result<(), StartError> {
    let Ok(found) = fs::read_to_string(data.join("PG_VERSION")) else {
        return Err(StartError::NotACluster { data: data.to_owned() });
    };
    let found = found.trim().to_owned();
    let installed = installation.version();
    if found == installed.major.to_string() {
        return Ok(());
    }
    Err(StartError::OtherMajor { data: data.to_owned(), found, installed })
}

fn remove_unfinished(home: &Path) -> Result<(), StartError> {
    for entry in fs::read_dir(home).map_err(at("list", home))?.flatten() {
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            let path = entry.path();
            tracing::info!("removing {}, which an interrupted start left behind", path.display());
            fs::remove_dir_all(&path).map_err(at("remove", &path))?;
        }
    }
    Ok(())
}
