//! Which of a restored server's databases are the ones that were wanted, and making them usable.

use jiff::Timestamp;
use tokio_postgres::{Client, Config, Error, NoTls};

use super::{RestoreError, Wanted};

/// A database of a scratch server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub name: String,
    pub oid: u32,
}

/// Connects, works, and closes the connection.
pub(super) async fn with_client<T>(
    config: &Config,
    work: impl AsyncFnOnce(&Client) -> Result<T, Error>,
) -> Result<T, Error> {
    let (client, connection) = config.connect(NoTls).await?;
    tokio::pin!(connection);
    let working = work(&client);
    tokio::pin!(working);
    let mut is_open = true;
    loop {
        tokio::select! {
            done = &mut working => return done,
            // The work then learns of it by itself.
            ended = &mut connection, if is_open => {
                is_open = false;
                if let Err(error) = ended {
                    tracing::debug!(%error, "a connection to a scratch server ended");
                }
            }
        }
    }
}

/// By the name that it had then, and by nothing else: what bears its number today may have been another database then.
pub(super) async fn find(
    config: &Config,
    wanted: &[Wanted],
    at: Option<Timestamp>,
) -> Result<Vec<Found>, RestoreError> {
    let there: Vec<(u32, String)> = with_client(config, async |client| {
        let rows =
            client.query("select oid, datname::text from pg_database order by oid", &[]).await?;
        Ok(rows.iter().map(|it| (it.get(0), it.get(1))).collect())
    })
    .await?;
    wanted.iter().map(|it| pick(&there, it, at)).collect()
}

fn pick(
    there: &[(u32, String)],
    wanted: &Wanted,
    at: Option<Timestamp>,
) -> Result<Found, RestoreError> {
    let (oid, name) = there
        .iter()
        .find(|it| it.1 == wanted.name)
        .ok_or_else(|| RestoreError::NoDatabase { name: wanted.name.clone(), at })?;
    Ok(Found { name: name.clone(), oid: *oid })
}

/// Lets connections into databases that took none at that moment.
pub(super) async fn open(config: &Config, databases: &[Found]) -> Result<(), RestoreError> {
    let oids: Vec<u32> = databases.iter().map(|it| it.oid).collect();
    let open =
        "update pg_database set datallowconn = true where oid = any ($1) and not datallowconn";
    with_client(config, async |client| client.execute(open, &[&oids]).await).await?;
    Ok(())
}

/// Whether there is more to it than its name.
pub(super) async fn look_into(config: &Config, found: &Found) -> Result<(), RestoreError> {
    let look = "select count(*) from pg_class";
    let looked = with_client(config, async |client| client.query_one(look, &[]).await).await;
    looked.map(drop).map_err(|source| RestoreError::Unreadable { name: found.name.clone(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `wanted` is `name` or `name#oid`.
    fn check(wanted: &str) -> Option<(u32, String)> {
        let there = [(5, "postgres"), (20_001, "old"), (20_002, "taken")]
            .map(|(oid, name)| (oid, name.to_owned()));
        let (name, oid) = match wanted.split_once('#') {
            Some((name, oid)) => (name, Some(oid.parse().unwrap())),
            None => (wanted, None),
        };
        let wanted = Wanted { name: name.to_owned(), oid };
        pick(&there, &wanted, None).ok().map(|it| (it.oid, it.name))
    }

    #[test]
    fn a_name_says_more_than_a_number() {
        assert_eq!(check("taken#20001"), Some((20_002, "taken".to_owned())));
        assert_eq!(check("old#30000"), Some((20_001, "old".to_owned())));
        assert_eq!(check("old"), Some((20_001, "old".to_owned())));
        assert_eq!(check("new#20001"), None);
    }
}
