//! The OpenAPI 3.1 document of the calls: what a program that was not written in Rust goes by.

use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::{Endpoint, endpoints};
use crate::problem::{CONTENT_TYPE, Code, Problem};

/// What any call may answer, and what one with a token may.
const ALWAYS: &[Code] = &[Code::BadRequest, Code::Internal, Code::Unavailable];
const WITH_TOKEN: &[Code] = &[Code::Unauthorized, Code::ForbiddenRole];
const WITH_BODY: &[Code] = &[Code::TooLarge];
const WITH_KEY: &[Code] = &[Code::IdempotencyKeyReused];

/// The whole document. The same each time.
pub fn openapi() -> Value {
    let settings = SchemaSettings::draft2020_12()
        .with(|it| it.definitions_path = "/components/schemas".into());
    let mut generator = settings.into_generator();
    let mut paths = Map::new();
    for endpoint in endpoints() {
        let operations = paths.entry(endpoint.path).or_insert_with(|| json!({}));
        operations[endpoint.verb.as_str().to_lowercase()] = operation(endpoint, &mut generator);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Cloison",
            "version": "v1",
            "description": "Gives every customer of a SaaS its own PostgreSQL database. Lists come in pages: `next` goes into `?cursor=`. Errors are problem documents (RFC 9457) with a stable `code`.",
        },
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": generator.take_definitions(true),
        },
        "security": [{ "token": [] }],
    })
}

fn operation(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Value {
    let mut operation = json!({
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": parameters(endpoint),
        "responses": responses(endpoint, generator),
    });
    if let Some(of) = endpoint.takes {
        operation["requestBody"] =
            json!({ "required": true, "content": content("application/json", &of(generator)) });
    }
    if endpoint.is_public {
        operation["security"] = json!([]);
    }
    operation
}

fn parameters(endpoint: &Endpoint) -> Vec<Value> {
    let in_path = endpoint.path.split('/').filter_map(|it| it.strip_prefix('{')?.strip_suffix('}'));
    let mut parameters: Vec<Value> = in_path
        .map(|name| {
            json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } })
        })
        .collect();
    parameters.extend(endpoint.query.iter().map(|(name, kind, description)| {
        json!({ "name": name, "in": "query", "description": description, "schema": { "type": kind } })
    }));
    if endpoint.is_keyed {
        parameters.push(json!({
            "name": "Idempotency-Key",
            "in": "header",
            "description": "Sent again with the same key, the same request does nothing twice.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 200 },
        }));
    }
    parameters
}

fn responses(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Value {
    let mut responses = Map::new();
    for status in endpoint.statuses {
        let mut response = json!({ "description": "done" });
        if let Some(of) = endpoint.answers {
            response["content"] = content(endpoint.media, &of(generator));
        }
        responses.insert(status.to_string(), response);
    }
    for (status, codes) in problems(endpoint) {
        let words: Vec<String> = codes.iter().map(|it| format!("`{}`", it.word())).collect();
        let problem = generator.subschema_for::<Problem>();
        responses.insert(
            status.to_string(),
            json!({ "description": words.join(", "), "content": content(CONTENT_TYPE, &problem) }),
        );
    }
    Value::Object(responses)
}

/// By status, what may go wrong.
fn problems(endpoint: &Endpoint) -> Vec<(u16, Vec<Code>)> {
    let mut codes = [endpoint.refuses, ALWAYS].concat();
    if !endpoint.is_public {
        codes.extend(WITH_TOKEN);
    }
    if endpoint.takes.is_some() {
        codes.extend(WITH_BODY);
    }
    if endpoint.is_keyed {
        codes.extend(WITH_KEY);
    }
    let mut statuses: Vec<u16> = codes.iter().map(|it| it.status()).collect();
    statuses.sort_unstable();
    statuses.dedup();
    let of = |status| codes.iter().copied().filter(|it| it.status() == status).collect();
    statuses.into_iter().map(|status| (status, of(status))).collect()
}

fn content(media: &str, schema: &Schema) -> Value {
    json!({ media: { "schema": schema } })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_call_is_in_it_under_its_own_name() {
        let names: BTreeSet<&str> = endpoints().map(|it| it.name).collect();
        let calls: BTreeSet<_> = endpoints().map(|it| (it.path, it.verb.as_str())).collect();
        assert_eq!(names.len(), endpoints().count(), "a name is used twice");
        assert_eq!(calls.len(), endpoints().count(), "a call is listed twice");

        let document = openapi();
        for endpoint in endpoints() {
            let verb = endpoint.verb.as_str().to_lowercase();
            let operation = &document["paths"][endpoint.path][&verb];
            assert_eq!(operation["operationId"], endpoint.name);
        }
    }

    /// A reference that leads nowhere makes generators fail.
    #[test]
    fn every_reference_leads_somewhere() {
        let document = openapi();
        let mut seen = 0;
        let mut left = vec![&document];
        while let Some(value) = left.pop() {
            match value {
                Value::Object(fields) => left.extend(fields.values()),
                Value::Array(items) => left.extend(items),
                Value::String(text) if text.starts_with("#/") => {
                    assert!(document.pointer(&text[1..]).is_some(), "{text}");
                    seen += 1;
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
        assert!(seen > 50, "{seen}");
    }

    #[test]
    fn types_have_names_that_can_be_said() {
        let document = openapi();
        let names = document["components"]["schemas"].as_object().unwrap();
        assert!(names.contains_key("TenantPage"));
        let odd =
            |it: &&String| it.ends_with(|last: char| last.is_ascii_digit()) || it.contains('_');
        assert_eq!(names.keys().filter(odd).collect::<Vec<_>>(), Vec::<&String>::new());
    }

    #[test]
    fn a_call_says_what_it_takes_and_what_may_go_wrong() {
        let document = openapi();
        let call = &document["paths"]["/v1/users/{email}"]["patch"];
        let body = call.pointer("/requestBody/content/application~1json/schema/$ref");
        assert_eq!(body.unwrap(), "#/components/schemas/ChangeUser");
        let parameters: Vec<_> =
            call["parameters"].as_array().unwrap().iter().map(|it| &it["name"]).collect();
        assert_eq!(parameters, ["email", "Idempotency-Key"]);
        let sign_in = &document["paths"]["/v1/sign-ins"]["post"];
        assert_eq!(sign_in["parameters"], json!([]), "a password is not remembered with a key");
        let said = call["responses"].as_object().unwrap().iter();
        let said: Vec<_> = said
            .map(|(status, it)| format!("{status} {}", it["description"].as_str().unwrap()))
            .collect();
        assert_eq!(
            said,
            [
                "200 done",
                "400 `bad_request`",
                "401 `unauthorized`",
                "403 `forbidden_role`",
                "404 `not_found`",
                "409 `last_owner`",
                "413 `too_large`",
                "422 `invalid_field`, `idempotency_key_reused`",
                "500 `internal`",
                "503 `unavailable`",
            ]
        );
    }
}
