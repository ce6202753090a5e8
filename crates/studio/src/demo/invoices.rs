//! The fiscal documents of a year: deposits when booked, invoices when held, credit notes for what went wrong.
//! Only the drafts are made here; the database numbers them, as it does for everybody.

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Value, json};
use uuid::Uuid;

use super::dice::Dice;
use super::people::Client;
use super::profile::{Profile, Shape};
use super::sessions::Session;
use super::words::Words;
use crate::booking::SessionStatus;

pub(super) struct Document {
    pub(super) id: Uuid,
    pub(super) kind: &'static str,
    pub(super) series: &'static str,
    pub(super) date: Date,
    pub(super) due_date: Date,
    pub(super) client: usize,
    pub(super) corrects: Option<Uuid>,
    pub(super) buyer: Value,
    pub(super) lines: Vec<Line>,
    pub(super) net_cents: i64,
    pub(super) vat_cents: i64,
    pub(super) paid_cents: i64,
    pub(super) payment_status: &'static str,
}

pub(super) struct Line {
    pub(super) id: Uuid,
    pub(super) session: Uuid,
    pub(super) label: String,
    pub(super) quantity_thousandths: i64,
    pub(super) unit_price_cents: i64,
    pub(super) net_cents: i64,
}

/// An engineer's hour.
const ENGINEER_CENTS: i64 = 3_500;

pub(super) struct Books<'a> {
    pub(super) profile: &'a Profile,
    pub(super) shape: Shape,
    pub(super) words: &'static Words,
    pub(super) zone: &'a TimeZone,
    pub(super) now: Timestamp,
    pub(super) sessions: &'a [Session],
    pub(super) clients: &'a [Client],
}

/// In the order in which they were issued.
pub(super) fn documents(dice: &mut Dice, books: &Books<'_>) -> Vec<Document> {
    let held = sample(dice, books.shape.invoices, books.sessions, |session| {
        session.status == SessionStatus::Completed
    });
    let secured = sample(dice, books.shape.deposits, books.sessions, |session| {
        session.deposit_cents > 0
            && matches!(session.status, SessionStatus::Completed | SessionStatus::Confirmed)
    });

    let mut documents: Vec<Document> =
        secured.iter().map(|session| books.deposit(dice, session)).collect();
    let deposits: HashMap<Uuid, i64> =
        documents.iter().map(|deposit| (deposit.lines[0].session, deposit.net_cents)).collect();
    for session in &held {
        let deposit = deposits.get(&session.id).copied();
        documents.push(books.invoice(dice, session, deposit));
    }
    let invoices = secured.len()..documents.len();
    for _ in 0..books.shape.credit_notes.min(invoices.len()) {
        let index = invoices.start + dice.index(invoices.len());
        if documents[index].payment_status != "CREDITED" {
            let credit = books.credit_note(dice, &documents[index]);
            documents[index].payment_status = "CREDITED";
            documents[index].paid_cents = 0;
            documents.push(credit);
        }
    }
    // A credit note comes after what it corrects, also on the same day.
    documents.sort_by_key(|document| (document.date, document.corrects.is_some(), document.id));
    documents
}

/// `count` of the sessions that qualify, or all of them.
fn sample<'a>(
    dice: &mut Dice,
    count: usize,
    sessions: &'a [Session],
    qualifies: impl Fn(&Session) -> bool,
) -> Vec<&'a Session> {
    let mut chosen: Vec<&Session> = sessions.iter().filter(|session| qualifies(session)).collect();
    dice.shuffle(&mut chosen);
    chosen.truncate(count);
    chosen
}

impl Books<'_> {
    fn deposit(&self, dice: &mut Dice, session: &Session) -> Document {
        let line =
            line(dice, session, self.words.deposit_line.to_owned(), 1_000, session.deposit_cents);
        self.document(dice, session, "DEPOSIT_INVOICE", session.created_at, vec![line])
    }

    fn invoice(&self, dice: &mut Dice, session: &Session, deposit_net: Option<i64>) -> Document {
        let hours = session.span.duration().as_secs() * 1_000 / 3_600;
        let room = &self.profile.rooms[session.room];
        let mut lines = vec![line(
            dice,
            session,
            format!("{} {}", self.words.room_line, room.name),
            hours,
            session.hourly_rate_cents,
        )];
        if session.engineer.is_some() {
            lines.push(line(
                dice,
                session,
                self.words.engineer_line.to_owned(),
                hours,
                ENGINEER_CENTS,
            ));
        }
        for _ in 0..dice.between(1, 4) {
            let (label, cents) = dice.pick(self.words.extras);
            let quantity = dice.between(1, 3) * 1_000;
            lines.push(line(dice, session, label.to_owned(), quantity, cents));
        }
        let kind = match deposit_net {
            Some(net) => {
                lines.push(line(dice, session, self.words.deposit_line.to_owned(), -1_000, net));
                "FINAL_INVOICE"
            }
            None => "INVOICE",
        };
        self.document(dice, session, kind, session.span.end(), lines)
    }

    fn credit_note(&self, dice: &mut Dice, original: &Document) -> Document {
        let session = original.lines[0].session;
        let amount = -original.net_cents;
        let (net_cents, vat_cents) = (amount, vat(amount, self.profile.vat_basis_points));
        let today = self.zone.to_datetime(self.now).date();
        let later = jiff::Span::new().days(dice.between(0, 12));
        let date = original.date.saturating_add(later).min(today);
        Document {
            id: dice.id(self.now),
            kind: "CREDIT_NOTE",
            series: "AV",
            date,
            due_date: date,
            client: original.client,
            corrects: Some(original.id),
            buyer: original.buyer.clone(),
            lines: vec![Line {
                id: dice.id(self.now),
                session,
                label: self.words.credit_line.to_owned(),
                quantity_thousandths: 1_000,
                unit_price_cents: amount,
                net_cents: amount,
            }],
            net_cents,
            vat_cents,
            paid_cents: 0,
            payment_status: "CREDITED",
        }
    }

    fn document(
        &self,
        dice: &mut Dice,
        session: &Session,
        kind: &'static str,
        at: Timestamp,
        lines: Vec<Line>,
    ) -> Document {
        let client = &self.clients[session.client];
        let net_cents = lines.iter().map(|line| line.net_cents).sum();
        let vat_cents = vat(net_cents, self.profile.vat_basis_points);
        let date = self.zone.to_datetime(at.min(self.now)).date();
        let terms = if client.is_company { 30 } else { 0 };
        let age_days = self.now.duration_since(at).as_hours() / 24;
        let gross_cents = net_cents + vat_cents;
        let (payment_status, paid_cents) = match age_days {
            40.. if dice.percent(96) => ("PAID", gross_cents),
            10..40 if dice.percent(65) => ("PAID", gross_cents),
            ..10 if dice.percent(30) || kind == "DEPOSIT_INVOICE" => ("PAID", gross_cents),
            _ if gross_cents > 1 && dice.percent(15) => ("PARTIAL", gross_cents / 2),
            _ => ("UNPAID", 0),
        };
        Document {
            id: dice.id(at),
            kind,
            series: "F",
            date,
            due_date: date.saturating_add(jiff::Span::new().days(terms)),
            client: session.client,
            corrects: None,
            buyer: json!({
                "name": client.display_name,
                "legal_name": client.legal_name,
                "siren": client.siren,
                "country": client.country,
            }),
            lines,
            net_cents,
            vat_cents,
            paid_cents,
            payment_status,
        }
    }
}

fn line(
    dice: &mut Dice,
    session: &Session,
    label: String,
    quantity_thousandths: i64,
    unit_price_cents: i64,
) -> Line {
    Line {
        id: dice.id(session.span.end()),
        session: session.id,
        label,
        quantity_thousandths,
        unit_price_cents,
        net_cents: rounded(quantity_thousandths * unit_price_cents, 1_000),
    }
}

/// The VAT on a net sum, half cents away from zero, as the database checks it.
fn vat(net_cents: i64, basis_points: i32) -> i64 {
    rounded(net_cents * i64::from(basis_points), 10_000)
}

fn rounded(amount: i64, divisor: i64) -> i64 {
    (amount.abs() + divisor / 2) / divisor * amount.signum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_cents_go_away_from_zero() {
        assert_eq!(
            [vat(1, 5000), vat(-1, 5000), vat(1000, 2000), vat(-12, 2000)],
            [1, -1, 200, -2]
        );
        assert_eq!([rounded(1_500 * 3, 1_000), rounded(-1_000 * 250, 1_000)], [5, -250]);
    }
}
