//! Hears of changes by `NOTIFY`, for directories that are a PostgreSQL database.
//!
//! Not here: asking what has changed. What is told is a hint, and may be lost.

use futures_util::stream::poll_fn;
use futures_util::{StreamExt, future};
use tokio_postgres::tls::NoTlsStream;
use tokio_postgres::{AsyncMessage, Config, Connection, NoTls, Socket};

use crate::directory::{Changed, Changes, DirectoryError};
use crate::identifier::Identifier;

/// [`crate::Directory::changes`] of a directory that notifies: listens on `channel`, on a
/// connection of its own, and reads each payload with `read`.
///
/// A payload that `read` makes nothing of is passed over. The connection is closed when the
/// stream is dropped; when the connection is lost, the stream ends. The database must be asked
/// itself, not by a pooler that gives each transaction another connection.
pub async fn listen(
    database: &Config,
    channel: &Identifier,
    read: impl Fn(&str) -> Option<Changed> + Send + 'static,
) -> Result<Changes, DirectoryError> {
    let (client, connection) = database.connect(NoTls).await.map_err(DirectoryError::new)?;
    let mut messages = messages(connection);
    {
        let listen = format!("listen {}", channel.quoted());
        let mut listening = std::pin::pin!(client.simple_query(&listen));
        loop {
            // The connection works only while its messages are asked for. One that is here
            // already is before the snapshot, so it is no loss.
            match future::select(listening.as_mut(), messages.next()).await {
                future::Either::Left((answer, _)) => {
                    answer.map_err(DirectoryError::new)?;
                    break;
                }
                future::Either::Right(_) => {}
            }
        }
    }
    let changes = messages.filter_map(move |payload| {
        // The connection ends with its client.
        let _open = &client;
        future::ready(read(&payload))
    });
    Ok(changes.boxed())
}

/// The payloads, until the connection is lost.
fn messages(
    mut connection: Connection<Socket, NoTlsStream>,
) -> futures_util::stream::BoxStream<'static, String> {
    poll_fn(move |context| connection.poll_message(context))
        .take_while(|it| future::ready(it.is_ok()))
        .filter_map(|it| {
            future::ready(match it {
                Ok(AsyncMessage::Notification(it)) => Some(it.payload().to_owned()),
                Ok(_) | Err(_) => None,
            })
        })
        .boxed()
}
