//! The HTTP client that webhooks are sent with, made when the first one is.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use cloison_model::Reach;
use reqwest::redirect::Policy;
use tokio::sync::Notify;

use super::resolve::Guarded;
use super::{WebhookError, WebhookSettings};

/// An endpoint that is sent one event after the other is not connected to anew for each.
const IDLE_MAX: Duration = Duration::from_secs(30);
const NAME: &str = concat!("cloison/", env!("CARGO_PKG_VERSION"));

/// Of one process. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Webhooks {
    settings: WebhookSettings,
    client: Arc<OnceLock<reqwest::Client>>,
    /// There may be something to deliver.
    pub(super) wanted: Arc<Notify>,
}

impl Webhooks {
    pub fn new(settings: WebhookSettings) -> Self {
        Self { settings, ..Self::default() }
    }

    /// With the usual patience.
    pub fn reaching(reach: Reach) -> Self {
        Self::new(WebhookSettings { reach, ..WebhookSettings::default() })
    }

    pub fn settings(&self) -> WebhookSettings {
        self.settings
    }

    pub(super) fn client(&self) -> Result<&reqwest::Client, WebhookError> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let client = reqwest::Client::builder()
            .user_agent(NAME)
            .timeout(self.settings.timeout)
            // Where it leads was not looked at.
            .redirect(Policy::none())
            // It would connect for us, to whatever it likes.
            .no_proxy()
            .dns_resolver(Arc::new(Guarded(self.settings.reach)))
            .pool_idle_timeout(IDLE_MAX)
            .build()
            .map_err(WebhookError::Client)?;
        Ok(self.client.get_or_init(|| client))
    }
}
