//! Every setting, once: its name in the file and its variable in the environment.

/// A setting. In the file, `a.b` is the key `b` in the table `[a]`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) variable: &'static str,
    pub(super) place: Allowed,
}

/// Where a setting may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Allowed {
    Anywhere,
    /// A configuration file is copied, mailed and committed; this must not go with it.
    InEnvironment,
}

const fn key(name: &'static str, variable: &'static str) -> Key {
    Key { name, variable, place: Allowed::Anywhere }
}

pub(super) static BASE_DOMAIN: Key = key("base_domain", "CLOISON_BASE_DOMAIN");
pub(super) static LOG: Key = key("log", "CLOISON_LOG");
pub(super) static MASTER_KEY: Key =
    Key { name: "master_key", variable: "CLOISON_MASTER_KEY", place: Allowed::InEnvironment };
pub(super) static MASTER_KEY_FILE: Key = key("master_key_file", "CLOISON_MASTER_KEY_FILE");
pub(super) static CONTROL_HOST: Key = key("control.host", "CLOISON_CONTROL_HOST");
pub(super) static CONTROL_PORT: Key = key("control.port", "CLOISON_CONTROL_PORT");
pub(super) static CONTROL_PASSWORD: Key = key("control.password", "CLOISON_CONTROL_PASSWORD");
pub(super) static CONTROL_PASSWORD_FILE: Key =
    key("control.password_file", "CLOISON_CONTROL_PASSWORD_FILE");
pub(super) static PUBLIC_SCHEME: Key = key("public.scheme", "CLOISON_PUBLIC_SCHEME");
pub(super) static PUBLIC_PORT: Key = key("public.port", "CLOISON_PUBLIC_PORT");
pub(super) static WEB_ADDRESS: Key = key("web.address", "CLOISON_ADDRESS");
pub(super) static WEB_PORT: Key = key("web.port", "CLOISON_PORT");
pub(super) static OPS_ADDRESS: Key = key("ops.address", "CLOISON_OPS_ADDRESS");
pub(super) static OPS_PORT: Key = key("ops.port", "CLOISON_OPS_PORT");
pub(super) static TENANT_MIGRATIONS: Key = key("tenant.migrations", "CLOISON_TENANT_MIGRATIONS");
pub(super) static WORK_CONCURRENCY: Key = key("work.concurrency", "CLOISON_WORK_CONCURRENCY");
pub(super) static WORK_SPARES: Key =
    key("work.spares_per_server", "CLOISON_WORK_SPARES_PER_SERVER");

pub(super) static ALL: [&Key; 17] = [
    &BASE_DOMAIN,
    &LOG,
    &MASTER_KEY,
    &MASTER_KEY_FILE,
    &CONTROL_HOST,
    &CONTROL_PORT,
    &CONTROL_PASSWORD,
    &CONTROL_PASSWORD_FILE,
    &PUBLIC_SCHEME,
    &PUBLIC_PORT,
    &WEB_ADDRESS,
    &WEB_PORT,
    &OPS_ADDRESS,
    &OPS_PORT,
    &TENANT_MIGRATIONS,
    &WORK_CONCURRENCY,
    &WORK_SPARES,
];

/// What a file may say in this table; at its top, if there is none.
pub(super) fn names_in(table: Option<&str>) -> Vec<&'static str> {
    ALL.iter()
        .filter(|it| it.place == Allowed::Anywhere)
        .filter_map(|it| match (it.name.split_once('.'), table) {
            (None, None) => Some(it.name),
            (Some((own, name)), Some(table)) if own == table => Some(name),
            (Some(_) | None, Some(_) | None) => None,
        })
        .collect()
}

/// The tables that a file may have.
pub(super) fn tables() -> Vec<&'static str> {
    let mut tables: Vec<_> =
        ALL.iter().filter_map(|it| it.name.split_once('.')).map(|it| it.0).collect();
    tables.dedup();
    tables
}
