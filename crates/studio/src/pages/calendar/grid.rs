//! The time grid: one day through the rooms, or one room through the week.

use super::Link;
use super::booking::{BookingView, Local};
use super::clip::{Clip, QUARTERS};
use super::day_cycle::DayCycle;
use super::lanes::lanes;
use crate::assets::LANES_MAX;
use crate::booking::Span;
use crate::i18n::{Lang, dates};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use uuid::Uuid;

/// More columns than this scroll sideways inside the grid.
const COLUMNS_BESIDE: usize = 7;

pub(crate) struct Grid {
    pub(crate) class: String,
    /// The height of the columns, in quarters of an hour.
    pub(crate) quarters: usize,
    /// Where in the gutter the present is, and what the clock says.
    pub(crate) now: Option<(usize, String)>,
    pub(crate) hours: Vec<Hour>,
    pub(crate) columns: Vec<Column>,
}

pub(crate) struct Hour {
    pub(crate) top: usize,
    pub(crate) label: String,
}

pub(crate) struct Column {
    pub(crate) heading: String,
    /// The heading in full.
    pub(crate) label: String,
    pub(crate) href: String,
    pub(crate) add: Option<Link>,
    pub(crate) hue: Option<i16>,
    /// The one that narrow screens show.
    pub(crate) selected: bool,
    pub(crate) today: bool,
    pub(crate) open: Vec<Band>,
    pub(crate) slots: Vec<Slot>,
    pub(crate) bookings: Vec<BookingView>,
    pub(crate) now: Option<usize>,
}

pub(crate) struct Band {
    pub(crate) top: usize,
    pub(crate) height: usize,
}

/// Half an hour that a click books.
pub(crate) struct Slot {
    pub(crate) top: usize,
    pub(crate) at: String,
    pub(crate) href: String,
}

/// What a column is to show.
pub(crate) struct ColumnSpec<'a> {
    pub(crate) day: Date,
    pub(crate) room: Uuid,
    pub(crate) heading: String,
    pub(crate) label: String,
    pub(crate) href: String,
    pub(crate) add: Option<Link>,
    pub(crate) hue: Option<i16>,
    pub(crate) selected: bool,
    pub(crate) entries: Vec<Local<'a>>,
}

/// What is the same for all columns.
pub(crate) struct Scene<'a> {
    pub(crate) lang: Lang,
    pub(crate) cycle: DayCycle,
    pub(crate) zone: &'a TimeZone,
    pub(crate) open: &'a [Span],
    pub(crate) now: DateTime,
    pub(crate) all_hours: bool,
    /// The session that an editor beside the grid shows.
    pub(crate) current: Option<Uuid>,
    pub(crate) class: &'static str,
}

pub(crate) fn grid(scene: &Scene<'_>, specs: Vec<ColumnSpec<'_>>) -> Grid {
    let open: Vec<Vec<Clip>> = specs.iter().map(|it| open_on(scene, it.day)).collect();
    let used = specs.iter().flat_map(|spec| {
        spec.entries.iter().filter_map(|it| scene.cycle.clip(it.start, it.end, spec.day))
    });
    let (first, last) = if scene.all_hours {
        (0, QUARTERS)
    } else {
        hours(open.iter().flatten().copied().chain(used))
    };

    let class = format!(
        "{} cols-{}{}{}",
        scene.class,
        specs.len().max(1),
        if specs.len() > COLUMNS_BESIDE { " wide" } else { "" },
        if specs.len() > 1 { " many" } else { "" },
    );
    let day = specs.first().map_or(scene.now.date(), |it| it.day);
    let hours = (first..=last)
        .step_by(4)
        .map(|quarter| Hour {
            top: quarter - first,
            label: dates::clock(scene.cycle.at(day, quarter).time()),
        })
        .collect();
    let columns: Vec<Column> = specs
        .into_iter()
        .zip(open)
        .map(|(spec, open)| column(scene, spec, &open, first, last))
        .collect();
    let now = columns.iter().find_map(|it| it.now).map(|top| (top, dates::clock(scene.now.time())));
    Grid { class, quarters: last - first, now, hours, columns }
}

fn column(
    scene: &Scene<'_>,
    spec: ColumnSpec<'_>,
    open: &[Clip],
    first: usize,
    last: usize,
) -> Column {
    let within = |it: &Clip| (it.top.max(first) - first, it.bottom.min(last).saturating_sub(first));
    let clipped: Vec<(&Local<'_>, Clip)> = spec
        .entries
        .iter()
        .filter_map(|it| Some((it, scene.cycle.clip(it.start, it.end, spec.day)?)))
        .collect();
    let spans: Vec<(usize, usize)> = clipped.iter().map(|(_, it)| within(it)).collect();
    let bookings = clipped
        .iter()
        .zip(lanes(&spans, LANES_MAX))
        .zip(&spans)
        .map(|(((local, clip), place), (top, bottom))| {
            let cut = match (clip.from_before, clip.goes_on) {
                (true, true) => " cut-top cut-bottom",
                (true, false) => " cut-top",
                (false, true) => " cut-bottom",
                (false, false) => "",
            };
            let position = format!(
                "t{top} h{} k{}-{}{cut}",
                bottom.saturating_sub(*top).max(1),
                place.lane,
                place.of
            );
            local.view(scene.lang, &position, !clip.from_before, scene.current)
        })
        .collect();
    let slots = (first..last)
        .step_by(2)
        .map(|quarter| {
            let at = scene.cycle.at(spec.day, quarter);
            let time = dates::clock(at.time());
            Slot {
                top: quarter - first,
                href: format!("/sessions/new?room={}&date={}&from={time}", spec.room, at.date()),
                at: time,
            }
        })
        .collect();
    let now = scene
        .cycle
        .clip(scene.now, scene.now, spec.day)
        .filter(|it| (first..last).contains(&it.top))
        .map(|it| it.top - first);
    let today = scene.cycle.day(scene.now) == spec.day;
    Column {
        heading: spec.heading,
        label: spec.label,
        href: spec.href,
        add: spec.add,
        hue: spec.hue,
        selected: spec.selected,
        // A day through the rooms is said to be today once, above the grid.
        today: today && spec.hue.is_none(),
        open: open
            .iter()
            .map(within)
            .filter(|(top, bottom)| top < bottom)
            .map(|(top, bottom)| Band { top, height: bottom - top })
            .collect(),
        slots,
        bookings,
        now,
    }
}

fn open_on(scene: &Scene<'_>, day: Date) -> Vec<Clip> {
    scene
        .open
        .iter()
        .filter_map(|it| {
            scene.cycle.clip(
                scene.zone.to_datetime(it.start()),
                scene.zone.to_datetime(it.end()),
                day,
            )
        })
        .collect()
}

/// From the first hour that is open or in use to the last; office hours where there is neither.
fn hours(clips: impl Iterator<Item = Clip>) -> (usize, usize) {
    let (first, last) =
        clips.fold((QUARTERS, 0), |(first, last), it| (it.top.min(first), it.bottom.max(last)));
    if first >= last { (9 * 4, 19 * 4) } else { (first / 4 * 4, last.div_ceil(4) * 4) }
}
