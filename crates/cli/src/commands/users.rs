//! `cloison users`.

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{ChangeUser, Client, CreateUser, InvitedUser, Page, User};

use super::PAGES_MAX;
use crate::args::UsersCommand;
use crate::output::{Output, list, table};

pub(crate) async fn run(
    command: UsersCommand,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    match command {
        UsersCommand::List => {
            let users = all(client).await?;
            output.print(&users, || text_of_list(&users.items))?;
        }
        UsersCommand::Create { email, role, name } => {
            let user = CreateUser { email, name, role: role.word() };
            let invited = client.user_create(&user).await?;
            output.print(&invited, || text_of_invitation(&invited))?;
        }
        UsersCommand::Show { email } => {
            let user = client.user_fetch(&email).await?;
            output.print(&user, || text(&user))?;
        }
        UsersCommand::SetRole { email, role } => {
            let change = ChangeUser { role: Some(role.word()), disabled: None };
            changed(client, output, &email, &change).await?;
        }
        UsersCommand::Disable { email } => {
            let change = ChangeUser { role: None, disabled: Some(true) };
            changed(client, output, &email, &change).await?;
        }
        UsersCommand::Enable { email } => {
            let change = ChangeUser { role: None, disabled: Some(false) };
            changed(client, output, &email, &change).await?;
        }
        UsersCommand::Invite { email } => {
            let invited = client.invitation_create(&email).await?;
            output.print(&invited, || text_of_invitation(&invited))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn changed(client: &Client, output: Output, email: &str, change: &ChangeUser) -> Result<()> {
    let user = client.user_change(email, change).await?;
    output.print(&user, || text(&user))
}

async fn all(client: &Client) -> Result<Page<User>> {
    let mut all = Page { items: Vec::new(), next: None };
    for _ in 0..PAGES_MAX {
        let page = client.user_list(all.next.as_deref()).await?;
        all.items.extend(page.items);
        all.next = page.next;
        if all.next.is_none() {
            break;
        }
    }
    Ok(all)
}

fn text_of_list(users: &[User]) -> String {
    let row = |it: &User| {
        vec![
            it.email.clone(),
            it.name.clone(),
            it.role.clone(),
            state(it).to_owned(),
            if it.second_factor { "on" } else { "off" }.to_owned(),
        ]
    };
    let rows: Vec<Vec<String>> = users.iter().map(row).collect();
    table(&["email", "name", "role", "state", "second factor"], &rows)
}

fn state(user: &User) -> &'static str {
    match (user.disabled_at, user.password_changed_at) {
        (Some(_), _) => "disabled",
        (None, Some(_)) => "active",
        (None, None) => "no password yet",
    }
}

fn text(user: &User) -> String {
    text_with(user, &[])
}

/// A user, and what else there is to say.
pub(super) fn text_with(user: &User, more: &[(&str, &str)]) -> String {
    let since = user.created_at.to_string();
    let own = [
        ("email", user.email.as_str()),
        ("name", &user.name),
        ("role", &user.role),
        ("state", state(user)),
        ("second factor", if user.second_factor { "on" } else { "off" }),
        ("since", &since),
    ];
    list(&[&own, more].concat())
}

fn text_of_invitation(invited: &InvitedUser) -> String {
    let said = text_with(&invited.user, &[("invitation", &invited.invitation)]);
    format!(
        "{said}\nThe invitation is shown only here, and good for 24 hours and one password. With it:\n  cloison me password --invitation\n"
    )
}
