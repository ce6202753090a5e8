//! `cloison login`: a token for half a day, kept in the profile.

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{Client, ClientError, Code, SignIn, SignedIn};
use serde_json::json;

use crate::args::{Connection, LoginOptions};
use crate::output::Output;
use crate::profile::{self, Profile};
use crate::secret_input::Answers;

pub(crate) async fn run(
    options: LoginOptions,
    connection: &Connection,
    output: Output,
) -> Result<ExitCode> {
    let answers = Answers::from(options.source.password_stdin)?;
    let url = connection.url()?;
    let client = Connection::client_to(&url, "")?;
    let email = match options.email {
        Some(email) => email,
        None => answers.ask("e-mail")?,
    };
    let password = answers.ask_hidden("password")?;
    let signed_in = sign_in(&client, answers, SignIn { email, password, code: None }).await?;
    let profile = Profile { url, token: signed_in.token };
    let file = profile::put(connection.data_dir.as_deref(), &profile)?;
    let (email, role, until) = (&signed_in.email, &signed_in.role, signed_in.expires_at);
    // The token is in the file and nowhere else.
    let said = json!({ "email": email, "role": role, "expires_at": until, "profile": file });
    output.print(&said, || {
        let until = until.strftime("%Y-%m-%d %H:%M");
        format!("Signed in as {email} ({role}) until {until} UTC, in {}.\n", file.display())
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Asks for the code once the server says that it wants one.
async fn sign_in(client: &Client, answers: Answers, request: SignIn) -> Result<SignedIn> {
    match client.sign_in(&request).await {
        Err(ClientError::Problem(it)) if it.code == Code::CodeNeeded => {
            let code = Some(answers.ask("one-time code")?);
            Ok(client.sign_in(&SignIn { code, ..request }).await?)
        }
        done => Ok(done?),
    }
}
