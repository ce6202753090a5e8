//! `cloison pgbouncer-config`: a PgBouncer in front of tenants, for applications that cannot embed the router.
//!
//! Without a folder it only looks, and shows. Secrets go into a file and nowhere else.

mod file;
mod plan;

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use cloison_api::{AdmitPgBouncer, Client, PgBouncerPlace, PgBouncerUser, SharedRole};
use serde_json::json;

use self::plan::{Place, Plan, Shape, Verifiers, Word, user_line};
use crate::args::{Entries, PgBouncerOptions};
use crate::complaint::Complaint;
use crate::output::Output;
use crate::whole_file;

const INI: &str = "pgbouncer.ini";
const HBA: &str = "hba.conf";
/// Of the second PgBouncer, where there is one.
const LIMITER: &str = "limiter.ini";
const LIMITER_HBA: &str = "limiter-hba.conf";
const USERS: &str = "userlist.txt";
/// `/.s.PGSQL.65535` has to fit behind it.
const SOCKET_FOLDER_BYTES_MAX: usize = 107 - 15;
/// Where Debian's PgBouncer would look; only shown, when there is no folder.
const SHOWN_FOLDER: &str = "/etc/pgbouncer";

pub(crate) async fn run(
    options: PgBouncerOptions,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    let folder = options.dir.as_deref().map(prepared).transpose()?;
    let places = places(&options, client).await?;
    let plan = plan(&options, folder.as_deref(), &places)?;
    // PgBouncer is told of the others by its .ini, so that comes last.
    let mut files = vec![(HBA, file::hba(&plan)), (INI, file::ini(&plan))];
    if let Some(limiter) = file::limiter(&plan) {
        files.splice(0..0, [(LIMITER_HBA, file::limiter_hba(&plan)), (LIMITER, limiter)]);
    }
    let Some(folder) = folder else {
        let shown: BTreeMap<_, _> = files.iter().map(|(name, text)| (name, text)).collect();
        output.print(&json!({ "files": shown }), || files.iter().map(section).collect())?;
        return Ok(ExitCode::SUCCESS);
    };
    files.insert(0, (USERS, users(&options, client, &places).await?));
    for (name, text) in &files {
        write(&folder, name, text)?;
    }
    let written: Vec<String> =
        files.iter().map(|(name, _)| folder.join(name).display().to_string()).collect();
    let starting = files.iter().filter(|(name, _)| [INI, LIMITER].contains(name));
    let starting = starting.map(|(name, _)| format!("pgbouncer {}", folder.join(name).display()));
    let starting: Vec<String> = starting.collect();
    output.print(&json!({ "written": written }), || {
        format!(
            "{}\nstart, as the folder's owner and not as root: {}\nif it runs already, reload it: send it a SIGHUP\n",
            written.join("\n"),
            starting.join(" and "),
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Makes the folder if need be, for its owner's eyes, and answers its whole path: PgBouncer may start elsewhere.
fn prepared(folder: &Path) -> Result<PathBuf> {
    let making = || format!("make {}", folder.display());
    if !folder.exists() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).with_context(making)?;
    }
    fs::canonicalize(folder).with_context(making)
}

/// The servers that were named, or all.
async fn places(options: &PgBouncerOptions, client: &Client) -> Result<Vec<PgBouncerPlace>> {
    let known = client.server_list().await?.items;
    let known: Vec<String> = known.into_iter().map(|it| it.name).collect();
    let names = if options.servers.is_empty() { &known } else { &options.servers };
    if let Some(unknown) = names.iter().find(|it| !known.contains(it)) {
        return Err(Complaint::new(
            format!("there is no server '{unknown}'"),
            format!("there are: {}", known.join(", ")),
            "see: cloison servers list",
        )
        .into());
    }
    let one = options.entries == Entries::Wildcard || options.shared_role.is_some();
    if one && names.len() != 1 {
        return Err(Complaint::new(
            format!("one PgBouncer cannot stand in front of {} servers this way", names.len()),
            "a wildcard leads to one server, and a shared role's limit is one server's",
            "name one with --server, or give each tenant a line of its own: --entries tenants",
        )
        .into());
    }
    let mut places = Vec::new();
    for name in names {
        places.push(client.pgbouncer_fetch(name).await?);
    }
    Ok(places)
}

fn plan(
    options: &PgBouncerOptions,
    folder: Option<&Path>,
    places: &[PgBouncerPlace],
) -> Result<Plan, Complaint> {
    let shape = match shared(options) {
        None => Shape::TenantRoles,
        Some(SharedRole { role, connections }) => {
            if folder.is_some_and(|it| it.as_os_str().len() > SOCKET_FOLDER_BYTES_MAX) {
                return Err(Complaint::new(
                    "the folder's path is too long",
                    "the two PgBouncers talk by a socket in it, whose path has 107 bytes at most",
                    "choose a folder nearer to the root",
                ));
            }
            Shape::SharedRole { role: plan::role(&role)?, connections }
        }
    };
    Ok(Plan {
        shape,
        entries: options.entries,
        verifiers: if options.auth_file { Verifiers::InTheFile } else { Verifiers::LookedUp },
        servers: places.iter().map(Place::parse).collect::<Result<_, _>>()?,
        listen: options.listen,
        folder: Word::of_path(folder.unwrap_or(Path::new(SHOWN_FOLDER)))?,
    })
}

fn shared(options: &PgBouncerOptions) -> Option<SharedRole> {
    let (role, connections) = options.shared_role.clone().zip(options.connections)?;
    Some(SharedRole { role, connections: connections.into() })
}

/// Lets PgBouncer into each server, and answers the text of its `auth_file`.
async fn users(
    options: &PgBouncerOptions,
    client: &Client,
    places: &[PgBouncerPlace],
) -> Result<String> {
    let body = AdmitPgBouncer { shared: shared(options), verifiers: options.auth_file };
    let mut users: Vec<PgBouncerUser> = Vec::new();
    for place in places {
        let answer = client.pgbouncer_admit(&place.server, &body).await?;
        for user in answer.users {
            // The role that looks verifiers up is the same on each server.
            if !users.contains(&user) {
                users.push(user);
            }
        }
    }
    Ok(users.iter().map(user_line).collect::<Result<_, _>>()?)
}

/// Whole, closed to others, and the folder's owner's: PgBouncer does not run as root.
fn write(folder: &Path, name: &str, text: &str) -> Result<()> {
    let file = folder.join(name);
    whole_file::write(&file, text, 0o600)?;
    let owner = fs::metadata(folder).context("look at the folder")?;
    if fs::metadata(&file).context("look at the file")?.uid() != owner.uid() {
        chown(&file, Some(owner.uid()), Some(owner.gid()))
            .with_context(|| format!("give {} to the folder's owner", file.display()))?;
    }
    Ok(())
}

/// One file among others on a page.
fn section((name, text): &(&str, String)) -> String {
    format!(";;;; {name}\n\n{text}\n")
}
