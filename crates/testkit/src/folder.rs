//! Where the servers of tests live, who may start or remove them, and which PostgreSQL they are.

use std::{
    env,
    fs::{self, File, OpenOptions},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use cloison_local_postgres::Installation;

/// The PostgreSQL that `cloison up` would take.
pub(crate) fn installation() -> Result<Installation> {
    let explicit = env::var_os("CLOISON_PG_BIN").map(PathBuf::from);
    Ok(Installation::find(explicit.as_deref())?)
}

/// One of its programs, such as `pg_dump`.
pub fn program(name: &str) -> PathBuf {
    installation().unwrap_or_else(|error| panic!("no {name}: {error:#}")).program(name)
}

/// A folder in cargo's target directory, so that it goes where builds go. Cargo marks that directory as a cache.
pub(crate) fn folder() -> Result<PathBuf> {
    let program = env::current_exe().context("find this program")?;
    let target = program.ancestors().find(|it| it.join("CACHEDIR.TAG").is_file());
    let folder = target.map_or_else(env::temp_dir, Path::to_owned).join("cloison-test");
    fs::create_dir_all(&folder).with_context(|| format!("make {}", folder.display()))?;
    Ok(folder)
}

/// A file to lock. The lock ends with the file handle, so with the process at the latest.
pub(crate) fn lock_file(name: &str) -> Result<File> {
    let path = folder()?.join(name);
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
    opened.with_context(|| format!("open {}", path.display()))
}
