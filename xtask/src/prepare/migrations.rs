//! The migration files of one crate, in the order in which they run.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

pub(super) struct Migration {
    pub(super) path: PathBuf,
    sql: String,
}

impl Migration {
    /// The extensions that the header asks for: `-- extensions: btree_gist, pg_trgm`.
    pub(super) fn extensions(&self) -> impl Iterator<Item = &str> {
        extensions(&self.sql)
    }
}

fn extensions(sql: &str) -> impl Iterator<Item = &str> {
    sql.lines()
        .take_while(|line| line.starts_with("--") || line.trim().is_empty())
        .filter_map(|line| line.strip_prefix("-- extensions:"))
        .flat_map(|names| names.split(','))
        .map(str::trim)
        .filter(|name| !name.is_empty())
}

/// Reads `<version>_<name>.sql`; a way back (`.down.sql`) is not run here.
pub(super) fn read(directory: &Path) -> Result<Vec<Migration>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(directory)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .with_context(|| format!("read {}", directory.display()))?;
    paths.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(".sql") && !name.ends_with(".down.sql")
    });
    paths.sort();
    if paths.is_empty() {
        bail!("{} holds no migration", directory.display());
    }
    paths
        .into_iter()
        .map(|path| {
            let sql =
                fs::read_to_string(&path).with_context(|| format!("read {}", path.display()))?;
            Ok(Migration { path, sql })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::extensions;

    fn check(sql: &str) -> Vec<&str> {
        extensions(sql).collect()
    }

    #[test]
    fn extensions_come_from_the_header_alone() {
        assert_eq!(check("-- The tables.\n-- extensions: a, b\n\ncreate table t ();"), ["a", "b"]);
        assert_eq!(check("create table t ();\n-- extensions: a"), [""; 0]);
        assert_eq!(check("-- extensions:\n"), [""; 0]);
    }
}
