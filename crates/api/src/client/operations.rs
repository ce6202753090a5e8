//! The client's calls about operations.

use std::time::Duration;

use reqwest::Method;
use serde::Serialize;
use uuid::Uuid;

use super::{Client, ClientError};
use crate::operations::{Accepted, Operation};
use crate::tenants::Page;

/// Which operations; what is `None` does not matter.
#[derive(Clone, Debug, Default, Serialize)]
pub struct OperationFilter {
    pub tenant: Option<String>,
    pub state: Option<String>,
    /// Those on spares too.
    pub spares: bool,
}

impl Client {
    pub async fn operation_fetch(&self, id: Uuid) -> Result<Operation, ClientError> {
        self.send(self.request(Method::GET, &format!("/v1/operations/{id}"))).await
    }

    pub async fn operation_list(
        &self,
        filter: &OperationFilter,
        cursor: Option<&str>,
    ) -> Result<Page<Operation>, ClientError> {
        let request = self.request(Method::GET, "/v1/operations").query(filter);
        self.send(request.query(&cursor.map(|it| ("cursor", it)).as_slice())).await
    }

    pub async fn operation_cancel(
        &self,
        id: Uuid,
        wait: Option<Duration>,
    ) -> Result<Accepted, ClientError> {
        let path = format!("/v1/operations/{id}/cancel");
        self.start(self.request(Method::POST, &path), wait, None).await
    }
}
