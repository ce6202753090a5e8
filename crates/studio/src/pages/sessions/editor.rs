//! The editor as it is drawn: the form's fields with what was typed, what is wrong beside each, and
//! what is known about a session that exists.

use super::client::Candidate;
use super::form::{DAYS_MAX, SessionForm, State, WhenProblem};
use super::words::{self, Refusal, Wrong};
use crate::booking::{SessionStatus, TimeProblem, Which};
use crate::i18n::{Lang, Say, dates, money};
use crate::pages::calendar::booking::{icon, state};
use crate::pages::calendar::{Link, Room};
use cloison_studio_queries::queries::rooms::StaffMember;
use cloison_studio_queries::queries::sessions::SessionDetail;
use jiff::Timestamp;
use jiff::tz::TimeZone;

pub(crate) struct Editor {
    pub(crate) heading: String,
    pub(crate) action: String,
    pub(crate) submit: String,
    /// Empty for a session that does not exist yet.
    pub(crate) id: String,
    pub(crate) form: SessionForm,
    pub(crate) client_id: String,
    pub(crate) client_choices: Vec<Candidate>,
    pub(crate) rooms: Vec<Choice>,
    pub(crate) days: Vec<Choice>,
    pub(crate) states: Vec<Choice>,
    pub(crate) crew: Vec<Choice>,
    pub(crate) ambiguous: Vec<Ask>,
    /// Offered while one types a time.
    pub(crate) times: Vec<String>,
    pub(crate) wrong: Wrong,
    pub(crate) refusal: Option<Refusal>,
    pub(crate) facts: Option<Facts>,
    /// Where to put the cursor when nothing is wrong.
    pub(crate) focus_title: bool,
    pub(crate) powers: Powers,
    /// What was typed there; it is open then.
    pub(crate) cancel_reason: Option<String>,
    pub(crate) when: String,
}

/// What may still be done with the session.
pub(crate) struct Powers {
    pub(crate) edit: bool,
    pub(crate) cancel: bool,
    pub(crate) confirm: bool,
}

pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) selected: bool,
}

/// A wall-clock time that comes twice: which is meant?
pub(crate) struct Ask {
    pub(crate) name: &'static str,
    pub(crate) question: String,
    pub(crate) choices: [Choice; 2],
}

/// What is known about a session besides what can be edited.
pub(crate) struct Facts {
    pub(crate) icon: &'static str,
    pub(crate) state: String,
    pub(crate) expires: Option<String>,
    pub(crate) deposit: Option<String>,
    pub(crate) cancelled: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) client: Option<Link>,
    pub(crate) booked: String,
}

/// What the editor offers to choose from.
pub(crate) struct Offers<'a> {
    pub(crate) rooms: &'a [Room],
    pub(crate) staff: &'a [StaffMember],
    pub(crate) zone: &'a TimeZone,
}

impl Editor {
    pub(crate) fn new(lang: Lang, form: SessionForm, offers: &Offers<'_>) -> Self {
        let choice =
            |value: String, label: String, selected: bool| Choice { value, label, selected };
        Self {
            heading: lang.t("session-new"),
            action: "/sessions".to_owned(),
            submit: lang.t("session-book"),
            id: form.id.map_or(String::new(), |it| it.to_string()),
            client_id: form.client.id.map_or(String::new(), |it| it.to_string()),
            client_choices: Vec::new(),
            rooms: offers
                .rooms
                .iter()
                .map(|it| {
                    choice(it.id.to_string(), it.name.clone(), it.id.to_string() == form.room)
                })
                .collect(),
            days: (0..=DAYS_MAX)
                .map(|it| {
                    let label = if it == 0 {
                        lang.t("session-ends-same")
                    } else {
                        lang.t1("session-ends-days", "days", it)
                    };
                    choice(it.to_string(), label, it == form.days)
                })
                .collect(),
            states: State::ALL
                .map(|it| choice(it.value().to_owned(), state_words(lang, it), it == form.state))
                .into(),
            crew: offers
                .staff
                .iter()
                .map(|it| {
                    choice(it.id.to_string(), it.display_name.clone(), form.crew.contains(&it.id))
                })
                .collect(),
            ambiguous: ambiguous(lang, &form, offers.zone),
            times: (0..48).map(|it| format!("{:02}:{:02}", it / 2, it % 2 * 30)).collect(),
            wrong: Wrong::default(),
            refusal: None,
            facts: None,
            focus_title: form.title.is_empty(),
            powers: Powers { edit: true, cancel: false, confirm: false },
            cancel_reason: None,
            when: String::new(),
            form,
        }
    }

    /// Whether the list of people is unfolded: only where somebody is chosen.
    pub(crate) fn crew_open(&self) -> bool {
        self.crew.iter().any(|it| it.selected)
    }

    /// Makes it the editor of a session that exists.
    pub(crate) fn of(
        mut self,
        lang: Lang,
        zone: &TimeZone,
        now: Timestamp,
        session: &SessionDetail,
        status: SessionStatus,
    ) -> Self {
        let moment = |at: Timestamp| {
            let at = zone.to_datetime(at);
            lang.t2(
                "until-day",
                "day",
                dates::day_year(lang, at.date()),
                "time",
                dates::clock(at.time()),
            )
        };
        let by = |at: Timestamp, name: Option<&str>| match name {
            Some(name) => lang.t2("session-booked-by", "when", moment(at), "name", name),
            None => moment(at),
        };
        let lapsed = session.hold_expires_at.is_some_and(|it| it <= now);
        let open = matches!(status, SessionStatus::Hold | SessionStatus::PendingDeposit);
        let status = if open && lapsed { SessionStatus::Expired } else { status };
        self.heading.clone_from(&session.title);
        self.action = format!("/sessions/{}", session.id);
        self.submit = lang.t("session-save");
        self.states = Vec::new();
        self.focus_title = false;
        self.powers = Powers {
            edit: !matches!(status, SessionStatus::Cancelled | SessionStatus::Expired),
            cancel: status.can_cancel(),
            confirm: status.can_confirm(),
        };
        self.when = words::span(lang, zone, session.starts_at, session.ends_at);
        self.facts = Some(Facts {
            icon: icon(status),
            state: state(lang, status, session.hold_rank),
            expires: session.hold_expires_at.filter(|_| open).map(moment),
            deposit: (session.deposit_required_cents > 0)
                .then(|| money::euros(lang, session.deposit_required_cents)),
            cancelled: session.cancelled_at.map(|at| by(at, session.cancelled_by_name.as_deref())),
            reason: session.cancel_reason.clone().filter(|it| !it.is_empty()),
            client: session
                .client_id
                .zip(session.client_name.clone())
                .map(|(id, label)| Link { href: format!("/clients/{id}"), label }),
            booked: by(session.created_at, session.created_by_name.as_deref()),
        });
        self
    }
}

fn state_words(lang: Lang, state: State) -> String {
    lang.t(match state {
        State::Confirmed => "state-confirmed",
        State::Hold => "state-hold",
        State::PendingDeposit => "state-pending-deposit",
    })
}

/// Asked for every time of the form that comes twice, also when it has been answered before.
fn ambiguous(lang: Lang, form: &SessionForm, zone: &TimeZone) -> Vec<Ask> {
    let unanswered = SessionForm { which_from: None, which_to: None, ..form.clone() };
    let Err(problems) = unanswered.when(zone) else { return Vec::new() };
    problems
        .iter()
        .filter_map(|problem| {
            let (name, question, problem, chosen) = match problem {
                WhenProblem::Start(it) => ("which_from", "time-twice-start", it, form.which_from),
                WhenProblem::End(it) => ("which_to", "time-twice-end", it, form.which_to),
                WhenProblem::Date | WhenProblem::From | WhenProblem::To => return None,
            };
            let TimeProblem::Ambiguous { wanted, earlier, later } = problem else { return None };
            let choice = |value: &str, key: &str, at: Timestamp, which: Which| Choice {
                value: value.to_owned(),
                label: lang.t1(key, "offset", zone.to_offset(at).to_string()),
                selected: chosen == Some(which),
            };
            Some(Ask {
                name,
                question: lang.t1(question, "time", dates::clock(wanted.time())),
                choices: [
                    choice("earlier", "time-earlier", *earlier, Which::Earlier),
                    choice("later", "time-later", *later, Which::Later),
                ],
            })
        })
        .collect()
}
