//! Every setting, once: its name in the file and its variable in the environment.

/// A setting. In the file, `a.b` is the key `b` in the table `[a]`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) variable: &'static str,
    pub(super) place: Allowed,
    pub(super) takes: Takes,
}

/// What may stand behind it in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// A number is one, too.
    Text,
    /// `true` or `false`.
    Flag,
}

/// Where a setting may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Allowed {
    Anywhere,
    /// A configuration file is copied, mailed and committed; this must not go with it.
    InEnvironment,
}

const fn key(name: &'static str, variable: &'static str) -> Key {
    Key { name, variable, place: Allowed::Anywhere, takes: Takes::Text }
}

const fn secret(name: &'static str, variable: &'static str) -> Key {
    Key { name, variable, place: Allowed::InEnvironment, takes: Takes::Text }
}

pub(super) static BASE_DOMAIN: Key = key("base_domain", "CLOISON_BASE_DOMAIN");
pub(super) static LOG: Key = key("log", "CLOISON_LOG");
pub(super) static LOG_FORMAT: Key = key("log_format", "CLOISON_LOG_FORMAT");
pub(super) static MASTER_KEY: Key = secret("master_key", "CLOISON_MASTER_KEY");
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
pub(super) static OPS_TOP_TENANTS: Key = key("ops.top_tenants", "CLOISON_OPS_TOP_TENANTS");
pub(super) static OTLP_ENDPOINT: Key = key("otlp.endpoint", "CLOISON_OTLP_ENDPOINT");
pub(super) static OTLP_HEADERS: Key = secret("otlp.headers", "CLOISON_OTLP_HEADERS");
pub(super) static OTLP_SERVICE_NAME: Key = key("otlp.service_name", "CLOISON_OTLP_SERVICE_NAME");
pub(super) static OTLP_SAMPLE_RATIO: Key = key("otlp.sample_ratio", "CLOISON_OTLP_SAMPLE_RATIO");
pub(super) static TENANT_MIGRATIONS: Key = key("tenant.migrations", "CLOISON_TENANT_MIGRATIONS");
pub(super) static WORK_CONCURRENCY: Key = key("work.concurrency", "CLOISON_WORK_CONCURRENCY");
pub(super) static WORK_SPARES: Key =
    key("work.spares_per_server", "CLOISON_WORK_SPARES_PER_SERVER");

pub(super) static WEBHOOKS_PRIVATE_ADDRESSES: Key = Key {
    name: "webhooks.private_addresses",
    variable: "CLOISON_WEBHOOKS_PRIVATE_ADDRESSES",
    place: Allowed::Anywhere,
    takes: Takes::Flag,
};
pub(super) static DOMAINS_RESOLVER: Key = key("domains.resolver", "CLOISON_DOMAINS_RESOLVER");
pub(super) static DOMAINS_TARGET: Key = key("domains.target", "CLOISON_DOMAINS_TARGET");
pub(super) static DOMAINS_CERTIFICATES: Key = Key {
    name: "domains.certificates",
    variable: "CLOISON_DOMAINS_CERTIFICATES",
    place: Allowed::Anywhere,
    takes: Takes::Flag,
};
pub(super) static POINT_IN_TIME_ARCHIVES: Key =
    key("point_in_time.archives", "CLOISON_POINT_IN_TIME_ARCHIVES");
pub(super) static BACKUPS_STORE: Key = key("backups.store", "CLOISON_BACKUPS_STORE");
pub(super) static BACKUPS_S3_ENDPOINT: Key =
    key("backups.s3_endpoint", "CLOISON_BACKUPS_S3_ENDPOINT");
pub(super) static BACKUPS_S3_REGION: Key = key("backups.s3_region", "CLOISON_BACKUPS_S3_REGION");
pub(super) static BACKUPS_S3_PATH_STYLE: Key = Key {
    name: "backups.s3_path_style",
    variable: "CLOISON_BACKUPS_S3_PATH_STYLE",
    place: Allowed::Anywhere,
    takes: Takes::Flag,
};
pub(super) static BACKUPS_S3_ACCESS_KEY_ID: Key =
    secret("backups.s3_access_key_id", "CLOISON_BACKUPS_S3_ACCESS_KEY_ID");
pub(super) static BACKUPS_S3_ACCESS_KEY_ID_FILE: Key =
    key("backups.s3_access_key_id_file", "CLOISON_BACKUPS_S3_ACCESS_KEY_ID_FILE");
pub(super) static BACKUPS_S3_SECRET_ACCESS_KEY: Key =
    secret("backups.s3_secret_access_key", "CLOISON_BACKUPS_S3_SECRET_ACCESS_KEY");
pub(super) static BACKUPS_S3_SECRET_ACCESS_KEY_FILE: Key =
    key("backups.s3_secret_access_key_file", "CLOISON_BACKUPS_S3_SECRET_ACCESS_KEY_FILE");
pub(super) static BACKUPS_KEYSTORE: Key = key("backups.keystore", "CLOISON_BACKUPS_KEYSTORE");
pub(super) static BACKUPS_VAULT_MOUNT: Key =
    key("backups.vault_mount", "CLOISON_BACKUPS_VAULT_MOUNT");
pub(super) static BACKUPS_VAULT_NAMESPACE: Key =
    key("backups.vault_namespace", "CLOISON_BACKUPS_VAULT_NAMESPACE");
pub(super) static BACKUPS_VAULT_TOKEN: Key =
    secret("backups.vault_token", "CLOISON_BACKUPS_VAULT_TOKEN");
pub(super) static BACKUPS_VAULT_TOKEN_FILE: Key =
    key("backups.vault_token_file", "CLOISON_BACKUPS_VAULT_TOKEN_FILE");
pub(super) static BACKUPS_WINDOW: Key = key("backups.window", "CLOISON_BACKUPS_WINDOW");
pub(super) static BACKUPS_KEEP_DAILY: Key = key("backups.keep_daily", "CLOISON_BACKUPS_KEEP_DAILY");
pub(super) static BACKUPS_KEEP_WEEKLY: Key =
    key("backups.keep_weekly", "CLOISON_BACKUPS_KEEP_WEEKLY");
pub(super) static BACKUPS_KEEP_MONTHLY: Key =
    key("backups.keep_monthly", "CLOISON_BACKUPS_KEEP_MONTHLY");
pub(super) static BACKUPS_PER_SERVER: Key = key("backups.per_server", "CLOISON_BACKUPS_PER_SERVER");

pub(super) static ALL: [&Key; 46] = [
    &BASE_DOMAIN,
    &LOG,
    &LOG_FORMAT,
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
    &OPS_TOP_TENANTS,
    &OTLP_ENDPOINT,
    &OTLP_HEADERS,
    &OTLP_SERVICE_NAME,
    &OTLP_SAMPLE_RATIO,
    &TENANT_MIGRATIONS,
    &WORK_CONCURRENCY,
    &WORK_SPARES,
    &WEBHOOKS_PRIVATE_ADDRESSES,
    &DOMAINS_RESOLVER,
    &DOMAINS_TARGET,
    &DOMAINS_CERTIFICATES,
    &POINT_IN_TIME_ARCHIVES,
    &BACKUPS_STORE,
    &BACKUPS_S3_ENDPOINT,
    &BACKUPS_S3_REGION,
    &BACKUPS_S3_PATH_STYLE,
    &BACKUPS_S3_ACCESS_KEY_ID,
    &BACKUPS_S3_ACCESS_KEY_ID_FILE,
    &BACKUPS_S3_SECRET_ACCESS_KEY,
    &BACKUPS_S3_SECRET_ACCESS_KEY_FILE,
    &BACKUPS_KEYSTORE,
    &BACKUPS_VAULT_MOUNT,
    &BACKUPS_VAULT_NAMESPACE,
    &BACKUPS_VAULT_TOKEN,
    &BACKUPS_VAULT_TOKEN_FILE,
    &BACKUPS_WINDOW,
    &BACKUPS_KEEP_DAILY,
    &BACKUPS_KEEP_WEEKLY,
    &BACKUPS_KEEP_MONTHLY,
    &BACKUPS_PER_SERVER,
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
