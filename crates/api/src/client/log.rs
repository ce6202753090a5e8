//! The client's calls about what became of tenants.

use reqwest::Method;

use super::{Client, ClientError};
use crate::events::EventPage;

/// Which events; what is `None` does not matter.
#[derive(Clone, Debug, Default)]
pub struct EventFilter {
    pub after: Option<i64>,
    pub limit: Option<u16>,
    pub tenant: Option<String>,
    /// With commas between.
    pub types: Option<String>,
}

impl Client {
    pub async fn event_list(&self, filter: &EventFilter) -> Result<EventPage, ClientError> {
        let EventFilter { after, limit, tenant, types } = filter;
        let numbers = [("after", *after), ("limit", limit.map(i64::from))];
        let words = [("tenant", tenant.as_deref()), ("type", types.as_deref())];
        let numbers: Vec<_> =
            numbers.into_iter().filter_map(|(name, it)| it.map(|it| (name, it))).collect();
        let words: Vec<_> =
            words.into_iter().filter_map(|(name, it)| it.map(|it| (name, it))).collect();
        self.send(self.request(Method::GET, "/v1/events").query(&numbers).query(&words)).await
    }
}
