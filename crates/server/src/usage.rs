//! Counting what is served to a tenant: requests, how long they took, and the bytes of the answers.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use axum::body::{Body, Bytes, HttpBody};
use axum::response::Response;
use cloison_control::usage::{RequestCounts, Requests, day_of};
use cloison_model::TenantId;
use http_body::{Frame, SizeHint};
use jiff::Timestamp;

use crate::timing::microseconds;

/// A request on its way through the application. It counts when this is dropped: also if the visitor has gone away, or the application
/// has failed.
#[derive(Debug)]
pub(crate) struct Serving {
    counts: RequestCounts,
    tenant: TenantId,
    since: Instant,
}

impl Serving {
    pub(crate) fn begin(counts: RequestCounts, tenant: TenantId) -> Self {
        Self { counts, tenant, since: Instant::now() }
    }

    /// There is an answer; its bytes count as they are sent.
    pub(crate) fn answered(self, response: Response) -> Response {
        let (counts, tenant) = (self.counts.clone(), self.tenant);
        response.map(|body| Body::new(Sent { body, counts, tenant, bytes: 0 }))
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let busy_us = microseconds(self.since.elapsed());
        let one = Requests { requests: 1, busy_us, sent_bytes: 0 };
        self.counts.note(self.tenant, day_of(Timestamp::now()), one);
    }
}

/// A body that counts what is taken out of it.
struct Sent {
    body: Body,
    counts: RequestCounts,
    tenant: TenantId,
    bytes: u64,
}

impl HttpBody for Sent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        if let Poll::Ready(Some(Ok(frame))) = &polled {
            let bytes = frame.data_ref().map_or(0, Bytes::len);
            self.bytes += u64::try_from(bytes).unwrap_or_default();
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Sent {
    fn drop(&mut self) {
        if self.bytes > 0 {
            let sent = Requests { sent_bytes: self.bytes, ..Requests::default() };
            self.counts.note(self.tenant, day_of(Timestamp::now()), sent);
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse as _;
    use http_body_util::BodyExt as _;
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn an_answer_counts_as_far_as_it_is_sent() {
        let (counts, tenant) = (RequestCounts::default(), TenantId(Uuid::now_v7()));
        let serve = |body: Body| {
            Serving::begin(counts.clone(), tenant).answered(body.into_response()).into_body()
        };
        let whole = serve(Body::from("a page"));
        assert_eq!(whole.size_hint().exact(), Some(6), "its length is still known");
        whole.collect().await.unwrap();
        assert_eq!((counts.of(tenant).requests, counts.of(tenant).sent_bytes), (1, 6));
        // The visitor closes the browser after the first part, or before there is one.
        let parts = ["first", "second"].map(Ok::<_, axum::Error>);
        let mut broken_off = serve(Body::from_stream(futures_util::stream::iter(parts)));
        broken_off.frame().await.unwrap().unwrap();
        drop(broken_off);
        drop(Serving::begin(counts.clone(), tenant));
        assert_eq!((counts.of(tenant).requests, counts.of(tenant).sent_bytes), (3, 11));
        assert_eq!(counts.of(TenantId(Uuid::now_v7())), Requests::default());
    }
}
