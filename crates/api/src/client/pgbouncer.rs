//! The client's calls about a PgBouncer in front of a server.

use reqwest::Method;

use super::{Client, ClientError};
use crate::pgbouncer::{AdmitPgBouncer, PgBouncerPlace, PgBouncerUsers};

impl Client {
    pub async fn pgbouncer_fetch(&self, server: &str) -> Result<PgBouncerPlace, ClientError> {
        self.send(self.request(Method::GET, &path(server))).await
    }

    /// Each call is written down on the server; ask when there is a file to write the answer into, not before.
    pub async fn pgbouncer_admit(
        &self,
        server: &str,
        body: &AdmitPgBouncer,
    ) -> Result<PgBouncerUsers, ClientError> {
        self.send(self.request(Method::POST, &path(server)).json(body)).await
    }
}

fn path(server: &str) -> String {
    format!("/v1/servers/{server}/pgbouncer")
}
