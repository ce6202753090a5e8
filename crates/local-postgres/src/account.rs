//! The operating system's user that a server runs as, and the one that launched it.
//!
//! PostgreSQL refuses to run as root, so root steps down for every one of its programs. An ordinary user runs them
//! as itself, and then there is nothing to change.

use std::{
    env,
    ffi::{OsStr, OsString},
    fs, io,
    os::unix::{
        fs::{MetadataExt as _, chown},
        process::CommandExt as _,
    },
    path::Path,
    process::{Command, Stdio},
};

use crate::error::{StartError, at};

/// The users that root steps down to, in order of preference.
const STEP_DOWN_TO: [&str; 2] = ["postgres", "nobody"];

/// What a server may see of our environment. All else is left out: no `PG*` variable may change what it does, and
/// our secrets are not its business.
const ENVIRONMENT_KEPT: [&str; 5] =
    ["PATH", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TZDIR"];

/// Other programs that work on a server's files run as this, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Who the server runs as.
    pub(crate) name: String,
    /// Who started us: may be the same, may be root.
    pub(crate) launcher: String,
    pub(crate) uid: u32,
    gid: u32,
    /// We are root and step down; else we are this user already.
    steps_down: bool,
}

impl Account {
    /// `existing` is the server's data, if there is any: root runs it as the user that owns it, so that a cluster
    /// made by an ordinary user stays that user's.
    pub fn choose(existing: &Path) -> Result<Self, StartError> {
        let launcher = id(&["-un"]).ok_or(StartError::NamelessUser)?;
        if !rustix::process::geteuid().is_root() {
            let (uid, gid) =
                (rustix::process::geteuid().as_raw(), rustix::process::getegid().as_raw());
            return Ok(Self { name: launcher.clone(), launcher, uid, gid, steps_down: false });
        }
        let owner = fs::symlink_metadata(existing).ok().map(|it| it.uid()).filter(|it| *it != 0);
        let wanted =
            owner.map(|it| it.to_string()).into_iter().chain(STEP_DOWN_TO.map(str::to_owned));
        let (name, uid, gid) =
            wanted.into_iter().find_map(|it| look_up(&it)).ok_or(StartError::NoAccount)?;
        Ok(Self { name, launcher, uid, gid, steps_down: true })
    }

    /// The user's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A program that runs as the server's user, apart from the terminal: a Ctrl-C there is meant for us, and it is
    /// us who then stop the server.
    pub fn command(&self, program: &OsStr) -> Command {
        let mut command = Command::new(program);
        let kept = ENVIRONMENT_KEPT
            .into_iter()
            .filter_map(|it| Some((OsString::from(it), env::var_os(it)?)));
        command
            .env_clear()
            .envs(kept)
            .env("LC_ALL", "C")
            .current_dir("/")
            .stdin(Stdio::null())
            .process_group(0);
        if self.steps_down {
            // This also drops root's supplementary groups.
            command.uid(self.uid).gid(self.gid);
        }
        command
    }

    /// Whether the server's user can enter the folder. Asked of the kernel, by entering it as that user, because
    /// permission bits tell only part of the truth.
    pub fn can_enter(&self, dir: &Path) -> bool {
        let entered =
            self.command(OsStr::new("true")).current_dir(dir).stdout(Stdio::null()).status();
        entered.is_ok_and(|it| it.success())
    }

    /// Gives a file or folder of ours to the server's user.
    pub fn own(&self, path: &Path) -> Result<(), StartError> {
        if self.steps_down {
            chown(path, Some(self.uid), Some(self.gid))
                .map_err(at("give to the server's user", path))?;
        }
        Ok(())
    }

    /// Makes a folder that only the server's user (and root) can look into.
    pub fn private_dir(&self, dir: &Path) -> io::Result<()> {
        use std::os::unix::fs::DirBuilderExt as _;
        fs::DirBuilder::new().mode(0o700).create(dir)?;
        if self.steps_down {
            chown(dir, Some(self.uid), Some(self.gid))?;
        }
        Ok(())
    }

    /// Whether a folder is what [`Account::private_dir`] made: no link, this user's, closed to others. Asked of a
    /// folder in a place where anybody may have put one.
    pub(crate) fn is_private_dir(&self, dir: &Path) -> bool {
        fs::symlink_metadata(dir)
            .is_ok_and(|it| it.is_dir() && it.uid() == self.uid && it.mode() & 0o777 == 0o700)
    }
}

fn look_up(user: &str) -> Option<(String, u32, u32)> {
    let number = |flag| id(&[flag, user])?.parse().ok();
    Some((id(&["-un", user])?, number("-u")?, number("-g")?))
}

/// `id` and not `/etc/passwd`, because users may live in a directory service.
fn id(arguments: &[&str]) -> Option<String> {
    let output = Command::new("id").args(arguments).stdin(Stdio::null()).output().ok()?;
    let name = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_runs_a_server_as_root() {
        let account = Account::choose(Path::new("/nonexistent")).unwrap();
        let output = account.command(OsStr::new("id")).arg("-u").output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), account.uid.to_string());
        assert_ne!(account.uid, 0);
        if rustix::process::geteuid().is_root() {
            assert_eq!(account.launcher, "root");
            assert!(STEP_DOWN_TO.contains(&account.name.as_str()));
        } else {
            assert_eq!(account.launcher, account.name);
        }
    }

    #[test]
    fn a_server_sees_little_of_our_environment() {
        let account = Account::choose(Path::new("/nonexistent")).unwrap();
        let output = account.command(OsStr::new("env")).output().unwrap();
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            let name = line.split('=').next().unwrap();
            assert!(name == "LC_ALL" || ENVIRONMENT_KEPT.contains(&name), "{name}");
        }
    }
}
