//! A stand-in for a collector of OpenTelemetry: it takes spans, and keeps them.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

use cloison_model::hexadecimal;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message as _;

pub(crate) struct Collector {
    pub(crate) endpoint: String,
    requests: Arc<Mutex<Vec<ExportTraceServiceRequest>>>,
}

impl Collector {
    /// For as long as the tests run.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let requests: Arc<Mutex<Vec<_>>> = Arc::default();
        let kept = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut length = 0;
                // Whoever exports may end in the middle.
                for line in
                    (&mut reader).lines().map_while(Result::ok).take_while(|it| !it.is_empty())
                {
                    if let Some(it) = line.to_lowercase().strip_prefix("content-length: ") {
                        length = it.parse().unwrap();
                    }
                }
                let mut body = vec![0; length];
                if length == 0 || reader.read_exact(&mut body).is_err() {
                    continue;
                }
                let request = ExportTraceServiceRequest::decode(&body[..]).unwrap();
                kept.lock().unwrap().push(request);
                let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
                drop(stream.write_all(answer));
            }
        });
        Self { endpoint, requests }
    }

    pub(crate) fn spans(&self) -> Vec<Spanned> {
        let requests = self.requests.lock().unwrap();
        let of_scopes = requests.iter().flat_map(|it| &it.resource_spans);
        let spans = of_scopes.flat_map(|it| &it.scope_spans).flat_map(|it| &it.spans);
        spans.map(|it| Spanned(it.clone())).collect()
    }

    /// All that has come, as text: to be searched.
    pub(crate) fn text(&self) -> String {
        format!("{:?}", self.requests.lock().unwrap())
    }
}

pub(crate) struct Spanned(Span);

impl Spanned {
    pub(crate) fn name(&self) -> &str {
        &self.0.name
    }

    pub(crate) fn trace(&self) -> String {
        hexadecimal(&self.0.trace_id)
    }

    pub(crate) fn id(&self) -> String {
        hexadecimal(&self.0.span_id)
    }

    pub(crate) fn parent(&self) -> String {
        hexadecimal(&self.0.parent_span_id)
    }

    /// An attribute, as text; empty if there is none.
    pub(crate) fn get(&self, key: &str) -> String {
        let attribute = self.0.attributes.iter().find(|it| it.key == key);
        match attribute.and_then(|it| it.value.as_ref()).and_then(|it| it.value.as_ref()) {
            Some(Value::StringValue(text)) => text.clone(),
            Some(Value::IntValue(number)) => number.to_string(),
            _ => String::new(),
        }
    }
}
