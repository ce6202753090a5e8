//! `cloison tenants`.

mod bulk;
mod psql;

use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use cloison_api::{Client, CreateTenant, Page, Tenant};

use super::PAGES_MAX;
use super::operations::text as operation_text;
use crate::args::{CreateOptions, TenantsCommand};
use crate::output::{Output, list, table};

/// The longest that the server lets one request wait.
const WAIT: Duration = Duration::from_mins(1);

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
    let wait = (!options.no_wait).then_some(WAIT);
    let created = client.tenant_create(&tenant, wait, options.idempotency_key.as_deref()).await?;
    output.print(&created, || operation_text(&created.operation))?;
    Ok(if created.operation.state == "FAILED" { ExitCode::FAILURE } else { ExitCode::SUCCESS })
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
    list(&[
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
        ("schema", &tenant.schema_version.to_string()),
        ("created", &tenant.created_at.to_string()),
    ])
}
