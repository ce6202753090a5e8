//! What the settings of `[otlp]` mean. Pure.

use cloison_telemetry::{OtlpEndpoint, OtlpHeaders, OtlpSettings};

use super::keys::{self, Key};
use super::mistake::{From, Mistake};
use super::reader::{Reader, Wrong};

/// Nothing is exported without an endpoint.
pub(super) fn parse(reader: &mut Reader<'_>) -> Result<Option<OtlpSettings>, Mistake> {
    let endpoint = reader.take(&keys::OTLP_ENDPOINT, NONE, |it| {
        if it == NONE {
            return Ok(None);
        }
        OtlpEndpoint::parse(it).map(Some).ok_or_else(|| Wrong {
            what: format!("'{it}' is not the address of a collector"),
            meaning: "it is http or https, without a name, a password or a question mark, as in http://127.0.0.1:4318",
        })
    })?;
    let service_name = reader.take(&keys::OTLP_SERVICE_NAME, "cloison", |it| Ok(it.to_owned()))?;
    let sample_ratio = reader.take(&keys::OTLP_SAMPLE_RATIO, "1", |it| {
        let wrong = || Wrong {
            what: format!("'{it}' is out of bounds"),
            meaning: "it is the share of all traces that is exported, 0 to 1",
        };
        it.parse().ok().filter(|it| (0.0..=1.0).contains(it)).ok_or_else(wrong)
    })?;
    let headers = headers(reader)?;
    Ok(endpoint.map(|endpoint| OtlpSettings { endpoint, headers, service_name, sample_ratio }))
}

const NONE: &str = "(none, so no spans are exported)";

fn headers(reader: &mut Reader<'_>) -> Result<OtlpHeaders, Mistake> {
    let key: &'static Key = &keys::OTLP_HEADERS;
    let Some((text, from)) = reader.find(key) else { return Ok(OtlpHeaders::default()) };
    reader.show(key, "(hidden)", from);
    OtlpHeaders::parse(&text).ok_or_else(|| refused(key, from))
}

/// Without what was said, which may be a secret.
fn refused(key: &Key, from: From) -> Mistake {
    Mistake {
        from,
        what: format!("{} are no headers", key.name),
        meaning: "they are sent along to the collector".to_owned(),
        advice: "write name=value, with a comma between two, and each odd character as %20"
            .to_owned(),
    }
}
