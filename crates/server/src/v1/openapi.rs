//! `/v1/openapi.json`: the contract, and which roles may make each call.

use std::sync::LazyLock;

use cloison_model::{Role, may};
use serde_json::{Value, json};

use super::table::served;
use crate::access::Needs;
use crate::extract::Json;

/// Made once: it does not change while the process runs.
static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let mut document = cloison_api::openapi();
    for call in served() {
        let action = match call.needs {
            Needs::Nothing | Needs::AnyToken => continue,
            Needs::Invitation(action) | Needs::Token(action) => action,
        };
        let roles = Role::ALL.into_iter().filter(|it| may(*it, action)).map(Role::as_str);
        let verb = call.endpoint.verb.as_str().to_lowercase();
        document["paths"][call.endpoint.path][verb]["x-roles"] = json!(roles.collect::<Vec<_>>());
    }
    document
});

pub(super) async fn fetch() -> Json<&'static Value> {
    Json(&DOCUMENT)
}
