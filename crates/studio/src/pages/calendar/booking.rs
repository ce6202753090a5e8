//! One booking as it is drawn: what it says and which classes give it its look.

use crate::booking::{CalendarEntry, Occupant, SessionStatus};
use crate::i18n::{Lang, Say, dates};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use uuid::Uuid;

/// A block in the time grid or a chip in the week of all rooms.
pub(crate) struct BookingView {
    /// `None` for what is no session: a room out of order.
    pub(crate) href: Option<String>,
    /// For addresses that point at it; once on a page.
    pub(crate) anchor: Option<String>,
    pub(crate) class: String,
    pub(crate) title: String,
    pub(crate) client: Option<String>,
    pub(crate) start: String,
    pub(crate) until: String,
    pub(crate) icon: Option<&'static str>,
    pub(crate) state: String,
    pub(crate) rank: Option<i16>,
}

/// An entry of the calendar on the studio's wall clock.
pub(crate) struct Local<'a> {
    pub(crate) entry: &'a CalendarEntry,
    pub(crate) start: DateTime,
    pub(crate) end: DateTime,
}

impl<'a> Local<'a> {
    pub(crate) fn new(entry: &'a CalendarEntry, zone: &TimeZone) -> Self {
        Self {
            entry,
            start: zone.to_datetime(entry.starts_at),
            end: zone.to_datetime(entry.ends_at),
        }
    }

    /// `position` are further classes; `current` is the session that the editor beside it shows.
    pub(crate) fn view(
        &self,
        lang: Lang,
        position: &str,
        anchored: bool,
        current: Option<Uuid>,
    ) -> BookingView {
        let hue = self.entry.room_colour.rem_euclid(8);
        let (start, until) = (dates::clock(self.start.time()), dates::clock(self.end.time()));
        match &self.entry.what {
            Occupant::Session(session) => {
                let marked = if current == Some(session.id) { " current" } else { "" };
                BookingView {
                    href: Some(format!("/sessions/{}", session.id)),
                    anchor: anchored.then(|| format!("s-{}", session.id)),
                    class: format!("hue-{hue} {}{marked} {position}", class(session.status)),
                    title: session.title.clone(),
                    client: session.client_name.clone(),
                    start,
                    until,
                    icon: Some(icon(session.status)),
                    state: state(lang, session.status, session.hold_rank),
                    rank: session.hold_rank,
                }
            }
            Occupant::Block { label } => BookingView {
                href: None,
                anchor: None,
                class: format!("hue-{hue} block-out {position}"),
                title: if label.is_empty() { lang.t("block-untitled") } else { label.clone() },
                client: None,
                start,
                until,
                icon: Some("ban"),
                state: lang.t("block-untitled"),
                rank: None,
            },
        }
    }
}

/// Firm ones first, then holds in the order of their rank.
pub(crate) fn rank(entry: &CalendarEntry) -> Option<i16> {
    match &entry.what {
        Occupant::Session(session) => session.hold_rank,
        Occupant::Block { .. } => None,
    }
}

/// A session's state in words.
pub(crate) fn state(lang: Lang, status: SessionStatus, rank: Option<i16>) -> String {
    match (status, rank) {
        (SessionStatus::Hold, Some(rank)) => lang.t1("state-hold-rank", "rank", i64::from(rank)),
        (SessionStatus::Hold, None) => lang.t("state-hold"),
        (SessionStatus::Inquiry, _) => lang.t("state-inquiry"),
        (SessionStatus::PendingDeposit, _) => lang.t("state-pending-deposit"),
        (SessionStatus::Confirmed, _) => lang.t("state-confirmed"),
        (SessionStatus::InProgress, _) => lang.t("state-in-progress"),
        (SessionStatus::Completed, _) => lang.t("state-completed"),
        (SessionStatus::Cancelled, _) => lang.t("state-cancelled"),
        (SessionStatus::NoShow, _) => lang.t("state-no-show"),
        (SessionStatus::Expired, _) => lang.t("state-expired"),
    }
}

/// The icon that stands for a state, beside its words or its hatching.
pub(crate) fn icon(status: SessionStatus) -> &'static str {
    match status {
        SessionStatus::Inquiry => "info",
        SessionStatus::Hold => "hourglass",
        SessionStatus::PendingDeposit => "clock",
        SessionStatus::Confirmed => "check",
        SessionStatus::InProgress => "play",
        SessionStatus::Completed => "circle-check",
        SessionStatus::NoShow => "triangle-alert",
        SessionStatus::Cancelled | SessionStatus::Expired => "ban",
    }
}

fn class(status: SessionStatus) -> &'static str {
    match status {
        SessionStatus::Inquiry => "state-inquiry",
        SessionStatus::Hold => "state-hold",
        SessionStatus::PendingDeposit => "state-pending-deposit",
        SessionStatus::Confirmed => "state-confirmed",
        SessionStatus::InProgress => "state-in-progress",
        SessionStatus::Completed => "state-completed",
        SessionStatus::Cancelled | SessionStatus::NoShow | SessionStatus::Expired => "state-over",
    }
}
