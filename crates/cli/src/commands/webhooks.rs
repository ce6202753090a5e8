//! `cloison webhooks`.

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{ChangeWebhook, Client, CreateWebhook, Webhook, WebhookDelivery, WebhookSecret};
use serde_json::json;
use uuid::Uuid;

use crate::args::WebhooksCommand;
use crate::output::{Output, list, table};

pub(crate) async fn run(
    command: WebhooksCommand,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    match command {
        WebhooksCommand::List => {
            let all = client.webhook_list().await?;
            output.print(&all, || text_of_list(&all.items))?;
        }
        WebhooksCommand::Create { to, events, description } => {
            let new = CreateWebhook { url: to, description, events };
            let made = client.webhook_create(&new).await?;
            output.print(&made, || text_of_secret(&made))?;
        }
        WebhooksCommand::Show { id } => {
            let webhook = client.webhook_fetch(id).await?;
            output.print(&webhook, || text(&webhook))?;
        }
        WebhooksCommand::Enable { id } => able(client, output, id, true).await?,
        WebhooksCommand::Disable { id } => able(client, output, id, false).await?,
        WebhooksCommand::Delete { id } => {
            client.webhook_delete(id).await?;
            output.print(&json!({ "deleted": id }), || {
                format!("Nothing is sent to webhook {id} any more.\n")
            })?;
        }
        WebhooksCommand::RotateSecret { id } => {
            let made = client.webhook_rotate_secret(id).await?;
            output.print(&made, || text_of_secret(&made))?;
        }
        WebhooksCommand::Replay { id, after } => {
            let webhook = client.webhook_replay(id, after).await?;
            output.print(&webhook, || text(&webhook))?;
        }
        WebhooksCommand::Test { id } => {
            let sent = client.webhook_test(id).await?;
            output.print(&sent, || text_of_test(&sent))?;
            if sent.why.is_some() {
                return Ok(ExitCode::FAILURE);
            }
        }
        WebhooksCommand::Deliveries { id } => {
            let sent = client.webhook_deliveries(id).await?;
            output.print(&sent, || text_of_deliveries(&sent.items))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn able(client: &Client, output: Output, id: Uuid, enabled: bool) -> Result<()> {
    let change = ChangeWebhook { enabled: Some(enabled), ..ChangeWebhook::default() };
    let webhook = client.webhook_change(id, &change).await?;
    output.print(&webhook, || text(&webhook))
}

fn text_of_list(webhooks: &[Webhook]) -> String {
    if webhooks.is_empty() {
        return "Events are sent nowhere. To change that: cloison webhooks create --help\n"
            .to_owned();
    }
    let row = |it: &Webhook| vec![it.id.to_string(), it.url.clone(), events(it), standing(it)];
    let rows: Vec<_> = webhooks.iter().map(row).collect();
    table(&["id", "url", "events", "state"], &rows)
}

fn events(webhook: &Webhook) -> String {
    if webhook.events.is_empty() { "all".to_owned() } else { webhook.events.join(",") }
}

/// In words, the worst first.
fn standing(webhook: &Webhook) -> String {
    match (&webhook.disabled_why, webhook.failures) {
        (Some(why), _) => format!("disabled: {why}"),
        (None, 0) => "enabled".to_owned(),
        (None, 1) => "failing, once so far".to_owned(),
        (None, failures) => format!("failing, {failures} times so far"),
    }
}

fn text(webhook: &Webhook) -> String {
    let (id, events, standing) = (webhook.id.to_string(), events(webhook), standing(webhook));
    let (cursor, since) = (webhook.cursor.to_string(), webhook.created_at.to_string());
    let mut pairs = vec![
        ("id", id.as_str()),
        ("url", &webhook.url),
        ("description", &webhook.description),
        ("events", &events),
        ("state", &standing),
        ("last event", &cursor),
        ("since", &since),
    ];
    let next = webhook.next_try_at.map(|it| it.to_string());
    pairs.extend(next.iter().map(|it| ("next try", it.as_str())));
    let former = webhook.former_secret_until.map(|it| it.to_string());
    pairs.extend(former.iter().map(|it| ("former secret until", it.as_str())));
    list(&pairs)
}

fn text_of_secret(made: &WebhookSecret) -> String {
    format!(
        "{}\nThe secret, which is shown only here:\n  {}\nTo see whether it arrives: cloison webhooks test {}\n",
        text(&made.webhook),
        made.secret,
        made.webhook.id
    )
}

fn text_of_test(sent: &WebhookDelivery) -> String {
    match (sent.status, &sent.why) {
        (Some(status), None) => {
            format!("It arrived: the answer was {status}, after {} ms.\n", sent.milliseconds)
        }
        (_, why) => {
            let why = why.as_deref().unwrap_or("nothing came back");
            format!("It did not arrive: {why}, after {} ms.\n", sent.milliseconds)
        }
    }
}

fn text_of_deliveries(sent: &[WebhookDelivery]) -> String {
    if sent.is_empty() {
        return "Nothing was sent to it yet.\n".to_owned();
    }
    let row = |it: &WebhookDelivery| {
        vec![
            it.at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
            it.sequence.map_or_else(|| "-".to_owned(), |it| it.to_string()),
            it.kind.clone(),
            it.status.map_or_else(|| "-".to_owned(), |it| it.to_string()),
            it.milliseconds.to_string(),
            it.why.clone().unwrap_or_else(|| "delivered".to_owned()),
        ]
    };
    let rows: Vec<_> = sent.iter().map(row).collect();
    table(&["at (UTC)", "number", "type", "status", "ms", "outcome"], &rows)
}
