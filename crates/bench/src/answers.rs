//! What is run for each call: the product's own statements, on whatever the client is connected to.
//!
//! A layout is asked nothing but this, so what differs is the layout.

use anyhow::{Result, bail};
use cloison_studio::booking::{self, CalendarEntry, Cancelled, NewBooking, SessionStatus};
use cloison_studio_queries::client::GenericClient;
use cloison_studio_queries::queries::clients::{self, ClientDetail, ClientRow};
use cloison_studio_queries::queries::{allocations, sessions};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tokio_postgres::Row;
use uuid::Uuid;

use crate::calls::Call;
use crate::statements::Texts;
use crate::studios::now;

/// As many as the page of clients shows.
const CLIENT_ROWS: i64 = 50;

#[derive(Debug, PartialEq)]
pub(crate) enum Answer {
    Week(Vec<CalendarEntry>),
    Clients(Vec<ClientRow>),
    Client(Box<Option<ClientDetail>>),
    Invoices(Vec<Invoice>),
    /// Ids of new rows are chance, so they are not compared.
    Booked {
        resources: u64,
    },
}

impl Answer {
    /// Whether there is something in it: equal answers prove little if all are empty.
    pub(crate) fn is_full(&self) -> bool {
        match self {
            Self::Week(entries) => !entries.is_empty(),
            Self::Clients(rows) => !rows.is_empty(),
            Self::Client(client) => client.is_some(),
            Self::Invoices(rows) => !rows.is_empty(),
            Self::Booked { .. } => true,
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Invoice {
    id: Uuid,
    number: Option<String>,
    kind: String,
    issue_date: Option<Date>,
    due_date: Option<Date>,
    client_name: String,
    gross_cents: i64,
    paid_cents: i64,
    payment_status: String,
}

/// Everything but bookings, which need a transaction of the caller's.
pub(crate) async fn read<C: GenericClient>(client: &C, call: &Call) -> Result<Answer> {
    Ok(match call {
        Call::Week(span) => {
            Answer::Week(booking::week(client, now(), *span, None, Cancelled::Hide).await?)
        }
        Call::Search(search) => Answer::Clients(
            clients::clients_search()
                .bind(
                    client,
                    &search.terms,
                    &search.query,
                    &false,
                    &search.prefix,
                    &CLIENT_ROWS,
                    &now(),
                )
                .all()
                .await?,
        ),
        Call::Client(id) => {
            Answer::Client(Box::new(clients::client_get().bind(client, id).opt().await?))
        }
        Call::Invoices => {
            let statement = client.prepare(&Texts::get().invoices_list).await?;
            let today = TimeZone::UTC.to_datetime(now()).date();
            let rows = client.query(&statement, &[&today]).await?;
            Answer::Invoices(rows.iter().map(invoice).collect())
        }
        Call::Book(_) => unreachable!("a booking is not read"),
    })
}

/// The product's statements for a confirmed booking, in its order, in a transaction that the caller begins and commits.
///
/// `cloison_studio::booking` itself cannot be used: it sends two of them as text, and a client that has to exchange
/// the text cannot see it. Here all are prepared, for all layouts.
pub(crate) async fn book<C: GenericClient>(txn: &C, new: &NewBooking) -> Result<Answer> {
    let (now, place, details) = (now(), &new.place, &new.details);
    let (starts_at, ends_at) = (place.starts_at, place.ends_at);
    let found = allocations::bookables().bind(txn, &place.crew).all().await?;
    let mut ids: Vec<Uuid> = Vec::new();
    ids.extend(
        found.iter().map(|it| it.id).filter(|it| *it == place.room || place.crew.contains(it)),
    );
    ids.sort_unstable();
    let Some(room) = found.iter().find(|it| it.id == place.room) else {
        bail!("there is no such room")
    };

    allocations::resources_lock().bind(txn, &ids).one().await?;
    let lapse = txn.prepare(&Texts::get().sessions_lapse).await?;
    txn.execute(&lapse, &[&now, &ids, &starts_at, &ends_at]).await?;
    let conflicts =
        allocations::conflicts().bind(txn, &ids, &starts_at, &ends_at, &None, &now).all().await?;
    if !conflicts.is_empty() {
        bail!("the slot at {starts_at} is taken");
    }
    let session = sessions::session_insert()
        .bind(
            txn,
            &details.client,
            &details.title.as_str(),
            &details.notes.as_str(),
            &SessionStatus::Confirmed.as_str(),
            &starts_at,
            &ends_at,
            &None,
            &None,
            &room.hourly_rate_cents,
            &0,
            &new.booked_by,
            &now,
        )
        .one()
        .await?;
    let allocate = txn.prepare(&Texts::get().allocations_insert).await?;
    let resources = txn.execute(&allocate, &[&session, &starts_at, &ends_at, &ids]).await?;
    Ok(Answer::Booked { resources })
}

fn invoice(row: &Row) -> Invoice {
    Invoice {
        id: row.get(0),
        number: row.get(1),
        kind: row.get(2),
        issue_date: row.get(3),
        due_date: row.get(4),
        client_name: row.get(5),
        gross_cents: row.get(6),
        paid_cents: row.get(7),
        payment_status: row.get(8),
    }
}
