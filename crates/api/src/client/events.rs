//! An operation as it happens: the client's end of `/v1/operations/{id}/events`.
//!
//! Server-sent events as the HTML standard has them (section 9.2), of which we read the three fields that our server
//! sends. A stream that breaks is taken up where it was.

use std::time::Duration;

use reqwest::{Method, Response};
use uuid::Uuid;

use super::{Client, ClientError};
use crate::operations::{Operation, OperationEvent};

/// One stream at most; an operation that takes longer is followed on the next.
const STREAM_TIMEOUT: Duration = Duration::from_hours(1);
/// Streams in a row that break without a word before we give up.
const BREAKS_MAX: u32 = 10;
/// Before a broken stream is taken up again.
const PAUSE: Duration = Duration::from_millis(500);

/// What comes over the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    Event(OperationEvent),
    /// It has ended; nothing comes after this.
    End(Box<Operation>),
}

/// One server-sent event as it was written.
#[derive(Debug, Default, PartialEq, Eq)]
struct Frame {
    name: String,
    data: String,
}

impl Client {
    /// Tells each event, from the first, until the operation has ended; answers how it stands then.
    pub async fn operation_follow(
        &self,
        id: Uuid,
        mut tell: impl FnMut(&OperationEvent),
    ) -> Result<Operation, ClientError> {
        let mut last = 0;
        let mut breaks = 0;
        loop {
            let answered = self.operation_events(id, last).await;
            match answered {
                Ok(mut response) => {
                    let mut buffer = String::new();
                    while let Some(heard) = next(&mut response, &mut buffer).await {
                        breaks = 0;
                        match heard {
                            Heard::Event(event) => {
                                last = event.sequence;
                                tell(&event);
                            }
                            Heard::End(operation) => return Ok(*operation),
                        }
                    }
                }
                Err(ClientError::Unreachable { .. }) if breaks < BREAKS_MAX => {}
                Err(error) => return Err(error),
            }
            breaks += 1;
            if breaks > BREAKS_MAX {
                return self.operation_fetch(id).await;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn operation_events(&self, id: Uuid, last: i32) -> Result<Response, ClientError> {
        let request = self
            .request(Method::GET, &format!("/v1/operations/{id}/events"))
            .header("last-event-id", last.to_string())
            .timeout(STREAM_TIMEOUT);
        self.answer(request).await
    }
}

/// Nothing when the stream has ended or broken.
async fn next(response: &mut Response, buffer: &mut String) -> Option<Heard> {
    loop {
        while let Some(frame) = take_frame(buffer) {
            if let Some(heard) = read(&frame) {
                return Some(heard);
            }
        }
        let chunk = response.chunk().await.ok()??;
        buffer.push_str(&String::from_utf8_lossy(&chunk));
    }
}

/// Takes one whole event off the front.
fn take_frame(buffer: &mut String) -> Option<Frame> {
    let end = buffer.find("\n\n")?;
    let mut frame = Frame::default();
    for line in buffer[..end].lines() {
        match line.split_once(':') {
            Some(("event", value)) => value.trim_start().clone_into(&mut frame.name),
            Some(("data", value)) => frame.data.push_str(value.trim_start()),
            Some(_) | None => {}
        }
    }
    buffer.drain(..end + 2);
    Some(frame)
}

/// Keep-alives, and events of a newer server, are nothing to us.
fn read(frame: &Frame) -> Option<Heard> {
    match frame.name.as_str() {
        "step" => serde_json::from_str(&frame.data).ok().map(Heard::Event),
        "end" => serde_json::from_str(&frame.data).ok().map(Heard::End),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_in_any_pieces() {
        let mut buffer = String::from(": alive\n\nid: 1\nevent: step\nda");
        assert_eq!(take_frame(&mut buffer), Some(Frame::default()));
        assert_eq!(take_frame(&mut buffer), None);
        buffer.push_str("ta: {\"a\":1}\n\n");
        let frame = take_frame(&mut buffer).unwrap();
        assert_eq!((frame.name.as_str(), frame.data.as_str()), ("step", "{\"a\":1}"));
        assert_eq!(take_frame(&mut buffer), None);
    }
}
