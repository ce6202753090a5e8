//! `cloison me`.

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{ChangePassword, Client, ConfirmTotp, Me, ProvePassword};
use serde_json::json;

use super::users;
use crate::args::{Connection, MeCommand, SecretSource, TotpCommand};
use crate::complaint::Complaint;
use crate::output::Output;
use crate::secret_input::Answers;

pub(crate) async fn run(
    command: Option<MeCommand>,
    connection: &Connection,
    output: Output,
) -> Result<ExitCode> {
    match command {
        None => {
            let me = connection.client()?.me().await?;
            output.print(&me, || text(&me))?;
        }
        Some(MeCommand::Password { invitation, source }) => {
            password(connection, invitation, source).await?;
            let words = "Your password is changed; your other sign-ins have ended.\n";
            output.print(&json!({ "changed": "password" }), || words.to_owned())?;
        }
        Some(MeCommand::Totp { command }) => totp(command, &connection.client()?, output).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn password(connection: &Connection, invitation: bool, source: SecretSource) -> Result<()> {
    let answers = Answers::from(source.password_stdin)?;
    let (client, current) = if invitation {
        let token = answers.ask_hidden("invitation")?;
        (Connection::client_to(&connection.url()?, token.trim())?, None)
    } else {
        let client = connection.client()?;
        // Who never had one, as the local owner, is not asked for it.
        let has_one = client.me().await?.user.password_changed_at.is_some();
        let current = has_one.then(|| answers.ask_hidden("current password")).transpose()?;
        (client, current)
    };
    let new = answers.ask_hidden("new password")?;
    if matches!(answers, Answers::Terminal) && answers.ask_hidden("the same again")? != new {
        return Err(Complaint::new(
            "the two are not the same",
            "one of them has a slip, and you would not know which",
            "run the command again",
        )
        .into());
    }
    client.password_change(&ChangePassword { current, new }).await?;
    Ok(())
}

async fn totp(command: TotpCommand, client: &Client, output: Output) -> Result<()> {
    let proof = |source: SecretSource| -> Result<ProvePassword> {
        let answers = Answers::from(source.password_stdin)?;
        Ok(ProvePassword { password: answers.ask_hidden("password")? })
    };
    match command {
        TotpCommand::Begin(source) => {
            let begun = client.totp_begin(&proof(source)?).await?;
            output.print(&begun, || {
                format!("{}\n\nGive this link to your authenticator application, then: cloison me totp confirm\n", begun.url)
            })
        }
        TotpCommand::Confirm(source) => {
            let code = Answers::from(source.password_stdin)?.ask("one-time code")?;
            client.totp_confirm(&ConfirmTotp { code }).await?;
            let words = "From here on a sign-in asks for a code.\n";
            output.print(&json!({ "second_factor": true }), || words.to_owned())
        }
        TotpCommand::End(source) => {
            client.totp_end(&proof(source)?).await?;
            let words = "A sign-in asks for no code any more.\n";
            output.print(&json!({ "second_factor": false }), || words.to_owned())
        }
    }
}

fn text(me: &Me) -> String {
    let token = if me.token_role == me.user.role {
        me.token_kind.clone()
    } else {
        format!("{}, restricted to what {} may", me.token_kind, me.token_role)
    };
    users::text_with(&me.user, &[("token", &token), ("may", &me.may.join(", "))])
}
