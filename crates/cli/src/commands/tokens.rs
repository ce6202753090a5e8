//! `cloison tokens`.

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{Client, CreateToken, CreatedToken, Page, Token};
use jiff::Timestamp;
use serde_json::json;

use super::PAGES_MAX;
use crate::args::{CreateTokenOptions, TokensCommand};
use crate::output::{Output, list, table};

pub(crate) async fn run(
    command: TokensCommand,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    match command {
        TokensCommand::List { all } => {
            let tokens = walk(client, all).await?;
            output.print(&tokens, || text_of_list(&tokens.items, Timestamp::now()))?;
        }
        TokensCommand::Create(options) => {
            let CreateTokenOptions { name, role, days, never } = options;
            let role = role.map(crate::args::RoleWord::word);
            let token = CreateToken { name, role, expires_in_days: days, never_expires: never };
            let created = client.token_create(&token).await?;
            output.print(&created, || text_of_created(&created))?;
        }
        TokensCommand::Revoke { id } => {
            client.token_revoke(id).await?;
            output.print(&json!({ "revoked": id }), || format!("Token {id} is good no more.\n"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn walk(client: &Client, everybodys: bool) -> Result<Page<Token>> {
    let mut all = Page { items: Vec::new(), next: None };
    for _ in 0..PAGES_MAX {
        let page = client.token_list(everybodys, all.next.as_deref()).await?;
        all.items.extend(page.items);
        all.next = page.next;
        if all.next.is_none() {
            break;
        }
    }
    Ok(all)
}

fn text_of_list(tokens: &[Token], now: Timestamp) -> String {
    let row = |it: &Token| {
        vec![
            it.id.to_string(),
            it.user.clone(),
            it.name.clone(),
            it.kind.clone(),
            it.role.clone(),
            state(it, now),
            it.last_used_at.map_or_else(|| "never".to_owned(), minute),
        ]
    };
    let rows: Vec<Vec<String>> = tokens.iter().map(row).collect();
    table(&["id", "user", "name", "kind", "role", "good until (UTC)", "last used (UTC)"], &rows)
}

fn state(token: &Token, now: Timestamp) -> String {
    match (token.revoked_at, token.expires_at) {
        (Some(_), _) => "revoked".to_owned(),
        (None, Some(it)) if it <= now => "expired".to_owned(),
        (None, Some(it)) => minute(it),
        (None, None) => "no end".to_owned(),
    }
}

fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

fn text_of_created(created: &CreatedToken) -> String {
    let token = &created.token;
    let until = token.expires_at.map_or_else(|| "no end".to_owned(), minute);
    let said = list(&[
        ("id", &token.id.to_string()),
        ("name", &token.name),
        ("role", &token.role),
        ("good until", &until),
        ("token", &created.secret),
    ]);
    format!(
        "{said}\nThe token is shown only here. Use it as CLOISON_TOKEN, or `Authorization: Bearer`.\n"
    )
}
