//! Reading what was written, a stretch of time after the other, with a hole where nothing was.

use std::collections::HashMap;

use cloison_catalog::queries::history::{self as queries, HistoryRequestPoints, ServerPoint};
use cloison_catalog::{Client, GenericClient};
use cloison_model::ServerId;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::keep::floor;
use super::tally::DURATION_SECONDS;
use crate::control::Control;
use crate::operations::StepError;

/// More lines than a plot of a fleet with many processes has.
const LINES_MAX: i64 = 100_000;
/// What "lately" is for [`answered_lately`].
const LATELY: (i64, usize) = (60, 5);

/// How far back one looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    SixHours,
    Day,
    Fortnight,
}

/// All that is drawn. Each list has an entry for each stretch.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Where the first stretch begins.
    pub from: Timestamp,
    pub stretch_seconds: i64,
    pub fleet: Vec<Option<FleetLine>>,
    pub servers: Vec<(ServerId, Vec<Option<ServerLine>>)>,
    pub requests: Vec<Option<RequestLine>>,
}

/// The worst of a stretch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FleetLine {
    /// Those in quarantine too.
    pub behind: i64,
    pub operations: i64,
    pub oldest_backup_seconds: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServerLine {
    pub connections: i64,
    pub database_bytes: Option<i64>,
    /// Unknown in the first stretch of whoever counts.
    pub transactions_per_second: Option<f64>,
}

/// Of all processes together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RequestLine {
    pub per_second: f64,
    pub errors_per_second: f64,
    /// Of 95 in a hundred no longer; nothing if there were none.
    pub p95_seconds: Option<f64>,
}

impl Span {
    pub const ALL: [Self; 3] = [Self::SixHours, Self::Day, Self::Fortnight];

    /// As it stands in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::SixHours => "6h",
            Self::Day => "24h",
            Self::Fortnight => "14d",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// How long a stretch is, and how many there are: a plot is some hundred points wide.
    fn stretches(self) -> (i64, usize) {
        match self {
            Self::SixHours => (2 * 60, 180),
            Self::Day => (8 * 60, 180),
            Self::Fortnight => (2 * 60 * 60, 168),
        }
    }
}

/// The stretches up to now, of the fleet and of these servers.
pub async fn read(
    control: &Control,
    span: Span,
    servers: &[ServerId],
    now: Timestamp,
) -> Result<Drawn, StepError> {
    let (seconds, count) = span.stretches();
    let frame = Frame::up_to(now, seconds, count);
    let client = control.catalog.client().await?;
    Ok(Drawn {
        from: frame.from,
        stretch_seconds: seconds,
        fleet: read_fleet(&client, frame).await?,
        servers: read_servers(&client, frame, servers).await?,
        requests: read_requests(&client, frame).await?,
    })
}

/// How many requests were answered in the last minutes, and how many of them with an error.
pub async fn answered_lately(control: &Control, now: Timestamp) -> Result<(f64, f64), StepError> {
    let frame = Frame::up_to(now, LATELY.0, LATELY.1);
    let client = control.catalog.client().await?;
    let lines = read_requests(&client, frame).await?;
    let sum = |of: fn(&RequestLine) -> f64| {
        lines.iter().flatten().map(|it| of(it) * frame.seconds()).sum()
    };
    Ok((sum(|it| it.per_second), sum(|it| it.errors_per_second)))
}

/// Stretches of time side by side.
#[derive(Clone, Copy, Debug)]
struct Frame {
    from: Timestamp,
    stretch: i64,
    count: usize,
}

impl Frame {
    /// The last one is under way.
    fn up_to(now: Timestamp, stretch: i64, count: usize) -> Self {
        let back = stretch * (i64::try_from(count).unwrap_or(i64::MAX) - 1);
        Self { from: floor(now, stretch) - SignedDuration::from_secs(back), stretch, count }
    }

    /// One stretch earlier: totals of the first are told from those before it.
    fn earlier(self) -> Timestamp {
        self.from - SignedDuration::from_secs(self.stretch)
    }

    fn until(self) -> Timestamp {
        let all = self.stretch * i64::try_from(self.count).unwrap_or(i64::MAX);
        self.from + SignedDuration::from_secs(all)
    }

    fn seconds(self) -> f64 {
        float(self.stretch)
    }

    /// The place of the stretch that begins then.
    fn place(self, since: Timestamp) -> Option<usize> {
        let place = usize::try_from((since - self.from).get_seconds() / self.stretch).ok()?;
        (since >= self.from && place < self.count).then_some(place)
    }
}

async fn read_fleet(client: &Client, frame: Frame) -> Result<Vec<Option<FleetLine>>, StepError> {
    let points = queries::history_fleet_points()
        .bind(client, &frame.seconds(), &frame.from, &frame.until(), &LINES_MAX)
        .all()
        .await?;
    let mut lines = vec![None; frame.count];
    for it in points {
        let Some(place) = frame.place(it.since) else { continue };
        lines[place] = Some(FleetLine {
            behind: it.behind,
            operations: it.operations,
            oldest_backup_seconds: it.oldest_backup_seconds,
        });
    }
    Ok(lines)
}

async fn read_servers(
    client: &impl GenericClient,
    frame: Frame,
    servers: &[ServerId],
) -> Result<Vec<(ServerId, Vec<Option<ServerLine>>)>, StepError> {
    let ids: Vec<Uuid> = servers.iter().map(|it| it.0).collect();
    let points = queries::history_server_points()
        .bind(client, &frame.seconds(), &frame.earlier(), &frame.until(), &ids, &LINES_MAX)
        .all()
        .await?;
    let lines = |id: ServerId| {
        let of_it = points.iter().filter(|it| it.server_id == id.0);
        (id, server_lines(frame, of_it))
    };
    Ok(servers.iter().map(|it| lines(*it)).collect())
}

/// Pure. `points` are one server's, in order.
fn server_lines<'a>(
    frame: Frame,
    points: impl Iterator<Item = &'a ServerPoint>,
) -> Vec<Option<ServerLine>> {
    let mut lines = vec![None; frame.count];
    let mut before: Option<&ServerPoint> = None;
    for it in points {
        let per_second = before.filter(|before| before.node == it.node).and_then(|before| {
            let seconds = next_to(frame, (before.since, before.at), (it.since, it.at))?;
            // Whoever counts anew is another node.
            Some(float((it.transactions - before.transactions).max(0)) / seconds)
        });
        if let Some(place) = frame.place(it.since) {
            lines[place] = Some(ServerLine {
                connections: it.connections,
                database_bytes: it.database_bytes,
                transactions_per_second: per_second,
            });
        }
        before = Some(it);
    }
    lines
}

async fn read_requests(
    client: &impl GenericClient,
    frame: Frame,
) -> Result<Vec<Option<RequestLine>>, StepError> {
    let points = queries::history_request_points()
        .bind(client, &frame.seconds(), &frame.earlier(), &frame.until(), &LINES_MAX)
        .all()
        .await?;
    Ok(request_lines(frame, &points))
}

/// What was added in one stretch, over all processes.
#[derive(Clone, Debug, Default)]
struct Sum {
    per_second: f64,
    errors_per_second: f64,
    durations: Vec<f64>,
}

/// Pure. What each process has added to its own totals is summed; `points` are in order of process and time.
fn request_lines(frame: Frame, points: &[HistoryRequestPoints]) -> Vec<Option<RequestLine>> {
    let mut sums: HashMap<usize, Sum> = HashMap::new();
    for pair in points.windows(2) {
        let [before, it] = pair else { continue };
        let (Some(place), true) = (frame.place(it.since), before.node == it.node) else { continue };
        let Some(seconds) = next_to(frame, (before.since, before.at), (it.since, it.at)) else {
            continue;
        };
        let more = |now: i64, before: i64| float((now - before).max(0));
        let sum = sums.entry(place).or_default();
        sum.per_second += more(it.requests, before.requests) / seconds;
        sum.errors_per_second += more(it.errors, before.errors) / seconds;
        sum.durations.resize(sum.durations.len().max(it.durations.len()), 0.0);
        for (class, (now, before)) in it.durations.iter().zip(&before.durations).enumerate() {
            sum.durations[class] += more(*now, *before);
        }
    }
    let line = |sum: Sum| RequestLine {
        per_second: sum.per_second,
        errors_per_second: sum.errors_per_second,
        p95_seconds: quantile(&sum.durations, 0.95),
    };
    (0..frame.count).map(|place| sums.remove(&place).map(line)).collect()
}

/// How many seconds lie between the totals of two stretches; nothing if there is a hole between them.
fn next_to(
    frame: Frame,
    (before, before_at): (Timestamp, Timestamp),
    (since, at): (Timestamp, Timestamp),
) -> Option<f64> {
    let stretches = (since - before).get_seconds() / frame.stretch;
    let seconds = at.duration_since(before_at).as_secs_f64();
    (stretches == 1 && seconds > 0.0).then_some(seconds)
}

/// As if those of a class were spread over it evenly. What is beyond the last class is told as its beginning.
fn quantile(classes: &[f64], share: f64) -> Option<f64> {
    let all: f64 = classes.iter().sum();
    if all <= 0.0 {
        return None;
    }
    let (wanted, mut below) = (all * share, 0.0);
    for (class, count) in classes.iter().enumerate() {
        let begin = if class == 0 { 0.0 } else { DURATION_SECONDS[class - 1] };
        let Some(end) = DURATION_SECONDS.get(class) else { return Some(begin) };
        if *count > 0.0 && below + count >= wanted {
            return Some(begin + (end - begin) * (wanted - below) / count);
        }
        below += count;
    }
    DURATION_SECONDS.last().copied()
}

#[expect(clippy::cast_precision_loss, reason = "a plot is not that fine")]
fn float(count: i64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const FROM: &str = "2026-03-18T12:00:00Z";

    fn frame(count: usize) -> Frame {
        Frame { from: FROM.parse().unwrap(), stretch: 60, count }
    }

    fn at(minute: i64) -> Timestamp {
        FROM.parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minute)
    }

    /// Each point is `node:minute:requests`; answers the requests of each minute from 12:00 on.
    fn check(points: &str) -> Vec<Option<f64>> {
        let mut read: Vec<_> = points
            .split_whitespace()
            .map(|word| {
                let parts: Vec<i64> = word.split(':').map(|it| it.parse().unwrap()).collect();
                let [node, minute, requests] = parts[..] else { panic!("{word}") };
                HistoryRequestPoints {
                    node: Uuid::from_u128(node.try_into().unwrap()),
                    since: at(minute),
                    at: at(minute),
                    requests,
                    errors: 0,
                    durations: vec![requests, 0],
                }
            })
            .collect();
        read.sort_by_key(|it| (it.node, it.since));
        let lines = request_lines(frame(4), &read);
        lines.into_iter().map(|it| it.map(|it| it.per_second * 60.0)).collect()
    }

    #[test]
    fn totals_are_subtracted() {
        assert_eq!(check("1:-1:5 1:0:8 1:1:8 1:2:20"), [Some(3.0), Some(0.0), Some(12.0), None]);
        assert_eq!(check(""), [None, None, None, None]);
    }

    #[test]
    fn processes_are_added_up_each_by_its_own_totals() {
        let both = "1:0:100 1:1:103 2:0:7 2:1:8 2:2:10";
        assert_eq!(check(both), [None, Some(4.0), Some(2.0), None], "the first has ended");
        assert_eq!(check("1:0:100 2:1:5"), [None; 4], "another one's total is no progress");
    }

    #[test]
    fn a_line_that_is_missing_is_a_hole_and_loses_nothing_else() {
        assert_eq!(check("1:-1:0 1:0:5 1:2:50 1:3:51"), [Some(5.0), None, None, Some(1.0)]);
        assert_eq!(check("1:0:9 1:1:4"), [None, Some(0.0), None, None], "never less than nothing");
    }

    #[test]
    fn quantiles_lie_within_their_class() {
        let check = |counts: &[f64]| quantile(counts, 0.95);
        assert_eq!(check(&[]), None);
        assert_eq!(check(&[0.0; 13]), None);
        assert_eq!(check(&[100.0]), Some(0.00095));
        let mut slow = vec![0.0; 13];
        slow[12] = 1.0;
        assert_eq!(check(&slow), Some(10.0), "longer than that is not told");
        slow[1] = 99.0;
        let p95 = check(&slow).unwrap();
        assert!((0.001..=0.0025).contains(&p95), "{p95}");
    }

    #[test]
    fn a_frame_ends_with_the_stretch_under_way() {
        for span in Span::ALL {
            let (seconds, count) = span.stretches();
            let now = at(7);
            let frame = Frame::up_to(now, seconds, count);
            assert_eq!(frame.place(floor(now, seconds)), Some(count - 1), "{span:?}");
            assert_eq!(frame.place(frame.from), Some(0));
            assert_eq!(frame.place(frame.earlier()), None);
            assert_eq!(frame.place(frame.until()), None);
            assert_eq!(Span::parse(span.word()), Some(span));
        }
        assert_eq!(Span::parse("1y"), None);
    }
}
