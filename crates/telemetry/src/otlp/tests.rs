//! Against a collector that is a socket of the test's own.

use cloison_model::TraceParent;
use jiff::Timestamp;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::fields::Fields;
use crate::span::Position;

const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

fn span(parent: &str) -> Closed {
    let parent: TraceParent = parent.parse().unwrap();
    Closed {
        name: "here",
        position: Position { here: parent.child([7; 8]), parent: Some(parent.span) },
        fields: Fields::default(),
        began: Timestamp::UNIX_EPOCH,
        ended: Timestamp::UNIX_EPOCH + Duration::from_millis(5),
    }
}

async fn listen(sample_ratio: f64) -> (TcpListener, Exporter) {
    // Others may have been faster.
    drop(rustls::crypto::ring::default_provider().install_default());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let settings = OtlpSettings {
        endpoint: OtlpEndpoint::parse(&format!("http://{}", listener.local_addr().unwrap()))
            .unwrap(),
        headers: OtlpHeaders::parse("x-key=k").unwrap(),
        service_name: "cloison".to_owned(),
        sample_ratio,
    };
    (listener, Exporter::start(settings, "here".to_owned()).unwrap())
}

/// Reads one request, answers it, and tells its head and its spans.
async fn answer(stream: &mut TcpStream, status: &str) -> (String, Vec<Span>) {
    let (mut read, mut head_end) = (Vec::new(), None);
    while head_end.is_none() {
        assert!(stream.read_buf(&mut read).await.unwrap() > 0, "the head ends");
        head_end = read.windows(4).position(|it| it == b"\r\n\r\n");
    }
    let head_end = head_end.unwrap() + 4;
    let head = String::from_utf8(read[..head_end].to_vec()).unwrap().to_lowercase();
    let length = head.lines().find_map(|it| it.strip_prefix("content-length: ")).unwrap();
    let length = head_end + length.parse::<usize>().unwrap();
    while read.len() < length {
        assert!(stream.read_buf(&mut read).await.unwrap() > 0, "the body ends");
    }
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
    stream.write_all(answer.as_bytes()).await.unwrap();
    let request = ExportTraceServiceRequest::decode(&read[head_end..]).unwrap();
    let spans = request.resource_spans.into_iter().flat_map(|it| it.scope_spans);
    (head, spans.flat_map(|it| it.spans).collect())
}

#[tokio::test]
async fn spans_arrive_with_the_ids_they_have() {
    let (listener, exporter) = listen(1.0).await;
    exporter.take(span(PARENT));
    // Whoever is above has said no.
    exporter.take(span(&PARENT.replace("-01", "-00")));
    let (answered, ()) = tokio::join!(
        async { answer(&mut listener.accept().await.unwrap().0, "200 OK").await },
        exporter.flush()
    );
    let (head, spans) = answered;
    assert!(head.starts_with("post /v1/traces http/1.1\r\n"), "{head}");
    assert!(head.contains("x-key: k\r\n") && head.contains("application/x-protobuf"), "{head}");
    let [span] = &spans[..] else { panic!("{spans:?}") };
    assert_eq!(cloison_model::hexadecimal(&span.trace_id), PARENT[3..35]);
    assert_eq!(cloison_model::hexadecimal(&span.parent_span_id), PARENT[36..52]);
    assert_eq!(span.span_id, [7; 8]);
    assert_eq!(span.end_time_unix_nano, 5_000_000);
}

#[tokio::test]
async fn of_a_share_of_nothing_nothing_is_sent() {
    let (listener, exporter) = listen(0.0).await;
    exporter.take(span(PARENT));
    exporter.flush().await;
    let accepted = timeout(Duration::from_millis(1), listener.accept()).await;
    assert!(accepted.is_err(), "nobody has come");
}

#[tokio::test]
async fn a_collector_that_refuses_gets_the_next_ones() {
    let (listener, exporter) = listen(1.0).await;
    for status in ["503 Service Unavailable", "200 OK"] {
        exporter.take(span(PARENT));
        let (answered, ()) = tokio::join!(
            async {
                let mut stream = listener.accept().await.unwrap().0;
                let answered = answer(&mut stream, status).await;
                // The next one comes by another connection.
                drop(stream);
                answered
            },
            exporter.flush()
        );
        assert_eq!(answered.1.len(), 1, "{status}");
    }
    assert_eq!(
        exporter.lost.load(Ordering::Relaxed),
        0,
        "they were told of when it took spans again"
    );
}

#[tokio::test]
async fn one_that_hangs_costs_spans_and_no_time() {
    let (listener, exporter) = listen(1.0).await;
    exporter.take(span(PARENT));
    let _hangs = listener.accept().await.unwrap();
    let began = Instant::now();
    for _ in 0..2 * WAITING_MAX {
        exporter.take(span(PARENT));
    }
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    assert!(exporter.lost.load(Ordering::Relaxed) > 0, "more than can wait");
    let began = Instant::now();
    exporter.flush().await;
    let waited = began.elapsed();
    assert!(waited < Duration::from_secs(FLUSH_SECONDS_MAX + 1), "{waited:?}");
}
