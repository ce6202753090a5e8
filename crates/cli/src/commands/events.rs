//! `cloison events`.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use cloison_api::{Client, Event, EventFilter, EventPage};

use super::PAGES_MAX;
use crate::args::{EventOptions, EventsCommand};
use crate::output::{Output, table};

/// Between two looks of who follows.
const LOOK_EVERY: Duration = Duration::from_secs(1);

pub(crate) async fn run(
    command: EventsCommand,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    match command {
        EventsCommand::List { which, after } => {
            let all = all(client, filter(which, Some(after))).await?;
            output.print(&all, || text(&all.items))?;
        }
        EventsCommand::Follow { which, after } => follow(client, which, after, output).await?,
    }
    Ok(ExitCode::SUCCESS)
}

fn filter(which: EventOptions, after: Option<i64>) -> EventFilter {
    EventFilter { after, limit: None, tenant: which.tenant, types: which.types }
}

async fn all(client: &Client, mut filter: EventFilter) -> Result<EventPage> {
    let mut all = EventPage { items: Vec::new(), next: 0, newest: 0 };
    for _ in 0..PAGES_MAX {
        let page = client.event_list(&filter).await?;
        let is_empty = page.items.is_empty();
        all.items.extend(page.items);
        (all.next, all.newest) = (page.next, page.newest);
        filter.after = Some(page.next);
        if is_empty || page.next >= page.newest {
            break;
        }
    }
    Ok(all)
}

/// Until Ctrl-C, or until whoever reads has gone.
async fn follow(
    client: &Client,
    which: EventOptions,
    after: Option<i64>,
    output: Output,
) -> Result<()> {
    let after = if let Some(after) = after {
        after
    } else {
        let newest = EventFilter { limit: Some(1), ..EventFilter::default() };
        client.event_list(&newest).await?.newest
    };
    let mut filter = filter(which, Some(after));
    loop {
        let page = client.event_list(&filter).await?;
        filter.after = Some(page.next);
        let mut stdout = io::stdout().lock();
        for event in &page.items {
            if output.is_json() {
                writeln!(stdout, "{}", serde_json::to_string(event)?)?;
            } else {
                writeln!(stdout, "{}", row(event).join("  "))?;
            }
        }
        stdout.flush()?;
        drop(stdout);
        if page.next >= page.newest {
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

fn text(events: &[Event]) -> String {
    if events.is_empty() {
        return "Nothing of the kind has happened in the last thirty days.\n".to_owned();
    }
    let rows: Vec<_> = events.iter().map(row).collect();
    table(&["number", "at (UTC)", "type", "tenant", "data"], &rows)
}

fn row(event: &Event) -> Vec<String> {
    let mut data = event.data.clone();
    let tenant = data.as_object_mut().and_then(|it| it.remove("tenant"));
    let tenant = tenant.as_ref().and_then(|it| it["subdomain"].as_str()).unwrap_or("-");
    vec![
        event.sequence.to_string(),
        event.timestamp.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        event.kind.clone(),
        tenant.to_owned(),
        data.to_string(),
    ]
}
