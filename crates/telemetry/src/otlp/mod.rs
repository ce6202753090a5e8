//! Spans on their way to a collector: by OTLP, over HTTP, some at a time.
//!
//! Nobody waits for the collector. What it does not take is lost, and that is said once, until it takes something again.

mod encode;
mod settings;

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::header;
use reqwest::Client;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout, timeout_at};

pub use self::settings::{OtlpEndpoint, OtlpHeaders, OtlpSettings};

use crate::span::Closed;

/// Waiting to be sent; more are lost. A span has about half a kilobyte, so this is a megabyte.
const WAITING_MAX: usize = 2_048;
/// Sent together at most, and as soon as one has waited for so long.
const BATCH_MAX: usize = 512;
const BATCH_WITHIN: Duration = Duration::from_secs(1);
/// For one request, from the connection to the answer; what OpenTelemetry's own exporters give it.
const REQUEST_MAX: Duration = Duration::from_secs(10);
/// At the end of a process, for all that waits.
pub const FLUSH_SECONDS_MAX: u64 = 3;

/// Takes spans, and never makes anybody wait.
pub(crate) struct Exporter {
    queue: mpsc::Sender<Job>,
    sample_ratio: f64,
    lost: Arc<AtomicU64>,
}

enum Job {
    Span(Box<Closed>),
    /// Done when it is dropped.
    Flush(oneshot::Sender<Infallible>),
}

impl Exporter {
    /// `instance` says which process of which machine this is.
    pub(crate) fn start(settings: OtlpSettings, instance: String) -> Result<Self, reqwest::Error> {
        let (queue, jobs) = mpsc::channel(WAITING_MAX);
        let (sample_ratio, lost) = (settings.sample_ratio, Arc::new(AtomicU64::new(0)));
        let http = Client::builder()
            .timeout(REQUEST_MAX)
            // A key must not go where somebody else points.
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        let sender =
            Sender { http, settings, instance, lost: Arc::clone(&lost), is_failing: false };
        #[expect(
            clippy::disallowed_methods,
            reason = "it takes the spans of all that a tracker waits for, and `flush` waits for it"
        )]
        tokio::spawn(sender.run(jobs));
        Ok(Self { queue, sample_ratio, lost })
    }

    pub(crate) fn take(&self, span: Closed) {
        let here = span.position.here;
        if !here.is_sampled || !here.trace.is_among(self.sample_ratio) {
            return;
        }
        if self.queue.try_send(Job::Span(Box::new(span))).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(crate) async fn flush(&self) {
        let (done, heard) = oneshot::channel();
        let flushed = async {
            if self.queue.send(Job::Flush(done)).await.is_ok() {
                drop(heard.await);
            }
        };
        if timeout(Duration::from_secs(FLUSH_SECONDS_MAX), flushed).await.is_err() {
            tracing::warn!(
                "the collector did not take the last spans within {FLUSH_SECONDS_MAX} s; they are lost"
            );
        }
    }
}

struct Sender {
    http: Client,
    settings: OtlpSettings,
    instance: String,
    lost: Arc<AtomicU64>,
    is_failing: bool,
}

impl Sender {
    async fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        while let Some(first) = jobs.recv().await {
            let deadline = Instant::now() + BATCH_WITHIN;
            let (mut batch, mut flushed) = (Vec::new(), None);
            let mut next = Some(first);
            while let Some(job) = next {
                match job {
                    Job::Span(span) => batch.push(*span),
                    Job::Flush(done) => flushed = Some(done),
                }
                if batch.len() >= BATCH_MAX || flushed.is_some() {
                    break;
                }
                next = timeout_at(deadline, jobs.recv()).await.unwrap_or_default();
            }
            if !batch.is_empty() {
                self.send(&batch).await;
            }
            drop(flushed);
        }
    }

    async fn send(&mut self, batch: &[Closed]) {
        let endpoint = &self.settings.endpoint;
        let mut request = self
            .http
            .post(format!("{endpoint}/v1/traces"))
            .header(header::CONTENT_TYPE, "application/x-protobuf");
        for (name, value) in &self.settings.headers.0 {
            request = request.header(name, value);
        }
        let sent = request
            .body(encode::encode(batch, &self.settings.service_name, &self.instance))
            .send()
            .await;
        let why = match sent {
            Ok(answer) if answer.status().is_success() => None,
            Ok(answer) => Some(format!("it answered {}", answer.status().as_u16())),
            Err(error) => Some(words(&error)),
        };
        match why {
            None => {
                let lost = self.lost.swap(0, Ordering::Relaxed);
                if std::mem::take(&mut self.is_failing) {
                    tracing::warn!("{endpoint} takes spans again; {lost} were lost meanwhile");
                } else if lost > 0 {
                    tracing::warn!("{lost} spans were lost: more came than {endpoint} could take");
                }
            }
            Some(why) => {
                let count = u64::try_from(batch.len()).unwrap_or(u64::MAX);
                self.lost.fetch_add(count, Ordering::Relaxed);
                if !std::mem::replace(&mut self.is_failing, true) {
                    tracing::warn!(
                        "{endpoint} takes no spans: {why}; all else goes on, and spans are lost until it does"
                    );
                }
            }
        }
    }
}

/// The reason at the bottom; what is above repeats the address.
fn words(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return format!("there was no answer within {} s", REQUEST_MAX.as_secs());
    }
    let mut reason: &dyn std::error::Error = error;
    while let Some(source) = reason.source() {
        reason = source;
    }
    reason.to_string()
}

#[cfg(test)]
mod tests;
