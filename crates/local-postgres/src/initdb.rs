//! Makes the files of a new cluster, whole or not at all.
//!
//! `initdb` takes seconds and may be killed half-way. So it works under another name, and a rename is what makes the
//! cluster exist; whatever has the other name is left over and is removed.

use std::{
    fs::{self, File},
    path::Path,
    process::{Command, Stdio},
};

use crate::{
    SUPERUSER,
    account::Account,
    config::Durability,
    error::{StartError, at},
    installation::Installation,
};

const UNFINISHED: &str = "data.unfinished-";

/// Makes `home/data` unless it is there, and checks that it is of the installation's major version.
pub(crate) fn ensure(
    installation: &Installation,
    home: &Path,
    account: &Account,
    durability: Durability,
) -> Result<(), StartError> {
    remove_unfinished(home)?;
    let data = home.join("data");
    if data.exists() {
        return check_major(installation, &data);
    }
    let unfinished = home.join(format!("{UNFINISHED}{}", std::process::id()));
    run(installation, &unfinished, account, durability)?;
    fs::rename(&unfinished, &data).map_err(at("rename into place", &data))?;
    // The rename is what a power cut must not undo after we have said that the cluster is there.
    File::open(home).and_then(|it| it.sync_all()).map_err(at("flush", home))
}

fn run(
    installation: &Installation,
    data: &Path,
    account: &Account,
    durability: Durability,
) -> Result<(), StartError> {
    let program = installation.program("initdb");
    let mut command = account.command(program.as_os_str());
    command
        .arg("--pgdata")
        .arg(data)
        .args([
            "--username",
            SUPERUSER,
            "--encoding",
            "UTF8",
            "--data-checksums",
            "--no-instructions",
        ])
        // Replaced before the first start; until then nobody comes in.
        .args(["--auth-local", "reject", "--auth-host", "reject"])
        .args(locale(installation.version().major));
    if durability == Durability::Disposable {
        command.arg("--no-sync");
    }
    let output = command.output().map_err(at("run", &program))?;
    if !output.status.success() {
        let output = String::from_utf8_lossy(&output.stderr).trim_end().to_owned();
        return Err(StartError::Initdb { output });
    }
    Ok(())
}

/// Sorts by code point, which no upgrade of a library ever changes under an index; a column that people read asks
/// for an ICU collation itself. Knows the letters of Unicode, without which `lower('É')` and trigrams of accented
/// words are wrong: built in from 17 on, else from the system if it has the locale.
fn locale(major: u32) -> Vec<String> {
    let mut arguments = vec!["--locale=C".to_owned()];
    if major >= 17 {
        arguments.extend(["--locale-provider=builtin".into(), "--builtin-locale=C.UTF-8".into()]);
    } else if let Some(ctype) = system_ctype() {
        arguments.push(format!("--lc-ctype={ctype}"));
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

fn check_major(installation: &Installation, data: &Path) -> Result<(), StartError> {
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
