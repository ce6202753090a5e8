//! `cloison tenants`.

mod bulk;
mod export;
mod psql;
mod usage;

use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use cloison_api::{
    CancelTenant, Client, CreateTenant, EraseTenant, HoldTenant, Page, ResumeTenant, SuspendTenant,
    Tenant,
};

use super::PAGES_MAX;
use super::following::conclude;
use crate::args::{ChangeOptions, CreateOptions, TenantsCommand, WaitOptions};
use crate::complaint::Complaint;
use crate::output::{Output, list, table};

/// Within this an erasure has closed the tenant and waits.
const SETTLE: Duration = Duration::from_secs(1);

pub(crate) async fn run(
    command: TenantsCommand,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    match command {
        TenantsCommand::Create(options) => create(options, client, output).await,
        TenantsCommand::List => {
            let tenants = all(client).await?;
            output.print(&tenants, || text_of_list(&tenants.items))?;
            Ok(ExitCode::SUCCESS)
        }
        TenantsCommand::Show { subdomain } => {
            let tenant = client.tenant_fetch(&subdomain).await?;
            output.print(&tenant, || text(&tenant))?;
            Ok(ExitCode::SUCCESS)
        }
        TenantsCommand::Top(options) => usage::top(options, client, output).await,
        TenantsCommand::Usage { subdomain, days } => {
            usage::of_tenant(&subdomain, days, client, output).await
        }
        TenantsCommand::Suspend { subdomain, access, options } => {
            let ChangeOptions { reason, waiting } = options;
            let body = SuspendTenant { access: Some(access.word().to_owned()), reason };
            let accepted = client.tenant_suspend(&subdomain, &body, waiting.first()).await?;
            conclude(accepted, waiting, client, output).await
        }
        TenantsCommand::Resume { subdomain, access, options } => {
            let ChangeOptions { reason, waiting } = options;
            let body = ResumeTenant { access: Some(access.word().to_owned()), reason };
            let accepted = client.tenant_resume(&subdomain, &body, waiting.first()).await?;
            conclude(accepted, waiting, client, output).await
        }
        TenantsCommand::Cancel { subdomain, confirm, options } => {
            confirmed(&subdomain, &confirm, "the subscription")?;
            let ChangeOptions { reason, waiting } = options;
            let body = CancelTenant { reason };
            let accepted = client.tenant_cancel(&subdomain, &body, waiting.first()).await?;
            conclude(accepted, waiting, client, output).await
        }
        TenantsCommand::Erase {
            subdomain,
            confirm,
            grace,
            now,
            without_fiscal_archive,
            options,
        } => {
            confirmed(&subdomain, &confirm, "the database and all that is in it")?;
            let ChangeOptions { reason, waiting } = options;
            let grace = if now { "0d".to_owned() } else { grace };
            // Nobody waits for days; within a second the operation says until when it waits.
            let waiting = WaitOptions { no_wait: waiting.no_wait || grace != "0d", ..waiting };
            let first = waiting.first().or(Some(SETTLE));
            let body = EraseTenant { confirm, reason, grace: Some(grace), without_fiscal_archive };
            let accepted = client.tenant_erase(&subdomain, &body, first).await?;
            conclude(accepted, waiting, client, output).await
        }
        TenantsCommand::Archive { subdomain, waiting } => {
            let accepted = client.tenant_archive(&subdomain, waiting.first()).await?;
            conclude(accepted, waiting, client, output).await
        }
        TenantsCommand::Unarchive { subdomain, waiting } => {
            let accepted = client.tenant_unarchive(&subdomain, waiting.first()).await?;
            conclude(accepted, waiting, client, output).await
        }
        TenantsCommand::Hold { subdomain, reason } => {
            let held = client.tenant_hold(&subdomain, &HoldTenant { reason }).await?;
            output.print(&held, || format!("{subdomain} is on hold: {}\n", held.reason))?;
            Ok(ExitCode::SUCCESS)
        }
        TenantsCommand::ReleaseHold { subdomain } => {
            client.tenant_release_hold(&subdomain).await?;
            let released = serde_json::json!({ "subdomain": subdomain, "legal_hold": null });
            output.print(&released, || format!("{subdomain} is on hold no more.\n"))?;
            Ok(ExitCode::SUCCESS)
        }
        TenantsCommand::RotatePassword { subdomain, waiting } => {
            let accepted = client.tenant_rotate_password(&subdomain, waiting.first()).await?;
            conclude(accepted, waiting, client, output).await
        }
        TenantsCommand::Export(options) => export::run(options, client, output).await,
        TenantsCommand::Exports { subdomain } => export::list(&subdomain, client, output).await,
        TenantsCommand::SignInLink { subdomain } => {
            let link = client.sign_in_link_create(&subdomain).await?;
            output.print(&link, || format!("{}\n", link.sign_in_url))?;
            Ok(ExitCode::SUCCESS)
        }
        TenantsCommand::Psql { subdomain, arguments } => {
            let credentials = client.tenant_credentials(&subdomain).await?;
            psql::run(&credentials, &arguments).await
        }
    }
}

pub(super) fn confirmed(subdomain: &str, confirm: &str, what: &str) -> Result<()> {
    if subdomain == confirm {
        return Ok(());
    }
    Err(Complaint::new(
        format!("--confirm {confirm} is not the tenant that was named, {subdomain}"),
        format!("{what} would be gone for good, so the name is asked for twice; nothing was done"),
        format!("if {subdomain} is meant: --confirm {subdomain}"),
    )
    .into())
}

async fn create(options: CreateOptions, client: &Client, output: Output) -> Result<ExitCode> {
    let (subdomain, owner_email) = match (options.from, options.subdomain, options.owner_email) {
        (Some(from), _, _) => return bulk::create(&from, client, output).await,
        (None, subdomain, owner_email) => (
            subdomain.expect("clap asks for a subdomain unless there is a file"),
            owner_email.expect("clap asks for an e-mail unless there is a file"),
        ),
    };
    let tenant = CreateTenant {
        name: options.name.unwrap_or_else(|| subdomain.clone()),
        subdomain,
        region: options.region,
        plan: options.plan,
        owner_email,
        locale: options.locale,
        time_zone: options.time_zone,
    };
    let waiting = options.waiting;
    let key = options.idempotency_key.as_deref();
    let accepted = client.tenant_create(&tenant, waiting.first(), key).await?;
    conclude(accepted, waiting, client, output).await
}

async fn all(client: &Client) -> Result<Page<Tenant>> {
    let mut all = Page { items: Vec::new(), next: None };
    for _ in 0..PAGES_MAX {
        let page = client.tenant_list(all.next.as_deref()).await?;
        all.items.extend(page.items);
        all.next = page.next;
        if all.next.is_none() {
            break;
        }
    }
    Ok(all)
}

fn text_of_list(tenants: &[Tenant]) -> String {
    if tenants.is_empty() {
        return "No tenants yet. Make one with: cloison tenants create <subdomain> --owner-email <email>\n".to_owned();
    }
    let rows: Vec<Vec<String>> = tenants
        .iter()
        .map(|it| {
            vec![
                it.subdomain.clone(),
                it.name.clone(),
                it.billing.clone(),
                it.access.clone(),
                it.infrastructure.clone(),
                it.server.clone(),
                it.database.clone(),
                it.schema_version.to_string(),
            ]
        })
        .collect();
    table(
        &[
            "subdomain",
            "name",
            "billing",
            "access",
            "infrastructure",
            "server",
            "database",
            "schema",
        ],
        &rows,
    )
}

fn text(tenant: &Tenant) -> String {
    let schema = tenant.schema_version.to_string();
    let created = tenant.created_at.to_string();
    let hold = tenant.legal_hold.as_ref().map(|it| {
        format!("{} has it on hold since {}: {}", it.by, it.since.strftime("%Y-%m-%d"), it.reason)
    });
    let mut pairs: Vec<(&str, &str)> = vec![
        ("subdomain", &tenant.subdomain),
        ("name", &tenant.name),
        ("url", &tenant.url),
        ("plan", &tenant.plan),
        ("billing", &tenant.billing),
        ("access", &tenant.access),
        ("infrastructure", &tenant.infrastructure),
        ("region", &tenant.region),
        ("server", &tenant.server),
        ("database", &tenant.database),
        ("schema", &schema),
        ("created", &created),
    ];
    let used = tenant.usage.as_ref().map(usage::in_short).unwrap_or_default();
    pairs.extend(used.iter().map(|(name, value)| (*name, value.as_str())));
    pairs.extend(hold.as_ref().map(|it| ("legal hold", it.as_str())));
    list(&pairs)
}
