//! Whether what was seen on copies may be done to tenants.

use std::collections::BTreeSet;
use std::time::Duration;

use super::{ShadowLimits, ShadowOf, ShadowRefusal, ShadowRun, TableSize, Touch};

/// One file's touch of one table, on one copy.
#[derive(Clone, Copy)]
struct Seen<'a> {
    of: &'a ShadowOf,
    file: &'a str,
    touch: &'a Touch,
}

/// The tables whose sizes matter: those that were written anew, or kept writes out.
pub fn of_interest(runs: &[ShadowRun]) -> BTreeSet<&str> {
    let matters = |it: &Seen<'_>| it.touch.is_rewritten || it.touch.mode.stops_writes();
    seen(runs).filter(matters).map(|it| it.touch.table.as_str()).collect()
}

/// Why not; nothing if it may. `sizes` are those of the largest tenants. One reason for each file and table.
pub fn judge(runs: &[ShadowRun], sizes: &[TableSize], limits: &ShadowLimits) -> Vec<ShadowRefusal> {
    let pairs: BTreeSet<_> = seen(runs).map(|it| (it.file, it.touch.table.as_str())).collect();
    pairs
        .into_iter()
        .filter_map(|(file, table)| {
            let here: Vec<_> =
                seen(runs).filter(|it| it.file == file && it.touch.table == table).collect();
            let sizes: Vec<_> = sizes.iter().filter(|it| it.table == table).collect();
            rewrite(&here, &sizes, limits)
                .or_else(|| lock_measured(&here, limits))
                .or_else(|| lock_estimated(&here, &sizes, limits))
        })
        .collect()
}

fn seen(runs: &[ShadowRun]) -> impl Iterator<Item = Seen<'_>> {
    runs.iter().flat_map(|run| {
        run.files.iter().flat_map(|file| {
            file.touches.iter().map(|touch| Seen { of: &run.of, file: &file.file, touch })
        })
    })
}

/// The table is larger somewhere than may be written anew.
fn rewrite(
    here: &[Seen<'_>],
    sizes: &[&TableSize],
    limits: &ShadowLimits,
) -> Option<ShadowRefusal> {
    let first = here.iter().find(|it| it.touch.is_rewritten)?;
    let copied = here.iter().filter_map(|it| match it.of {
        ShadowOf::Template => None,
        ShadowOf::Tenant(subdomain) => Some((subdomain.as_str(), it.touch.bytes)),
    });
    let all = sizes.iter().map(|it| (it.subdomain.as_str(), it.bytes)).chain(copied);
    let (subdomain, bytes) = all.max_by_key(|it| it.1)?;
    (bytes > limits.rewrite_bytes_max).then(|| ShadowRefusal::Rewrite {
        file: first.file.to_owned(),
        table: first.touch.table.clone(),
        subdomain: subdomain.to_owned(),
        bytes,
        bytes_max: limits.rewrite_bytes_max,
    })
}

/// It was too long on a copy already.
fn lock_measured(here: &[Seen<'_>], limits: &ShadowLimits) -> Option<ShadowRefusal> {
    let longest = here.iter().max_by_key(|it| it.touch.held)?;
    (longest.touch.held > limits.lock_time_max).then(|| ShadowRefusal::LockMeasured {
        file: longest.file.to_owned(),
        table: longest.touch.table.clone(),
        mode: longest.touch.mode,
        of: longest.of.clone(),
        held: longest.touch.held,
        held_max: limits.lock_time_max,
    })
}

/// It would be too long in the largest tenants, if what it takes longer than in the empty template grows with the table.
fn lock_estimated(
    here: &[Seen<'_>],
    sizes: &[&TableSize],
    limits: &ShadowLimits,
) -> Option<ShadowRefusal> {
    let (templates, copies): (Vec<&Seen<'_>>, Vec<_>) =
        here.iter().partition(|it| *it.of == ShadowOf::Template);
    let empty = templates.iter().map(|it| it.touch.held).max().unwrap_or_default();
    let copies = copies.into_iter().filter(|it| {
        it.touch.bytes >= limits.scaled_bytes_min.max(1)
            && it.touch.held.saturating_sub(empty) >= limits.scaled_time_min
    });
    let estimates = copies.flat_map(|copy| {
        sizes.iter().map(move |size| (copy, *size, estimate(copy.touch, empty, size.bytes)))
    });
    let (copy, size, estimate) = estimates.max_by_key(|it| it.2)?;
    (estimate > limits.lock_time_max).then(|| ShadowRefusal::LockEstimated {
        file: copy.file.to_owned(),
        table: copy.touch.table.clone(),
        mode: copy.touch.mode,
        of: copy.of.clone(),
        held: copy.touch.held,
        copied_bytes: copy.touch.bytes,
        subdomain: size.subdomain.clone(),
        bytes: size.bytes,
        estimate,
        held_max: limits.lock_time_max,
    })
}

/// In whole milliseconds. A table that is smaller than the copy's takes as long as the copy's.
fn estimate(touch: &Touch, empty: Duration, bytes: u64) -> Duration {
    let growth = touch.held.saturating_sub(empty).as_millis();
    let scaled = growth * u128::from(bytes.max(touch.bytes)) / u128::from(touch.bytes.max(1));
    empty + Duration::from_millis(u64::try_from(scaled).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests;
