//! The calls of `/v1` as a table: what the OpenAPI document is made of, and what the server is held to.
//!
//! A call is added with one line in the table of its noun here, and one in the server's route table.

mod access;
mod ai_credits;
mod backups;
mod document;
mod domains;
mod drift;
mod erasures;
mod events;
mod exports;
mod operations;
mod pgbouncer;
mod rollouts;
mod router;
mod tenants;
mod usage;
mod webhooks;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::problem::Code;

pub use self::document::openapi;

/// One call.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    /// What client and server call it, noun first: `tenant_list`.
    pub name: &'static str,
    pub verb: Verb,
    /// With its parameters in braces.
    pub path: &'static str,
    pub summary: &'static str,
    query: &'static [Parameter],
    takes: Option<SchemaOf>,
    statuses: &'static [u16],
    answers: Option<SchemaOf>,
    media: &'static str,
    refuses: &'static [Code],
    /// Whether it remembers an `Idempotency-Key`. Not where the body is a password: what is kept beside
    /// the key is a hash of the body, and a password's would help who guesses.
    is_keyed: bool,
    /// Whether it asks for no token.
    pub is_public: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// One optional parameter of the query string: its name, its JSON type, and what it says.
type Parameter = (&'static str, &'static str, &'static str);
type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

const CURSOR: Parameter = ("cursor", "string", "`next` of the page before");

/// Every call, by noun.
pub fn endpoints() -> impl Iterator<Item = &'static Endpoint> {
    [
        tenants::ENDPOINTS,
        domains::ENDPOINTS,
        usage::ENDPOINTS,
        ai_credits::ENDPOINTS,
        exports::ENDPOINTS,
        erasures::ENDPOINTS,
        pgbouncer::ENDPOINTS,
        operations::ENDPOINTS,
        events::ENDPOINTS,
        webhooks::ENDPOINTS,
        backups::ENDPOINTS,
        rollouts::ENDPOINTS,
        router::ENDPOINTS,
        drift::ENDPOINTS,
        access::ENDPOINTS,
    ]
    .into_iter()
    .flatten()
}

impl Endpoint {
    const fn new(
        verb: Verb,
        name: &'static str,
        path: &'static str,
        summary: &'static str,
    ) -> Self {
        Self {
            name,
            verb,
            path,
            summary,
            query: &[],
            takes: None,
            statuses: &[204],
            answers: None,
            media: "application/json",
            refuses: &[],
            is_keyed: !matches!(verb, Verb::Get),
            is_public: false,
        }
    }

    const fn get(name: &'static str, path: &'static str, summary: &'static str) -> Self {
        Self::new(Verb::Get, name, path, summary)
    }

    const fn post(name: &'static str, path: &'static str, summary: &'static str) -> Self {
        Self::new(Verb::Post, name, path, summary)
    }

    const fn put(name: &'static str, path: &'static str, summary: &'static str) -> Self {
        Self::new(Verb::Put, name, path, summary)
    }

    const fn patch(name: &'static str, path: &'static str, summary: &'static str) -> Self {
        Self::new(Verb::Patch, name, path, summary)
    }

    const fn delete(name: &'static str, path: &'static str, summary: &'static str) -> Self {
        Self::new(Verb::Delete, name, path, summary)
    }

    const fn query(self, query: &'static [Parameter]) -> Self {
        Self { query, ..self }
    }

    /// The type of its body.
    const fn takes(self, of: SchemaOf) -> Self {
        Self { takes: Some(of), ..self }
    }

    /// The type of its answer, and with which statuses it comes.
    const fn answers(self, statuses: &'static [u16], of: SchemaOf) -> Self {
        Self { statuses, answers: Some(of), ..self }
    }

    /// The type of the data of each server-sent event.
    const fn streams(self, of: SchemaOf) -> Self {
        Self { statuses: &[200], answers: Some(of), media: "text/event-stream", ..self }
    }

    /// A file, whole or a part of it.
    const fn file(self, media: &'static str) -> Self {
        Self { statuses: &[200, 206], answers: Some(binary), media, ..self }
    }

    /// The problems that are its own, beside those that any call may have.
    const fn refuses(self, refuses: &'static [Code]) -> Self {
        Self { refuses, ..self }
    }

    const fn unkeyed(self) -> Self {
        Self { is_keyed: false, ..self }
    }

    const fn public(self) -> Self {
        Self { is_public: true, ..self }
    }
}

impl Verb {
    /// In capitals, as HTTP has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    pub fn is_reading(self) -> bool {
        match self {
            Self::Get => true,
            Self::Post | Self::Put | Self::Patch | Self::Delete => false,
        }
    }
}

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// As OpenAPI 3.1 has what is not text: by its media type alone.
fn binary(_: &mut SchemaGenerator) -> Schema {
    Schema::default()
}
