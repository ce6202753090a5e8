//! How a command reaches the API: options, environment, or the profile that `up` or `login` wrote.

use std::path::PathBuf;
use std::sync::OnceLock;

use clap::Args;
use cloison_api::Client;
use cloison_control::trace;

use crate::profile::{self, Profile};

#[derive(Args)]
pub(crate) struct Connection {
    /// Where `up` keeps its state, and where the other commands find how to reach it
    #[arg(long, global = true, env = "CLOISON_DATA_DIR", value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,

    /// The console's URL, instead of the one that `up` wrote down
    #[arg(long, global = true, env = "CLOISON_URL")]
    url: Option<String>,

    /// An API token, instead of the one that `up` wrote down
    #[arg(long, global = true, env = "CLOISON_TOKEN", hide_env_values = true)]
    token: Option<String>,
}

impl Connection {
    /// The console's URL, whether or not there is a token for it.
    pub(crate) fn url(&self) -> anyhow::Result<String> {
        match &self.url {
            Some(url) => Ok(url.clone()),
            None => Ok(profile::find(self.data_dir.as_deref())?.url),
        }
    }

    /// The API as told by the options, the environment, or the profile that `up` wrote.
    pub(crate) fn client(&self) -> anyhow::Result<Client> {
        let profile = match (&self.url, &self.token) {
            (Some(url), Some(token)) => Profile { url: url.clone(), token: token.clone() },
            (url, token) => {
                let written = profile::find(self.data_dir.as_deref())?;
                Profile {
                    url: url.clone().unwrap_or(written.url),
                    token: token.clone().unwrap_or(written.token),
                }
            }
        };
        Self::client_to(&profile.url, &profile.token)
    }

    /// For who has no token yet, or another than the profile's.
    pub(crate) fn client_to(url: &str, token: &str) -> anyhow::Result<Client> {
        // Somewhere above the requests there is one command.
        let command = TRACE.get_or_init(|| trace::below(None).to_string());
        Ok(Client::new(url, token)?.traced(command))
    }
}

/// One trace a command, and one command a process.
static TRACE: OnceLock<String> = OnceLock::new();
